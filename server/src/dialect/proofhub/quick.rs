//! The short way of reads: a part of the people, and one of them.

use super::caller::Caller;
use super::handlers::people;
use super::params;
use crate::http::{AppState, Asked, QueryString, QuickRead, Reading};
use rollcall_core::directory::{Actor, PersonKey};
use rollcall_core::domain::Person;
use rollcall_core::query::Window;
use std::borrow::Cow;

const PEOPLE: &str = "/api/v3/people";

enum Question {
    Part(Window),
    Person(PersonKey),
}

/// A read of people with a key and a user agent.
pub fn quick(asked: &Asked) -> Option<QuickRead<'_>> {
    asked.path().strip_prefix(PEOPLE)?;
    asked.header("user-agent").filter(|agent| !agent.is_empty())?;
    let secret = asked.header("x-api-key")?;
    Some(QuickRead { secret, named: asked.chosen().host.as_deref().map(Cow::Borrowed), form: "", id_header: None, read })
}

/// Where one of the people is.
pub fn path(person: &Person) -> String {
    format!("{PEOPLE}/{}", person.number)
}

/// The answer to such a read.
pub fn read(asked: &Asked, app: AppState, actor: Actor) -> Option<Reading> {
    let (caller, question) = (Caller { actor }, Question::of(asked)?);
    Some(Box::pin(async move {
        let answer = match question {
            Question::Part(window) => people::listed(&app, &caller, window).await,
            Question::Person(key) => people::shown(&app, &caller, key).await,
        };
        answer.ok()
    }))
}

impl Question {
    fn of(asked: &Asked) -> Option<Self> {
        match asked.path().strip_prefix(PEOPLE)? {
            "" => {
                let window = params::window(&QueryString::parse(asked.query()).ok()?).ok()?;
                // The whole list takes its time.
                window.limit.map(|_| Self::Part(window))
            }
            id => people::key(params::id(id.strip_prefix('/')?)?).ok().map(Self::Person),
        }
    }
}
