//! One request from arrival to answer.
//!
//! The order: the path finds the room, so that every later refusal is in its shape; then the framing's verdict, the
//! host, the body's announced length, a place among the requests in work; then the handler, guarded, and again while the
//! database is away. Every answer gets the same headers and one line in the log.

use super::again::{self, Patience};
use super::framing::Verdict;
use super::guard::guarded;
use super::host::{self, Chosen};
use super::limits::Quota;
use super::metrics::{Metrics, RoomCounts};
use super::quick::Quick;
use super::refusal::Refusal;
use super::request_id::{RequestId, X_REQUEST_ID};
use super::room::Room;
use super::settings::HttpSettings;
use super::state::AppState;
use super::trace::{self, TraceId};
use super::{body, cause::Cause, front, health};
use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use rollcall_core::domain::Slug;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tower::ServiceExt;
use tracing::info;

/// The whole service, without a network: a request in, an answer out. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    settings: Arc<HttpSettings>,
    rooms: Arc<[Mounted]>,
    metrics: Arc<Metrics>,
    stopping: watch::Sender<bool>,
    quick: Quick,
}

/// A room with its routes.
#[derive(Debug)]
pub(super) struct Mounted {
    pub(super) room: &'static Room,
    router: Router,
    pub(super) quota: Option<Arc<Quota>>,
    pub(super) counts: Arc<RoomCounts>,
}

/// Builds the service over these rooms; `/livez`, `/readyz` and `/metrics` come with it.
pub fn app(state: AppState, rooms: &[&'static Room]) -> App {
    let state = AppState { rooms: rooms.into(), ..state };
    let settings = Arc::clone(&state.settings);
    let rooms: Vec<&'static Room> = std::iter::once(&health::ROOM).chain(rooms.iter().copied()).collect();
    let metrics = Arc::new(Metrics::new(&rooms, settings.max_requests));
    let state = AppState { metrics: Arc::clone(&metrics), ..state };
    let rooms = rooms.into_iter().zip(metrics.rooms()).map(|(room, counts)| {
        let rate = settings.limits.rate(room.name, room.rate);
        let quota = rate.and_then(|rate| Quota::new(rate, state.directory.surroundings().clone()));
        Mounted { room, router: (room.routes)().into_router(room, state.clone()), quota: quota.map(Arc::new), counts: Arc::clone(counts) }
    });
    let rooms: Arc<[Mounted]> = rooms.collect();
    App { quick: Quick::new(state, Arc::clone(&rooms)), rooms, settings, metrics, stopping: watch::Sender::new(false) }
}

impl App {
    /// The short way, for connections to try first.
    pub(super) const fn quick(&self) -> &Quick {
        &self.quick
    }

    /// What is counted.
    pub(super) const fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Requests in work are not tried again from now on.
    pub(super) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether it was told to stop.
    pub(super) fn is_stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Answers one request of this peer.
    pub async fn answer(&self, request: Request, peer: SocketAddr, verdict: Verdict) -> Response {
        let trace = TraceId::of(request.headers());
        TraceId::during(trace, self.answered(request, peer, verdict)).await
    }

    async fn answered(&self, mut request: Request, peer: SocketAddr, verdict: Verdict) -> Response {
        let started = Instant::now();
        let id = RequestId::of(request.headers());
        let method = request.method().clone();
        let is_last = verdict != Verdict::Sound;
        request.extensions_mut().insert(id.clone());

        let mut route = RoomCounts::nowhere();
        let (mounted, answer) = match self.find(&mut request) {
            Ok((mounted, slug)) => (mounted, {
                route = mounted.map_or(route, |mounted| mounted.counts.place(request.uri().path()));
                self.answer_in(mounted, slug, request, peer, verdict, &id).await
            }),
            Err(refusal) => (self.claiming(&front::Place::guess(request.uri()).path), Err(refusal)),
        };
        let room = mounted.map(|mounted| mounted.room);
        let mut response = answer.unwrap_or_else(|refusal| match room {
            Some(room) => room.refused(refusal),
            None => refusal.into_response(),
        });
        Cause::log(&response, &id);
        if let Some(room) = room {
            (room.finish)(&id, &mut response);
        }

        // What is left of a body that was too large is not worth reading for the sake of the connection.
        let closes = is_last || response.status() == StatusCode::PAYLOAD_TOO_LARGE;
        dress(&mut response, &id, closes);
        let time = started.elapsed();
        if let Some(mounted) = mounted {
            mounted.counts.count(route, &method, response.status(), time);
        }
        log(&method, room, response.status(), time, &id);
        response
    }

    /// The room that claims the request's path, if one does, and the organization that stood in front of it. The path
    /// is left as the room's routes spell it.
    fn find(&self, request: &mut Request) -> Result<(Option<&Mounted>, Option<Slug>), Refusal> {
        let front::Place { slug, path } = front::Place::of(request.uri())?;
        let mounted = self.claiming(&path);
        let spelled = mounted.and_then(|mounted| (mounted.room.spell)(&path));
        front::rewrite(request, spelled.as_deref().unwrap_or(&path))?;
        Ok((mounted, slug))
    }

    fn claiming(&self, path: &str) -> Option<&Mounted> {
        self.rooms.iter().find(|mounted| (mounted.room.claims)(path))
    }

    async fn answer_in(
        &self,
        mounted: Option<&Mounted>,
        slug: Option<Slug>,
        request: Request,
        peer: SocketAddr,
        verdict: Verdict,
        id: &RequestId,
    ) -> Result<Response, Refusal> {
        if let Verdict::Refused(refusal) = verdict {
            return Err(refusal);
        }
        let request = self.admitted(slug, request, peer)?;
        let Mounted { room, router, quota, .. } = mounted.ok_or(Refusal::NotFound)?;
        // A busy server must not look like a dead one.
        let is_asked_for_health = std::ptr::eq(*room, &raw const health::ROOM);
        let _place = if is_asked_for_health { None } else { Some(self.metrics.places().try_acquire().map_err(|_| Refusal::Overloaded)?) };

        let mut request = meant(room, request)?;
        request.extensions_mut().insert(*room);
        if let Some(quota) = quota {
            request.extensions_mut().insert(Arc::clone(quota));
        }
        let time = self.settings.request_timeout;
        if is_asked_for_health {
            let work = router.clone().oneshot(request).map(|answer| answer.unwrap_or_else(|never| match never {}));
            return guarded(work, time, id).await;
        }
        let patience = Patience::new(time, self.is_stopping());
        guarded(again::answered(router, room, request, patience), time, id).await
    }

    /// The request with everything about its sender that a room may ask for, if its headers are in order.
    fn admitted(&self, slug: Option<Slug>, request: Request, peer: SocketAddr) -> Result<Request, Refusal> {
        let (mut parts, body) = request.into_parts();
        let host = host::chosen_by_host(&parts, peer.ip(), &self.settings)?;
        let client = host::client_address(&parts.headers, peer.ip(), &self.settings);
        if body::is_announced_too_large(&parts.headers, self.settings.body_bytes_max) {
            return Err(Refusal::BodyTooLarge);
        }
        parts.extensions.insert(Chosen { path: slug, host });
        parts.extensions.insert(client);
        Ok(Request::from_parts(parts, body::limited(body, self.settings.body_bytes_max)))
    }
}

/// The request with the method that its client means.
fn meant(room: &Room, mut request: Request) -> Result<Request, Refusal> {
    if let Some(method) = (room.method)(request.method(), request.headers())? {
        *request.method_mut() = method;
    }
    Ok(request)
}

/// Seconds after which a client that was told 503, and nothing better, may try again: long enough for a burst to pass,
/// too short to be felt.
const RETRY_AFTER_SECONDS: u32 = 2;

/// What every answer has.
fn dress(response: &mut Response, id: &RequestId, closes: bool) {
    let status = response.status();
    dress_alike(response);
    let headers = response.headers_mut();
    headers.insert(X_REQUEST_ID, id.as_header());
    // Clients of some vendors fail over a 429 that does not say when to come back.
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        headers.entry(RETRY_AFTER).or_insert(HeaderValue::from(RETRY_AFTER_SECONDS));
    }
    // Neither has a body, and the length of none is not the length of what a 304 stands for (RFC 9110, section 8.6).
    if matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        headers.remove(CONTENT_LENGTH);
    }
    if closes {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
}

/// What every answer has, whichever request it is for.
pub(super) fn dress_alike(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Answers hold personal data; a handler that knows better says so itself.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// One line for each request: never an address, a token or a name.
pub(super) fn log(method: &Method, room: Option<&Room>, status: StatusCode, time: Duration, id: &RequestId) {
    let (method, room, status) = (method_word(method), room.map_or("none", |room| room.name), status.as_u16());
    let milliseconds = time.as_micros() as f64 / 1000.0;
    let (trace, words) = (trace::field(), format_args!("{method} {room} {status}"));
    info!(request.id = %id, trace.id = trace, http.method = method, http.room = room, http.status = status, milliseconds, "{words}");
}

/// The method, unless the client made it up.
fn method_word(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}
