//! Lists, yes or no, and texts that are compared with their case.

use crate::domain::{
    Account, AttributeValue, Email, Entry, ExternalId, GroupId, GroupNumber, Instant, LongLabel, Name, NamedPerson, Person, PersonId,
    PersonNumber, Place, Relationship, Text, VariableName,
};
use crate::query::{
    BooleanField, Comparison, Direction, ExactField, Filter, IdField, ListField, Match, NumberExpression, NumberField, OrderField,
    OrderTerm, Part, PersonRecord, Test, TextExpression, TextField, compare,
};
use std::cmp::Ordering;
use uuid::Uuid;

fn person(number: u8) -> Person {
    let now = Instant::from_milliseconds(0).expect("an instant");
    Person::new(PersonId::new(Uuid::from_u128(number.into())), PersonNumber::new(number.into()).expect("a number"), now)
}

/// Somebody with an own address for `work` and another one for `home`.
fn jane() -> Person {
    let mut jane = person(1);
    jane.email = Email::parse("Jane@acme.example").ok();
    let home = Entry { value: Text::parse("jane@home.example").ok(), kind: Text::parse("home").ok(), display: None, is_primary: None };
    jane.profile.emails = vec![home];
    jane
}

fn email(parts: &[(Part, &str)]) -> Filter {
    let equal = |(part, value): &(Part, &str)| Filter::text(TextField::Part(*part), Comparison::Equal, *value);
    Filter::any(ListField::Emails, Filter::And(parts.iter().map(equal).collect()))
}

#[test]
fn one_element_must_pass_the_whole_of_the_inner_filter() {
    let mixed = email(&[(Part::Value, "jane@acme.example"), (Part::Type, "home")]);

    assert!(email(&[(Part::Value, "JANE@HOME.EXAMPLE"), (Part::Type, "Home")]).matches(&jane()));
    assert!(!mixed.matches(&jane()));
}

#[test]
fn the_own_value_is_the_primary_element_where_the_list_keeps_no_place_for_it() {
    let primary = Filter::boolean(BooleanField::Primary, true).and(Filter::Match {
        haystack: TextExpression::Field(TextField::Part(Part::Value)),
        how: Match::EndsWith,
        needle: TextExpression::Literal("@ACME.example".to_owned()),
    });

    assert!(Filter::any(ListField::Emails, primary.clone()).matches(&jane()));
    assert!(!Filter::any(ListField::Phones, primary).matches(&jane()));
}

#[test]
fn some_element_passes_in_no_list_that_is_empty() {
    let any = |filter| Filter::any(ListField::Emails, filter);
    let differs = Filter::text(TextField::Part(Part::Value), Comparison::NotEqual, "x");

    assert!(!any(differs.clone()).matches(&person(1)));
    assert!(any(differs).negated().matches(&person(1)));
    assert!(!any(Filter::everything()).matches(&person(1)) && any(Filter::everything()).matches(&jane()));
}

#[test]
fn a_text_with_case_is_compared_as_it_is() {
    let jane = Person { external_id: ExternalId::parse("Ab").ok(), ..person(1) };
    let asked = |test: Test, value: &str| Filter::exact(ExactField::ExternalId, test, value).matches(&jane);

    assert!(asked(Comparison::Equal.into(), "Ab") && !asked(Comparison::Equal.into(), "ab"));
    assert!(asked(Match::StartsWith.into(), "A") && !asked(Match::StartsWith.into(), "a"));
    assert!(asked(Comparison::Less.into(), "a") && !asked(Comparison::Less.into(), "AB"));
}

#[test]
fn a_text_with_case_that_is_absent_is_found_by_not_equal_alone() {
    let asked = |test: Test| Filter::exact(ExactField::ExternalId, test, "").matches(&person(1));

    assert!(asked(Comparison::NotEqual.into()));
    assert!(!asked(Comparison::GreaterOrEqual.into()) && !asked(Match::Contains.into()));
}

#[test]
fn who_is_blocked_or_archived_is_not_active() {
    let active = |account, is_archived| Filter::boolean(BooleanField::Active, true).matches(&Person { account, is_archived, ..person(1) });

    assert!(active(Account::Active, false) && active(Account::None, false));
    assert!(!active(Account::Blocked, false) && !active(Account::Active, true));
}

#[test]
fn a_group_and_a_manager_are_found_by_id_and_by_name() {
    let place = Place {
        number: GroupNumber::new(1).expect("a number"),
        id: GroupId::new(Uuid::from_u128(7)),
        name: LongLabel::parse("Arts").expect("a name"),
        is_direct: false,
    };
    let manager = NamedPerson::from(&Person { display_name: Name::parse("Omar").ok(), ..person(9) });
    let (jane, groups) = (jane(), [place]);
    let record = PersonRecord { person: &jane, groups: &groups, manager: Some(&manager) };
    let part = |part, value: &str| Filter::text(TextField::Part(part), Comparison::Equal, value);

    assert!(Filter::any(ListField::Groups, Filter::id(IdField::Id, Uuid::from_u128(7))).matches(&record));
    assert!(Filter::any(ListField::Groups, part(Part::Display, "ARTS").and(part(Part::Type, "indirect"))).matches(&record));
    assert!(Filter::any(ListField::Manager, part(Part::Value, &Uuid::from_u128(9).to_string())).matches(&record));
    assert!(Filter::any(ListField::Manager, part(Part::Display, "omar")).matches(&record));
}

#[test]
fn a_list_of_numbers_is_compared_by_number() {
    let jane = Person { projects: vec![9, 10], ..person(1) };
    let above = |value| Filter::any(ListField::Projects, Filter::number(NumberField::Value, Comparison::Greater, value));

    assert!(above(9).matches(&jane) && !above(10).matches(&jane));
}

#[test]
fn a_filter_knows_which_lists_it_is_about() {
    let filter = Filter::Or(vec![Filter::Constant(true), email(&[(Part::Value, "a@b")]).negated()]);

    assert!(filter.mentions(&ListField::Emails) && !filter.mentions(&ListField::Phones));
}

#[test]
fn no_element_passes_what_nothing_passes() {
    let never = Filter::Number {
        left: NumberExpression::Absent,
        comparison: Comparison::Greater,
        right: NumberExpression::Field(NumberField::Value),
    };

    assert_eq!(Filter::any(ListField::Projects, never).simplified(), Filter::Constant(false));
    assert_eq!(Filter::any(ListField::Emails, Filter::everything()).simplified(), Filter::any(ListField::Emails, Filter::everything()));
}

#[test]
fn a_list_orders_by_its_primary_element_and_else_by_its_first() {
    let field = OrderField::Element { list: ListField::Emails, field: Box::new(OrderField::Text(TextField::Part(Part::Value))) };
    let order = [OrderTerm::new(field, Direction::Ascending)];
    let with = |number: u8, address: &str| Person { email: Email::parse(address).ok(), ..person(number) };

    assert_eq!(compare(&order, &jane(), &with(2, "jane@b.example")), Ordering::Less);
    assert_eq!(compare(&order, &with(2, "B@x"), &with(3, "a@x")), Ordering::Greater);
    assert_eq!(compare(&order, &person(9), &jane()), Ordering::Less);
}

#[test]
fn a_relationship_is_an_element_of_an_id_and_a_caption() {
    let mut jane = jane();
    let name = VariableName::parse("friend").expect("a name");
    let friend = Relationship::new(Some("7"), Some("Main office")).expect("a relationship");
    jane.custom.insert(name.clone(), AttributeValue::Relationship(friend));
    let any = |filter| Filter::any(ListField::Attribute(name.clone()), filter);

    assert!(any(Filter::exact(ExactField::Part(Part::Value), Comparison::Equal, "7")).matches(&jane));
    assert!(any(Filter::text(TextField::Part(Part::Display), Comparison::Equal, "main office")).matches(&jane));
}

#[test]
fn a_file_is_an_element_that_is_the_text_of_its_object() {
    let mut jane = jane();
    let name = VariableName::parse("papers").expect("a name");
    let file = serde_json::json!({ "Name": "a.pdf" }).as_object().expect("an object").clone();
    jane.custom.insert(name.clone(), AttributeValue::Files(vec![file]));

    let is_it = Filter::exact(ExactField::Part(Part::Value), Comparison::Equal, r#"{"Name":"a.pdf"}"#);

    assert!(Filter::any(ListField::Attribute(name), is_it).matches(&jane));
}
