//! Who asks, and what there is to ask for.

mod askers;
mod objects;

pub use askers::Asker;

use super::requests::Kind;
use crate::support::{TestServer, group, line, slug};
use objects::Thing;
use rollcall_core::directory::{
    Actor, Cell, DirectoryError, FoundGroup, GroupChange, GroupKey, GroupView, Line, NewRole, PersonKey, Precondition,
};
use rollcall_core::domain::{Change, GroupNumber, LongLabel, PersonNumber, Scopes};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// The senate's people, by number. Several own it, so that each of them may go.
const SENATE: [(i64, &str, &str, &str); 10] = [
    (OTTO, "Otto", "ROLE_OWNER", "active"),
    (OLGA, "Olga", "ROLE_OWNER", "active"),
    (ADA, "Ada", "ROLE_ADMIN", "active"),
    (NORMA, "Norma", "ROLE_USER", "active"),
    (CLIVE, "Clive", "ROLE_CLIENT", "active"),
    (BERT, "Bert", "ROLE_OWNER", "blocked"),
    (ARCHIE, "Archie", "ROLE_OWNER", "active"),
    (DORA, "Dora", "ROLE_OWNER", "active"),
    (ANN, "Ann", "ROLE_USER", "active"),
    (INES, "Ines", "ROLE_OWNER", "active"),
];
const OTTO: i64 = 1;
const OLGA: i64 = 2;
const ADA: i64 = 3;
const NORMA: i64 = 4;
const CLIVE: i64 = 5;
const BERT: i64 = 6;
const ARCHIE: i64 = 7;
const DORA: i64 = 8;
const ANN: i64 = 9;
const INES: i64 = 10;

/// The house's, whose numbers the senate never reaches.
const HOUSE: [(i64, &str, &str, &str); 5] = [
    (ZOE, "Zoe", "ROLE_OWNER", "active"),
    (ZACK, "Zack", "ROLE_OWNER", "active"),
    (1003, "Zara", "ROLE_USER", "active"),
    (1004, "Zeno", "ROLE_USER", "active"),
    (1005, "Zita", "ROLE_USER", "active"),
];
const ZOE: i64 = 1001;
const ZACK: i64 = 1002;

/// The number of the house's first group. The senate never reaches it.
const GROUPS_OF_THE_HOUSE: &str = "1001";

/// A server with everybody on it.
#[derive(Debug)]
pub struct World {
    pub server: TestServer,
    pub askers: Vec<Asker>,
    group: Thing,
    deleted_group: Thing,
    group_elsewhere: Thing,
    /// Of the identity that asks, and of another.
    identifiers: [String; 2],
    licences: [String; 2],
    made: AtomicUsize,
}

impl World {
    pub async fn new() -> Self {
        let server = TestServer::with_both(lines(&SENATE), lines(&HOUSE)).await;
        let (senate, house) = (operator(&server, "senate").await, operator(&server, "house").await);
        let whip = NewRole { name: LongLabel::parse("Whip").expect("a name"), code: None, scopes: Scopes::default() };
        server.directory.create_role(&house, whip).await.expect("a role");
        let mut first = group("First", &[ZOE]);
        first[0].cells.push(("group_number".to_owned(), Cell::Number(GROUPS_OF_THE_HOUSE.to_owned())));
        server.add_groups("house", first).await;
        let deleted_group = new_group(&server, &senate).await;
        server.directory.delete_group(&senate, deleted_group.key(), &Precondition::default()).await.expect("a group");
        let admitted = askers::admit(&server).await;
        let key = PersonKey::Number(person(DORA));
        server.directory.delete_person(&senate, key, &Precondition::default()).await.expect("somebody");
        Self {
            askers: admitted.askers,
            group: new_group(&server, &senate).await,
            deleted_group,
            group_elsewhere: new_group(&server, &house).await,
            identifiers: admitted.identifiers,
            licences: admitted.licences,
            made: AtomicUsize::new(0),
            server,
        }
    }

    /// A number that was not given before.
    pub fn next(&self) -> usize {
        self.made.fetch_add(1, Ordering::Relaxed)
    }

    /// Somebody of the senate, whom anybody may put into a group and out of it.
    pub fn other(&self) -> String {
        objects::uuid(ANN)
    }

    /// Undoes that something was deleted.
    pub async fn bring_back(&mut self, kind: Kind, number: i64) {
        let organization = if number >= ZOE || number == self.group_elsewhere.number { "house" } else { "senate" };
        let operator = operator(&self.server, organization).await;
        match kind {
            Kind::Person | Kind::Me => self.server.directory.restore_person(&operator, person(number)).await.expect("somebody in the bin"),
            Kind::Group if number == self.group_elsewhere.number => self.group_elsewhere = new_group(&self.server, &operator).await,
            Kind::Group => self.group = new_group(&self.server, &operator).await,
            other => panic!("how does one bring back {other:?}?"),
        }
    }
}

/// Each with a job title, a level and a price list of their own.
fn lines(people: &[(i64, &str, &str, &str)]) -> Vec<Line> {
    let line_of = |(number, name, role, account): &(i64, &str, &str, &str)| {
        let number_of_line = i32::try_from(*number).expect("a small number");
        let (uuid, entry) = (objects::uuid(*number), if *number >= ZOE { format!("Of {name}") } else { "Of all".to_owned() });
        line(
            Some(name),
            &[
                ("number", number_of_line.into()),
                ("uuid", uuid.as_str().into()),
                ("email", format!("{name}@example.org").as_str().into()),
                ("role", (*role).into()),
                ("account", (*account).into()),
                ("archived", (*number == ARCHIE).into()),
                ("job_title", entry.as_str().into()),
                ("level", entry.as_str().into()),
                ("price_list", entry.as_str().into()),
            ],
        )
    };
    people.iter().map(line_of).collect()
}

async fn operator(server: &TestServer, organization: &str) -> Actor {
    server.directory.operator(&slug(organization)).await.expect("an organization")
}

async fn new_group(server: &TestServer, operator: &Actor) -> Thing {
    let change = GroupChange { name: Change::Set(LongLabel::parse("Rules").expect("a name")), ..GroupChange::default() };
    let made = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&made);
    let render = move |found: &FoundGroup| {
        let thing = Thing { number: found.group.number.get(), id: found.group.id.uuid().to_string() };
        *seen.lock().expect("a lock") = Some(thing);
        Vec::new()
    };
    server
        .directory
        .create_group(operator, None, GroupView::default(), move |_| Ok::<_, DirectoryError>(change), render)
        .await
        .expect("a group");
    made.lock().expect("a lock").take().expect("a group")
}

impl Thing {
    fn key(&self) -> GroupKey {
        GroupKey::Number(GroupNumber::new(self.number).expect("a number"))
    }
}

fn person(number: i64) -> PersonNumber {
    PersonNumber::new(number).expect("a number")
}
