//! Which PostgreSQL database, and how to connect to it.

use crate::store::error::StoreError;
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use std::time::Duration;
use tokio_postgres::tls::NoTlsStream;
use tokio_postgres::{Client, Config, Connection, NoTls, Socket};

/// How long to wait for a free connection, and for a new one.
const WAIT: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);

/// A database URL, parsed. Its `Debug` never shows the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PostgresAddress {
    config: Config,
}

impl PostgresAddress {
    /// A URL as `libpq` reads it. `None`: it is none.
    pub(in crate::store::backend) fn parse(text: &str) -> Option<Self> {
        let mut config: Config = text.parse().ok()?;
        config.get_dbname()?;
        config.connect_timeout(CONNECT).application_name("rollcall");
        Some(Self { config })
    }

    /// Connections that are set up by these statements.
    pub(super) fn pool(&self, size: usize, set_up: &'static str) -> Result<Pool, StoreError> {
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(self.config.clone(), NoTls, recycling);
        let prepare = Hook::async_fn(move |client: &mut deadpool_postgres::ClientWrapper, _| {
            Box::pin(async move { client.batch_execute(set_up).await.map_err(HookError::Backend) })
        });
        let pool = Pool::builder(manager)
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(CONNECT))
            .recycle_timeout(Some(CONNECT))
            .post_create(prepare)
            .build();
        pool.map_err(|error| StoreError::failed("could not make a pool of connections", error))
    }

    /// A connection outside every pool, and what drives it.
    pub(super) async fn connect(&self) -> Result<(Client, Connection<Socket, NoTlsStream>), tokio_postgres::Error> {
        self.config.connect(NoTls).await
    }
}
