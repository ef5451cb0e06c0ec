//! The trace that a request belongs to, as W3C Trace Context's `traceparent` names it.
//!
//! It is for finding the lines of one request among those of every program that it went through, and for nothing else: who
//! sends the header chooses it, so nothing is decided by it. One that is malformed is passed over, as the standard says.

use axum::http::HeaderMap;
use std::fmt;
use std::future::Future;

/// The header that carries it.
pub(super) const TRACEPARENT: &str = "traceparent";

/// Bytes of a header of version 00: `00-`, 32 digits, `-`, 16 digits, `-`, 2 digits.
const VERSION_0_BYTES: usize = 55;

/// The name of a trace: 16 bytes that are not all zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TraceId(u128);

tokio::task_local! {
    /// That of the request which the task works on.
    static CURRENT: Option<TraceId>;
}

impl TraceId {
    /// The one that the headers name, if they name one trace.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let mut sent = headers.get_all(TRACEPARENT).iter();
        let (Some(only), None) = (sent.next(), sent.next()) else { return None };
        Self::parse(only.to_str().ok()?)
    }

    /// The trace in a header. A later version may say more behind what this one says.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut parts = text.splitn(5, '-');
        let mut hex = |digits| parts.next().filter(|part| part.len() == digits).and_then(lower_hex);
        let (version, trace, parent, _flags) = (hex(2)?, hex(32)?, hex(16)?, hex(2)?);
        let is_whole = version != 0 || text.len() == VERSION_0_BYTES;
        (version != 0xff && is_whole && trace != 0 && parent != 0).then_some(Self(trace))
    }

    /// That of the request which is being worked on here.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(|trace| *trace).ok().flatten()
    }

    /// Work on a request of this trace: every line that it logs may ask for it.
    pub fn during<T>(trace: Option<Self>, work: impl Future<Output = T>) -> impl Future<Output = T> {
        CURRENT.scope(trace, work)
    }
}

/// As a field of a line in the log, which has none where there is no trace.
pub(super) fn field() -> Option<tracing::field::DisplayValue<TraceId>> {
    TraceId::current().map(tracing::field::display)
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

fn lower_hex(digits: &str) -> Option<u128> {
    let is_hex = digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    is_hex.then(|| u128::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const SENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    fn parsed(text: &str) -> Option<String> {
        TraceId::parse(text).map(|trace| trace.to_string())
    }

    #[test]
    fn the_trace_is_the_second_part() {
        assert_eq!(parsed(SENT).as_deref(), Some(TRACE));
    }

    #[test]
    fn a_trace_keeps_the_zeros_that_it_begins_with() {
        let zeros = "00-00000000000000000000000000000001-00f067aa0ba902b7-00";

        assert_eq!(parsed(zeros).as_deref(), Some("00000000000000000000000000000001"));
    }

    #[test]
    fn a_later_version_may_say_more() {
        assert_eq!(parsed(&format!("01{}-more-of-it", &SENT[2..])).as_deref(), Some(TRACE));
    }

    #[test]
    fn what_the_standard_calls_invalid_is_no_trace() {
        let upper = SENT.to_uppercase();
        let more = format!("{SENT}-more");
        let forbidden = format!("ff{}", &SENT[2..]);
        let cases = [
            "",
            "00",
            "Jane Doe",
            &SENT[..54],
            &upper,
            &more,
            &forbidden,
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ];

        assert!(cases.iter().all(|text| parsed(text).is_none()));
    }

    #[test]
    fn two_headers_name_no_trace() {
        let mut headers = HeaderMap::new();
        headers.append(TRACEPARENT, HeaderValue::from_static(SENT));
        assert!(TraceId::of(&headers).is_some());

        headers.append(TRACEPARENT, HeaderValue::from_static(SENT));

        assert_eq!(TraceId::of(&headers), None);
    }

    #[tokio::test]
    async fn work_knows_its_trace_and_what_comes_after_it_does_not() {
        let trace = TraceId::parse(SENT);

        let within = TraceId::during(trace, async { TraceId::current() }).await;

        assert_eq!((within, TraceId::current()), (trace, None));
    }
}
