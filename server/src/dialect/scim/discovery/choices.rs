//! What the organization's own lists let a client choose from: its roles, job titles, levels and price lists.

use super::super::schema::{Attribute, ROLLCALL_USER, Schema, USER};
use rollcall_core::directory::{Actor, Directory, DirectoryError};
use rollcall_core::domain::{JobTitle, Level, PriceList, Role};
use std::borrow::Cow;

/// The values that some attributes may have in one organization, as `/Schemas` announces them.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Codes of roles.
    roles: Vec<String>,
    /// Attributes of our own schema, each with the numbers that it may have.
    lists: Vec<(&'static str, Vec<String>)>,
}

impl Choices {
    /// Those of the actor's organization.
    pub async fn of(directory: &Directory, actor: &Actor) -> Result<Self, DirectoryError> {
        let (roles, titles) = (directory.roles(actor).await?, directory.job_titles(actor).await?);
        Ok(Self::new(&roles, &titles, &directory.levels(actor).await?, &directory.price_lists(actor).await?))
    }

    pub fn new(roles: &[Role], titles: &[JobTitle], levels: &[Level], price_lists: &[PriceList]) -> Self {
        let lists = vec![
            ("jobTitle", titles.iter().map(|title| title.number.to_string()).collect()),
            ("level", levels.iter().map(|level| level.number.to_string()).collect()),
            ("priceList", price_lists.iter().map(|list| list.number.to_string()).collect()),
        ];
        Self { roles: roles.iter().map(|role| role.code.to_string()).collect(), lists }
    }

    /// The attributes of a schema as they are announced: with these values, and without those that nothing can be chosen for.
    pub fn offered<'a>(&self, schema: &'a Schema) -> Cow<'a, [Attribute]> {
        match schema.id {
            USER => schema.attributes.iter().map(|attribute| self.with_roles(attribute.clone())).collect(),
            ROLLCALL_USER => schema.attributes.iter().filter_map(|attribute| self.with_list(attribute.clone())).collect(),
            _ => Cow::Borrowed(&schema.attributes),
        }
    }

    fn with_roles(&self, mut attribute: Attribute) -> Attribute {
        if attribute.is_named("roles") {
            let code = attribute.sub_attributes.iter_mut().find(|sub| sub.is_named("value"));
            code.into_iter().for_each(|code| code.canonical_values = values(&self.roles));
        }
        attribute
    }

    fn with_list(&self, attribute: Attribute) -> Option<Attribute> {
        match self.lists.iter().find(|(name, _)| attribute.is_named(name)) {
            None => Some(attribute),
            Some((_, numbers)) if numbers.is_empty() => None,
            Some((_, numbers)) => Some(Attribute { canonical_values: values(numbers), ..attribute }),
        }
    }
}

fn values(texts: &[String]) -> Vec<Cow<'static, str>> {
    texts.iter().cloned().map(Cow::Owned).collect()
}
