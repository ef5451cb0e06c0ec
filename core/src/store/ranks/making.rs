//! Rankings made, and brought to the moment of a read.

use super::blocks::{Builder, Column, Key, KeyRef, KeyType, owned};
use super::history::Moved;
use super::{List, Moment, Ranking, Ranks, RanksWithin, Step};
use crate::query::{Filter, OrderTerm};
use crate::store::backend::Effort;
use crate::store::catalogue::number;
use crate::store::compile;
use crate::store::error::StoreError;
use crate::store::record::Packed;
use crate::store::sql::{Bound, Row, Value, values};
use crate::store::transaction::ReadTransaction;
use roaring::RoaringBitmap;
use std::ops::ControlFlow;

/// Changes that a short read brings a ranking forward by; each costs it a look at a person at most.
pub(super) const SHORT_CHANGES_MAX: i64 = 500;
/// Changes after which a ranking is made anew instead.
const CHANGES_MAX: i64 = 20_000;

const NUMBERS: Bound = Bound::new("select number from people where organization_id = $1");
const RECORDS: Bound = Bound::new("select number, record from people where organization_id = $1");
const KEYS: Bound = Bound::new("select number, COLUMN from people where organization_id = $1");
const ONE: Bound = Bound::new("select number, record, COLUMN from people where organization_id = $1 and number = $2");

/// How the people of a list are told from others, and their order.
pub(in crate::store) struct Told<'a> {
    pub(in crate::store) filter: &'a Filter,
    pub(in crate::store) order: &'a [OrderTerm],
    pub(in crate::store) condition: &'a str,
    pub(in crate::store) values: &'a [Value],
    /// Whether the condition decides alone.
    pub(in crate::store) is_exact: bool,
}

impl ReadTransaction {
    /// Asks the ranking of a list, which is brought to this moment for that, or made where it is worth it.
    pub(super) async fn ranked<T: Send>(
        &mut self,
        list: &List,
        told: &Told<'_>,
        is_worth_it: bool,
        question: impl FnOnce(&Ranking) -> T + Send,
    ) -> Result<Option<T>, StoreError> {
        let Some(RanksWithin { ranks, effort }) = self.ranks().cloned() else { return Ok(None) };
        let moment = self.sequence().await?;
        ranks.heard(list.organization, moment.0);
        if !self.bring(&ranks, effort, list, moment, told).await? {
            let making = if effort == Effort::Long && is_worth_it { ranks.begin(list) } else { None };
            let Some(_making) = making else { return Ok(None) };
            let Some(ranking) = self.make(&ranks, list, moment, told).await? else { return Ok(None) };
            ranks.keep(list.clone(), moment, ranking);
        }
        Ok(ranks.ask(list, moment, question))
    }

    /// Whether the ranking of a list is one of this moment, or of a later one that is left alone.
    async fn bring(&mut self, ranks: &Ranks, effort: Effort, list: &List, moment: Moment, told: &Told<'_>) -> Result<bool, StoreError> {
        let Some(known) = ranks.moment(list) else { return Ok(false) };
        if known == moment || known.0 > moment.0 {
            return Ok(true);
        }
        let changes = moment.0 - known.0;
        if effort == Effort::Short && changes > SHORT_CHANGES_MAX {
            // Left for the next read, which is a long one: it is known by now how far behind this is.
            return Ok(false);
        }
        let steps = if changes > CHANGES_MAX { None } else { self.steps(list, (known, moment), told).await? };
        match steps {
            Some(steps) => Ok(ranks.advance(list, known, moment, &steps)),
            None => {
                ranks.forget(list, known);
                Ok(false)
            }
        }
    }

    /// Who may stand elsewhere in a list, and where. `None`: only to look at everybody would tell.
    async fn steps(&mut self, list: &List, (from, to): (Moment, Moment), told: &Told<'_>) -> Result<Option<Vec<Step>>, StoreError> {
        let Some(moved) = self.moved(from, to).await? else { return Ok(None) };
        if *list == list.everybody() {
            let came_or_went = moved.into_iter().filter(|(_, moved)| *moved != Moved::Stayed);
            return Ok(Some(came_or_went.map(|(number, moved)| (number, (moved == Moved::Came).then_some(Key::Absent))).collect()));
        }
        let mut steps: Vec<Step> = moved.keys().map(|number| (*number, None)).collect();
        let sets = steps.iter().map(|(number, _)| values![i64::from(*number)]).collect();
        let (column, asks) = (list.by, !list.is_of_everybody());
        let look = |place: usize, row: &Row<'_>| {
            if let Some(step) = steps.get_mut(place)
                && (!asks || Packed::new(row.bytes(1)?).passes(told.filter)?)
            {
                step.1 = Some(column.map_or(Ok(Key::Absent), |column| key(row, 2, column).map(owned))?);
            }
            Ok(())
        };
        self.for_each_of(&ONE.with_column(list.by.map_or("number", |column| column.name)), sets, look).await?;
        Ok(Some(steps))
    }

    /// The ranking of a list, made by a look at everybody in it. `None`: it would be too large.
    async fn make(&mut self, ranks: &Ranks, list: &List, moment: Moment, told: &Told<'_>) -> Result<Option<Ranking>, StoreError> {
        match list.by {
            None => self.make_numbers(told).await.map(|numbers| Some(Ranking::Numbers(numbers))),
            Some(column) => {
                let people = ranks.ask(&list.everybody(), moment, Ranking::len).unwrap_or(0);
                Ok(self.make_blocks(column, people, told).await?.map(Ranking::Blocks))
            }
        }
    }

    async fn make_numbers(&mut self, told: &Told<'_>) -> Result<RoaringBitmap, StoreError> {
        let mut numbers: Vec<u32> = Vec::new();
        let take = |row: &Row<'_>| {
            if told.is_exact || Packed::new(row.bytes(1)?).passes(told.filter)? {
                numbers.push(number(row, 0)?);
            }
            Ok(ControlFlow::Continue(()))
        };
        let rows = if told.is_exact { NUMBERS } else { RECORDS };
        self.for_each(&rows.followed_by(told.condition), told.values.to_vec(), take).await?;
        numbers.sort_unstable();
        Ok(RoaringBitmap::from_iter(numbers))
    }

    async fn make_blocks(&mut self, column: Column, people: u64, told: &Told<'_>) -> Result<Option<super::Blocks>, StoreError> {
        let mut builder = Builder::new(column, people);
        let take = |row: &Row<'_>| {
            builder.push(number(row, 0)?, key(row, 1, column)?);
            Ok(ControlFlow::Continue(()))
        };
        let order = compile::order_by(told.order, &compile::PEOPLE).unwrap_or_default();
        self.for_each(&KEYS.with_column(column.name).followed_by(&format!("{}{order}", told.condition)), told.values.to_vec(), take)
            .await?;
        Ok(builder.finish())
    }
}

fn key<'a>(row: &'a Row<'_>, place: usize, column: Column) -> Result<Option<KeyRef<'a>>, StoreError> {
    Ok(match column.keys {
        KeyType::Text => row.optional_text(place)?.map(KeyRef::Text),
        KeyType::Integer => row.optional_integer(place)?.map(KeyRef::Integer),
        KeyType::Bytes => row.optional_bytes(place)?.map(KeyRef::Bytes),
    })
}
