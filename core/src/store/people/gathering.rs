//! Something of everybody, taken from the packed records as they are read.

use crate::query::Filter;
use crate::store::compile::{self, compile};
use crate::store::error::StoreError;
use crate::store::record::{Packed, PackedPerson};
use crate::store::sql::{Bound, Row};
use crate::store::transaction::ReadTransaction;
use std::ops::ControlFlow;

const RECORDS: Bound = Bound::new("select record from people where organization_id = $1");

impl ReadTransaction {
    /// What is taken of those who pass, by number, of so many at most, and whether there are no more.
    pub(crate) async fn gather_people<T: Send>(
        &mut self,
        filter: &Filter,
        most: usize,
        take: fn(&PackedPerson<'_>) -> T,
    ) -> Result<(Vec<T>, bool), StoreError> {
        let compiled = compile(filter, &compile::PEOPLE, self.connection(), 2);
        let statement = RECORDS.followed_by(&format!("{} order by number", compiled.condition));
        let (mut taken, mut is_whole) = (Vec::new(), true);
        let read = |row: &Row<'_>| {
            let record = row.bytes(0)?;
            if !compiled.is_exact && !Packed::new(record).passes(filter)? {
                return Ok(ControlFlow::Continue(()));
            }
            if taken.len() == most {
                is_whole = false;
                return Ok(ControlFlow::Break(()));
            }
            let person = PackedPerson::new(record).map_err(|_| StoreError::Unreadable { what: "record of a person" })?;
            taken.push(take(&person));
            Ok(ControlFlow::Continue(()))
        };
        self.walk(&statement, compiled.values.clone(), read).await?;
        Ok((taken, is_whole))
    }
}
