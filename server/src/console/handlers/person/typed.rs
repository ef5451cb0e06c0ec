//! Whom somebody means who types a person into a field.

use super::super::super::page::Trouble;
use super::super::super::visit::Member;
use crate::http::AppState;
use rollcall_core::directory::{DirectoryError, PersonKey};
use rollcall_core::domain::{Email, PersonNumber};
use rollcall_core::query::{Comparison, Filter, PersonQuery, TextField, Window};

/// The person of a number, an e-mail address or a login; `None` where that is nobody, or several people.
pub async fn somebody(app: &AppState, member: &Member, typed: &str) -> Result<Option<PersonNumber>, Trouble> {
    let failed = |error| Trouble::of(error, member.visit.texts);
    if let Ok(number) = typed.parse::<PersonNumber>() {
        return match app.directory.person(&member.actor, PersonKey::Number(number)).await {
            Ok(found) => Ok(Some(found.person.number)),
            Err(DirectoryError::NotFound) => Ok(None),
            Err(error) => Err(failed(error)),
        };
    }
    let field = if Email::parse(typed).is_ok() { TextField::Email } else { TextField::Login };
    let filter = Filter::text(field, Comparison::Equal, typed);
    let query = PersonQuery { filter, window: Window::new(0, 2), ..PersonQuery::default() };
    let people = app.directory.people(&member.actor, &query).await.map_err(failed)?.people;
    Ok(if let [only] = people.as_slice() { Some(only.number) } else { None })
}
