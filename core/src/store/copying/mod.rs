//! Everything moved from one database to another, whichever backends they are of.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`tables`] | the one table of tables |
//! | [`passes`] | going through a table, in the order of its key |
//! | [`checksum`] | what rows add up to |
//! | [`memory`] | what the target remembers while a copy is under way |
//! | [`error`] | why a copy was not made, or not finished |
//!
//! The source is read at one moment, always from the beginning. What the target holds already is only added up, and must add
//! up to what the target remembers: so a copy that was killed goes on where it was, and a source that has changed is noticed.
//! What is put and what is remembered of it are one transaction. At the end all of the target is read and compared.

mod checksum;
mod error;
mod memory;
mod passes;
mod tables;
#[cfg(test)]
mod tests;

pub use error::CopyError;
pub(super) use memory::refuse_unfinished;

use super::DatabaseOptions;
use super::backend::{Access, Connection, OpenMode};
use super::error::StoreError;
use super::sql::Value;
use checksum::Checksum;
use error::Side;
use futures_util::future::join;
use memory::Memory;
use passes::{Batch, Pass};
use tables::{TABLES, Table};

/// How far a copy is. Every row is copied, and then read again where it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyProgress {
    pub done: u64,
    pub of: u64,
    /// Whether it is reading again.
    pub is_comparing: bool,
}

/// What was copied, table by table, the same in both databases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyReport {
    pub tables: Vec<CopiedTable>,
    /// What has changed in the source since the moment that was copied: something was written there meanwhile.
    pub changed: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedTable {
    pub name: &'static str,
    pub rows: u64,
    /// The sum of its rows' hashes, in hexadecimal digits.
    pub checksum: String,
}

/// Copies everything, or goes on with a copy that was not finished; and compares.
pub(crate) async fn copy(from: &DatabaseOptions, to: &DatabaseOptions, tell: impl FnMut(CopyProgress)) -> Result<CopyReport, CopyError> {
    if from.url == to.url {
        return Err(CopyError::SameDatabase);
    }
    let mut source = open_source(from).await?;
    let of = count(&mut source).await?;
    let origin = memory::origin(&mut source).await.map_err(Side::Source.failed("reading"))?;
    let mut target = Connection::whole(OpenMode::CreateIfMissing, to).await.map_err(Side::Target.failed("opening"))?;
    let passes: Vec<Pass> = TABLES.iter().flat_map(|table| std::iter::once(Pass::of(table)).chain(Pass::inward(table))).collect();
    let taken = Memory::take_up(&mut target, &origin, &passes).await?;
    let is_there = taken.is_none();
    let progress = CopyProgress { done: 0, of, is_comparing: false };
    let mut copy = Copy { source, target, memory: taken.unwrap_or_default(), progress, tell };
    let sums = if is_there { copy.add_up().await? } else { copy.fill(&passes).await? };
    match copy.compare(&sums).await {
        // It was a copy once, and has been written to since.
        Err(CopyError::Differs { table, .. }) if is_there => return Err(CopyError::NotEmpty { table }),
        compared => compared?,
    }
    copy.target.note_statistics().await.map_err(Side::Target.failed("finishing"))?;
    let changed = copy.changed(&sums).await?;
    memory::finish(&mut copy.target).await.map_err(Side::Target.failed("finishing"))?;
    let tables = sums.iter().map(|(table, sum)| CopiedTable { name: table.name, rows: sum.rows, checksum: sum.to_string() });
    Ok(CopyReport { tables: tables.collect(), changed })
}

/// At one moment, until it is told otherwise.
async fn open_source(options: &DatabaseOptions) -> Result<Connection, CopyError> {
    let mut source = Connection::whole(OpenMode::MustExist, options).await.map_err(Side::Source.failed("opening"))?;
    source.begin_whole(Access::Read).await.map_err(Side::Source.failed("reading"))?;
    match memory::refuse_unfinished(&mut source).await {
        Ok(()) => Ok(source),
        Err(StoreError::UnfinishedCopy) => Err(CopyError::UnfinishedSource),
        Err(error) => Err(Side::Source.failed("reading")(error)),
    }
}

/// How many rows will be gone through.
async fn count(source: &mut Connection) -> Result<u64, CopyError> {
    let mut rows = 0;
    for table in TABLES {
        let counted = source.first(&format!("select count(*) from {}", table.name), &[], |row| row.integer(0)).await;
        let counted = counted.map_err(Side::Source.failed("reading"))?.unwrap_or(0);
        if table.name == "organizations" && counted == 0 {
            return Err(CopyError::NothingToCopy);
        }
        rows += counted.unsigned_abs();
    }
    Ok(2 * rows)
}

struct Copy<F> {
    source: Connection,
    target: Connection,
    memory: Memory,
    progress: CopyProgress,
    tell: F,
}

impl<F: FnMut(CopyProgress)> Copy<F> {
    /// Puts everything into the target that is not there yet; answers what each table of the source adds up to.
    async fn fill(&mut self, passes: &[Pass]) -> Result<Vec<(&'static Table, Checksum)>, CopyError> {
        let mut sums = Vec::new();
        for pass in passes {
            let sum = self.go_through(pass).await?;
            if let Some(table) = TABLES.iter().find(|table| table.name == pass.name) {
                sums.push((table, sum));
            }
        }
        Ok(sums)
    }

    /// What each table of the source adds up to, where all of it was copied before.
    async fn add_up(&mut self) -> Result<Vec<(&'static Table, Checksum)>, CopyError> {
        let mut sums = Vec::new();
        for table in TABLES {
            let (progress, tell) = (&mut self.progress, &mut self.tell);
            let note = |rows| {
                progress.done += rows;
                tell(*progress);
            };
            sums.push((table, Pass::of(table).sum(&mut self.source, Side::Source, note).await?));
        }
        Ok(sums)
    }

    async fn go_through(&mut self, pass: &Pass) -> Result<Checksum, CopyError> {
        let copied = self.memory.of(pass);
        let (mut sum, mut last) = self.recognize(pass, copied).await?;
        let takes_nul = self.target.takes_nul();
        let mut next = pass.read(&mut self.source, Side::Source, last.as_deref(), None).await?;
        while let Some(key) = pass.last(&next) {
            let before = sum;
            next.rows.iter().for_each(|row| sum.add(row));
            let batch = pass.ready(next, takes_nul)?;
            last = Some(key);
            // One is read while the other is written.
            let putting = put(&mut self.target, pass, &batch, before, sum);
            let (put, read) = join(putting, pass.read(&mut self.source, Side::Source, last.as_deref(), None)).await;
            put?;
            next = read?;
            self.tell(batch.rows.len());
        }
        Ok(sum)
    }

    /// Adds up what was copied before, which must be as it was then; answers also the key of its last row.
    async fn recognize(&mut self, pass: &Pass, copied: Checksum) -> Result<(Checksum, Option<Vec<Value>>), CopyError> {
        let (mut sum, mut last) = (Checksum::default(), None);
        while sum.rows < copied.rows {
            let batch = pass.read(&mut self.source, Side::Source, last.as_deref(), Some(copied.rows - sum.rows)).await?;
            let Some(key) = pass.last(&batch) else { break };
            batch.rows.iter().for_each(|row| sum.add(row));
            self.tell(batch.rows.len());
            last = Some(key);
        }
        if sum == copied { Ok((sum, last)) } else { Err(CopyError::SourceChanged { table: pass.name.clone() }) }
    }

    /// Reads all of the target.
    async fn compare(&mut self, sums: &[(&'static Table, Checksum)]) -> Result<(), CopyError> {
        self.progress.is_comparing = true;
        self.target.begin_whole(Access::Read).await.map_err(Side::Target.failed("comparing"))?;
        for (table, expected) in sums {
            let (progress, tell) = (&mut self.progress, &mut self.tell);
            let note = |rows| {
                progress.done += rows;
                tell(*progress);
            };
            let found = Pass::of(table).sum(&mut self.target, Side::Target, note).await?;
            if found != *expected {
                let words = |sum: Checksum| format!("{} rows with the checksum {sum}", sum.rows);
                return Err(CopyError::Differs { table: table.name, from: words(*expected), to: words(found) });
            }
        }
        self.target.rollback().await.map_err(Side::Target.failed("comparing"))
    }

    /// What is no longer as it was at the moment that was copied. The sequence tells of whatever an organization owns.
    async fn changed(&mut self, sums: &[(&'static Table, Checksum)]) -> Result<Vec<&'static str>, CopyError> {
        self.source.rollback().await.map_err(Side::Source.failed("reading"))?;
        self.source.begin_whole(Access::Read).await.map_err(Side::Source.failed("reading"))?;
        let mut changed = Vec::new();
        for (table, sum) in sums.iter().filter(|(table, _)| !table.is_sequenced) {
            if Pass::of(table).sum(&mut self.source, Side::Source, |_| {}).await? != *sum {
                changed.push(table.name);
            }
        }
        Ok(changed)
    }

    fn tell(&mut self, rows: usize) {
        // What refers to later rows is gone through twice.
        self.progress.done = (self.progress.done + rows as u64).min(self.progress.of);
        (self.tell)(self.progress);
    }
}

/// Puts a batch into the target, and remembers it there.
async fn put(target: &mut Connection, pass: &Pass, batch: &Batch, before: Checksum, now: Checksum) -> Result<(), CopyError> {
    let failed = || Side::Target.failed("writing");
    target.begin_whole(Access::Write).await.map_err(failed())?;
    memory::note(target, pass, before, now).await?;
    target.execute_of(&pass.put, &batch.rows).await.map_err(failed())?;
    target.commit().await.map_err(failed())
}
