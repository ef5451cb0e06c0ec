//! `rollcall identity`

use super::global::{Global, operator};
use super::output::{print_json, say};
use super::token::id;
use super::{Failure, Outcome};
use clap::Subcommand;
use rollcall_core::directory::{Directory, DirectoryError};
use rollcall_core::domain::{Email, IdentityId, PersonNumber, Slug};
use serde::Serialize;
use std::io::{self, Read};

/// Bytes of a password that are read at most; the directory takes fewer.
const PASSWORD_BYTES_READ_MAX: u64 = 64 * 1024;

/// Make identities, the logins that enter several organizations, and link them to people
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
}

#[derive(Serialize)]
struct Created {
    id: String,
}

impl Identity {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        match self {
            Self::Create { email, password_stdin } => {
                let password = if password_stdin { Some(read_password()?) } else { None };
                create(&global.directory()?, &email, password.as_deref()).await?;
            }
            Self::Link { id, slug, number } => link(&global.directory()?, id, &slug, number).await?,
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

fn read_password() -> Result<String, Failure> {
    let mut password = String::new();
    let read = io::stdin().lock().take(PASSWORD_BYTES_READ_MAX).read_to_string(&mut password);
    read.map_err(|source| Failure::system("read the password from standard input", source))?;
    let line = password.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    Ok(line.unwrap_or(&password).to_owned())
}
