//! One of several values: an e-mail address among others, with what it is for.

use crate::domain::{EntryDisplay, EntryType, Text, TextKind};

/// One of several values of a kind.
///
/// In a list that stands beside a field of the person (`emails` beside `email`), the entry without a value keeps that
/// field's place: its type, what it is called, where it stands. So whoever changes the field through another API changes
/// this and nothing else of the list.
pub struct Entry<K: TextKind> {
    /// `None`: the person's own.
    pub value: Option<Text<K>>,
    /// What it is for, such as `work`.
    pub kind: Option<EntryType>,
    pub display: Option<EntryDisplay>,
    /// As it was said: nothing is another thing than no.
    pub is_primary: Option<bool>,
}

/// One of several values as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed<'a> {
    pub value: &'a str,
    pub kind: Option<&'a str>,
    pub display: Option<&'a str>,
    pub is_primary: Option<bool>,
}

impl<K: TextKind> Entry<K> {
    /// A whole list taken apart: the person's own value, and the list that keeps its place.
    ///
    /// The person's own is the primary one, else the first that is for `work`, else the first. A list that says nothing
    /// beyond that value is not kept at all: `usual_kind` is what such a value is for.
    pub fn split(mut list: Vec<Self>, usual_kind: &str) -> (Option<Text<K>>, Vec<Self>) {
        let of_kind = |wanted: &str, entry: &Self| entry.kind.as_ref().is_some_and(|kind| kind.as_str().eq_ignore_ascii_case(wanted));
        let primary = list.iter().position(|entry| entry.is_primary == Some(true));
        let chosen = primary.or_else(|| list.iter().position(|entry| of_kind(usual_kind, entry))).or((!list.is_empty()).then_some(0));
        let own = chosen.and_then(|place| list[place].value.take());
        let is_usual = |entry: &Self| {
            entry.display.is_none() && entry.is_primary == Some(true) && entry.kind.as_ref().is_some_and(|kind| kind.as_str() == usual_kind)
        };
        if matches!(list.as_slice(), [only] if is_usual(only)) {
            list.clear();
        }
        (own, list)
    }

    fn listed<'a>(&'a self, value: &'a Text<K>) -> Listed<'a> {
        Listed {
            value: value.as_str(),
            kind: self.kind.as_ref().map(Text::as_str),
            display: self.display.as_ref().map(Text::as_str),
            is_primary: self.is_primary,
        }
    }
}

impl<'a> Listed<'a> {
    /// The values of a list, with the person's own in its place; in front, where the list keeps no place for it.
    pub fn of<K: TextKind>(own: Option<&'a Text<K>>, list: &'a [Entry<K>], usual_kind: &'static str) -> Vec<Self> {
        let has_place = list.iter().any(|entry| entry.value.is_none());
        let usual = |own: &'a Text<K>| Self { value: own.as_str(), kind: Some(usual_kind), display: None, is_primary: Some(true) };
        let first = own.filter(|_| !has_place).map(usual);
        let rest = list.iter().filter_map(|entry| entry.value.as_ref().or(own).map(|value| entry.listed(value)));
        first.into_iter().chain(rest).collect()
    }

    /// The values of a list that stands beside no field.
    pub fn alone<K: TextKind>(list: &'a [Entry<K>]) -> Vec<Self> {
        Self::of(None, list, "")
    }
}

impl<K: TextKind> Clone for Entry<K> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), kind: self.kind.clone(), display: self.display.clone(), is_primary: self.is_primary }
    }
}

impl<K: TextKind> PartialEq for Entry<K> {
    fn eq(&self, other: &Self) -> bool {
        let Self { value, kind, display, is_primary } = self;
        *value == other.value && *kind == other.kind && *display == other.display && *is_primary == other.is_primary
    }
}

impl<K: TextKind> Eq for Entry<K> {}

impl<K: TextKind> std::fmt::Debug for Entry<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("value", &self.value)
            .field("kind", &self.kind)
            .field("display", &self.display)
            .field("is_primary", &self.is_primary)
            .finish()
    }
}
