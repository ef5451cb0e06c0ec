//! What is there after a write, beside the model, the moment before, and the history.

use super::super::wait;
use super::{Effects, Seen, Subject, Trial};
use crate::directory::{DirectoryError, group_fields, person_fields};
use crate::domain::{Group, Instant, Membership, Person, PersonNumber, Title};
use crate::query::{GroupQuery, Including, PersonQuery};
use crate::store::{Effort, GroupKey, PersonKey, StoredChange};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

impl Trial {
    /// Everything that is there, and the changes after one of the sequence.
    pub(super) fn see(&self, after: i64) -> Seen {
        let read = self.ground.directory.store.read(self.ground.operator.organization(), Effort::Long, move |tx| {
            Box::pin(async move {
                let people = tx.people(&PersonQuery::default(), Including::default()).await?.people;
                let people: Vec<Person> = people.into_iter().map(|row| row.person).collect();
                let groups = tx.groups(&GroupQuery::default(), false).await?.0;
                let (mut versions, mut places) = (BTreeMap::new(), BTreeMap::new());
                for person in &people {
                    let (_, own) = tx.version_of_person(&PersonKey::Number(person.number)).await?.expect("a version");
                    let newest = tx.newest_group_of_person(person.number).await?;
                    let (of, number) = (tx.places_of_person(person.number).await?, person.number.get());
                    versions.extend([(("person", number), own), (("person with groups", number), own.max(newest))]);
                    versions.insert(("person with places", number), own.max(of.1));
                    places.insert(number, of.0);
                }
                for group in &groups {
                    let sequences = tx.group_sequences(&GroupKey::Number(group.number)).await?.expect("a version");
                    let own = sequences.own.max(sequences.memberships);
                    let number = group.number.get();
                    versions.extend([(("group", number), own), (("group with responsible", number), own.max(sequences.responsible))]);
                    versions.insert(("group with subgroups", number), own.max(sequences.subgroups));
                }
                Ok::<_, DirectoryError>(Seen {
                    people: people.into_iter().map(|person| (person.number.get(), person)).collect(),
                    groups: groups.into_iter().map(|group| (group.number.get(), group)).collect(),
                    memberships: tx.memberships().await?,
                    subgroups: tx.subgroups().await?,
                    places,
                    versions,
                    sequence: tx.sequence().await?.0,
                    changes: tx.changes(after, None, u64::MAX).await?,
                })
            })
        });
        wait(read).expect("an answer")
    }

    /// The same people, groups and memberships as in the model, which learns the ids and moments that the store chose.
    pub(super) fn compare(&mut self, seen: &Seen, told: &str) {
        for (number, person) in &mut self.model.people {
            let Some(stored) = seen.people.get(number) else { panic!("{told}: person {number} is lost") };
            if person.id.uuid().is_nil() {
                (person.id, person.created_at) = (stored.id, stored.created_at);
            }
            person.updated_at = stored.updated_at;
        }
        for (number, group) in &mut self.model.groups {
            let Some(stored) = seen.groups.get(number) else { panic!("{told}: group {number} is lost") };
            if group.id.uuid().is_nil() {
                (group.id, group.created_at) = (stored.id, stored.created_at);
            }
            group.updated_at = stored.updated_at;
        }
        assert_eq!(seen.people, self.model.people, "{told}");
        assert_eq!(seen.groups, self.model.groups, "{told}");
        let title = |membership: &Membership| membership.title.as_ref().map(Title::to_string);
        let stored = seen.memberships.iter().map(|one| ((one.group.get(), one.person.get()), title(one)));
        assert_eq!(stored.collect::<BTreeMap<_, _>>(), self.model.titles, "{told}");
        let subgroups = seen.subgroups.iter().map(|one| (one.group.get(), one.subgroup.get()));
        assert_eq!(subgroups.collect::<BTreeSet<_>>(), self.model.subgroups, "{told}");
        for (person, places) in &seen.places {
            let direct: BTreeSet<i64> = self.model.titles.keys().filter(|(_, of)| of == person).map(|(group, _)| *group).collect();
            let around = direct.iter().flat_map(|group| self.model.groups_around(*group));
            let meant: BTreeMap<i64, bool> = around.chain(direct.iter().copied()).map(|group| (group, direct.contains(&group))).collect();
            let found: Vec<(i64, bool)> = places.iter().map(|place| (place.number.get(), place.is_direct)).collect();
            assert_eq!(found, meant.into_iter().collect::<Vec<_>>(), "{told}: the places of {person}");
        }
    }

    /// The changes say what was and what is, and add up to what is there.
    pub(super) fn replay(&mut self, seen: &Seen, told: &str) {
        for change in &seen.changes {
            if ["person", "group", "membership", "subgroup"].contains(&change.subject.as_str()) {
                replay_one(&mut self.replayed, change, told);
            }
        }
        let people = seen.people.iter().map(|(number, person)| (("person".to_owned(), *number, None), person_fields(person)));
        let groups = seen.groups.iter().map(|(number, group)| (("group".to_owned(), *number, None), group_fields(group)));
        let memberships = seen.memberships.iter().map(|one| {
            let title = one.title.as_ref().map(|title| ("title".to_owned(), title.as_str().into()));
            let fields = [("group".to_owned(), one.group.get().into())].into_iter().chain(title).collect();
            (("membership".to_owned(), one.person.get(), Some(one.group.get())), fields)
        });
        let subgroups = seen.subgroups.iter().map(|one| {
            let fields = Map::from_iter([("group".to_owned(), one.group.get().into())]);
            (("subgroup".to_owned(), one.subgroup.get(), Some(one.group.get())), fields)
        });
        let stored: BTreeMap<Subject, Map<String, Value>> = people.chain(groups).chain(memberships).chain(subgroups).collect();
        assert_eq!(self.replayed, stored, "{told}");
    }
}

fn replay_one(replayed: &mut BTreeMap<Subject, Map<String, Value>>, change: &StoredChange, told: &str) {
    let subject = (change.subject.clone(), change.subject_number, change.group.map(|group| group.get()));
    let was = replayed.remove(&subject);
    let (before, after) = (change.before.clone().unwrap_or_default(), change.after.clone().unwrap_or_default());
    match (change.action.as_str(), was) {
        ("create" | "restore", None) => drop(replayed.insert(subject, after)),
        ("delete", Some(was)) => assert_eq!(was, before, "{told}: {change:?}"),
        ("update", Some(mut is)) => {
            assert_ne!(before, after, "{told}: nothing is different in {change:?}");
            for (name, value) in &before {
                assert_eq!(is.remove(name).as_ref(), Some(value), "{told}: {change:?}");
            }
            for (name, value) in after {
                assert_eq!(is.insert(name, value), None, "{told}: {change:?}");
            }
            replayed.insert(subject, is);
        }
        // Of somebody in the bin.
        ("update" | "erase", None) if change.subject == "person" => {}
        (_, was) => panic!("{told}: {change:?} of {was:?}"),
    }
}

/// Versions and moments move of what has changed, and of nothing else; never back.
pub(super) fn assert_moved(before: &Seen, after: &Seen, effects: &Effects, told: &str) {
    let groups_of = |person: i64| after.memberships.iter().filter(move |one| one.person.get() == person).map(|one| one.group.get());
    for (of, version) in &after.versions {
        let Some(old) = before.versions.get(of) else { continue };
        let (kind, number) = *of;
        let places_of = |person: i64| after.places[&person].iter().map(|place| place.number.get());
        let is_person_moved = || effects.people.contains(&number) || effects.movers.contains(&number);
        let is_group_moved = || effects.groups.contains(&number) || effects.moved.contains(&number);
        let responsible = || after.groups[&number].responsible.map(PersonNumber::get);
        let is_moved = match kind {
            "person" => is_person_moved(),
            "person with groups" => is_person_moved() || groups_of(number).any(|group| effects.groups.contains(&group)),
            "person with places" => {
                let is_shifted = |group: i64| effects.groups.contains(&group) || effects.placed.contains(&group);
                is_person_moved() || places_of(number).any(is_shifted)
            }
            "group" => is_group_moved(),
            "group with subgroups" => is_group_moved() || effects.nested.contains(&number),
            _ => is_group_moved() || responsible().is_some_and(|person| effects.people.contains(&person)),
        };
        assert_eq!(version != old, is_moved, "{told}: the version of {kind} {number}");
        assert!(version >= old && *version <= after.sequence, "{told}: the version of {kind} {number}");
    }
    let sequences: Vec<i64> = after.changes.iter().map(|change| change.sequence).collect();
    assert_eq!(sequences, (before.sequence + 1..=after.sequence).collect::<Vec<_>>(), "{told}");
    assert!(after.changes.is_sorted_by_key(|change| change.at), "{told}");
    let moment = |kind: &str, number: i64| {
        after.changes.iter().rfind(|change| change.subject == kind && change.subject_number == number).map(|change| change.at)
    };
    let people = |seen: &Seen| moments(&seen.people, |person: &Person| person.updated_at);
    let groups = |seen: &Seen| moments(&seen.groups, |group: &Group| group.updated_at);
    for (kind, old, new, changed) in
        [("person", people(before), people(after), &effects.people), ("group", groups(before), groups(after), &effects.groups)]
    {
        assert_updated(kind, &old, &new, changed, &|number| moment(kind, number), told);
    }
}

fn moments<T>(records: &BTreeMap<i64, T>, updated_at: impl Fn(&T) -> Instant) -> BTreeMap<i64, Instant> {
    records.iter().map(|(number, record)| (*number, updated_at(record))).collect()
}

fn assert_updated(
    kind: &str,
    before: &BTreeMap<i64, Instant>,
    after: &BTreeMap<i64, Instant>,
    changed: &BTreeSet<i64>,
    moment: &dyn Fn(i64) -> Option<Instant>,
    told: &str,
) {
    for (number, updated_at) in after {
        let expected = if changed.contains(number) { moment(*number) } else { before.get(number).copied() };
        assert_eq!(Some(*updated_at), expected, "{told}: {kind} {number}");
        assert!(before.get(number).is_none_or(|old| old <= updated_at), "{told}: {kind} {number}");
    }
}
