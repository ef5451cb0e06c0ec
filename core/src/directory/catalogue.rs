//! What people refer to: roles, job titles, levels and price lists. Short lists, read whole.

use super::{Action, Actor, Directory, DirectoryError, Object};
use crate::domain::{JobTitle, Level, PriceList, Role};
use crate::store::Effort;

impl Directory {
    /// The organization's roles, by number.
    pub async fn roles(&self, actor: &Actor) -> Result<Vec<Role>, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        self.read(actor.organization(), Effort::Short, |tx| Box::pin(async move { Ok(tx.roles().await?) })).await
    }

    /// The organization's job titles, by number.
    pub async fn job_titles(&self, actor: &Actor) -> Result<Vec<JobTitle>, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        self.read(actor.organization(), Effort::Short, |tx| Box::pin(async move { Ok(tx.job_titles().await?) })).await
    }

    /// The organization's levels, by number.
    pub async fn levels(&self, actor: &Actor) -> Result<Vec<Level>, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        self.read(actor.organization(), Effort::Short, |tx| Box::pin(async move { Ok(tx.levels().await?) })).await
    }

    /// The organization's price lists, by number.
    pub async fn price_lists(&self, actor: &Actor) -> Result<Vec<PriceList>, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        self.read(actor.organization(), Effort::Short, |tx| Box::pin(async move { Ok(tx.price_lists().await?) })).await
    }
}
