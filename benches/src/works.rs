//! What is asked: each work is some paths, walked over, and how to see that the answer to each is right.

use crate::Outcome;
use crate::http::Client;
use crate::limit::Limit;
use crate::people::{Person, sample};
use crate::rollcall::{Database, EVERYBODY};
use serde_json::Value;
use std::net::SocketAddr;

/// How many people a work walks over.
const WALKED: u64 = 1000;

/// A work of reading.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    /// Such as "W2 scim" or "W2 scim cached".
    pub(crate) name: String,
    pub(crate) paths: Vec<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) limit: Limit,
    /// How many people each answer has.
    people: std::ops::RangeInclusive<usize>,
    /// What the answer to each path must hold; empty where any people will do.
    texts: Vec<String>,
}

impl Work {
    /// Asks for every path once, and refuses an answer that is not right. Returns the first one.
    pub(crate) fn look(&self, address: SocketAddr) -> Outcome<Vec<u8>> {
        let mut client = Client::connect(address)?;
        let mut first = None;
        for (place, path) in self.paths.iter().enumerate() {
            let answer = client.get(path, &self.headers)?;
            let body = String::from_utf8(answer.body)?;
            let found = people_in(&body);
            let wanted = self.texts.get(place).is_none_or(|text| body.contains(text));
            if answer.status != 200 || !wanted || !found.is_some_and(|found| self.people.contains(&found)) {
                return Err(format!("{}: {path} is answered {} with {found:?} people: {body:.400}", self.name, answer.status).into());
            }
            first = first.or(Some(body));
        }
        Ok(first.ok_or("a work without paths")?.into_bytes())
    }
}

/// How many people an answer of any of the APIs has.
fn people_in(body: &str) -> Option<usize> {
    match serde_json::from_str(body).ok()? {
        Value::Array(people) => Some(people.len()),
        Value::Object(members) => Some(members.get("Resources").map_or(Some(1), |people| people.as_array().map(Vec::len))?),
        _ => None,
    }
}

/// The APIs by the names of their rooms, and what a client of each sends.
pub(crate) const APIS: [&str; 5] = ["scim", "risk-manager", "wethod", "proofhub", "24sevenoffice"];

/// What a client of `api` sends with every request.
pub(crate) fn headers_of(api: &str, token: &str, organization: &str) -> Vec<(String, String)> {
    let pairs: &[(&str, &str)] = match api {
        "risk-manager" => &[("Authorization", &format!("OAuth2 {token}"))],
        "wethod" => &[("Authorization", &format!("Bearer {token}")), ("Wethod-Company", organization), ("Wethod-Version", "2024-06-15")],
        "proofhub" => &[("X-API-KEY", token), ("User-Agent", "benches")],
        _ => &[("Authorization", &format!("Bearer {token}"))],
    };
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// People that works walk over, with the ids that the server gave them.
pub(crate) struct Walked {
    people: Vec<(Person, String)>,
}

impl Walked {
    /// Asks the server at `address` for the ids.
    pub(crate) fn find(address: SocketAddr, database: &Database, people: u64) -> Outcome<Self> {
        let headers = headers_of("scim", &database.token, EVERYBODY);
        let mut client = Client::connect(address)?;
        let mut found = Vec::new();
        for number in sample(people, WALKED) {
            let person = Person::new(number);
            let path = format!("/scim/v2/Users?filter={}", encode(&format!("userName eq \"{}\"", person.login)));
            let body: Value = serde_json::from_slice(&client.get(&path, &headers)?.body)?;
            let id = body.pointer("/Resources/0/id").and_then(Value::as_str).ok_or_else(|| format!("nobody at {path}: {body}"))?;
            found.push((person, id.to_owned()));
        }
        Ok(Self { people: found })
    }

    /// Something about each of them.
    pub(crate) fn each(&self, path: impl Fn(&Person, &str) -> String) -> Vec<String> {
        self.people.iter().map(|(person, id)| path(person, id)).collect()
    }

    /// The addresses of single people, in SCIM and in the others.
    pub(crate) fn single(&self, api: &str) -> Vec<String> {
        self.each(|person, id| match api {
            "scim" => format!("/scim/v2/Users/{id}"),
            "risk-manager" => format!("/api/Organization/people/{id}"),
            "wethod" => format!("/api/persons/{}", person.number),
            "proofhub" => format!("/api/v3/people/{}", person.number),
            _ => format!("/v1/organization/people/{}", person.number),
        })
    }
}

/// Every work of reading.
pub(crate) fn reading(database: &Database, walked: &Walked, people: u64) -> Vec<Work> {
    let mut works = Vec::new();
    for api in APIS {
        let organization = headers_of(api, &database.token, EVERYBODY);
        let texts = walked.people.iter().map(|(person, _)| person.family.clone()).collect();
        both(&mut works, work("W1", api, walked.single(api), organization.clone(), Limit::One, 1..=1, texts));
        let (path, of_list) = match api {
            "24sevenoffice" => ("/v1/organization/people".to_owned(), headers_of(api, &database.token_of_hundred, "hundred")),
            _ => (page(api, 0), organization.clone()),
        };
        both(&mut works, work("W2", api, vec![path], of_list, Limit::Hundred, 100..=100, Vec::new()));
        if api != "24sevenoffice" {
            works.push(uncached(work(
                "W3",
                api,
                vec![page(api, depth(people))],
                organization.clone(),
                Limit::Hundred,
                100..=100,
                Vec::new(),
            )));
        }
    }
    works.extend(searching(database, walked));
    works.sort_by(|one, other| one.name[..2].cmp(&other.name[..2]));
    works
}

/// Equality on what people sign in with, and parts of names.
fn searching(database: &Database, walked: &Walked) -> Vec<Work> {
    let risk_manager = headers_of("risk-manager", &database.token, EVERYBODY);
    let scim = headers_of("scim", &database.token, EVERYBODY);
    let emails = walked.people.iter().map(|(person, _)| person.email()).collect();
    let logins = walked.people.iter().map(|(person, _)| person.login.clone()).collect();
    let by_email =
        walked.each(|person, _| format!("/api/Organization/people?$filter={}", encode(&format!("Email eq '{}'", person.email()))));
    let by_login = walked.each(|person, _| format!("/scim/v2/Users?filter={}", encode(&format!("userName eq \"{}\"", person.login))));
    let by_part =
        walked.each(|person, _| format!("/api/Organization/people?$filter={}", encode(&format!("substringof('{}',Name)", part(person)))));
    let by_part_in_scim =
        walked.each(|person, _| format!("/scim/v2/Users?count=10&filter={}", encode(&format!("displayName co \"{}\"", part(person)))));
    vec![
        uncached(work("W4", "risk-manager", by_email, risk_manager.clone(), Limit::One, 1..=1, emails)),
        uncached(work("W4", "scim", by_login, scim.clone(), Limit::One, 1..=1, logins)),
        uncached(work("W5", "risk-manager", by_part, risk_manager, Limit::One, 1..=10, Vec::new())),
        uncached(work("W5", "scim", by_part_in_scim, scim, Limit::One, 1..=10, Vec::new())),
    ]
}

/// Five letters of somebody's name, from the last of the given name over the blank into the family name: rare enough to be a search.
pub(crate) fn part(person: &Person) -> String {
    let name: Vec<char> = person.name().to_lowercase().chars().collect();
    let begin = person.given.chars().count().saturating_sub(1);
    name[begin..name.len().min(begin + 5)].iter().collect()
}

/// Where the deep pages begin: at 50,000, or in the middle of fewer people than 100,000.
fn depth(people: u64) -> u64 {
    50_000.min(people / 200 * 100)
}

/// The page of 100 people that begins after `offset`.
fn page(api: &str, offset: u64) -> String {
    match api {
        "scim" => format!("/scim/v2/Users?startIndex={}&count=100", offset + 1),
        "risk-manager" => format!("/api/Organization/people?page={}&page_size=100", offset / 100 + 1),
        "wethod" => format!("/api/persons?limit=100&offset={offset}"),
        _ => format!("/api/v3/people?limit=100&start={offset}"),
    }
}

fn work(
    number: &str,
    api: &str,
    paths: Vec<String>,
    headers: Vec<(String, String)>,
    limit: Limit,
    people: std::ops::RangeInclusive<usize>,
    texts: Vec<String>,
) -> Work {
    Work { name: format!("{number} {api}"), paths, headers, limit, people, texts }
}

/// The same work with the answer made anew each time, and answered from memory where the server can.
fn both(works: &mut Vec<Work>, work: Work) {
    works.push(uncached(work.clone()));
    works.push(Work { name: format!("{} cached", work.name), ..work });
}

fn uncached(mut work: Work) -> Work {
    work.headers.push(("Cache-Control".to_owned(), "no-store".to_owned()));
    work
}

pub(crate) fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
