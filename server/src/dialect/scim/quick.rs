//! The short way of reads: lists of users by place, and one of them.

use super::BASE;
use super::caller::{Base, Caller};
use super::handlers::users;
use super::lists::{self, Asked as List};
use super::params::{self, Wanted};
use super::schema::ResourceType;
use crate::http::{AppState, Asked, QueryString, QuickRead, Reading, admission};
use rollcall_core::directory::{Actor, PersonKey};
use rollcall_core::domain::{Person, PersonId, Slug};

const USERS: &str = "/scim/v2/Users";

/// A read of users.
pub fn quick(asked: &Asked) -> Option<QuickRead<'_>> {
    asked.path().strip_prefix(USERS)?;
    let secret = admission::secret_in(asked.header("authorization")?, &["Bearer"], false)?;
    Some(QuickRead { secret, named: None, form: "", id_header: None, read })
}

/// Where one of the people is.
pub fn path(person: &Person) -> String {
    format!("{USERS}/{}", person.id)
}

/// The answer to such a read.
pub fn read(asked: &Asked, app: AppState, actor: Actor) -> Option<Reading> {
    debug_assert!(USERS.starts_with(BASE));
    let base = Base::new(app.settings.public_url().as_str(), asked.chosen().path.as_ref().map(Slug::as_str));
    let (caller, query) = (Caller { actor, base }, QueryString::parse(asked.query()).ok()?);
    match asked.path().strip_prefix(USERS)? {
        "" => {
            let list = List::of_query(&query).ok()?;
            Some(Box::pin(async move { lists::answer(&app, &caller, &[ResourceType::User], "/Users", &list).await.ok() }))
        }
        id => {
            let (id, wanted) = (params::id::<PersonId>(id.strip_prefix('/')?)?, Wanted::of(&query).ok()?);
            Some(Box::pin(async move { users::shown(&app, &caller, PersonKey::Id(id), &wanted).await.ok() }))
        }
    }
}
