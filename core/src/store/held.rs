//! What a transaction holds back: the numbers that it gives, the changes that it appends and the people that it makes and changes.
//!
//! All of it waits for the next statement that could see it, or for the end, and is then written in few statements. So a new
//! person costs no statement for its number and none for its place in the history; and a file of people is written some
//! hundreds at a time, packed on a thread of their own while the lines after them are looked at.

use super::backend::Connection;
use super::changes::{APPEND, ChangeRow, Numbered, change_values};
use super::error::StoreError;
use super::other_contacts;
use super::people::{INSERT, row_values};
use super::sql::{Bound, Row, Value, values};
use super::transaction::WriteTransaction;
use crate::domain::{Instant, NUMBER_MAX, OrganizationId, Person};
use serde_json::{Map, Value as Json};
use std::thread::JoinHandle;

/// People that are packed and written together.
const LOT: usize = 256;

const COUNTERS: Bound = Bound::new(
    "select sequence, changed_at, person_number, group_number, role_number, job_title_number, level_number, price_list_number,
        attribute_number
    from sequences where organization_id = $1",
);
const SAVE: Bound = Bound::new(
    "update sequences set sequence = $2, changed_at = $3, person_number = $4, group_number = $5, role_number = $6,
        job_title_number = $7, level_number = $8, price_list_number = $9, attribute_number = $10
    where organization_id = $1",
);
const KINDS: usize = 7;

/// What waits to be written.
#[derive(Default)]
pub(super) struct Held {
    /// The organization's row of `sequences`, once it was needed. Its lock is that of the transaction.
    counters: Option<Counters>,
    changes: Vec<Vec<Value>>,
    /// Each with the place of its change in the history.
    people: Vec<(NewPerson, i64)>,
    packing: Option<JoinHandle<Result<Lot, StoreError>>>,
    /// Statements about people who are there.
    updates: Vec<(Bound, Vec<Value>)>,
}

struct Counters {
    sequence: i64,
    changed_at: i64,
    /// The last number given to each kind.
    numbers: [i64; KINDS],
    are_changed: bool,
}

/// A new person, and the change that it is.
pub(crate) struct NewPerson {
    pub(crate) person: Person,
    pub(crate) change: ChangeRow,
    pub(crate) at: Instant,
    /// What the change says of the person.
    pub(crate) fields: fn(&Person) -> Map<String, Json>,
}

/// Rows as they are written.
#[derive(Default)]
struct Lot {
    people: Vec<Vec<Value>>,
    contacts: Vec<Vec<Value>>,
    changes: Vec<Vec<Value>>,
}

impl Counters {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let mut numbers = [0; KINDS];
        for (place, number) in numbers.iter_mut().enumerate() {
            *number = row.integer(place + 2)?;
        }
        Ok(Self { sequence: row.integer(0)?, changed_at: row.integer(1)?, numbers, are_changed: false })
    }

    fn row(&self, organization: OrganizationId) -> Vec<Value> {
        let mut row = values![organization.get(), self.sequence, self.changed_at];
        row.extend(self.numbers.map(Value::from));
        row
    }

    const fn last(&mut self, kind: Numbered) -> &mut i64 {
        &mut self.numbers[match kind {
            Numbered::Person => 0,
            Numbered::Group => 1,
            Numbered::Role => 2,
            Numbered::JobTitle => 3,
            Numbered::Level => 4,
            Numbered::PriceList => 5,
            Numbered::Attribute => 6,
        }]
    }
}

impl Held {
    /// Whether a statement could see any of it, or would be seen by it. Numbers that were given stand in one table alone.
    pub(super) fn is_seen_by(&self, sql: &str) -> bool {
        let is_more = !self.people.is_empty() || !self.changes.is_empty() || !self.updates.is_empty() || self.packing.is_some();
        is_more || self.counters.as_ref().is_some_and(|counters| counters.are_changed) && sql.contains("sequences")
    }

    /// Writes all of it.
    pub(super) async fn write(&mut self, connection: &mut Connection, organization: OrganizationId) -> Result<(), StoreError> {
        if let Some(counters) = self.counters.as_mut().filter(|counters| counters.are_changed) {
            connection.execute(SAVE.text(), &counters.row(organization)).await?;
            counters.are_changed = false;
        }
        self.write_packed(connection).await?;
        if !self.people.is_empty() {
            pack(organization, std::mem::take(&mut self.people))?.write(connection).await?;
        }
        if !self.changes.is_empty() {
            connection.execute_of(APPEND.text(), &std::mem::take(&mut self.changes)).await?;
        }
        for (statement, values) in std::mem::take(&mut self.updates) {
            connection.execute(statement.text(), &with(Value::from(organization.get()), values)).await?;
        }
        Ok(())
    }

    /// Adds a statement that changes somebody, and that nothing has to be heard of.
    pub(super) fn update(&mut self, statement: Bound, values: Vec<Value>) {
        self.updates.push((statement, values));
    }

    /// Writes what was given to be packed before.
    async fn write_packed(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        let Some(packing) = self.packing.take() else { return Ok(()) };
        let panicked = |_| StoreError::failed("could not pack people", "its panic is in the log");
        packing.join().map_err(panicked)??.write(connection).await
    }

    /// Has a whole lot packed while the next one gathers, and writes the one before it.
    async fn write_lots(&mut self, connection: &mut Connection, organization: OrganizationId) -> Result<(), StoreError> {
        if self.people.len() < LOT {
            return Ok(());
        }
        let lot = std::mem::take(&mut self.people);
        let packing = std::thread::Builder::new().name("packing".to_owned()).spawn(move || pack(organization, lot));
        let packing = packing.map_err(|error| StoreError::failed("could not start to pack people", error))?;
        self.write_packed(connection).await?;
        self.packing = Some(packing);
        Ok(())
    }
}

impl Lot {
    async fn write(self, connection: &mut Connection) -> Result<(), StoreError> {
        connection.execute_of(INSERT.text(), &self.people).await?;
        connection.make_searchable(&self.people).await?;
        if !self.contacts.is_empty() {
            connection.execute_of(other_contacts::INSERT.text(), &self.contacts).await?;
        }
        connection.execute_of(APPEND.text(), &self.changes).await.map(drop)
    }
}

/// Makes the rows of new people and of their changes.
fn pack(organization: OrganizationId, people: Vec<(NewPerson, i64)>) -> Result<Lot, StoreError> {
    let mut lot = Lot::default();
    for (NewPerson { person, mut change, at, fields }, sequence) in people {
        let owner = || Value::from(organization.get());
        change.after = Some(fields(&person));
        lot.people.push(with(owner(), row_values(&person, sequence)));
        lot.contacts.extend(other_contacts::row_values(&person).map(|row| with(owner(), row)));
        lot.changes.push(with(owner(), change_values(&change, sequence, at)?));
    }
    Ok(lot)
}

fn with(first: Value, rest: Vec<Value>) -> Vec<Value> {
    std::iter::once(first).chain(rest).collect()
}

impl WriteTransaction {
    /// The moment of the next change: now, or the last change's if the clock went back.
    pub(crate) async fn next_instant(&mut self, now: Instant) -> Result<Instant, StoreError> {
        let last = Instant::from_milliseconds(self.counters().await?.changed_at).ok_or(StoreError::Unreadable { what: "instant" })?;
        Ok(last.max(now))
    }

    /// Moves the sequence by one and appends the change. Returns the change's sequence number.
    pub(crate) async fn append_change(&mut self, change: &ChangeRow, at: Instant) -> Result<i64, StoreError> {
        let sequence = self.advance(at).await?;
        let row = with(Value::from(self.organization().get()), change_values(change, sequence, at)?);
        self.held().changes.push(row);
        Ok(sequence)
    }

    /// Stores a new person and appends the change that it is. Returns the change's sequence number.
    pub(crate) async fn create_person(&mut self, new: NewPerson) -> Result<i64, StoreError> {
        let sequence = self.advance(new.at).await?;
        self.held().people.push((new, sequence));
        let (held, connection, organization) = self.parts();
        held.write_lots(connection, organization).await?;
        Ok(sequence)
    }

    /// A number that no record of this kind ever had. `None`: they are used up.
    pub(crate) async fn next_number(&mut self, kind: Numbered) -> Result<Option<i64>, StoreError> {
        let counters = self.counters().await?;
        let last = counters.last(kind);
        if *last >= NUMBER_MAX {
            return Ok(None);
        }
        *last += 1;
        let number = *last;
        counters.are_changed = true;
        Ok(Some(number))
    }

    /// Takes note of a number that came from outside, so that it is never given again.
    pub(crate) async fn reserve_number(&mut self, kind: Numbered, number: i64) -> Result<(), StoreError> {
        let counters = self.counters().await?;
        let last = counters.last(kind);
        if *last < number {
            *last = number;
            counters.are_changed = true;
        }
        Ok(())
    }

    async fn advance(&mut self, at: Instant) -> Result<i64, StoreError> {
        let counters = self.counters().await?;
        counters.sequence += 1;
        counters.changed_at = at.milliseconds();
        counters.are_changed = true;
        Ok(counters.sequence)
    }

    async fn counters(&mut self) -> Result<&mut Counters, StoreError> {
        if self.held().counters.is_none() {
            let counters = self.first(&COUNTERS, values![], Counters::read).await?;
            self.held().counters = counters;
        }
        self.held().counters.as_mut().ok_or(StoreError::Unreadable { what: "sequence of an organization" })
    }
}
