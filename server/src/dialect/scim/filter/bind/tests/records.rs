use super::super::{Scope, values};
use super::{ALL, EVERYBODY_ID, JANE_ID, MANAGERS_ID, NOBODY, OMAR_ID, base, found, found_groups};
use crate::dialect::scim::filter::Path;
use crate::dialect::scim::schema::ResourceSchema;
use rollcall_core::query::{Filter, IdField, ListField};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

#[test]
fn a_manager_is_asked_for_by_id_as_entra_asks() {
    assert_eq!(found(&format!(r#"id eq "{JANE_ID}" and {ENTERPRISE}:manager eq "{OMAR_ID}""#)), [1]);
    assert_eq!(found(&format!(r#"{ENTERPRISE}:manager.value eq "{OMAR_ID}""#)), [1]);
    assert_eq!(found(&format!(r#"{ENTERPRISE}:manager.value ne "{OMAR_ID}""#)), [2, 3]);
}

#[test]
fn a_manager_is_asked_for_by_name() {
    assert_eq!(found(&format!(r#"{ENTERPRISE}:manager.displayName eq "OMAR""#)), [1]);
    assert_eq!(found(&format!(r#"{ENTERPRISE}:manager[displayName sw "O"]"#)), [1]);
    assert_eq!(found(&format!("{ENTERPRISE}:manager pr")), [1]);
    assert_eq!(found(&format!("{ENTERPRISE}:manager eq null")), [2, 3]);
}

#[test]
fn groups_are_those_of_the_person_and_those_around_them() {
    assert_eq!(found(&format!(r#"groups eq "{MANAGERS_ID}""#)), [1]);
    assert_eq!(found(&format!(r#"groups.value eq "{EVERYBODY_ID}""#)), [1, 2]);
    assert_eq!(found(&format!(r#"groups[value eq "{EVERYBODY_ID}" and type eq "direct"]"#)), [2]);
    assert_eq!(found(r#"groups.display co "MANAG""#), [1]);
    assert_eq!(found("not (groups pr)"), [3]);
}

#[test]
fn members_are_people_and_groups() {
    assert_eq!(found_groups(&format!(r#"members eq "{JANE_ID}""#)), [10]);
    assert_eq!(found_groups(&format!(r#"id eq "{MANAGERS_ID}" and members eq "{JANE_ID}""#)), [10]);
    assert_eq!(found_groups(r#"members.type eq "Group""#), [11]);
    assert_eq!(found_groups(r#"members[type eq "User" and display sw "o"]"#), [11]);
    assert_eq!(found_groups(&format!(r#"members.value ne "{JANE_ID}""#)), [11]);
}

#[test]
fn groups_have_names_ids_and_moments_too() {
    assert_eq!(found_groups(r#"displayName eq "MANAGERS""#), [10]);
    assert_eq!(found_groups(&format!(r#"id eq "{EVERYBODY_ID}""#)), [11]);
    assert_eq!(found_groups(r#"meta.created gt "2025-01-01T00:00:00Z" and meta.resourceType eq "Group""#), [10, 11]);
}

#[test]
fn who_is_responsible_for_a_group_is_asked_for_by_id_or_name() {
    let responsible = "urn:ietf:params:scim:schemas:extension:rollcall:2.0:Group:responsible";
    assert_eq!(found_groups(&format!(r#"{responsible} eq "{OMAR_ID}""#)), [10]);
    assert_eq!(found_groups(&format!(r#"{responsible}.displayName ew "mar""#)), [10]);
}

#[test]
fn an_address_is_that_of_the_record() {
    let address = |id: &str| format!("https://people.example/scim/v2/Users/{id}");
    assert_eq!(found(&format!(r#"meta.location eq "{}""#, address(JANE_ID))), [1]);
    assert_eq!(found(&format!(r#"meta.location ne "{}""#, address(JANE_ID))), [2, 3]);
    assert_eq!(found(&format!(r#"meta.location eq "{}""#, address(""))), NOBODY);
    assert_eq!(found(&format!(r#"meta.location eq "https://elsewhere.example/scim/v2/Users/{JANE_ID}""#)), NOBODY);
    assert_eq!(found("meta.location pr"), ALL);
}

#[test]
fn parts_of_an_address_are_found_across_the_seam() {
    assert_eq!(found(r#"meta.location sw "https://people""#), ALL);
    assert_eq!(found(r#"meta.location sw "https://people.example/scim/v2/Users/6fe4""#), [1]);
    assert_eq!(found(r#"meta.location co "Users""#), ALL);
    assert_eq!(found(r#"meta.location co "sers/6fe4""#), [1]);
    assert_eq!(found(r#"meta.location co "475f-9483""#), [1]);
    assert_eq!(found(r#"meta.location co "users""#), NOBODY);
    assert_eq!(found(r#"meta.location ew "976c""#), [1]);
    assert_eq!(found(&format!(r#"meta.location ew "Users/{JANE_ID}""#)), [1]);
    assert_eq!(found(&format!(r#"meta.location ew "Groups/{JANE_ID}""#)), NOBODY);
    assert_eq!(found(&format!(r#"meta.location ew "é{JANE_ID}""#)), NOBODY);
}

#[test]
fn addresses_have_an_order() {
    assert_eq!(found(r#"meta.location gt "https://people.example/scim/v2/Users/1""#), [1]);
    assert_eq!(found(r#"meta.location gt "https://people""#), ALL);
    assert_eq!(found(r#"meta.location lt "https://q""#), ALL);
    assert_eq!(found(r#"meta.location lt "https://people""#), NOBODY);
}

#[test]
fn references_to_other_resources_are_their_addresses() {
    let address = |kind: &str, id: &str| format!("https://people.example/scim/v2/{kind}/{id}");
    assert_eq!(found(&format!(r#"groups.$ref eq "{}""#, address("Groups", MANAGERS_ID))), [1]);
    assert_eq!(found(&format!(r#"{ENTERPRISE}:manager.$ref eq "{}""#, address("Users", OMAR_ID))), [1]);
    assert_eq!(found_groups(&format!(r#"members.$ref eq "{}""#, address("Users", JANE_ID))), [10]);
    assert_eq!(found_groups(&format!(r#"members.$ref eq "{}""#, address("Groups", JANE_ID))), NOBODY);
    assert_eq!(found_groups(&format!(r#"members.$ref eq "{}""#, address("Groups", MANAGERS_ID))), [11]);
    assert_eq!(found_groups(r#"members.$ref co "/Groups/""#), [11]);
}

#[test]
fn a_member_or_a_group_is_asked_for_as_the_store_can_look_it_up() {
    let schema = ResourceSchema::group(&[]);
    let scope = Scope { schema: &schema, roles: &[], base: &base() };
    let id = JANE_ID.parse().expect("an id");

    let bound = super::super::filter(&format!(r#"members.value eq "{JANE_ID}""#), scope);

    assert_eq!(bound, Ok(Filter::any(ListField::Members, Filter::id(IdField::Id, id))));
}

#[test]
fn the_filter_of_a_path_is_about_one_value() {
    let schema = ResourceSchema::group(&[]);
    let scope = Scope { schema: &schema, roles: &[], base: &base() };
    let path = Path::parse(&format!(r#"members[value eq "{JANE_ID}"]"#)).expect("a path");

    let bound = values(&path.attribute, &path.filter.expect("a filter"), scope);

    assert_eq!(bound, Ok(Filter::id(IdField::Id, JANE_ID.parse().expect("an id"))));
}
