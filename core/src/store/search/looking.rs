//! The console's search: whoever has all the words, the best found first.

use super::current::Current;
use super::index::Index;
pub(crate) use super::words::LookedFor;
use super::words::{Rank, is_in_label, meant_by};
use crate::domain::{Person, PersonNumber, folded};
use crate::query::{Record, TextField, Window};
use crate::store::error::StoreError;
use crate::store::record::{Packed, PackedPerson};
use crate::store::sql::{Bound, Row, values};
use crate::store::transaction::ReadTransaction;
use roaring::RoaringBitmap;
use std::ops::ControlFlow;

const RECORDS: Bound = Bound::new("select record from people where organization_id = $1");
const ONE: Bound = Bound::new("select record from people where organization_id = $1 and number = $2");

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

impl ReadTransaction {
    /// The window of those who have all the words, and how many there are in all.
    pub(crate) async fn look_for(&mut self, looked_for: &LookedFor, window: Window) -> Result<(Vec<Person>, u64), StoreError> {
        let mut ranked = match self.index().await? {
            Some(usable) => {
                let mut people = candidates(&usable.kept.read(), looked_for);
                people.extend(usable.others);
                self.found_among(looked_for, &people).await?
            }
            // Until there is an index everybody is asked.
            None => self.found_among_all(looked_for).await?,
        };
        ranked.sort();
        let total = ranked.len() as u64;
        let numbers: Vec<PersonNumber> = window.cut(ranked).iter().filter_map(|ranked| PersonNumber::new(ranked.number).ok()).collect();
        let mut people = self.people_numbered(numbers.iter().copied()).await?;
        Ok((numbers.iter().filter_map(|number| people.remove(number)).collect(), total))
    }

    async fn found_among(&mut self, looked_for: &LookedFor, people: &RoaringBitmap) -> Result<Vec<Ranked>, StoreError> {
        let mut found = Vec::new();
        let numbers: Vec<u32> = people.iter().collect();
        for some in numbers.chunks(READ_AT_ONCE) {
            let sets = some.iter().map(|number| values![i64::from(*number)]).collect();
            let read = |_, row: &Row<'_>| {
                found.extend(rank(looked_for, row)?);
                Ok(())
            };
            self.for_each_of(&ONE, sets, read).await?;
        }
        Ok(found)
    }

    async fn found_among_all(&mut self, looked_for: &LookedFor) -> Result<Vec<Ranked>, StoreError> {
        let mut found = Vec::new();
        let read = |row: &Row<'_>| {
            found.extend(rank(looked_for, row)?);
            Ok(ControlFlow::Continue(()))
        };
        self.walk(&RECORDS, values![], read).await?;
        Ok(found)
    }
}

fn rank(looked_for: &LookedFor, row: &Row<'_>) -> Result<Option<Ranked>, StoreError> {
    let unreadable = |_| StoreError::Unreadable { what: "record of a person" };
    let record = row.bytes(0)?;
    let Some(rank) = looked_for.rank(&PackedPerson::new(record).map_err(unreadable)?) else { return Ok(None) };
    let packed = Packed::new(record);
    let name = packed.text(TextField::Name).map(|name| folded(&name)).unwrap_or_default();
    Ok(Some(Ranked { rank, name, number: packed.record_number() }))
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
