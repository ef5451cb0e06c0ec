//! Accepts connections, serves each, and drains them when told to stop.

use super::again;
use super::app::{App, app};
use super::connection::{Connection, Judged};
use super::descriptors;
use super::public_url::PublicUrl;
use super::room::Room;
use super::settings::HttpSettings;
use super::state::AppState;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rollcall_core::directory::Directory;
use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tracing::{debug, info, warn};

/// How long to wait after the system refused a connection, most often for want of descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// How long a closing connection goes on taking what a peer still sends, which would lose the answer otherwise.
const LINGER_TIME: Duration = Duration::from_secs(1);
/// Bytes that a closing connection takes and drops.
const LINGER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A listening server.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    settings: Arc<HttpSettings>,
    app: App,
}

impl Server {
    /// Listens at the address of the settings, for these rooms. Connections wait until [`Self::run`].
    ///
    /// What the rooms see as the address is the one that was taken: its port is known even if the settings left it to
    /// the system.
    pub async fn bind(settings: HttpSettings, directory: Arc<Directory>, rooms: &[&'static Room]) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen).await?;
        let settings = HttpSettings { listen: listener.local_addr()?, ..settings };
        let state = AppState::new(settings, directory);
        Ok(Self { listener, settings: Arc::clone(&state.settings), app: app(state, rooms) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.settings.listen
    }

    /// What its absolute links start with.
    pub fn public_url(&self) -> PublicUrl {
        self.settings.public_url()
    }

    /// Serves until `stop` is ready, then lets requests in work end, within the time for that.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let places = Arc::new(Semaphore::new(descriptors::connections_possible(self.settings.max_connections)));
        let is_stopping = self.app.is_stopping();
        let mut connections = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = accept(&self.listener, &places) => accepted,
                Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            };
            let Some((stream, peer, place)) = accepted else { continue };
            let (app, settings, is_stopping) = (self.app.clone(), Arc::clone(&self.settings), is_stopping.clone());
            connections.spawn(async move {
                serve(stream, peer, app, &settings, is_stopping).await;
                drop(place);
            });
        }
        drop(self.listener);
        self.app.stop();
        drain(connections, self.settings.drain_timeout).await;
    }
}

/// Ready when the process is asked to end, by SIGTERM or SIGINT.
pub async fn stop_signal() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => info!("stopping: terminated"),
        _ = interrupt.recv() => info!("stopping: interrupted"),
    }
    Ok(())
}

/// The next connection, once there is a place for it.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(error) => {
            warn!(error = %error, "could not accept a connection");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            None
        }
    }
}

async fn serve(stream: TcpStream, peer: SocketAddr, app: App, settings: &HttpSettings, mut is_stopping: watch::Receiver<bool>) {
    // Answers are written whole; waiting for more of them to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let _open = app.metrics().connected();
    let connection = Connection::new(stream, settings, app.quick().clone());
    let conversation = connection.conversation();
    let service = service_fn(move |request: Request<Incoming>| {
        let (app, conversation) = (app.clone(), conversation.clone());
        let Judged { verdict, is_counted } = conversation.begin();
        Box::pin(async move {
            let mut request = request.map(Body::new);
            if is_counted {
                again::note_counted(request.extensions_mut());
            }
            let response = app.answer(request, peer, verdict).await;
            conversation.end();
            Ok::<_, Infallible>(response.map(|body| conversation.answering(body)))
        })
    });
    let mut serving = http1::Builder::new()
        // The connection has its own time-outs, which can answer.
        .header_read_timeout(None)
        // A client that has said all and closes its side still gets its answer.
        .half_close(true)
        .serve_connection(TokioIo::new(connection), service);
    let mut told = false;
    let ended = loop {
        tokio::select! {
            ended = poll_fn(|cx| serving.poll_without_shutdown(cx)) => break ended,
            _ = is_stopping.wait_for(|stopping| *stopping), if !told => {
                told = true;
                std::pin::Pin::new(&mut serving).graceful_shutdown();
            }
        }
    };
    match ended {
        Ok(()) => {
            let mut connection = serving.into_parts().io.into_inner();
            match connection.finish_short_way().await {
                Ok(()) => say_goodbye(connection.into_stream()).await,
                Err(error) => debug!(error = %error, "a connection broke"),
            }
        }
        Err(error) => debug!(error = %error, "a connection broke"),
    }
}

/// Closes our side, and takes what the peer still sends for a while: closing with bytes unread would reset the
/// connection, and the peer might never see the answer.
async fn say_goodbye(mut stream: TcpStream) {
    if stream.shutdown().await.is_err() {
        return;
    }
    let mut dropped = [0; 8 * 1024];
    let linger = async {
        let mut taken = 0;
        while let Ok(bytes @ 1..) = stream.read(&mut dropped).await {
            taken += bytes;
            if taken > LINGER_BYTES_MAX {
                break;
            }
        }
    };
    // Either way the connection ends now.
    let _ = tokio::time::timeout(LINGER_TIME, linger).await;
}

async fn drain(mut connections: JoinSet<()>, time: Duration) {
    let drained = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(time, drained).await.is_err() {
        warn!(connections = connections.len(), "stopped before every request in work had ended");
        // Not waited for: one that never comes to a point where it can stop would never let the server end.
        connections.abort_all();
    }
}
