use super::{ALL, NOBODY, found};

const CUSTOM: &str = "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User";

#[test]
fn some_value_of_a_list_passes() {
    assert_eq!(found(r#"emails.value eq "jane@home.example""#), [1]);
    assert_eq!(found(r#"emails.type eq "WORK""#), [1]);
    assert_eq!(found(r#"emails.value co "ACME""#), [1]);
}

#[test]
fn a_list_by_itself_is_its_values() {
    assert_eq!(found(r#"emails co "acme.example""#), [1]);
    assert_eq!(found(r#"phoneNumbers eq "+47 22""#), [1]);
}

#[test]
fn brackets_ask_everything_of_one_value() {
    assert_eq!(found(r#"emails[type eq "work" and value co "@acme"]"#), [1]);
    assert_eq!(found(r#"emails[type eq "home" and value co "@acme"]"#), NOBODY);
    assert_eq!(found(r#"emails.type eq "home" and emails.value co "@acme""#), [1]);
}

#[test]
fn brackets_have_logic_of_their_own() {
    assert_eq!(found(r#"emails[not (type eq "work")]"#), [1]);
    assert_eq!(found(r#"emails[type eq "x" or primary eq true]"#), [1]);
    assert_eq!(found(r#"not (emails[type eq "work"])"#), [2, 3]);
}

#[test]
fn a_sub_attribute_behind_brackets_is_asked_of_the_same_value() {
    assert_eq!(found(r#"emails[type eq "work"].value eq "jane@acme.example""#), [1]);
    assert_eq!(found(r#"emails[type eq "work"].value eq "jane@home.example""#), NOBODY);
}

#[test]
fn the_value_that_other_apis_show_is_the_primary_one() {
    assert_eq!(found(r#"emails[primary eq true and value sw "jane@acme"]"#), [1]);
    assert_eq!(found(r#"phoneNumbers[type eq "work" and primary eq true]"#), [1]);
}

#[test]
fn what_is_not_said_to_be_primary_is_not_true() {
    assert_eq!(found(r#"emails[type eq "home" and primary ne true]"#), [1]);
    assert_eq!(found(r#"emails[type eq "home" and primary eq false]"#), NOBODY);
    assert_eq!(found(r#"emails[type eq "home" and primary pr]"#), NOBODY);
}

#[test]
fn some_value_differs_or_there_is_none() {
    assert_eq!(found(r#"emails.value ne "jane@home.example""#), ALL);
    assert_eq!(found(r#"phoneNumbers.value ne "+47 22""#), [2, 3]);
    assert_eq!(found(r#"not (emails.value eq "jane@home.example")"#), [2, 3]);
}

#[test]
fn null_is_a_list_of_nothing_or_a_value_without_the_part() {
    assert_eq!(found("emails eq null"), [2, 3]);
    assert_eq!(found("emails ne null"), [1]);
    assert_eq!(found("emails.display eq null"), ALL);
    assert_eq!(found("emails.display ne null"), NOBODY);
    assert_eq!(found("emails.primary eq null"), ALL);
}

#[test]
fn a_list_is_present_where_it_has_a_value() {
    assert_eq!(found("emails pr"), [1]);
    assert_eq!(found("emails.display pr"), NOBODY);
    assert_eq!(found("addresses pr"), [1]);
    assert_eq!(found("emails[value pr]"), [1]);
}

#[test]
fn an_address_is_asked_for_by_its_parts() {
    assert_eq!(found(r#"addresses.locality eq "oslo""#), [1]);
    assert_eq!(found(r#"addresses[type eq "work" and locality sw "O" and not (country pr)]"#), [1]);
}

#[test]
fn pictures_are_compared_with_case() {
    assert_eq!(found(r#"photos.value eq "https://acme.example/Jane.png""#), [1]);
    assert_eq!(found(r#"photos.value eq "https://acme.example/jane.png""#), NOBODY);
}

#[test]
fn certificates_are_equal_or_not() {
    assert_eq!(found(r#"x509Certificates.value eq "TUlJ""#), [1]);
    assert_eq!(found(r#"x509Certificates.value eq "tulj""#), NOBODY);
    assert_eq!(found(r#"x509Certificates.value ne "TUlJ""#), [2, 3]);
}

#[test]
fn a_list_of_simple_values_has_them_under_value() {
    let projects = "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User:projects";
    assert_eq!(found(&format!("{projects} eq 9")), [1]);
    assert_eq!(found(&format!("{projects} gt 9")), NOBODY);
    assert_eq!(found(&format!("{projects}[value gt 3 and value lt 10]")), [1]);
    assert_eq!(found(&format!("{projects} ne 9")), ALL);
}

#[test]
fn the_items_of_a_custom_list_are_values_whatever_the_list_is_called() {
    assert_eq!(found(&format!(r#"{CUSTOM}:type eq "blue""#)), [1]);
    assert_eq!(found(&format!(r#"{CUSTOM}:type[value sw "r"]"#)), [1]);
    assert_eq!(found(&format!("{CUSTOM}:type pr")), [1]);
}

#[test]
fn a_relationship_has_an_id_and_a_caption() {
    assert_eq!(found(&format!(r#"{CUSTOM}:friend.id eq "Seven""#)), [1]);
    assert_eq!(found(&format!(r#"{CUSTOM}:friend.id eq "seven""#)), NOBODY);
    assert_eq!(found(&format!(r#"{CUSTOM}:friend.caption co "OFFICE""#)), [1]);
    assert_eq!(found(&format!(r#"{CUSTOM}:friend[id pr and caption ne "x"]"#)), [1]);
    assert_eq!(found(&format!("{CUSTOM}:friend pr")), [1]);
}

#[test]
fn a_file_is_the_text_of_its_object() {
    assert_eq!(found(&format!(r#"{CUSTOM}:papers co "\"a.pdf\"""#)), [1]);
    assert_eq!(found(&format!("not ({CUSTOM}:papers pr)")), [2, 3]);
}

#[test]
fn the_parts_of_what_there_is_one_of_may_stand_in_brackets_too() {
    assert_eq!(found(r#"name[familyName eq "doe" and givenName eq "jane"]"#), [1]);
    assert_eq!(found(r#"name[not (familyName eq "doe")]"#), NOBODY);
}
