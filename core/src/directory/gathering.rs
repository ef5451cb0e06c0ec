//! A little of everybody: what a picture of the whole organization, or a count of its parts, is made of.

use super::people::may_ask;
use super::{Actor, Directory, DirectoryError};
use crate::query::{Filter, PersonQuery};
use crate::store::{Effort, PackedPerson};

/// What was taken of each person, by number.
#[derive(Clone, Debug)]
pub struct Gathered<T> {
    pub items: Vec<T>,
    /// Whether these are all; else there are more people than were wanted.
    pub is_whole: bool,
}

impl Directory {
    /// Takes something of everybody who passes a filter about the person alone, of so many at most, straight from their packed
    /// records; a record is let go before the next is read.
    pub async fn gather<T: Send + 'static>(
        &self,
        actor: &Actor,
        filter: &Filter,
        most: usize,
        take: fn(&PackedPerson<'_>) -> T,
    ) -> Result<Gathered<T>, DirectoryError> {
        may_ask(actor, &PersonQuery { filter: filter.clone(), ..PersonQuery::default() })?;
        let filter = filter.clone();
        self.read(actor.organization(), Effort::Long, move |tx| {
            Box::pin(async move {
                let (items, is_whole) = tx.gather_people(&filter, most, take).await?;
                Ok(Gathered { items, is_whole })
            })
        })
        .await
    }
}
