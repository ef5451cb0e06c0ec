//! The short way of reads: the team, and somebody of it.

use super::caller::{self, Caller};
use super::handlers::persons;
use super::params::PersonParams;
use crate::http::{AppState, Asked, QueryString, QuickRead, Reading, admission};
use rollcall_core::directory::{Actor, PersonKey};
use rollcall_core::domain::{Person, PersonNumber};
use std::borrow::Cow;

const PERSONS: &str = "/api/persons";

/// A read of the team with the vendor's headers.
pub fn quick(asked: &Asked) -> Option<QuickRead<'_>> {
    asked.path().strip_prefix(PERSONS)?;
    let secret = admission::secret_in(asked.header("authorization")?, &["Bearer"], false)?;
    let company = asked.optional(caller::COMPANY)?.filter(|company| !company.is_empty());
    if company.is_none() && asked.chosen().path.is_none() || !caller::is_date(asked.header(caller::VERSION)?) {
        return None;
    }
    let named = company.map(|company| Cow::Owned(company.to_ascii_lowercase()));
    Some(QuickRead { secret, named, form: "", id_header: None, read })
}

/// Where one of the people is.
pub fn path(person: &Person) -> String {
    format!("{PERSONS}/{}", person.number)
}

/// The answer to such a read.
pub fn read(asked: &Asked, app: AppState, actor: Actor) -> Option<Reading> {
    let caller = Caller { actor };
    match asked.path().strip_prefix(PERSONS)? {
        "" => {
            let params = PersonParams::try_from(QueryString::parse(asked.query()).ok()?).ok()?;
            Some(Box::pin(async move { persons::listed(&app, &caller, params).await.ok() }))
        }
        id => {
            let key = PersonKey::Number(id.strip_prefix('/')?.parse::<PersonNumber>().ok()?);
            Some(Box::pin(async move { persons::found(&app, &caller, key).await.ok() }))
        }
    }
}
