//! One connection as a stream: it shows hyper only heads that were judged, and gives up on a peer that stands still.

use super::framing::{Follower, Verdict};
use super::refusal::Refusal;
use super::settings::HttpSettings;
use bytes::{Buf, BytesMut};
use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// What the stream of a connection and the service behind it know of each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Conversation(Arc<Mutex<Turns>>);

#[derive(Debug, Default)]
struct Turns {
    /// Of the heads that went through and were not taken up yet.
    verdicts: VecDeque<Verdict>,
    is_working: bool,
}

impl Conversation {
    /// The verdict on the request that comes up now.
    pub fn begin(&self) -> Verdict {
        let mut turns = self.turns();
        turns.is_working = true;
        // Every request has a verdict. One without was not followed, so it is not trusted.
        turns.verdicts.pop_front().unwrap_or_else(|| Verdict::Refused(Refusal::bad_request("The request has no clear beginning.")))
    }

    pub fn end(&self) {
        self.turns().is_working = false;
    }

    fn expect(&self, verdicts: impl IntoIterator<Item = Verdict>) {
        self.turns().verdicts.extend(verdicts);
    }

    fn is_working(&self) -> bool {
        let turns = self.turns();
        turns.is_working || !turns.verdicts.is_empty()
    }

    fn turns(&self) -> MutexGuard<'_, Turns> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bytes read from the system at once.
const READ_BYTES: usize = 8 * 1024;

/// One connection as a stream.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    conversation: Conversation,
    follower: Follower,
    /// What came from the peer and may not go through yet.
    received: BytesMut,
    /// What may go through.
    released: BytesMut,
    has_ended: bool,
    limits: Limits,
    /// The end of the peer's time to begin a head, to end it, and to take an answer.
    silence: Deadline,
    head: Deadline,
    writing: Deadline,
}

/// How long a peer may stand still.
#[derive(Clone, Copy, Debug)]
struct Limits {
    idle: Duration,
    header: Duration,
    write: Duration,
}

impl Connection {
    pub fn new(stream: TcpStream, settings: &HttpSettings) -> Self {
        Self {
            stream,
            conversation: Conversation::default(),
            follower: Follower::new(settings.header_bytes_max),
            received: BytesMut::new(),
            released: BytesMut::new(),
            has_ended: false,
            limits: Limits { idle: settings.idle_timeout, header: settings.header_timeout, write: settings.write_timeout },
            silence: Deadline::default(),
            head: Deadline::default(),
            writing: Deadline::default(),
        }
    }

    pub fn conversation(&self) -> Conversation {
        self.conversation.clone()
    }

    /// The stream alone, for saying good-bye.
    pub fn into_stream(self) -> TcpStream {
        self.stream
    }

    /// Reads once, and lets through what may go. `false` at the end of the stream.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let mut space = [MaybeUninit::uninit(); READ_BYTES];
        let mut space = ReadBuf::uninit(&mut space);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut space))?;
        self.received.extend_from_slice(space.filled());
        let verdicts = self.follower.advance(&mut self.received, &mut self.released);
        self.conversation.expect(verdicts);
        Poll::Ready(Ok(!space.filled().is_empty()))
    }

    /// Ready when the peer has stood still for too long. While a request is in work it is the server's turn.
    fn poll_patience(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.conversation.is_working() {
            self.silence.lift();
            self.head.lift();
            Poll::Pending
        } else if self.has_begun_a_head() {
            self.silence.lift();
            self.head.poll(self.limits.header, cx)
        } else {
            self.silence.poll(self.limits.idle, cx)
        }
    }

    /// A head that never got whole is answered; silence is answered by silence.
    fn give_up(&mut self) {
        if self.has_begun_a_head() {
            let verdict = self.follower.refuse(Refusal::HeaderTimedOut, &mut self.received, &mut self.released);
            self.conversation.expect([verdict]);
        } else {
            self.has_ended = true;
        }
    }

    /// Half a blank line is none yet: lines before a request are skipped, and must not buy time.
    fn has_begun_a_head(&self) -> bool {
        !matches!(self.received.as_ref(), [] | [b'\r'])
    }

    /// An error instead of endless waiting for a peer that takes nothing.
    fn watched<T>(&mut self, taken: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if taken.is_ready() {
            self.writing.lift();
            return taken;
        }
        ready!(self.writing.poll(self.limits.write, cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            if this.released.has_remaining() {
                let bytes = this.released.split_to(this.released.len().min(buffer.remaining()));
                buffer.put_slice(&bytes);
                return Poll::Ready(Ok(()));
            }
            if this.has_ended {
                return Poll::Ready(Ok(()));
            }
            match this.poll_more(cx) {
                Poll::Ready(more) => this.has_ended = !more?,
                Poll::Pending => {
                    ready!(this.poll_patience(cx));
                    this.give_up();
                }
            }
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let taken = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.watched(taken, cx)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let taken = Pin::new(&mut this.stream).poll_write_vectored(cx, bytes);
        this.watched(taken, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

/// The end of somebody's patience, set when waiting begins and lifted when it ends.
#[derive(Debug, Default)]
struct Deadline {
    is_set: bool,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Deadline {
    const fn lift(&mut self) {
        self.is_set = false;
    }

    /// Ready when waiting has lasted so long.
    fn poll(&mut self, limit: Duration, cx: &mut Context<'_>) -> Poll<()> {
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        if !self.is_set {
            self.is_set = true;
            sleep.as_mut().reset(Instant::now() + limit);
        }
        sleep.as_mut().poll(cx)
    }
}
