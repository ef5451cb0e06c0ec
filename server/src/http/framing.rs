//! Where each request of a connection starts and ends, and whether that is beyond doubt.
//!
//! A request whose length can be read in two ways is how one client's request is smuggled into another's connection
//! behind a proxy. So every head is held back here until it is whole, parsed by the parser that hyper uses, and judged;
//! only then hyper sees it. In the place of a refused head hyper gets a harmless one with the same method and path, so
//! that the refusal is answered in the shape of the API that was asked. After it, and after a body in chunks, whose end
//! is not followed here, the connection ends.

use super::refusal::Refusal;
use axum::http::{Method, Uri};
use bytes::{Buf, BufMut, BytesMut};
use httparse::{EMPTY_HEADER, Header, Status};

/// As many as hyper takes.
const HEADERS_MAX: usize = 100;

/// Bytes of a refused request's path that tell whose it is: a slug, and the segments that rooms claim.
const PATH_BYTES_READ: usize = 256;

/// What is known of a request from its bytes alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Another request may follow on its connection.
    Sound,
    /// Nothing may follow on its connection, because its end was not followed.
    SoundAndLast,
    /// It is answered with this, and nothing follows.
    Refused(Refusal),
}

/// Follows the requests of one connection, byte by byte.
#[derive(Debug)]
pub(super) struct Follower {
    position: Position,
    header_bytes_max: usize,
    /// So many bytes of the head in hand hold no end of it.
    searched: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// Before or in a head.
    Head,
    /// Before so many bytes of a body.
    Body(u64),
    /// In a body in chunks: everything goes through until the connection ends.
    Unfollowed,
    /// Behind a refused head: nothing goes through any more.
    Refused,
}

/// How long the body behind a head is.
enum Length {
    Exact(u64),
    Chunked,
}

impl Follower {
    pub fn new(header_bytes_max: usize) -> Self {
        Self { position: Position::Head, header_bytes_max, searched: 0 }
    }

    /// Moves what may go through from `received` to `released`, and returns a verdict for each head among it.
    pub fn advance(&mut self, received: &mut BytesMut, released: &mut BytesMut) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        while !received.is_empty() {
            match self.position {
                Position::Head => match self.head(received, released) {
                    Some(verdict) => verdicts.push(verdict),
                    None => break,
                },
                Position::Body(left) => self.body(left, received, released),
                Position::Unfollowed => released.put(received.split()),
                Position::Refused => received.clear(),
            }
        }
        verdicts
    }

    /// Refuses the head in hand, whole or not.
    pub fn refuse(&mut self, refusal: Refusal, received: &mut BytesMut, released: &mut BytesMut) -> Verdict {
        released.put(stand_in(received).as_bytes());
        received.clear();
        self.position = Position::Refused;
        Verdict::Refused(refusal)
    }

    /// The head that stands first, if it is whole and may be taken out here.
    pub fn whole_head(&self, received: &[u8]) -> Option<usize> {
        if self.position != Position::Head || !received.first().is_some_and(u8::is_ascii_uppercase) {
            return None;
        }
        end_of_head(received, self.searched).filter(|end| *end <= self.header_bytes_max)
    }

    /// Takes note that a head that [`Self::whole_head`] has found was taken out, so that nothing of it goes through.
    pub const fn take_head(&mut self) {
        self.searched = 0;
    }

    fn head(&mut self, received: &mut BytesMut, released: &mut BytesMut) -> Option<Verdict> {
        skip_blank_lines(received);
        let Some(end) = end_of_head(received, self.searched) else {
            let is_first_sight = self.searched == 0;
            self.searched = received.len();
            let refusal = if received.len() > self.header_bytes_max {
                Some(Refusal::HeadTooLarge)
            } else if is_first_sight {
                // What cannot become a request is told so at once.
                parsed(received).err()
            } else {
                None
            };
            return refusal.map(|refusal| self.refuse(refusal, received, released));
        };
        self.searched = 0;
        let length = if end > self.header_bytes_max { Err(Refusal::HeadTooLarge) } else { judged(&received[..end]) };
        match length {
            Err(refusal) => Some(self.refuse(refusal, received, released)),
            Ok(length) => {
                released.put(received.split_to(end));
                let (position, verdict) = match length {
                    Length::Exact(0) => (Position::Head, Verdict::Sound),
                    Length::Exact(bytes) => (Position::Body(bytes), Verdict::Sound),
                    Length::Chunked => (Position::Unfollowed, Verdict::SoundAndLast),
                };
                self.position = position;
                Some(verdict)
            }
        }
    }

    fn body(&mut self, left: u64, received: &mut BytesMut, released: &mut BytesMut) {
        let here = usize::try_from(left).unwrap_or(usize::MAX).min(received.remaining());
        released.put(received.split_to(here));
        let left = left - here as u64;
        self.position = if left == 0 { Position::Head } else { Position::Body(left) };
    }
}

/// RFC 9112, 2.2: blank lines before a request are ignored.
fn skip_blank_lines(received: &mut BytesMut) {
    loop {
        match received.as_ref() {
            [b'\n', ..] => received.advance(1),
            [b'\r', b'\n', ..] => received.advance(2),
            _ => return,
        }
    }
}

/// Where the blank line behind a head ends. What was searched before is not searched again.
fn end_of_head(received: &[u8], searched: usize) -> Option<usize> {
    let start = searched.saturating_sub(2);
    let tail = &received[start..];
    let lines = memchr::memchr_iter(b'\n', tail).map(|at| at + 1);
    let mut ends = lines.filter_map(|at| match &tail[at..] {
        [b'\n', ..] => Some(start + at + 1),
        [b'\r', b'\n', ..] => Some(start + at + 2),
        _ => None,
    });
    ends.next()
}

/// Whether the parser finds the head whole; a fault in it is a refusal.
fn parsed(bytes: &[u8]) -> Result<Status<usize>, Refusal> {
    let mut headers = [EMPTY_HEADER; HEADERS_MAX];
    httparse::Request::new(&mut headers).parse(bytes).map_err(fault)
}

/// How long the body behind a whole head is, if it can be read in one way only.
fn judged(head: &[u8]) -> Result<Length, Refusal> {
    let mut headers = [EMPTY_HEADER; HEADERS_MAX];
    let mut request = httparse::Request::new(&mut headers);
    if request.parse(head).map_err(fault)? != Status::Complete(head.len()) {
        return Err(Refusal::bad_request("The request's head does not end where its lines do."));
    }
    if request.path.is_none_or(|path| path.parse::<Uri>().is_err()) {
        return Err(Refusal::bad_request("The address in the request's first line cannot be read."));
    }
    length(&request)
}

fn length(request: &httparse::Request<'_, '_>) -> Result<Length, Refusal> {
    let encodings: Vec<&[u8]> = values(request.headers, "transfer-encoding").collect();
    let lengths: Vec<&[u8]> = values(request.headers, "content-length").collect();
    match (encodings.as_slice(), lengths.as_slice()) {
        ([], []) => Ok(Length::Exact(0)),
        ([], [first, others @ ..]) if others.iter().all(|other| other == first) => digits(first).map(Length::Exact),
        ([], _) => Err(Refusal::bad_request("The request has several Content-Length headers that differ.")),
        (_, [_, ..]) => Err(Refusal::bad_request("The request has both a Content-Length and a Transfer-Encoding header.")),
        (_, []) if request.version != Some(1) => Err(Refusal::bad_request("HTTP/1.0 has no Transfer-Encoding.")),
        ([encoding], []) if encoding.eq_ignore_ascii_case(b"chunked") => Ok(Length::Chunked),
        (_, []) => Err(Refusal::bad_request("The only Transfer-Encoding that is read here is chunked.")),
    }
}

fn values<'h>(headers: &'h [Header<'h>], name: &'static str) -> impl Iterator<Item = &'h [u8]> {
    headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value.trim_ascii())
}

fn digits(value: &[u8]) -> Result<u64, Refusal> {
    let text = std::str::from_utf8(value).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    text.and_then(|text| text.parse().ok()).ok_or_else(|| Refusal::bad_request("The Content-Length header is not a number of bytes."))
}

fn fault(error: httparse::Error) -> Refusal {
    match error {
        httparse::Error::TooManyHeaders => Refusal::HeadTooLarge,
        error => Refusal::bad_request(format!("This is not an HTTP/1.1 request: {error}.")),
    }
}

/// A head without a body that asks for the same thing, as far as the refused one can be understood.
fn stand_in(received: &[u8]) -> String {
    let method = received.split(|byte| byte.is_ascii_whitespace()).next().and_then(|word| Method::from_bytes(word).ok());
    let method = method.filter(|method| *method != Method::CONNECT).unwrap_or(Method::GET);
    let path = path_of(received).filter(|path| path.parse::<Uri>().is_ok());
    format!("{method} {} HTTP/1.1\r\nconnection: close\r\n\r\n", path.as_deref().unwrap_or("/"))
}

/// The beginning of a target, as far as it is a path: enough to tell whose it is. A path that broke off could be
/// anybody's.
fn path_of(received: &[u8]) -> Option<String> {
    let is_of_a_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:@".contains(byte);
    let blank = received.iter().position(|byte| *byte == b' ')?;
    let target = &received[blank + 1..];
    let path: String = target.iter().take(PATH_BYTES_READ).take_while(|byte| is_of_a_path(byte)).map(|byte| char::from(*byte)).collect();
    (path.starts_with('/') && path.len() < target.len()).then_some(path)
}

#[cfg(test)]
mod tests;
