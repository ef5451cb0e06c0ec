//! The short way of reads: lists of people, and one of them.

use super::caller::{Caller, SCHEMES};
use super::handlers::people;
use super::params::{self, PeopleParams};
use crate::http::{AppState, Asked, QuickRead, Reading, admission};
use rollcall_core::directory::{Actor, PersonKey};
use rollcall_core::domain::{Person, PersonId};
use rollcall_core::query::PersonQuery;

const PEOPLE: &str = "/api/organization/people";

enum Question {
    List(Box<PersonQuery>),
    Person(PersonKey),
}

/// A read of people by a client that takes JSON.
pub fn quick(asked: &Asked) -> Option<QuickRead<'_>> {
    asked.path().strip_prefix(PEOPLE)?;
    // Whatever else is accepted, or not, is judged in the usual way.
    asked.optional("accept")?.is_none_or(|accept| matches!(accept, "*/*" | "application/json")).then_some(())?;
    let secret = admission::secret_in(asked.header("authorization")?, &SCHEMES, true)?;
    Some(QuickRead { secret, named: None, form: "", id_header: None, read })
}

/// Where one of the people is.
pub fn path(person: &Person) -> String {
    format!("{PEOPLE}/{}", person.id)
}

/// The answer to such a read.
pub fn read(asked: &Asked, app: AppState, actor: Actor) -> Option<Reading> {
    let (caller, question) = (Caller { actor }, Question::of(asked)?);
    Some(Box::pin(async move {
        let answer = match question {
            Question::List(query) => people::listed(&app, &caller, &query).await,
            Question::Person(key) => people::shown(&app, &caller, key).await,
        };
        answer.ok()
    }))
}

impl Question {
    fn of(asked: &Asked) -> Option<Self> {
        match asked.path().strip_prefix(PEOPLE)? {
            "" => PeopleParams::plain(asked.query()).map(|params| Self::List(Box::new(params.0))),
            id => params::guid(id.strip_prefix('/')?).map(|id| Self::Person(PersonKey::Id(PersonId::new(id)))),
        }
    }
}
