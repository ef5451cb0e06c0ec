//! Groups inside groups, and members changed row by row.

use super::changing::{group_number, named, person_number};
use super::{Ground, line, wait};
use crate::directory::{
    DirectoryError, FoundGroup, GroupChange, GroupKey, GroupView, MemberChange, MemberList, MemberReference, MemberStep, PersonReference,
    Precondition, Shown, UnknownMember,
};
use crate::domain::{Change, ExternalId, LongLabel, Scope};
use crate::query::{Comparison, Filter, IdField, Part, TextField, WithMembers};
use uuid::Uuid;

/// Ana, Bo and Cy, and the groups Arts, Law and Music, with Ana in Arts.
fn school() -> Ground {
    school_on(Ground::new())
}

fn school_on(ground: Ground) -> Ground {
    for name in ["Ana", "Bo", "Cy"] {
        ground.create(named(name)).expect("made");
    }
    ground.create_group("Arts", &[1]).expect("made");
    ground.create_group("Law", &[]).expect("made");
    ground.create_group("Music", &[]).expect("made");
    ground
}

const ALL: GroupView = GroupView { shown: Shown::Nested, members: WithMembers::All };

fn viewed(ground: &Ground, number: i64, view: GroupView) -> FoundGroup {
    wait(ground.directory.group(&ground.operator, GroupKey::Number(group_number(number)), view)).expect("a group")
}

/// The names of the members of a group.
fn members(ground: &Ground, number: i64) -> Vec<String> {
    let members = viewed(ground, number, ALL).members.expect("members");
    members.into_iter().map(|member| member.name.expect("a name")).collect()
}

fn people(numbers: &[i64]) -> MemberList {
    numbers.iter().map(|number| PersonReference::Number(person_number(*number))).collect::<Vec<_>>().into()
}

fn either(id: Uuid, unknown: UnknownMember) -> MemberList {
    MemberList { members: vec![MemberReference::Either(id)], unknown }
}

fn id_of_group(ground: &Ground, number: i64) -> Uuid {
    ground.group(number).expect("a group").group.id.uuid()
}

fn reason<T: std::fmt::Debug>(answer: Result<T, DirectoryError>) -> String {
    answer.expect_err("a refusal").to_string()
}

#[test]
fn people_come_before_groups_among_the_members() {
    let ground = school();

    ground.nest(1, 3).expect("nested");
    ground.nest(1, 2).expect("nested");
    ground.change_members(1, MemberStep::Add(people(&[3]))).expect("added");

    assert_eq!(members(&ground, 1), ["Ana", "Cy", "Law", "Music"]);
}

#[test]
fn a_group_is_never_inside_itself() {
    let ground = school();
    ground.nest(1, 2).expect("nested");
    ground.nest(2, 3).expect("nested");
    let (arts, law) = (id_of_group(&ground, 1), id_of_group(&ground, 2));

    assert_eq!(reason(ground.nest(1, 1)), format!("members must not hold the group Arts ({arts}), which is the group itself"));
    assert_eq!(reason(ground.nest(2, 1)), format!("members must not hold the group Arts ({arts}), which has this group inside it already"));
    assert_eq!(reason(ground.nest(3, 2)), format!("members must not hold the group Law ({law}), which has this group inside it already"));
    assert_eq!(reason(ground.nest(3, 1)), format!("members must not hold the group Arts ({arts}), which has this group inside it already"));
}

#[test]
fn a_group_may_be_inside_several_and_several_times_by_different_ways() {
    let ground = school();

    ground.nest(1, 2).expect("nested");
    ground.nest(1, 3).expect("nested");
    ground.nest(2, 3).expect("nested");

    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn what_stands_already_is_no_change() {
    let ground = school();
    ground.nest(1, 2).expect("nested");
    let before = ground.sequence();

    ground.nest(1, 2).expect("nested");
    ground.change_members(1, MemberStep::Add(people(&[1, 1]))).expect("added");
    ground.change_members(1, MemberStep::Remove(people(&[2]))).expect("removed");
    ground.change_members(2, MemberStep::Remove(either(id_of_group(&ground, 3), UnknownMember::Refused))).expect("removed");

    assert_eq!(ground.sequence(), before);
}

#[test]
fn a_member_that_is_not_there_is_refused_by_its_place_or_left_out() {
    let ground = school();
    let mut list = people(&[2]);
    list.members.push(MemberReference::Either(Uuid::nil()));

    assert_eq!(reason(ground.change_members(1, MemberStep::Add(list.clone()))), "members names no person and no group at place 2");
    assert_eq!(members(&ground, 1), ["Ana"]);
    let lenient = MemberList { unknown: UnknownMember::LeftOut, ..list };
    ground.change_members(1, MemberStep::Add(lenient)).expect("added");
    assert_eq!(members(&ground, 1), ["Ana", "Bo"]);
}

#[test]
fn a_whole_list_keeps_who_stays_and_writes_only_the_difference() {
    let ground = school();
    ground.nest(1, 2).expect("nested");
    ground.change_members(1, MemberStep::Add(people(&[2]))).expect("added");
    let mut list = people(&[2, 3]);
    list.members.push(MemberReference::Either(id_of_group(&ground, 3)));

    ground.change_members(1, MemberStep::Set(list)).expect("set");

    assert_eq!(members(&ground, 1), ["Bo", "Cy", "Music"]);
    assert_eq!(ground.last_changes(4), ["delete membership 1", "delete subgroup 2", "create membership 3", "create subgroup 3"]);
}

#[test]
fn who_sees_people_alone_never_touches_the_groups_in_a_group() {
    let ground = school();
    ground.nest(1, 2).expect("nested");

    let change = GroupChange { members: MemberChange::SetPeople(Vec::new()), ..GroupChange::default() };
    ground.update_group(1, change).expect("changed");

    assert_eq!(members(&ground, 1), ["Law"]);
}

#[test]
fn a_deleted_group_leaves_those_around_it_and_lets_go_of_those_in_it() {
    let ground = school();
    ground.nest(1, 2).expect("nested");
    ground.nest(2, 3).expect("nested");

    let key = GroupKey::Number(group_number(2));
    wait(ground.directory.delete_group(&ground.operator, key, &Precondition::default())).expect("deleted");

    assert_eq!((members(&ground, 1), members(&ground, 3)), (vec!["Ana".to_owned()], vec![]));
    assert_eq!(ground.last_changes(3), ["delete subgroup 2", "delete subgroup 3", "delete group 2"]);
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn the_names_of_people_are_for_who_may_see_people() {
    let ground = school();
    ground.nest(1, 2).expect("nested");
    let reader = ground.token("groups:read");

    let found = wait(ground.directory.group(&reader, GroupKey::Number(group_number(1)), ALL)).expect("a group");

    let names: Vec<_> = found.members.expect("members").into_iter().map(|member| member.name).collect();
    assert_eq!(names, [None, Some("Law".to_owned())]);
}

#[test]
fn more_members_than_were_asked_for_are_none() {
    let ground = school();
    ground.nest(1, 2).expect("nested");
    ground.change_members(1, MemberStep::Add(people(&[2]))).expect("added");
    let at_most = |count| {
        let view = GroupView { members: WithMembers::AtMost(count), ..ALL };
        viewed(&ground, 1, view).members.map(|members| members.len())
    };

    assert_eq!((at_most(3), at_most(2), at_most(1), at_most(0)), (Some(3), None, None, None));
}

#[test]
fn one_member_more_or_less_reads_no_other_member() {
    // A server takes no text that cannot be read.
    let ground = school_on(Ground::on_a_file());
    ground.change_members(1, MemberStep::Add(people(&[2]))).expect("added");
    let subgroup = either(id_of_group(&ground, 2), UnknownMember::Refused);
    let cy = ground.person(3).expect("a person").person.id.uuid();
    // Whoever reads Ana, or her place in the group, fails.
    ground.forge("update people set record = x'01' where number = 1");
    ground.forge("update memberships set title = x'ff' where person_number = 1");
    assert!(ground.change_members(1, MemberStep::Set(people(&[2]))).is_err(), "all are read to set all");

    assert_eq!(viewed(&ground, 1, GroupView { members: WithMembers::AtMost(1), ..ALL }).members, None, "two are counted, not read");

    let view = WithMembers::Nobody;
    let key = GroupKey::Number(group_number(1));
    for step in [
        MemberStep::Add(people(&[3])),
        MemberStep::Remove(people(&[2])),
        MemberStep::Add(subgroup.clone()),
        MemberStep::Remove(subgroup),
        MemberStep::RemoveWhere(Filter::id(IdField::Id, cy)),
    ] {
        let change = GroupChange { members: MemberChange::Steps(vec![step]), ..GroupChange::default() };
        wait(ground.directory.update_group(&ground.operator, key, Precondition::default(), view, move |_| Ok::<_, DirectoryError>(change)))
            .expect("changed");
    }

    wait(ground.directory.add_members(&ground.operator, key, Precondition::default(), vec![PersonReference::Number(person_number(2))]))
        .expect("added");
}

#[test]
fn members_are_removed_by_what_is_shown_of_them() {
    let ground = school();
    ground.nest(1, 2).expect("nested");
    ground.change_members(1, MemberStep::Add(people(&[2, 3]))).expect("added");
    let part = |part, text: &str| Filter::text(TextField::Part(part), Comparison::Equal, text);

    ground.change_members(1, MemberStep::RemoveWhere(part(Part::Display, "BO"))).expect("removed");
    assert_eq!(members(&ground, 1), ["Ana", "Cy", "Law"]);
    ground.change_members(1, MemberStep::RemoveWhere(part(Part::Type, "user"))).expect("removed");
    assert_eq!(members(&ground, 1), ["Law"]);
    ground.change_members(1, MemberStep::RemoveWhere(Filter::everything())).expect("removed");
    assert_eq!(members(&ground, 1), [""; 0]);
}

#[test]
fn members_are_removed_by_id_where_all_else_holds_too() {
    let ground = school();
    ground.nest(1, 2).expect("nested");
    ground.change_members(1, MemberStep::Add(people(&[2, 3]))).expect("added");
    let id = |number| Filter::id(IdField::Id, ground.person(number).expect("a person").person.id.uuid());
    let either = Filter::Or(vec![id(1), id(2), Filter::id(IdField::Id, id_of_group(&ground, 3))]);
    let is_bo = Filter::text(TextField::Part(Part::Display), Comparison::Equal, "Bo");

    ground.change_members(1, MemberStep::RemoveWhere(either.and(is_bo))).expect("removed");

    assert_eq!(members(&ground, 1), ["Ana", "Cy", "Law"]);
}

#[test]
fn who_sees_no_people_removes_none_by_name() {
    let ground = school();
    let writer = ground.token("groups:read,groups:write");
    let step = MemberStep::RemoveWhere(Filter::text(TextField::Part(Part::Display), Comparison::NotEqual, "Ana"));
    let change = GroupChange { members: MemberChange::Steps(vec![step]), ..GroupChange::default() };

    let key = GroupKey::Number(group_number(1));
    let lens = move |_: &_| Ok::<_, DirectoryError>(change);
    let refused = wait(ground.directory.update_group(&writer, key, Precondition::default(), WithMembers::Nobody, lens));

    assert!(matches!(refused, Err(DirectoryError::Forbidden(Scope::PeopleRead))), "{refused:?}");
    assert_eq!(members(&ground, 1), ["Ana"]);
}

#[test]
fn an_external_id_is_one_group_s() {
    let ground = school();
    let change = || GroupChange { external_id: Change::Set(ExternalId::parse("A").expect("an id")), ..GroupChange::default() };
    ground.update_group(1, change()).expect("changed");
    let name = Change::Set(LongLabel::parse("Chess").expect("a name"));
    let new = GroupChange { name, ..change() };

    assert_eq!(reason(ground.update_group(2, change())), "external_id is taken by another record");
    let made = ground.directory.create_group(&ground.operator, None, ALL, move |_| Ok::<_, DirectoryError>(new), |_| Vec::new());
    assert_eq!(reason(wait(made)), "external_id is taken by another record");
    ground.update_group(1, change()).expect("its own");
}

#[test]
fn a_check_finds_groups_inside_themselves() {
    let ground = school();
    ground.nest(1, 2).expect("nested");
    ground.forge("insert into subgroups (organization_id, group_number, subgroup_number) values (1, 2, 3), (1, 3, 2)");

    assert_eq!(ground.findings(), ["senate: group 2 is inside itself", "senate: group 3 is inside itself"]);
}

#[test]
fn a_file_puts_groups_into_groups_that_stand_further_down() {
    let ground = Ground::new();
    let lines = || {
        vec![
            line(2, &[("group_number", "1"), ("group_name", "Arts"), ("subgroup_external_id", "L")]),
            line(3, &[("group_number", "1"), ("subgroup_number", "3")]),
            line(4, &[("group_number", "2"), ("group_external_id", "L"), ("group_name", "Law")]),
            line(5, &[("group_number", "3"), ("group_name", "Music")]),
        ]
    };

    let (first, second) = (ground.load_groups(lines()), ground.load_groups(lines()));

    assert_eq!((first.refused, first.memberships.created), (vec![], 2));
    assert_eq!((second.memberships.created, second.memberships.unchanged), (0, 2));
    assert_eq!(members(&ground, 1), ["Law", "Music"]);
}

#[test]
fn a_line_that_would_put_a_group_into_itself_or_names_none_is_reported() {
    let ground = Ground::new();

    let report = ground.load_groups(vec![
        line(2, &[("group_number", "1"), ("group_name", "Arts"), ("subgroup_number", "2")]),
        line(3, &[("group_number", "2"), ("group_name", "Law"), ("subgroup_number", "1")]),
        line(4, &[("group_number", "2"), ("group_name", "Law"), ("subgroup_external_id", "X")]),
        line(5, &[("group_number", "2"), ("group_name", "Law"), ("subgroup_number", "1"), ("person_number", "1")]),
    ]);

    let reasons: Vec<(u64, &str)> = report.refused.iter().map(|line| (line.number, line.reason.as_str())).collect();
    let arts = id_of_group(&ground, 1);
    let circle = format!("the group must not hold the group Arts ({arts}), which has this group inside it already");
    let expected = [
        (3, circle.as_str()),
        (4, "subgroup_external_id is no group's; everything else was loaded"),
        (5, "the line names a group inside the group, and a person too"),
    ];
    assert_eq!((reasons, members(&ground, 1)), (expected.to_vec(), vec!["Law".to_owned()]));
}

#[test]
fn a_write_searches_through_the_members_a_few_times_at_most() {
    let ground = school();
    let search = |times| {
        let steps = vec![MemberStep::RemoveWhere(Filter::everything()); times];
        ground.update_group(1, GroupChange { members: MemberChange::Steps(steps), ..GroupChange::default() })
    };

    assert_eq!(reason(search(11)), "members must not be searched through more than 10 times in one write");
    assert_eq!(members(&ground, 1), ["Ana"]);
    search(10).expect("searched");
    let nobody = MemberStep::RemoveWhere(Filter::id(IdField::Id, Uuid::nil()));
    let steps = MemberChange::Steps(vec![nobody; 1000]);
    ground.update_group(1, GroupChange { members: steps, ..GroupChange::default() }).expect("nobody searched for");
}
