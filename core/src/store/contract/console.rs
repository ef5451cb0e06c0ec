//! The console's search, against an oracle that reads everybody and knows no index.

use super::searching::prepare;
use super::strangers::Dice;
use super::{Ground, line, wait};
use crate::directory::{Directory, DirectoryError, Line, PersonField};
use crate::domain::{Person, folded};
use crate::query::{Comparison, Filter, PersonQuery, TextField, Window};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const GIVEN: [&str; 16] = [
    "Jan",
    "Janneke",
    "José",
    "Zoë",
    "Anne-Marie",
    "François",
    "Müge",
    "Søren",
    "D'Arcy",
    "Åse",
    "山田",
    "太郎",
    "محمد",
    "فاطمة",
    "Łukasz",
    "Ἀλέξανδρος",
];
const FAMILY: [&str; 16] = [
    "Jansen",
    "Janssen",
    "O'Neill",
    "O’Brien",
    "Lefèvre",
    "García",
    "de Vries",
    "Smith-Jones",
    "Strauß",
    "Müller",
    "Mueller",
    "山田太郎",
    "الحسن",
    "Nguyễn",
    "Hansen",
    "Hanzen",
];
const TITLES: [&str; 4] = ["", "Engineer", "Ingénieur", "Chief of Staff"];
const DEPARTMENTS: [&str; 3] = ["", "Legal", "R&D Oslo"];

fn colleague(number: u64, dice: &mut Dice) -> Line {
    let (given, family) = (GIVEN[dice.below(16)], FAMILY[dice.below(16)]);
    let whole = if dice.below(4) == 0 { format!("{family}, {given} {}", dice.text(1)) } else { String::new() };
    let login = format!("{}{number}", ["jan", "h.ansen", "x_"][dice.below(3)]);
    let cells = [
        ("login", login.as_str()),
        ("given_name", given),
        ("family_name", family),
        ("display_name", &whole),
        ("email", &format!("{login}@Example.org")),
        ("phone", &["", "+47 {} 11", "(030) {}/12-34"][dice.below(3)].replace("{}", &format!("{:05}", dice.below(100_000)))),
        ("title", TITLES[dice.below(4)]),
        ("department", DEPARTMENTS[dice.below(3)]),
    ];
    line(number + 1, &cells)
}

/// Words without case, accents and apostrophes, said once more.
fn bare_words(text: &str) -> Vec<String> {
    let bare = |text: &str| text.nfd().filter(|letter| !is_combining_mark(*letter)).collect::<String>();
    let mut words = vec![String::new()];
    for letter in bare(&folded(&bare(text))).chars() {
        match letter {
            '\'' | '’' | '`' => {}
            letter if letter.is_alphanumeric() => words.last_mut().expect("a word").push(letter),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether one edit makes a word the other, by trying every edit.
fn is_one_edit(typed: &str, meant: &str) -> bool {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let without = |word: &[char], place: usize| [&word[..place], &word[place + 1..]].concat();
    let is_missing = |long: &[char], short: &[char]| (0..long.len()).any(|place| without(long, place) == short);
    let is_changed = typed.len() == meant.len() && typed.iter().zip(&meant).filter(|(left, right)| left != right).count() == 1;
    let is_swapped = (1..typed.len()).any(|place| {
        let mut swapped = typed.clone();
        swapped.swap(place - 1, place);
        swapped == meant
    });
    let is_number = typed.iter().all(char::is_ascii_digit);
    typed.len() >= 4
        && !is_number
        && typed != meant
        && (is_changed || is_swapped || is_missing(&typed, &meant) || is_missing(&meant, &typed))
}

/// How well all words are found: the worst, the sum. `None`: somebody else is meant.
fn rank(person: &Person, words: &[String]) -> Option<(usize, usize)> {
    let of = |text: Option<&str>| text.map(bare_words).unwrap_or_default();
    let names: Vec<String> = [&person.display_name, &person.given_name, &person.family_name]
        .iter()
        .flat_map(|name| of(name.as_ref().map(AsRef::as_ref)))
        .collect();
    let others = [
        of(person.login.as_ref().map(AsRef::as_ref)),
        of(person.email.as_ref().map(AsRef::as_ref)),
        of(person.title.as_ref().map(AsRef::as_ref)),
        of(person.department.as_ref().map(AsRef::as_ref)),
        of(person.phone.as_ref().map(AsRef::as_ref)),
        person.phone.iter().map(|phone| phone.as_str().chars().filter(char::is_ascii_digit).collect()).collect(),
        vec![person.number.to_string()],
    ]
    .concat();
    let all = [names.clone(), others.clone()].concat();
    let ranks = words.iter().map(|word| {
        let ways = [
            names.iter().any(|name| name.starts_with(word.as_str())) || *word == person.number.to_string(),
            others.iter().any(|other| other.starts_with(word.as_str())),
            all.iter().any(|other| other.contains(word.as_str())),
            all.iter().any(|other| is_one_edit(word, other)),
        ];
        ways.iter().position(|is_found| *is_found)
    });
    let ranks = ranks.collect::<Option<Vec<_>>>()?;
    Some((ranks.iter().copied().max()?, ranks.iter().sum()))
}

fn meant(people: &[Person], text: &str, window: Window) -> (Vec<i64>, u64) {
    let words = bare_words(text);
    let found = people.iter().filter_map(|person| Some((rank(person, &words)?, folded(&person.name()), person.number.get())));
    let mut found: Vec<_> = found.collect();
    found.sort();
    let total = found.len() as u64;
    (window.cut(found).into_iter().map(|(_, _, number)| number).collect(), total)
}

/// What somebody might type who looks for somebody: parts of words, sometimes with a typo.
fn typed(dice: &mut Dice, people: &[Person]) -> String {
    let words = (0..1 + dice.below(2)).map(|_| {
        let person = &people[dice.below(people.len())];
        let title = person.title.as_ref().map(ToString::to_string).unwrap_or_default();
        let phone = person.phone.as_ref().map(ToString::to_string).unwrap_or_default();
        let login = person.login.as_ref().map(ToString::to_string).unwrap_or_default();
        let digits = phone.chars().filter(char::is_ascii_digit).collect();
        let texts = [person.name(), login, title, phone, digits, person.number.to_string()];
        let mut letters: Vec<char> = texts[[0, 0, 0, 1, 2, 3, 4, 5][dice.below(8)]].chars().collect();
        let start = dice.below(letters.len().max(2) / 2);
        letters.drain(..start.min(letters.len()));
        letters.truncate(1 + dice.below(9));
        let place = dice.below(letters.len() + 1);
        match dice.below(6) {
            0 => letters.insert(place, 'x'),
            1 if place < letters.len() => drop(letters.remove(place)),
            2 if place + 1 < letters.len() => letters.swap(place, place + 1),
            3 if place < letters.len() => letters[place] = 'e',
            _ => {}
        }
        letters.into_iter().collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

fn search(directory: &Directory, ground: &Ground, text: &str, window: Window) -> (Vec<i64>, u64) {
    let found =
        wait(directory.search_people(&ground.operator, text, &PersonQuery { window, ..PersonQuery::default() })).expect("an answer");
    (found.people.iter().map(|person| person.number.get()).collect(), found.total)
}

fn office(people: u64) -> (Ground, Vec<Person>) {
    let ground = Ground::new();
    let mut dice = Dice::new(0xc0115);
    ground.load((1..=people).map(|number| colleague(number, &mut dice)).collect());
    let people = wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("people").people;
    (ground, people)
}

#[test]
fn whatever_is_typed_finds_whom_it_means_in_their_order() {
    let (ground, people) = office(400);
    let mut dice = Dice::new(0x7e97);
    prepare(&ground);

    for step in 0..300 {
        let text = typed(&mut dice, &people);
        let window = Window::new(dice.below(5) as u64, 1 + dice.below(30) as u64);
        if !bare_words(&text).is_empty() {
            assert_eq!(search(&ground.directory, &ground, &text, window), meant(&people, &text, window), "step {step}: {text:?}");
        }
    }
}

#[test]
fn who_is_looked_for_is_found_while_there_is_no_index_too() {
    let (ground, people) = office(60);
    let window = Window::new(0, 100);

    for text in ["jansen", "jasnen", "oneill", "o'neill jan", "lefevre", "太郎", "محمد", "ing"] {
        // The first search asks for an index; a directory that was just opened has none.
        let directory = super::open(&ground.database);
        assert_eq!(search(&directory, &ground, text, window), meant(&people, text, window), "{text}");
    }
}

#[test]
fn somebody_is_found_by_their_number_and_first_where_it_is_whole() {
    let (ground, people) = office(60);
    prepare(&ground);

    let (found, _) = search(&ground.directory, &ground, "12", Window::new(0, 100));

    assert_eq!(found.first(), Some(&12));
    assert_eq!(search(&ground.directory, &ground, "12 jan", Window::new(0, 100)), meant(&people, "12 jan", Window::new(0, 100)));
}

#[test]
fn a_search_is_narrowed_by_a_filter_and_by_a_group() {
    let (ground, people) = office(60);
    prepare(&ground);
    let engineers = Filter::text(TextField::Title, Comparison::Equal, "engineer");
    let is_engineer = |person: &&Person| person.title.as_ref().is_some_and(|title| title.as_str() == "Engineer");
    let meant_to_be: Vec<Person> = people.iter().filter(is_engineer).cloned().collect();

    let query = PersonQuery { filter: engineers, window: Window::new(0, 100), ..PersonQuery::default() };
    let found = wait(ground.directory.search_people(&ground.operator, "jan", &query)).expect("an answer");
    let nobody = PersonQuery { member_of: crate::domain::GroupNumber::new(77).ok(), ..query };
    let in_group = wait(ground.directory.search_people(&ground.operator, "jan", &nobody)).expect("an answer");

    let numbers: Vec<i64> = found.people.iter().map(|person| person.number.get()).collect();
    assert_eq!((numbers, found.total), meant(&meant_to_be, "jan", Window::new(0, 100)));
    assert_eq!(in_group.total, 0);
}

#[test]
fn something_is_gathered_of_everybody_as_far_as_is_wanted() {
    let (ground, people) = office(30);
    let everybody = Filter::everything();
    let gather = |most| {
        wait(ground.directory.gather(&ground.operator, &everybody, most, |person| person.number(PersonField::Number))).expect("people")
    };

    let (all, some) = (gather(30), gather(10));

    let numbers: Vec<Option<i64>> = people.iter().map(|person| Some(person.number.get())).collect();
    assert_eq!((all.items, all.is_whole), (numbers.clone(), true));
    assert_eq!((some.items.as_slice(), some.is_whole), (&numbers[..10], false));
}

#[test]
fn a_text_without_words_finds_everybody_by_name() {
    let (ground, mut people) = office(30);
    people.sort_by_key(|person| (folded(&person.name()), person.number.get()));

    let found = search(&ground.directory, &ground, " ... ", Window::new(0, 10));

    assert_eq!(found, (people.iter().take(10).map(|person| person.number.get()).collect(), 30));
}

#[test]
fn who_may_not_see_people_finds_nobody() {
    let (ground, _) = office(1);

    let found = wait(ground.directory.search_people(&ground.token("groups:read"), "jan", &PersonQuery::default()));

    assert!(matches!(found, Err(DirectoryError::Forbidden(_))));
}
