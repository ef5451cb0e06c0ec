//! People looked for as somebody types: words in any order, whatever their accents, and a typo forgiven in each.

use super::{Action, Actor, Directory, DirectoryError, Object, Version};
use crate::domain::Person;
use crate::query::{Direction, Including, OrderField, OrderTerm, PersonQuery, TextField, Window};
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
    /// The people who have every word of a text somewhere in their names, login, e-mail address, title or department.
    ///
    /// A word is found where another begins with it or holds it, without regard to case and accents; one of four letters and
    /// more also where one letter of a word is changed, missing or added, or two are swapped. Whoever has it at the beginning
    /// of a name comes first, then at the beginning of another word, then inside one, then with a typo; then by name. A text
    /// without words finds everybody, by name.
    pub async fn search_people(&self, actor: &Actor, text: &str, window: Window) -> Result<FoundPeople, DirectoryError> {
        actor.may(Action::Read, Object::People)?;
        let (looked_for, organization) = (LookedFor::parse(text), actor.organization());
        if looked_for.is_empty() {
            return self.everybody_by_name(actor, window).await;
        }
        self.read(organization, Effort::Long, move |tx| {
            Box::pin(async move {
                let version = Version::new(organization, tx.sequence().await?.0);
                let (people, total) = tx.look_for(&looked_for, window).await?;
                Ok(FoundPeople { people, total, version })
            })
        })
        .await
    }

    async fn everybody_by_name(&self, actor: &Actor, window: Window) -> Result<FoundPeople, DirectoryError> {
        let order = vec![OrderTerm::new(OrderField::Text(TextField::Name), Direction::Ascending)];
        let query = PersonQuery { order, window, ..PersonQuery::default() };
        let list = self.list_people(actor, &query, Including { total: true, ..Including::default() }).await?;
        let people: Vec<Person> = list.items.into_iter().map(|listed| listed.person).collect();
        Ok(FoundPeople { total: list.total.unwrap_or(people.len() as u64), people, version: list.version })
    }
}
