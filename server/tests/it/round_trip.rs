//! What goes in comes out: two thousand people with everything in their names that breaks careless programs, through the
//! built program.

use crate::support::{Api, Client, Place, Serving};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

const PEOPLE: usize = 2000;

/// What names are made of.
const PIECES: [&str; 20] =
    ["O'Neill", "100%", "_", "\\", "\\\\n", "🦀", "👩‍👩‍👧", "e\u{301}", "é", "ß", "ẞ", "\"", "\"\"", ",", "\n", "\r\n", "  ", "\t", ";", "İı"];

/// A person as this test knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    number: i64,
    login: String,
    given: String,
    family: String,
    whole: String,
    account: &'static str,
}

/// The same people every time.
fn crowd() -> Vec<Known> {
    let mut state: u64 = 0x5EED;
    let mut pick = |choices: usize| {
        // Knuth's multiplier; the high bits are the good ones.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % choices
    };
    let mut name = |index: usize| {
        let pieces: Vec<&str> = (0..=pick(4)).map(|_| PIECES[pick(PIECES.len())]).collect();
        let middle = pick(pieces.len() + 1);
        [pieces[..middle].concat(), format!("n{index}"), pieces[middle..].concat()].concat()
    };
    (1..=PEOPLE)
        .map(|index| Known {
            number: i64::try_from(index).expect("few"),
            login: name(index),
            given: name(index),
            family: name(index),
            whole: name(index),
            account: ["active", "blocked", "none"][index % 3],
        })
        .collect()
}

/// Written by hand, so that it does not share a mistake with the export.
fn csv(crowd: &[Known]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut text =
        "external_id,login,given_name,family_name,display_name,account,manager,groups,projects,identity,time_zone,time_zone_row,\
         nick_name,email,emails,addresses\r\n"
            .to_owned();
    for person in crowd {
        let Known { number, login, given, family, whole, account } = person;
        let cells = [login, given, family, whole].map(|cell| quoted(cell)).join(",");
        let manager = number / 2 + 1;
        let identity = if number % 50 == 0 { format!("n{number}@example.com") } else { String::new() };
        let others = json!([{ "type": "home", "primary": true }, { "value": format!("o{number}@x.example"), "display": family }]);
        let profile = [whole, &format!("p{number}@x.example"), &others.to_string(), &json!([{ "street": given }]).to_string()];
        let profile = profile.map(|cell| quoted(cell)).join(",");
        write!(
            text,
            "\"{number};x\",{cells},{account},{manager};x,\"Board, small;Op's\",7;8,{identity},America/Anchorage,13,{profile}\r\n"
        )
        .expect("writing to a text");
    }
    text
}

fn place_with(crowd: &[Known]) -> Place {
    let place = Place::new();
    for slug in ["senate", "copy-csv", "copy-jsonl"] {
        assert_eq!(place.run(&["organization", "create", slug, "--name", slug]).status, Some(0));
    }
    place.write("people.csv", &csv(crowd));
    let ended = place.run(&["import", "senate", "people.csv"]);
    assert_eq!((ended.status, ended.words.as_str()), (Some(0), ""));
    assert_eq!(ended.json()["people"]["created"], PEOPLE);
    place
}

#[test]
fn an_export_loads_into_a_fresh_organization_and_is_exported_alike_to_the_byte() {
    let crowd = crowd();
    let place = place_with(&crowd);

    for format in ["csv", "jsonl"] {
        let (copy, file) = (format!("copy-{format}"), format!("export.{format}"));
        let exported = place.run(&["export", "senate", "--format", format]);
        place.write(&file, &exported.data);
        let [first, second] = [(); 2].map(|()| place.run(&["import", &copy, &file]));

        assert_eq!((first.words.as_str(), second.words.as_str()), ("", ""));
        assert_eq!(first.json()["people"], json!({ "created": PEOPLE, "updated": 0, "unchanged": 0, "deleted": 0 }));
        assert_eq!(second.json()["people"], json!({ "created": 0, "updated": 0, "unchanged": PEOPLE, "deleted": 0 }));
        let again = place.run(&["export", &copy, "--format", format]);
        assert!(again.data == exported.data, "{format}: the two exports differ");
        if format == "csv" {
            assert_eq!(exported.data.matches(",America/Anchorage,13,").count(), PEOPLE);
            assert_eq!(exported_people(&exported.data), crowd);
        }
    }
    assert_eq!(place.run(&["check"]).json()["findings"], json!([]));
}

/// Read with another reader than the import's.
fn exported_people(text: &str) -> Vec<Known> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name).expect("a column");
    let columns = ["number", "login", "given_name", "family_name", "display_name", "account"].map(column);
    let known = |record: csv::StringRecord| {
        let [number, login, given, family, whole, account] = columns.map(|index| record[index].to_owned());
        let account = ["active", "blocked", "none"].into_iter().find(|word| *word == account).expect("a known word");
        Known { number: number.parse().expect("a number"), login, given, family, whole, account }
    };
    reader.records().map(|record| known(record.expect("a record"))).collect()
}

#[tokio::test]
async fn every_api_shows_the_names_that_were_loaded() {
    let crowd = crowd();
    let place = place_with(&crowd);
    let token = place.run(&["token", "create", "--organization", "senate", "--scopes", "people:read"]).data;
    let server = Serving::start(&place);
    let client = Client { address: server.address, secret: Some(token.trim().to_owned()), organization: Some("senate") };

    let parts: BTreeMap<i64, [String; 2]> =
        crowd.iter().map(|person| (person.number, [person.given.clone(), person.family.clone()])).collect();
    let seven = client.people(Api::Seven).await.items();
    assert_eq!(by_number(&seven, ["firstName", "lastName"]), parts);
    let proofhub = client.people(Api::ProofHub).await.items();
    assert_eq!(by_number(&proofhub, ["first_name", "last_name"]), parts);
    let mut wethod = Vec::new();
    for offset in (0..PEOPLE).step_by(100) {
        wethod.extend(client.wethod(&format!("limit=100&offset={offset}")).await.items());
    }
    assert_eq!(by_number(&wethod, ["name", "surname"]), parts);
    let mut modulo = Vec::new();
    for page in 1..=PEOPLE / 1000 {
        modulo.extend(client.modulo(&format!("page_size=1000&page={page}")).await.items());
    }
    let wholes: BTreeMap<String, [String; 2]> =
        crowd.iter().map(|person| (person.login.clone(), [person.whole.clone(), status(person.account).to_owned()])).collect();
    assert_eq!(
        modulo
            .iter()
            .map(|person| (text(person, "Login"), ["Name", "Status"].map(|member| text(person, member))))
            .collect::<BTreeMap<_, _>>(),
        wholes
    );
}

fn by_number(people: &[Value], members: [&str; 2]) -> BTreeMap<i64, [String; 2]> {
    people.iter().map(|person| (person["id"].as_i64().expect("a number"), members.map(|member| text(person, member)))).collect()
}

fn text(person: &Value, member: &str) -> String {
    person[member].as_str().unwrap_or_else(|| panic!("no {member} in {person}")).to_owned()
}

/// Risk Manager's word for an account.
fn status(account: &str) -> &'static str {
    match account {
        "active" => "Active",
        "blocked" => "Blocked",
        _ => "NoAccess",
    }
}
