//! What rows add up to, whatever order they are read in.

use crate::store::sql::Value;
use sha2::{Digest, Sha256};

/// How many rows, and the sum of their hashes. Two tables that have the same are taken to hold the same rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Checksum {
    pub(super) rows: u64,
    /// Of the first half of each row's SHA-256.
    sum: u128,
}

impl Checksum {
    pub(super) fn add(&mut self, row: &[Value]) {
        let mut hash = Sha256::new();
        row.iter().for_each(|value| add_value(&mut hash, value));
        let mut half = [0; size_of::<u128>()];
        half.iter_mut().zip(hash.finalize()).for_each(|(byte, of_hash)| *byte = of_hash);
        self.rows += 1;
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(half));
    }

    /// As it is stored.
    pub(super) fn of(rows: u64, sum: &[u8]) -> Option<Self> {
        Some(Self { rows, sum: u128::from_be_bytes(sum.try_into().ok()?) })
    }

    pub(super) fn sum(&self) -> Vec<u8> {
        self.sum.to_be_bytes().to_vec()
    }
}

impl std::fmt::Display for Checksum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.sum)
    }
}

/// The kind, then the value; the length before what has one, so that no two rows are written alike.
fn add_value(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Null => hash.update([0]),
        Value::Integer(number) => {
            hash.update([1]);
            hash.update(number.to_be_bytes());
        }
        Value::Real(number) => {
            hash.update([2]);
            // SQLite keeps no negative zero.
            hash.update((number + 0.0).to_bits().to_be_bytes());
        }
        Value::Boolean(answer) => hash.update([3, u8::from(*answer)]),
        Value::Text(text) => add_bytes(hash, 4, text.as_bytes()),
        Value::Bytes(bytes) => add_bytes(hash, 5, bytes),
    }
}

fn add_bytes(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sql::values;

    fn of(rows: &[Vec<Value>]) -> Checksum {
        let mut checksum = Checksum::default();
        rows.iter().for_each(|row| checksum.add(row));
        checksum
    }

    #[test]
    fn the_order_of_rows_makes_no_difference() {
        let (one, other) = (values![1, "a"], values![2, "b"]);

        assert_eq!(of(&[one.clone(), other.clone()]), of(&[other, one]));
    }

    #[test]
    fn every_value_and_where_it_stands_makes_one() {
        let rows = [
            values!["ab", "c"],
            values!["a", "bc"],
            values!["abc", ""],
            values!["abc", Value::Null],
            values![1, 0],
            values![0, 1],
            values![true, false],
            values![1.0, 0.0],
            values![b"ab".to_vec(), "c"],
        ];

        let different: std::collections::HashSet<String> = rows.iter().map(|row| of(std::slice::from_ref(row)).to_string()).collect();

        assert_eq!(different.len(), rows.len());
    }

    #[test]
    fn it_is_read_as_it_was_stored() {
        let checksum = of(&[values![1, "a"], values![2, "b"]]);

        assert_eq!(Checksum::of(2, &checksum.sum()), Some(checksum));
        assert_eq!(Checksum::of(2, b"short"), None);
    }
}
