//! What a person refers to, by the names that an import finds it by.

use crate::cli::Failure;
use rollcall_core::directory::{Actor, Directory, PersonKey};
use rollcall_core::domain::{Group, GroupNumber, JobTitleNumber, LevelNumber, Person, PersonNumber, PriceListNumber, RoleNumber, folded};
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
    /// Managers that were looked up so far.
    people: HashMap<PersonNumber, String>,
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

    /// Looks up the managers of these people, as far as they are not known yet.
    pub(super) async fn read_managers(&mut self, directory: &Directory, actor: &Actor, people: &[Person]) -> Result<(), Failure> {
        for number in people.iter().filter_map(|person| person.manager) {
            if let Entry::Vacant(place) = self.people.entry(number) {
                let manager = directory.person(actor, PersonKey::Number(number)).await?.person;
                place.insert(manager.external_id.map_or_else(|| number.to_string(), |id| id.to_string()));
            }
        }
        Ok(())
    }

    /// An external id, or the number of who has none.
    pub(super) fn person(&self, number: PersonNumber) -> String {
        self.people.get(&number).cloned().unwrap_or_else(|| number.to_string())
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

    /// A name, or the number where the name would not find this group alone.
    pub(super) fn group(&self, number: GroupNumber) -> String {
        self.groups.get(&number).cloned().unwrap_or_else(|| number.to_string())
    }
}

/// The names that find one group each: no other group's name or external id, no number, and whole between semicolons.
fn group_names(groups: &[Group]) -> HashMap<GroupNumber, String> {
    let mut holders: HashMap<String, usize> = HashMap::new();
    for group in groups {
        *holders.entry(folded(group.name.as_str())).or_default() += 1;
        if let Some(id) = &group.external_id {
            *holders.entry(folded(id.as_str())).or_default() += 1;
        }
    }
    let finds_one = |name: &str| {
        let is_whole = name.trim() == name && !name.contains(';') && name.parse::<GroupNumber>().is_err();
        is_whole && holders.get(&folded(name)) == Some(&1)
    };
    let named = groups.iter().filter(|group| finds_one(group.name.as_str()));
    named.map(|group| (group.number, group.name.to_string())).collect()
}
