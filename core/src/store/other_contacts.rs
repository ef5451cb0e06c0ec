//! E-mail addresses and telephone numbers beside a person's own: rows of their own, so that an index finds them.
//!
//! The record holds them too, and is what is shown.

use super::error::StoreError;
use super::sql::{Bound, Value, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{Entry, Person, PersonNumber, TextKind, folded};
use std::collections::BTreeSet;

/// What `kind` says of an e-mail address; fixed for ever.
pub(super) const EMAIL: i64 = 1;
/// What it says of a telephone number.
pub(super) const PHONE: i64 = 2;

pub(super) const INSERT: Bound =
    Bound::new("insert into other_contacts (organization_id, person_number, kind, value_folded) values ($1, $2, $3, $4)");
const DELETE: Bound = Bound::new("delete from other_contacts where organization_id = $1 and person_number = $2");
const ALL: Bound = Bound::new("select person_number, kind, value_folded from other_contacts where organization_id = $1");

/// The rows of one person: kind and folded value, each once.
pub(super) fn rows_of(person: &Person) -> BTreeSet<(i64, String)> {
    fn written<K: TextKind>(kind: i64, list: &[Entry<K>]) -> impl Iterator<Item = (i64, String)> {
        list.iter().filter_map(move |entry| entry.value.as_ref().map(|value| (kind, folded(value.as_str()))))
    }
    written(EMAIL, &person.profile.emails).chain(written(PHONE, &person.profile.phones)).collect()
}

/// The same as values after `organization_id`, in the order of [`INSERT`].
pub(super) fn row_values(person: &Person) -> impl Iterator<Item = Vec<Value>> {
    let number = person.number.get();
    rows_of(person).into_iter().map(move |(kind, value)| values![number, kind, value])
}

impl ReadTransaction {
    /// Every row of the organization.
    pub(super) async fn other_contacts(&mut self) -> Result<BTreeSet<(i64, i64, String)>, StoreError> {
        let rows = self.all(&ALL, values![], |row| Ok((row.integer(0)?, row.integer(1)?, row.text(2)?.to_owned()))).await?;
        Ok(rows.into_iter().collect())
    }
}

impl WriteTransaction {
    /// Stores the rows of a person who had those of `before`.
    pub(super) async fn put_other_contacts(&mut self, before: Option<&Person>, person: &Person) -> Result<(), StoreError> {
        let (held, wanted) = (before.map(rows_of).unwrap_or_default(), rows_of(person));
        if held == wanted {
            return Ok(());
        }
        self.delete_other_contacts(person.number).await?;
        for row in row_values(person) {
            self.execute(&INSERT, row).await?;
        }
        Ok(())
    }

    pub(super) async fn delete_other_contacts(&mut self, person: PersonNumber) -> Result<(), StoreError> {
        self.execute(&DELETE, values![person.get()]).await.map(drop)
    }
}
