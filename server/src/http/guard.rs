//! What stands around a handler: a time-out, and a net for panics.

use super::refusal::Refusal;
use super::request_id::RequestId;
use super::trace;
use axum::response::Response;
use futures_util::FutureExt;
use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tracing::error;

/// Waits for an answer, so long and no longer, and survives its panic.
pub(super) async fn guarded(work: impl Future<Output = Response>, time: Duration, id: &RequestId) -> Result<Response, Refusal> {
    // Nothing of the handler is used after its panic, so nothing can be seen half-changed.
    match tokio::time::timeout(time, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(panic)) => {
            error!(request.id = %id, trace.id = trace::field(), panic = words(panic.as_ref()), "request {id} panicked");
            Err(Refusal::Panicked)
        }
        Err(_) => Err(Refusal::TimedOut),
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no words")
}
