//! The requests that OpenLDAP is asked.

use crate::ber::{BOOLEAN, ENUMERATED, OCTETS, SEQUENCE, SET, integer, number, tagged, text};

/// The bytes of one request, and the entries that its answer must have.
pub(crate) type Request = (Vec<u8>, std::ops::RangeInclusive<usize>);

const BASE: u32 = 0;
const ONE_LEVEL: u32 = 1;
const SUBTREE: u32 = 2;

/// What is asked of a server, by the name that the command line has for it.
pub(crate) struct Requests {
    /// What each request is about: distinguished names, addresses or parts of names.
    pub(crate) subjects: Vec<String>,
    pub(crate) kind: String,
    /// Where everybody is.
    pub(crate) people: String,
}

impl Requests {
    /// Request number `place`, which has number `unique` that no other request has.
    pub(crate) fn make(&self, place: usize, unique: u64) -> Result<Request, String> {
        let subject = &self.subjects[place % self.subjects.len()];
        match self.kind.as_str() {
            "get" => Ok((search(subject, BASE, 0, &present("objectClass")), 1..=1)),
            "page" => Ok((search(subject, ONE_LEVEL, 100, &present("objectClass")), 100..=100)),
            "equal" => Ok((search(&self.people, SUBTREE, 0, &equal("mail", subject)), 1..=1)),
            "part" => Ok((search(&self.people, SUBTREE, 10, &part("cn", subject)), 1..=10)),
            "add" => Ok((add(&self.people, unique), 0..=0)),
            "update" => Ok((replace(subject, "title", &format!("Engineer {unique}")), 0..=0)),
            "mixed" if place % 10 == 9 => Ok((replace(subject, "title", &format!("Engineer {unique}")), 0..=0)),
            "mixed" => Ok((search(subject, BASE, 0, &present("objectClass")), 1..=1)),
            other => Err(format!("unknown kind of request: {other}")),
        }
    }
}

/// A connection's first request: who it is.
pub(crate) fn bind(name: &str, password: &str) -> Vec<u8> {
    let content = [integer(3), text(name), tagged(0x80, password.as_bytes())].concat();
    message(&tagged(0x60, &content))
}

fn message(operation: &[u8]) -> Vec<u8> {
    tagged(SEQUENCE, &[&integer(1), operation].concat())
}

/// A search for all attributes.
fn search(base: &str, scope: u32, size_limit: u32, filter: &[u8]) -> Vec<u8> {
    let content = [
        text(base),
        number(ENUMERATED, scope),
        number(ENUMERATED, 0),
        integer(size_limit),
        integer(0),
        tagged(BOOLEAN, &[0]),
        filter.to_vec(),
        tagged(SEQUENCE, &[]),
    ];
    message(&tagged(0x63, &content.concat()))
}

fn present(attribute: &str) -> Vec<u8> {
    tagged(0x87, attribute.as_bytes())
}

fn equal(attribute: &str, value: &str) -> Vec<u8> {
    tagged(0xa3, &[text(attribute), text(value)].concat())
}

fn part(attribute: &str, any: &str) -> Vec<u8> {
    let any = tagged(SEQUENCE, &tagged(0x81, any.as_bytes()));
    tagged(0xa4, &[text(attribute), any].concat())
}

fn attribute(name: &str, values: &[&str]) -> Vec<u8> {
    let values: Vec<Vec<u8>> = values.iter().map(|value| tagged(OCTETS, value.as_bytes())).collect();
    tagged(SEQUENCE, &[text(name), tagged(SET, &values.concat())].concat())
}

fn replace(name: &str, of: &str, value: &str) -> Vec<u8> {
    let change = tagged(SEQUENCE, &[number(ENUMERATED, 2), attribute(of, &[value])].concat());
    message(&tagged(0x66, &[text(name), tagged(SEQUENCE, &change)].concat()))
}

fn add(people: &str, unique: u64) -> Vec<u8> {
    let login = format!("new.{unique}");
    let family = format!("Newcomer{unique}");
    let attributes = [
        attribute("objectClass", &["inetOrgPerson"]),
        attribute("uid", &[&login]),
        attribute("cn", &[&format!("Ana {family}")]),
        attribute("sn", &[&family]),
        attribute("givenName", &["Ana"]),
        attribute("mail", &[&format!("{login}@people.example")]),
        attribute("telephoneNumber", &[&format!("+47 {unique:08}")]),
        attribute("title", &["Engineer"]),
        attribute("departmentNumber", &["Development"]),
        attribute("preferredLanguage", &["nb-NO"]),
    ];
    let name = format!("uid={login},{people}");
    message(&tagged(0x68, &[text(&name), tagged(SEQUENCE, &attributes.concat())].concat()))
}
