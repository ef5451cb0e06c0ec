use super::super::{Error, Fields, order};
use rollcall_core::query::{Direction, IdField, NumberField, ORDER_TERMS_MAX, OrderField, OrderTerm, TextField};

const NAME: OrderField = OrderField::Text(TextField::Name);
const EMAIL: OrderField = OrderField::Text(TextField::Email);

fn up(field: OrderField) -> OrderTerm {
    OrderTerm::new(field, Direction::Ascending)
}

fn down(field: OrderField) -> OrderTerm {
    OrderTerm::new(field, Direction::Descending)
}

fn read(text: &str) -> Result<Vec<OrderTerm>, Error> {
    order(text, &Fields::PEOPLE)
}

#[test]
fn a_blank_order_asks_for_none() {
    assert_eq!([read(""), read("  ")], [Ok(Vec::new()), Ok(Vec::new())]);
}

#[test]
fn fields_go_up_unless_desc_follows() {
    assert_eq!(read("Name desc,Email"), Ok(vec![down(NAME), up(EMAIL)]));
    assert_eq!(read("Name asc"), Ok(vec![up(NAME)]));
}

#[test]
fn blanks_do_not_matter() {
    assert_eq!(read("  Name   desc  ,  Email\tasc "), Ok(vec![down(NAME), up(EMAIL)]));
}

#[test]
fn every_field_that_can_be_filtered_can_be_ordered_by() {
    let names = Fields::PEOPLE.names();

    assert_eq!(read(&names).map(|terms| terms.len()), Ok(8));
    assert_eq!(read("Id,Status desc"), Ok(vec![up(OrderField::Id(IdField::Id)), down(OrderField::Number(NumberField::Account))]));
    assert_eq!(order("Responsible", &Fields::GROUPS), Ok(vec![up(OrderField::Text(TextField::ResponsibleName))]));
}

#[test]
fn a_field_that_is_repeated_counts_once_where_it_comes_first() {
    assert_eq!(read("Name desc,Email,Name"), Ok(vec![down(NAME), up(EMAIL)]));
}

#[test]
fn wrong_orders_are_refused_where_they_go_wrong() {
    let cases = [
        ("Age", 0, "unknown field `Age`"),
        ("name", 0, "unknown field `name`"),
        ("Name,Age desc", 5, "unknown field `Age`"),
        ("Name ascc", 5, "unknown direction `ascc`"),
        ("Name DESC", 5, "unknown direction `DESC`"),
        ("Name asc,", 9, "expected a field"),
        (",Name", 0, "expected a field"),
        ("Name asc Email", 9, "expected `,` or the end, found `Email`"),
        ("Name,,Email", 5, "expected a field"),
        ("Name[desc]", 4, "unexpected character `[`"),
        ("'Name'", 0, "expected a field"),
        ("length(Name)", 0, "unknown field `length`"),
        ("Name()", 4, "expected `asc`, `desc`, `,` or the end"),
    ];

    for (text, position, message) in cases {
        let error = read(text).expect_err(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn an_order_has_at_most_16_fields() {
    let fields = |count: usize| vec!["Name"; count].join(",");

    assert!(read(&fields(ORDER_TERMS_MAX)).is_ok());
    assert_eq!(read(&fields(ORDER_TERMS_MAX + 1)).map_err(|error| error.message), Err("more than 16 fields".to_owned()));
}
