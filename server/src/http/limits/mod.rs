//! How often one client may ask, and how often it may be wrong. Kept in memory, by each process for itself.
//!
//! | module | what it is |
//! | --- | --- |
//! | `rate` | so many requests in so much time, as operators and rooms write it |
//! | `quota` | a rate kept, for each holder of a credential |
//! | `failed_logins` | secrets and passwords that were wrong, by the address that they came from |
//! | `tally` | what has been used of an allowance, for each of many |
//! | `settings` | what an operator may choose |

mod failed_logins;
mod quota;
mod rate;
mod settings;
mod tally;

pub use failed_logins::{Attempt, FailedLogins};
pub use quota::Quota;
pub use rate::{InvalidRate, Rate};
pub use settings::LimitSettings;

use std::time::Duration;

/// Whole seconds after which trying again is right, as `Retry-After` has them: at least one.
fn seconds(wait: Duration) -> u64 {
    let begun = u64::from(wait.subsec_nanos() > 0);
    (wait.as_secs() + begun).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_that_has_begun_is_waited_for() {
        let waits = [0, 1, 400, 1000, 1001, 720_000].map(Duration::from_millis);

        assert_eq!(waits.map(seconds), [1, 1, 1, 1, 2, 720]);
    }
}
