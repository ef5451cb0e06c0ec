//! Rankings made, brought to the moment of a read, and read by.

use super::history::Moved;
use super::{List, Moment, Ranking, Ranks, RanksWithin, Step, list};
use crate::domain::OrganizationId;
use crate::query::{Direction, Filter, PersonQuery, Window};
use crate::store::backend::Effort;
use crate::store::catalogue::number;
use crate::store::compile;
use crate::store::error::StoreError;
use crate::store::people::ROWS;
use crate::store::record::Packed;
use crate::store::sql::{Bound, Row, Value, values};
use crate::store::transaction::ReadTransaction;
use roaring::RoaringBitmap;
use std::ops::ControlFlow;

/// Changes that a short read brings a ranking forward by; each costs it a look at a person at most.
const SHORT_CHANGES_MAX: i64 = 500;
/// Changes after which a ranking is made anew instead.
const CHANGES_MAX: i64 = 20_000;
/// Rows of a page that is read by a ranking. A larger one is worth a walk.
const ROWS_MAX: u64 = 10_000;
/// Rows that are rather stepped over than a ranking is made of their list.
const OFFSET_MIN: u64 = 1000;

const NUMBERS: Bound = Bound::new("select number from people where organization_id = $1");
const RECORDS: Bound = Bound::new("select number, record from people where organization_id = $1");

/// How the people of a list are told from others.
pub(in crate::store) struct Told<'a> {
    pub(in crate::store) filter: &'a Filter,
    pub(in crate::store) condition: &'a str,
    pub(in crate::store) values: &'a [Value],
    /// Whether the condition decides alone.
    pub(in crate::store) is_exact: bool,
}

/// People one after another in a list, by their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stretch {
    Nobody,
    /// All that the list has between two of them, both included.
    Between(u32, u32),
    /// Those with these numbers.
    Numbers(Vec<u32>),
}

impl Ranks {
    /// How much the people of a query may cost, known before the read begins.
    pub(in crate::store) fn effort(&self, organization: OrganizationId, query: &PersonQuery, with_total: bool) -> Effort {
        let alone = compile::people_effort(query);
        let is_counted = with_total && !compile::is_counted_at_once(&query.filter);
        if alone == Effort::Short && !is_counted && query.window.offset < OFFSET_MIN {
            return Effort::Short;
        }
        let is_near = || List::of(organization, query).is_some_and(|list| self.is_near(&list, SHORT_CHANGES_MAX));
        let is_placed = list::by_number(&query.order).is_some() && query.window.limit.is_some_and(|limit| limit <= ROWS_MAX);
        if (alone == Effort::Short || is_placed) && is_near() { Effort::Short } else { Effort::Long }
    }
}

impl ReadTransaction {
    /// The rows of the window of a list. `None`: they are as well read without a ranking, or there is none to read them by.
    pub(in crate::store) async fn ranked_rows<T: Send>(
        &mut self,
        query: &PersonQuery,
        with_total: bool,
        told: &Told<'_>,
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Option<Vec<T>>, StoreError> {
        let window = query.window;
        let Some(direction) = list::by_number(&query.order).filter(|_| is_ranked(query, told.is_exact)) else { return Ok(None) };
        let Some(list) = List::of(self.organization(), query) else { return Ok(None) };
        let is_walked = list.is_everybody() || told.is_exact && list::is_one_equality(told.filter);
        let is_worth_it = with_total || window.offset >= OFFSET_MIN;
        let question = |ranking: &Ranking| stretch(ranking, window, direction, is_walked);
        match self.ranked(&list, told, is_worth_it, question).await? {
            None => Ok(None),
            Some(Stretch::Nobody) => Ok(Some(Vec::new())),
            Some(Stretch::Between(low, high)) => {
                let mut values = told.values.to_vec();
                values.extend(values![i64::from(low), i64::from(high)]);
                let (low, high) = (values.len(), values.len() + 1);
                let rest = format!("{} and number >= ${low} and number <= ${high} order by number{}", told.condition, down(direction));
                self.all(&ROWS.followed_by(&rest), values, read).await.map(Some)
            }
            Some(Stretch::Numbers(numbers)) => {
                let sets = numbers.iter().map(|number| values![i64::from(*number)]).collect();
                let mut rows = Vec::with_capacity(numbers.len());
                let take = |_, row: &Row<'_>| read(row).map(|row| rows.push(row));
                self.for_each_of(&ROWS.followed_by(" and number = $2"), sets, take).await?;
                Ok(Some(rows))
            }
        }
    }

    /// How many there are in a list. `None`: there is no ranking to say it.
    pub(in crate::store) async fn ranked_total(&mut self, query: &PersonQuery, told: &Told<'_>) -> Result<Option<u64>, StoreError> {
        let Some(list) = List::of(self.organization(), query) else { return Ok(None) };
        self.ranked(&list, told, true, Ranking::len).await
    }

    /// Asks the ranking of a list, which is made or brought to this moment for that.
    async fn ranked<T: Send>(
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
            if effort == Effort::Short || !is_worth_it {
                return Ok(None);
            }
            let Some(_making) = ranks.begin(list) else { return Ok(None) };
            let ranking = self.make(told).await?;
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
        let most = if effort == Effort::Short { SHORT_CHANGES_MAX } else { CHANGES_MAX };
        let steps = if moment.0 - known.0 > most { None } else { self.steps(list, (known, moment), told).await? };
        match steps {
            Some(steps) => Ok(ranks.advance(list, known, moment, &steps)),
            None => {
                ranks.forget(list, known);
                Ok(false)
            }
        }
    }

    /// Who may have come into a list or gone from it. `None`: only to look at everybody would tell.
    async fn steps(&mut self, list: &List, (from, to): (Moment, Moment), told: &Told<'_>) -> Result<Option<Vec<Step>>, StoreError> {
        let Some(moved) = self.moved(from, to).await? else { return Ok(None) };
        if list.is_everybody() {
            let came = moved.into_iter().filter(|(_, moved)| *moved != Moved::Stayed);
            return Ok(Some(came.map(|(number, moved)| (number, moved == Moved::Came)).collect()));
        }
        let mut steps: Vec<Step> = moved.keys().map(|number| (*number, false)).collect();
        let sets = steps.iter().map(|(number, _)| values![i64::from(*number)]).collect();
        let look = |place: usize, row: &Row<'_>| {
            if let Some(step) = steps.get_mut(place) {
                step.1 = Packed::new(row.bytes(1)?).passes(told.filter)?;
            }
            Ok(())
        };
        self.for_each_of(&RECORDS.followed_by(" and number = $2"), sets, look).await?;
        Ok(Some(steps))
    }

    /// The ranking of a list, made by a look at everybody in it.
    async fn make(&mut self, told: &Told<'_>) -> Result<Ranking, StoreError> {
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
}

/// Whether the window of a query may be read by a ranking: it is not too large, and does not begin where an index leads at once.
fn is_ranked(query: &PersonQuery, is_exact: bool) -> bool {
    let is_begun_at_once = || is_exact && query.window.offset == 0 && compile::people_effort(query) == Effort::Short;
    query.window.limit.is_some_and(|limit| limit <= ROWS_MAX) && !is_begun_at_once()
}

const fn down(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "",
        Direction::Descending => " desc",
    }
}

fn stretch(ranking: &Ranking, window: Window, direction: Direction, is_walked: bool) -> Stretch {
    let all = ranking.len();
    let offset = window.offset.min(all);
    let count = window.limit.unwrap_or(u64::MAX).min(all - offset);
    let first = if direction == Direction::Descending { all - offset - count } else { offset };
    let at = |place: u64| u32::try_from(place).ok().and_then(|place| ranking.select(place));
    let Some((low, high)) = (count > 0).then(|| at(first).zip(at(first + count - 1))).flatten() else { return Stretch::Nobody };
    if is_walked {
        return Stretch::Between(low, high);
    }
    let mut numbers: Vec<u32> = ranking.range(low..=high).collect();
    if direction == Direction::Descending {
        numbers.reverse();
    }
    Stretch::Numbers(numbers)
}
