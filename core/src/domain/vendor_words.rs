//! The one table of what vendors call a permission, and which of our scopes each word is.
//!
//! A word that no vendor's document has is not made up: where a vendor has none, errors name our own scope.

use super::Scope;

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vendor {
    TwentyFourSevenOffice,
    Wethod,
}

/// What a vendor's word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// A scope.
    Scope(Scope),
    /// Nothing but to be somebody: a token of an identity, whatever its scopes.
    Identity,
}

use Permission::Identity;
use Vendor::{TwentyFourSevenOffice, Wethod};

/// Every word that a vendor documents around people.
const TABLE: [(Vendor, &str, Permission); 6] = [
    (TwentyFourSevenOffice, "api.organization.person:read", Permission::Scope(Scope::PeopleRead)),
    (TwentyFourSevenOffice, "api.organization.information:read", Permission::Scope(Scope::OrganizationRead)),
    (TwentyFourSevenOffice, "api.me.profile:read", Identity),
    (TwentyFourSevenOffice, "api.me.identifiers:read", Identity),
    (TwentyFourSevenOffice, "api.me.license:read", Identity),
    (Wethod, "settings.team", Permission::Scope(Scope::PeopleRead)),
];

impl Vendor {
    /// The vendor's word for a scope, where it documents one.
    pub fn word(self, scope: Scope) -> Option<&'static str> {
        let mut words = TABLE.iter().filter(|(vendor, _, permission)| *vendor == self && *permission == Permission::Scope(scope));
        words.next().map(|(_, word, _)| *word)
    }

    /// What a word of the vendor's stands for; `None`: the vendor has no such word. Compared exactly.
    pub fn permission(self, word: &str) -> Option<Permission> {
        let mut rows = TABLE.iter().filter(|(vendor, known, _)| *vendor == self && *known == word);
        rows.next().map(|(_, _, permission)| *permission)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_one_thing_to_its_vendor_and_nothing_to_another() {
        for (vendor, word, permission) in TABLE {
            let other = if vendor == Wethod { TwentyFourSevenOffice } else { Wethod };

            assert_eq!((vendor.permission(word), other.permission(word)), (Some(permission), None), "{word}");
        }
    }

    #[test]
    fn a_scope_is_called_by_the_word_that_stands_for_it() {
        for vendor in [TwentyFourSevenOffice, Wethod] {
            for scope in Scope::ALL {
                let back = vendor.word(scope).map(|word| vendor.permission(word));
                assert!(back.is_none_or(|permission| permission == Some(Permission::Scope(scope))), "{vendor:?} {scope}");
            }
        }
    }
}
