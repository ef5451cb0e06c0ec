//! The documents of this API, member for member, in the vendor's order.
//!
//! An id that is absent is `null`, never left out. Names and the e-mail address are always text: empty when absent.

mod person;

pub use person::{RoleCodes, push_person};

use crate::http::QueryFault;
use rollcall_core::domain::{Instant, JobTitle, Level, LevelNumber, PriceList, Role};
use serde::{Serialize, Serializer};

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
