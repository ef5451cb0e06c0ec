//! A room: what the front must know of one API.

use super::limits::Rate;
use super::quick::{Asked, MakeReading, QuickRead};
use super::quirk::Quirk;
use super::refusal::Refusal;
use super::request_id::RequestId;
use super::route::Routes;
use super::state::AppState;
use axum::http::{Extensions, HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::Actor;
use rollcall_core::domain::Person;

/// What the front must know of one API. Each room's folder has one, as a `static`, and every request that reaches a
/// handler has its room in its extensions.
#[derive(Debug)]
pub struct Room {
    /// The API's public name, in addresses and in the log.
    pub name: &'static str,
    /// Whether a path is this API's. The path has no organization in front, no doubled and no trailing slash; it is
    /// percent-encoded, with letters, digits and `-._~` always bare.
    pub claims: fn(&str) -> bool,
    /// The same path as the room's routes spell it, where the API allows several spellings; `None` when it is right.
    pub spell: fn(&str) -> Option<String>,
    /// The method that the client means, where the API lets a header say so; `None` when it is the one that was sent. A
    /// header that means none is refused.
    pub method: fn(&Method, &HeaderMap) -> Result<Option<Method>, Refusal>,
    /// How often the vendor lets one credential ask, where it says; an operator may choose another.
    pub rate: Option<Rate>,
    /// The room's shape of a refusal by the front. The front adds the headers that it needs; to every 503,
    /// `Retry-After`.
    pub refuse: fn(Refusal) -> Response,
    /// The names of its own request headers, in lower case.
    pub headers: &'static [&'static str],
    /// What it makes of a request that may be answered the short way; `None` where that is no quick read of its.
    pub quick: fn(&Asked) -> Option<QuickRead<'_>>,
    /// How it shows one person, for whoever puts rooms side by side; `None` where it shows none.
    pub portrait: Option<Portrait>,
    /// What every answer of the API has, refusals included, and needs the request's id for.
    pub finish: fn(&RequestId, &mut Response),
    /// What the room does otherwise for tokens that are set so; the command line sets them.
    pub quirks: &'static [&'static Quirk],
    /// Everything that is mounted.
    pub routes: fn() -> Routes,
}

/// How a room shows one person.
#[derive(Debug)]
pub struct Portrait {
    /// What people call the API.
    pub api: &'static str,
    /// The path of a person there.
    pub path: fn(&Person) -> String,
    /// What answers at that path.
    pub read: MakeReading,
    /// The fields of a person that the API neither shows nor takes, by the names that the history has for them.
    pub lacks: &'static [&'static str],
}

impl Portrait {
    /// The answer about a person, as its clients get it.
    pub async fn of(&self, person: &Person, app: &AppState, actor: Actor) -> Option<Response> {
        let asked = Asked::for_path(&(self.path)(person))?;
        (self.read)(&asked, app.clone(), actor)?.await
    }
}

impl Room {
    /// A refusal in the room's shape, complete with the headers that it needs.
    pub fn refused(&self, refusal: Refusal) -> Response {
        let mut response = (self.refuse)(refusal.clone());
        refusal.complete(&mut response);
        response
    }
}

/// A refusal in the shape of the room that a request is in, for extractors that all rooms share.
pub(super) fn refused_in(extensions: &Extensions, refusal: Refusal) -> Response {
    match extensions.get::<&'static Room>() {
        Some(room) => room.refused(refusal),
        None => refusal.into_response(),
    }
}

/// For [`Room::spell`]: every path has one spelling.
pub fn one_spelling(_: &str) -> Option<String> {
    None
}

/// For [`Room::finish`]: answers are whole as they were rendered.
pub const fn as_rendered(_: &RequestId, _: &mut Response) {}

/// For [`Room::method`]: the method is the one that was sent.
pub const fn method_as_sent(_: &Method, _: &HeaderMap) -> Result<Option<Method>, Refusal> {
    Ok(None)
}
