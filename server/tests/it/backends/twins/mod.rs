//! Two servers, one on each backend, with the same people at the same time: whatever both are asked, both answer alike,
//! byte for byte.
//!
//! | module | what is asked |
//! | --- | --- |
//! | [`reads`] | every route that reads, for what is there and what is not |
//! | [`filters`] | random filters, orders and windows over strange people, and strange needles |
//! | [`writes`] | what clients write, and what no client means, and then everything that there is |

mod filters;
mod reads;
mod writes;

use crate::support::{Answer, Call, Client, Database, TestServer, group, line};
use rollcall_core::directory::Line;
use std::collections::HashMap;

/// Which of the two is asked.
const BOTH: [usize; 2] = [0, 1];

struct Twins {
    servers: [TestServer; 2],
    admins: [Client; 2],
    /// Ids that each of them made up, by the order in which they were said.
    ids: [HashMap<String, usize>; 2],
}

impl Twins {
    /// With these people in the senate, and groups of some of them.
    async fn with(people: Vec<Line>) -> Self {
        let mut servers = Vec::new();
        for database in [Database::sqlite(), Database::postgres()] {
            let server = TestServer::on(database).await;
            server.add("senate", people.clone()).await;
            server.add_groups("senate", [group("Äsir", &[1, 2, 3]), group("arts", &[2]), group("Arts %", &[4])].concat()).await;
            servers.push(server);
        }
        let servers: [TestServer; 2] = servers.try_into().expect("two servers");
        let admins = [servers[0].admin(), servers[1].admin()];
        Self { servers, admins, ids: Default::default() }
    }

    /// What both answer to the same request.
    async fn ask(&mut self, call: impl Fn(&Client) -> Call) -> [Answer; 2] {
        self.ask_each(|side, twins| call(&twins.admins[side])).await
    }

    /// What both answer, each asked for what it calls by an id of its own.
    async fn ask_each(&mut self, call: impl Fn(usize, &Self) -> Call) -> [Answer; 2] {
        let calls = BOTH.map(|side| call(side, self));
        let what = format!("{:?}", calls[0]);
        let [sqlite, postgres] = calls;
        let (sqlite, postgres) = tokio::join!(sqlite.send(), postgres.send());
        let [said, said_too] = [self.said(0, &sqlite), self.said(1, &postgres)];
        let alike = said.bytes().zip(said_too.bytes()).take_while(|(one, other)| one == other).count();
        let rest =
            |said: &str| String::from_utf8_lossy(&said.as_bytes()[alike.saturating_sub(200)..]).chars().take(500).collect::<String>();
        assert!(said == said_too, "{what}\nSQLite says …{}\nPostgreSQL says …{}", rest(&said), rest(&said_too));
        [sqlite, postgres]
    }

    /// Everything that was said, with numbers in place of ids that were made up.
    fn said(&mut self, side: usize, answer: &Answer) -> String {
        let (status, headers, body) = answer.said();
        let address = self.admins[side].address.to_string();
        let text = format!("{status}\n{}\n{body}", headers.join("\n")).replace(&address, "<address>");
        let ids = &mut self.ids[side];
        let is_of_a_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
        let mut said = String::with_capacity(text.len());
        for word in text.split_inclusive(|sign| !is_of_a_word(sign)) {
            let (before, rest) = word.strip_prefix("nonce-").map_or(("", word), |rest| ("nonce-", rest));
            let id = rest.trim_end_matches(|sign| !is_of_a_word(sign));
            if uuid::Uuid::try_parse(id).is_ok() || id.starts_with("rollcall_") {
                let next = ids.len();
                let number = *ids.entry(id.to_owned()).or_insert(next);
                said.push_str(&format!("{before}<id {number}>{}", &rest[id.len()..]));
            } else {
                said.push_str(word);
            }
        }
        said
    }
}

/// A source of small numbers that depends on nothing but its beginning (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("a small number")
    }

    fn one_of<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// Up to `most` pieces joined.
    fn text(&mut self, most: usize) -> String {
        (0..self.below(most + 1)).map(|_| self.one_of(&PIECES)).collect()
    }
}

/// Pieces of text that mean something to SQL, to patterns, to trigrams, to collations or to Unicode.
const PIECES: [&str; 34] = [
    "'",
    "''",
    "%",
    "_",
    "\\",
    "\"",
    "🦀",
    "👩‍👩‍👧",
    "e\u{301}",
    "é",
    " ",
    "  ",
    "ß",
    "SS",
    "İ",
    "ı",
    "Σ",
    "ς",
    "o'neill",
    "Warren",
    "ana",
    "AN",
    "and",
    "x",
    "*",
    "-",
    "a b",
    "Z",
    "zz",
    "\u{200b}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
];

/// So many people, each with an id that is fixed.
fn strangers(count: i32) -> Vec<Line> {
    let mut dice = Dice(0x5eed);
    (1..=count).map(|number| stranger(number, &mut dice)).collect()
}

fn stranger(number: i32, dice: &mut Dice) -> Line {
    let texts = [("given_name", 3), ("family_name", 3), ("phone", 2), ("title", 2), ("description", 5), ("additional_information", 3)];
    let login = format!("{}{number}", dice.text(2));
    let (uuid, external_id, email) = (uuid(number), format!("E{}", number % 89 * 100 + number), format!("P{}@Example.com", dice.below(40)));
    let name = dice.text(4);
    let mut person = line(
        (!name.trim().is_empty()).then_some(name.as_str()),
        &[
            ("number", number.into()),
            ("uuid", uuid.as_str().into()),
            ("external_id", external_id.as_str().into()),
            ("account", dice.one_of(&["active", "blocked", "none"]).into()),
            ("archived", (dice.below(4) == 0).into()),
        ],
    );
    for (column, most) in texts {
        let text = dice.text(most);
        // An empty text is another thing than none, and both are there.
        if dice.below(3) > 0 {
            person.cells.extend(line(None, &[(column, text.as_str().into())]).cells);
        }
    }
    for (column, text) in [("login", login), ("email", email), ("job_title", dice.one_of(&["Designer", "engineer", "Älteste"]).to_owned())]
    {
        if dice.below(3) > 0 {
            person.cells.extend(line(None, &[(column, text.as_str().into())]).cells);
        }
    }
    person
}

fn uuid(number: i32) -> String {
    format!("6fe49ce4-56d4-475f-9483-{number:012}")
}
