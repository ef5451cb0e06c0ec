//! The memory index of one organization's people: for every gram, who may have it.
//!
//! It only ever grows: who once had a gram stays in its posting, so what it finds is a superset of who has it now, and
//! everybody found is asked again. What is dead in it goes with the next one that is built.

use super::names::{Name, Names};
use super::postings::Posting;
use super::texts::{Gram, Place, each_bridge, each_gram, grams_of, runs, words};
use crate::domain::{Department, Person, PersonNumber, Title};
use roaring::RoaringBitmap;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Grams of one text that are looked up; more find hardly fewer.
const GRAMS_MAX: usize = 24;
/// As few people as this are sooner asked than narrowed down.
const FEW: u64 = 8;
/// Of a run under three letters, as many are too many to be listed: this part of everybody.
const MANY: u64 = 16;

/// Who may have a text, before they are asked.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Nobody else has it. `None`: so many that they are not listed.
    pub(super) people: Option<RoaringBitmap>,
    /// How many are found at most.
    pub(super) at_most: u64,
    /// How many have it where it is looked for, by estimate.
    pub(super) likely: u64,
}

impl Found {
    /// Those who are known to have it.
    pub(super) fn surely(people: RoaringBitmap) -> Self {
        Self { at_most: people.len(), likely: people.len(), people: Some(people) }
    }
}

/// A gram in the index.
#[derive(Debug, Default)]
struct Entry {
    people: Posting,
    /// For each place, what part of these have it there, in 255ths. As it was when the index was built.
    shares: [u8; Place::ALL.len()],
}

#[derive(Debug)]
pub(super) struct Index {
    /// Ascending, each with its entry at the same place.
    grams: Vec<Gram>,
    entries: Vec<Entry>,
    /// Titles and departments, as words, of which many people have the same.
    labels: BTreeMap<Box<str>, Posting>,
    /// As they are at the moment that the index is at.
    pub(super) names: Names,
    /// The numbers of everybody who was ever seen.
    numbers: RoaringBitmap,
    /// How many people there were when it was built.
    pub(super) people: u64,
    /// How often somebody was looked at again since.
    pub(super) stale: u64,
    with_remarks: bool,
}

impl Index {
    /// Whether it knows what stands there.
    pub(super) const fn covers(&self, place: Place) -> bool {
        self.with_remarks || !place.is_remark()
    }

    /// Looks at somebody again, who has changed.
    pub(super) fn add(&mut self, person: &Person) {
        let number = place_of(person.number);
        for (gram, _) in grams_of(person, self.with_remarks) {
            let place = self.grams.binary_search(&gram).unwrap_or_else(|place| {
                self.grams.insert(place, gram);
                self.entries.insert(place, Entry::default());
                place
            });
            self.entries[place].people.insert(number);
        }
        for label in labels_of(person) {
            self.labels.entry(label).or_default().insert(number);
        }
        self.numbers.insert(number);
        self.stale += 1;
    }

    /// Who may have a folded text at a place. `None`: anybody may, as far as letters and digits tell.
    pub(super) fn holding(&self, needle: &str, place: Place) -> Option<Found> {
        let longest = longest_run(needle)?;
        let grams = grams_within(needle, place);
        if grams.is_empty() {
            return Some(self.holding_letters(&longest.chars().collect::<Vec<_>>(), place));
        }
        Some(self.holding_grams(grams, place))
    }

    /// How many may have a folded text at a place, without saying who. `None`: it would have to be looked for by letters.
    pub(super) fn at_most(&self, needle: &str, place: Place) -> Option<u64> {
        grams_within(needle, place).into_iter().map(|gram| self.entry(gram).map_or(0, |entry| entry.people.len())).min()
    }

    fn holding_grams(&self, grams: BTreeSet<Gram>, place: Place) -> Found {
        let Some(mut entries) = grams.into_iter().map(|gram| self.entry(gram)).collect::<Option<Vec<_>>>() else {
            return Found { people: Some(RoaringBitmap::new()), at_most: 0, likely: 0 };
        };
        let likely = entries.iter().map(|entry| entry.likely(place)).min().unwrap_or(0);
        entries.sort_by_key(|entry| entry.people.len());
        let people = common(entries.iter().map(|entry| &entry.people));
        Found { at_most: people.len(), likely: likely.min(people.len()), people: Some(people) }
    }

    /// One or two letters are held by whoever has a gram that holds them.
    fn holding_letters(&self, letters: &[char], place: Place) -> Found {
        let holding = || self.grams.iter().zip(&self.entries).filter(|(gram, _)| gram.holds(letters)).map(|(_, entry)| entry);
        let (sum, likely) = holding().fold((0, 0), |(sum, likely), entry| (sum + entry.people.len(), likely + entry.likely(place)));
        if sum > self.people / MANY {
            return Found { people: None, at_most: sum, likely };
        }
        let people = united(holding().map(|entry| &entry.people));
        Found { at_most: people.len(), likely: likely.min(people.len()), people: Some(people) }
    }

    /// Who may have three letters that follow one another, any of which may be left open.
    pub(super) fn like(&self, letters: [Option<char>; 3]) -> RoaringBitmap {
        if let [Some(first), Some(second), Some(third)] = letters {
            return self.entry(Gram::new([first, second, third])).map_or_else(RoaringBitmap::new, |entry| entry.people.to_bitmap());
        }
        united(self.grams.iter().zip(&self.entries).filter(|(gram, _)| gram.is_like(letters)).map(|(_, entry)| &entry.people))
    }

    /// Who may have one or two letters.
    pub(super) fn with_letters(&self, letters: &[char]) -> RoaringBitmap {
        united(self.grams.iter().zip(&self.entries).filter(|(gram, _)| gram.holds(letters)).map(|(_, entry)| &entry.people))
    }

    /// Who may have a title or a department that passes, said in words.
    pub(super) fn labelled(&self, passes: impl Fn(&str) -> bool) -> RoaringBitmap {
        united(self.labels.iter().filter(|(label, _)| passes(label)).map(|(_, people)| people))
    }

    /// Whose number has these digits in it.
    pub(super) fn numbered(&self, digits: &str) -> RoaringBitmap {
        // As many as are sought by two letters; writing one down takes less than reading one.
        let mut written = String::new();
        let mut has = |number: &u32| {
            use std::fmt::Write;
            written.clear();
            write!(written, "{number}").is_ok() && written.contains(digits)
        };
        self.numbers.iter().filter(|number| has(number)).collect()
    }

    fn entry(&self, gram: Gram) -> Option<&Entry> {
        self.grams.binary_search(&gram).ok().map(|place| &self.entries[place])
    }

    /// Bytes of memory, by its own account.
    pub(super) fn bytes(&self) -> u64 {
        let frame = self.grams.capacity() * size_of::<Gram>() + self.entries.capacity() * size_of::<Entry>();
        let held: u64 = self.entries.iter().map(|entry| entry.people.bytes()).sum();
        let labels = self.labels.iter().map(|(label, people)| label.len() as u64 + LABEL_BYTES + people.bytes());
        frame as u64 + held + labels.sum::<u64>() + self.names.bytes() + self.numbers.serialized_size() as u64
    }
}

/// Of a label's place in its tree, which is two thirds full.
const LABEL_BYTES: u64 = (size_of::<Box<str>>() + size_of::<Posting>()) as u64 * 3 / 2;

impl Entry {
    fn likely(&self, place: Place) -> u64 {
        // Rounded up, so that nothing that is there is thought to be nowhere.
        (self.people.len() * (u64::from(self.shares[place as usize]) + 1)).div_ceil(256)
    }
}

fn letters(run: &str) -> usize {
    run.chars().take(3).count()
}

fn longest_run(needle: &str) -> Option<&str> {
    runs(needle).max_by_key(|run| letters(run))
}

/// The grams that whoever has this folded text at a place has too. None where it has no three letters that follow one another.
fn grams_within(needle: &str, place: Place) -> BTreeSet<Gram> {
    let mut grams = BTreeSet::new();
    let mut take = |gram| {
        if grams.len() < GRAMS_MAX {
            grams.insert(gram);
        }
    };
    if place == Place::Name {
        each_bridge(needle, &mut take);
    }
    // A short run may be the end or the beginning of a longer one, whose grams are others.
    for run in runs(needle).filter(|run| letters(run) == 3) {
        each_gram(run, &mut take);
    }
    grams
}

/// Those who are in all of them, the smallest first.
fn common<'a>(mut postings: impl Iterator<Item = &'a Posting>) -> RoaringBitmap {
    let Some(first) = postings.next() else { return RoaringBitmap::new() };
    let mut people = first.to_bitmap();
    for posting in postings {
        if people.len() <= FEW {
            break;
        }
        posting.retain(&mut people);
    }
    people
}

fn united<'a>(postings: impl Iterator<Item = &'a Posting>) -> RoaringBitmap {
    let mut people = RoaringBitmap::new();
    for posting in postings {
        posting.add_to(&mut people);
    }
    people
}

/// A person's number as a bit: it is below 2³¹.
pub(super) fn place_of(person: PersonNumber) -> u32 {
    person.get().try_into().unwrap_or(0)
}

/// What the labels of somebody are in words.
fn labels_of(person: &Person) -> impl Iterator<Item = Box<str>> {
    let (title, department) = (person.title.as_ref().map(Title::as_str), person.department.as_ref().map(Department::as_str));
    let labels = [title, department].into_iter().flatten().map(|label| words(label).join(" "));
    labels.filter(|label| !label.is_empty()).map(String::into_boxed_str)
}

/// An index that is being made of people in the order of their numbers.
#[derive(Debug)]
pub(super) struct Draft {
    grams: HashMap<Gram, (Posting, [u32; Place::ALL.len()])>,
    labels: BTreeMap<Box<str>, Posting>,
    names: Names,
    /// Names that are still to be taken over.
    called: Vec<(u32, Option<Name>)>,
    numbers: RoaringBitmap,
    people: u64,
    with_remarks: bool,
}

/// Names that are taken over at once.
const CALLED_AT_ONCE: usize = 512;

impl Draft {
    pub(super) fn new(with_remarks: bool) -> Self {
        let (names, called) = (Names::default(), Vec::with_capacity(CALLED_AT_ONCE));
        Self { grams: HashMap::new(), labels: BTreeMap::new(), names, called, numbers: RoaringBitmap::new(), people: 0, with_remarks }
    }

    pub(super) fn add(&mut self, person: &Person) {
        let number = place_of(person.number);
        for (gram, places) in grams_of(person, self.with_remarks) {
            let (people, counts) = self.grams.entry(gram).or_default();
            people.insert(number);
            for (place, count) in counts.iter_mut().enumerate() {
                *count += u32::from(places >> place & 1);
            }
        }
        for label in labels_of(person) {
            self.labels.entry(label).or_default().insert(number);
        }
        self.called.push((number, Some(Name::of(person))));
        if self.called.len() == CALLED_AT_ONCE {
            self.names.set(self.called.drain(..));
        }
        self.numbers.insert(number);
        self.people += 1;
    }

    pub(super) const fn people(&self) -> u64 {
        self.people
    }

    /// Bytes of memory that it holds at least.
    pub(super) fn bytes(&self) -> u64 {
        let held: u64 = self.grams.values().map(|(people, _)| people.bytes()).sum();
        held + self.names.bytes() + (self.grams.len() * (size_of::<Gram>() + size_of::<Entry>())) as u64
    }

    pub(super) fn finish(self) -> Index {
        let Self { grams, labels, mut names, called, numbers, people, with_remarks } = self;
        names.set(called);
        let mut sorted: Vec<_> = grams.into_iter().collect();
        sorted.sort_unstable_by_key(|(gram, _)| *gram);
        let (mut grams, mut entries) = (Vec::with_capacity(sorted.len()), Vec::with_capacity(sorted.len()));
        for (gram, (people, counts)) in sorted {
            let share = |count: u32| u8::try_from(u64::from(count) * 255 / people.len().max(1)).unwrap_or(u8::MAX);
            grams.push(gram);
            entries.push(Entry { people: people.shrunk(), shares: counts.map(share) });
        }
        let labels = labels.into_iter().map(|(label, people)| (label, people.shrunk())).collect();
        Index { grams, entries, labels, names, numbers, people, stale: 0, with_remarks }
    }
}

#[cfg(test)]
mod tests;
