//! The organization's change sequence, and the numbers that its records are given. Their one row is the lock.

use super::error::StoreError;
use super::sql::{Bound, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{Instant, NUMBER_MAX};

/// What is numbered inside an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbered {
    Person,
    Group,
    Role,
    JobTitle,
    Level,
    PriceList,
}

/// One committed fact: who did what to which record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChangeRow {
    pub(crate) actor: String,
    /// `create` or `update`.
    pub(crate) action: &'static str,
    /// The kind of record, such as `person`.
    pub(crate) subject: &'static str,
    pub(crate) subject_number: i64,
}

const SEQUENCE: Bound = Bound::new("select sequence, changed_at from sequences where organization_id = $1");
const ADVANCE: Bound =
    Bound::new("update sequences set sequence = sequence + 1, changed_at = $2 where organization_id = $1 returning sequence");
const APPEND: Bound = Bound::new(
    "insert into changes (organization_id, sequence, changed_at, actor, action, subject, subject_number)
    values ($1, $2, $3, $4, $5, $6, $7)",
);

const fn last_number(kind: Numbered) -> (Bound, Bound) {
    macro_rules! statements {
        ($column:literal) => {
            (
                Bound::new(concat!("select ", $column, " from sequences where organization_id = $1")),
                Bound::new(concat!("update sequences set ", $column, " = $2 where organization_id = $1")),
            )
        };
    }
    match kind {
        Numbered::Person => statements!("person_number"),
        Numbered::Group => statements!("group_number"),
        Numbered::Role => statements!("role_number"),
        Numbered::JobTitle => statements!("job_title_number"),
        Numbered::Level => statements!("level_number"),
        Numbered::PriceList => statements!("price_list_number"),
    }
}

impl ReadTransaction {
    /// How many changes the organization has seen, and when the last one was.
    pub(crate) async fn sequence(&mut self) -> Result<(i64, Instant), StoreError> {
        let read = |row: &super::sql::Row<'_>| {
            let changed_at = Instant::from_milliseconds(row.integer(1)?).ok_or(StoreError::Unreadable { what: "instant" })?;
            Ok((row.integer(0)?, changed_at))
        };
        self.first(&SEQUENCE, values![], read).await?.ok_or(StoreError::Unreadable { what: "sequence of an organization" })
    }
}

impl WriteTransaction {
    /// The moment of the next change: now, or the last change's if the clock went back.
    pub(crate) async fn next_instant(&mut self, now: Instant) -> Result<Instant, StoreError> {
        Ok(self.sequence().await?.1.max(now))
    }

    /// Moves the sequence by one and appends the change. Returns the change's sequence number.
    pub(crate) async fn append_change(&mut self, change: &ChangeRow, at: Instant) -> Result<i64, StoreError> {
        let sequence = self.first(&ADVANCE, values![at.milliseconds()], |row| row.integer(0)).await?;
        let sequence = sequence.ok_or(StoreError::Unreadable { what: "sequence of an organization" })?;
        let row = values![sequence, at.milliseconds(), change.actor.as_str(), change.action, change.subject, change.subject_number];
        self.execute(&APPEND, row).await?;
        Ok(sequence)
    }

    /// A number that no record of this kind ever had. `None`: they are used up.
    pub(crate) async fn next_number(&mut self, kind: Numbered) -> Result<Option<i64>, StoreError> {
        let (read, store) = last_number(kind);
        let last = self.first(&read, values![], |row| row.integer(0)).await?.unwrap_or(0);
        if last >= NUMBER_MAX {
            return Ok(None);
        }
        self.execute(&store, values![last + 1]).await?;
        Ok(Some(last + 1))
    }

    /// Takes note of a number that came from outside, so that it is never given again.
    pub(crate) async fn reserve_number(&mut self, kind: Numbered, number: i64) -> Result<(), StoreError> {
        let (read, store) = last_number(kind);
        let last = self.first(&read, values![], |row| row.integer(0)).await?.unwrap_or(0);
        if number > last {
            self.execute(&store, values![number]).await?;
        }
        Ok(())
    }
}
