//! Everything that is counted, on one page, and who may see it.

use super::text::{MEDIA_TYPE, Text};
use super::{Metrics, MetricsAccess, process};
use crate::http::admission;
use crate::http::host::ClientAddress;
use crate::http::refusal::Refusal;
use crate::http::settings::HttpSettings;
use crate::http::state::AppState;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::Vitals;
use rollcall_core::domain::Scope;
use std::sync::atomic::Ordering;

/// Headers that proxies add. What came through one was not asked from here, whatever the proxy's own address is.
const OF_PROXIES: [&str; 5] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/// Microseconds in a second.
const MICROSECONDS: f64 = 1e6;

/// GET /metrics
pub(in crate::http) async fn show(State(app): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let refused = match app.settings.metrics {
        MetricsAccess::Open => None,
        MetricsAccess::Local if is_local(&parts, &app.settings) => None,
        MetricsAccess::Admin => admitted(&parts, &app).await.err(),
        // As if it were not there.
        MetricsAccess::Local | MetricsAccess::Off => Some(Refusal::NotFound.into_response()),
    };
    refused.unwrap_or_else(|| {
        let media_type = HeaderValue::from_static(MEDIA_TYPE);
        ([(CONTENT_TYPE, media_type)], page(&app)).into_response()
    })
}

fn is_local(parts: &Parts, settings: &HttpSettings) -> bool {
    let Some(ClientAddress(address)) = parts.extensions.get() else { return false };
    let is_near = address.is_loopback() || settings.trusted_proxies.iter().any(|network| network.contains(*address));
    is_near && !came_through_a_proxy(&parts.headers)
}

fn came_through_a_proxy(headers: &HeaderMap) -> bool {
    OF_PROXIES.iter().any(|name| headers.contains_key(*name))
}

/// Lets in whoever may administer an organization.
async fn admitted(parts: &Parts, app: &AppState) -> Result<(), Response> {
    let secret = admission::authorization(&parts.headers, &["Bearer"], false);
    let challenge = [(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))];
    let unknown = |_| (StatusCode::UNAUTHORIZED, challenge).into_response();
    let credential = admission::credential(parts, app, secret).await.map_err(unknown)?;
    let actor = credential.enter(None).map_err(|_| StatusCode::FORBIDDEN.into_response())?;
    actor.require(Scope::OrganizationAdmin).map_err(|_| StatusCode::FORBIDDEN.into_response())
}

fn page(app: &AppState) -> String {
    let mut text = Text::default();
    text.begin("rollcall_build_info", "gauge", "The version that runs.");
    text.sample("rollcall_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    write_requests(&mut text, &app.metrics);
    write_connections(&mut text, &app.metrics);
    let (hits, misses) = app.answers.hits_and_misses();
    text.counter("rollcall_answers_hits_total", "Reads that were given a kept answer.", hits);
    text.counter("rollcall_answers_misses_total", "Reads that were answered anew, and could have been kept.", misses);
    text.gauge("rollcall_answers_bytes", "Bytes of kept answers.", app.answers.bytes());
    write_store(&mut text, &app.directory.vitals());
    process::write(&mut text);
    text.into_string()
}

fn write_requests(text: &mut Text, metrics: &Metrics) {
    let total = "rollcall_http_requests_total";
    text.begin(total, "counter", "Requests that were answered, by API, route, method and status.");
    for counted in metrics.rooms.iter().flat_map(|room| room.counted()) {
        for (status, count) in counted.statuses() {
            let labels = [("api", counted.api), ("route", counted.route), ("method", counted.method), ("status", &*status)];
            text.sample(total, &labels, count);
        }
    }
    let times = "rollcall_http_request_duration_seconds";
    text.begin(times, "histogram", "Time until the answer was ready to be sent.");
    for counted in metrics.rooms.iter().flat_map(|room| room.counted()) {
        let labels = [("api", counted.api), ("route", counted.route), ("method", counted.method)];
        text.histogram(times, &labels, &counted.times.measured(), MICROSECONDS);
    }
}

fn write_connections(text: &mut Text, metrics: &Metrics) {
    let in_work = metrics.places_max.saturating_sub(metrics.places.available_permits());
    text.gauge("rollcall_http_requests_in_work", "Requests in work, without those that are answered on the connection.", in_work);
    text.gauge("rollcall_http_requests_in_work_max", "Requests that may be in work at once.", metrics.places_max);
    text.gauge("rollcall_http_connections", "Open connections.", metrics.connections.load(Ordering::Relaxed));
    text.counter("rollcall_http_connections_total", "Connections that were accepted.", metrics.accepted.load(Ordering::Relaxed));
}

fn write_store(text: &mut Text, vitals: &Vitals) {
    if let Some(bytes) = vitals.database_bytes {
        text.gauge("rollcall_store_database_bytes", "Bytes of the database's file.", bytes);
    }
    if let Some(bytes) = vitals.log_bytes {
        text.gauge("rollcall_store_log_bytes", "Bytes of the write-ahead log beside it.", bytes);
    }
    text.gauge("rollcall_store_connections", "Open connections to the database.", vitals.connections);
    let about = "Those of them that hold a snapshot or are in use.";
    text.gauge("rollcall_store_connections_in_use", about, vitals.connections_in_use);
    text.gauge("rollcall_store_writes_waiting", "Writes that wait for their turn.", vitals.writes_waiting);
    text.begin("rollcall_store_commit_writes", "histogram", "How many writes shared a commit.");
    text.histogram("rollcall_store_commit_writes", &[], &vitals.batches, 1.0);
    text.begin("rollcall_store_commit_duration_seconds", "histogram", "How long a commit took.");
    text.histogram("rollcall_store_commit_duration_seconds", &[], &vitals.commits, MICROSECONDS);
    text.begin("rollcall_store_text_indexes", "gauge", "Organizations whose text is indexed in memory, by how far that is.");
    text.sample("rollcall_store_text_indexes", &[("state", "ready")], vitals.indexes_ready);
    text.sample("rollcall_store_text_indexes", &[("state", "building")], vitals.indexes_building);
    text.gauge("rollcall_store_text_index_bytes", "Bytes of these indexes.", vitals.index_bytes);
}
