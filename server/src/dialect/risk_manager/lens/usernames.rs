//! A username for a person. Who had no access has it from then on; who is blocked stays so.

use super::body::{Fault, FromBody, Object, Unreadable};
use super::differing;
use rollcall_core::domain::{Account, Change, Login, Person, PersonChange, PersonId};

/// The person and what it signs in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username {
    pub person: PersonId,
    pub login: Login,
}

impl FromBody for Username {
    fn from_body(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut object = Object::read(bytes)?;
        let (person, login) = (object.required_guid(PERSON).map(PersonId::new), object.required("Login"));
        match (person, login) {
            (Some(person), Some(login)) => object.finish(Self { person, login }),
            _ => object.fail(),
        }
    }
}

/// The member that names the person.
const PERSON: &str = "PersonId";

impl Username {
    /// What to say where the person is not there.
    pub fn of_nobody() -> Unreadable {
        Unreadable::Members(vec![Fault::invalid(PERSON, "names nobody")])
    }

    /// What it changes in the person.
    pub fn put(self, before: &Person) -> PersonChange {
        let account = if before.account == Account::None { Change::Set(Account::Active) } else { Change::Keep };
        PersonChange { login: differing(Change::Set(self.login), before.login.as_ref()), account, ..PersonChange::default() }
    }
}
