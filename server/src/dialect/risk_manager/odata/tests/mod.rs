//! | file | what it claims |
//! | --- | --- |
//! | `facts` | what filters find, each claim a sentence |
//! | `refusals` | what is accepted and what is refused, and where |
//! | `limits` | what is too long, too deep or too much |
//! | `orders` | `$orderby` |
//! | `random` | properties over random trees, tokens and bytes |
//! | `trial` | a collection of filters from elsewhere, when one is given |

mod facts;
mod limits;
mod orders;
mod random;
mod refusals;
mod trial;

use super::{Error, Fields, filter};
use jiff::Timestamp;
use rollcall_core::domain::{Account, Description, Email, Instant, Login, Name, Person, PersonId, PersonNumber, Phone};
use rollcall_core::query::Filter;
use uuid::Uuid;

const JANE_ID: &str = "6fe49ce4-56d4-475f-9483-1adca6b2976c";

fn person(number: i64, name: &str) -> Person {
    let id = PersonId::new(Uuid::from_u128(u128::try_from(number).expect("a number")));
    let mut person = Person::new(id, PersonNumber::new(number).expect("a number"), Instant::new(Timestamp::UNIX_EPOCH));
    person.display_name = Name::parse(name).ok();
    person
}

/// Jane has everything, O'Neil is blocked, Žofie has no access and nothing but a name.
fn people() -> [Person; 3] {
    let mut jane = person(1, "Jane Doe");
    jane.id = JANE_ID.parse().expect("an id");
    jane.login = Login::parse("jdoe").ok();
    jane.email = Email::parse("jdoe@example.com").ok();
    jane.phone = Phone::parse("+1 (646) 555-0000").ok();
    jane.description = Description::parse("Employee & friend").ok();
    let mut neil = person(2, "O'Neil");
    neil.login = Login::parse("neil").ok();
    neil.account = Account::Blocked;
    let mut zofie = person(3, "Žofie");
    zofie.account = Account::None;
    [jane, neil, zofie]
}

/// The numbers of the people that a filter finds: 1 is Jane, 2 is O'Neil, 3 is Žofie.
fn found(text: &str) -> Vec<i64> {
    let filter = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    people().iter().filter(|person| filter.matches(*person)).map(|person| person.number.get()).collect()
}

fn read(text: &str) -> Result<Filter, Error> {
    filter(text, &Fields::PEOPLE)
}

fn refused(text: &str) -> Error {
    read(text).expect_err(text)
}
