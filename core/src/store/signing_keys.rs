//! Statements about the key that signs what clients hand back.

use super::backend::Connection;
use super::error::StoreError;
use super::sql::{Value, values};
use super::transaction::SystemTransaction;

/// 256 random bits.
pub(crate) type SigningSecret = [u8; 32];

/// Makes the key where there is none yet. To be called under the lock of a migration, so that all processes have the same.
pub(super) async fn make_where_missing(connection: &mut Connection) -> Result<(), StoreError> {
    let mut secret = SigningSecret::default();
    getrandom::fill(&mut secret).map_err(|error| StoreError::failed("could not make a signing key", error))?;
    let sql = "insert into signing_keys (number, secret) select 1, $1 where not exists (select 1 from signing_keys)";
    connection.execute(sql, &[Value::from(secret.to_vec())]).await.map(drop)
}

impl SystemTransaction {
    pub(crate) async fn signing_secret(&mut self) -> Result<SigningSecret, StoreError> {
        let unreadable = || StoreError::Unreadable { what: "signing key" };
        let read = |row: &super::sql::Row<'_>| row.bytes(0)?.try_into().map_err(|_| unreadable());
        self.first("select secret from signing_keys", values![], read).await?.ok_or_else(unreadable)
    }
}
