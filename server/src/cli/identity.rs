//! `rollcall identity`

use super::global::{Global, operator};
use super::output::{Output, print_json, say};
use super::token::id;
use super::{Failure, Outcome};
use clap::Subcommand;
use rollcall_core::directory::{Directory, DirectoryError, IdentitySummary};
use rollcall_core::domain::{Email, IdentityId, PersonNumber, Slug};
use serde::Serialize;
use std::io::{self, Read};

/// Bytes of a password that are read at most; the directory takes fewer.
const PASSWORD_BYTES_READ_MAX: u64 = 64 * 1024;

/// Make identities, the logins that enter several organizations, link them to people, and give them passwords
#[derive(Debug, Subcommand)]
pub(super) enum Identity {
    /// Make an identity; prints {"id":…}
    Create {
        /// The e-mail address that it is known by
        #[arg(long, value_parser = Email::parse)]
        email: Email,
        /// Read a password from standard input: everything up to the end, without the last line break
        #[arg(long)]
        password_stdin: bool,
    },
    /// Let an identity enter an organization as one of its people, in place of the person it was there before
    Link {
        /// The identity's id, as `identity create` printed it
        #[arg(value_parser = id::<IdentityId>)]
        id: IdentityId,
        /// The organization
        #[arg(value_parser = Slug::parse)]
        slug: Slug,
        /// The person's number in the organization
        number: PersonNumber,
    },
    /// Let an identity no longer enter an organization; the person stays
    Unlink {
        /// The identity's id, as `identity list` shows it
        #[arg(value_parser = id::<IdentityId>)]
        id: IdentityId,
        /// The organization
        #[arg(value_parser = Slug::parse)]
        slug: Slug,
    },
    /// Give an identity a password, in place of the one that it had; whoever signed in with that one is signed out
    Password {
        /// The identity's id, as `identity list` shows it
        #[arg(value_parser = id::<IdentityId>)]
        id: IdentityId,
        /// Read the password from standard input: everything up to the end, without the last line break
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// List identities without their passwords, one JSON object a line
    List,
}

#[derive(Serialize)]
struct Created {
    id: String,
}

#[derive(Serialize)]
struct Listed {
    id: String,
    known_by: Vec<String>,
    has_password: bool,
    enters: Vec<Place>,
    created_at: String,
}

#[derive(Serialize)]
struct Place {
    organization: String,
    person: i64,
}

impl Identity {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        match self {
            Self::Create { email, password_stdin } => {
                let password = if password_stdin { Some(read_password()?) } else { None };
                create(&global.directory().await?, &email, password.as_deref()).await?;
            }
            Self::Link { id, slug, number } => link(&global.directory().await?, id, &slug, number).await?,
            Self::Unlink { id, slug } => unlink(&global.directory().await?, id, &slug).await?,
            Self::Password { id, password_stdin: _ } => {
                let password = read_password()?;
                set_password(&global.directory().await?, id, &password).await?;
            }
            Self::List => list(&global.directory().await?).await?,
        }
        Ok(Outcome::Done)
    }
}

async fn create(directory: &Directory, email: &Email, password: Option<&str>) -> Result<(), Failure> {
    let made = directory.create_identity(email, password).await.map_err(|error| match error {
        DirectoryError::Conflict { .. } => Failure::Unusable(format!("there is an identity with the address {email} already")),
        other => other.into(),
    })?;
    print_json(&Created { id: made.id.to_string() })
}

async fn link(directory: &Directory, id: IdentityId, slug: &Slug, number: PersonNumber) -> Result<(), Failure> {
    let actor = operator(directory, slug).await?;
    directory.link_identity(&actor, id, number).await.map_err(|error| match error {
        DirectoryError::NotFound => Failure::Unusable(format!("there is no identity {id}, or no person {number} in {slug}")),
        other => other.into(),
    })?;
    say(format_args!("identity {id} enters {slug} as person {number}"));
    Ok(())
}

async fn unlink(directory: &Directory, id: IdentityId, slug: &Slug) -> Result<(), Failure> {
    let actor = operator(directory, slug).await?;
    directory.unlink_identity(&actor, id).await.map_err(|error| match error {
        DirectoryError::NotFound => Failure::Unusable(format!("identity {id} does not enter {slug}, or there is none")),
        other => other.into(),
    })?;
    say(format_args!("identity {id} no longer enters {slug}"));
    Ok(())
}

async fn set_password(directory: &Directory, id: IdentityId, password: &str) -> Result<(), Failure> {
    directory.set_password(id, password).await.map_err(|error| match error {
        DirectoryError::NotFound => Failure::Unusable(format!("there is no identity {id}")),
        other => other.into(),
    })?;
    say(format_args!("identity {id} has a new password"));
    Ok(())
}

async fn list(directory: &Directory) -> Result<(), Failure> {
    let mut output = Output::new();
    for identity in directory.identities().await? {
        output.json(&Listed::from(identity))?;
    }
    output.finish()
}

impl From<IdentitySummary> for Listed {
    fn from(identity: IdentitySummary) -> Self {
        let place = |(slug, person): (Slug, PersonNumber)| Place { organization: slug.to_string(), person: person.get() };
        Self {
            id: identity.id.to_string(),
            known_by: identity.identifiers,
            has_password: identity.has_password,
            enters: identity.places.into_iter().map(place).collect(),
            created_at: identity.created_at.to_string(),
        }
    }
}

fn read_password() -> Result<String, Failure> {
    let mut password = String::new();
    let read = io::stdin().lock().take(PASSWORD_BYTES_READ_MAX).read_to_string(&mut password);
    read.map_err(|source| Failure::system("read the password from standard input", source))?;
    let line = password.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    Ok(line.unwrap_or(&password).to_owned())
}
