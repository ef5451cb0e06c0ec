//! Pages and totals read by rankings.

use super::blocks::{Column, Key, Range};
use super::making::{SHORT_CHANGES_MAX, Told};
use super::{List, Ranking, Ranks, list};
use crate::domain::OrganizationId;
use crate::query::{Direction, PersonQuery, Window};
use crate::store::backend::Effort;
use crate::store::compile;
use crate::store::error::StoreError;
use crate::store::people::ROWS;
use crate::store::sql::{Row, Value, values};
use crate::store::transaction::ReadTransaction;

/// Rows of a page that is read by a ranking. A larger one is worth a walk.
const ROWS_MAX: u64 = 10_000;
/// Rows that are rather stepped over than a ranking is made of their list.
const OFFSET_MIN: u64 = 1000;

/// People one after another in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stretch {
    /// So many from a number on.
    From(u32, u64),
    /// Those with these numbers.
    Numbers(Vec<u32>),
    /// Those in ranges of a column's index, after so many in the first of them.
    Ranges(Vec<Range>, u64),
}

impl Ranks {
    /// How much the people of a query may cost, known before the read begins.
    pub(in crate::store) fn effort(&self, organization: OrganizationId, query: &PersonQuery, with_total: bool) -> Effort {
        let is_found = compile::people_effort(query) == Effort::Short && query.window.offset < OFFSET_MIN;
        let is_counted = with_total && !compile::is_counted_at_once(&query.filter);
        if is_found && !is_counted {
            return Effort::Short;
        }
        let is_near = |list: &List| self.is_near(list, SHORT_CHANGES_MAX);
        let Some(people) = List::of(organization, query) else { return Effort::Long };
        let is_page = query.window.limit.is_some_and(|limit| limit <= ROWS_MAX);
        let is_ranked = people.clone().ordered(&query.order).is_some_and(|list| is_near(&list));
        let is_short = (is_found || is_ranked && is_page) && (!is_counted || is_ranked || is_near(&people));
        if is_short { Effort::Short } else { Effort::Long }
    }
}

impl ReadTransaction {
    /// The rows of the window of a list. `None`: they are as well read without a ranking, or there is none to read them by.
    pub(in crate::store) async fn ranked_rows<T: Send>(
        &mut self,
        query: &PersonQuery,
        told: &Told<'_>,
        with_total: bool,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Option<Vec<T>>, StoreError> {
        let window = query.window;
        if !is_ranked(query, told.is_exact) {
            return Ok(None);
        }
        let list = List::of(self.organization(), query).and_then(|list| list.ordered(&query.order));
        // What a column's index is walked by is not asked of each in memory.
        let Some(list) = list.filter(|list| told.is_exact || list.by.is_none()) else { return Ok(None) };
        let direction = list::by_number(&query.order).unwrap_or(Direction::Ascending);
        let is_walked = told.is_exact && (list.is_of_everybody() || list::is_one_equality(told.filter));
        let is_worth_it = with_total || window.offset >= OFFSET_MIN;
        let question = |ranking: &Ranking| stretch(ranking, window, direction, is_walked);
        match self.ranked(&list, told, is_worth_it, question).await? {
            None => Ok(None),
            Some(Stretch::From(number, count)) => self.onwards((number, count), direction, told, read).await.map(Some),
            Some(Stretch::Numbers(numbers)) => self.numbered(&numbers, read).await.map(Some),
            Some(Stretch::Ranges(ranges, skip)) => {
                let limit = window.limit.unwrap_or(ROWS_MAX);
                let Some(column) = list.by else { return Ok(None) };
                self.in_ranges(column, ranges, (limit, skip), told, read).await.map(Some)
            }
        }
    }

    /// How many there are in a list. `None`: there is no ranking to say it.
    pub(in crate::store) async fn ranked_total(&mut self, query: &PersonQuery, told: &Told<'_>) -> Result<Option<u64>, StoreError> {
        let Some(list) = List::of(self.organization(), query) else { return Ok(None) };
        if let Some(ordered) = list.clone().ordered(&query.order).filter(|ordered| ordered.by.is_some() && told.is_exact)
            && let Some(total) = self.ranked(&ordered, told, false, Ranking::len).await?
        {
            return Ok(Some(total));
        }
        self.ranked(&list, told, true, Ranking::len).await
    }

    async fn onwards<T: Send>(
        &mut self,
        (number, count): (u32, u64),
        direction: Direction,
        told: &Told<'_>,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = Statement::new(told);
        let number = statement.parameter(i64::from(number));
        let rest = match direction {
            // Bound on one side alone: with both, SQLite would rather look at everybody between them than walk a filter's index.
            Direction::Ascending => format!("{} and number >= {number} order by number", told.condition),
            Direction::Descending => format!("{} and number <= {number} order by number desc", told.condition),
        };
        let (cut, values) = Window::new(0, count).as_clause(statement.values);
        self.all(&ROWS.followed_by(&format!("{rest}{cut}")), values, read).await
    }

    async fn numbered<T: Send>(
        &mut self,
        numbers: &[u32],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Vec<T>, StoreError> {
        let sets = numbers.iter().map(|number| values![i64::from(*number)]).collect();
        let mut rows = Vec::with_capacity(numbers.len());
        let take = |_, row: &Row<'_>| read(row).map(|row| rows.push(row));
        self.for_each_of(&ROWS.followed_by(" and number = $2"), sets, take).await?;
        Ok(rows)
    }

    async fn in_ranges<T: Send>(
        &mut self,
        column: Column,
        ranges: Vec<Range>,
        (limit, mut skip): (u64, u64),
        told: &Told<'_>,
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Vec<T>, StoreError> {
        let mut rows = Vec::new();
        for range in ranges {
            let wanted = limit.saturating_sub(rows.len() as u64);
            let mut statement = Statement::new(told);
            let rest = statement.range(column, range);
            let (cut, values) = Window::new(skip, wanted).as_clause(statement.values);
            let found = self.all(&ROWS.followed_by(&format!("{}{rest}{cut}", told.condition)), values, &mut read).await?;
            rows.extend(found);
            skip = 0;
        }
        Ok(rows)
    }
}

/// The values of a statement that goes on where those of a filter end.
struct Statement {
    values: Vec<Value>,
}

impl Statement {
    fn new(told: &Told<'_>) -> Self {
        Self { values: told.values.to_vec() }
    }

    fn parameter(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len() + 1)
    }

    fn key(&mut self, key: Key) -> String {
        match key {
            Key::Absent => self.parameter(Value::Null),
            Key::Integer(integer) => self.parameter(integer),
            Key::Text(text) => self.parameter(text),
            Key::Bytes(bytes) => self.parameter(bytes),
        }
    }

    /// The condition and the order of one range. The order is always that of the column's index, or its opposite, so that the
    /// index is walked; who has nothing there has a range alone.
    fn range(&mut self, column: Column, range: Range) -> String {
        let (name, is_down) = (column.name, column.direction == Direction::Descending);
        let (up, down) = if column.is_required { ("", " desc") } else { (" nulls first", " desc nulls last") };
        match range {
            Range::Tied(key, number) => {
                let is_it = if key == Key::Absent { format!("{name} is null") } else { format!("{name} = {}", self.key(key)) };
                let number = self.parameter(number);
                format!(" and {is_it} and number >= {number} order by {name}{up}, number")
            }
            Range::Spread { from, until } => {
                let mut condition = String::new();
                if from.is_none() && until.is_none() && !column.is_required {
                    condition.push_str(&format!(" and {name} is not null"));
                }
                if let Some((key, is_included)) = from {
                    let operator = if is_down { "<" } else { ">" };
                    let equal = if is_included { "=" } else { "" };
                    condition.push_str(&format!(" and {name} {operator}{equal} {}", self.key(key)));
                }
                if let Some(key) = until {
                    let operator = if is_down { ">" } else { "<" };
                    condition.push_str(&format!(" and {name} {operator} {}", self.key(key)));
                }
                format!("{condition} order by {name}{}, number", if is_down { down } else { up })
            }
        }
    }
}

/// Whether the window of a query may be read by a ranking: it is not too large, and does not begin where an index leads at once.
fn is_ranked(query: &PersonQuery, is_exact: bool) -> bool {
    let is_begun_at_once = || is_exact && query.window.offset == 0 && compile::people_effort(query) == Effort::Short;
    query.window.limit.is_some_and(|limit| limit <= ROWS_MAX) && !is_begun_at_once()
}

fn stretch(ranking: &Ranking, window: Window, direction: Direction, is_walked: bool) -> Stretch {
    let all = ranking.len();
    let offset = window.offset.min(all);
    let count = window.limit.unwrap_or(u64::MAX).min(all - offset);
    let numbers = match ranking {
        Ranking::Numbers(numbers) => numbers,
        Ranking::Blocks(blocks) => {
            let (ranges, skip) = blocks.ranges(offset, count);
            return Stretch::Ranges(ranges, skip);
        }
    };
    let first = if direction == Direction::Descending { all - offset - count } else { offset };
    let at = |place: u64| u32::try_from(place).ok().and_then(|place| numbers.select(place));
    let ends = if count == 0 { None } else { at(first).zip(at(first + count - 1)) };
    let Some((low, high)) = ends else { return Stretch::Numbers(Vec::new()) };
    if is_walked {
        return Stretch::From(if direction == Direction::Descending { high } else { low }, count);
    }
    let mut numbers: Vec<u32> = numbers.range(low..=high).collect();
    if direction == Direction::Descending {
        numbers.reverse();
    }
    Stretch::Numbers(numbers)
}
