//! A set of people, by number: a short list where there are few, else a compressed bitmap.

use roaring::RoaringBitmap;

/// The most that stand in a list; a bitmap of fewer is mostly its own frame.
const FEW_MAX: usize = 12;
/// Bytes of a container's frame inside a bitmap.
const CONTAINER_BYTES: u64 = 40;
/// Bytes of a container that has a bit for each of 65,536 people.
const BITS_BYTES: u64 = 8192;

/// Who is to be looked at.
#[derive(Clone, Debug)]
pub(super) enum Posting {
    /// Ascending.
    Few(Vec<u32>),
    Many(RoaringBitmap),
}

impl Default for Posting {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl Posting {
    pub(super) fn insert(&mut self, person: u32) {
        match self {
            Self::Many(people) => drop(people.insert(person)),
            Self::Few(people) => {
                if let Err(place) = people.binary_search(&person) {
                    people.insert(place, person);
                }
                if people.len() > FEW_MAX {
                    *self = Self::Many(self.to_bitmap());
                }
            }
        }
    }

    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Few(people) => people.len() as u64,
            Self::Many(people) => people.len(),
        }
    }

    pub(super) fn to_bitmap(&self) -> RoaringBitmap {
        match self {
            Self::Few(people) => people.iter().copied().collect(),
            Self::Many(people) => people.clone(),
        }
    }

    /// Keeps those of the people who are in this set too.
    pub(super) fn retain(&self, people: &mut RoaringBitmap) {
        match self {
            Self::Few(few) => *people = few.iter().copied().filter(|person| people.contains(*person)).collect(),
            Self::Many(many) => *people &= many,
        }
    }

    pub(super) fn add_to(&self, people: &mut RoaringBitmap) {
        match self {
            Self::Few(few) => people.extend(few.iter().copied()),
            Self::Many(many) => *people |= many,
        }
    }

    /// Without room to grow.
    pub(super) fn shrunk(&self) -> Self {
        match self {
            Self::Few(few) => Self::Few(few.as_slice().to_vec()),
            Self::Many(many) => {
                let mut many = many.clone();
                many.optimize();
                // What is copied is copied without the room that it grew in.
                Self::Many(many.clone())
            }
        }
    }

    /// Bytes that it holds beside itself.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Few(few) => (few.capacity() * size_of::<u32>()) as u64,
            Self::Many(many) => {
                let held = many.statistics();
                let frames = u64::from(held.n_containers) * CONTAINER_BYTES;
                let bits = u64::from(held.n_bitset_containers) * BITS_BYTES;
                // What an array has room for is told as if it took four bytes for each and not two.
                frames + bits + held.n_bytes_array_containers / 2 + held.n_bytes_run_containers
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_posting_is_the_set_of_what_was_put_into_it(given in proptest::collection::vec(0..200_u32, 0..60), other in proptest::collection::vec(0..200_u32, 0..60)) {
            let (mut posting, mut kept) = (Posting::default(), other.iter().copied().collect::<RoaringBitmap>());
            for person in &given {
                posting.insert(*person);
            }
            let meant: RoaringBitmap = given.into_iter().collect();

            prop_assert_eq!(posting.to_bitmap(), meant.clone());
            prop_assert_eq!(posting.len(), meant.len());
            prop_assert_eq!(posting.shrunk().to_bitmap(), meant.clone());
            posting.retain(&mut kept);
            prop_assert_eq!(&kept, &(&meant & &other.iter().copied().collect::<RoaringBitmap>()));
            posting.add_to(&mut kept);
            prop_assert_eq!(kept, meant);
        }
    }
}
