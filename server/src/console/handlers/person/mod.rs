//! The pages of one person.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`card`] | who it is at a glance: picture, groups, manager and reports |
//! | [`edit`], [`fields`], [`choices`] | everything that may be set, in one form |
//! | [`history`] | what has changed, and how to set a field back |
//! | [`apis`] | the person as each API shows it |
//! | [`bin`] | to the bin, and back |
//! | [`typed`] | whom somebody means who types a person into a field |

pub mod apis;
pub mod bin;
pub mod card;
mod choices;
pub mod edit;
mod fields;
pub mod history;
pub mod typed;

use super::super::page::Trouble;
use super::super::visit::Member;
use crate::http::AppState;
use rollcall_core::directory::{FoundPerson, PersonKey};
use rollcall_core::domain::{Person, PersonNumber, Scope};

/// What stands above every page of a person.
#[derive(Debug)]
pub struct Head {
    pub number: PersonNumber,
    pub name: String,
    pub current: &'static str,
    pub may_edit: bool,
    pub sees_history: bool,
}

impl Head {
    fn of(member: &Member, person: &Person, current: &'static str) -> Self {
        Self {
            number: person.number,
            name: name(member, person),
            current,
            may_edit: member.may(Scope::PeopleWrite),
            sees_history: member.may(Scope::OrganizationAdmin),
        }
    }
}

/// What a person is called on a page; somebody without any name too.
fn name(member: &Member, person: &Person) -> String {
    Some(person.name()).filter(|name| !name.trim().is_empty()).unwrap_or_else(|| member.visit.texts.person.nameless.to_owned())
}

/// The person of an address.
async fn found(app: &AppState, member: &Member, number: &str) -> Result<FoundPerson, Trouble> {
    let number: PersonNumber = number.parse().map_err(|_| Trouble::not_found(&member.visit))?;
    let found = app.directory.person(&member.actor, PersonKey::Number(number)).await;
    found.map_err(|error| Trouble::of(error, member.visit.texts))
}
