//! Servers that are killed one after another while their clients write, and a database that crashes below them.

use super::{SERVERS, place, place_at, servers};
use crate::durability::assert_sound;
use crate::durability::killed::chance::Chance;
use crate::durability::killed::wire::Wire;
use crate::durability::killed::world::Directory;
use crate::durability::killed::writer::{Told, Writer};
use crate::durability::process::Process;
use crate::support::{Cluster, Place};
use std::sync::mpsc::{Receiver, Sender, channel};

/// Clients of each server.
const WRITERS: usize = 3;
/// How often everything is killed, unless the environment says otherwise.
const ROUNDS: u64 = 3;
/// Writes that are acknowledged before the next thing is killed, at most.
const WRITES_MAX: u64 = 40;

/// A database below several servers, and who writes through them.
struct World {
    place: Place,
    secret: String,
    writers: Vec<Writer>,
    chance: Chance,
}

impl World {
    fn new((place, secret): (Place, String)) -> Self {
        let mut chance = Chance::new();
        println!("the choices are those of ROLLCALL_KILL_SEED={}", chance.seed());
        let server = Process::start(&place);
        let writer = |number| Writer::new(&format!("w{number}"), server.address, &secret, Chance::from_seed(chance.next())).insisting();
        let writers = (0..SERVERS * WRITERS).map(writer).collect();
        Self { place, secret, writers, chance }
    }

    /// Lets everybody write, lets `trouble` come, and kills one server after another; each time the others go on.
    fn round(&mut self, trouble: impl FnOnce(&Receiver<Told>)) {
        let servers = servers(&self.place);
        let (tell, told): (Sender<Told>, _) = channel();
        std::thread::scope(|threads| {
            for (number, writer) in self.writers.iter_mut().enumerate() {
                let (tell, address) = (tell.clone(), servers[number % SERVERS].address);
                threads.spawn(move || writer.write_on(address, &tell));
            }
            drop(tell);
            trouble(&told);
            for server in servers {
                acknowledged(&told, self.chance.below(WRITES_MAX));
                server.kill();
            }
        });
        self.verify();
    }

    /// Fails unless everything that was acknowledged is there, asked of one server and then of another.
    fn verify(&mut self) {
        let [one, other] = [Process::start(&self.place), Process::start(&self.place)];
        let mut wires = [one, other].map(|server| (Wire::open(server.address, &self.secret).expect("a connection"), server));
        let found = Directory::read(&mut wires[0].0);
        for writer in &mut self.writers {
            let _fate = writer.verify(&found);
        }
        self.writers.iter_mut().for_each(|writer| writer.repeat(&mut wires[0].0));
        let found = Directory::read(&mut wires[1].0);
        self.writers.iter_mut().for_each(|writer| writer.settle(&found));
        // The changes are one after another without a gap, among much else.
        assert_sound(&self.place);
    }
}

/// Waits until one write more than so many is acknowledged.
fn acknowledged(told: &Receiver<Told>, count: u64) {
    let mut left = count + 1;
    while left > 0 {
        let told = told.recv().expect("somebody who writes");
        left -= u64::from(told == Told::Acknowledged);
    }
}

fn rounds() -> u64 {
    std::env::var("ROLLCALL_KILL_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().expect("a number of rounds"))
}

#[test]
#[ignore = "needs PostgreSQL"]
fn servers_that_are_killed_one_at_a_time_lose_nothing_that_they_acknowledged() {
    let cluster = Cluster::new();
    let mut world = World::new(place(&cluster));

    for _ in 0..rounds() {
        world.round(|_| {});
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_that_crashes_below_its_servers_loses_nothing_either() {
    let mut cluster = Cluster::new();
    let mut world = World::new(place(&cluster));

    for _ in 0..rounds() {
        let writes = world.chance.below(WRITES_MAX);
        world.round(|told| {
            acknowledged(told, writes);
            cluster.restart_immediately();
        });
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_standby_that_is_promoted_has_everything_that_was_acknowledged() {
    let mut primary = Cluster::new();
    let standby = primary.standby();
    let both = format!("{},{}", primary.url().trim_end_matches("/rollcall"), standby.url().trim_start_matches("postgres://postgres@"));
    let mut world = World::new(place_at(&format!("{both}?target_session_attrs=read-write")));

    let writes = world.chance.below(WRITES_MAX);
    world.round(|told| {
        acknowledged(told, writes);
        primary.stop_immediately();
        standby.promote();
    });
    // What is there now is all at the new primary.
    world.round(|_| {});
}
