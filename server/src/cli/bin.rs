//! `rollcall delete-person`, `rollcall restore-person`, `rollcall purge`

use super::global::{Global, operator};
use super::output::say;
use super::{Failure, Outcome};
use clap::Args;
use rollcall_core::directory::{DirectoryError, PersonKey, Precondition};
use rollcall_core::domain::{PersonNumber, Slug};

/// Move a person to the bin: gone from every API at once, and to be restored until purged
#[derive(Debug, Args)]
pub(super) struct DeletePerson {
    #[command(flatten)]
    person: Named,
}

/// Bring a deleted person back whole, to every group and report that it had
///
/// Refused while somebody else has taken the login, external id or identity; the message names that person.
#[derive(Debug, Args)]
pub(super) struct RestorePerson {
    #[command(flatten)]
    person: Named,
}

/// Erase a deleted person for good, in the history too; the number stays used
///
/// The person must be in the bin. What is erased cannot be brought back. Backups made before still hold it.
#[derive(Debug, Args)]
pub(super) struct Purge {
    #[command(flatten)]
    person: Named,
}

/// Which person of which organization.
#[derive(Debug, Args)]
struct Named {
    /// The organization
    #[arg(value_parser = Slug::parse)]
    slug: Slug,
    /// The person's number
    number: PersonNumber,
}

impl Named {
    fn nobody(&self, place: &str) -> Failure {
        Failure::Unusable(format!("there is no person {} in {place} {}", self.number, self.slug))
    }

    fn failure(&self, error: DirectoryError, place: &str) -> Failure {
        match error {
            DirectoryError::NotFound => self.nobody(place),
            DirectoryError::Conflict { .. } => Failure::Unusable(error.to_string()),
            other => other.into(),
        }
    }

    fn done(&self, what: &str) -> Outcome {
        say(format_args!("person {} of {} is {what}", self.number, self.slug));
        Outcome::Done
    }
}

impl DeletePerson {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let directory = global.directory().await?;
        let Named { slug, number } = &self.person;
        let actor = operator(&directory, slug).await?;
        let deleted = directory.delete_person(&actor, PersonKey::Number(*number), &Precondition::default()).await;
        deleted.map_err(|error| self.person.failure(error, "the organization"))?;
        Ok(self.person.done("in the bin"))
    }
}

impl RestorePerson {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let directory = global.directory().await?;
        let Named { slug, number } = &self.person;
        let actor = operator(&directory, slug).await?;
        directory.restore_person(&actor, *number).await.map_err(|error| self.person.failure(error, "the bin of"))?;
        Ok(self.person.done("restored"))
    }
}

impl Purge {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let directory = global.directory().await?;
        let Named { slug, number } = &self.person;
        let actor = operator(&directory, slug).await?;
        directory.purge_person(&actor, *number).await.map_err(|error| self.person.failure(error, "the bin of"))?;
        Ok(self.person.done("erased"))
    }
}
