//! The console's search: whoever has all the words, the best found first.

use super::current::Current;
use super::index::Index;
pub(crate) use super::words::LookedFor;
use super::words::{Rank, is_in_label, is_number, meant_by};
use crate::domain::{GroupNumber, Person, PersonNumber, folded};
use crate::query::{Filter, PersonQuery, Record, TextField};
use crate::store::error::StoreError;
use crate::store::record::{Packed, PackedPerson};
use crate::store::sql::{Bound, Row, values};
use crate::store::transaction::ReadTransaction;
use roaring::RoaringBitmap;
use std::ops::ControlFlow;

const RECORDS: Bound = Bound::new("select record from people where organization_id = $1");
const ONE: Bound = Bound::new("select record from people where organization_id = $1 and number = $2");

const MEMBERS: Bound = Bound::new("select person_number from memberships where organization_id = $1 and group_number = $2");

/// More people than this for one word are narrowed down by what is known of half a trigram too.
const MANY: u64 = 500;
/// People that are read at once.
const READ_AT_ONCE: usize = 500;

/// Somebody who was found; the least is shown first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Ranked {
    rank: (Rank, usize),
    name: String,
    number: i64,
}

/// Who is shown of those who are found.
struct Asked<'a> {
    looked_for: &'a LookedFor,
    /// Of the person alone: it is decided on the packed record.
    filter: &'a Filter,
    /// The members of a group, where only these are wanted.
    members: Option<RoaringBitmap>,
}

impl ReadTransaction {
    /// The window of those of a query who have all the words, the best found first, and how many there are in all.
    pub(crate) async fn look_for(&mut self, looked_for: &LookedFor, query: &PersonQuery) -> Result<(Vec<Person>, u64), StoreError> {
        let members = match query.member_of {
            Some(group) => Some(self.numbers_of_members(group).await?),
            None => None,
        };
        let asked = Asked { looked_for, filter: &query.filter, members };
        let mut ranked = match self.index().await? {
            Some(usable) => {
                let mut people = candidates(&usable.kept.read(), looked_for);
                people.extend(usable.others);
                self.found_among(&asked, people).await?
            }
            // Until there is an index everybody is asked.
            None => self.found_among_all(&asked).await?,
        };
        ranked.sort();
        let total = ranked.len() as u64;
        let numbers: Vec<PersonNumber> =
            query.window.cut(ranked).iter().filter_map(|ranked| PersonNumber::new(ranked.number).ok()).collect();
        let mut people = self.people_numbered(numbers.iter().copied()).await?;
        Ok((numbers.iter().filter_map(|number| people.remove(number)).collect(), total))
    }

    async fn numbers_of_members(&mut self, group: GroupNumber) -> Result<RoaringBitmap, StoreError> {
        let numbers = self.all(&MEMBERS, values![group.get()], |row| row.integer(0)).await?;
        Ok(numbers.into_iter().filter_map(|number| u32::try_from(number).ok()).collect())
    }

    async fn found_among(&mut self, asked: &Asked<'_>, mut people: RoaringBitmap) -> Result<Vec<Ranked>, StoreError> {
        let mut found = Vec::new();
        if let Some(members) = &asked.members {
            people &= members;
        }
        let numbers: Vec<u32> = people.iter().collect();
        for some in numbers.chunks(READ_AT_ONCE) {
            let sets = some.iter().map(|number| values![i64::from(*number)]).collect();
            let read = |_, row: &Row<'_>| {
                found.extend(asked.rank(row)?);
                Ok(())
            };
            self.for_each_of(&ONE, sets, read).await?;
        }
        Ok(found)
    }

    async fn found_among_all(&mut self, asked: &Asked<'_>) -> Result<Vec<Ranked>, StoreError> {
        let mut found = Vec::new();
        let read = |row: &Row<'_>| {
            found.extend(asked.rank(row)?);
            Ok(ControlFlow::Continue(()))
        };
        self.walk(&RECORDS, values![], read).await?;
        Ok(found)
    }
}

impl Asked<'_> {
    fn rank(&self, row: &Row<'_>) -> Result<Option<Ranked>, StoreError> {
        let unreadable = |_| StoreError::Unreadable { what: "record of a person" };
        let record = row.bytes(0)?;
        let packed = Packed::new(record);
        let number = packed.record_number();
        let is_member = |members: &RoaringBitmap| u32::try_from(number).is_ok_and(|number| members.contains(number));
        if !self.members.as_ref().is_none_or(is_member) {
            return Ok(None);
        }
        let Some(rank) = self.looked_for.rank(&PackedPerson::new(record).map_err(unreadable)?) else { return Ok(None) };
        if !packed.passes(self.filter)? {
            return Ok(None);
        }
        let name = packed.text(TextField::Name).map(|name| folded(&name)).unwrap_or_default();
        Ok(Some(Ranked { rank, name, number }))
    }
}

/// Who may have all the words.
fn candidates(current: &Current, looked_for: &LookedFor) -> RoaringBitmap {
    let each = looked_for.words().iter().map(|word| holding(&current.index, word));
    each.reduce(|left, right| left & right).unwrap_or_default()
}

/// Who may have a word, or what it stands for by a typo.
fn holding(index: &Index, word: &[char]) -> RoaringBitmap {
    let mut people = inside(index, word);
    for meant in meant_by(word) {
        people |= like(index, &meant);
    }
    if is_number(word) {
        people |= index.numbered(&word.iter().collect::<String>());
    }
    people | index.labelled(|label| is_in_label(word, label))
}

fn inside(index: &Index, word: &[char]) -> RoaringBitmap {
    if word.len() < 3 {
        return index.with_letters(word);
    }
    like(index, &word.iter().copied().map(Some).collect::<Vec<_>>())
}

/// Who may have a word with gaps: three letters or more. What has no gap is looked at first, and what has one only where
/// that leaves many.
fn like(index: &Index, word: &[Option<char>]) -> RoaringBitmap {
    let gaps = |part: &&[Option<char>]| part.iter().filter(|letter| letter.is_none()).count();
    let mut parts: Vec<&[Option<char>]> = word.windows(3).collect();
    parts.sort_by_key(gaps);
    let mut people: Option<RoaringBitmap> = None;
    for part in parts {
        if gaps(&part) > 0 && people.as_ref().is_some_and(|people| people.len() <= MANY) {
            break;
        }
        let [first, second, third] = *part else { continue };
        let with = index.like([first, second, third]);
        people = Some(match people {
            Some(people) => people & with,
            None => with,
        });
    }
    people.unwrap_or_default()
}
