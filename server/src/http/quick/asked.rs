//! A request that may be answered the short way: a plain `GET` whose head leaves nothing to be judged.

use crate::http::host::{self, Chosen};
use bytes::Bytes;
use rollcall_core::domain::Slug;

/// Headers of such a request; one with more goes the usual way.
const HEADERS_MAX: usize = 20;
/// Bytes of its head: places in it are small numbers, so that a request is little to carry about.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// Headers that never change an answer. `connection` and `cache-control` are looked at here.
const WITHOUT_CONSEQUENCE: [&str; 15] = [
    "accept-encoding",
    "accept-language",
    "content-type", // of no body
    "cookie",
    "dnt",
    "origin",
    "pragma",
    "referer",
    "traceparent",
    "tracestate",
    "x-request-id",
    "sec-fetch-dest",
    "sec-fetch-mode",
    "sec-fetch-site",
    "user-agent",
];

/// Headers that any room may ask for.
const OF_EVERY_ROOM: [&str; 2] = ["accept", "authorization"];

/// A request that may be answered the short way. Its head is one piece of bytes, in which everything else has its place.
#[derive(Clone, Debug)]
pub struct Asked {
    head: Bytes,
    path: Place,
    query: Option<Place>,
    headers: [Field; HEADERS_MAX],
    header_count: usize,
    /// The path in the one spelling of its room, where it was sent in another.
    spelled: Option<String>,
    chosen: Chosen,
    bypasses_answers: bool,
    is_last: bool,
}

/// The name and the value of a header.
#[derive(Clone, Copy, Debug, Default)]
struct Field {
    name: Place,
    value: Place,
}

/// Where something stands in the head.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    start: u16,
    end: u16,
}

impl Place {
    /// `None`: the head is too long.
    fn of(part: &[u8], head: &[u8]) -> Option<Self> {
        let start = part.as_ptr() as usize - head.as_ptr() as usize;
        Some(Self { start: start.try_into().ok()?, end: (start + part.len()).try_into().ok()? })
    }

    fn length(self) -> usize {
        usize::from(self.end - self.start)
    }
}

impl Asked {
    /// `None`: the head is not one of those; it may be right or wrong.
    pub(super) fn parse(head: Bytes, public_host: &str) -> Option<Self> {
        if head.len() > HEAD_BYTES_MAX {
            return None;
        }
        let mut space = [httparse::EMPTY_HEADER; HEADERS_MAX];
        let mut request = httparse::Request::new(&mut space);
        if request.parse(&head).ok()? != httparse::Status::Complete(head.len())
            || request.method != Some("GET")
            || request.version != Some(1)
        {
            return None;
        }
        let target = request.path?;
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        if !is_plain_path(path) || !query.unwrap_or_default().bytes().all(is_of_a_query) {
            return None;
        }
        let mut headers = [Field::default(); HEADERS_MAX];
        for (field, header) in headers.iter_mut().zip(request.headers.iter()) {
            *field = Field { name: Place::of(header.name.as_bytes(), &head)?, value: Place::of(header.value, &head)? };
        }
        let (slug, path) = below_slug(path);
        let query = match query {
            Some(query) => Some(Place::of(query.as_bytes(), &head)?),
            None => None,
        };
        let (path, header_count) = (Place::of(path.as_bytes(), &head)?, request.headers.len());
        let chosen = Chosen { path: slug, host: None };
        let mut asked = Self { head, path, query, headers, header_count, spelled: None, chosen, bypasses_answers: false, is_last: false };
        asked.is_last = asked.ends_connection()?;
        asked.bypasses_answers = asked.optional("cache-control")?.is_some_and(is_not_to_be_kept);
        asked.chosen.host = host::chosen_plainly(asked.header("host")?, public_host)?;
        Some(asked)
    }

    /// A request for this path without a credential, for who asks in the name of somebody who was let in already.
    pub(in crate::http) fn for_path(path: &str) -> Option<Self> {
        Self::parse(Bytes::from(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")), "localhost")
    }

    /// Whether it is the last of its connection; `None` where that shall become something else.
    fn ends_connection(&self) -> Option<bool> {
        match self.optional("connection")? {
            None => Some(false),
            Some(value) if value.eq_ignore_ascii_case("keep-alive") => Some(false),
            Some(value) if value.eq_ignore_ascii_case("close") => Some(true),
            Some(_) => None,
        }
    }

    /// The same with the path as its room spells it.
    pub(super) fn spelled(self, spelled: Option<String>) -> Self {
        Self { spelled, ..self }
    }

    /// The path as its room's routes spell it, without the organization in front.
    pub fn path(&self) -> &str {
        match &self.spelled {
            Some(spelled) => spelled,
            None => self.text(self.path).unwrap_or_default(),
        }
    }

    /// The query string, as it was sent.
    pub fn query(&self) -> Option<&str> {
        self.query.and_then(|place| self.text(place))
    }

    /// Which organization the address names.
    pub const fn chosen(&self) -> &Chosen {
        &self.chosen
    }

    /// Whether a kept answer will not do.
    pub const fn bypasses_answers(&self) -> bool {
        self.bypasses_answers
    }

    /// Whether the connection ends with the answer.
    pub(super) const fn is_last(&self) -> bool {
        self.is_last
    }

    /// The value of a header that is given exactly once, as text without blanks around it.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.optional(name)?
    }

    /// The same where it may be missing: `None` only where it is given twice or is no text.
    pub fn optional(&self, name: &str) -> Option<Option<&str>> {
        let mut found = None;
        for field in self.fields() {
            if field.name.length() == name.len() && self.bytes(field.name).eq_ignore_ascii_case(name.as_bytes()) {
                if found.is_some() {
                    return None;
                }
                found = Some(field.value);
            }
        }
        match found {
            None => Some(None),
            Some(value) => self.text(value).map(|text| Some(text.trim())),
        }
    }

    /// Whether every header is one whose meaning is known here, or to the room by these names in lower case.
    pub(super) fn has_only(&self, of_room: &[&str]) -> bool {
        self.fields().iter().all(|field| {
            let name = self.bytes(field.name);
            let is = |known: &&str| name.len() == known.len() && name.eq_ignore_ascii_case(known.as_bytes());
            ["host", "connection", "cache-control"].iter().any(is)
                || WITHOUT_CONSEQUENCE.iter().any(is)
                || OF_EVERY_ROOM.iter().any(is)
                || of_room.iter().any(is)
        })
    }

    /// The head itself, as it was received.
    pub(super) const fn head(&self) -> &Bytes {
        &self.head
    }

    fn fields(&self) -> &[Field] {
        self.headers.get(..self.header_count).unwrap_or_default()
    }

    fn text(&self, place: Place) -> Option<&str> {
        std::str::from_utf8(self.bytes(place)).ok()
    }

    fn bytes(&self, place: Place) -> &[u8] {
        self.head.get(usize::from(place.start)..usize::from(place.end)).unwrap_or_default()
    }
}

/// Whether a `Cache-Control` says that nothing shall be kept, nor given that was.
fn is_not_to_be_kept(value: &str) -> bool {
    value.split(',').any(|part| part.trim().eq_ignore_ascii_case("no-store"))
}

/// A path that has one spelling: segments of characters that are never encoded, with one slash between.
fn is_plain_path(path: &str) -> bool {
    let mut is_segment_begun = true;
    for byte in path.bytes() {
        match byte {
            b'/' if is_segment_begun => is_segment_begun = false,
            b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => is_segment_begun = true,
            _ => return false,
        }
    }
    is_segment_begun && path.starts_with('/')
}

const fn is_of_a_query(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b'%'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
                | b':'
                | b'@'
                | b'/'
                | b'?'
        )
}

/// The organization that a path begins with, if it does, and the path below it.
fn below_slug(path: &str) -> (Option<Slug>, &str) {
    let rest = path.get(1..).unwrap_or_default();
    let (first, below) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    match Slug::parse(first) {
        Ok(slug) if !below.is_empty() => (Some(slug), below),
        _ => (None, path),
    }
}
