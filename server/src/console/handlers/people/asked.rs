//! What the address of the list says: words, filters, order, columns, and where the page begins.

use super::columns::Column;
use crate::http::{QueryFault, QueryString};
use rollcall_core::domain::{Account, GroupNumber, PersonNumber, PersonType};
use rollcall_core::query::{BooleanField, Comparison, Direction, Filter, NumberField};

/// The words of the address that narrow the list down, in the order in which they are shown.
pub const FACETS: [&str; 5] = ["group", "role", "status", "type", "job_title"];
/// Where a page begins: never kept when something else is asked for.
const PLACES: [&str; 3] = ["after", "before", "page"];
/// Columns of one list; more fit no screen.
const COLUMNS_MAX: usize = 24;

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Start,
    /// After this person, in the order of the list.
    After(PersonNumber),
    Before(PersonNumber),
}

/// What was asked for. What is no value of its word is as if it had not been said.
#[derive(Clone, Debug)]
pub struct Asked {
    pub text: String,
    pub sort: Column,
    pub direction: Direction,
    pub place: Place,
    /// Counted from 1, of a list that is not walked by its keys.
    pub page: u64,
    /// `None`: the address does not say which.
    pub columns: Option<Vec<Column>>,
    pairs: Vec<(String, String)>,
}

impl Asked {
    pub fn parse(raw: Option<&str>) -> Result<Self, QueryFault> {
        let pairs = QueryString::parse(raw)?.into_pairs();
        let get =
            |key: &str| pairs.iter().find(|(given, _)| given == key).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty());
        let number = |key: &str| get(key).and_then(|value| value.parse().ok()).and_then(|number| PersonNumber::new(number).ok());
        let place = match (number("after"), number("before")) {
            (Some(person), _) => Place::After(person),
            (None, Some(person)) => Place::Before(person),
            (None, None) => Place::Start,
        };
        let chosen = pairs.iter().filter(|(key, _)| key == "column").filter_map(|(_, word)| Column::of(word)).take(COLUMNS_MAX);
        Ok(Self {
            text: get("q").unwrap_or_default().to_owned(),
            sort: get("sort").and_then(Column::of).filter(Column::is_sorted_by).unwrap_or(Column::Name),
            direction: if get("direction") == Some("down") { Direction::Descending } else { Direction::Ascending },
            place,
            page: get("page").and_then(|page| page.parse().ok()).filter(|page| *page > 0).unwrap_or(1),
            columns: get("columns").is_some().then(|| chosen.collect()),
            pairs,
        })
    }

    /// What a word of the address says.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(given, _)| given == key).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub fn group(&self) -> Option<GroupNumber> {
        self.get("group").and_then(|number| number.parse().ok()).and_then(|number| GroupNumber::new(number).ok())
    }

    /// Everything that narrows the list down but its words and its group.
    pub fn filter(&self) -> Filter {
        let number = |field, key| {
            let value = self.get(key).and_then(|number| number.parse().ok());
            value.map_or_else(Filter::everything, |value| Filter::number(field, Comparison::Equal, value))
        };
        let of = |field, code: i64| Filter::number(field, Comparison::Equal, code);
        let status = match self.get("status") {
            Some("archived") => Filter::boolean(BooleanField::Archived, true),
            Some(word) => word.parse().map_or_else(|_| Filter::everything(), |account: Account| of(NumberField::Account, account.code())),
            None => Filter::everything(),
        };
        let kind = self.get("type").and_then(|word| word.parse().ok());
        let kind = kind.map_or_else(Filter::everything, |kind: PersonType| of(NumberField::PersonType, kind.code()));
        status.and(kind).and(number(NumberField::Role, "role")).and(number(NumberField::JobTitle, "job_title"))
    }

    /// Whether anything narrows the list down beside its words.
    pub fn is_narrowed(&self) -> bool {
        FACETS.iter().any(|facet| self.get(facet).is_some())
    }

    /// The address of the same list but for one word, from its beginning.
    pub fn with(&self, key: &str, value: Option<&str>) -> String {
        self.but(&[key], &value.map(|value| (key, value.to_owned())).into_iter().collect::<Vec<_>>())
    }

    /// The address of the same list but for these words, from its beginning.
    pub fn but(&self, without: &[&str], with: &[(&str, String)]) -> String {
        let kept = self
            .pairs
            .iter()
            .filter(|(key, value)| !without.contains(&key.as_str()) && !PLACES.contains(&key.as_str()) && !value.is_empty());
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kept).extend_pairs(with);
        format!("?{}", query.finish())
    }

    /// What a form of this page has to send along, beside its own fields.
    pub fn kept_beside(&self, own: &[&str]) -> Vec<(String, String)> {
        let is_kept = |key: &str| !own.contains(&key) && !PLACES.contains(&key);
        self.pairs.iter().filter(|(key, value)| is_kept(key) && !value.is_empty()).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Asked {
        Asked::parse(Some(query)).expect("an address")
    }

    #[test]
    fn a_link_keeps_what_it_does_not_change_and_begins_anew() {
        let asked = asked("q=ana&role=2&after=7&column=email&column=phone");

        assert_eq!(asked.with("role", None), "?q=ana&column=email&column=phone");
        assert_eq!(asked.with("status", Some("none")), "?q=ana&role=2&column=email&column=phone&status=none");
    }

    #[test]
    fn what_is_no_value_narrows_nothing_down() {
        assert_eq!(asked("role=x&status=y&type=z&job_title=").filter(), Filter::everything());
        assert_eq!(asked("after=-1").place, Place::Start);
    }
}
