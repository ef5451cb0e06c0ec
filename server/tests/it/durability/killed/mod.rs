//! A server that is killed in the middle of concurrent writes, again and again.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`writer`] | a client that writes until it is cut off, and knows afterwards what must be there |
//! | [`world`] | what one of them has written, and what is found of it |
//! | [`wire`] | a connection that may be cut off at any byte |
//! | [`chance`] | choices that come out the same again from the same seed |
//!
//! `ROLLCALL_KILL_ROUNDS=200` kills it more often than the tests do, and `ROLLCALL_KILL_SEED` makes the choices of a run
//! that failed once more; what the machine does at the same time is its own.

pub mod chance;
pub mod wire;
pub mod world;
pub mod writer;

use super::assert_sound;
use super::process::Process;
use crate::support::Place;
use chance::Chance;
use std::sync::mpsc::{Receiver, channel};
use wire::Wire;
use world::Directory;
use writer::{Fate, Told, Writer};

/// Clients that write at once.
const WRITERS: u64 = 8;
/// How often the server is killed, unless the environment says otherwise.
const ROUNDS: u64 = 10;
/// Writes that are acknowledged in one round before the server may be killed, at most.
const WRITES_MAX: u64 = 60;
/// Turns of an empty loop, at most, between the last acknowledged write and the kill: a few milliseconds.
const TURNS_MAX: u64 = 200_000;

/// Says with which seed a test has failed.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the choices were those of ROLLCALL_KILL_SEED={}", self.0);
        }
    }
}

/// What all rounds have seen.
#[derive(Debug, Default)]
struct Tally {
    acknowledged: usize,
    refused: usize,
    /// Writes under way at a kill that were there afterwards.
    kept: usize,
    /// And those that were not.
    gone: usize,
}

/// What happens to a server before it is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    None,
    FullDisk,
}

#[test]
fn a_server_that_is_killed_again_and_again_loses_nothing_that_it_acknowledged() {
    let tally = kill_again_and_again(Trouble::None, ROUNDS);

    assert_eq!(tally.refused, 0);
}

#[test]
fn a_server_whose_disk_fills_and_empties_before_it_is_killed_loses_nothing_either() {
    let tally = kill_again_and_again(Trouble::FullDisk, ROUNDS / 2);

    assert!(tally.refused > 0);
}

fn kill_again_and_again(trouble: Trouble, rounds: u64) -> Tally {
    let rounds = std::env::var("ROLLCALL_KILL_ROUNDS").map_or(rounds, |rounds| rounds.parse().expect("a number of rounds"));
    let mut chance = Chance::new();
    let _seed = Seed(chance.seed());
    // A disk can be taken away from the embedded database alone; a server of PostgreSQL has one of its own.
    let place = if trouble == Trouble::FullDisk { Place::on_a_file().and_acme() } else { Place::with_acme() };
    let scopes = "people:read,people:write,groups:read,groups:write,organization:read";
    let secret = place.run(&["token", "create", "--organization", "acme", "--scopes", scopes]).data.trim().to_owned();
    let mut server = Process::start(&place);
    let mut writers: Vec<Writer> =
        (0..WRITERS).map(|number| Writer::new(&format!("w{number}"), server.address, &secret, Chance::from_seed(chance.next()))).collect();
    let mut tally = Tally::default();

    for _ in 0..rounds {
        write_until_killed(server, &mut writers, &mut chance, trouble, &mut tally);
        if chance.one_in(4) {
            kill_while_it_begins(&place, &mut chance);
        }
        server = Process::start(&place);
        verify(&mut Wire::open(server.address, &secret).expect("a connection"), &mut writers, &mut tally);
        assert_sound(&place);
    }
    println!("killed {rounds} times, trouble {trouble:?}: {tally:?}");
    tally
}

/// Fails unless what is found is what must be there, before and after every client has sent its last creates again.
fn verify(wire: &mut Wire, writers: &mut [Writer], tally: &mut Tally) {
    let found = Directory::read(wire);
    for writer in &mut *writers {
        match writer.verify(&found) {
            Fate::None => {}
            Fate::Kept => tally.kept += 1,
            Fate::Gone => tally.gone += 1,
        }
    }
    writers.iter_mut().for_each(|writer| writer.repeat(wire));
    let found = Directory::read(wire);
    writers.iter_mut().for_each(|writer| writer.settle(&found));
}

/// Lets everybody write, and kills the server at some moment.
fn write_until_killed(server: Process, writers: &mut [Writer], chance: &mut Chance, trouble: Trouble, tally: &mut Tally) {
    let address = server.address;
    let (tell, told) = channel();
    std::thread::scope(|threads| {
        for writer in writers {
            let tell = tell.clone();
            threads.spawn(move || writer.write_on(address, &tell));
        }
        // Once the last writer has gone, a wait for more of them ends.
        drop(tell);
        tally.wait(&told, Told::Acknowledged, chance.below(WRITES_MAX));
        if trouble == Trouble::FullDisk {
            server.take_the_disk_away();
            tally.wait(&told, Told::Refused, chance.below(WRITES_MAX));
            if chance.one_in(2) {
                server.give_the_disk_back();
                tally.wait(&told, Told::Acknowledged, chance.below(WRITES_MAX));
            }
        }
        (0..chance.below(TURNS_MAX)).for_each(|_| std::hint::spin_loop());
        server.kill();
        told.iter().for_each(|told| tally.count(told));
    });
}

impl Tally {
    /// Waits until one write more than so many has ended like this.
    fn wait(&mut self, told: &Receiver<Told>, end: Told, count: u64) {
        let mut left = count;
        while let Ok(told) = told.recv() {
            self.count(told);
            if told == end {
                let Some(fewer) = left.checked_sub(1) else { return };
                left = fewer;
            }
        }
    }

    const fn count(&mut self, told: Told) {
        match told {
            Told::Acknowledged => self.acknowledged += 1,
            Told::Refused => self.refused += 1,
        }
    }
}

/// A server may be killed while it reads what the one before left behind.
fn kill_while_it_begins(place: &Place, chance: &mut Chance) {
    let mut child = place.command(&["serve", "--listen", "127.0.0.1:0"]).spawn().expect("the program");
    (0..chance.below(5 * TURNS_MAX)).for_each(|_| std::hint::spin_loop());
    child.kill().expect("a kill");
    child.wait().expect("its end");
}
