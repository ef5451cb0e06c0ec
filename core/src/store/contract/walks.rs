//! Lists read page after page, each from the position of the last one shown: the store cuts them where memory does.

use super::attributes::{give_attributes, name as attribute};
use super::strangers::strangers;
use super::{Ground, wait};
use crate::domain::Person;
use crate::query::{
    Absent, BooleanField, Direction, ExactField, IdField, InstantField, ListField, NumberField, OrderField, OrderTerm, Part, PersonQuery,
    Position, TextField, Window, compare,
};

const PEOPLE: u64 = 300;
const PAGE: u64 = 37;

fn fields() -> Vec<OrderField> {
    let address = Box::new(OrderField::Text(TextField::Part(Part::Value)));
    vec![
        OrderField::Text(TextField::Name),
        OrderField::Text(TextField::Login),
        OrderField::Text(TextField::Email),
        OrderField::Text(TextField::DisplayName),
        OrderField::Text(TextField::GivenName),
        OrderField::Exact(ExactField::ExternalId),
        OrderField::Boolean(BooleanField::Active),
        OrderField::Number(NumberField::Manager),
        OrderField::Number(NumberField::Account),
        OrderField::Instant(InstantField::UpdatedAt),
        OrderField::Id(IdField::Id),
        OrderField::Attribute(attribute("word")),
        OrderField::Attribute(attribute("size")),
        OrderField::Attribute(attribute("since")),
        OrderField::Attribute(attribute("tags")),
        OrderField::Element { list: ListField::Emails, field: address },
    ]
}

fn page(ground: &Ground, order: &[OrderTerm], position: Option<&Position>, window: Window) -> Vec<Person> {
    let filter = position.map(|position| position.after(order));
    let query =
        PersonQuery { filter: filter.unwrap_or(PersonQuery::default().filter), order: order.to_vec(), window, ..PersonQuery::default() };
    wait(ground.directory.people(&ground.operator, &query)).expect("people").people
}

fn walked(ground: &Ground, order: &[OrderTerm]) -> Vec<i64> {
    let mut numbers = Vec::new();
    let mut position = None;
    loop {
        let found = page(ground, order, position.as_ref(), Window::new(0, PAGE));
        let Some(last) = found.last() else { return numbers };
        position = Some(Position::of(order, last));
        numbers.extend(found.iter().map(|person| person.number.get()));
    }
}

#[test]
fn a_list_that_is_walked_is_the_list_in_every_order() {
    let ground = Ground::new();
    ground.load(strangers(PEOPLE));
    give_attributes(&ground, 100);
    let mut people = page(&ground, &[], None, Window::everything());
    let orders = fields().into_iter().flat_map(|field| {
        let term = |direction, absent| vec![OrderTerm { field: field.clone(), direction, absent }];
        [Direction::Ascending, Direction::Descending]
            .map(|up_or_down| [Absent::Least, Absent::Greatest].map(|absent| term(up_or_down, absent)))
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
    });

    for order in orders.chain([Vec::new()]) {
        people.sort_by(|left, right| compare(&order, left, right));

        let expected: Vec<i64> = people.iter().map(|person| person.number.get()).collect();
        assert_eq!(walked(&ground, &order), expected, "{order:?}");
    }
}
