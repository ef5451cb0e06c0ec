//! One question about several records of an organization, by their numbers.

use super::sql::Value;

/// Numbers that one statement takes, at most, where they do not follow one another.
const NUMBERS_MAX: usize = 512;
/// How many of them a statement is prepared for: the rest of the places take the last one again. Few different statements
/// stay prepared.
const SIZES: [usize; 4] = [8, 32, 128, NUMBERS_MAX];

/// Numbers of records, ascending, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers(Vec<i64>);

impl Numbers {
    /// How many numbers there are from the first to the last.
    fn span(&self) -> usize {
        let ends = self.0.first().zip(self.0.last());
        ends.and_then(|(first, last)| usize::try_from(last - first + 1).ok()).unwrap_or(0)
    }

    pub(super) fn contains(&self, number: i64) -> bool {
        if self.span() == self.0.len() {
            return self.0.first().is_some_and(|first| (*first..*first + self.0.len() as i64).contains(&number));
        }
        self.0.binary_search(&number).is_ok()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = i64> {
        self.0.iter().copied()
    }

    /// Conditions on a column, each with its values for `$2` and on, that together find these numbers. What lies between them
    /// may be found too: ask [`Self::contains`].
    pub(super) fn conditions(&self, column: &str) -> Vec<(String, Vec<Value>)> {
        let (Some(first), Some(last)) = (self.0.first(), self.0.last()) else { return Vec::new() };
        // As many in vain are cheaper than each by itself.
        if self.span() <= self.0.len() * 2 {
            return vec![(format!(" and {column} between $2 and $3"), vec![Value::Integer(*first), Value::Integer(*last)])];
        }
        self.0.chunks(NUMBERS_MAX).map(|some| one_of(column, some)).collect()
    }
}

impl FromIterator<i64> for Numbers {
    fn from_iter<I: IntoIterator<Item = i64>>(numbers: I) -> Self {
        let mut numbers: Vec<i64> = numbers.into_iter().collect();
        if !numbers.is_sorted() {
            numbers.sort_unstable();
        }
        numbers.dedup();
        Self(numbers)
    }
}

fn one_of(column: &str, numbers: &[i64]) -> (String, Vec<Value>) {
    let size = SIZES.into_iter().find(|size| *size >= numbers.len()).unwrap_or(NUMBERS_MAX);
    let mut condition = String::with_capacity(column.len() + 16 + size * 5);
    condition.push_str(" and ");
    condition.push_str(column);
    condition.push_str(" in (");
    for parameter in 2..size + 2 {
        condition.push_str(if parameter == 2 { "$" } else { ",$" });
        condition.push_str(&parameter.to_string());
    }
    condition.push(')');
    let last = numbers.last().copied().unwrap_or_default();
    let values = numbers.iter().copied().chain(std::iter::repeat(last)).take(size).map(Value::Integer);
    (condition, values.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(numbers: impl IntoIterator<Item = i64>) -> Numbers {
        numbers.into_iter().collect()
    }

    #[test]
    fn numbers_that_follow_one_another_are_one_range() {
        let [(condition, values)] = numbers([7, 3, 4, 6, 3]).conditions("n").try_into().expect("one condition");

        assert_eq!((condition.as_str(), values), (" and n between $2 and $3", vec![Value::Integer(3), Value::Integer(7)]));
    }

    #[test]
    fn scattered_numbers_fill_a_statement_of_a_usual_size() {
        let [(condition, values)] = numbers([90, 1, 50]).conditions("n").try_into().expect("one condition");

        assert_eq!(condition, " and n in ($2,$3,$4,$5,$6,$7,$8,$9)");
        assert_eq!(values, [1, 50, 90, 90, 90, 90, 90, 90].map(Value::Integer));
    }

    #[test]
    fn many_scattered_numbers_take_several_statements() {
        let all = numbers((0..1000).map(|number| number * 3)).conditions("n");

        assert_eq!(all.iter().map(|(_, values)| values.len()).collect::<Vec<_>>(), [512, 512]);
        assert!(numbers([]).conditions("n").is_empty());
    }

    #[test]
    fn a_number_is_asked_for_or_not() {
        let (close, scattered) = (numbers([3, 4, 5]), numbers([3, 50, 9]));

        assert_eq!([2, 3, 5, 6].map(|number| close.contains(number)), [false, true, true, false]);
        assert_eq!([3, 9, 10, 50, 51].map(|number| scattered.contains(number)), [true, true, false, true, false]);
        assert!(!numbers([]).contains(0));
    }
}
