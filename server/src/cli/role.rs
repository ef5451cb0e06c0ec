//! `rollcall role`

use super::global::{Global, operator};
use super::output::{Output, print_json, say};
use super::{Failure, Outcome};
use clap::Subcommand;
use rollcall_core::directory::{Directory, DirectoryError, NewRole};
use rollcall_core::domain::{Code, InvalidText, LongLabel, Role as DirectoryRole, Scope, Scopes, Slug, UnknownScope};
use serde::Serialize;

/// List and make roles, and say what they allow the people who have them
#[derive(Debug, Subcommand)]
pub(super) enum Role {
    /// List an organization's roles, one JSON object a line
    List {
        /// The organization
        #[arg(value_parser = Slug::parse)]
        slug: Slug,
    },
    /// Make a role; prints {"number":…,"code":…}
    Create {
        /// The organization
        #[arg(value_parser = Slug::parse)]
        slug: Slug,
        /// What the role is called; stays so
        #[arg(long, value_parser = LongLabel::parse)]
        name: LongLabel,
        /// What the role allows: people:read, people:write, groups:read, groups:write, organization:read,
        /// organization:admin; "" for nothing
        #[arg(long, value_name = "SCOPE,…", value_parser = any_scopes)]
        scopes: Scopes,
        /// Its code, such as ROLE_PROJECT_LEAD; stays so [default: made of the name]
        #[arg(long, value_name = "ROLE_X", value_parser = code)]
        code: Option<Code>,
    },
    /// Say anew what a role allows, at once for every token of its people
    Scopes {
        /// The organization
        #[arg(value_parser = Slug::parse)]
        slug: Slug,
        /// The role's code, as `role list` shows it
        #[arg(value_parser = Code::parse)]
        code: Code,
        /// All that the role allows from now on; "" for nothing. The owners' role allows everything and stays so
        #[arg(long, value_name = "SCOPE,…", value_parser = any_scopes)]
        scopes: Scopes,
    },
}

#[derive(Serialize)]
struct Listed<'a> {
    number: i64,
    code: &'a str,
    name: &'a str,
    is_default: bool,
    scopes: Vec<&'static str>,
}

#[derive(Serialize)]
struct Created<'a> {
    number: i64,
    code: &'a str,
}

impl Role {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let directory = global.directory().await?;
        match self {
            Self::List { slug } => list(&directory, &slug).await?,
            Self::Create { slug, name, scopes, code } => create(&directory, &slug, NewRole { name, code, scopes }).await?,
            Self::Scopes { slug, code, scopes } => change(&directory, &slug, code, scopes).await?,
        }
        Ok(Outcome::Done)
    }
}

async fn list(directory: &Directory, slug: &Slug) -> Result<(), Failure> {
    let actor = operator(directory, slug).await?;
    let mut output = Output::new();
    for role in directory.roles(&actor).await? {
        output.json(&Listed::from(&role))?;
    }
    output.finish()
}

async fn create(directory: &Directory, slug: &Slug, new: NewRole) -> Result<(), Failure> {
    let actor = operator(directory, slug).await?;
    let made = directory.create_role(&actor, new).await.map_err(|error| match error {
        DirectoryError::Conflict { field, .. } => Failure::Unusable(format!("there is a role of this {field} in {slug} already")),
        other => other.into(),
    })?;
    print_json(&Created { number: made.number.get(), code: made.code.as_str() })
}

async fn change(directory: &Directory, slug: &Slug, code: Code, scopes: Scopes) -> Result<(), Failure> {
    let actor = operator(directory, slug).await?;
    let role = directory.change_role(&actor, code.clone(), scopes).await.map_err(|error| match error {
        DirectoryError::NotFound => Failure::Unusable(format!("there is no role {code} in {slug}")),
        other => other.into(),
    })?;
    let allowed = if role.scopes.is_empty() { "nothing".to_owned() } else { role.scopes.to_string() };
    say(format_args!("role {code} in {slug} allows {allowed}"));
    Ok(())
}

/// Scopes as a command line gives them, or none.
fn any_scopes(text: &str) -> Result<Scopes, UnknownScope> {
    Scopes::parse(text)
}

fn code(text: &str) -> Result<Code, InvalidText> {
    DirectoryRole::parse_code(text)
}

impl<'a> From<&'a DirectoryRole> for Listed<'a> {
    fn from(role: &'a DirectoryRole) -> Self {
        Self {
            number: role.number.get(),
            code: role.code.as_str(),
            name: role.name.as_str(),
            is_default: role.is_default,
            scopes: role.scopes.iter().map(Scope::as_str).collect(),
        }
    }
}
