//! Lists of people: by an index where one leads to them in their order, else each asked in memory.

use super::{NUMBERS, SINGLE_LOOKUPS_MAX, read_person};
use crate::domain::{GroupNumber, NamedPerson, OrganizationId, Person, PersonNumber, Place};
use crate::query::{self, Filter, Including, ListField, OrderTerm, PersonQuery, PersonRecord, Window};
use crate::store::backend::{Effort, Store};
use crate::store::catalogue::number;
use crate::store::compile::{self, Compiled, compile};
use crate::store::error::StoreError;
use crate::store::ranks::Told;
use crate::store::record::{self, Packed, PackedPeople};
use crate::store::search::Held;
use crate::store::sieve::{Candidate, Sieve};
use crate::store::sql::{Bound, Row, Value, values};
use crate::store::transaction::ReadTransaction;
use std::cmp::Ordering;
use std::ops::ControlFlow;

/// People in the order of a query.
#[derive(Debug, Default)]
pub(crate) struct PersonList {
    pub(crate) people: Vec<PersonRow>,
    /// How many there are outside the window too, where asked for.
    pub(crate) total: Option<u64>,
}

/// One person of a list, with what was asked for beside it.
#[derive(Debug)]
pub(crate) struct PersonRow {
    pub(crate) person: Person,
    /// Of the last change of its record or of its memberships.
    pub(crate) sequence: i64,
    pub(crate) places: Vec<Place>,
    pub(crate) manager: Option<NamedPerson>,
}

impl PersonRow {
    fn record(&self) -> PersonRecord<'_> {
        PersonRecord { person: &self.person, groups: &self.places, manager: self.manager.as_ref() }
    }
}

impl Candidate for PersonRow {
    fn passes(&self, filter: &Filter) -> bool {
        filter.matches(&self.record())
    }

    fn compare(&self, other: &Self, order: &[OrderTerm]) -> Ordering {
        query::compare(order, &self.record(), &other.record())
    }
}

/// Of the people of a list, as [`read_row`] reads them.
pub(in crate::store) const ROWS: Bound = Bound::new("select record, sequence, memberships_sequence from people where organization_id = $1");
const COUNT: Bound = Bound::new("select count(*) from people where organization_id = $1");
const KEYS: Bound = Bound::new(
    "select page.record, page.sequence, page.memberships_sequence from (select number as place from people where organization_id = $1",
);

/// People for whom room is made before they are read.
const ROOM_MAX: u64 = 256;

/// How many people are read together with what stands around them; as many may be read in vain.
const LOOKED_AROUND_AT_ONCE: usize = 50;

/// What stands around a person, as far as a filter or an order needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Around {
    groups: bool,
    manager: bool,
}

impl Around {
    fn needed(query: &PersonQuery) -> Self {
        let mentions = |list| query.filter.mentions(&list) || query.order.iter().any(|term| term.mentions(&list));
        Self { groups: mentions(ListField::Groups), manager: mentions(ListField::Manager) }
    }
}

/// Whether people are asked for by what they are themselves.
pub(in crate::store) fn is_alone(query: &PersonQuery) -> bool {
    Around::needed(query) == Around::default()
}

impl Store {
    /// How much listing these people may cost, known before the transaction begins.
    pub(crate) fn people_effort(&self, organization: OrganizationId, query: &PersonQuery, including: Including) -> Effort {
        let is_long = query.window.limit.is_none_or(|limit| limit > SINGLE_LOOKUPS_MAX as u64);
        if query.member_of.is_some() || is_long && (query.with_groups || including.groups || including.manager) {
            return Effort::Long;
        }
        self.ranks().effort(organization, query, including.total)
    }
}

impl ReadTransaction {
    /// The people of a query, in its order.
    pub(crate) async fn people(&mut self, query: &PersonQuery, including: Including) -> Result<PersonList, StoreError> {
        if let Some((held, total)) = self.searched_people(query, including.total).await? {
            let mut people = held.iter().map(row_of_held).collect::<Result<Vec<_>, _>>()?;
            self.look_around(&mut people, Around { groups: including.groups, manager: including.manager }).await?;
            return Ok(PersonList { people, total });
        }
        let (condition, compiled) = self.condition(&query.filter, query.member_of);
        let needed = Around::needed(query);
        let (mut list, known) = match self.found_people(query, including.total, (&condition, &compiled), read_row).await? {
            Some((people, total)) => (PersonList { people, total }, Around::default()),
            None => {
                let order = compile::order_by(&query.order, &compile::PEOPLE);
                let by = order.is_none().then_some(query.order.as_slice());
                let mut sieve = Sieve::new(&query.filter, by, query.window, including.total);
                let rest = format!("{condition}{}", order.unwrap_or_default());
                self.sift(&mut sieve, needed, &rest, compiled.values).await?;
                let (people, total) = sieve.finish();
                (PersonList { people, total }, needed)
            }
        };
        let wanted = Around { groups: including.groups && !known.groups, manager: including.manager && !known.manager };
        self.look_around(&mut list.people, wanted).await?;
        Ok(list)
    }

    /// The people of a query as they are packed, in its order, and how many there are where that is asked for.
    pub(crate) async fn packed_people(&mut self, query: &PersonQuery, with_total: bool) -> Result<(PackedPeople, Option<u64>), StoreError> {
        let mut packed = PackedPeople::with_room_for(query.window.limit.map_or(0, |limit| limit.min(ROOM_MAX) as usize));
        if let Some((held, total)) = self.searched_people(query, with_total).await? {
            held.iter().try_for_each(|person| packed.push(&person.record, person.sequence))?;
            return Ok((packed, total));
        }
        let (condition, compiled) = self.condition(&query.filter, query.member_of);
        let read = |row: &Row<'_>| packed.push(row.bytes(0)?, sequence_of(row)?);
        if let Some((_, total)) = self.found_people(query, with_total, (&condition, &compiled), read).await? {
            return Ok((packed, total));
        }
        let list = self.people(query, Including { total: with_total, ..Including::default() }).await?;
        for row in list.people {
            packed.push(&record::encode(&row.person), row.sequence)?;
        }
        Ok((packed, list.total))
    }

    /// How the database means to find the people of a query.
    #[cfg(test)]
    pub(crate) async fn plan_of_people(&mut self, query: &PersonQuery) -> Result<Vec<String>, StoreError> {
        let (condition, compiled) = self.condition(&query.filter, query.member_of);
        let order = compile::order_by(&query.order, &compile::PEOPLE).unwrap_or_default();
        let (statement, _) = page_statement(&condition, &order, compiled.values, query.window);
        self.plan(&statement).await
    }

    /// How many people pass a filter.
    pub(crate) async fn count_people(&mut self, filter: &Filter) -> Result<u64, StoreError> {
        let query = PersonQuery { filter: filter.clone(), window: Window::new(0, 0), ..PersonQuery::default() };
        let list = self.people(&query, Including { total: true, ..Including::default() }).await?;
        Ok(list.total.unwrap_or(0))
    }

    fn condition(&self, filter: &Filter, member_of: Option<GroupNumber>) -> (String, Compiled) {
        let mut compiled = compile(filter, &compile::PEOPLE, self.connection(), 2);
        let mut condition = compiled.condition.clone();
        if let Some(group) = member_of {
            compiled.values.push(Value::from(group.get()));
            let parameter = compiled.values.len() + 1;
            condition.push_str(&format!(
                " and number in (select person_number from memberships where organization_id = $1 and group_number = ${parameter})"
            ));
        }
        (condition, compiled)
    }

    /// People whom an index or a ranking finds in their order: the rows of the window, and the total. `None`: each is to be asked.
    async fn found_people<T: Send>(
        &mut self,
        query: &PersonQuery,
        with_total: bool,
        (condition, compiled): (&str, &Compiled),
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError> + Send,
    ) -> Result<Option<(Vec<T>, Option<u64>)>, StoreError> {
        let told = Told { filter: &query.filter, order: &query.order, condition, values: &compiled.values, is_exact: compiled.is_exact };
        let rows = match self.ranked_rows(query, &told, with_total, &mut read).await? {
            Some(rows) => rows,
            None => match compile::order_by(&query.order, &compile::PEOPLE).filter(|_| compiled.is_exact) {
                None => return Ok(None),
                Some(_) if query.window.limit == Some(0) => Vec::new(),
                Some(order) => {
                    let (statement, values) = page_statement(condition, &order, compiled.values.clone(), query.window);
                    self.all(&statement, values, read).await?
                }
            },
        };
        let total = match query.window.total_after(rows.len()) {
            _ if !with_total => None,
            Some(total) => Some(total),
            None => match self.ranked_total(query, &told).await? {
                Some(total) => Some(total),
                None if compiled.is_exact => Some(self.count(condition, compiled.values.clone()).await?),
                None => return Ok(None),
            },
        };
        Ok(Some((rows, total)))
    }

    async fn count(&mut self, condition: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        let count = self.first(&COUNT.followed_by(condition), values, |row| row.integer(0)).await?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
    }

    /// People of a superset, each asked in memory, with what stands around it where that is needed to ask.
    async fn sift(&mut self, sieve: &mut Sieve<'_, PersonRow>, needed: Around, rest: &str, values: Vec<Value>) -> Result<(), StoreError> {
        if sieve.is_full() {
            return Ok(());
        }
        if needed == Around::default() {
            let offer = |row: &Row<'_>| {
                let packed = Packed::new(row.bytes(0)?);
                // Who does not pass, or is only counted, is never unpacked.
                if packed.passes(sieve.filter)? { sieve.take(|| row_of(row, packed.unpacked()?)) } else { Ok(ControlFlow::Continue(())) }
            };
            return self.walk(&ROWS.followed_by(rest), values, offer).await;
        }
        let candidates: Vec<PersonNumber> = self.all(&NUMBERS.followed_by(rest), values, |row| number(row, 0)).await?;
        for some in candidates.chunks(LOOKED_AROUND_AT_ONCE) {
            let mut rows = Vec::with_capacity(some.len());
            let sets = some.iter().map(|candidate| values![candidate.get()]).collect();
            let take = |_, row: &Row<'_>| read_row(row).map(|row| rows.push(row));
            self.for_each_of(&ROWS.followed_by(" and number = $2"), sets, take).await?;
            self.look_around(&mut rows, needed).await?;
            for row in rows {
                if sieve.offer(row)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    async fn look_around(&mut self, rows: &mut [PersonRow], wanted: Around) -> Result<(), StoreError> {
        if wanted.groups {
            let places = self.places_of_page(rows.iter().map(|row| row.person.number)).await?;
            for row in rows.iter_mut() {
                row.places = places.of(row.person.number).iter().cloned().collect();
            }
        }
        if wanted.manager {
            let managers = self.people_numbered(rows.iter().filter_map(|row| row.person.manager)).await?;
            for row in rows {
                row.manager = row.person.manager.and_then(|manager| managers.get(&manager)).map(NamedPerson::from);
            }
        }
        Ok(())
    }
}

/// The statement for one window of people, and its values.
fn page_statement(condition: &str, order: &str, values: Vec<Value>, window: Window) -> (Bound, Vec<Value>) {
    let (cut, values) = window.as_clause(values);
    let statement = if window.offset == 0 {
        ROWS.followed_by(&format!("{condition}{order}{cut}"))
    } else {
        // Rows that are stepped over are stepped over in the index alone; only the page's own are read.
        KEYS.followed_by(&format!(
            "{condition}{order}{cut}) keys join people page on page.organization_id = $1 and page.number = keys.place{order}"
        ))
    };
    (statement, values)
}

fn read_row(row: &Row<'_>) -> Result<PersonRow, StoreError> {
    row_of(row, read_person(row)?)
}

/// A row whose record is this person.
fn row_of(row: &Row<'_>, person: Person) -> Result<PersonRow, StoreError> {
    Ok(PersonRow { person, sequence: sequence_of(row)?, places: Vec::new(), manager: None })
}

/// Of the last change of a record or of its memberships.
pub(in crate::store) fn sequence_of(row: &Row<'_>) -> Result<i64, StoreError> {
    Ok(row.integer(1)?.max(row.integer(2)?))
}

fn row_of_held(held: &Held) -> Result<PersonRow, StoreError> {
    Ok(PersonRow { person: record::decode(&held.record)?, sequence: held.sequence, places: Vec::new(), manager: None })
}
