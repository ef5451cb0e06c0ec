//! Addresses of resources: nobody stores them, but each is a known beginning and an id.

use super::comparison::id;
use rollcall_core::query::{Comparison, ExactField, Filter, Match, Part, Test, TextField};

/// How long an id is.
const ID_BYTES: usize = 36;

/// A comparison of the address; of several, the one for the type that a value of a list is of.
pub fn compare(addresses: &[(Option<&'static str>, String)], asks: Test, value: &str) -> Filter {
    let each = addresses.iter().map(|(kind, beginning)| {
        let filter = one(beginning, asks, value);
        match kind {
            Some(kind) => Filter::text(TextField::Part(Part::Type), Comparison::Equal, *kind).and(filter),
            None => filter,
        }
    });
    Filter::Or(each.collect())
}

/// A comparison of the beginning with an id behind it.
fn one(beginning: &str, asks: Test, value: &str) -> Filter {
    match (asks, value.strip_prefix(beginning)) {
        (Test::Comparison(_), Some(rest)) => id(asks, rest),
        (Test::Match(Match::StartsWith), Some(rest)) => Filter::exact(ExactField::Id, asks, rest),
        // They differ within the beginning, or the value is shorter.
        (Test::Comparison(comparison), None) => Filter::Constant(comparison.holds(Some(beginning), Some(value))),
        (Test::Match(Match::StartsWith), None) => Filter::Constant(beginning.starts_with(value)),
        (Test::Match(Match::EndsWith), _) => ends_with(beginning, value),
        (Test::Match(Match::Contains), _) => contains(beginning, value),
    }
}

fn ends_with(beginning: &str, value: &str) -> Filter {
    let asks = Test::Match(Match::EndsWith);
    match value.len().checked_sub(ID_BYTES).and_then(|at| value.split_at_checked(at)) {
        Some((head, tail)) if beginning.ends_with(head) => id(Comparison::Equal.into(), tail),
        Some(_) => Filter::Constant(false),
        None => Filter::exact(ExactField::Id, asks, value),
    }
}

/// In the beginning, in the id, or across the seam.
fn contains(beginning: &str, value: &str) -> Filter {
    if beginning.contains(value) {
        return Filter::Constant(true);
    }
    let seams = value.char_indices().map(|(at, _)| value.split_at(at));
    let across = seams.filter(|(head, tail)| tail.len() <= ID_BYTES && !head.is_empty() && beginning.ends_with(head));
    let inside = Filter::exact(ExactField::Id, Match::Contains, value);
    Filter::Or(std::iter::once(inside).chain(across.map(|(_, tail)| Filter::exact(ExactField::Id, Match::StartsWith, tail))).collect())
}
