//! What the list can be narrowed down by: links, each with how many it would leave where that is cheap to know.

use super::super::super::texts::Texts;
use super::super::super::visit::Member;
use super::asked::{Asked, FACETS};
use super::columns::{kind_label, status_label};
use crate::http::AppState;
use rollcall_core::directory::{DirectoryError, PackedPerson, PersonField};
use rollcall_core::domain::{Account, PersonType, Scope};
use rollcall_core::query::{Direction, Filter, GroupQuery, OrderField, OrderTerm, TextField, Window};
use std::collections::HashMap;

/// Values of one facet that are shown.
const VALUES_MAX: usize = 200;
/// Whom to count by reading takes no longer than a glance.
const COUNTED_MAX: usize = 5000;

/// One thing to narrow the list down by.
#[derive(Debug)]
pub struct Facet {
    pub word: &'static str,
    pub label: &'static str,
    pub values: Vec<Value>,
}

#[derive(Debug)]
pub struct Value {
    pub label: String,
    /// Narrowed down by it; no longer, where it is chosen.
    pub link: String,
    pub is_chosen: bool,
    pub count: Option<u64>,
}

/// What there is to choose from: words of addresses, and what they are called.
#[derive(Debug)]
pub struct Choices {
    pub roles: Vec<(i64, String)>,
    pub job_titles: Vec<(i64, String)>,
    groups: Vec<(i64, String)>,
}

impl Choices {
    pub async fn read(app: &AppState, member: &Member) -> Result<Self, DirectoryError> {
        let roles = app.directory.roles(&member.actor).await?;
        let job_titles = app.directory.job_titles(&member.actor).await?;
        let groups = if member.may(Scope::GroupsRead) {
            let order = vec![OrderTerm::new(OrderField::Text(TextField::Name), Direction::Ascending)];
            let query = GroupQuery { order, window: Window::new(0, VALUES_MAX as u64), ..GroupQuery::default() };
            app.directory.groups(&member.actor, &query).await?.groups
        } else {
            Vec::new()
        };
        Ok(Self {
            roles: roles.into_iter().map(|role| (role.number.get(), role.name.to_string())).collect(),
            job_titles: job_titles.into_iter().map(|title| (title.number.get(), title.name.to_string())).collect(),
            groups: groups.into_iter().map(|group| (group.number.get(), group.name.to_string())).collect(),
        })
    }

    fn of(&self, facet: &str, texts: &'static Texts) -> Vec<(String, String)> {
        let numbered = |choices: &[(i64, String)]| choices.iter().map(|(number, name)| (number.to_string(), name.clone())).collect();
        match facet {
            "group" => numbered(&self.groups),
            "role" => numbered(&self.roles),
            "job_title" => numbered(&self.job_titles),
            "status" => {
                let accounts =
                    Account::ALL.into_iter().map(|account| (account.as_str().to_owned(), status_label(account, texts).to_owned()));
                accounts.chain([("archived".to_owned(), texts.people_list.archived.to_owned())]).collect()
            }
            _ => PersonType::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), kind_label(kind, texts).to_owned())).collect(),
        }
    }

    /// All facets, as links from the list that was asked for.
    pub fn facets(&self, asked: &Asked, counts: Option<&Counts>, texts: &'static Texts) -> Vec<Facet> {
        FACETS.into_iter().map(|word| self.facet(word, asked, counts, texts)).filter(|facet| !facet.values.is_empty()).collect()
    }

    fn facet(&self, word: &'static str, asked: &Asked, counts: Option<&Counts>, texts: &'static Texts) -> Facet {
        let chosen = asked.get(word);
        let value = |(value, label): (String, String)| {
            let is_chosen = chosen.is_some_and(|chosen| chosen.eq_ignore_ascii_case(&value));
            Value {
                link: asked.with(word, (!is_chosen).then_some(value.as_str())),
                count: counts.filter(|_| word != "group").map(|counts| counts.of(word, &value)),
                is_chosen,
                label,
            }
        };
        let values: Vec<Value> = self.of(word, texts).into_iter().take(VALUES_MAX).map(value).collect();
        Facet { word, label: label(word, texts), values }
    }
}

pub const fn label(facet: &str, texts: &'static Texts) -> &'static str {
    match facet.as_bytes() {
        b"group" => texts.people_list.group,
        b"role" => texts.people_list.role,
        b"status" => texts.people_list.status,
        b"type" => texts.people_list.kind,
        _ => texts.people_list.job_title,
    }
}

/// How many of the list have each value.
#[derive(Debug)]
pub struct Counts(HashMap<(&'static str, String), u64>);

impl Counts {
    /// Those of a list; `None` where it is too long to be read for them.
    pub async fn read(app: &AppState, member: &Member, filter: &Filter) -> Result<Option<Self>, DirectoryError> {
        let gathered = app.directory.gather(&member.actor, filter, COUNTED_MAX, values_of).await?;
        if !gathered.is_whole {
            return Ok(None);
        }
        let mut counts = HashMap::new();
        gathered.items.into_iter().flatten().for_each(|value| *counts.entry(value).or_insert(0) += 1);
        Ok(Some(Self(counts)))
    }

    fn of(&self, facet: &'static str, value: &str) -> u64 {
        self.0.get(&(facet, value.to_owned())).copied().unwrap_or(0)
    }
}

fn values_of(person: &PackedPerson<'_>) -> Vec<(&'static str, String)> {
    let number = |facet, field| person.number(field).map(|number| (facet, number.to_string()));
    let archived = person.is(PersonField::IsArchived).then(|| ("status", "archived".to_owned()));
    let values = [
        number("role", PersonField::Role),
        number("job_title", PersonField::JobTitle),
        person.account().map(|account| ("status", account.as_str().to_owned())),
        person.person_type().map(|kind| ("type", kind.as_str().to_owned())),
        archived,
    ];
    values.into_iter().flatten().collect()
}
