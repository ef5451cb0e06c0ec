//! The documents of this API, member for member, in the vendor's order.
//!
//! An id that is absent is `null`, never left out. Names and the e-mail address are always text: empty when absent.

use crate::http::QueryFault;
use rollcall_core::domain::{
    Email, Instant, JobTitle, JobTitleNumber, Level, LevelNumber, Person, PersonNumber, PriceList, PriceListNumber, Role, RoleNumber,
};
use serde::{Serialize, Serializer};
use std::collections::HashMap;

/// The codes of a company's roles, by number.
pub type RoleCodes<'a> = HashMap<RoleNumber, &'a str>;

/// Somebody on the team.
#[derive(Debug, Serialize)]
pub struct PersonDocument<'a> {
    pub id: i64,
    created_at: Milliseconds,
    updated_at: Milliseconds,
    /// The vendor allows 50 characters; a longer address is shown whole rather than not at all.
    pub email: &'a str,
    /// The given name.
    name: &'a str,
    surname: &'a str,
    pub role: Option<&'a str>,
    is_archived: bool,
    is_visible_in_people_allocation: bool,
    has_timesheet_required: bool,
    level_id: Option<i64>,
    price_list_id: Option<i64>,
    job_title_id: Option<i64>,
    allocation_manager_id: Option<i64>,
}

impl<'a> PersonDocument<'a> {
    pub fn new(person: &'a Person, roles: &RoleCodes<'a>) -> Self {
        let (name, surname) = person.given_and_family();
        Self {
            id: person.number.get(),
            created_at: Milliseconds(person.created_at),
            updated_at: Milliseconds(person.updated_at),
            email: person.email.as_ref().map_or("", Email::as_str),
            name: name.unwrap_or_default(),
            surname: surname.unwrap_or_default(),
            role: person.role.and_then(|role| roles.get(&role).copied()),
            is_archived: person.is_archived,
            is_visible_in_people_allocation: person.is_visible_in_people_allocation,
            has_timesheet_required: person.has_timesheet_required,
            level_id: person.level.map(LevelNumber::get),
            price_list_id: person.price_list.map(PriceListNumber::get),
            job_title_id: person.job_title.map(JobTitleNumber::get),
            allocation_manager_id: person.manager.map(PersonNumber::get),
        }
    }
}

/// The codes of these roles, by number.
pub fn codes(roles: &[Role]) -> RoleCodes<'_> {
    roles.iter().map(|role| (role.number, role.code.as_str())).collect()
}

/// A role.
#[derive(Debug, Serialize)]
pub struct RoleDocument<'a> {
    id: i64,
    created_at: Milliseconds,
    updated_at: Milliseconds,
    name: &'a str,
    is_default: bool,
}

impl<'a> From<&'a Role> for RoleDocument<'a> {
    fn from(role: &'a Role) -> Self {
        Self {
            id: role.number.get(),
            created_at: Milliseconds(role.created_at),
            updated_at: Milliseconds(role.updated_at),
            name: role.name.as_str(),
            is_default: role.is_default,
        }
    }
}

/// A job title.
#[derive(Debug, Serialize)]
pub struct JobTitleDocument<'a> {
    id: i64,
    created_at: Milliseconds,
    updated_at: Milliseconds,
    name: &'a str,
    is_archived: bool,
    level_id: Option<i64>,
}

impl<'a> From<&'a JobTitle> for JobTitleDocument<'a> {
    fn from(title: &'a JobTitle) -> Self {
        Self {
            id: title.number.get(),
            created_at: Milliseconds(title.created_at),
            updated_at: Milliseconds(title.updated_at),
            name: title.name.as_str(),
            is_archived: title.is_archived,
            level_id: title.level.map(LevelNumber::get),
        }
    }
}

/// A level of seniority.
#[derive(Debug, Serialize)]
pub struct LevelDocument<'a> {
    id: i64,
    created_at: Milliseconds,
    updated_at: Milliseconds,
    name: &'a str,
    code: Option<&'a str>,
    chargeability_target: f64,
    is_external: bool,
    must_be_planned: bool,
    must_do_timesheet: bool,
    is_default_in_budget: bool,
}

impl<'a> From<&'a Level> for LevelDocument<'a> {
    fn from(level: &'a Level) -> Self {
        Self {
            id: level.number.get(),
            created_at: Milliseconds(level.created_at),
            updated_at: Milliseconds(level.updated_at),
            name: level.name.as_str(),
            code: level.code.as_ref().map(AsRef::as_ref),
            chargeability_target: level.chargeability_target,
            is_external: level.is_external,
            must_be_planned: level.must_be_planned,
            must_do_timesheet: level.must_do_timesheet,
            is_default_in_budget: level.is_default_in_budget,
        }
    }
}

/// A price list. Rollcall keeps no clients and no dates of validity, so those members never say anything.
#[derive(Debug, Serialize)]
pub struct PriceListDocument<'a> {
    id: i64,
    created_at: Milliseconds,
    updated_at: Milliseconds,
    name: &'a str,
    description: Option<&'a str>,
    available_from: Option<Milliseconds>,
    available_to: Option<Milliseconds>,
    is_default_for_client: bool,
    is_default_for_company: bool,
    uses_default_price_list_costs: bool,
    client_id: Option<i64>,
}

impl<'a> From<&'a PriceList> for PriceListDocument<'a> {
    fn from(list: &'a PriceList) -> Self {
        Self {
            id: list.number.get(),
            created_at: Milliseconds(list.created_at),
            updated_at: Milliseconds(list.updated_at),
            name: list.name.as_str(),
            description: list.description.as_ref().map(AsRef::as_ref),
            available_from: None,
            available_to: None,
            is_default_for_client: false,
            is_default_for_company: list.is_default_for_company,
            uses_default_price_list_costs: false,
            client_id: None,
        }
    }
}

/// A moment as the vendor writes it: in UTC, with three decimals and a `Z`.
#[derive(Debug)]
struct Milliseconds(Instant);

impl Serialize for Milliseconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_milliseconds_text())
    }
}

/// Every refusal.
#[derive(Debug, Serialize)]
pub struct ErrorDocument<'a> {
    pub key: &'static str,
    pub message: &'a str,
    #[serde(skip_serializing_if = "<[FieldFailure]>::is_empty")]
    pub failures: &'a [FieldFailure],
}

/// What is wrong with one parameter or member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldFailure {
    pub field: String,
    pub message: String,
}

impl From<QueryFault> for FieldFailure {
    fn from(fault: QueryFault) -> Self {
        let message = match &fault {
            QueryFault::Malformed { .. } => "is not valid percent-encoded UTF-8",
            QueryFault::ZeroByte { .. } => "holds a zero byte",
            QueryFault::Doubled { .. } => "is given more than once",
        };
        Self { field: fault.key().to_owned(), message: message.to_owned() }
    }
}
