//! What a failure of PostgreSQL means: out of reach, too busy, unable to write, or anything else.

use crate::store::error::StoreError;
use deadpool_postgres::{PoolError, TimeoutType};
use rustls::pki_types::InvalidDnsNameError;
use std::error::Error as _;
use std::io;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, Severity, SqlState};

const FULL: &str = "the database's disk is full";
const READ_ONLY: &str = "the database only takes reads: it is a standby, or was one until a moment ago";

/// The failure of a statement, or of a connection under it.
pub(super) fn failed(doing: &'static str, error: Error) -> StoreError {
    match error.as_db_error() {
        Some(told) if let Some(reason) = unwritable(told) => StoreError::Unwritable { doing, reason, source: error.into() },
        Some(told) if is_busy(told) => StoreError::Busy,
        Some(told) if is_gone(told) => StoreError::Unavailable { source: error.into() },
        // The tables were changed below a prepared statement, which is prepared anew by whoever tries again.
        Some(told) if told.code() == &SqlState::FEATURE_NOT_SUPPORTED => StoreError::Unavailable { source: words(told).into() },
        Some(told) => StoreError::failed(doing, words(told)),
        None if is_lost(&error) => StoreError::Unavailable { source: error.into() },
        _ => StoreError::failed(doing, error),
    }
}

/// What the database says, but for its details, which quote what is stored: that may be somebody's name or address.
fn words(told: &DbError) -> String {
    let constraint = told.constraint().map(|name| format!(" ({name})")).unwrap_or_default();
    format!("{}: {}{constraint}", told.code().code(), told.message())
}

/// Why the database takes no writes, if it is that. `None` for every other failure.
pub(super) fn refused_write(doing: &'static str, error: &Error) -> Option<StoreError> {
    let told = error.as_db_error()?;
    Some(StoreError::Unwritable { doing, reason: unwritable(told)?, source: told.message().to_owned().into() })
}

/// A database that takes no writes now.
pub(super) fn only_reads() -> StoreError {
    StoreError::Unwritable { doing: "nothing can be written", reason: READ_ONLY, source: "it says so itself".into() }
}

fn unwritable(told: &DbError) -> Option<&'static str> {
    match *told.code() {
        SqlState::DISK_FULL => Some(FULL),
        SqlState::READ_ONLY_SQL_TRANSACTION => Some(READ_ONLY),
        _ => None,
    }
}

/// The failure to get a connection.
pub(super) fn no_connection(error: PoolError) -> StoreError {
    match error {
        // All of them are at work.
        PoolError::Timeout(TimeoutType::Wait) => StoreError::Busy,
        PoolError::Backend(error) if is_password_missing(&error) => {
            StoreError::failed("could not connect to the database", "it asks for a password: give one by PGPASSWORD, or in the URL")
        }
        PoolError::Backend(error) => failed("could not connect to the database", error),
        PoolError::PostCreateHook(deadpool_postgres::HookError::Backend(error)) => failed("could not set up a connection", error),
        error => StoreError::Unavailable { source: error.into() },
    }
}

/// Whether the database said that it undid a transaction, and goes on: then it surely was not kept.
pub(super) fn is_undone(error: &Error) -> bool {
    error.as_db_error().is_some_and(|told| told.parsed_severity() == Some(Severity::Error))
}

/// Somebody else holds what the statement asked for, longer than it would wait; or there is no room for more clients.
fn is_busy(told: &DbError) -> bool {
    let busy = [
        SqlState::LOCK_NOT_AVAILABLE,
        SqlState::QUERY_CANCELED,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::TOO_MANY_CONNECTIONS,
    ];
    busy.contains(told.code())
}

/// The server ends, crashes or starts.
fn is_gone(told: &DbError) -> bool {
    let gone =
        [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW, SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT];
    gone.contains(told.code()) || told.code().code().starts_with("08")
}

/// The connection was lost, or could not be made.
fn is_lost(error: &Error) -> bool {
    error.is_closed() || error.source().is_some_and(|source| source.is::<io::Error>() && !is_of_tls(error))
}

/// Whether the two ends do not agree about TLS, or one does not trust the other.
pub(super) fn is_of_tls(error: &Error) -> bool {
    let Some(source) = error.source() else { return false };
    let inner = source.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    source.is::<InvalidDnsNameError>() || inner.is_some_and(|inner| inner.is::<rustls::Error>())
}

/// Whether trying again may help: nothing is wrong with what was asked.
pub(super) fn may_pass(error: &Error) -> bool {
    error.as_db_error().map_or_else(|| is_lost(error), |told| is_busy(told) || is_gone(told))
}

/// The driver has only words for it.
fn is_password_missing(error: &Error) -> bool {
    error.source().is_some_and(|source| source.to_string() == "password missing")
}

/// An error and its causes on one line.
pub(super) fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
