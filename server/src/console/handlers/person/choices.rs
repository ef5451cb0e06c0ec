//! What there is to choose from for a person.

use super::super::super::texts::PersonTexts;
use super::super::super::visit::Member;
use super::fields::{Field, Input};
use crate::http::AppState;
use rollcall_core::directory::DirectoryError;
use rollcall_core::domain::{AttributeObject, Definition, Scope};

/// A value as it is stored, and what people call it.
pub type Choice = (String, String);

/// What an organization describes its people with.
#[derive(Debug, Default)]
pub struct Choices {
    pub roles: Vec<Choice>,
    pub job_titles: Vec<Choice>,
    pub levels: Vec<Choice>,
    pub price_lists: Vec<Choice>,
    /// By name.
    pub definitions: Vec<Definition>,
}

impl Choices {
    pub async fn read(app: &AppState, member: &Member) -> Result<Self, DirectoryError> {
        let (directory, actor) = (&app.directory, &member.actor);
        fn choices<T>(items: Vec<T>, of: impl Fn(T) -> Choice) -> Vec<Choice> {
            items.into_iter().map(of).collect()
        }
        let vocabulary = directory.vocabulary(actor).await?;
        let mut all = Self {
            roles: choices(vocabulary.roles.clone(), |role| (role.number.to_string(), role.name.to_string())),
            definitions: directory.attribute_definitions(actor, AttributeObject::Person).await.or_else(|error| match error {
                DirectoryError::Forbidden(_) => Ok(vocabulary.definitions.clone()),
                error => Err(error),
            })?,
            ..Self::default()
        };
        if member.may(Scope::OrganizationRead) || member.may(Scope::PeopleRead) {
            all.job_titles = choices(directory.job_titles(actor).await?, |title| (title.number.to_string(), title.name.to_string()));
            all.levels = choices(directory.levels(actor).await?, |level| (level.number.to_string(), level.name.to_string()));
            all.price_lists = choices(directory.price_lists(actor).await?, |list| (list.number.to_string(), list.name.to_string()));
        }
        Ok(all)
    }

    /// What a field may be set to; nothing where it is not chosen but typed.
    pub fn of(&self, field: &Field, texts: &PersonTexts) -> Vec<Choice> {
        let words = |words: &[(&str, &str)]| words.iter().map(|(value, name)| ((*value).to_owned(), (*name).to_owned())).collect();
        match field.input {
            Input::Role => self.roles.clone(),
            Input::JobTitle => self.job_titles.clone(),
            Input::Level => self.levels.clone(),
            Input::PriceList => self.price_lists.clone(),
            Input::PersonType => words(&[
                ("Organization", texts.type_organization),
                ("External", texts.type_external),
                ("Basic", texts.type_basic),
                ("Client", texts.type_client),
            ]),
            Input::Account => words(&[("active", texts.account_active), ("blocked", texts.account_blocked), ("none", texts.account_none)]),
            Input::Line | Input::Lines | Input::Tick => Vec::new(),
        }
    }

    /// A value as people read it.
    pub fn shown(&self, field: &Field, value: String, texts: &PersonTexts) -> String {
        match field.input {
            Input::Tick if value == "true" => "✓".to_owned(),
            Input::Tick => String::new(),
            _ => self.of(field, texts).into_iter().find(|(stored, _)| *stored == value).map_or(value, |(_, name)| name),
        }
    }
}
