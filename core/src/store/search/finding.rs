//! People found through the index, each asked in the snapshot of the transaction.

use super::current::{Current, Moment, Standing};
use super::index::Found;
use super::named::Named;
use super::ways::{Asked, Plan, Way, is_by_number};
use super::{needles, ways};
use crate::query::{self, Filter, OrderTerm, PersonQuery, Window};
use crate::store::backend::Effort;
use crate::store::compile;
use crate::store::error::StoreError;
use crate::store::people::{ROWS, is_alone, sequence_of};
use crate::store::record::Packed;
use crate::store::sieve::{Candidate, Sieve};
use crate::store::sql::{Bound, Row, values};
use crate::store::transaction::ReadTransaction;
use std::cmp::Ordering;
use std::ops::ControlFlow;

const ONE: Bound = Bound::new("select record, sequence, memberships_sequence from people where organization_id = $1 and number = $2");

/// People that are looked up at once, at least and at most.
const LOOKED_UP: (usize, usize) = (16, 500);

/// Somebody who passes, as packed.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) record: Vec<u8>,
    /// Of the last change of the record or of its memberships.
    pub(crate) sequence: i64,
}

impl Candidate for Held {
    fn passes(&self, filter: &Filter) -> bool {
        filter.matches(&Packed::new(&self.record))
    }

    fn compare(&self, other: &Self, order: &[OrderTerm]) -> Ordering {
        query::compare(order, &Packed::new(&self.record), &Packed::new(&other.record))
    }
}

/// Whether the index may know who is to be asked.
pub(super) fn is_for_the_index(query: &PersonQuery) -> bool {
    query.member_of.is_none() && needles::is_search(&query.filter) && is_alone(query)
}

/// Who may pass, and how they are best asked.
pub(super) fn plan(current: &Current, query: &PersonQuery, with_total: bool) -> Option<(Found, Plan)> {
    let found = needles::found(&current.index, &query.filter)?;
    let asked = Asked { order: &query.order, window: query.window, with_total };
    let plan = ways::plan(&found, current.index.people, asked)?;
    Some((found, plan))
}

/// What a search costs that is about names alone.
pub(super) fn effort(current: &Current, query: &PersonQuery, with_total: bool) -> Option<Effort> {
    if is_by_number(&query.order)
        && Named::is_about(&query.filter)
        && let Some(at_most) = needles::at_most(&current.index, &query.filter)
    {
        return Some(ways::effort_of_names(at_most, query.window));
    }
    plan(current, query, with_total).map(|(_, plan)| plan.effort())
}

/// The people of a search by name, as far as they are known without reading anything.
struct Search {
    found: Found,
    plan: Plan,
    /// The window in those who were found.
    window: Window,
    total: Option<u64>,
}

impl Search {
    /// At this moment, by an index that was brought there, or further.
    fn of(current: &Current, moment: Moment, query: &PersonQuery, with_total: bool, known: Option<u64>) -> Option<Self> {
        // Others may have brought it on meanwhile.
        let Standing::Usable(others) = current.standing(moment) else { return None };
        if let (true, Some(named)) = (others.is_empty(), Named::of(&query.filter))
            && let Some(search) = Self::by_name(current, &named, query, with_total, known)
        {
            return search;
        }
        let (mut found, plan) = plan(current, query, with_total && known.is_none())?;
        if let Some(people) = &mut found.people {
            people.extend(others);
        }
        Some(Self { found, plan, window: query.window, total: known })
    }

    /// Decided by the names. `None`: they do not know.
    fn by_name(current: &Current, named: &Named, query: &PersonQuery, with_total: bool, known: Option<u64>) -> Option<Option<Self>> {
        let people = needles::found(&current.index, &query.filter)?.people?;
        let is_by_number = is_by_number(&query.order);
        let enough = (is_by_number && (!with_total || known.is_some())).then(|| query.window.end());
        let passing = named.among(&current.index.names, &people, enough);
        if !passing.is_sure {
            return None;
        }
        let total = known.or_else(|| (with_total).then(|| passing.people.len()));
        if is_by_number {
            let after = passing.people.iter().skip(usize::try_from(query.window.offset).unwrap_or(usize::MAX));
            let limit = query.window.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
            let found = Found::surely(after.take(limit).collect());
            let window = Window { offset: 0, ..query.window };
            return Some(ways::each_of(found.at_most).map(|plan| Self { found, plan, window, total }));
        }
        let found = Found::surely(passing.people);
        let asked = Asked { order: &query.order, window: query.window, with_total: false };
        let plan = ways::plan(&found, current.index.people, asked);
        Some(plan.map(|plan| Self { found, plan, window: query.window, total }))
    }
}

impl ReadTransaction {
    /// The people of a query for text, in its order, and how many there are where that is asked for. `None`: the database is to
    /// find them.
    pub(crate) async fn searched_people(
        &mut self,
        query: &PersonQuery,
        with_total: bool,
    ) -> Result<Option<(Vec<Held>, Option<u64>)>, StoreError> {
        if !is_for_the_index(query) {
            return Ok(None);
        }
        let Some(usable) = self.index().await? else { return Ok(None) };
        let moment = self.sequence().await?;
        let known = if with_total { usable.kept.total(moment, &query.filter) } else { None };
        let search = Search::of(&usable.kept.read(), moment, query, with_total, known);
        let Some(Search { found, plan, window, total }) = search else { return Ok(None) };
        let by = (plan.way == Way::All && !is_by_number(&query.order)).then_some(query.order.as_slice());
        let mut sieve = Sieve::new(&query.filter, by, window, with_total && total.is_none());
        let is_answered = match plan.way {
            Way::AlongOrder => self.walk_along(&mut sieve, &query.order, plan.asked_max).await?,
            Way::All | Way::ByNumber => self.look_up(&mut sieve, &found, plan).await?,
        };
        if !is_answered {
            return Ok(None);
        }
        let (held, passed) = sieve.finish();
        if let (Some(passed), None) = (passed.or(total), known) {
            usable.kept.remember_total(moment, &query.filter, passed);
        }
        Ok(Some((held, passed.or(total))))
    }

    /// Asks those who were found, by number. `false`: far fewer pass than was thought.
    async fn look_up(&mut self, sieve: &mut Sieve<'_, Held>, found: &Found, plan: Plan) -> Result<bool, StoreError> {
        let people: Vec<u32> = found.people.iter().flatten().collect();
        let at_once = match plan.way {
            Way::All => LOOKED_UP.1,
            // As many as fill the window if it goes as was thought.
            _ => (sieve.window.end() as u64).saturating_mul(people.len() as u64) as usize / (found.likely.max(1) as usize),
        };
        let mut asked = 0;
        for some in people.chunks(at_once.clamp(LOOKED_UP.0, LOOKED_UP.1)) {
            if sieve.is_full() {
                break;
            }
            if plan.asked_max.is_some_and(|most| asked > most) {
                return Ok(false);
            }
            let sets = some.iter().map(|number| values![i64::from(*number)]).collect();
            let offer = |_, row: &Row<'_>| if sieve.is_full() { Ok(()) } else { offer(sieve, row).map(drop) };
            self.for_each_of(&ONE, sets, offer).await?;
            asked += some.len() as u64;
        }
        Ok(true)
    }

    /// Asks everybody in the order, until the window is full. `false`: far fewer pass than was thought.
    async fn walk_along(&mut self, sieve: &mut Sieve<'_, Held>, order: &[OrderTerm], asked_max: Option<u64>) -> Result<bool, StoreError> {
        let Some(order) = compile::order_by(order, &compile::PEOPLE) else { return Ok(false) };
        let limit = asked_max.and_then(|most| i64::try_from(most).ok()).unwrap_or(i64::MAX);
        let mut asked = 0;
        let read = |row: &Row<'_>| {
            asked += 1;
            offer(sieve, row)
        };
        self.walk(&ROWS.followed_by(&format!("{order} limit $2")), values![limit], read).await?;
        Ok(sieve.is_full() || asked < limit)
    }
}

/// Whoever does not pass is never copied.
fn offer(sieve: &mut Sieve<'_, Held>, row: &Row<'_>) -> Result<ControlFlow<()>, StoreError> {
    let record = row.bytes(0)?;
    if !Packed::new(record).passes(sieve.filter)? {
        return Ok(ControlFlow::Continue(()));
    }
    sieve.take(|| Ok(Held { record: record.to_vec(), sequence: sequence_of(row)? }))
}
