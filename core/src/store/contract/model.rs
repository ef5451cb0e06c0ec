//! An organization in memory, as plain as can be: what every write means, for a test that compares the store with it.

use crate::domain::{
    Account, Change, Group, GroupId, GroupNumber, Instant, LongLabel, Person, PersonChange, PersonId, PersonNumber, VariableName,
    unique_key,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is there, by number; a membership by its group and its person, with the title; a subgroup by the outer group and
/// its own number.
#[derive(Clone, Default)]
pub(super) struct Model {
    pub(super) people: BTreeMap<i64, Person>,
    pub(super) groups: BTreeMap<i64, Group>,
    pub(super) titles: BTreeMap<(i64, i64), Option<String>>,
    pub(super) subgroups: BTreeSet<(i64, i64)>,
    pub(super) bin: BTreeMap<i64, Binned>,
    pub(super) erased: BTreeSet<i64>,
    pub(super) last_person: i64,
    pub(super) last_group: i64,
}

/// Somebody in the bin, and where they stood.
#[derive(Clone)]
pub(super) struct Binned {
    person: Person,
    titles: Vec<(i64, Option<String>)>,
    reports: BTreeSet<i64>,
    responsible_for: Vec<i64>,
}

/// How many changes a write made, and of whose records and memberships.
#[derive(Debug, Default)]
pub(super) struct Effects {
    pub(super) changes: i64,
    pub(super) people: BTreeSet<i64>,
    pub(super) groups: BTreeSet<i64>,
    /// People who have entered or left a group.
    pub(super) movers: BTreeSet<i64>,
    /// Groups that somebody has entered or left.
    pub(super) moved: BTreeSet<i64>,
    /// Groups that a group has entered or left.
    pub(super) nested: BTreeSet<i64>,
    /// Groups that have entered or left another.
    pub(super) placed: BTreeSet<i64>,
}

/// The write is to be refused, and to change nothing.
#[derive(Debug)]
pub(super) struct Refused;

pub(super) type Outcome = Result<Effects, Refused>;

/// What a write asks of a group.
#[derive(Clone, Debug, Default)]
pub(super) struct GroupWish {
    pub(super) name: Option<LongLabel>,
    pub(super) responsible: Option<Option<i64>>,
    pub(super) members: Option<BTreeSet<i64>>,
}

/// What is to be done with members that are named.
#[derive(Clone, Copy, Debug)]
pub(super) enum MembersAre {
    Added,
    Removed,
    /// All that there are.
    Set,
}

fn number(of: i64) -> PersonNumber {
    PersonNumber::new(of).expect("a number")
}

impl Model {
    pub(super) fn create(&mut self, mut change: PersonChange, is_email_unique: bool) -> Outcome {
        let groups = std::mem::take(&mut change.groups);
        let now = Instant::from_milliseconds(0).expect("an instant");
        let mut person = Person::new(PersonId::new(Uuid::nil()), number(self.last_person + 1), now);
        person.role = super::changing::with_role(super::changing::NORMAL_USER).role.into_set();
        self.refuse(None, &change, &groups)?;
        change.apply(&mut person);
        if person.name().is_empty() {
            return Err(Refused);
        }
        self.refuse_taken(None, &person, is_email_unique)?;
        self.last_person += 1;
        let mut effects = Effects::default();
        let of = self.last_person;
        self.put(person, &mut effects);
        self.set_groups(of, groups, &mut effects);
        Ok(effects)
    }

    pub(super) fn update(&mut self, of: i64, mut change: PersonChange, is_email_unique: bool) -> Outcome {
        let before = self.people.get(&of).cloned().ok_or(Refused)?;
        let groups = std::mem::take(&mut change.groups);
        self.refuse(Some(&before), &change, &groups)?;
        let mut person = before.clone();
        change.apply(&mut person);
        if person.name().is_empty() && !before.name().is_empty() {
            return Err(Refused);
        }
        self.refuse_taken(Some(&before), &person, is_email_unique)?;
        self.refuse_losing_last_owner(&before, Some(&person))?;
        let mut effects = Effects::default();
        self.put(person, &mut effects);
        self.set_groups(of, groups, &mut effects);
        Ok(effects)
    }

    pub(super) fn delete(&mut self, of: i64) -> Outcome {
        let person = self.people.get(&of).cloned().ok_or(Refused)?;
        self.refuse_losing_last_owner(&person, None)?;
        let mut effects = Effects { changes: 1, ..Effects::default() };
        let titles: Vec<_> =
            self.titles.iter().filter(|((_, member), _)| *member == of).map(|((group, _), title)| (*group, title.clone())).collect();
        titles.iter().for_each(|(group, _)| self.leave(*group, of, &mut effects));
        let reports: BTreeSet<i64> =
            self.people.values().filter(|report| report.manager == Some(person.number)).map(|report| report.number.get()).collect();
        for report in &reports {
            self.put(Person { manager: None, ..self.people[report].clone() }, &mut effects);
        }
        let responsible_for: Vec<i64> =
            self.groups.values().filter(|group| group.responsible == Some(person.number)).map(|group| group.number.get()).collect();
        for group in &responsible_for {
            self.put_group(Group { responsible: None, ..self.groups[group].clone() }, &mut effects);
        }
        self.people.remove(&of);
        self.bin.insert(of, Binned { person, titles, reports, responsible_for });
        Ok(effects)
    }

    pub(super) fn restore(&mut self, of: i64) -> Outcome {
        let Binned { mut person, titles, reports, responsible_for } = self.bin.get(&of).cloned().ok_or(Refused)?;
        self.refuse_taken(None, &person, false)?;
        self.bin.remove(&of);
        let mut effects = Effects::default();
        if let Some(manager) = person.manager.map(PersonNumber::get).filter(|manager| !self.people.contains_key(manager)) {
            person.manager = None;
            if let Some(manager) = self.bin.get_mut(&manager) {
                manager.reports.insert(of);
            }
        }
        self.put(person, &mut effects);
        for (group, title) in titles.into_iter().filter(|(group, _)| self.groups.contains_key(group)).collect::<Vec<_>>() {
            self.join(group, of, title, &mut effects);
        }
        for report in reports {
            if let Some(live) = self.people.get(&report).cloned().filter(|report| report.manager.is_none()) {
                self.put(Person { manager: Some(number(of)), ..live }, &mut effects);
            } else if let Some(binned) = self.bin.get_mut(&report).filter(|binned| binned.person.manager.is_none()) {
                binned.person.manager = Some(number(of));
                effects.changes += 1;
            }
        }
        for group in responsible_for {
            if let Some(free) = self.groups.get(&group).cloned().filter(|group| group.responsible.is_none()) {
                self.put_group(Group { responsible: Some(number(of)), ..free }, &mut effects);
            }
        }
        Ok(effects)
    }

    pub(super) fn purge(&mut self, of: i64) -> Outcome {
        self.bin.remove(&of).ok_or(Refused)?;
        self.erased.insert(of);
        Ok(Effects { changes: 1, ..Effects::default() })
    }

    pub(super) fn create_group(&mut self, wish: GroupWish) -> Outcome {
        let name = wish.name.clone().ok_or(Refused)?;
        let of = GroupNumber::new(self.last_group + 1).expect("a number");
        let (created_at, updated_at) =
            (Instant::from_milliseconds(0).expect("an instant"), Instant::from_milliseconds(0).expect("an instant"));
        let group = Group {
            id: GroupId::new(Uuid::nil()),
            number: of,
            external_id: None,
            name,
            description: None,
            email: None,
            responsible: None,
            additional_information: None,
            custom: crate::domain::Attributes::new(),
            created_at,
            updated_at,
        };
        self.wish(group, wish).inspect(|_| self.last_group += 1)
    }

    pub(super) fn update_group(&mut self, of: i64, wish: GroupWish) -> Outcome {
        let group = self.groups.get(&of).cloned().ok_or(Refused)?;
        self.wish(group, wish)
    }

    pub(super) fn delete_group(&mut self, of: i64) -> Outcome {
        self.groups.get(&of).ok_or(Refused)?;
        let mut effects = Effects { changes: 1, ..Effects::default() };
        self.members(of).into_iter().for_each(|person| self.leave(of, person, &mut effects));
        let around: Vec<(i64, i64)> = self.subgroups.iter().filter(|(outer, inner)| [*outer, *inner].contains(&of)).copied().collect();
        around.into_iter().for_each(|pair| self.unnest(pair, &mut effects));
        self.groups.remove(&of);
        Ok(effects)
    }

    /// People and groups are put into a group, taken out, or made all that is in it.
    pub(super) fn change_members(&mut self, of: i64, are: MembersAre, people: &BTreeSet<i64>, groups: &BTreeSet<i64>) -> Outcome {
        let is_there = self.groups.contains_key(&of);
        let are_there =
            people.iter().all(|person| self.people.contains_key(person)) && groups.iter().all(|group| self.groups.contains_key(group));
        let is_new = |inner: &i64| !self.subgroups.contains(&(of, *inner));
        let is_circle = |inner: &i64| is_new(inner) && (*inner == of || self.groups_around(of).contains(inner));
        let is_taken = matches!(are, MembersAre::Removed);
        if !is_there || !are_there || !is_taken && groups.iter().any(is_circle) {
            return Err(Refused);
        }
        let (held, inner) = (self.members(of), self.subgroups_of(of));
        let mut effects = Effects::default();
        let wanted = |held: &BTreeSet<i64>, named: &BTreeSet<i64>| match are {
            MembersAre::Added => held | named,
            MembersAre::Removed => held - named,
            MembersAre::Set => named.clone(),
        };
        let (people, groups) = (wanted(&held, people), wanted(&inner, groups));
        (&held - &people).into_iter().for_each(|person| self.leave(of, person, &mut effects));
        (&people - &held).into_iter().for_each(|person| self.join(of, person, None, &mut effects));
        (&inner - &groups).into_iter().for_each(|group| self.unnest((of, group), &mut effects));
        for group in &groups - &inner {
            self.subgroups.insert((of, group));
            effects.changes += 1;
            effects.nested.insert(of);
            effects.placed.insert(group);
        }
        Ok(effects)
    }

    /// The groups that one is inside of, be it through others.
    pub(super) fn groups_around(&self, of: i64) -> BTreeSet<i64> {
        let (mut around, mut next) = (BTreeSet::new(), vec![of]);
        while let Some(group) = next.pop() {
            next.extend(
                self.subgroups.iter().filter(|(_, inner)| *inner == group).map(|(outer, _)| *outer).filter(|outer| around.insert(*outer)),
            );
        }
        around
    }

    fn subgroups_of(&self, of: i64) -> BTreeSet<i64> {
        self.subgroups.iter().filter(|(outer, _)| *outer == of).map(|(_, inner)| *inner).collect()
    }

    fn unnest(&mut self, pair: (i64, i64), effects: &mut Effects) {
        self.subgroups.remove(&pair);
        effects.changes += 1;
        effects.nested.insert(pair.0);
        effects.placed.insert(pair.1);
    }

    /// A line of a file: whoever has this login becomes this, and enters a group.
    pub(super) fn import(&mut self, change: PersonChange, group: Option<i64>) -> Outcome {
        let key = |person: &Person| person.login.as_ref().map(|login| unique_key(login.as_str()));
        let mut probe = self.clone();
        let login = change.login.clone().into_set().map(|login| unique_key(login.as_str()));
        let found = probe.people.values().find(|person| key(person) == login).map(|person| person.number.get());
        let mut effects = match found {
            Some(found) => probe.update(found, change, false)?,
            None => probe.create(change, false)?,
        };
        if let Some(group) = group {
            let of = found.unwrap_or(probe.last_person);
            if !probe.titles.contains_key(&(group, of)) {
                probe.join(group, of, None, &mut effects);
            }
        }
        *self = probe;
        Ok(effects)
    }

    /// An attribute goes with all its values, and is defined anew.
    pub(super) fn erase(&mut self, attribute: &VariableName) -> Outcome {
        let mut effects = Effects { changes: 2, ..Effects::default() };
        for mut person in self.people.values().cloned().collect::<Vec<_>>() {
            person.custom.remove(attribute);
            self.put(person, &mut effects);
        }
        let erased = self.bin.values_mut().filter_map(|binned| binned.person.custom.remove(attribute));
        effects.changes += erased.count() as i64;
        Ok(effects)
    }

    pub(super) fn members(&self, group: i64) -> BTreeSet<i64> {
        self.titles.keys().filter(|(of, _)| *of == group).map(|(_, person)| *person).collect()
    }

    fn wish(&mut self, mut group: Group, wish: GroupWish) -> Outcome {
        let named = wish.members.iter().flatten().copied().chain(wish.responsible.flatten());
        if named.into_iter().any(|person| !self.people.contains_key(&person)) {
            return Err(Refused);
        }
        let (of, mut effects) = (group.number.get(), Effects::default());
        group.name = wish.name.unwrap_or(group.name);
        group.responsible = wish.responsible.map_or(group.responsible, |person| person.map(number));
        self.put_group(group, &mut effects);
        if let Some(wanted) = wish.members {
            let members = self.members(of);
            members.difference(&wanted).for_each(|person| self.leave(of, *person, &mut effects));
            wanted.difference(&members).for_each(|person| self.join(of, *person, None, &mut effects));
        }
        Ok(effects)
    }

    fn put(&mut self, person: Person, effects: &mut Effects) {
        let of = person.number.get();
        if self.people.get(&of) != Some(&person) {
            effects.changes += 1;
            effects.people.insert(of);
            self.people.insert(of, person);
        }
    }

    fn put_group(&mut self, group: Group, effects: &mut Effects) {
        let of = group.number.get();
        if self.groups.get(&of) != Some(&group) {
            effects.changes += 1;
            effects.groups.insert(of);
            self.groups.insert(of, group);
        }
    }

    pub(super) fn join(&mut self, group: i64, person: i64, title: Option<String>, effects: &mut Effects) {
        self.titles.insert((group, person), title);
        Self::pass(group, person, effects);
    }

    fn leave(&mut self, group: i64, person: i64, effects: &mut Effects) {
        self.titles.remove(&(group, person));
        Self::pass(group, person, effects);
    }

    fn pass(group: i64, person: i64, effects: &mut Effects) {
        effects.changes += 1;
        effects.movers.insert(person);
        effects.moved.insert(group);
    }

    fn set_groups(&mut self, person: i64, wanted: Change<Vec<GroupNumber>>, effects: &mut Effects) {
        let Some(wanted) = wanted.into_set() else { return };
        let wanted: BTreeSet<i64> = wanted.into_iter().map(GroupNumber::get).collect();
        let held: BTreeSet<i64> = self.titles.keys().filter(|(_, of)| *of == person).map(|(group, _)| *group).collect();
        held.difference(&wanted).for_each(|group| self.leave(*group, person, effects));
        wanted.difference(&held).for_each(|group| self.join(*group, person, None, effects));
    }

    /// References to nothing, and somebody as their own manager.
    fn refuse(&self, before: Option<&Person>, change: &PersonChange, groups: &Change<Vec<GroupNumber>>) -> Result<(), Refused> {
        let is_role_there = change.role.clone().into_set().is_none_or(|role| role.get() <= super::changing::LAST_ROLE);
        let manager = change.manager.clone().into_set().map(PersonNumber::get);
        let is_manager_there = manager.is_none_or(|manager| self.people.contains_key(&manager));
        let is_own_manager = before.is_some_and(|before| manager == Some(before.number.get()));
        let are_groups_there =
            groups.clone().into_set().is_none_or(|groups| groups.iter().all(|group| self.groups.contains_key(&group.get())));
        if is_role_there && is_manager_there && !is_own_manager && are_groups_there { Ok(()) } else { Err(Refused) }
    }

    fn refuse_taken(&self, before: Option<&Person>, person: &Person, is_email_unique: bool) -> Result<(), Refused> {
        let login = |person: &Person| person.login.as_ref().map(|text| unique_key(text.as_str()));
        let email = |person: &Person| person.email.as_ref().map(|text| unique_key(text.as_str()));
        let others = || self.people.values().filter(|other| other.number != person.number);
        let is_taken = |key: &dyn Fn(&Person) -> Option<String>| {
            let wanted = key(person);
            wanted.is_some() && wanted != before.and_then(key) && others().any(|other| key(other) == wanted)
        };
        if is_taken(&login) || is_email_unique && is_taken(&email) { Err(Refused) } else { Ok(()) }
    }

    fn refuse_losing_last_owner(&self, before: &Person, after: Option<&Person>) -> Result<(), Refused> {
        let owns = |person: &Person| {
            person.role.is_some_and(|role| role.get() == super::changing::OWNER) && person.account == Account::Active && !person.is_archived
        };
        let is_another_left = || self.people.values().any(|other| other.number != before.number && owns(other));
        if owns(before) && !after.is_some_and(owns) && !is_another_left() { Err(Refused) } else { Ok(()) }
    }
}

/// What is to be set.
pub(super) trait IntoSet<T> {
    fn into_set(self) -> Option<T>;
}

impl<T> IntoSet<T> for Change<T> {
    fn into_set(self) -> Option<T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}
