//! Statements about people. Lists of them are `listing`'s.

mod gathering;
mod groups_of;
mod listing;
mod names;

pub(crate) use groups_of::GroupsOf;
pub(crate) use listing::PersonRow;
pub(super) use listing::{ROWS, is_alone, sequence_of};
pub use names::{PackedName, PackedNames};

use super::catalogue::number;
use super::error::StoreError;
use super::numbers::Numbers;
use super::record::{self, PackedRecord};
use super::sql::{Bound, Row, Value, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{ExternalId, GroupNumber, IdentityId, Person, PersonId, PersonNumber, RoleNumber, folded, unique_key};
use std::collections::{HashMap, HashSet};

/// What names one person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PersonKey {
    Id(PersonId),
    Number(PersonNumber),
    ExternalId(ExternalId),
    /// A login, as its [`unique_key`].
    Login(String),
    /// An e-mail address, as its [`unique_key`]. Several people may share it: then it names nobody.
    Email(String),
    /// A whole name, case-folded, of somebody with no external id, login or e-mail address. Names nobody when shared.
    Name(String),
    /// A whole name, case-folded, of anybody. Names nobody when shared.
    AnyoneNamed(String),
    Identity(IdentityId),
}

/// Who has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    Nobody,
    One(PersonNumber),
    Several,
}

/// Conditions, each of which finds others of whom is asked for: along an index of its own, where an `or` of them would be asked of
/// everybody.
type Ways = &'static [&'static str];

impl PersonKey {
    /// As SQL, with its value for `$2`.
    fn ways(&self) -> (Ways, Value) {
        match self {
            Self::Id(id) => (&[" and id = $2"], Value::from(id.uuid())),
            Self::Number(number) => (&[" and number = $2"], Value::from(number.get())),
            Self::ExternalId(id) => (&[" and external_id = $2"], Value::from(id.as_str())),
            Self::Login(key) => (&[" and login_folded = $2 and login_key is null", " and login_key = $2"], Value::from(key.as_str())),
            Self::Email(key) => {
                (&[" and email_folded = $2 and email_key is null", " and email_key = $2 limit 2"], Value::from(key.as_str()))
            }
            Self::Name(name) => (
                &[" and name_folded = $2 and external_id is null and login_folded is null and email_folded is null limit 2"],
                Value::from(name.as_str()),
            ),
            Self::AnyoneNamed(name) => (&[" and name_folded = $2 limit 2"], Value::from(name.as_str())),
            Self::Identity(id) => (&[" and identity_id = $2"], Value::from(id.uuid())),
        }
    }

    /// A statement about everybody, asked of who has this key alone; with the value for `$2`.
    fn asked(&self, statement: &Bound) -> (Bound, Value) {
        let (ways, value) = self.ways();
        (statement.once_for_each(ways), value)
    }
}

const PEOPLE: Bound = Bound::new("select record from people where organization_id = $1");
const PACKED: Bound = Bound::new("select record, sequence, memberships_sequence from people where organization_id = $1");
const NUMBERS: Bound = Bound::new("select number from people where organization_id = $1");
const MEMBERSHIPS_OF_PERSON: Bound = Bound::new(
    "select person_number, group_number from memberships where organization_id = $1 and person_number = $2 order by group_number",
);

const VERSIONS: Bound = Bound::new("select number, sequence, memberships_sequence from people where organization_id = $1");
const NEWEST_GROUP: Bound = Bound::new(
    "select max(groups.sequence) from memberships join groups
        on groups.organization_id = memberships.organization_id and groups.number = memberships.group_number
    where memberships.organization_id = $1 and memberships.person_number = $2",
);
const OWNERS: Bound = Bound::new("select record from people where organization_id = $1 and role_number = $2");
const REPORTS: Bound = Bound::new("select record from people where organization_id = $1 and manager_number = $2 order by number");
const DELETE: Bound = Bound::new("delete from people where organization_id = $1 and number = $2");
const TOUCH: Bound = Bound::new("update people set memberships_sequence = $3 where organization_id = $1 and number = $2");

pub(super) const INSERT: Bound = Bound::new(
    "insert into people (
        organization_id, number, id, external_id, identity_id, login_key, email_key,
        name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded,
        account, person_type, role_number, job_title_number, level_number, price_list_number, manager_number,
        updated_at, sequence, record
    ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)",
);
/// What stands in [`UPDATE`] for the columns that change.
const CHANGES: &str = "CHANGES";
const UPDATE: Bound = Bound::new("update people set CHANGES where organization_id = $1 and number = $2");

/// The columns of [`INSERT`] after `organization_id`.
pub(super) const COLUMNS: [&str; 22] = [
    "number",
    "id",
    "external_id",
    "identity_id",
    "login_key",
    "email_key",
    "name_folded",
    "login_folded",
    "email_folded",
    "phone_folded",
    "description_folded",
    "additional_information_folded",
    "account",
    "person_type",
    "role_number",
    "job_title_number",
    "level_number",
    "price_list_number",
    "manager_number",
    "updated_at",
    "sequence",
    "record",
];

/// The greatest number of people whose memberships are asked for one by one.
const SINGLE_LOOKUPS_MAX: usize = 1000;

impl ReadTransaction {
    /// The numbers of all people, ascending.
    pub(crate) async fn numbers_of_people(&mut self) -> Result<Vec<PersonNumber>, StoreError> {
        self.all(&NUMBERS.followed_by(" order by number"), values![], |row| number(row, 0)).await
    }

    /// The numbers of everybody with a key; two of them where several share it.
    pub(crate) async fn numbers_with(&mut self, key: &PersonKey) -> Result<Vec<PersonNumber>, StoreError> {
        let (statement, value) = key.asked(&NUMBERS);
        self.all(&statement, vec![value], |row| number(row, 0)).await
    }

    /// Who has each of these keys.
    pub(crate) async fn holders_of(&mut self, keys: HashSet<PersonKey>) -> Result<HashMap<PersonKey, Holder>, StoreError> {
        let mut by_ways: HashMap<Ways, Vec<(Value, PersonKey)>> = HashMap::new();
        for key in keys {
            let (ways, value) = key.ways();
            by_ways.entry(ways).or_default().push((value, key));
        }
        let mut holders = HashMap::new();
        for (ways, mut asked) in by_ways {
            // Along the index, so that its pages are met once.
            asked.sort_unstable_by(|one, other| one.0.index_order(&other.0));
            let (sets, keys): (Vec<Vec<Value>>, Vec<PersonKey>) = asked.into_iter().map(|(value, key)| (vec![value], key)).unzip();
            let mut found = vec![Holder::Nobody; keys.len()];
            let take = |place: usize, row: &Row<'_>| {
                found[place] = if found[place] == Holder::Nobody { Holder::One(number(row, 0)?) } else { Holder::Several };
                Ok(())
            };
            self.for_each_of(&NUMBERS.once_for_each(ways), sets, take).await?;
            holders.extend(keys.into_iter().zip(found));
        }
        Ok(holders)
    }

    /// The person that a key names, if exactly one.
    pub(crate) async fn person(&mut self, key: &PersonKey) -> Result<Option<Person>, StoreError> {
        let mut found = self.people_with(key).await?;
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// The person that a key names, if exactly one, with the sequence of the last change of the record or of its memberships.
    pub(crate) async fn person_with_sequence(&mut self, key: &PersonKey) -> Result<Option<(Person, i64)>, StoreError> {
        let (statement, value) = key.asked(&PACKED);
        let read = |row: &Row<'_>| Ok((read_person(row)?, row.integer(1)?.max(row.integer(2)?)));
        let mut found = self.all(&statement, vec![value], read).await?;
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// The person that a key names, if exactly one, as it is packed, with the sequence of the last change of the record or of its
    /// memberships.
    pub(crate) async fn packed_person(&mut self, key: &PersonKey) -> Result<Option<(PackedRecord, i64)>, StoreError> {
        let (statement, value) = key.asked(&PACKED);
        let read = |row: &Row<'_>| {
            let record = PackedRecord::read(row.bytes(0)?).map_err(|_| StoreError::Unreadable { what: "record of a person" })?;
            Ok((record, row.integer(1)?.max(row.integer(2)?)))
        };
        let mut found = self.all(&statement, vec![value], read).await?;
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// Everybody with a key that several may share; two of them where there are more.
    pub(crate) async fn people_with(&mut self, key: &PersonKey) -> Result<Vec<Person>, StoreError> {
        let (statement, value) = key.asked(&PEOPLE);
        self.all(&statement, vec![value], read_person).await
    }

    /// The numbers of one person's groups.
    pub(crate) async fn groups_of_person(&mut self, person: PersonNumber) -> Result<Vec<GroupNumber>, StoreError> {
        let pairs = self.all(&MEMBERSHIPS_OF_PERSON, values![person.get()], read_pair).await?;
        Ok(pairs.into_iter().map(|(_, group)| group).collect())
    }

    /// The last change of a person's record or memberships. `None`: there is no such person.
    pub(crate) async fn version_of_person(&mut self, key: &PersonKey) -> Result<Option<(PersonNumber, i64)>, StoreError> {
        let (statement, value) = key.asked(&VERSIONS);
        self.first(&statement, vec![value], |row| Ok((number(row, 0)?, row.integer(1)?.max(row.integer(2)?)))).await
    }

    /// The last change of any of the groups that a person is in.
    pub(crate) async fn newest_group_of_person(&mut self, person: PersonNumber) -> Result<i64, StoreError> {
        let newest = self.first(&NEWEST_GROUP, values![person.get()], |row| row.optional_integer(0)).await?;
        Ok(newest.flatten().unwrap_or(0))
    }

    /// The people with these numbers, each read once.
    pub(crate) async fn people_numbered(
        &mut self,
        numbers: impl Iterator<Item = PersonNumber>,
    ) -> Result<HashMap<PersonNumber, Person>, StoreError> {
        let asked: Numbers = numbers.map(|number| number.get()).collect();
        let mut people = HashMap::new();
        for (condition, values) in asked.conditions("number") {
            let read = |row: &Row<'_>| {
                let person = read_person(row)?;
                if asked.contains(person.number.get()) {
                    people.insert(person.number, person);
                }
                Ok(())
            };
            self.all(&PEOPLE.followed_by(&condition), values, read).await?;
        }
        Ok(people)
    }

    /// Everybody with a role.
    pub(crate) async fn people_with_role(&mut self, role: RoleNumber) -> Result<Vec<Person>, StoreError> {
        self.all(&OWNERS, values![role.get()], read_person).await
    }

    /// Everybody with a manager, by number.
    pub(crate) async fn reports_of(&mut self, manager: PersonNumber) -> Result<Vec<Person>, StoreError> {
        self.all(&REPORTS, values![manager.get()], read_person).await
    }
}

impl WriteTransaction {
    /// Stores a person who was there before; `sequence` is that of the change. New ones come by `create_person`.
    pub(crate) async fn insert_person(&mut self, person: &Person, sequence: i64) -> Result<(), StoreError> {
        let values = row_values(person, sequence);
        self.execute(&INSERT, values.clone()).await?;
        self.make_searchable(values).await?;
        self.put_other_contacts(None, person).await
    }

    /// Stores a changed person; `sequence` is that of the change. Only columns that differ are written: each of the others would
    /// cost a place in its index.
    pub(crate) async fn update_person(&mut self, before: &Person, person: &Person, sequence: i64) -> Result<(), StoreError> {
        let (old, new) = (row_values(before, sequence), row_values(person, sequence));
        let mut values = values![person.number.get()];
        let mut changes = Vec::new();
        for ((column, old), new) in COLUMNS.iter().zip(old).zip(new) {
            if old != new || *column == "sequence" {
                values.push(new);
                changes.push(format!("{column} = ${}", values.len() + 1));
            }
        }
        self.held().update(UPDATE.with(CHANGES, &changes.join(", ")), values);
        self.put_other_contacts(Some(before), person).await
    }

    /// Takes a person out, who has no memberships, reports or responsibilities left.
    pub(crate) async fn delete_person(&mut self, person: PersonNumber) -> Result<(), StoreError> {
        self.delete_other_contacts(person).await?;
        self.execute(&DELETE, values![person.get()]).await.map(drop)
    }

    /// Takes note that a person's memberships have changed.
    pub(crate) async fn touch_person(&mut self, person: PersonNumber, sequence: i64) -> Result<(), StoreError> {
        self.execute(&TOUCH, values![person.get(), sequence]).await.map(drop)
    }
}

/// The columns of a person after `organization_id`, in the order of [`COLUMNS`]. A key that is the folded text is not kept twice.
pub(super) fn row_values(person: &Person, sequence: i64) -> Vec<Value> {
    fn fold<T: AsRef<str>>(value: Option<&T>) -> Option<String> {
        value.map(|text| folded(text.as_ref()))
    }
    fn key<T: AsRef<str>>(value: Option<&T>) -> Option<String> {
        value.map(|text| unique_key(text.as_ref()))
    }
    let (login, email) = (fold(person.login.as_ref()), fold(person.email.as_ref()));
    values![
        person.number.get(),
        person.id.uuid(),
        person.external_id.as_ref().map(ExternalId::as_str),
        person.identity.map(IdentityId::uuid),
        key(person.login.as_ref()).filter(|key| Some(key) != login.as_ref()),
        key(person.email.as_ref()).filter(|key| Some(key) != email.as_ref()),
        folded(&person.name()),
        login,
        email,
        fold(person.phone.as_ref()),
        fold(person.description.as_ref()),
        fold(person.additional_information.as_ref()),
        person.account.code(),
        person.person_type.code(),
        person.role.map(|number| number.get()),
        person.job_title.map(|number| number.get()),
        person.level.map(|number| number.get()),
        person.price_list.map(|number| number.get()),
        person.manager.map(|number| number.get()),
        person.updated_at.milliseconds(),
        sequence,
        record::encode(person),
    ]
}

fn read_person(row: &Row<'_>) -> Result<Person, StoreError> {
    record::decode(row.bytes(0)?)
}

fn read_pair(row: &Row<'_>) -> Result<(PersonNumber, GroupNumber), StoreError> {
    let unreadable = |_| StoreError::Unreadable { what: "membership" };
    Ok((PersonNumber::new(row.integer(0)?).map_err(unreadable)?, GroupNumber::new(row.integer(1)?).map_err(unreadable)?))
}
