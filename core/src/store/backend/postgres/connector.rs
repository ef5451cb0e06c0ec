//! Connecting: to the first of the hosts that will do, with TLS as the URL asks for it.

use super::address::{Host, PostgresAddress};
use super::failing::{self, failed};
use super::tls::{Security, Tls};
use crate::store::error::StoreError;
use deadpool_postgres::{Connect, Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, StreamExt, poll_fn};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::config::{SslMode, TargetSessionAttrs};
use tokio_postgres::error::SqlState;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{AsyncMessage, Client, Config, Error, NoTls, Socket};

/// How long to wait for a free connection.
const WAIT: Duration = Duration::from_secs(10);

/// What drives a connection: it lives as long as this is asked for what comes next.
pub(super) type Messages = BoxStream<'static, Result<AsyncMessage, Error>>;

/// The way to the database. Cheap to clone.
#[derive(Clone)]
pub(super) struct Connector(Arc<Shared>);

struct Shared {
    address: PostgresAddress,
    tls: Option<Tls>,
    /// The place of the host that let somebody in last: it is asked first, so that one that is gone is not waited for again and
    /// again.
    last: AtomicUsize,
}

impl Connector {
    /// Reads the certificates that the URL names. Of several hosts, the one that takes writes is wanted, unless the URL says
    /// otherwise: which that is changes when a standby is promoted.
    pub(super) fn new(address: &PostgresAddress) -> Result<Self, StoreError> {
        let several = address.hosts.len() > 1;
        Self::to(address, if several { TargetSessionAttrs::ReadWrite } else { TargetSessionAttrs::Any })
    }

    /// The same where any of the hosts will do.
    pub(super) fn to_a_replica(address: &PostgresAddress) -> Result<Self, StoreError> {
        Self::to(address, TargetSessionAttrs::Any)
    }

    fn to(address: &PostgresAddress, session: TargetSessionAttrs) -> Result<Self, StoreError> {
        let tls = Tls::new(&address.security)?;
        let mut address = address.clone();
        address.config.target_session_attrs(address.session.unwrap_or(session));
        Ok(Self(Arc::new(Shared { address, tls, last: AtomicUsize::new(0) })))
    }

    /// Connections that are set up by these statements.
    pub(super) fn pool(&self, size: usize, set_up: &str) -> Result<Pool, StoreError> {
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_connect(self.0.address.config.clone(), self.clone(), recycling);
        let set_up: Arc<str> = set_up.into();
        let prepare = Hook::async_fn(move |client: &mut deadpool_postgres::ClientWrapper, _| {
            let set_up = Arc::clone(&set_up);
            Box::pin(async move { client.batch_execute(&set_up).await.map_err(HookError::Backend) })
        });
        let pool = Pool::builder(manager)
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(self.patience()))
            .recycle_timeout(Some(self.0.address.connect_timeout))
            .post_create(prepare)
            .build();
        pool.map_err(|error| StoreError::failed("could not make a pool of connections", error))
    }

    /// A connection outside every pool, and what drives it.
    pub(super) async fn connect(&self) -> Result<(Client, Messages), StoreError> {
        let connected = timeout(self.patience(), self.dial()).await.map_err(|late| StoreError::Unavailable { source: late.into() })?;
        connected.map_err(|error| failed("could not connect to the database", error))
    }

    pub(super) fn address(&self) -> &PostgresAddress {
        &self.0.address
    }

    /// How long all hosts together may take.
    fn patience(&self) -> Duration {
        self.0.address.connect_timeout * u32::try_from(self.0.address.hosts.len()).unwrap_or(u32::MAX)
    }

    /// One host after another. Where none will do, the error is that of one that refuses, or of the last that is out of reach.
    async fn dial(&self) -> Result<(Client, Messages), Error> {
        let Shared { address, last, .. } = &*self.0;
        let (count, first) = (address.hosts.len(), last.load(Ordering::Relaxed));
        let mut failure: Option<Error> = None;
        for (tried, place) in (0..count).map(|tried| (tried, (first + tried) % count)) {
            let host = &address.hosts[place];
            let attempt = self.dial_host(host);
            // The last one is hurried by whoever asked for all of this.
            let attempt = if tried + 1 < count { timeout(address.connect_timeout, attempt).await } else { Ok(attempt.await) };
            match attempt {
                Ok(Ok(connected)) => {
                    last.store(place, Ordering::Relaxed);
                    return Ok(connected);
                }
                Ok(Err(error)) => {
                    tracing::debug!(host.name, host.port, error = failing::told(&error), "a host of the database will not do");
                    failure = failure.filter(|earlier| !failing::may_pass(earlier)).or(Some(error));
                }
                Err(_) => tracing::debug!(host.name, host.port, "a host of the database does not answer in time"),
            }
        }
        match failure {
            Some(error) => Err(error),
            // Every other host was waited for in vain: so is the last, by whoever asked.
            None => std::future::pending().await,
        }
    }

    async fn dial_host(&self, host: &Host) -> Result<(Client, Messages), Error> {
        let mut config = self.0.address.config.clone();
        config.host(&host.name).port(host.port);
        let Some(tls) = self.0.tls.as_ref().filter(|_| !host.is_local()) else {
            config.ssl_mode(SslMode::Disable);
            return begin(&config, NoTls).await;
        };
        if !matches!(self.0.address.security, Security::Preferred { .. }) {
            config.ssl_mode(SslMode::Require);
            return begin(&config, tls.clone()).await;
        }
        match begin(&config, tls.clone()).await {
            Err(error) if wants_no_tls(&error) => {
                config.ssl_mode(SslMode::Disable);
                // Where that is refused for the same reason, the first failure tells more.
                begin(&config, NoTls).await.map_err(|second| if wants_no_tls(&second) { error } else { second })
            }
            connected => connected,
        }
    }
}

impl Connect for Connector {
    fn connect(&self, _: &Config) -> BoxFuture<'_, Result<(Client, JoinHandle<()>), Error>> {
        Box::pin(async move {
            let (client, messages) = self.dial().await?;
            Ok((client, tokio::spawn(drive(messages))))
        })
    }
}

async fn begin<T>(config: &Config, tls: T) -> Result<(Client, Messages), Error>
where
    T: MakeTlsConnect<Socket>,
    T::Stream: Send + 'static,
{
    let (client, mut connection) = config.connect(tls).await?;
    Ok((client, poll_fn(move |context| connection.poll_message(context)).boxed()))
}

/// Until the connection ends.
async fn drive(mut messages: Messages) {
    while let Some(message) = messages.next().await {
        match message {
            Ok(AsyncMessage::Notice(notice)) => tracing::debug!(severity = notice.severity(), "{}", notice.message()),
            Ok(_) => {}
            Err(error) => return tracing::debug!(error = failing::told(&error), "a connection to the database broke"),
        }
    }
}

/// Whether the failure is one that a connection in the clear may not have: of TLS itself, or because the server lets nobody in by
/// TLS.
fn wants_no_tls(error: &Error) -> bool {
    failing::is_of_tls(error) || error.code() == Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION)
}
