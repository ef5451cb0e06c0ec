//! Order: a list of fields, each up or down; ties by number.

use super::field::{ListField, OrderField};
use super::record::{Element, Record, attribute_text};
use crate::domain::{AttributeValue, folded};
use std::cmp::Ordering;

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Ascending,
    Descending,
}

/// Where a record stands that has nothing to be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Absent {
    /// First going up and last going down.
    Least,
    /// Last going up and first going down, as SCIM wants it (RFC 7644, section 3.4.2.3).
    Greatest,
}

/// One field of an order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrderTerm {
    pub field: OrderField,
    pub direction: Direction,
    pub absent: Absent,
}

impl OrderTerm {
    /// By a field whose absence is the least of its values.
    pub const fn new(field: OrderField, direction: Direction) -> Self {
        Self { field, direction, absent: Absent::Least }
    }

    /// Whether records that have nothing in the field come after all others.
    pub const fn has_absent_last(&self) -> bool {
        matches!((self.direction, self.absent), (Direction::Ascending, Absent::Greatest) | (Direction::Descending, Absent::Least))
    }

    /// Whether a record must know the elements of this list to be ordered.
    pub fn mentions(&self, list: &ListField) -> bool {
        matches!(&self.field, OrderField::Element { list: other, .. } if other == list)
    }
}

/// The order of two records. The meaning that every backend is tested against.
pub fn compare(terms: &[OrderTerm], left: &impl Record, right: &impl Record) -> Ordering {
    compare_across((terms, left), (terms, right)).then_with(|| left.record_number().cmp(&right.record_number()))
}

/// The order of two records of different types, each with what the same question is to its type. The directions are those
/// of the left one. Ties are for the caller to break.
pub fn compare_across<L: Record, R: Record>(left: (&[OrderTerm], &L), right: (&[OrderTerm], &R)) -> Ordering {
    let by_terms = left.0.iter().zip(right.0).map(|(term, other)| match (is_there(&term.field, left.1), is_there(&other.field, right.1)) {
        (true, true) => match term.direction {
            Direction::Ascending => compare_fields((&term.field, left.1), (&other.field, right.1)),
            Direction::Descending => compare_fields((&term.field, left.1), (&other.field, right.1)).reverse(),
        },
        (left, right) if term.has_absent_last() => right.cmp(&left),
        (left, right) => left.cmp(&right),
    });
    by_terms.into_iter().find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
}

fn compare_fields<L: Record, R: Record>((field, left): (&OrderField, &L), (other, right): (&OrderField, &R)) -> Ordering {
    match (field, other) {
        (OrderField::Text(field), OrderField::Text(other)) => {
            left.text(*field).map(|text| folded(&text)).cmp(&right.text(*other).map(|text| folded(&text)))
        }
        (OrderField::Exact(field), OrderField::Exact(other)) => left.exact(*field).cmp(&right.exact(*other)),
        (OrderField::Boolean(field), OrderField::Boolean(other)) => left.boolean(*field).cmp(&right.boolean(*other)),
        (OrderField::Number(field), OrderField::Number(other)) => left.number(*field).cmp(&right.number(*other)),
        (OrderField::Instant(field), OrderField::Instant(other)) => left.instant(*field).cmp(&right.instant(*other)),
        (OrderField::Id(field), OrderField::Id(other)) => left.id(*field).cmp(&right.id(*other)),
        (OrderField::Attribute(name), OrderField::Attribute(other)) => compare_attributes(left.attribute(name), right.attribute(other)),
        (OrderField::Element { list, field }, OrderField::Element { list: other_list, field: other }) => {
            compare_fields((field, &first_choice(left, list)), (other, &first_choice(right, other_list)))
        }
        // One question has values of one type, so where the types differ one side has none, and is not asked.
        _ => Ordering::Equal,
    }
}

fn is_there(field: &OrderField, record: &impl Record) -> bool {
    match field {
        OrderField::Text(field) => record.text(*field).is_some(),
        OrderField::Exact(field) => record.exact(*field).is_some(),
        OrderField::Boolean(field) => record.boolean(*field).is_some(),
        OrderField::Number(field) => record.number(*field).is_some(),
        OrderField::Instant(field) => record.instant(*field).is_some(),
        OrderField::Id(field) => record.id(*field).is_some(),
        OrderField::Attribute(name) => attribute_rank(record.attribute(name)).0 > 0,
        OrderField::Element { list, field } => is_there(field, &first_choice(record, list)),
    }
}

/// The primary element of a list, else its first, else one that has nothing.
pub(super) fn first_choice<'a>(record: &'a impl Record, list: &ListField) -> Element<'a> {
    let mut elements = record.elements(list);
    let primary = elements.iter().position(Element::is_primary).unwrap_or(0);
    if elements.is_empty() { Element::default() } else { elements.swap_remove(primary) }
}

/// The values of one attribute are of one type, or absent: moments before numbers before texts only where they are not.
fn compare_attributes(left: Option<&AttributeValue>, right: Option<&AttributeValue>) -> Ordering {
    match (left, right) {
        (Some(AttributeValue::Number(left)), Some(AttributeValue::Number(right))) => left.get().total_cmp(&right.get()),
        (Some(AttributeValue::Moment(left)), Some(AttributeValue::Moment(right))) => left.cmp(right),
        _ => attribute_rank(left).cmp(&attribute_rank(right)),
    }
}

fn attribute_rank(value: Option<&AttributeValue>) -> (u8, Option<String>) {
    match value {
        None => (0, None),
        Some(AttributeValue::Moment(_)) => (1, None),
        Some(AttributeValue::Number(_)) => (2, None),
        // What has no text is not there to be ordered by.
        Some(value) => attribute_text(value).map_or((0, None), |text| (3, Some(folded(&text)))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::field::TextField;
    use super::super::record::GroupRecord;
    use super::*;
    use crate::domain::{Attributes, Group, GroupId, GroupNumber, Instant, LongLabel, Name, Person, PersonId, PersonNumber};
    use uuid::Uuid;

    fn term(field: TextField, direction: Direction) -> [OrderTerm; 1] {
        [OrderTerm::new(OrderField::Text(field), direction)]
    }

    fn now() -> Instant {
        Instant::from_milliseconds(0).expect("an instant")
    }

    fn person(name: Option<&str>) -> Person {
        let number = PersonNumber::new(1).expect("a number");
        let person = Person::new(PersonId::new(Uuid::nil()), number, now());
        Person { display_name: name.map(|name| Name::parse(name).expect("a name")), ..person }
    }

    fn group(name: &str) -> Group {
        Group {
            id: GroupId::new(Uuid::nil()),
            number: GroupNumber::new(1).expect("a number"),
            external_id: None,
            name: LongLabel::parse(name).expect("a name"),
            description: None,
            email: None,
            responsible: None,
            additional_information: None,
            custom: Attributes::new(),
            created_at: now(),
            updated_at: now(),
        }
    }

    #[test]
    fn a_person_and_a_group_are_ordered_by_what_one_question_is_to_each() {
        let across = |name, other, direction| {
            let (person, group) = (person(name), group(other));
            let group = GroupRecord { group: &group, members: &[], responsible: None };
            let (of_people, of_groups) = (term(TextField::DisplayName, direction), term(TextField::Name, direction));
            compare_across((&of_people, &person), (&of_groups, &group))
        };

        assert_eq!(across(Some("ANA"), "ana", Direction::Ascending), Ordering::Equal);
        assert_eq!(across(Some("Ana"), "board", Direction::Ascending), Ordering::Less);
        assert_eq!(across(Some("Ana"), "board", Direction::Descending), Ordering::Greater);
        assert_eq!(across(None, "board", Direction::Ascending), Ordering::Less);
        assert_eq!(across(None, "board", Direction::Descending), Ordering::Greater);
    }
}
