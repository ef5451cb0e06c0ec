//! What the target remembers of a copy that is under way: whose it is, and how far each table is.

use super::checksum::Checksum;
use super::error::{CopyError, Side};
use super::passes::Pass;
use super::tables::TABLES;
use crate::store::backend::{Access, Connection};
use crate::store::error::StoreError;
use crate::store::migrate::KNOWN;
use crate::store::sql::{Row, Value, values};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Which database it is: a hash of the key that it signs with, which no other has but its copies.
pub(super) type Origin = Vec<u8>;

/// Filled by every database for itself, so that it says nothing about whether there is anything in it.
const OWN: &str = "signing_keys";

/// How far each pass is, by its name.
#[derive(Debug, Default)]
pub(super) struct Memory(HashMap<String, Checksum>);

/// Fails where the database is half a copy of another one.
pub(in crate::store) async fn refuse_unfinished(connection: &mut Connection) -> Result<(), StoreError> {
    let is_unfinished = connection.first("select 1 from copies", &[], |_| Ok(())).await?.is_some();
    if is_unfinished { Err(StoreError::UnfinishedCopy) } else { Ok(()) }
}

pub(super) async fn origin(source: &mut Connection) -> Result<Origin, StoreError> {
    let secret = source.first("select secret from signing_keys", &[], |row| Ok(row.bytes(0)?.to_vec())).await?;
    let secret = secret.ok_or(StoreError::Unreadable { what: "signing key" })?;
    let mut hash = Sha256::new();
    hash.update(b"the origin of a copy");
    hash.update(&secret);
    Ok(hash.finalize().to_vec())
}

/// Whether there is something, under the same key: a copy that was finished, and perhaps nobody was told any more.
async fn is_copy(target: &mut Connection, of: &Origin) -> Result<bool, StoreError> {
    let is_filled = target.first("select 1 from organizations limit 1", &[], |_| Ok(())).await?.is_some();
    Ok(is_filled && origin(target).await? == *of)
}

impl Memory {
    /// Begins a copy in an empty database, or finds how far one is that was begun before. `None`: one was finished there.
    pub(super) async fn take_up(target: &mut Connection, origin: &Origin, passes: &[Pass]) -> Result<Option<Self>, CopyError> {
        let failed = || Side::Target.failed("preparing");
        target.begin_whole(Access::Write).await.map_err(failed())?;
        let read = |row: &Row<'_>| Ok((row.bytes(0)?.to_vec(), row.integer(1)?));
        let begun = target.first("select source, schema from copies", &[], read).await.map_err(failed())?;
        let memory = match begun {
            None if is_copy(target, origin).await.map_err(failed())? => None,
            None => Some(Self::begin(target, origin, passes).await?),
            Some((source, _)) if source != *origin => return Err(CopyError::AnotherSource),
            Some((_, schema)) if schema != KNOWN => return Err(CopyError::AnotherVersion),
            Some(_) => Some(Self::recall(target).await.map_err(failed())?),
        };
        target.commit().await.map_err(failed())?;
        Ok(memory)
    }

    async fn begin(target: &mut Connection, origin: &Origin, passes: &[Pass]) -> Result<Self, CopyError> {
        let failed = || Side::Target.failed("preparing");
        for table in TABLES.iter().filter(|table| table.name != OWN) {
            let any = target.first(&format!("select 1 from {} limit 1", table.name), &[], |_| Ok(())).await;
            if any.map_err(failed())?.is_some() {
                return Err(CopyError::NotEmpty { table: table.name });
            }
        }
        let values = values![origin.clone(), KNOWN];
        let begin = target.execute("insert into copies (number, source, schema) values (1, $1, $2)", &values);
        begin.await.map_err(failed())?;
        let nothing = Checksum::default();
        let rows: Vec<Vec<Value>> = passes.iter().map(|pass| values![pass.name.as_str(), 0, nothing.sum()]).collect();
        let begin = target.execute_of("insert into copied_tables (name, row_count, checksum) values ($1, $2, $3)", &rows);
        begin.await.map_err(failed())?;
        target.execute(&format!("delete from {OWN}"), &[]).await.map_err(failed())?;
        Ok(Self::default())
    }

    async fn recall(target: &mut Connection) -> Result<Self, StoreError> {
        let read = |row: &Row<'_>| {
            let unreadable = || StoreError::Unreadable { what: "progress of a copy" };
            let rows = u64::try_from(row.integer(1)?).map_err(|_| unreadable())?;
            Ok((row.text(0)?.to_owned(), Checksum::of(rows, row.bytes(2)?).ok_or_else(unreadable)?))
        };
        let tables = target.all("select name, row_count, checksum from copied_tables", &[], read).await?;
        Ok(Self(tables.into_iter().collect()))
    }

    /// How far a pass is.
    pub(super) fn of(&self, pass: &Pass) -> Checksum {
        self.0.get(&pass.name).copied().unwrap_or_default()
    }
}

/// Remembers how far a pass is, in the transaction that brings it there. It comes first there, so that of two copies at once
/// one waits here, and finds that it is not where it thought.
pub(super) async fn note(target: &mut Connection, pass: &Pass, before: Checksum, now: Checksum) -> Result<(), CopyError> {
    let sql = "update copied_tables set row_count = $2, checksum = $3 where name = $1 and row_count = $4";
    let rows = |checksum: Checksum| i64::try_from(checksum.rows).unwrap_or(i64::MAX);
    let values = values![pass.name.as_str(), rows(now), now.sum(), rows(before)];
    match target.execute(sql, &values).await.map_err(Side::Target.failed("writing"))? {
        1 => Ok(()),
        _ => Err(CopyError::AnotherCopy),
    }
}

/// Forgets the copy: the database is whole.
pub(super) async fn finish(target: &mut Connection) -> Result<(), StoreError> {
    target.begin_whole(Access::Write).await?;
    target.execute("delete from copied_tables", &[]).await?;
    target.execute("delete from copies", &[]).await?;
    target.commit().await
}
