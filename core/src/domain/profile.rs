//! What is kept of a person beyond the fields that every API shares: more parts of the name, more addresses and numbers.
//!
//! The names and shapes are those of SCIM's User (RFC 7643, section 4.1), in the spelling of this directory.

mod address;
mod entry;
mod json;
mod stated;

pub use address::PostalAddress;
pub use entry::{Entry, Listed};
pub use stated::StatedField;

use super::{Change, Department, Locale, Name, ProfileUrl, UserType, kind};
use std::collections::BTreeSet;

/// Entries of one list. More are sent by mistake, and each is read with every read of the person.
pub const ENTRIES_MAX: usize = 100;

/// What few APIs show of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The whole name as it is written on an envelope, titles and all; stored by itself, never put together.
    pub formatted_name: Option<Name>,
    pub middle_name: Option<Name>,
    pub honorific_prefix: Option<Name>,
    pub honorific_suffix: Option<Name>,
    pub nick_name: Option<Name>,
    pub profile_url: Option<ProfileUrl>,
    pub user_type: Option<UserType>,
    pub locale: Option<Locale>,
    pub cost_center: Option<Department>,
    pub division: Option<Department>,
    /// The name of the company that somebody works for.
    pub employer: Option<Department>,
    /// Beside [`Person::email`](super::Person::email), whose place an [`Entry`] without a value keeps.
    pub emails: Vec<Entry<kind::Email>>,
    /// Beside [`Person::phone`](super::Person::phone).
    pub phones: Vec<Entry<kind::Phone>>,
    /// Beside [`Person::photo`](super::Person::photo).
    pub photos: Vec<Entry<kind::Photo>>,
    pub ims: Vec<Entry<kind::ImAddress>>,
    pub entitlements: Vec<Entry<kind::Entitlement>>,
    /// X.509 certificates: DER in base64.
    pub certificates: Vec<Entry<kind::Certificate>>,
    pub addresses: Vec<PostalAddress>,
    /// Fields at their default of which that was said, for an API that leaves a default out unless it was.
    pub stated: BTreeSet<StatedField>,
}

/// What a write asks of a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileChange {
    pub formatted_name: Change<Name>,
    pub middle_name: Change<Name>,
    pub honorific_prefix: Change<Name>,
    pub honorific_suffix: Change<Name>,
    pub nick_name: Change<Name>,
    pub profile_url: Change<ProfileUrl>,
    pub user_type: Change<UserType>,
    pub locale: Change<Locale>,
    pub cost_center: Change<Department>,
    pub division: Change<Department>,
    pub employer: Change<Department>,
    pub emails: Change<Vec<Entry<kind::Email>>>,
    pub phones: Change<Vec<Entry<kind::Phone>>>,
    pub photos: Change<Vec<Entry<kind::Photo>>>,
    pub ims: Change<Vec<Entry<kind::ImAddress>>>,
    pub entitlements: Change<Vec<Entry<kind::Entitlement>>>,
    pub certificates: Change<Vec<Entry<kind::Certificate>>>,
    pub addresses: Change<Vec<PostalAddress>>,
    pub stated: Change<BTreeSet<StatedField>>,
}

impl ProfileChange {
    pub(super) fn apply(self, profile: &mut Profile) {
        self.formatted_name.apply(&mut profile.formatted_name);
        self.middle_name.apply(&mut profile.middle_name);
        self.honorific_prefix.apply(&mut profile.honorific_prefix);
        self.honorific_suffix.apply(&mut profile.honorific_suffix);
        self.nick_name.apply(&mut profile.nick_name);
        self.profile_url.apply(&mut profile.profile_url);
        self.user_type.apply(&mut profile.user_type);
        self.locale.apply(&mut profile.locale);
        self.cost_center.apply(&mut profile.cost_center);
        self.division.apply(&mut profile.division);
        self.employer.apply(&mut profile.employer);
        self.emails.apply_to_list(&mut profile.emails);
        self.phones.apply_to_list(&mut profile.phones);
        self.photos.apply_to_list(&mut profile.photos);
        self.ims.apply_to_list(&mut profile.ims);
        self.entitlements.apply_to_list(&mut profile.entitlements);
        self.certificates.apply_to_list(&mut profile.certificates);
        self.addresses.apply_to_list(&mut profile.addresses);
        self.stated.apply_to_list(&mut profile.stated);
    }
}

#[cfg(test)]
pub(crate) mod tests;
