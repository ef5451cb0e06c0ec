use super::*;
use crate::domain::{Department, Email, Instant, Login, Name, PersonId, Phone, Title};
use uuid::Uuid;

const GIVEN: [&str; 40] = [
    "Anna",
    "Emma",
    "Nora",
    "Ola",
    "Kari",
    "Lars",
    "Ingrid",
    "Jan",
    "Piet",
    "Sanne",
    "Daan",
    "Lotte",
    "Bram",
    "Femke",
    "Sofie",
    "Mohammed",
    "Fatima",
    "Ahmed",
    "Yusuf",
    "Leila",
    "José",
    "María",
    "Zoë",
    "François",
    "Chloé",
    "Jürgen",
    "Björn",
    "Åse",
    "Søren",
    "Łukasz",
    "Agnieszka",
    "Giulia",
    "Marco",
    "Luca",
    "Chiara",
    "William",
    "Olivia",
    "James",
    "Charlotte",
    "Henry",
];
const FAMILY: [&str; 40] = [
    "Jansen",
    "de Vries",
    "van den Berg",
    "Bakker",
    "Visser",
    "Smit",
    "Meijer",
    "de Boer",
    "Mulder",
    "de Groot",
    "Hansen",
    "Johansen",
    "Olsen",
    "Larsen",
    "Andersen",
    "Pedersen",
    "Nilsen",
    "Kristiansen",
    "Jensen",
    "Karlsen",
    "Rossi",
    "Ferrari",
    "Esposito",
    "Bianchi",
    "O'Neill",
    "Smith-Jones",
    "Müller",
    "Schmidt",
    "Schneider",
    "Kowalski",
    "Nowak",
    "García",
    "Fernández",
    "López",
    "Dubois",
    "Lefèvre",
    "Yılmaz",
    "Kaya",
    "Ivanov",
    "Nguyen",
];
const TITLES: [&str; 8] = ["Engineer", "Senior Engineer", "Accountant", "Legal Counsel", "Consultant", "Director", "Nurse", "Teacher"];
const DEPARTMENTS: [&str; 6] = ["Research and Development", "Finance", "Legal", "Operations", "Human Resources", "Sales"];

/// Somebody as companies have them: a name, a login and an address made of it, a telephone, a title, a department.
fn somebody(number: u32) -> Person {
    let instant = Instant::from_milliseconds(0).expect("an instant");
    let mut person = Person::new(PersonId::new(Uuid::from_u128(number.into())), i64::from(number).try_into().expect("a number"), instant);
    let dice = |step: u32| number.wrapping_mul(2_654_435_761).rotate_left(step) as usize;
    let (given, family) = (GIVEN[dice(3) % GIVEN.len()], FAMILY[dice(11) % FAMILY.len()]);
    let login = format!("{}.{}{}", words(given).concat(), words(family).concat(), dice(19) % 1000);
    person.given_name = Name::parse(given).ok();
    person.family_name = Name::parse(family).ok();
    person.email = Email::parse(&format!("{login}@example.com")).ok();
    person.login = Login::parse(&login).ok();
    person.phone = Phone::parse(&format!("+47 {:08}", dice(7) % 100_000_000)).ok();
    person.title = Title::parse(TITLES[dice(5) % TITLES.len()]).ok();
    person.department = Department::parse(DEPARTMENTS[dice(9) % DEPARTMENTS.len()]).ok();
    person
}

fn index(people: u32) -> Index {
    let mut draft = Draft::new(true);
    (1..=people).for_each(|number| draft.add(&somebody(number)));
    draft.finish()
}

#[test]
fn an_index_takes_sixty_bytes_a_person_and_twenty_for_the_name() {
    let people = 20_000;

    let index = index(people);

    let (names, rest) = (index.names.bytes() / u64::from(people), (index.bytes() - index.names.bytes()) / u64::from(people));
    assert!(rest < 60 && names < 20, "{rest} bytes a person and {names} for the name");
}

#[test]
fn everybody_who_has_a_text_is_found_and_hardly_anybody_else() {
    let index = index(5000);
    let has = |number: &u32| somebody(*number).name().to_lowercase().contains("jansen");

    let found = index.holding("jansen", Place::Name).expect("letters");

    let people = found.people.expect("few enough");
    let with: Vec<u32> = (1..=5000).filter(has).collect();
    assert!(with.iter().all(|number| people.contains(*number)));
    // Kristiansen and Johansen have most of it too.
    assert!(people.len() < 2 * with.len() as u64, "{} of {}", people.len(), with.len());
}

#[test]
fn where_a_text_is_rare_is_told_from_where_it_is_common() {
    let index = index(5000);

    let (in_names, in_addresses) =
        (index.holding("example", Place::Name).expect("letters"), index.holding("example", Place::Email).expect("letters"));

    assert!(in_names.likely < 100, "{}", in_names.likely);
    assert_eq!((in_names.at_most, in_addresses.likely), (5000, 5000));
}

#[test]
fn two_letters_that_half_of_all_have_are_not_listed() {
    let index = index(5000);

    let found = index.holding("an", Place::Name).expect("letters");

    assert!(found.people.is_none() && found.likely > 1500, "{}", found.likely);
}

#[test]
fn somebody_who_has_changed_is_found_by_both_names() {
    let mut index = index(10);

    index.add(&Person { family_name: Name::parse("Zwart").ok(), ..somebody(7) });

    let holds = |text: &str| index.holding(text, Place::Name).and_then(|found| found.people).is_some_and(|people| people.contains(7));
    assert!(holds("zwart") && holds(&somebody(7).family_name.expect("a name").as_str().to_lowercase()));
}
