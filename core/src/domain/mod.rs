//! The data of a directory and its rules. No I/O, no SQL, no clock.
//!
//! A value of any type here is valid: constructors are `parse` (from text) or `new` (from parts).
//! Start at [`Person`].

mod attribute;
mod catalogue;
mod change;
mod group;
mod identity;
mod ids;
mod instant;
mod named;
mod names;
mod organization;
mod person;
mod profile;
mod quirk;
mod redirect;
mod role;
mod scope;
mod slug;
mod text;
mod vendor_words;

#[cfg(test)]
pub(crate) use attribute::some_value;
pub use attribute::{
    AttributeKind, AttributeObject, AttributeValue, Attributes, DEFINITIONS_MAX, Definition, DefinitionChange, Finite, InvalidAttribute,
    Limit, Limits, LimitsChange, NewDefinition, Relationship, VariableName, check_custom,
};
pub use catalogue::{JobTitle, Level, PriceList};
pub use change::{Change, PersonChange};
pub use group::{Group, Member, MemberId, Membership, Place, Subgroup};
pub use identity::{Identifier, IdentifierKind, Identity, Licence};
pub use ids::{
    ApplicationId, AttributeNumber, GroupId, GroupNumber, IdentityId, InvalidNumber, JobTitleNumber, LevelNumber, NUMBER_MAX,
    OrganizationId, PersonId, PersonNumber, PriceListNumber, RoleNumber, SignInId, TimeZoneRow, TokenId,
};
pub use instant::Instant;
pub use named::NamedPerson;
pub use names::NameChange;
pub use organization::{Address, Contact, Organization};
pub use person::{Account, Person, PersonType, UnknownWord, cut_name, whole_name};
#[cfg(test)]
pub(crate) use profile::tests::some_profile;
pub use profile::{ENTRIES_MAX, Entry, Listed, PostalAddress, Profile, ProfileChange, StatedField};
pub use quirk::{InvalidQuirk, QuirkName, Quirks};
pub use redirect::{InvalidRedirectUri, RedirectUri};
pub use role::Role;
pub use scope::{Scope, Scopes, UnknownScope};
pub use slug::Slug;
pub use text::{
    AdditionalInformation, AddressPart, Code, Color, Department, Description, Email, EmployeeNumber, EntryDisplay, EntryType, ExternalId,
    Initials, InvalidText, Language, Locale, Login, LongLabel, Name, Phone, Photo, ProfileUrl, Text, TextKind, TimeZone, Title, UserType,
    folded, kind, unique_key,
};
pub use vendor_words::{Permission, Vendor};
