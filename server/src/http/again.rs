//! Trying again while the database is away, so that its restart is a delay and not an error.
//!
//! A room says by the [`Cause`] of its answer that the database failed it. Where surely nothing was done, every request is tried
//! again. Where something may have been done, only what does the same when it is done twice: by its method (RFC 9110, section
//! 9.2.2), by an `Idempotency-Key` that the handler keeps to, or because `If-Match` names the version that it is meant for, so
//! that it can be carried out once at most. `PATCH` is none of these by itself.
//!
//! Whatever follows, nobody is told that nothing was done when it may have been: see [`Course::settle`].

use super::cause::Cause;
use super::kept_body::KeptBody;
use super::refusal::Refusal;
use super::room::Room;
use axum::Router;
use axum::extract::Request;
use axum::http::{Extensions, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::{DirectoryError, noting_changes};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;
use tower::ServiceExt;

/// How long a request is tried again, at most: longer than a PostgreSQL of ordinary size takes to start after a crash, and half
/// of the time after which clients give up. A shorter time-out of requests shortens it.
const TRYING_TIME: Duration = Duration::from_secs(15);
/// How long to wait before trying again: at first, and at most.
const PAUSE_FIRST: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// What becomes known of one request over all its tries. In the extensions of each of them; cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Tries(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    is_counted: AtomicBool,
    is_done_once: AtomicBool,
}

impl Tries {
    /// Whether the request is to be counted against a quota now: it is one, however often it is tried.
    pub(super) fn is_to_be_counted(extensions: &Extensions) -> bool {
        extensions.get::<Self>().is_none_or(|tries| !tries.0.is_counted.swap(true, Ordering::Relaxed))
    }

    /// Remembers that the handler sees to it that the request is carried out once, however often it comes.
    pub(super) fn are_done_once(extensions: &Extensions) {
        if let Some(tries) = extensions.get::<Self>() {
            tries.0.is_done_once.store(true, Ordering::Relaxed);
        }
    }
}

/// That a request was counted against a quota before it came here.
#[derive(Clone, Copy, Debug)]
struct Counted;

/// Takes note in a request's extensions that it was counted against its quota.
pub(super) fn note_counted(extensions: &mut Extensions) {
    extensions.insert(Counted);
}

/// How the database failed a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loss {
    /// Surely nothing was done.
    NothingDone,
    /// Something may have been done.
    PerhapsDone,
}

impl Loss {
    /// `has_kept`: the request has kept a change before the answer failed.
    fn of(response: &Response, has_kept: bool) -> Option<Self> {
        let cause = response.extensions().get::<Cause>()?;
        if cause.is_uncertain() || (has_kept && cause.is_unavailable()) {
            return Some(Self::PerhapsDone);
        }
        cause.is_unavailable().then_some(Self::NothingDone)
    }
}

/// How long one request may be tried, and who ends that before.
#[derive(Clone, Debug)]
pub(super) struct Patience {
    deadline: Instant,
    pause: Duration,
    is_stopping: watch::Receiver<bool>,
}

impl Patience {
    /// From now on.
    pub(super) fn new(request_timeout: Duration, is_stopping: watch::Receiver<bool>) -> Self {
        Self { deadline: Instant::now() + TRYING_TIME.min(request_timeout / 2), pause: PAUSE_FIRST, is_stopping }
    }

    /// Waits before the next try. `false`: there shall be none.
    async fn pause(&mut self) -> bool {
        let due = Instant::now() + self.pause;
        if due > self.deadline {
            return false;
        }
        self.pause = (self.pause * 2).min(PAUSE_MAX);
        tokio::select! {
            () = tokio::time::sleep_until(due) => true,
            // Whoever stops waits for the requests in work, and not for the database.
            Ok(_) = self.is_stopping.wait_for(|stopping| *stopping) => false,
        }
    }
}

/// One request, from try to try.
struct Course {
    room: &'static Room,
    method: Method,
    tries: Tries,
    may_be_done: bool,
}

/// The answer to a request, which is tried again while the database is away.
pub(super) async fn answered(router: &Router, room: &'static Room, request: Request, mut patience: Patience) -> Response {
    let (mut parts, body) = request.into_parts();
    let mut course = Course { room, method: parts.method.clone(), tries: Tries::default(), may_be_done: false };
    if parts.extensions.get::<Counted>().is_some() {
        course.tries.0.is_counted.store(true, Ordering::Relaxed);
    }
    parts.extensions.insert(course.tries.clone());
    let body = KeptBody::new(body);
    loop {
        let request = Request::from_parts(parts.clone(), body.again());
        let (answer, has_kept) = noting_changes(router.clone().oneshot(request)).await;
        let response = answer.unwrap_or_else(|never| match never {});
        let Some(loss) = Loss::of(&response, has_kept) else { return course.settle(response) };
        course.may_be_done |= loss == Loss::PerhapsDone;
        if !course.may_go_on() || !patience.pause().await {
            return course.settle(response);
        }
    }
}

impl Course {
    fn may_go_on(&self) -> bool {
        !self.may_be_done || self.method.is_idempotent() || self.tries.0.is_done_once.load(Ordering::Relaxed)
    }

    /// The answer, if it is true of the tries before it too.
    ///
    /// A try that may have been done had found everything as it should be. So a later refusal may be about what that try itself
    /// has changed, and says nothing of whether it was done: then the client is told that this is not known. Only that nothing
    /// is there any more is what a `DELETE` wanted.
    fn settle(&self, response: Response) -> Response {
        let status = response.status();
        if !self.may_be_done || self.method.is_safe() || status.is_success() || status.is_redirection() {
            return response;
        }
        if self.method == Method::DELETE && status == StatusCode::NOT_FOUND {
            return StatusCode::NO_CONTENT.into_response();
        }
        let is_said = response.extensions().get::<Cause>().is_some_and(Cause::is_uncertain);
        if is_said { response } else { self.uncertain() }
    }

    fn uncertain(&self) -> Response {
        let mut response = self.room.refused(Refusal::Uncertain);
        let cause = "the database was lost after the change, or while it was being kept";
        response.extensions_mut().insert(Cause::new(DirectoryError::Uncertain(cause.into())));
        response
    }
}

#[cfg(test)]
mod tests;
