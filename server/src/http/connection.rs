//! One connection as a stream: it shows hyper only heads that were judged, and gives up on a peer that stands still.

use super::framing::{Follower, Verdict};
use super::quick::{Outcome, Quick, Work};
use super::refusal::Refusal;
use super::settings::HttpSettings;
use axum::body::Body;
use bytes::buf::Chain;
use bytes::{Buf, Bytes, BytesMut};
use hyper::body::{Frame, SizeHint};
use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
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
    verdicts: VecDeque<Judged>,
    is_working: bool,
    /// Whether a response is not handed over whole yet.
    is_answering: bool,
}

/// What is known of a head that went through.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub verdict: Verdict,
    /// Whether it was counted against a quota already.
    pub is_counted: bool,
}

impl Conversation {
    /// The verdict on the request that comes up now.
    pub fn begin(&self) -> Judged {
        let mut turns = self.turns();
        turns.is_working = true;
        turns.is_answering = true;
        // Every request has a verdict. One without was not followed, so it is not trusted.
        let unclear = || Verdict::Refused(Refusal::bad_request("The request has no clear beginning."));
        turns.verdicts.pop_front().unwrap_or_else(|| Judged { verdict: unclear(), is_counted: false })
    }

    pub fn end(&self) {
        self.turns().is_working = false;
    }

    /// The body of a response, which tells when it was handed over whole.
    pub fn answering(&self, body: Body) -> AnsweringBody {
        AnsweringBody { body, conversation: self.clone() }
    }

    fn expect(&self, verdicts: impl IntoIterator<Item = Verdict>) {
        self.turns().verdicts.extend(verdicts.into_iter().map(|verdict| Judged { verdict, is_counted: false }));
    }

    fn expect_counted(&self, verdicts: impl IntoIterator<Item = Verdict>) {
        self.turns().verdicts.extend(verdicts.into_iter().map(|verdict| Judged { verdict, is_counted: true }));
    }

    /// Whether nothing is asked, and nothing is being answered.
    fn is_at_rest(&self) -> bool {
        let turns = self.turns();
        turns.verdicts.is_empty() && !turns.is_working && !turns.is_answering
    }

    fn is_working(&self) -> bool {
        let turns = self.turns();
        turns.is_working || !turns.verdicts.is_empty()
    }

    fn turns(&self) -> MutexGuard<'_, Turns> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body of a response. Dropped once the last of it was handed over, or when nobody wants it.
#[derive(Debug)]
pub(super) struct AnsweringBody {
    body: Body,
    conversation: Conversation,
}

impl Drop for AnsweringBody {
    fn drop(&mut self) {
        self.conversation.turns().is_answering = false;
    }
}

impl hyper::body::Body for AnsweringBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
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
    quick: Quick,
    /// The request that is answered here, without the service.
    short_way: ShortWay,
    /// Whether the service has written what is not surely sent.
    is_unflushed: bool,
    /// The end of the peer's time to begin a head, to end it, and to take an answer.
    silence: Deadline,
    head: Deadline,
    writing: Deadline,
}

/// A request that is answered on the connection itself.
enum ShortWay {
    Free,
    Working(Work),
    /// So much of the response is not sent yet.
    Answering(Chain<Bytes, Bytes>),
}

impl fmt::Debug for ShortWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Free => "Free",
            Self::Working(_) => "Working",
            Self::Answering(_) => "Answering",
        })
    }
}

/// How long a peer may stand still.
#[derive(Clone, Copy, Debug)]
struct Limits {
    idle: Duration,
    header: Duration,
    write: Duration,
}

impl Connection {
    pub fn new(stream: TcpStream, settings: &HttpSettings, quick: Quick) -> Self {
        Self {
            stream,
            conversation: Conversation::default(),
            follower: Follower::new(settings.header_bytes_max),
            received: BytesMut::new(),
            released: BytesMut::new(),
            has_ended: false,
            quick,
            short_way: ShortWay::Free,
            is_unflushed: false,
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

    /// Reads once. `false` at the end of the stream.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let mut space = [MaybeUninit::uninit(); READ_BYTES];
        let mut space = ReadBuf::uninit(&mut space);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut space))?;
        self.received.extend_from_slice(space.filled());
        Poll::Ready(Ok(!space.filled().is_empty()))
    }

    /// Lets through what may go of what was received.
    fn let_through(&mut self) {
        let verdicts = self.follower.advance(&mut self.received, &mut self.released);
        if !verdicts.is_empty() {
            self.note_request();
        }
        self.conversation.expect(verdicts);
    }

    /// Whoever has asked is not silent, and has ended a head.
    const fn note_request(&mut self) {
        self.silence.lift();
        self.head.lift();
    }

    /// Takes the next request up if it can be answered here.
    fn begin_short_way(&mut self) -> bool {
        let Some(end) = self.follower.whole_head(&self.received) else { return false };
        // Answers go out in the order of their requests: none is before this one.
        if self.is_unflushed || !self.released.is_empty() || !self.conversation.is_at_rest() {
            return false;
        }
        // Most requests that come this way go on in it: the bytes are shared, not copied.
        let rest = self.received.split_off(end);
        let head = std::mem::replace(&mut self.received, rest).freeze();
        match self.quick.begin(&head) {
            Some(work) => {
                self.follower.take_head();
                self.short_way = ShortWay::Working(work);
                self.note_request();
                true
            }
            None => {
                self.put_back(&head);
                false
            }
        }
    }

    fn put_back(&mut self, head: &[u8]) {
        let rest = std::mem::replace(&mut self.received, BytesMut::from(head));
        self.received.unsplit(rest);
    }

    /// Goes on with the request that is answered here. Ready when there is none any more.
    fn poll_short_way(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            match &mut self.short_way {
                ShortWay::Free => return Poll::Ready(Ok(())),
                ShortWay::Working(work) => match ready!(work.as_mut().poll(cx)) {
                    Outcome::Answered { head, body, is_last } => {
                        self.short_way = ShortWay::Answering(Bytes::from(head).chain(body));
                        self.has_ended |= is_last;
                        // Whoever else is ready is answered first: sent in a row, answers wake a peer of many connections once.
                        cx.waker().wake_by_ref();
                        return Poll::Pending;
                    }
                    Outcome::Usual { head, is_counted } => {
                        self.short_way = ShortWay::Free;
                        let mut head = BytesMut::from(&*head);
                        let verdicts = self.follower.advance(&mut head, &mut self.released);
                        if is_counted { self.conversation.expect_counted(verdicts) } else { self.conversation.expect(verdicts) }
                    }
                },
                ShortWay::Answering(bytes) => {
                    let mut slices = [io::IoSlice::new(&[]); 2];
                    let stream = Pin::new(&mut self.stream);
                    let taken = match bytes.chunks_vectored(&mut slices) {
                        0 | 1 => stream.poll_write(cx, bytes.chunk()),
                        count => stream.poll_write_vectored(cx, &slices[..count]),
                    };
                    let taken = ready!(watched(&mut self.writing, self.limits.write, taken, cx))?;
                    if taken == 0 {
                        return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
                    }
                    bytes.advance(taken);
                    if !bytes.has_remaining() {
                        self.short_way = ShortWay::Free;
                    }
                }
            }
        }
    }

    /// Ready when no request is answered here any more: a server that stops waits for it.
    pub async fn finish_short_way(&mut self) -> io::Result<()> {
        poll_fn(|cx| self.poll_short_way(cx)).await
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
}

/// An error instead of endless waiting for a peer that takes nothing.
fn watched<T>(writing: &mut Deadline, limit: Duration, taken: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
    if taken.is_ready() {
        writing.lift();
        return taken;
    }
    ready!(writing.poll(limit, cx));
    Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            ready!(this.poll_short_way(cx))?;
            if this.released.has_remaining() {
                let bytes = this.released.split_to(this.released.len().min(buffer.remaining()));
                buffer.put_slice(&bytes);
                return Poll::Ready(Ok(()));
            }
            if this.has_ended {
                return Poll::Ready(Ok(()));
            }
            if this.begin_short_way() {
                continue;
            }
            this.let_through();
            if this.released.has_remaining() {
                continue;
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
        this.is_unflushed = true;
        let taken = Pin::new(&mut this.stream).poll_write(cx, bytes);
        watched(&mut this.writing, this.limits.write, taken, cx)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.is_unflushed = true;
        let taken = Pin::new(&mut this.stream).poll_write_vectored(cx, bytes);
        watched(&mut this.writing, this.limits.write, taken, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(Pin::new(&mut this.stream).poll_flush(cx))?;
        // The service flushes when it has handed over all that it holds.
        this.is_unflushed = false;
        Poll::Ready(Ok(()))
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
