//! The database crashes and starts again while clients ask.

use super::{World, create, get, list};
use crate::durability::assert_sound;
use crate::durability::killed::wire::Request;
use crate::support::Answer;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

const CLIENTS: usize = 6;
/// Answers that are waited for before the database crashes, and after it is back.
const ANSWERS: usize = 30;

/// What clients were answered who asked without a pause while the database crashed and came back, with what they asked.
fn through_a_restart(world: &mut World, request: impl Fn(usize, usize) -> Request + Sync) -> Vec<(Request, Answer)> {
    let is_over = AtomicBool::new(false);
    let (tell, told) = channel();
    std::thread::scope(|threads| {
        for client in 0..CLIENTS {
            let (mut wire, tell, is_over, request) = (world.wire(), tell.clone(), &is_over, &request);
            threads.spawn(move || {
                for turn in 0.. {
                    if is_over.load(Ordering::Relaxed) {
                        return;
                    }
                    let request = request(client, turn);
                    let answer = wire.ask(&request).expect("an answer");
                    tell.send((request, answer)).expect("somebody who listens");
                }
            });
        }
        drop(tell);
        let mut answers: Vec<_> = told.iter().take(ANSWERS).collect();
        world.cluster.restart_immediately();
        answers.extend(told.try_iter());
        answers.extend(told.iter().take(ANSWERS));
        is_over.store(true, Ordering::Relaxed);
        answers.extend(told);
        answers
    })
}

fn email(client: usize, turn: usize) -> String {
    format!("c{client}-{turn}@example.com")
}

fn sent_email(request: &Request) -> String {
    request.body.as_ref().and_then(|body| body["email"].as_str()).expect("an e-mail address").to_owned()
}

/// Fails if anybody is there twice.
fn emails(world: &World) -> BTreeSet<String> {
    let all = world.cluster.sql("select coalesce(email_key, email_folded) from people");
    let found: BTreeSet<String> = all.lines().map(str::to_owned).collect();
    assert_eq!(found.len(), all.lines().count(), "somebody is there twice");
    found
}

#[test]
#[ignore = "needs PostgreSQL"]
fn reads_are_late_and_do_not_fail() {
    let mut world = World::new();

    let answers = through_a_restart(&mut world, |_, _| list());

    let failed: Vec<_> = answers.iter().filter(|(_, answer)| answer.status != 200).map(|(_, answer)| answer.text()).collect();
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn creates_with_a_key_succeed_and_are_carried_out_once() {
    let mut world = World::new();

    let answers = through_a_restart(&mut world, |client, turn| create(&email(client, turn)).key(&email(client, turn)));

    let failed: Vec<_> = answers.iter().filter(|(_, answer)| answer.status != 201).map(|(_, answer)| answer.text()).collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(emails(&world), answers.iter().map(|(request, _)| sent_email(request)).collect());
    assert_sound(&world.place);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_create_without_a_key_is_never_told_what_is_not_so() {
    let mut world = World::new();

    let answers = through_a_restart(&mut world, |client, turn| create(&email(client, turn)));

    let found = emails(&world);
    for (request, answer) in answers {
        let (is_there, words) = (found.contains(&sent_email(&request)), answer.text().to_owned());
        match answer.status {
            201 => assert!(is_there, "it was acknowledged and is not there: {words}"),
            503 if words.contains("nothing was done") => assert!(!is_there, "it is there: {words}"),
            503 => assert!(words.contains("look whether it was made before you send it again"), "{words}"),
            status => panic!("{status} {words}"),
        }
        assert!(answer.status == 201 || answer.header("retry-after").is_some(), "{words}");
    }
    assert_sound(&world.place);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn deletions_succeed_though_the_first_try_may_have_been_done() {
    let mut world = World::new();
    let ids: Vec<_> = (0..CLIENTS).map(|client| world.ask(&create(&email(client, 0))).at("/id").to_string()).collect();

    let answers = through_a_restart(&mut world, |client, turn| match turn {
        0 => Request::new(crate::support::Api::ProofHub, "DELETE", format!("/api/v3/people/{}", ids[client])),
        _ => get("/api/v3/people"),
    });

    assert!(answers.iter().all(|(_, answer)| matches!(answer.status, 200 | 204)), "{answers:?}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn while_the_database_is_away_nothing_is_done_and_the_answer_says_so() {
    let mut world = World::new();
    world.cluster.stop_immediately();

    let answer = world.ask(&create("ana@example.com"));

    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(answer.text().contains("The database cannot be reached; nothing was done."), "{}", answer.text());
    assert!(answer.header("retry-after").is_some());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn the_log_says_once_that_the_database_is_away_and_once_that_it_is_back() {
    let mut world = World::new();
    world.cluster.stop_immediately();
    assert_eq!(world.ask(&list()).status, 503);
    world.cluster.start();
    assert_eq!(world.ask(&list()).status, 200);

    let (_, log) = world.server.stop();

    let lines = |words: &str| log.lines().filter(|line| line.contains(words)).count();
    assert_eq!((lines("the database cannot be reached: until"), lines("the database can be reached again")), (1, 1), "{log}");
    assert!(!log.lines().any(|line| line.contains("ERROR") && !line.contains("the database cannot be reached")), "{log}");
}
