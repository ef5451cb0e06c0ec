//! The short way: reads of people that are asked for all day, answered on the connection itself.
//!
//! The usual way of a request, through hyper, the router and a room's extractors, costs more than such a read does. So a
//! connection shows every head here first. What is a plain `GET` that its room knows as a quick read, with a good credential
//! and nothing else to be minded, is answered at once; everything else, every refusal included, goes the usual way, as if it
//! had never been here. Both ways ask the same functions of a room, so both give the same answer.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`asked`] | a request that may be answered so |
//! | [`answer`] | an answer as the bytes of a response |
//! | `date` | the hour, as headers have it |
//! | [`answers`] | answers kept for as long as their organization does not change |

pub mod answer;
pub mod answers;
pub mod asked;
mod date;

use super::app::{self, Mounted};
use super::request_id::{RequestId, X_REQUEST_ID};
use super::state::AppState;
use super::trace::{TRACEPARENT, TraceId};
use answer::Answer;
use answers::AnswerKey;
pub use answers::Answers;
pub use asked::Asked;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use futures_util::FutureExt;
use rollcall_core::directory::{Actor, Authenticated, Credential, OrganizationMoment, at_one_moment};
use rollcall_core::domain::{OrganizationId, Scope, Slug};
use std::borrow::Cow;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Instant;

/// What a room makes of a request that it can answer the short way.
#[derive(Clone, Debug)]
pub struct QuickRead<'a> {
    /// The secret, in the room's own header.
    pub secret: &'a str,
    /// The organization that the request names otherwise than by its path.
    pub named: Option<Cow<'a, str>>,
    /// What else the answer depends on, beside the address and the credential: a media type, say.
    pub form: &'static str,
    /// The header that carries the request's id too, in this room.
    pub id_header: Option<&'static str>,
    /// Reads and renders it for somebody who may see people.
    pub read: MakeReading,
}

/// Begins the read that a request asks for, for somebody who may see people.
pub type MakeReading = fn(&Asked, AppState, Actor) -> Option<Reading>;

/// A read under way. `None`: the usual way is to say what is wrong.
pub type Reading = Pin<Box<dyn Future<Output = Option<Response>> + Send>>;

/// For [`Room::quick`]: every request goes the usual way.
pub const fn never(_: &Asked) -> Option<QuickRead<'_>> {
    None
}

/// Work on one request.
pub(super) type Work = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// How a request fared.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A whole response: a head, then a body.
    Answered { head: Vec<u8>, body: Bytes, is_last: bool },
    /// The request goes the usual way, with this head.
    Usual { head: Bytes, is_counted: bool },
}

/// The short way of one server. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Quick {
    state: AppState,
    rooms: Arc<[Mounted]>,
    /// The host of the public URL, which chooses no organization.
    public_host: Arc<str>,
}

/// One request on the short way.
struct Course {
    quick: Quick,
    place: usize,
    asked: Asked,
    started: Instant,
    is_counted: bool,
}

impl Quick {
    pub(super) fn new(state: AppState, rooms: Arc<[Mounted]>) -> Self {
        let public_host = state.settings.public_url().host().into();
        Self { state, rooms, public_host }
    }

    /// Begins to answer a whole head, if it may be one of those that can be answered so.
    pub(super) fn begin(&self, head: &Bytes) -> Option<Work> {
        let asked = Asked::parse(head.clone(), &self.public_host)?;
        let place = self.rooms.iter().position(|mounted| (mounted.room.claims)(asked.path()))?;
        let room = self.rooms.get(place)?.room;
        let spelled = (room.spell)(asked.path());
        let asked = asked.spelled(spelled);
        if !asked.has_only(room.headers) {
            return None;
        }
        let course = Course { quick: self.clone(), place, asked, started: Instant::now(), is_counted: false };
        Some(Box::pin(course.run()))
    }
}

impl Course {
    async fn run(mut self) -> Outcome {
        let trace = self.asked.optional(TRACEPARENT).flatten().and_then(TraceId::parse);
        let answered = {
            // Pinned where it is made: it is too much to be moved about.
            let work = pin!(self.answered());
            // A panic has been logged by the panic hook; the usual way says it to the client.
            AssertUnwindSafe(TraceId::during(trace, at_one_moment(work))).catch_unwind().await.ok().flatten()
        };
        match answered {
            Some((head, body)) => Outcome::Answered { head, body, is_last: self.asked.is_last() },
            None => Outcome::Usual { head: self.asked.head().clone(), is_counted: self.is_counted },
        }
    }

    async fn answered(&mut self) -> Option<(Vec<u8>, Bytes)> {
        let Quick { state, rooms, .. } = &self.quick;
        let mounted = rooms.get(self.place)?;
        let (room, asked) = (mounted.room, &self.asked);
        let QuickRead { secret, named, form, id_header, read } = (room.quick)(asked)?;
        let Authenticated { credential, standing } = state.directory.authenticate_standing(secret).await.ok()?;
        let actor = enter(&credential, asked, named.as_deref())?;
        if let Some(quota) = &mounted.quota {
            quota.take(credential.holder()).ok()?;
            self.is_counted = true;
        }
        let organization = actor.organization();
        let answer = if asked.bypasses_answers() {
            made(state, asked, read, actor).await?
        } else {
            let key = AnswerKey::new(room.name, asked, form, &actor);
            let before = match standing.organization(organization) {
                Some(moment) => moment,
                None => moment_of(state, organization).await?,
            };
            match state.answers.get(&key, before) {
                Some(kept) => kept,
                None => {
                    let answer = made(state, asked, read, actor).await?;
                    // Nothing has changed in between, so all of it is of that one state.
                    if moment_of(state, organization).await? == before {
                        state.answers.keep(key, before, answer.clone());
                    }
                    answer
                }
            }
        };
        let id = RequestId::sent(asked.optional(X_REQUEST_ID.as_str())?);
        let time = self.started.elapsed();
        mounted.counts.count(mounted.counts.place(asked.path()), &Method::GET, StatusCode::OK, time);
        app::log(&Method::GET, Some(room), StatusCode::OK, time, &id);
        Some(answer.to_bytes(&id, id_header, asked.is_last()))
    }
}

/// An answer made anew.
async fn made(state: &AppState, asked: &Asked, read: MakeReading, actor: Actor) -> Option<Answer> {
    let mut response = read(asked, state.clone(), actor)?.await?;
    app::dress_alike(&mut response);
    Answer::of(response)
}

/// What an organization stands at now.
async fn moment_of(state: &AppState, organization: OrganizationId) -> Option<OrganizationMoment> {
    state.directory.standing(organization).await.ok()?.organization(organization)
}

/// The credential in the organization that the request chooses, if it may see people there.
fn enter(credential: &Credential, asked: &Asked, named: Option<&str>) -> Option<Actor> {
    let actor = match (asked.chosen().path.as_ref().map(Slug::as_str), named) {
        (Some(path), Some(named)) if path != named => return None,
        (path, named) => credential.enter(path.or(named)).ok()?,
    };
    actor.require(Scope::PeopleRead).ok()?;
    Some(actor)
}
