//! Scopes: what a credential may do, one permission each.

use std::fmt;
use std::str::FromStr;

/// One permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    PeopleRead,
    PeopleWrite,
    GroupsRead,
    GroupsWrite,
    OrganizationRead,
    OrganizationAdmin,
}

/// A word that names no scope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown scope {0:?}: use people:read, people:write, groups:read, groups:write, organization:read or organization:admin")]
pub struct UnknownScope(pub String);

impl Scope {
    pub const ALL: [Self; 6] =
        [Self::PeopleRead, Self::PeopleWrite, Self::GroupsRead, Self::GroupsWrite, Self::OrganizationRead, Self::OrganizationAdmin];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PeopleRead => "people:read",
            Self::PeopleWrite => "people:write",
            Self::GroupsRead => "groups:read",
            Self::GroupsWrite => "groups:write",
            Self::OrganizationRead => "organization:read",
            Self::OrganizationAdmin => "organization:admin",
        }
    }

    /// The bit that stands for this scope in the store; fixed for ever.
    const fn bit(self) -> i64 {
        match self {
            Self::PeopleRead => 1,
            Self::PeopleWrite => 2,
            Self::GroupsRead => 4,
            Self::GroupsWrite => 8,
            Self::OrganizationRead => 16,
            Self::OrganizationAdmin => 32,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text).ok_or_else(|| UnknownScope(text.to_owned()))
    }
}

/// A set of scopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scopes(i64);

impl Scopes {
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }

    pub fn all() -> Self {
        Self::new(Scope::ALL)
    }

    /// Comma or blank between them: `people:read,groups:read`.
    pub fn parse(text: &str) -> Result<Self, UnknownScope> {
        let words = text.split([',', ' ']).filter(|word| !word.is_empty());
        words.map(Scope::from_str).collect::<Result<Vec<_>, _>>().map(Self::new)
    }

    /// Bits that no scope has are dropped.
    pub fn from_bits(bits: i64) -> Self {
        Self(bits & Self::all().0)
    }

    pub const fn bits(self) -> i64 {
        self.0
    }

    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |scope| self.contains(*scope))
    }

    /// What one of the two has and the other has not.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Scope::as_str).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_survive_their_bits_and_their_text() {
        let scopes = Scopes::parse("people:read,groups:write").expect("scopes");

        assert_eq!(Scopes::from_bits(scopes.bits()), scopes);
        assert_eq!(scopes.to_string(), "people:read groups:write");
        assert!(Scopes::parse("people:fly").is_err());
    }
}
