//! The objects of this API as JSON. Member names and their order are the contract's.

mod person;

pub use person::{push_list, push_listed, push_single};

use rollcall_core::directory::{AccessToken, Secret};
use rollcall_core::domain::{self, Account, Attributes, Scope};
use serde::{Serialize, Serializer};
use std::fmt;
use uuid::Uuid;

/// A group.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Group<'a> {
    id: Uuid,
    name: &'a str,
    description: Option<&'a str>,
    email: Option<&'a str>,
    additional_information: Option<&'a str>,
    responsible: Option<Responsible<'a>>,
    custom_attributes: CustomAttributes<'a>,
}

/// The person responsible for a group.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Responsible<'a> {
    id: Uuid,
    name: String,
    email: Option<&'a str>,
    phone: Option<&'a str>,
}

/// The person that a token belongs to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Me<'a> {
    id: Uuid,
    name: String,
    login: Option<&'a str>,
    email: Option<&'a str>,
}

/// Something that a token may do: a scope.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Privilege {
    name: &'static str,
}

/// What a person is to the organization: a role.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Profile<'a> {
    id: i64,
    name: &'a str,
}

/// The reply of the token endpoint.
#[derive(Serialize)]
pub struct Token<'a> {
    access_token: &'a str,
    token_type: &'static str,
    /// Text, not a number: so the contract shows it and so its clients read it.
    expires_in: String,
    /// For somebody who has signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    scope: &'static str,
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

/// One object with a member for each attribute that has a value, by its variable name; empty where there are none.
#[derive(Debug)]
struct CustomAttributes<'a>(&'a Attributes);

impl Serialize for CustomAttributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name.as_str(), value.to_json())))
    }
}

impl<'a> Group<'a> {
    /// `shows_contact`: whether the caller may see people, and so the responsible person's address and telephone.
    pub fn new(group: &'a domain::Group, responsible: Option<&'a domain::Person>, shows_contact: bool) -> Self {
        Self {
            id: group.id.uuid(),
            name: group.name.as_str(),
            description: text(group.description.as_ref()),
            email: text(group.email.as_ref()),
            additional_information: text(group.additional_information.as_ref()),
            responsible: responsible.map(|person| Responsible::new(person, shows_contact)),
            custom_attributes: CustomAttributes(&group.custom),
        }
    }
}

impl<'a> Responsible<'a> {
    fn new(person: &'a domain::Person, shows_contact: bool) -> Self {
        let seen = Some(person).filter(|_| shows_contact);
        Self {
            id: person.id.uuid(),
            name: person.name(),
            email: seen.and_then(|person| text(person.email.as_ref())),
            phone: seen.and_then(|person| text(person.phone.as_ref())),
        }
    }
}

impl<'a> From<&'a domain::Person> for Me<'a> {
    fn from(person: &'a domain::Person) -> Self {
        let (login, email) = (text(person.login.as_ref()), text(person.email.as_ref()));
        Self { id: person.id.uuid(), name: person.name(), login, email }
    }
}

impl From<Scope> for Privilege {
    fn from(scope: Scope) -> Self {
        Self { name: scope.as_str() }
    }
}

impl<'a> From<&'a domain::Role> for Profile<'a> {
    fn from(role: &'a domain::Role) -> Self {
        Self { id: role.number.get(), name: role.name.as_str() }
    }
}

impl<'a> Token<'a> {
    pub fn new(access: &'a AccessToken, refresh: Option<&'a Secret>) -> Self {
        let expires_in = access.expires_in_seconds.to_string();
        let refresh_token = refresh.map(Secret::reveal);
        Self { access_token: access.secret.reveal(), token_type: "bearer", expires_in, refresh_token, scope: "" }
    }
}

/// The id of a record that was made, as a JSON text and nothing else.
pub fn bare_id(id: Uuid) -> Vec<u8> {
    format!("\"{id}\"").into_bytes()
}

fn text<T: AsRef<str>>(value: Option<&T>) -> Option<&str> {
    value.map(AsRef::as_ref)
}

/// The contract lists Active and Blocked, and its example shows NoAccess besides: somebody who has no account.
pub const fn status(account: Account) -> &'static str {
    match account {
        Account::Active => "Active",
        Account::Blocked => "Blocked",
        Account::None => "NoAccess",
    }
}

#[cfg(test)]
mod tests;
