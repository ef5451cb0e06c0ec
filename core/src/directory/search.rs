//! People looked for as somebody types: words in any order, whatever their accents, and a typo forgiven in each.

use super::people::may_ask;
use super::{Action, Actor, Directory, DirectoryError, Object, Version};
use crate::domain::Person;
use crate::query::{Direction, Including, OrderField, OrderTerm, PersonQuery, TextField};
use crate::store::{Effort, LookedFor};

/// Those who were found, the best first.
#[derive(Clone, Debug)]
pub struct FoundPeople {
    pub people: Vec<Person>,
    /// How many there are outside the window too.
    pub total: u64,
    /// Of the whole organization.
    pub version: Version,
}

impl Directory {
    /// The people of a query who have every word of a text somewhere in their names, login, e-mail address, telephone number,
    /// title, department or number.
    ///
    /// A word is found where another begins with it or holds it, without regard to case and accents; one of four letters and
    /// more, unless it is a number, also where one letter of a word is changed, missing or added, or two are swapped. Whoever has
    /// it at the beginning of a name (or as their number) comes first, then at the beginning of another word, then inside one,
    /// then with a typo; then by name. The filter is about the person alone. A text without words finds all of the query, in its
    /// order; by name where it has none.
    pub async fn search_people(&self, actor: &Actor, text: &str, query: &PersonQuery) -> Result<FoundPeople, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        let (looked_for, organization) = (LookedFor::parse(text), actor.organization());
        if looked_for.is_empty() {
            return self.everybody_in_order(actor, query).await;
        }
        may_ask(actor, query)?;
        let query = query.clone();
        self.read(organization, Effort::Long, move |tx| {
            Box::pin(async move {
                let version = Version::new(organization, tx.sequence().await?.0);
                let (people, total) = tx.look_for(&looked_for, &query).await?;
                Ok(FoundPeople { people, total, version })
            })
        })
        .await
    }

    async fn everybody_in_order(&self, actor: &Actor, query: &PersonQuery) -> Result<FoundPeople, DirectoryError> {
        let mut query = query.clone();
        if query.order.is_empty() {
            query.order.push(OrderTerm::new(OrderField::Text(TextField::Name), Direction::Ascending));
        }
        let list = self.list_people(actor, &query, Including { total: true, ..Including::default() }).await?;
        let people: Vec<Person> = list.items.into_iter().map(|listed| listed.person).collect();
        Ok(FoundPeople { total: list.total.unwrap_or(people.len() as u64), people, version: list.version })
    }
}
