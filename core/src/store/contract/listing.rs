//! Lists as SCIM reads them: what comes along, for whom, under which version.

use super::company::{ALL, Company};
use super::{Ground, line, open, strangers::strangers, wait};
use crate::directory::{Directory, DirectoryError, GroupKey, ImportMode, PackedList, PackedListed, PackedName, PersonKey, Shown, Version};
use crate::domain::{NamedPerson, Person, PersonId, Place, Scope};
use crate::query::{Comparison, Filter, GroupQuery, IdField, Including, ListField, NumberField, PersonQuery, Window, WithMembers};
use std::borrow::Cow;
use uuid::Uuid;

fn in_some_group() -> PersonQuery {
    PersonQuery { filter: Filter::any(ListField::Groups, Filter::everything()), ..PersonQuery::default() }
}

#[test]
fn who_may_not_see_groups_neither_sees_nor_asks_for_them() {
    let ground = Ground::new();
    Company::found(&ground, 40);
    let reader = ground.token("people:read");

    let list = wait(ground.directory.list_people(&reader, &PersonQuery::default(), ALL)).expect("people");
    let asked = wait(ground.directory.list_people(&reader, &in_some_group(), Including::default()));
    let counted = wait(ground.directory.count_people(&reader, &in_some_group().filter));

    assert!(list.items.iter().all(|item| item.groups.is_empty()));
    assert!(matches!(asked, Err(DirectoryError::Forbidden(Scope::GroupsRead))));
    assert!(matches!(counted, Err(DirectoryError::Forbidden(Scope::GroupsRead))));
}

#[test]
fn who_may_not_see_people_neither_learns_their_names_nor_asks_for_members() {
    let ground = Ground::new();
    Company::found(&ground, 40);
    let reader = ground.token("groups:read");
    let query = GroupQuery { members: WithMembers::All, ..GroupQuery::default() };
    let by_members = GroupQuery { filter: Filter::any(ListField::Members, Filter::everything()), ..query.clone() };

    let list = wait(ground.directory.list_groups(&reader, &query, true)).expect("groups");
    let asked = wait(ground.directory.list_groups(&reader, &by_members, true));

    let people = list.items.iter().filter_map(|item| item.responsible.as_ref());
    assert!(people.clone().count() > 0 && people.clone().all(|person| person.name.is_empty() && person.display_name.is_none()));
    assert!(matches!(asked, Err(DirectoryError::Forbidden(Scope::PeopleRead))));
}

#[test]
fn only_what_is_asked_for_comes_along() {
    let ground = Ground::new();
    let company = Company::found(&ground, 40);

    let bare = wait(ground.directory.list_people(&ground.operator, &PersonQuery::default(), Including::default())).expect("people");

    assert!(company.people.iter().any(|item| !item.groups.is_empty()) && company.people.iter().any(|item| item.manager.is_some()));
    assert!(bare.items.iter().all(|item| item.groups.is_empty() && item.manager.is_none()));
    assert_eq!(bare.total, None);
}

#[test]
fn a_list_of_nobody_still_counts_everybody() {
    let ground = Ground::new();
    Company::found(&ground, 40);
    let nobody = Window::new(0, 0);
    let people = PersonQuery { window: nobody, ..PersonQuery::default() };
    let groups = GroupQuery { window: nobody, ..GroupQuery::default() };

    let people = wait(ground.directory.list_people(&ground.operator, &people, ALL)).expect("people");
    let groups = wait(ground.directory.list_groups(&ground.operator, &groups, true)).expect("groups");

    assert_eq!((people.items.len(), people.total), (0, Some(40)));
    assert_eq!((groups.items.len(), groups.total), (0, Some(5)));
}

#[test]
fn a_window_behind_the_end_is_empty_and_the_total_true() {
    let ground = Ground::new();
    Company::found(&ground, 40);
    let windows = [Window::new(30, 100), Window::new(40, 10), Window::new(1000, 10), Window { offset: 39, limit: None }];

    for window in windows {
        let query = PersonQuery { window, ..PersonQuery::default() };
        let list = wait(ground.directory.list_people(&ground.operator, &query, ALL)).expect("people");

        assert_eq!((list.items.len(), list.total), (40_usize.saturating_sub(window.offset as usize), Some(40)), "{window:?}");
    }
}

#[test]
fn a_version_in_a_list_is_that_of_the_record_alone() {
    let ground = Ground::new();
    let company = Company::found(&ground, 40);
    let directory = &ground.directory;

    for item in &company.people {
        let version = wait(directory.person_version(&ground.operator, PersonKey::Id(item.person.id), Shown::Record));
        assert_eq!(version.expect("a version"), item.version);
    }
    for item in &company.groups {
        let version = wait(directory.group_version(&ground.operator, GroupKey::Id(item.group.id), Shown::Nested));
        assert_eq!(version.expect("a version"), item.version);
    }
}

#[test]
fn one_person_is_listed_by_its_id_or_not_at_all() {
    let ground = Ground::new();
    let company = Company::found(&ground, 40);
    let (known, unknown) = (company.people[7].person.id, PersonId::new(Uuid::nil()));

    let found = wait(ground.directory.list_packed_person(&ground.operator, PersonKey::Id(known), ALL)).expect("somebody");
    let missed = wait(ground.directory.list_packed_person(&ground.operator, PersonKey::Id(unknown), ALL));

    assert_eq!(found.iter().map(|listed| listed.person.unpacked()).collect::<Vec<_>>(), [Ok(company.people[7].person.clone())]);
    assert!(matches!(missed, Err(DirectoryError::NotFound)));
}

/// A person, its groups, its manager, and its version.
type Around = (Person, Vec<Place>, Option<(PersonId, Option<String>)>, Version);

/// People as they are packed, unpacked.
fn unpacked(list: &PackedList) -> Vec<Around> {
    let manager = |name: PackedName<'_>| (name.person_id().expect("an id"), name.display_name_text().map(Cow::into_owned));
    let one = |listed: PackedListed<'_>| {
        let places = listed.groups.iter().cloned().collect();
        (listed.person.unpacked().expect("readable"), places, listed.manager.map(manager), listed.version)
    };
    list.iter().map(one).collect()
}

#[test]
fn packed_people_come_with_what_stands_around_the_same_people_unpacked() {
    let ground = Ground::new();
    Company::found(&ground, 150);
    let reader = ground.token("people:read");
    let blocked = Filter::number(NumberField::Account, Comparison::NotEqual, 1);
    let (everybody, some) = (Filter::everything(), Filter::any(ListField::Groups, Filter::everything()));
    let windows = [Window::new(0, 100), Window::new(60, 7), Window::new(3, 1), Window { offset: 20, limit: None }, Window::new(400, 5)];

    for (filter, window) in [everybody, blocked, some].into_iter().flat_map(|filter| windows.map(|window| (filter.clone(), window))) {
        for actor in [&ground.operator, &reader] {
            let query = PersonQuery { filter: filter.clone(), window, ..PersonQuery::default() };
            let (Ok(packed), Ok(list)) =
                (wait(ground.directory.list_packed(actor, &query, ALL)), wait(ground.directory.list_people(actor, &query, ALL)))
            else {
                assert!(actor == &reader && query.filter.mentions(&ListField::Groups), "{query:?}");
                continue;
            };

            let manager = |named: NamedPerson| (named.id, named.display_name.map(|name| name.to_string()));
            let items = list.items.into_iter().map(|item| (item.person, item.groups, item.manager.map(manager), item.version));
            assert_eq!((unpacked(&packed), packed.total), (items.collect(), list.total), "{query:?}");
        }
    }
}

#[test]
fn somebody_in_a_group_inside_another_is_found_by_both_groups() {
    let ground = Ground::new();
    let company = Company::found(&ground, 120);
    let indirect = company.people.iter().find_map(|item| item.groups.iter().find(|place| !place.is_direct).map(|place| (item, place)));
    let (item, place) = indirect.expect("somebody in a group by nesting");
    let filter = Filter::any(ListField::Groups, Filter::id(IdField::Id, place.id.uuid()));

    let query = PersonQuery { filter, ..PersonQuery::default() };
    let list = wait(ground.directory.list_people(&ground.operator, &query, ALL)).expect("people");

    assert!(list.items.iter().any(|other| other.person.number == item.person.number));
}

/// How many people a list of nobody counts.
fn total(directory: &Directory, ground: &Ground) -> u64 {
    let nobody = PersonQuery { window: Window::new(0, 0), ..PersonQuery::default() };
    let including = Including { total: true, ..Including::default() };
    wait(directory.list_people(&ground.operator, &nobody, including)).expect("people").total.expect("a total")
}

#[test]
fn a_total_that_was_counted_before_is_that_of_this_moment_whoever_has_written() {
    let ground = Ground::new();
    let other = open(&ground.database);
    ground.load(strangers(3));
    assert_eq!([total(&ground.directory, &ground), total(&other, &ground)], [3, 3]);

    ground.load(vec![line(9, &[("external_id", "ana")])]);

    assert_eq!([total(&other, &ground), total(&ground.directory, &ground)], [4, 4]);
}

#[test]
fn a_rehearsal_leaves_the_total_as_it_was() {
    let ground = Ground::new();
    ground.load(strangers(3));
    let before = total(&ground.directory, &ground);

    ground.try_load(vec![line(9, &[("external_id", "ana")])], ImportMode::DryRun);
    let after = total(&ground.directory, &ground);
    ground.load(vec![line(9, &[("external_id", "ben")])]);

    assert_eq!((before, after, total(&ground.directory, &ground)), (3, 3, 4));
}
