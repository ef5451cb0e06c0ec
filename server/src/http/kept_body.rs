//! A body that can be read again: what was taken of it is kept, and the rest is taken when it is asked for.
//!
//! Nothing is read ahead, so that a stranger is refused before a byte of the body is read. The front has limited its length.

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use hyper::body::{Body as _, Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

/// A body that can be read again, by one reader after another.
#[derive(Debug)]
pub(super) struct KeptBody {
    /// `None`: there is none.
    tape: Option<Tape>,
}

#[derive(Clone, Debug)]
struct Tape(Arc<Mutex<Taken>>);

#[derive(Debug)]
struct Taken {
    frames: Vec<Bytes>,
    trailers: Option<HeaderMap>,
    rest: Body,
    has_ended: bool,
}

/// The body from its beginning.
#[derive(Debug)]
struct Reading {
    tape: Tape,
    position: usize,
    has_given_trailers: bool,
}

impl KeptBody {
    pub(super) fn new(body: Body) -> Self {
        let taken = || Taken { frames: Vec::new(), trailers: None, rest: Body::empty(), has_ended: false };
        let tape = (!body.is_end_stream()).then(|| Tape(Arc::new(Mutex::new(Taken { rest: body, ..taken() }))));
        Self { tape }
    }

    /// The whole body once more. Whoever read it before must be done with it.
    pub(super) fn again(&self) -> Body {
        let reading = |tape: &Tape| Body::new(Reading { tape: tape.clone(), position: 0, has_given_trailers: false });
        self.tape.as_ref().map_or_else(Body::empty, reading)
    }
}

impl Tape {
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// Takes one frame more. `false`: there is none.
    fn poll_more(&mut self, context: &mut Context<'_>) -> Poll<Result<bool, axum::Error>> {
        if self.has_ended {
            return Poll::Ready(Ok(false));
        }
        let Some(frame) = ready!(Pin::new(&mut self.rest).poll_frame(context)) else {
            self.has_ended = true;
            return Poll::Ready(Ok(false));
        };
        match frame?.into_data() {
            Ok(bytes) => self.frames.push(bytes),
            Err(frame) => self.trailers = frame.into_trailers().ok(),
        }
        Poll::Ready(Ok(true))
    }
}

impl hyper::body::Body for Reading {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        let mut taken = this.tape.taken();
        loop {
            if let Some(bytes) = taken.frames.get(this.position) {
                this.position += 1;
                return Poll::Ready(Some(Ok(Frame::data(bytes.clone()))));
            }
            if !this.has_given_trailers
                && let Some(trailers) = &taken.trailers
            {
                this.has_given_trailers = true;
                return Poll::Ready(Some(Ok(Frame::trailers(trailers.clone()))));
            }
            match ready!(taken.poll_more(context)) {
                Ok(true) => {}
                Ok(false) => return Poll::Ready(None),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        let taken = self.tape.taken();
        let ahead = taken.frames.iter().skip(self.position).map(|bytes| bytes.len() as u64).sum::<u64>();
        let rest = taken.rest.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower() + ahead);
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper + ahead);
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use http_body_util::BodyExt;
    use std::convert::Infallible;

    fn in_two() -> KeptBody {
        KeptBody::new(Body::from_stream(stream::iter(["first ", "second"].map(Ok::<_, Infallible>))))
    }

    async fn read(body: Body) -> Bytes {
        body.collect().await.expect("a body").to_bytes()
    }

    #[tokio::test]
    async fn a_body_is_the_same_the_second_time() {
        let kept = in_two();

        let (first, second) = (read(kept.again()).await, read(kept.again()).await);

        assert_eq!((first.as_ref(), second.as_ref()), (&b"first second"[..], &b"first second"[..]));
    }

    #[tokio::test]
    async fn a_body_that_was_read_in_part_is_whole_the_second_time() {
        let kept = in_two();
        let mut begun = kept.again();
        begun.frame().await.expect("a frame").expect("bytes");
        drop(begun);

        assert_eq!(read(kept.again()).await, "first second");
    }

    #[tokio::test]
    async fn no_body_stays_none() {
        assert!(KeptBody::new(Body::empty()).again().is_end_stream());
    }
}
