use super::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Batches of the import that goes on beside the waiting writer.
const BATCHES: usize = 20;

#[test]
fn a_writer_gets_its_turn_between_the_batches_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let open = || SqliteConnection::open(&path, OpenMode::CreateIfMissing).expect("a connection");
    let (import, server) = (open(), open());
    let has_had_its_turn = Arc::new(AtomicBool::new(false));
    let is_over = Arc::clone(&has_had_its_turn);
    let (started, starting) = std::sync::mpsc::channel();

    let importing = std::thread::spawn(move || {
        let batches = (0..BATCHES).take_while(|_| {
            import.batch("begin immediate").expect("a batch");
            started.send(()).expect("a listener");
            std::thread::sleep(Duration::from_millis(200));
            import.batch("commit").expect("an end");
            std::thread::sleep(Duration::from_millis(10));
            !is_over.load(Ordering::Relaxed)
        });
        batches.count()
    });
    starting.recv().expect("a first batch");
    server.batch("begin immediate; commit").expect("a turn");
    has_had_its_turn.store(true, Ordering::Relaxed);

    assert!(importing.join().expect("the import") < BATCHES, "the writer waited for the whole import");
}
