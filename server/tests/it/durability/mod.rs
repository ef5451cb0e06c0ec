//! Nothing that was acknowledged is ever lost, and what cannot be kept is refused.
//!
//! | module | what it claims |
//! | --- | --- |
//! | [`full_disk`] | while nothing can be written, writes are refused with 503, and reads go on |
//! | [`read_only`] | a database that cannot be written is not served, and says why |
//! | [`killed`] | what was acknowledged is there after any number of kills, whole and once |
//! | [`breaking_off`] | a command that is killed leaves whole batches, or nothing |
//! | [`process`] | the server of these tests: a process to be killed and deprived of its disk |

mod breaking_off;
mod full_disk;
pub mod killed;
pub mod process;
mod read_only;

use crate::support::Place;
use std::fmt::Write;

/// Fails unless `rollcall check` finds nothing wrong.
pub fn assert_sound(place: &Place) {
    let ended = place.run(&["check"]);
    assert_eq!((ended.status, ended.words.as_str()), (Some(0), ""), "{ended:?}");
}

/// A file of so many people.
fn many_people(count: usize) -> String {
    let mut text = "external_id,display_name,description\n".to_owned();
    for number in 0..count {
        writeln!(text, "{number},Person {number},{}", "x".repeat(200)).expect("a text");
    }
    text
}
