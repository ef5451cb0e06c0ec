//! The people of a run: person number N is always the same one, whoever asks, so nothing has to be kept.

use crate::names::{DEPARTMENTS, FAMILY_BEGIN, FAMILY_END, GIVEN, PLACES, TITLES};
use std::io::{self, Write};

/// How many people one group has.
const GROUP_SIZE: u64 = 100;

/// One made-up person.
pub(crate) struct Person {
    /// Counts from 1, as the directory's own number does after the import.
    pub(crate) number: u64,
    pub(crate) given: &'static str,
    pub(crate) family: String,
    pub(crate) login: String,
    pub(crate) phone: String,
    pub(crate) title: &'static str,
    pub(crate) department: &'static str,
    pub(crate) time_zone: &'static str,
    pub(crate) language: &'static str,
    /// The number of somebody who stands before in the file; nine in ten have one.
    pub(crate) manager: Option<u64>,
    /// Nineteen in twenty are in one.
    pub(crate) group: Option<u64>,
}

impl Person {
    pub(crate) fn new(number: u64) -> Self {
        let given = pick(GIVEN, number, 1);
        let family = format!("{}{}", pick(FAMILY_BEGIN, number, 2), pick(FAMILY_END, number, 3));
        let (time_zone, language) = pick(PLACES, number, 6);
        Self {
            number,
            given,
            login: format!("{}.{}.{number}", ascii(given), family.to_lowercase()),
            family,
            phone: format!("+47 {:08}", 20_000_000 + random(number, 7) % 79_000_000),
            title: pick(TITLES, number, 4),
            department: pick(DEPARTMENTS, number, 5),
            time_zone,
            language,
            manager: (number > 10 && !random(number, 8).is_multiple_of(10)).then_some(number / 10),
            group: (!random(number, 9).is_multiple_of(20)).then_some(number / GROUP_SIZE + 1),
        }
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    pub(crate) fn email(&self) -> String {
        format!("{}@people.example", self.login)
    }
}

/// The people from `1` to `count`, as `rollcall import` reads them.
pub(crate) fn write_csv(to: &mut impl Write, count: u64) -> io::Result<()> {
    writeln!(
        to,
        "external_id,given_name,family_name,display_name,email,login,phone,title,department,time_zone,language,role,manager,groups,employee_number"
    )?;
    for number in 1..=count {
        let person = Person::new(number);
        let manager = person.manager.map(external_id).unwrap_or_default();
        let group = person.group.map(group_name).unwrap_or_default();
        let role = if number == 1 { "ROLE_OWNER" } else { "ROLE_USER" };
        writeln!(
            to,
            "{},{},{},{},{},{},{},{},{},{},{},{role},{manager},{group},{number}",
            external_id(number),
            person.given,
            person.family,
            person.name(),
            person.email(),
            person.login,
            person.phone,
            person.title,
            person.department,
            person.time_zone,
            person.language,
        )?;
    }
    Ok(())
}

pub(crate) fn external_id(number: u64) -> String {
    format!("E{number:07}")
}

pub(crate) fn group_name(number: u64) -> String {
    format!("Team {number}")
}

/// `count` numbers of people out of `1..=people`, spread over all of them in no order, the same at every run.
pub(crate) fn sample(people: u64, count: u64) -> Vec<u64> {
    (0..count).map(|place| random(place, 77) % people + 1).collect()
}

fn pick<T: Copy>(from: &[T], number: u64, of: u64) -> T {
    let length = u64::try_from(from.len()).unwrap_or(u64::MAX);
    from[usize::try_from(random(number, of) % length).unwrap_or_default()]
}

/// SplitMix64, which is no secret: the same for the same two numbers.
fn random(number: u64, of: u64) -> u64 {
    let mut mixed = number.wrapping_add(of << 48).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn ascii(name: &str) -> String {
    let plain = |letter: char| match letter {
        'å' | 'á' => 'a',
        'é' | 'ë' => 'e',
        'í' => 'i',
        'ö' | 'ø' | 'ó' => 'o',
        'ş' => 's',
        other => other,
    };
    name.to_lowercase().chars().map(plain).collect()
}
