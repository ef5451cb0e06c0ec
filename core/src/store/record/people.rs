//! Packed people, one after another.

use super::{PackedPerson, PersonField};
use crate::domain::PersonNumber;
use crate::store::error::StoreError;

/// Bytes of a record, of which nearly all are shorter.
const RECORD_BYTES_USUAL: usize = 448;

/// Packed people in an order, each with the sequence of its last change.
#[derive(Clone, Debug, Default)]
pub struct PackedPeople {
    records: Vec<u8>,
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    end: usize,
    sequence: i64,
}

impl PackedPeople {
    /// With room for so many whose records are of a usual length.
    pub(crate) fn with_room_for(people: usize) -> Self {
        Self { records: Vec::with_capacity(people * RECORD_BYTES_USUAL), places: Vec::with_capacity(people) }
    }

    /// Takes one more; `sequence` is that of the last change of the record or of its memberships. Fails for a record that
    /// cannot be read.
    pub(crate) fn push(&mut self, record: &[u8], sequence: i64) -> Result<(), StoreError> {
        PackedPerson::new(record).map_err(|_| StoreError::Unreadable { what: "record of a person" })?;
        self.records.extend_from_slice(record);
        self.places.push(Place { end: self.records.len(), sequence });
        Ok(())
    }

    pub const fn len(&self) -> usize {
        self.places.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The people in their order.
    pub fn iter(&self) -> impl Iterator<Item = PackedPerson<'_>> {
        self.with_sequences().map(|(person, _)| person)
    }

    /// Their numbers, in their order.
    pub fn numbers(&self) -> impl Iterator<Item = PersonNumber> {
        self.iter().filter_map(|person| PersonNumber::new(person.number(PersonField::Number)?).ok())
    }

    /// The people, each with the sequence of its last change.
    pub fn with_sequences(&self) -> impl Iterator<Item = (PackedPerson<'_>, i64)> {
        let starts = std::iter::once(0).chain(self.places.iter().map(|place| place.end));
        // Each was read when it was taken.
        starts.zip(&self.places).map(|(start, place)| (PackedPerson::of_read(&self.records[start..place.end]), place.sequence))
    }
}
