use super::super::super::Error;
use super::super::{Scope, order};
use super::{base, definitions, roles, variable};
use crate::dialect::scim::schema::ResourceSchema;
use rollcall_core::query::{
    Absent, BooleanField, Direction, ExactField, IdField, InstantField, ListField, NumberField, OrderField, OrderTerm, Part, TextField,
};

fn read(text: &str) -> Result<Vec<OrderTerm>, Error> {
    order(text, Direction::Descending, Scope { schema: &ResourceSchema::user(&definitions()), roles: &roles(), base: &base() })
}

fn by(field: OrderField) -> Result<Vec<OrderTerm>, Error> {
    Ok(vec![OrderTerm { field, direction: Direction::Descending, absent: Absent::Greatest }])
}

fn by_element(list: ListField, field: OrderField) -> Result<Vec<OrderTerm>, Error> {
    by(OrderField::Element { list, field: Box::new(field) })
}

#[test]
fn every_type_of_value_can_be_sorted_by() {
    assert_eq!(read("name.FamilyName"), by(OrderField::Text(TextField::FamilyName)));
    assert_eq!(read("externalId"), by(OrderField::Exact(ExactField::ExternalId)));
    assert_eq!(read("id"), by(OrderField::Id(IdField::Id)));
    assert_eq!(read("userName"), by(OrderField::Text(TextField::Login)));
    assert_eq!(read("active"), by(OrderField::Boolean(BooleanField::Active)));
    assert_eq!(read("meta.created"), by(OrderField::Instant(InstantField::CreatedAt)));
    assert_eq!(read("meta.location"), by(OrderField::Id(IdField::Id)));
}

#[test]
fn an_attribute_of_an_extension_is_sorted_by_with_its_urn() {
    let custom = "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User";
    let rollcall = "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User";
    assert_eq!(read(&format!("{custom}:size")), by(OrderField::Attribute(variable("size"))));
    assert_eq!(read(&format!("{custom}:office")), by(OrderField::Attribute(variable("office"))));
    assert_eq!(read(&format!("{rollcall}:personType")), by(OrderField::Number(NumberField::PersonType)));
}

#[test]
fn a_list_is_sorted_by_its_first_choice() {
    let value = || OrderField::Text(TextField::Part(Part::Value));
    assert_eq!(read("emails"), by_element(ListField::Emails, value()));
    assert_eq!(read("emails.value"), by_element(ListField::Emails, value()));
    assert_eq!(read("addresses.country"), by_element(ListField::Addresses, OrderField::Text(TextField::Part(Part::Country))));
    assert_eq!(read("groups"), by_element(ListField::Groups, OrderField::Id(IdField::Id)));
    assert_eq!(read("roles.value"), by(OrderField::Number(NumberField::Role)));
}

#[test]
fn what_is_the_same_for_all_orders_nothing() {
    assert_eq!([read("schemas"), read("meta.resourceType")], [Ok(Vec::new()), Ok(Vec::new())]);
}

#[test]
fn what_cannot_be_sorted_by_is_refused() {
    let cases = [
        ("", "is no attribute"),
        ("Age", "unknown attribute `Age`"),
        ("name", "`name` has parts: sort by one of them"),
        ("addresses", "`addresses` has parts"),
        ("emails[type eq \"work\"].value", "is no attribute"),
        ("meta.version", "cannot be asked for"),
        ("userName desc", "is no attribute"),
    ];

    for (text, message) in cases {
        let error = read(text).expect_err(text);
        assert!(error.message.contains(message), "{text}: {error}");
    }
}
