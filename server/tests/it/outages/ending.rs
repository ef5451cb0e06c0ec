//! A server that is told to stop while its database is away, or while it works.

use super::{World, create, list};
use std::sync::mpsc::channel;

#[test]
#[ignore = "needs PostgreSQL"]
fn a_server_whose_database_is_away_stops_without_waiting_for_it() {
    let mut world = World::new();
    assert_eq!(world.ask(&list()).status, 200);
    world.cluster.stop_immediately();
    world.once("/readyz", 503);
    let (mut wire, server) = (world.wire(), world.server);

    let (answer, (status, log)) = std::thread::scope(|threads| {
        let asking = threads.spawn(move || wire.ask(&list()));
        let ended = server.stop();
        (asking.join().expect("no panic"), ended)
    });

    assert_eq!(status, Some(0), "{log}");
    assert!(!log.contains("stopped before every request in work had ended"), "{log}");
    // It came too late to be taken up, or was answered.
    assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status == 503));
}

#[test]
#[ignore = "needs PostgreSQL"]
fn what_was_in_work_when_the_server_was_told_to_stop_is_kept_and_told() {
    const CLIENTS: usize = 8;
    let world = World::new();
    let wires: Vec<_> = (0..CLIENTS).map(|_| world.wire()).collect();
    let World { cluster, place, secret: _, server } = world;
    let (tell, told) = channel();

    let answers: Vec<_> = std::thread::scope(|threads| {
        for (client, mut wire) in wires.into_iter().enumerate() {
            let tell = tell.clone();
            threads.spawn(move || {
                for turn in 0.. {
                    let Ok(answer) = wire.ask(&create(&format!("c{client}-{turn}@example.com"))) else { return };
                    tell.send(answer.status).expect("somebody who listens");
                }
            });
        }
        drop(tell);
        let mut answers: Vec<_> = told.iter().take(CLIENTS * 3).collect();
        assert_eq!(server.stop().0, Some(0));
        answers.extend(told);
        answers
    });

    assert!(answers.iter().all(|status| *status == 201), "{answers:?}");
    assert_eq!(cluster.sql("select count(*) from people"), answers.len().to_string());
    assert_ne!(cluster.sql("select count(*) from tokens where last_used_at is not null"), "0");
    crate::durability::assert_sound(&place);
}
