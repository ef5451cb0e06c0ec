//! `rollcall organization`

use super::global::Global;
use super::output::{Output, print_json};
use super::{Failure, Outcome};
use clap::Subcommand;
use rollcall_core::directory::{Directory, DirectoryError};
use rollcall_core::domain::{LongLabel, Slug};
use rollcall_core::query::Filter;
use serde::Serialize;

/// Make and list organizations, the tenants of the directory
#[derive(Debug, Subcommand)]
pub(super) enum Organization {
    /// Make an organization; prints {"id":…,"slug":…}
    Create {
        /// Its short name in addresses: 2 to 63 of a-z, 0-9 and -
        #[arg(value_parser = Slug::parse)]
        slug: Slug,
        /// Its full name
        #[arg(long, value_parser = LongLabel::parse)]
        name: LongLabel,
    },
    /// List the organizations, one JSON object a line: id, slug, name, people
    List,
}

#[derive(Serialize)]
struct Created<'a> {
    id: i64,
    slug: &'a str,
}

#[derive(Serialize)]
struct Listed<'a> {
    id: i64,
    slug: &'a str,
    name: &'a str,
    people: u64,
}

impl Organization {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let directory = global.directory().await?;
        match self {
            Self::Create { slug, name } => create(&directory, &slug, &name).await?,
            Self::List => list(&directory).await?,
        }
        Ok(Outcome::Done)
    }
}

async fn create(directory: &Directory, slug: &Slug, name: &LongLabel) -> Result<(), Failure> {
    let made = directory.create_organization(slug, name).await.map_err(|error| match error {
        DirectoryError::Conflict { .. } => Failure::Unusable(format!("there is an organization {slug} already")),
        other => other.into(),
    })?;
    print_json(&Created { id: made.id.get(), slug: made.slug.as_str() })
}

async fn list(directory: &Directory) -> Result<(), Failure> {
    let mut output = Output::new();
    for organization in directory.organizations().await? {
        let actor = directory.operator(&organization.slug).await?;
        let people = directory.count_people(&actor, &Filter::everything()).await?;
        let (id, slug, name) = (organization.id.get(), organization.slug.as_str(), organization.name.as_str());
        output.json(&Listed { id, slug, name, people })?;
    }
    output.finish()
}
