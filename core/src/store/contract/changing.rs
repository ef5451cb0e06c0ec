//! For the tests of writes: people and groups made and changed as an API does it.

use super::{Ground, wait};
use crate::directory::{
    Actor, Answer, DirectoryError, EmailRule, FoundGroup, FoundPerson, GroupChange, GroupKey, GroupView, MemberChange, MemberList,
    MemberReference, MemberStep, NewPerson, NewToken, PersonBefore, PersonKey, PersonReference, PersonUpdate, Precondition, RecordedChange,
    Repeat, Shown, TokenOwner, UnknownMember,
};
use crate::domain::{Change, Email, GroupNumber, Login, LongLabel, Name, PersonChange, PersonNumber, Quirks, RoleNumber, Scopes};
use crate::query::WithMembers;

/// A group with the numbers of its people.
pub(super) const PEOPLE: GroupView = GroupView { shown: Shown::Responsible, members: WithMembers::People };

pub(super) fn person_number(number: i64) -> PersonNumber {
    PersonNumber::new(number).expect("a number")
}

pub(super) fn group_number(number: i64) -> GroupNumber {
    GroupNumber::new(number).expect("a number")
}

pub(super) fn by_number(number: i64) -> PersonKey {
    PersonKey::Number(person_number(number))
}

/// A change that gives a person this name.
pub(super) fn named(name: &str) -> PersonChange {
    PersonChange { display_name: Change::Set(Name::parse(name).expect("a name")), ..PersonChange::default() }
}

pub(super) fn with_email(email: &str) -> PersonChange {
    PersonChange { email: Change::Set(Email::parse(email).expect("an address")), ..PersonChange::default() }
}

pub(super) fn with_login(login: &str) -> PersonChange {
    PersonChange { login: Change::Set(Login::parse(login).expect("a login")), ..PersonChange::default() }
}

pub(super) fn with_role(number: i64) -> PersonChange {
    PersonChange { role: Change::Set(RoleNumber::new(number).expect("a number")), ..PersonChange::default() }
}

/// The numbers of the first roles of an organization.
pub(super) const OWNER: i64 = 1;
pub(super) const ADMIN: i64 = 2;
pub(super) const NORMAL_USER: i64 = 3;
pub(super) const LAST_ROLE: i64 = 4;

impl Ground {
    pub(super) fn create(&self, change: PersonChange) -> Result<Answer, DirectoryError> {
        self.create_as(&self.operator, NewPerson::default(), change)
    }

    pub(super) fn create_as(&self, actor: &Actor, new: NewPerson, change: PersonChange) -> Result<Answer, DirectoryError> {
        wait(self.directory.create_person(actor, new, move |_| Ok(change), body))
    }

    pub(super) fn create_repeatedly(&self, actor: &Actor, key: &str, request: u8, change: PersonChange) -> Result<Answer, DirectoryError> {
        let repeat = Some(Repeat { key: key.to_owned(), fingerprint: [request; 32] });
        self.create_as(actor, NewPerson { repeat, ..NewPerson::default() }, change)
    }

    pub(super) fn update(&self, number: i64, change: PersonChange) -> Result<FoundPerson, DirectoryError> {
        self.update_as(&self.operator, number, PersonUpdate::default(), change)
    }

    pub(super) fn update_as(
        &self,
        actor: &Actor,
        number: i64,
        update: PersonUpdate,
        change: PersonChange,
    ) -> Result<FoundPerson, DirectoryError> {
        wait(self.directory.update_person(actor, by_number(number), update, move |_: &PersonBefore| Ok(change)))
    }

    pub(super) fn delete(&self, number: i64) -> Result<(), DirectoryError> {
        wait(self.directory.delete_person(&self.operator, by_number(number), &Precondition::default()))
    }

    pub(super) fn restore(&self, number: i64) -> Result<(), DirectoryError> {
        wait(self.directory.restore_person(&self.operator, person_number(number)))
    }

    pub(super) fn purge(&self, number: i64) -> Result<(), DirectoryError> {
        wait(self.directory.purge_person(&self.operator, person_number(number)))
    }

    pub(super) fn person(&self, number: i64) -> Result<FoundPerson, DirectoryError> {
        wait(self.directory.person(&self.operator, by_number(number)))
    }

    pub(super) fn group(&self, number: i64) -> Result<FoundGroup, DirectoryError> {
        wait(self.directory.group(&self.operator, GroupKey::Number(group_number(number)), PEOPLE))
    }

    /// Makes a group of these people.
    pub(super) fn create_group(&self, name: &str, members: &[i64]) -> Result<Answer, DirectoryError> {
        let members = members.iter().map(|number| PersonReference::Number(person_number(*number))).collect();
        let name = Change::Set(LongLabel::parse(name).expect("a name"));
        let change = GroupChange { name, members: MemberChange::SetPeople(members), ..GroupChange::default() };
        let number = |found: &FoundGroup| found.group.number.to_string().into_bytes();
        wait(self.directory.create_group(&self.operator, None, PEOPLE, move |_| Ok(change), number))
    }

    pub(super) fn update_group(&self, number: i64, change: GroupChange) -> Result<FoundGroup, DirectoryError> {
        let key = GroupKey::Number(group_number(number));
        wait(self.directory.update_group(&self.operator, key, Precondition::default(), WithMembers::People, move |_| Ok(change)))
    }

    /// Does something to the members of a group.
    pub(super) fn change_members(&self, number: i64, step: MemberStep) -> Result<FoundGroup, DirectoryError> {
        self.update_group(number, GroupChange { members: MemberChange::Steps(vec![step]), ..GroupChange::default() })
    }

    /// Puts a group into another.
    pub(super) fn nest(&self, group: i64, subgroup: i64) -> Result<FoundGroup, DirectoryError> {
        let members = vec![MemberReference::Group(self.group(subgroup)?.group.id)];
        self.change_members(group, MemberStep::Add(MemberList { members, unknown: UnknownMember::Refused }))
    }

    /// An actor with a token of these scopes.
    pub(super) fn token(&self, scopes: &str) -> Actor {
        let scopes = Scopes::parse(scopes).expect("scopes");
        let owner = TokenOwner::Organizations(vec![self.operator.slug().clone()]);
        wait(async {
            let new = NewToken { owner, scopes, name: "a test".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
            let secret = self.directory.create_token(new).await.expect("a token");
            let credential = self.directory.authenticate(secret.reveal()).await.expect("a credential");
            credential.enter(None).expect("an actor").through("proofhub", "request-1")
        })
    }

    pub(super) fn history(&self, person: Option<i64>) -> Vec<RecordedChange> {
        wait(self.directory.history(&self.operator, 0, person.map(person_number), u64::MAX)).expect("a history")
    }

    /// The last changes, as `action subject number`.
    pub(super) fn last_changes(&self, count: usize) -> Vec<String> {
        let changes = self.history(None);
        let words = |change: &RecordedChange| format!("{} {} {}", change.action, change.subject, change.number);
        changes[changes.len() - count..].iter().map(words).collect()
    }

    pub(super) fn sequence(&self) -> i64 {
        wait(self.directory.version(&self.operator)).expect("a version").sequence()
    }

    pub(super) fn findings(&self) -> Vec<String> {
        wait(self.directory.check()).expect("a report").findings
    }
}

/// With an address that nobody else may have.
pub(super) fn unique() -> NewPerson {
    NewPerson { email: EmailRule::Unique, ..NewPerson::default() }
}

/// The answer of these tests' API: the number and the name.
pub(super) fn body(found: &FoundPerson) -> Vec<u8> {
    format!("{} {}", found.person.number, found.person.name()).into_bytes()
}
