use super::*;
use crate::domain::Finite;
use crate::query::field::{IdField, InstantField, ListField, Part, TextField};
use crate::query::order::{Absent, compare};
use crate::query::record::Element;
use proptest::prelude::*;
use std::borrow::Cow;
use uuid::Uuid;

/// A record with one field of each sort.
#[derive(Clone, Debug, Default)]
struct Sample {
    number: i64,
    text: Option<&'static str>,
    exact: Option<&'static str>,
    boolean: Option<bool>,
    level: Option<i64>,
    instant: Option<i64>,
    id: Option<u128>,
    attribute: Option<AttributeValue>,
    /// The e-mail addresses, and which of them is primary.
    emails: Vec<(&'static str, bool)>,
}

impl Record for Sample {
    fn text(&self, field: TextField) -> Option<Cow<'_, str>> {
        (field == TextField::Title).then_some(self.text.map(Cow::Borrowed)).flatten()
    }

    fn number(&self, field: NumberField) -> Option<i64> {
        match field {
            NumberField::Number => Some(self.number),
            NumberField::Level => self.level,
            _ => None,
        }
    }

    /// Every record was changed at some time.
    fn instant(&self, field: InstantField) -> Option<Instant> {
        let never = if field == InstantField::LastActiveAt { None } else { Some(0) };
        self.instant.or(never).and_then(Instant::from_milliseconds)
    }

    fn id(&self, _: IdField) -> Option<Uuid> {
        self.id.map(Uuid::from_u128)
    }

    fn exact(&self, field: ExactField) -> Option<Cow<'_, str>> {
        match field {
            ExactField::Id => self.id.map(|id| Cow::Owned(Uuid::from_u128(id).to_string())),
            _ => self.exact.map(Cow::Borrowed),
        }
    }

    fn boolean(&self, _: BooleanField) -> Option<bool> {
        self.boolean
    }

    fn elements(&self, _: &ListField) -> Vec<Element<'_>> {
        self.emails.iter().map(|(address, is_primary)| Element::of(*address).primary(Some(*is_primary))).collect()
    }

    fn attribute(&self, _: &VariableName) -> Option<&AttributeValue> {
        self.attribute.as_ref()
    }

    fn record_number(&self) -> i64 {
        self.number
    }
}

fn some_text() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "a", "A", "ab", "ß", "ss", "é", "\u{1F980}", "\u{FFFD}"])
}

fn some_attribute() -> impl Strategy<Value = AttributeValue> {
    prop_oneof![
        some_text().prop_map(|text| AttributeValue::Text(text.into())),
        prop::sample::select(vec![-1.5, 0.0, 2.0]).prop_map(|number| AttributeValue::Number(Finite::new(number).expect("finite"))),
        (0_i64..3).prop_map(|at| AttributeValue::Moment(Instant::from_milliseconds(at).expect("an instant"))),
        Just(AttributeValue::Files(Vec::new())),
    ]
}

fn some_sample() -> impl Strategy<Value = Sample> {
    let texts = (prop::option::of(some_text()), prop::option::of(some_text()));
    let plain = (prop::option::of(any::<bool>()), prop::option::of(-1_i64..2), prop::option::of(0_i64..3), prop::option::of(0_u128..3));
    let lists = (prop::option::of(some_attribute()), prop::collection::vec((some_text(), any::<bool>()), 0..3));
    (texts, plain, lists).prop_map(|((text, exact), (boolean, level, instant, id), (attribute, emails))| Sample {
        number: 0,
        text,
        exact,
        boolean,
        level,
        instant,
        id,
        attribute,
        emails,
    })
}

fn some_term() -> impl Strategy<Value = OrderTerm> {
    let value = OrderField::Text(TextField::Part(Part::Value));
    let fields = vec![
        OrderField::Text(TextField::Title),
        OrderField::Exact(ExactField::ExternalId),
        OrderField::Boolean(BooleanField::Active),
        OrderField::Number(NumberField::Level),
        OrderField::Instant(InstantField::LastActiveAt),
        OrderField::Instant(InstantField::UpdatedAt),
        OrderField::Number(NumberField::Number),
        OrderField::Id(IdField::Id),
        OrderField::Attribute(VariableName::parse("shift").expect("a name")),
        OrderField::Element { list: ListField::Emails, field: Box::new(value) },
        OrderField::Element { list: ListField::Emails, field: Box::new(OrderField::Boolean(BooleanField::Primary)) },
    ];
    let direction = prop::sample::select(vec![Direction::Ascending, Direction::Descending]);
    let absent = prop::sample::select(vec![Absent::Least, Absent::Greatest]);
    (prop::sample::select(fields), direction, absent).prop_map(|(field, direction, absent)| OrderTerm { field, direction, absent })
}

/// Records with numbers in an order that says nothing.
fn numbered(records: Vec<Sample>) -> Vec<Sample> {
    let count = i64::try_from(records.len()).expect("few");
    records
        .into_iter()
        .enumerate()
        .map(|(index, record)| Sample { number: (index as i64 * 7) % count.max(1) + index as i64 * 100, ..record })
        .collect()
}

/// The next page after a position, as it comes back from a client.
fn page(records: &[Sample], order: &[OrderTerm], position: Option<&Position>, size: usize) -> Vec<Sample> {
    let filter = position.map_or_else(Filter::everything, |position| {
        let kept = serde_json::to_string(position).expect("JSON");
        serde_json::from_str::<Position>(&kept).expect("a position").after(order)
    });
    let mut found: Vec<Sample> = records.iter().filter(|record| filter.matches(*record)).cloned().collect();
    found.sort_by(|left, right| compare(order, left, right));
    found.truncate(size);
    found
}

fn numbers(records: &[Sample]) -> Vec<i64> {
    records.iter().map(|record| record.number).collect()
}

proptest! {
    #[test]
    fn pages_are_the_sorted_list_cut_in_pieces(
        records in prop::collection::vec(some_sample(), 0..24),
        order in prop::collection::vec(some_term(), 0..3),
        size in 1_usize..5,
    ) {
        let records = numbered(records);
        let mut sorted = records.clone();
        sorted.sort_by(|left, right| compare(&order, left, right));

        let mut walked = Vec::new();
        let mut position = None;
        loop {
            let found = page(&records, &order, position.as_ref(), size);
            let Some(last) = found.last() else { break };
            position = Some(Position::of(&order, last));
            walked.extend(numbers(&found));
        }

        prop_assert_eq!(walked, numbers(&sorted));
    }

    #[test]
    fn whoever_is_there_throughout_is_seen_once_whatever_comes_and_goes(
        staying in prop::collection::vec(some_sample(), 0..16),
        passing in prop::collection::vec((some_sample(), 0_usize..8, 0_usize..8), 0..16),
        order in prop::collection::vec(some_term(), 0..3),
        size in 1_usize..5,
    ) {
        let all = numbered(staying.iter().chain(passing.iter().map(|(record, ..)| record)).cloned().collect());
        let (staying, rest) = all.split_at(staying.len());
        let stays: Vec<(Sample, usize, usize)> =
            rest.iter().zip(&passing).map(|(record, (_, come, go))| (record.clone(), *come, *go)).collect();

        let mut seen = Vec::new();
        let mut position = None;
        for step in 0.. {
            let guests = stays.iter().filter(|(_, come, go)| (*come..*go).contains(&step)).map(|(record, ..)| record.clone());
            let records: Vec<Sample> = staying.iter().cloned().chain(guests).collect();
            let found = page(&records, &order, position.as_ref(), size);
            let Some(last) = found.last() else { break };
            position = Some(Position::of(&order, last));
            seen.extend(numbers(&found));
        }

        let mut unique = seen.clone();
        unique.sort_unstable();
        unique.dedup();
        prop_assert_eq!(unique.len(), seen.len());
        prop_assert!(staying.iter().all(|record| seen.contains(&record.number)));
    }
}

#[test]
fn without_an_order_what_comes_after_has_a_greater_number() {
    let position = Position::of(&[], &Sample { number: 7, ..Sample::default() });

    assert_eq!(position.after(&[]), Filter::number(NumberField::Number, Comparison::Greater, 7));
}

#[test]
fn a_store_is_told_where_an_ascending_order_goes_on() {
    let title = OrderField::Text(TextField::Title);
    let order = [OrderTerm::new(title, Direction::Ascending)];
    let position = Position::of(&order, &Sample { number: 7, text: Some("Head"), ..Sample::default() });

    let Filter::And(parts) = position.after(&order) else { panic!("a conjunction") };

    assert_eq!(parts[0], Filter::text(TextField::Title, Comparison::GreaterOrEqual, "Head"));
}
