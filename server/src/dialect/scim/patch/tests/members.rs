//! Operations on the members of a group, as steps for the directory.

use super::super::{apply_to_group, members};
use super::*;
use crate::dialect::scim::caller::Base;
use crate::dialect::scim::filter::bind::Scope;
use crate::dialect::scim::quirks::SKIP_UNKNOWN_MEMBERS;
use rollcall_core::directory::{MemberList, MemberReference, MemberStep, PersonReference, UnknownMember};
use rollcall_core::domain::{GroupId, PersonId};
use rollcall_core::query::{Filter, IdField};
use uuid::Uuid;

const ANA: &str = "0198c2a4-0000-7000-8000-000000000001";
const BO: &str = "0198c2a4-0000-7000-8000-000000000002";

fn group() -> Value {
    json!({"id": "0198c2a4-0000-7000-8000-0000000000aa", "displayName": "Board"})
}

fn done(operations: Value, allows: Allows<'_>) -> Result<(Value, Vec<MemberStep>), Error> {
    let body = object(json!({"schemas": [body::SCHEMA], "Operations": operations}));
    let schema = ResourceSchema::group(&[]);
    let base = Base::new("https://people.example.org", None);
    let scope = Scope { schema: &schema, roles: &[], base: &base };
    let (group, steps) = apply_to_group(&body::operations(body, allows)?, scope, object(group()), allows)?;
    Ok((Value::Object(group), steps))
}

/// The steps of operations that leave everything else of the group.
fn steps(operations: Value) -> Vec<MemberStep> {
    let (left, steps) = done(operations.clone(), STRICT).unwrap_or_else(|error| panic!("{operations}: {error:?}"));
    assert_eq!(left, group());
    steps
}

fn word(operation: Value) -> ScimType {
    let error = done(json!([operation.clone()]), STRICT).err().unwrap_or_else(|| panic!("not refused: {operation}"));
    error.scim_type().expect("a word")
}

fn list(ids: &[&str], unknown: UnknownMember) -> MemberList {
    let either = |id: &&str| MemberReference::Either(Uuid::parse_str(id).expect("an id"));
    MemberList { members: ids.iter().map(either).collect(), unknown }
}

fn id_is(id: &str) -> Filter {
    Filter::id(IdField::Id, Uuid::parse_str(id).expect("an id"))
}

fn all(ids: &[&str]) -> MemberList {
    list(ids, UnknownMember::Refused)
}

fn some(ids: &[&str]) -> MemberList {
    list(ids, UnknownMember::LeftOut)
}

#[test]
fn members_are_added_however_they_are_said() {
    for said in [
        json!([{"value": ANA}]),
        json!({"value": ANA}),
        json!(ANA),
        json!([ANA]),
        json!([{"$ref": null, "VALUE": ANA.to_uppercase(), "display": "ana@example.org"}]),
    ] {
        assert_eq!(steps(json!([{"op": "Add", "path": "members", "value": said}])), [MemberStep::Add(all(&[ANA]))], "{said}");
        let path = "urn:ietf:params:scim:schemas:core:2.0:Group:Members";
        assert_eq!(steps(json!([{"op": "add", "path": path, "value": said}])), [MemberStep::Add(all(&[ANA]))], "{said}");
        assert_eq!(steps(json!([{"op": "add", "value": {"members": said}}])), [MemberStep::Add(all(&[ANA]))], "{said}");
    }
}

#[test]
fn the_type_or_the_address_tells_a_person_from_a_group() {
    let id = Uuid::parse_str(ANA).unwrap();
    let (person, group) = (MemberReference::Person(PersonReference::Id(PersonId::new(id))), MemberReference::Group(GroupId::new(id)));
    for (said, expected) in [
        (json!({"value": ANA, "type": "User"}), &person),
        (json!({"value": ANA, "type": "group"}), &group),
        (json!({"value": ANA, "$ref": format!("https://people.example.org/scim/v2/Groups/{ANA}")}), &group),
        (json!({"$ref": format!("../Users/{ANA}")}), &person),
        (json!({"$ref": format!("https://people.example.org/scim/v2/Groups/{ANA}/")}), &group),
        (json!({"$ref": ANA}), &MemberReference::Either(id)),
    ] {
        let MemberList { members, .. } = members::listed(&json!([said]), &ResourceSchema::group(&[]), UnknownMember::Refused).unwrap();

        assert_eq!(members, std::slice::from_ref(expected), "{said}");
    }
}

#[test]
fn a_replace_sets_the_whole_list() {
    let set = |value: Value| steps(json!([{"op": "replace", "path": "members", "value": value}]));

    assert_eq!(set(json!([{"value": ANA}, {"value": BO}])), [MemberStep::Set(all(&[ANA, BO]))]);
    for nothing in [json!([]), json!(null)] {
        assert_eq!(set(nothing), [MemberStep::Set(all(&[]))]);
    }
    assert_eq!(steps(json!([{"op": "replace", "value": {"members": [BO]}}])), [MemberStep::Set(all(&[BO]))]);
}

#[test]
fn all_members_are_removed_by_a_path_alone() {
    for operation in [json!({"op": "remove", "path": "members"}), json!({"op": "remove", "path": "members", "value": null})] {
        assert_eq!(steps(json!([operation])), [MemberStep::Set(all(&[]))]);
    }
}

#[test]
fn members_are_removed_by_a_list_of_them_whoever_is_not_there() {
    for said in [json!([{"$ref": null, "value": ANA}]), json!({"value": ANA}), json!([ANA, "fake-member-id"])] {
        let step = MemberStep::Remove(some(&[ANA]));
        assert_eq!(steps(json!([{"op": "Remove", "path": "members", "value": said}])), [step], "{said}");
    }
    assert_eq!(steps(json!([{"op": "remove", "path": "members", "value": []}])), [MemberStep::Remove(some(&[]))]);
}

#[test]
fn members_are_removed_by_their_ids_in_a_filter() {
    let remove = |filter: &str| steps(json!([{"op": "remove", "path": format!("members[{filter}]")}]));
    let (ana, bo) = (id_is(ANA), id_is(BO));

    assert_eq!(remove(&format!("value eq \"{ANA}\"")), [MemberStep::RemoveWhere(ana.clone())]);
    assert_eq!(remove(&format!("VALUE Eq \"{ANA}\" or value eq \"{BO}\"")), [MemberStep::RemoveWhere(Filter::Or(vec![ana, bo]))]);
    assert_eq!(remove("value eq \"fake-member-id\""), [MemberStep::RemoveWhere(Filter::Constant(false))]);
}

#[test]
fn members_are_removed_by_what_else_is_shown_of_them() {
    for filter in ["display eq \"Ana\"", "type eq \"Group\"", "value ne \"x\"", "$ref ew \"x\"", "value pr and not (display pr)"] {
        let steps = steps(json!([{"op": "remove", "path": format!("members[{filter}]")}]));

        assert!(matches!(steps.as_slice(), [MemberStep::RemoveWhere(_)]), "{filter}: {steps:?}");
    }
}

#[test]
fn steps_are_in_the_order_of_the_operations() {
    let steps = steps(json!([
        {"op": "add", "path": "members", "value": [{"value": ANA}]},
        {"op": "remove", "path": format!("members[value eq \"{ANA}\"]")},
        {"op": "add", "value": {"members": [{"value": BO}]}}
    ]));

    assert_eq!(steps, [MemberStep::Add(all(&[ANA])), MemberStep::RemoveWhere(id_is(ANA)), MemberStep::Add(all(&[BO]))]);
}

#[test]
fn the_rest_of_the_group_goes_its_own_way() {
    let (group, steps) = done(
        json!([
            {"op": "replace", "value": {"id": "0198c2a4-0000-7000-8000-0000000000aa", "displayName": "Council", "members": [ANA]}},
            {"op": "Add", "path": "externalId", "value": "g-1"}
        ]),
        STRICT,
    )
    .unwrap();

    assert_eq!(steps, [MemberStep::Set(all(&[ANA]))]);
    assert_eq!(group, json!({"id": "0198c2a4-0000-7000-8000-0000000000aa", "displayName": "Council", "externalId": "g-1"}));
}

#[test]
fn what_names_no_member_is_refused() {
    for value in
        [json!(["fake-member-id"]), json!([{"display": "Ana"}]), json!([{"value": ANA, "type": "Robot"}]), json!([7]), json!([[ANA]])]
    {
        for op in ["add", "replace"] {
            assert_eq!(word(json!({"op": op, "path": "members", "value": value})), ScimType::InvalidValue, "{value}");
        }
    }
    assert_eq!(word(json!({"op": "add", "path": "members", "value": [{"value": ANA, "colour": "red"}]})), ScimType::InvalidPath);
}

#[test]
fn members_who_are_not_there_may_be_left_out() {
    let allows: Allows<'_> = &|quirk| *quirk == SKIP_UNKNOWN_MEMBERS;
    let (_, steps) = done(json!([{"op": "add", "path": "members", "value": [{"value": "fake-member-id"}, ANA]}]), allows).unwrap();

    assert_eq!(steps, [MemberStep::Add(some(&[ANA]))]);
}

#[test]
fn nothing_about_a_member_is_changed() {
    for (op, path) in [
        ("replace", "members[value eq \"x\"].display"),
        ("add", "members[value eq \"x\"].type"),
        ("replace", "members[value eq \"x\"]"),
        ("remove", "members[value eq \"x\"].value"),
    ] {
        assert_eq!(word(json!({"op": op, "path": path, "value": "y"})), ScimType::Mutability, "{op} {path}");
    }
}

#[test]
fn paths_to_members_are_read_strictly() {
    assert_eq!(word(json!({"op": "remove", "path": "members.value"})), ScimType::InvalidPath);
    assert_eq!(word(json!({"op": "remove", "path": "members[colour eq \"red\"]"})), ScimType::InvalidFilter);
    assert_eq!(word(json!({"op": "remove", "path": "members[value gt 3]"})), ScimType::InvalidFilter);
    assert_eq!(word(json!({"op": "remove", "path": "displayName"})), ScimType::Mutability);
}
