//! Random writes of every kind: after each of them the store holds what the model says, has moved the versions of what
//! changed and of nothing else, and has remembered exactly that.

mod seen;

use super::changing::{PEOPLE, group_number, named, person_number, with_role};
use super::model::{Effects, GroupWish, MembersAre, Model, Outcome, Refused};
use super::strangers::Dice;
use super::{Ground, NOW, attributes, line, wait};
use crate::directory::{
    Actor, DirectoryError, EmailRule, GroupChange, GroupKey, ImportMode, MemberChange, MemberList, MemberReference, MemberStep, NewPerson,
    PersonReference, PersonUpdate, Precondition, StoredValues, Surroundings, UnknownMember,
};
use crate::domain::{
    Account, AttributeObject, AttributeValue, Change, Email, Group, Instant, Login, LongLabel, Membership, Name, NewDefinition, Person,
    PersonChange, Place, Subgroup, Title,
};
use crate::store::StoredChange;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

const STEPS: usize = 250;
const CHECKED_EVERY: usize = 25;
const SEEDS: [u64; 2] = [0x0dd5, 0xbead];

const NAMES: [&str; 4] = ["Ana", "Bo", "Ana de Souza", ""];
const LOGINS: [&str; 6] = ["ana", "ANA", " ａｎａ", "bo", "Bo ", "cy"];
const ADDRESSES: [&str; 3] = ["ana@example.com", "ＡＮＡ@Example.com", "bo@example.com"];

/// A subject of the history: its kind, its number, and the group of a membership or around a subgroup.
type Subject = (String, i64, Option<i64>);

/// Everything that is there at one moment.
#[derive(Debug)]
struct Seen {
    people: BTreeMap<i64, Person>,
    groups: BTreeMap<i64, Group>,
    memberships: Vec<Membership>,
    subgroups: Vec<Subgroup>,
    places: BTreeMap<i64, Vec<Place>>,
    /// Of each person alone, with the names of its groups, and with those around them; of each group alone, with who is
    /// responsible for it, and with the groups in it.
    versions: BTreeMap<(&'static str, i64), i64>,
    sequence: i64,
    /// Those since the last moment.
    changes: Vec<StoredChange>,
}

struct Trial {
    ground: Ground,
    writer: Actor,
    clock: Arc<AtomicI64>,
    model: Model,
    dice: Dice,
    /// What records are by their changes alone.
    replayed: BTreeMap<Subject, Map<String, Value>>,
    /// Whom each idempotency key made.
    keys: BTreeMap<usize, i64>,
}

#[test]
fn any_writes_leave_what_they_say_and_a_history_of_it() {
    for seed in SEEDS {
        let mut trial = Trial::new(seed);
        let mut before = trial.see(0);
        for step in 1..=STEPS {
            let (told, effects) = trial.write();
            let after = trial.see(before.sequence);
            let told = format!("seed {seed:#x}, step {step}: {told}");
            trial.compare(&after, &told);
            assert_eq!(after.sequence - before.sequence, effects.changes, "{told}");
            seen::assert_moved(&before, &after, &effects, &told);
            trial.replay(&after, &told);
            if step % CHECKED_EVERY == 0 {
                assert_eq!(trial.ground.findings(), Vec::<String>::new(), "{told}");
            }
            before = after;
        }
        for erased in &trial.model.erased {
            let told = trial.ground.history(Some(*erased));
            assert!(told.iter().all(|change| change.before.is_none() && change.after.is_none()));
        }
    }
}

impl Trial {
    fn new(seed: u64) -> Self {
        let mut ground = Ground::new();
        let clock = Arc::new(AtomicI64::new(NOW));
        let hands = Arc::clone(&clock);
        let surroundings = Surroundings::with_clock(move || Instant::from_milliseconds(hands.load(Ordering::Relaxed)).expect("an instant"));
        ground.directory = ground.database.open(surroundings);
        let writer = ground.token("people:write");
        let trial = Self {
            ground,
            writer,
            clock,
            model: Model::default(),
            dice: Dice::new(seed),
            replayed: BTreeMap::new(),
            keys: BTreeMap::new(),
        };
        trial.define();
        trial
    }

    fn define(&self) {
        let new = NewDefinition::text(AttributeObject::Person, attributes::name("size"));
        wait(self.ground.directory.create_attribute(&self.ground.operator, new)).expect("defined");
    }

    /// One random write, in words, and what the model says of it; the store must have taken it exactly if the model did.
    fn write(&mut self) -> (String, Effects) {
        let moved = [0, 1, 1000, -5000][self.dice.below(4)];
        self.clock.fetch_add(moved, Ordering::Relaxed);
        let (told, answer, outcome) = match self.dice.below(18) {
            0..=2 => self.create(),
            3..=6 => self.update(),
            7 => self.delete(),
            8 => self.restore(),
            9 => self.purge(),
            10 => self.create_group(),
            11 => self.update_group(),
            12 => self.change_members(),
            13 => self.import(),
            14 => self.repeat(),
            15 | 16 => self.change_nesting(),
            _ => self.seldom(),
        };
        match (&answer, outcome) {
            (Ok(()), Ok(effects)) => (told, effects),
            (Err(DirectoryError::Store(_) | DirectoryError::Busy), _) => panic!("{told}: {answer:?}"),
            (Err(_), Err(Refused)) => (told, Effects::default()),
            (answer, outcome) => panic!("{told}: the store says {answer:?} and the model {outcome:?}"),
        }
    }

    fn create(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let (change, email) = (self.change(), self.email_rule());
        let outcome = self.model.create(change.clone(), email == EmailRule::Unique);
        let told = format!("create {change:?} {email:?}");
        (told, self.ground.create_as(&self.ground.operator, NewPerson { email, ..NewPerson::default() }, change).map(drop), outcome)
    }

    fn update(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let (number, change, email) = (self.somebody(), self.change(), self.email_rule());
        let outcome = self.model.update(number, change.clone(), email == EmailRule::Unique);
        let told = format!("update {number} {change:?} {email:?}");
        let update = PersonUpdate { email, ..PersonUpdate::default() };
        (told, self.ground.update_as(&self.ground.operator, number, update, change).map(drop), outcome)
    }

    fn delete(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let number = self.somebody();
        (format!("delete {number}"), self.ground.delete(number), self.model.delete(number))
    }

    fn restore(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let number = self.somebody_in_the_bin();
        (format!("restore {number}"), self.ground.restore(number), self.model.restore(number))
    }

    fn purge(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let number = self.somebody_in_the_bin();
        (format!("purge {number}"), self.ground.purge(number), self.model.purge(number))
    }

    fn create_group(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let wish = GroupWish { name: Some(LongLabel::parse(["Arts", "Law"][self.dice.below(2)]).expect("a name")), ..self.group_wish() };
        let (told, change) = (format!("create group {wish:?}"), group_change(&wish));
        let made = self.ground.directory.create_group(&self.ground.operator, None, PEOPLE, move |_| Ok(change), |_| Vec::new());
        (told, wait(made).map(drop), self.model.create_group(wish))
    }

    fn update_group(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let (number, wish) = (self.some_group(), self.group_wish());
        let told = format!("update group {number} {wish:?}");
        (told, self.ground.update_group(number, group_change(&wish)).map(drop), self.model.update_group(number, wish))
    }

    fn change_members(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let (number, people, is_added) = (self.some_group(), self.people(), self.dice.below(2) == 0);
        let are = if is_added { MembersAre::Added } else { MembersAre::Removed };
        let outcome = self.model.change_members(number, are, &people, &BTreeSet::new());
        let (key, directory, actor) = (GroupKey::Number(group_number(number)), &self.ground.directory, &self.ground.operator);
        let answer = match is_added {
            true => wait(directory.add_members(actor, key, Precondition::default(), references(&people))),
            false => wait(directory.remove_members(actor, key, Precondition::default(), references(&people))),
        };
        (format!("members of {number}: {people:?}, added: {is_added}"), answer, outcome)
    }

    /// The same with groups among the members.
    fn change_nesting(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let (number, people, groups) = (self.some_group(), self.people(), self.some_groups());
        let are = [MembersAre::Added, MembersAre::Added, MembersAre::Removed, MembersAre::Set][self.dice.below(4)];
        let id = |group: &i64| self.model.groups.get(group).map_or_else(Uuid::nil, |group| group.id.uuid());
        let named = references(&people).into_iter().map(MemberReference::Person);
        let members = named.chain(groups.iter().map(id).map(MemberReference::Either)).collect();
        let list = MemberList { members, unknown: UnknownMember::Refused };
        let step = match are {
            MembersAre::Added => MemberStep::Add(list),
            MembersAre::Removed => MemberStep::Remove(list),
            MembersAre::Set => MemberStep::Set(list),
        };
        let outcome = self.model.change_members(number, are, &people, &groups);
        let told = format!("members of {number}: people {people:?} and groups {groups:?} {are:?}");
        (told, self.ground.change_members(number, step).map(drop), outcome)
    }

    fn import(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let (login, title) = (LOGINS[self.dice.below(6)], ["Chair", "Member"][self.dice.below(2)]);
        let (account, group) = (Account::ALL[self.dice.below(2)], self.some_group());
        let (number, group) = (group.to_string(), Some(group).filter(|group| self.model.groups.contains_key(group)));
        let groups = if group.is_some() { number.as_str() } else { "" };
        let cells = [("login", login), ("title", title), ("account", account.as_str()), ("groups", groups)];
        let change = PersonChange {
            login: Change::Set(Login::parse(login).expect("a login")),
            title: Change::Set(Title::parse(title).expect("a title")),
            account: Change::Set(account),
            ..PersonChange::default()
        };
        let mode = [ImportMode::Batches, ImportMode::Atomic, ImportMode::DryRun][self.dice.below(3)];
        let mut rehearsal = self.model.clone();
        let model = if mode == ImportMode::DryRun { &mut rehearsal } else { &mut self.model };
        let outcome = model.import(change, group).map(|effects| if mode == ImportMode::DryRun { Effects::default() } else { effects });
        let report = self.ground.try_load(vec![line(2, &cells)], mode);
        let answer = if report.refused.is_empty() { Ok(()) } else { Err(DirectoryError::LastOwner) };
        (format!("import {cells:?} {mode:?}: {report:?}"), answer, outcome)
    }

    /// A create that may have been sent before.
    fn repeat(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        let key = self.dice.below(3);
        let is_kept = self.keys.get(&key).is_some_and(|made| !self.model.erased.contains(made));
        let change = named(&format!("Repeated {key}"));
        let outcome = if is_kept { Ok(Effects::default()) } else { self.model.create(change.clone(), false) };
        if !is_kept {
            self.keys.insert(key, self.model.last_person);
        }
        let answer = self.ground.create_repeatedly(&self.writer, &key.to_string(), 1, change);
        if let Ok(answer) = &answer {
            assert_eq!((answer.is_repeated, &answer.body), (is_kept, &format!("{} Repeated {key}", self.keys[&key]).into_bytes()));
        }
        (format!("create with key {key}"), answer.map(drop), outcome)
    }

    fn seldom(&mut self) -> (String, Result<(), DirectoryError>, Outcome) {
        if self.dice.below(2) == 0 {
            let number = self.some_group();
            let key = GroupKey::Number(group_number(number));
            let answer = wait(self.ground.directory.delete_group(&self.ground.operator, key, &Precondition::default()));
            return (format!("delete group {number}"), answer, self.model.delete_group(number));
        }
        let size = attributes::name("size");
        let deleted = self.ground.directory.delete_attribute(&self.ground.operator, AttributeObject::Person, &size, StoredValues::Erase);
        let answer = wait(deleted).map(drop);
        self.define();
        ("erase an attribute".to_owned(), answer, self.model.erase(&size))
    }
}

impl Trial {
    /// A number of somebody, who may not be there.
    fn somebody(&mut self) -> i64 {
        1 + self.dice.below(usize::try_from(self.model.last_person).unwrap_or(0) + 1) as i64
    }

    fn somebody_in_the_bin(&mut self) -> i64 {
        let numbers: Vec<i64> = self.model.bin.keys().copied().collect();
        if numbers.is_empty() || self.dice.below(8) == 0 { self.somebody() } else { numbers[self.dice.below(numbers.len())] }
    }

    fn some_group(&mut self) -> i64 {
        1 + self.dice.below(usize::try_from(self.model.last_group).unwrap_or(0) + 1) as i64
    }

    /// Groups, all of which are there as a rule.
    fn some_groups(&mut self) -> BTreeSet<i64> {
        let numbers: Vec<i64> = self.model.groups.keys().copied().collect();
        if numbers.is_empty() || self.dice.below(8) == 0 {
            return BTreeSet::from([self.some_group()]);
        }
        (0..self.dice.below(4)).map(|_| numbers[self.dice.below(numbers.len())]).collect()
    }

    /// People, all of whom are there as a rule.
    fn people(&mut self) -> BTreeSet<i64> {
        let numbers: Vec<i64> = self.model.people.keys().copied().collect();
        if numbers.is_empty() || self.dice.below(8) == 0 {
            return BTreeSet::from([self.somebody()]);
        }
        (0..self.dice.below(4)).map(|_| numbers[self.dice.below(numbers.len())]).collect()
    }

    fn email_rule(&mut self) -> EmailRule {
        if self.dice.below(2) == 0 { EmailRule::Shared } else { EmailRule::Unique }
    }

    fn group_wish(&mut self) -> GroupWish {
        let somebody = self.people().first().copied();
        GroupWish {
            name: (self.dice.below(3) == 0).then(|| LongLabel::parse("Fine Arts").expect("a name")),
            responsible: (self.dice.below(3) == 0).then_some(somebody),
            members: if self.dice.below(2) == 0 { Some(self.people()) } else { None },
        }
    }

    /// A change of a few fields of a person.
    fn change(&mut self) -> PersonChange {
        let mut change = PersonChange::default();
        for _ in 0..1 + self.dice.below(3) {
            let is_cleared = self.dice.below(5) == 0;
            match self.dice.below(9) {
                0 => change.display_name = or_clear(is_cleared, Name::parse(NAMES[self.dice.below(4)]).expect("a name")),
                1 => change.login = or_clear(is_cleared, Login::parse(LOGINS[self.dice.below(6)]).expect("a login")),
                2 => change.email = or_clear(is_cleared, Email::parse(ADDRESSES[self.dice.below(3)]).expect("an address")),
                3 => change.role = if is_cleared { Change::Clear } else { with_role(1 + self.dice.below(5) as i64).role },
                4 => change.manager = or_clear(is_cleared, person_number(self.somebody())),
                5 => change.account = Change::Set(Account::ALL[self.dice.below(3)]),
                6 => change.is_archived = Change::Set(self.dice.below(2) == 0),
                7 => {
                    let value = AttributeValue::Text(["S", "M"][self.dice.below(2)].into());
                    change.custom.insert(attributes::name("size"), or_clear(is_cleared, value));
                }
                _ => change.groups = Change::Set((0..self.dice.below(3)).map(|_| group_number(self.some_group())).collect()),
            }
        }
        change
    }
}

fn or_clear<T>(is_cleared: bool, value: T) -> Change<T> {
    if is_cleared { Change::Clear } else { Change::Set(value) }
}

fn references(people: &BTreeSet<i64>) -> Vec<PersonReference> {
    people.iter().map(|person| PersonReference::Number(person_number(*person))).collect()
}

fn group_change(wish: &GroupWish) -> GroupChange {
    let responsible =
        |person: Option<i64>| person.map_or(Change::Clear, |person| Change::Set(PersonReference::Number(person_number(person))));
    GroupChange {
        name: wish.name.clone().map_or(Change::Keep, Change::Set),
        responsible: wish.responsible.map_or(Change::Keep, responsible),
        members: wish.members.as_ref().map_or(MemberChange::Keep, |people| MemberChange::SetPeople(references(people))),
        ..GroupChange::default()
    }
}
