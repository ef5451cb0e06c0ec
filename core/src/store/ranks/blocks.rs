//! People in the order of a column, cut into blocks of about as many: from an offset to a key by the counts of the blocks,
//! and from a person to its block, so that whoever changes is moved and nothing is made anew.
//!
//! A block begins at an *edge*, which is a place in the order and not a person, so that it stands when the person goes.
//! Of many who share a key the blocks are *tied*: they hold nobody else, and are cut by number. All others are *spread*: they
//! begin where a key begins. So each block is one range of the column's index, and whoever is stepped over inside it is
//! counted by the range alone.

use crate::query::Direction;
use roaring::RoaringBitmap;
use std::cmp::Ordering;

/// People in a block, in the beginning; few in tests, so that there are many blocks.
const BLOCK: usize = if cfg!(test) { 8 } else { 128 };
/// Blocks of which the greatest organizations are made; larger ones from there on.
const BLOCKS: u64 = 16_000;
/// Blocks that there can be at most: a person's block is kept in two bytes.
const BLOCKS_MAX: usize = 60_000;
/// How many times as many people as in the beginning a block may hold.
const GROWTH_MAX: usize = 8;
/// The block of who is in none.
const NONE: u16 = u16::MAX;
/// Behind everybody with a key.
const LAST: i64 = i64::MAX;

/// The type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::store) enum KeyType {
    Text,
    Integer,
    Bytes,
}

/// A column that people are ordered by, ties by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::store) struct Column {
    pub(in crate::store) name: &'static str,
    pub(in crate::store) keys: KeyType,
    pub(in crate::store) direction: Direction,
    /// Whether everybody has a value there.
    pub(in crate::store) is_required: bool,
    pub(in crate::store) has_absent_last: bool,
}

/// What a person is ordered by. All of one column are of one type, or absent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Absent,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A place in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Edge {
    /// Before everybody.
    Start,
    /// Before who has this key, and this number or a greater one.
    Before(Key, i64),
}

/// One range of the column's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// Those with this key, from this number on.
    Tied(Key, i64),
    /// Those with a key: from this one on, which counts too where it says so; before the other.
    Spread { from: Option<(Key, bool)>, until: Option<Key> },
}

/// The blocks of a list.
#[derive(Debug)]
pub(in crate::store) struct Blocks {
    column: Column,
    /// Where each block begins, in their order.
    edges: Vec<Edge>,
    counts: Vec<u32>,
    /// Everybody who is or was in a block.
    known: RoaringBitmap,
    /// The block of each of these, by the order of their numbers.
    places: Vec<u16>,
    people: u64,
    block: usize,
}

impl Column {
    fn compare(&self, (left, number): (&Key, i64), (right, other): (&Key, i64)) -> Ordering {
        let by_key = match (left, right) {
            (Key::Absent, Key::Absent) => Ordering::Equal,
            (Key::Absent, _) => {
                if self.has_absent_last {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
            (_, Key::Absent) => {
                if self.has_absent_last {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
            _ if self.direction == Direction::Descending => right.cmp(left),
            _ => left.cmp(right),
        };
        by_key.then(number.cmp(&other))
    }
}

impl Blocks {
    pub(super) const fn len(&self) -> u64 {
        self.people
    }

    pub(super) fn bytes(&self) -> usize {
        let in_key = |edge: &Edge| match edge {
            Edge::Before(Key::Text(text), _) => text.len(),
            Edge::Before(Key::Bytes(bytes), _) => bytes.len(),
            _ => 0,
        };
        let edges = self.edges.iter().map(|edge| size_of::<Edge>() + size_of::<u32>() + in_key(edge)).sum::<usize>();
        edges + self.places.len() * size_of::<u16>() + self.known.serialized_size()
    }

    /// Whether some block holds so many by now that to step over them takes long.
    pub(super) fn is_crooked(&self) -> bool {
        self.counts.iter().any(|count| *count as usize > self.block * GROWTH_MAX)
    }

    /// Takes note of who stands at another key now, or nowhere.
    pub(super) fn put(&mut self, number: u32, key: Option<&Key>) {
        let place = usize::try_from(self.known.rank(number)).unwrap_or(usize::MAX);
        let is_known = self.known.contains(number);
        if is_known && let Some(before) = self.places.get_mut(place - 1).map(|block| std::mem::replace(block, NONE)) {
            self.count(before, false);
        }
        let Some(key) = key else { return };
        let block = self.block_of(key, number);
        self.count(block, true);
        if is_known {
            self.places[place - 1] = block;
        } else {
            self.known.insert(number);
            self.places.insert(place, block);
        }
    }

    fn count(&mut self, block: u16, is_more: bool) {
        if let Some(count) = self.counts.get_mut(usize::from(block)) {
            *count = if is_more { *count + 1 } else { *count - 1 };
            self.people = if is_more { self.people + 1 } else { self.people - 1 };
        }
    }

    fn block_of(&self, key: &Key, number: u32) -> u16 {
        let begins = |edge: &Edge| match edge {
            Edge::Start => true,
            Edge::Before(other, from) => self.column.compare((other, *from), (key, i64::from(number))).is_le(),
        };
        // The first edge is before everybody.
        let block = self.edges.partition_point(begins).saturating_sub(1);
        u16::try_from(block).unwrap_or(NONE)
    }

    /// The ranges in which so many people behind so many others stand, and how many are to be stepped over in the first.
    pub(super) fn ranges(&self, offset: u64, limit: u64) -> (Vec<Range>, u64) {
        let (mut place, mut before) = (0, 0);
        for some in self.counts.chunks(256) {
            let count = some.iter().map(|count| u64::from(*count)).sum::<u64>();
            if before + count > offset {
                break;
            }
            before += count;
            place += some.len();
        }
        while self.counts.get(place).is_some_and(|count| before + u64::from(*count) <= offset) {
            before += u64::from(self.counts[place]);
            place += 1;
        }
        let skip = offset - before.min(offset);
        (self.ranges_from(place, skip.saturating_add(limit)), skip)
    }

    /// The ranges from a block on that hold at least so many, or all that there are.
    fn ranges_from(&self, mut place: usize, people: u64) -> Vec<Range> {
        let (mut ranges, mut found) = (Vec::new(), 0);
        while place < self.edges.len() && found < people {
            let (first, mut inside) = (place, 0);
            while place < self.edges.len() && found + inside < people && self.goes_on(first, place) {
                inside += u64::from(self.counts[place]);
                place += 1;
            }
            if inside > 0 {
                ranges.push(self.range(first, place));
            }
            found += inside;
        }
        ranges
    }

    /// Whether a block is one range with another before it, and those between.
    fn goes_on(&self, first: usize, place: usize) -> bool {
        match (self.tied_key(first), self.tied_key(place)) {
            (None, None) => true,
            (Some(key), Some(other)) => key == other,
            _ => false,
        }
    }

    /// The key that everybody in a block has, where it is tied.
    fn tied_key(&self, place: usize) -> Option<&Key> {
        let Edge::Before(key, number) = self.edges.get(place)? else { return None };
        let ends_inside = matches!(self.edges.get(place + 1), Some(Edge::Before(next, _)) if next == key);
        (*number != LAST && (*key == Key::Absent || ends_inside)).then_some(key)
    }

    fn range(&self, first: usize, behind: usize) -> Range {
        let key_of = |place: usize| match self.edges.get(place) {
            Some(Edge::Before(key, number)) if *key != Key::Absent => Some((key.clone(), *number)),
            _ => None,
        };
        match (self.tied_key(first), &self.edges[first]) {
            (Some(key), Edge::Before(_, number)) => Range::Tied(key.clone(), *number),
            _ => {
                let from = key_of(first).map(|(key, number)| (key, number != LAST));
                Range::Spread { from, until: key_of(behind).map(|(key, _)| key) }
            }
        }
    }
}

/// Blocks being made of people who come in their order.
pub(super) struct Builder {
    column: Column,
    block: usize,
    edges: Vec<Edge>,
    counts: Vec<u32>,
    /// Everybody so far, with the block.
    members: Vec<(u32, u16)>,
    /// The key of the last one.
    key: Option<Key>,
    /// Those with that key who are in no block yet.
    waiting: Vec<u32>,
    is_tied: bool,
}

impl Builder {
    /// For so many people, or fewer.
    pub(super) fn new(column: Column, people: u64) -> Self {
        let block = BLOCK.max(usize::try_from(people / BLOCKS).unwrap_or(BLOCK));
        let is_absent_first = !column.is_required && !column.has_absent_last;
        let mut builder = Self {
            column,
            block,
            edges: Vec::new(),
            counts: Vec::new(),
            members: Vec::new(),
            key: is_absent_first.then_some(Key::Absent),
            waiting: Vec::new(),
            is_tied: is_absent_first,
        };
        // Who is to have nothing there later must find a place, and nobody may stand before the first edge.
        builder.open(if is_absent_first { Edge::Before(Key::Absent, 0) } else { Edge::Start });
        builder
    }

    /// Takes the next one.
    pub(super) fn push(&mut self, number: u32, key: Option<KeyRef<'_>>) {
        if !is_key(self.key.as_ref(), key) {
            self.end_key();
            self.begin_key(key);
        }
        if self.is_tied {
            self.tie(number);
            return;
        }
        self.waiting.push(number);
        if self.waiting.len() >= self.block {
            self.begin_tie();
        }
    }

    /// `None`: there are too many blocks.
    pub(super) fn finish(mut self) -> Option<Blocks> {
        self.end_key();
        let has_absent = self.edges.iter().any(|edge| matches!(edge, Edge::Before(Key::Absent, _)));
        if !self.column.is_required && !has_absent {
            self.open(Edge::Before(Key::Absent, 0));
        }
        if self.edges.len() > BLOCKS_MAX {
            return None;
        }
        self.members.sort_unstable();
        let people = self.members.len() as u64;
        let known = self.members.iter().map(|(number, _)| *number).collect();
        let places = self.members.iter().map(|(_, block)| *block).collect();
        Some(Blocks { column: self.column, edges: self.edges, counts: self.counts, known, places, people, block: self.block })
    }

    fn begin_key(&mut self, key: Option<KeyRef<'_>>) {
        self.is_tied = false;
        match (&mut self.key, key) {
            // Most have a key of their own: no new room for each.
            (Some(Key::Text(before)), Some(KeyRef::Text(text))) => {
                before.clear();
                before.push_str(text);
            }
            (before, key) => *before = Some(owned(key)),
        }
        if key.is_none() {
            self.begin_tie();
        }
    }

    fn begin_tie(&mut self) {
        self.is_tied = true;
        self.open_at(0);
        for number in std::mem::take(&mut self.waiting) {
            self.tie(number);
        }
    }

    fn tie(&mut self, number: u32) {
        if self.counts.last().is_some_and(|count| *count as usize >= self.block) {
            self.open_at(i64::from(number));
        }
        self.take(number);
    }

    /// Everybody with the last key has come.
    fn end_key(&mut self) {
        if self.is_tied {
            let is_end = self.column.has_absent_last && self.key == Some(Key::Absent);
            if !is_end {
                self.open_at(LAST);
            }
        } else if !self.waiting.is_empty() {
            if self.counts.last().is_some_and(|count| *count as usize >= self.block) {
                self.open_at(0);
            }
            for number in std::mem::take(&mut self.waiting) {
                self.take(number);
            }
        }
        self.is_tied = false;
    }

    fn open_at(&mut self, number: i64) {
        if let Some(key) = self.key.clone() {
            self.open(Edge::Before(key, number));
        }
    }

    fn open(&mut self, edge: Edge) {
        self.edges.push(edge);
        self.counts.push(0);
    }

    fn take(&mut self, number: u32) {
        let block = u16::try_from(self.edges.len() - 1).unwrap_or(NONE);
        self.members.push((number, block));
        if let Some(count) = self.counts.last_mut() {
            *count += 1;
        }
    }
}

/// A key as a row has it.
#[derive(Clone, Copy, Debug)]
pub(super) enum KeyRef<'a> {
    Integer(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

pub(super) fn owned(key: Option<KeyRef<'_>>) -> Key {
    match key {
        None => Key::Absent,
        Some(KeyRef::Integer(integer)) => Key::Integer(integer),
        Some(KeyRef::Text(text)) => Key::Text(text.to_owned()),
        Some(KeyRef::Bytes(bytes)) => Key::Bytes(bytes.to_vec()),
    }
}

fn is_key(key: Option<&Key>, row: Option<KeyRef<'_>>) -> bool {
    match (key, row) {
        (Some(Key::Absent), None) => true,
        (Some(Key::Integer(key)), Some(KeyRef::Integer(row))) => *key == row,
        (Some(Key::Text(key)), Some(KeyRef::Text(row))) => key == row,
        (Some(Key::Bytes(key)), Some(KeyRef::Bytes(row))) => key.as_slice() == row,
        _ => false,
    }
}
