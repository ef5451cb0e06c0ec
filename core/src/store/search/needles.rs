//! What a filter looks for in texts, and who may pass it by the index alone.

use super::index::{Found, Index};
use super::texts::Place;
use crate::domain::folded;
use crate::query::{Comparison, Filter, Match, TextExpression, TextField};

/// A text that begins so is thought to be one in so many of those that hold it.
const BEGINNINGS: u64 = 4;

/// Whether a filter looks for text inside text, so that the index may know who is to be asked.
pub(super) fn is_search(filter: &Filter) -> bool {
    match filter {
        Filter::Match { haystack, needle, .. } => needle_of(haystack, needle).is_some(),
        Filter::And(parts) => parts.iter().any(is_search),
        Filter::Or(parts) => parts.iter().any(is_search) && parts.iter().all(is_narrowed),
        _ => false,
    }
}

fn is_narrowed(filter: &Filter) -> bool {
    match filter {
        Filter::Match { haystack, needle, .. } => needle_of(haystack, needle).is_some(),
        Filter::Text { left, comparison: Comparison::Equal, right } => needle_of(left, right).is_some(),
        Filter::And(parts) => parts.iter().any(is_narrowed),
        Filter::Or(parts) => parts.iter().all(is_narrowed),
        Filter::Constant(false) => true,
        _ => false,
    }
}

/// Who may pass. `None`: anybody may, as far as the index knows.
pub(super) fn found(index: &Index, filter: &Filter) -> Option<Found> {
    match filter {
        Filter::Match { haystack, how, needle } => {
            let mut found = holding(index, haystack, needle)?;
            if *how == Match::StartsWith {
                found.likely = found.likely.div_ceil(BEGINNINGS);
            }
            Some(found)
        }
        // Whoever has exactly this text has it inside.
        Filter::Text { left, comparison: Comparison::Equal, right } => {
            let found = holding(index, left, right)?;
            Some(Found { likely: found.likely.min(1), ..found })
        }
        Filter::And(parts) => parts.iter().filter_map(|part| found(index, part)).reduce(both),
        Filter::Or(parts) => parts.iter().map(|part| found(index, part)).collect::<Option<Vec<_>>>()?.into_iter().reduce(either),
        Filter::Constant(false) => Some(Found { people: Some(roaring::RoaringBitmap::new()), at_most: 0, likely: 0 }),
        _ => None,
    }
}

/// How many may pass, found with less work. `None`: that is not known so.
pub(super) fn at_most(index: &Index, filter: &Filter) -> Option<u64> {
    match filter {
        Filter::Match { haystack, needle, .. } => {
            let (place, needle) = needle_of(haystack, needle)?;
            if index.covers(place) { index.at_most(&folded(needle), place) } else { None }
        }
        Filter::And(parts) => parts.iter().filter_map(|part| at_most(index, part)).min(),
        Filter::Or(parts) => parts.iter().map(|part| at_most(index, part)).sum(),
        _ => None,
    }
}

fn holding(index: &Index, haystack: &TextExpression, needle: &TextExpression) -> Option<Found> {
    let (place, needle) = needle_of(haystack, needle)?;
    if index.covers(place) { index.holding(&folded(needle), place) } else { None }
}

/// Where which text is looked for. Empty ones, and those that no text holds, are not for the index.
fn needle_of<'a>(haystack: &TextExpression, needle: &'a TextExpression) -> Option<(Place, &'a str)> {
    let (TextExpression::Field(field), TextExpression::Literal(text)) = (haystack.regardless_of_case(), needle.regardless_of_case()) else {
        return None;
    };
    let place = match field {
        TextField::Name | TextField::DisplayName | TextField::GivenName | TextField::FamilyName => Place::Name,
        TextField::Login => Place::Login,
        TextField::Email => Place::Email,
        TextField::Phone => Place::Phone,
        TextField::Description => Place::Description,
        TextField::AdditionalInformation => Place::AdditionalInformation,
        _ => return None,
    };
    (!text.is_empty() && !text.contains('\0')).then_some((place, text))
}

fn both(left: Found, right: Found) -> Found {
    let people = match (left.people, right.people) {
        (Some(left), Some(right)) => Some(left & right),
        (people, None) | (None, people) => people,
    };
    let at_most = people.as_ref().map_or(left.at_most.min(right.at_most), roaring::RoaringBitmap::len);
    Found { people, at_most, likely: left.likely.min(right.likely).min(at_most) }
}

fn either(left: Found, right: Found) -> Found {
    let people = left.people.zip(right.people).map(|(left, right)| left | right);
    let at_most = people.as_ref().map_or(left.at_most.saturating_add(right.at_most), roaring::RoaringBitmap::len);
    Found { people, at_most, likely: left.likely.saturating_add(right.likely).min(at_most) }
}
