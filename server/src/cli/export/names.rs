//! What a person refers to, by the names that an import finds it by.

use crate::cli::Failure;
use rollcall_core::directory::{Actor, Directory, PersonKey};
use rollcall_core::domain::{
    ExternalId, Group, GroupNumber, JobTitleNumber, LevelNumber, Person, PersonId, PersonNumber, PriceListNumber, RoleNumber, folded,
};
use rollcall_core::query::GroupQuery;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The names of everything that people refer to.
#[derive(Debug, Default)]
pub(super) struct Names {
    roles: HashMap<RoleNumber, String>,
    job_titles: HashMap<JobTitleNumber, String>,
    levels: HashMap<LevelNumber, String>,
    price_lists: HashMap<PriceListNumber, String>,
    groups: HashMap<GroupNumber, String>,
    /// People that were read so far.
    people: HashMap<PersonNumber, PersonName>,
}

/// What a person is found by in a directory that numbers people by itself.
#[derive(Clone, Debug)]
pub(super) struct PersonName {
    pub(super) external_id: Option<ExternalId>,
    pub(super) id: PersonId,
}

impl Names {
    /// Everything but people, whose names are read as they are needed.
    pub(super) async fn read(directory: &Directory, actor: &Actor) -> Result<Self, Failure> {
        let roles = directory.roles(actor).await?;
        let job_titles = directory.job_titles(actor).await?;
        let levels = directory.levels(actor).await?;
        let price_lists = directory.price_lists(actor).await?;
        let groups = directory.groups(actor, &GroupQuery::default()).await?.groups;
        Ok(Self {
            roles: roles.into_iter().map(|role| (role.number, role.code.to_string())).collect(),
            job_titles: job_titles.into_iter().map(|title| (title.number, title.name.to_string())).collect(),
            levels: levels.into_iter().map(|level| (level.number, level.name.to_string())).collect(),
            price_lists: price_lists.into_iter().map(|list| (list.number, list.name.to_string())).collect(),
            groups: group_names(&groups),
            people: HashMap::new(),
        })
    }

    /// Takes note of people who were read anyway.
    pub(super) fn note(&mut self, people: &[Person]) {
        self.people.extend(people.iter().map(|person| (person.number, PersonName::of(person))));
    }

    /// Looks people up, as far as they are not known yet.
    pub(super) async fn read_people(
        &mut self,
        directory: &Directory,
        actor: &Actor,
        people: impl Iterator<Item = PersonNumber>,
    ) -> Result<(), Failure> {
        for number in people {
            if let Entry::Vacant(place) = self.people.entry(number) {
                place.insert(PersonName::of(&directory.person(actor, PersonKey::Number(number)).await?.person));
            }
        }
        Ok(())
    }

    pub(super) fn person_name(&self, number: PersonNumber) -> Option<&PersonName> {
        self.people.get(&number)
    }

    /// What a reference to a person says: an external id, or else the uuid. A number could be another's external id, and
    /// blanks around an external id would be lost.
    pub(super) fn person(&self, number: PersonNumber) -> String {
        let Some(name) = self.people.get(&number) else { return number.to_string() };
        let external_id = name.external_id.as_ref().map(ExternalId::as_str).filter(|id| id.trim() == *id);
        external_id.map_or_else(|| name.id.to_string(), str::to_owned)
    }

    pub(super) fn role(&self, number: RoleNumber) -> Option<&str> {
        self.roles.get(&number).map(String::as_str)
    }

    pub(super) fn job_title(&self, number: JobTitleNumber) -> Option<&str> {
        self.job_titles.get(&number).map(String::as_str)
    }

    pub(super) fn level(&self, number: LevelNumber) -> Option<&str> {
        self.levels.get(&number).map(String::as_str)
    }

    pub(super) fn price_list(&self, number: PriceListNumber) -> Option<&str> {
        self.price_lists.get(&number).map(String::as_str)
    }

    /// What references to groups say, in the order of their own text: which numbers the groups have elsewhere is not known.
    pub(super) fn groups(&self, numbers: &[GroupNumber]) -> Vec<String> {
        let name = |number: &GroupNumber| self.groups.get(number).cloned().unwrap_or_else(|| number.to_string());
        let mut names: Vec<String> = numbers.iter().map(name).collect();
        names.sort_unstable();
        names
    }
}

impl PersonName {
    fn of(person: &Person) -> Self {
        Self { external_id: person.external_id.clone(), id: person.id }
    }
}

/// The names of groups, where a name finds one group: no other group's name or external id, no number, no uuid, and whole
/// between semicolons. Otherwise their uuids.
fn group_names(groups: &[Group]) -> HashMap<GroupNumber, String> {
    let mut holders: HashMap<String, usize> = HashMap::new();
    for group in groups {
        *holders.entry(folded(group.name.as_str())).or_default() += 1;
        if let Some(id) = &group.external_id {
            *holders.entry(folded(id.as_str())).or_default() += 1;
        }
    }
    let finds_one = |name: &str| {
        let is_whole = name.trim() == name && !name.contains(';') && name.parse::<i64>().is_err();
        is_whole && holders.get(&folded(name)) == Some(&1)
    };
    let name = |group: &Group| if finds_one(group.name.as_str()) { group.name.to_string() } else { group.id.to_string() };
    groups.iter().map(|group| (group.number, name(group))).collect()
}
