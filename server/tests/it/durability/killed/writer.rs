//! A client that writes until it is cut off, and knows afterwards what must be there.

use super::chance::Chance;
use super::wire::{Request, Wire};
use super::world::{Directory, Shown, World};
use crate::support::{Answer, Api};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// People that one writer keeps; beyond it, it deletes some.
const PEOPLE_MAX: usize = 12;
/// How long a client waits before it asks again.
const PAUSE: Duration = Duration::from_millis(50);

/// A client with people and a group of its own.
#[derive(Debug)]
pub struct Writer {
    /// What its people's e-mail addresses begin with.
    prefix: String,
    secret: String,
    group: i64,
    chance: Chance,
    /// How many people it has ever asked for.
    asked: u64,
    acknowledged: World,
    ids: BTreeMap<String, i64>,
    /// Numbers of people who were deleted, which nobody may get again.
    retired: Vec<i64>,
    /// The last create that was acknowledged, and the answer.
    last_create: Option<(Request, Vec<u8>)>,
    under_way: Option<Step>,
    /// Whether it asks again where it is refused, until it is told something else.
    insists: bool,
}

/// A write, and what it makes of the world.
#[derive(Clone, Debug)]
struct Step {
    request: Request,
    status: u16,
    after: World,
}

/// What a client was told of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Acknowledged,
    Refused,
}

/// What became of the write that was under way when the server was killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    None,
    Kept,
    Gone,
}

impl Writer {
    /// Makes its group.
    pub fn new(name: &str, address: SocketAddr, secret: &str, chance: Chance) -> Self {
        let request = Request::new(Api::ProofHub, "POST", "/api/v3/groups").body(json!({ "name": name }));
        let made = Wire::open(address, secret).and_then(|mut wire| wire.ask(&request)).expect("an answer");
        assert_eq!(made.status, 201, "{}", made.text());
        Self {
            prefix: format!("{name}-"),
            secret: secret.to_owned(),
            group: made.at("/id").as_i64().expect("a number"),
            chance,
            asked: 0,
            acknowledged: World::new(),
            ids: BTreeMap::new(),
            retired: Vec::new(),
            last_create: None,
            under_way: None,
            insists: false,
        }
    }

    /// One that asks again where it is refused, until it is told something else: what it asks for has the same effect twice.
    #[must_use]
    pub fn insisting(self) -> Self {
        Self { insists: true, ..self }
    }

    /// Writes one thing after another until the server goes away, and tells what became of each.
    pub fn write_on(&mut self, address: SocketAddr, told: &Sender<Told>) {
        let Ok(mut wire) = Wire::open(address, &self.secret) else { return };
        loop {
            let step = self.next_step();
            self.under_way = Some(step.clone());
            let Ok(mut answer) = wire.ask(&step.request) else { return };
            while self.insists && is_refusal(&answer) {
                let _ = told.send(Told::Refused);
                std::thread::sleep(PAUSE);
                let Ok(again) = wire.ask(&step.request) else { return };
                answer = again;
            }
            // What is refused leaves nothing behind.
            let is_refused = is_refusal(&answer);
            if !is_refused {
                self.take(step, &answer);
            }
            self.under_way = None;
            // Nobody listens any more once the test has failed.
            let _ = told.send(if is_refused { Told::Refused } else { Told::Acknowledged });
        }
    }

    /// Fails unless everything that was acknowledged is there, and the write under way is there whole or not at all.
    pub fn verify(&mut self, directory: &Directory) -> Fate {
        let found = directory.find(&self.prefix, self.group);
        let fate = match &self.under_way {
            None => Fate::None,
            Some(step) if found.world == step.after => Fate::Kept,
            Some(_) => Fate::Gone,
        };
        if fate != Fate::Kept {
            assert_eq!(found.world, self.acknowledged, "neither what was acknowledged nor what was under way: {:?}", self.under_way);
        }
        self.acknowledged = found.world;
        fate
    }

    /// A client that got no answer sends its create once more; one that is not sure that it got one, the one before it.
    pub fn repeat(&mut self, wire: &mut Wire) {
        if let Some((request, body)) = &self.last_create {
            let answer = wire.ask(request).expect("an answer");
            assert_eq!(answer.body, *body, "the first answer to {request:?}");
        }
        let Some(step) = self.under_way.take().filter(|step| step.request.key.is_some()) else { return };
        let answer = wire.ask(&step.request).expect("an answer");
        assert_eq!(answer.status, step.status, "{step:?}: {}", answer.text());
        self.last_create = Some((step.request, answer.body));
        self.acknowledged = step.after;
    }

    /// Fails unless what was sent again is there once, and everybody has the number that they had.
    pub fn settle(&mut self, directory: &Directory) {
        let found = directory.find(&self.prefix, self.group);
        assert_eq!(found.world, self.acknowledged, "after creates were sent again");
        for (email, id) in &found.ids {
            assert!(self.ids.get(email).is_none_or(|known| known == id) && !self.retired.contains(id), "{email} has another number");
        }
        self.retired.extend(self.ids.iter().filter(|(email, _)| !found.ids.contains_key(*email)).map(|(_, id)| *id));
        self.ids = found.ids;
    }

    fn take(&mut self, step: Step, answer: &Answer) {
        // Whom the first of several attempts has deleted, the next does not find.
        let is_gone = self.insists && step.request.method == "DELETE" && answer.status == 404;
        assert!(answer.status == step.status || is_gone, "{step:?}: {} {}", answer.status, answer.text());
        if step.request.key.is_some() {
            self.last_create = Some((step.request.clone(), answer.body.clone()));
        }
        let is_proofhub_person = step.request.api == Api::ProofHub && answer.status == 201;
        if let Some(id) = is_proofhub_person.then(|| answer.at("/id").as_i64().expect("a number")) {
            assert!(!self.retired.contains(&id), "the number {id} was given again");
            self.ids.insert(answer.at("/email").as_str().expect("an address").to_owned(), id);
        }
        let ids = &mut self.ids;
        let left = self.acknowledged.keys().filter(|email| !step.after.contains_key(*email));
        self.retired.extend(left.filter_map(|email| ids.remove(email)));
        self.acknowledged = step.after;
    }

    fn next_step(&mut self) -> Step {
        // Whoever Risk Manager made has no number here until everybody is looked up.
        let known: Vec<String> = self.ids.keys().cloned().collect();
        if known.is_empty() || (self.acknowledged.len() < PEOPLE_MAX && self.chance.one_in(3)) {
            return if self.chance.one_in(4) { self.create_by_risk_manager() } else { self.create() };
        }
        let email = self.chance.pick(&known).clone();
        let is_full = self.acknowledged.len() >= PEOPLE_MAX;
        match self.chance.below(if is_full { 2 } else { 6 }) {
            0 => self.delete(&email),
            1 => self.regroup(),
            2 => self.rename_by_wethod(&email),
            3 => self.rename(&email),
            _ => self.update(&email),
        }
    }

    fn create(&mut self) -> Step {
        let (email, shown) = (self.new_email(), Shown { title: self.word(), is_member: self.chance.one_in(2), ..self.names() });
        let mut body = json!({ "first_name": shown.first, "last_name": shown.last, "email": email, "title": shown.title });
        if shown.is_member {
            body["groups"] = json!([self.group]);
        }
        let request = Request::new(Api::ProofHub, "POST", "/api/v3/people").body(body).key(&email);
        self.step(request, 201, |world| drop(world.insert(email, shown)))
    }

    fn create_by_risk_manager(&mut self) -> Step {
        let (email, shown) = (self.new_email(), self.names());
        let body = json!({ "Name": format!("{} {}", shown.first, shown.last), "Email": email });
        let request = Request::new(Api::Modulo, "POST", "/api/Organization/people").body(body).key(&email);
        self.step(request, 200, |world| drop(world.insert(email, shown)))
    }

    fn rename(&mut self, email: &str) -> Step {
        let names = self.names();
        let body = json!({ "first_name": names.first, "last_name": names.last });
        let request = self.person(email, "PUT").body(body);
        self.step(request, 200, |world| change(world, email, |shown| (shown.first, shown.last) = (names.first, names.last)))
    }

    fn rename_by_wethod(&mut self, email: &str) -> Step {
        let names = self.names();
        let request = Request::new(Api::Wethod, "PATCH", format!("/api/persons/{}", self.ids[email]));
        let request = request.body(json!({ "name": names.first, "surname": names.last }));
        self.step(request, 200, |world| change(world, email, |shown| (shown.first, shown.last) = (names.first, names.last)))
    }

    /// A change of the person and of a membership, in one write.
    fn update(&mut self, email: &str) -> Step {
        let (title, is_member) = (self.word(), self.chance.one_in(2));
        let groups = if is_member { vec![self.group] } else { Vec::new() };
        let request = self.person(email, "PUT").body(json!({ "title": title, "groups": groups }));
        self.step(request, 200, |world| change(world, email, |shown| (shown.title, shown.is_member) = (title, is_member)))
    }

    fn delete(&mut self, email: &str) -> Step {
        let request = self.person(email, "DELETE");
        self.step(request, 204, |world| drop(world.remove(email)))
    }

    /// Another set of members for its group: many memberships in one write.
    fn regroup(&mut self) -> Step {
        let members: Vec<String> = self.ids.keys().filter(|_| self.chance.one_in(2)).cloned().collect();
        let assigned: Vec<Value> = members.iter().map(|email| json!(self.ids[email])).collect();
        let path = format!("/api/v3/groups/{}", self.group);
        let request = Request::new(Api::ProofHub, "PUT", path).body(json!({ "assigned": assigned }));
        self.step(request, 200, |world| {
            world.iter_mut().for_each(|(email, shown)| shown.is_member = members.contains(email));
        })
    }

    fn person(&self, email: &str, method: &'static str) -> Request {
        Request::new(Api::ProofHub, method, format!("/api/v3/people/{}", self.ids[email]))
    }

    fn step(&self, request: Request, status: u16, put: impl FnOnce(&mut World)) -> Step {
        let mut after = self.acknowledged.clone();
        put(&mut after);
        Step { request, status, after }
    }

    fn new_email(&mut self) -> String {
        self.asked += 1;
        format!("{}{}@example.com", self.prefix, self.asked)
    }

    fn names(&mut self) -> Shown {
        Shown { first: self.word(), last: self.word(), title: String::new(), is_member: false }
    }

    fn word(&mut self) -> String {
        format!("X{:x}", self.chance.next())
    }
}

fn is_refusal(answer: &Answer) -> bool {
    answer.status == 503 && answer.header("retry-after").is_some()
}

fn change(world: &mut World, email: &str, put: impl FnOnce(&mut Shown)) {
    put(world.get_mut(email).expect("a person"));
}
