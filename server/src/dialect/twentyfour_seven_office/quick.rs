//! The short way of reads: people of the organization, and one of them.

use super::caller::Caller;
use super::handlers::organization;
use super::media::Media;
use super::params::PeopleParams;
use crate::http::{AppState, Asked, Conditions, QueryString, QuickRead, Reading, admission};
use rollcall_core::directory::Actor;
use rollcall_core::domain::{Person, PersonNumber};

const PEOPLE: &str = "/v1/organization/people";

/// A read of people as JSON.
pub fn quick(asked: &Asked) -> Option<QuickRead<'_>> {
    asked.path().strip_prefix(PEOPLE)?;
    // Whatever else is accepted, or not, is judged in the usual way.
    asked.optional("accept")?.is_none_or(|accept| matches!(accept, "*/*" | "application/json")).then_some(())?;
    let secret = admission::secret_in(asked.header("authorization")?, &["Bearer"], false)?;
    Some(QuickRead { secret, named: None, form: "", id_header: Some("x-trace-id"), read })
}

/// Where one of the people is.
pub fn path(person: &Person) -> String {
    format!("{PEOPLE}/{}", person.number)
}

/// The answer to such a read.
pub fn read(asked: &Asked, app: AppState, actor: Actor) -> Option<Reading> {
    let params = PeopleParams::try_from(QueryString::parse(asked.query()).ok()?).ok()?;
    let person: Option<PersonNumber> = match asked.path().strip_prefix(PEOPLE)? {
        "" => None,
        id => Some(id.strip_prefix('/')?.parse().ok()?),
    };
    let caller = Caller { actor };
    Some(Box::pin(async move {
        let answer = match person {
            None => organization::listed(&app, &caller, Media::Json, params).await,
            Some(number) => organization::shown(&app, &caller, Media::Json, (number, &params), &Conditions::default()).await,
        };
        answer.ok()
    }))
}
