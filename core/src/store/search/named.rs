//! Filters that ask for nothing but what somebody is called, so that the names in memory decide them.

use super::names::{Called, Names};
use crate::domain::folded;
use crate::query::{Filter, Match, TextExpression, TextField};
use roaring::RoaringBitmap;

/// A filter about names alone.
#[derive(Debug)]
pub(super) enum Named {
    All(Vec<Self>),
    Any(Vec<Self>),
    Holds { is_display_name: bool, how: Match, needle: String },
}

/// Who passes.
#[derive(Debug)]
pub(super) struct Passing {
    pub(super) people: RoaringBitmap,
    /// Whether it is surely these; else some of them are still to be asked.
    pub(super) is_sure: bool,
}

impl Named {
    /// `None`: the filter asks for something else too.
    pub(super) fn of(filter: &Filter) -> Option<Self> {
        let each = |parts: &[Filter]| parts.iter().map(Self::of).collect::<Option<Vec<_>>>();
        match filter {
            Filter::And(parts) => each(parts).map(Self::All),
            Filter::Or(parts) => each(parts).map(Self::Any),
            Filter::Match { haystack, how, needle } => {
                let is_display_name = match haystack.regardless_of_case() {
                    TextExpression::Field(TextField::Name) => false,
                    TextExpression::Field(TextField::DisplayName) => true,
                    _ => return None,
                };
                let TextExpression::Literal(needle) = needle.regardless_of_case() else { return None };
                Some(Self::Holds { is_display_name, how: *how, needle: folded(needle) })
            }
            _ => None,
        }
    }

    /// Whether a filter is one.
    pub(super) fn is_about(filter: &Filter) -> bool {
        Self::of(filter).is_some()
    }

    fn passes(&self, name: &str, is_named_for_display: bool) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.passes(name, is_named_for_display)),
            Self::Any(parts) => parts.iter().any(|part| part.passes(name, is_named_for_display)),
            Self::Holds { is_display_name: true, .. } if !is_named_for_display => false,
            Self::Holds { how, needle, .. } => match how {
                Match::Contains => name.contains(needle.as_str()),
                Match::StartsWith => name.starts_with(needle.as_str()),
                Match::EndsWith => name.ends_with(needle.as_str()),
            },
        }
    }

    /// Those who pass among these; so many are enough, by number.
    pub(super) fn among(&self, names: &Names, people: &RoaringBitmap, enough: Option<usize>) -> Passing {
        let (mut passing, mut is_sure) = (Vec::new(), true);
        names.each(people.iter(), |person, called| {
            match called {
                Called::Nobody => {}
                Called::So(name, is_named_for_display) if !self.passes(name, is_named_for_display) => {}
                Called::So(..) => passing.push(person),
                Called::Unknown => {
                    is_sure = false;
                    passing.push(person);
                }
            }
            !is_sure || enough.is_none_or(|enough| passing.len() < enough)
        });
        Passing { people: passing.into_iter().collect(), is_sure }
    }
}
