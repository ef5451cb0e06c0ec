//! What every backend must hold to, asked through the directory: the same answers as [`crate::query`] gives in memory,
//! through the indexes that were meant.

mod attributes;
mod bin;
mod bulk;
mod changing;
mod company;
mod console;
mod crowds;
mod durable;
mod groups;
mod history;
mod imports;
mod known;
mod listing;
mod lists;
mod matching;
mod missing;
mod model;
mod nesting;
mod opening;
mod oracle;
mod plans;
mod random_writes;
mod ranks;
mod repeats;
mod rules;
mod searching;
mod standing;
mod strangers;
mod vocabulary;
mod walks;
mod walls;
mod writes;

use crate::directory::{Actor, Cell, Directory, ImportMode, ImportPlan, ImportReport, Line, Surroundings};
use crate::domain::{Instant, LongLabel, Slug};
use crate::store::StoreError;
use crate::store::backend::{Connection, DatabaseOptions, DatabaseUrl, OpenMode};
use crate::test_database::{TestDatabase, wait};

/// A directory on a database of its own, and the operator of its one organization.
pub(super) struct Ground {
    pub(super) directory: Directory,
    pub(super) operator: Actor,
    pub(super) database: TestDatabase,
}

/// 2026-01-01T00:00:00Z.
const NOW: i64 = 1_767_225_600_000;

impl Ground {
    /// On the backend that this run is about.
    pub(super) fn new() -> Self {
        Self::on(TestDatabase::new())
    }

    /// For a test that is about the embedded database alone.
    pub(super) fn on_a_file() -> Self {
        Self::on(TestDatabase::file())
    }

    fn on(database: TestDatabase) -> Self {
        let directory = open(&database);
        let slug = Slug::parse("senate").expect("a slug");
        let operator = wait(async {
            directory.create_organization(&slug, &LongLabel::parse("Senate").expect("a name")).await.expect("an organization");
            directory.operator(&slug).await.expect("an operator")
        });
        Self { directory, operator, database }
    }

    /// Loads lines of people, all of which must be taken.
    pub(super) fn load(&self, lines: Vec<Line>) -> ImportReport {
        let report = self.try_load(lines, ImportMode::Batches);
        assert_eq!(report.refused, []);
        report
    }

    /// Runs a statement behind the directory's back, as somebody whom nothing holds.
    pub(super) fn forge(&self, sql: &str) {
        self.try_forge(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }

    pub(super) fn try_forge(&self, sql: &str) -> Result<(), StoreError> {
        wait(async {
            let url = DatabaseUrl::parse(&self.database.url).expect("a URL");
            let mut connection = Connection::whole(OpenMode::MustExist, &DatabaseOptions::new(url)).await?;
            connection.script(sql).await
        })
    }

    pub(super) fn try_load(&self, lines: Vec<Line>, plan: impl Into<ImportPlan>) -> ImportReport {
        wait(async {
            let mut import = self.directory.import(&self.operator, plan).expect("allowed");
            import.people(lines).await.expect("loaded");
            import.finish().await.expect("finished")
        })
    }
}

pub(super) fn open(database: &TestDatabase) -> Directory {
    database.open(Surroundings::with_clock(|| Instant::from_milliseconds(NOW).expect("an instant")))
}

/// A line of a file, from its columns.
pub(super) fn line(number: u64, cells: &[(&str, &str)]) -> Line {
    let cell = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    Line { number, cells: cells.iter().map(|(column, text)| ((*column).to_owned(), cell(text))).collect() }
}
