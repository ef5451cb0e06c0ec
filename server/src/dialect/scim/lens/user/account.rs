//! `active`: whether a person may take part. Blocked and archived people are shown alike, and letting them in again undoes
//! both; who has no access is shown as active, and stays without.

use super::super::{Compared, Difference, Fault};
use rollcall_core::domain::{Account, Change};
use serde_json::Value;

/// What becomes of the account, and of being archived.
pub fn change(core: Compared<'_>) -> Result<(Change<Account>, Change<bool>), Fault> {
    match core.difference("active") {
        Difference::Same => Ok((Change::Keep, Change::Keep)),
        Difference::Differs(Value::Bool(true)) => Ok((Change::Set(Account::Active), Change::Set(false))),
        Difference::Differs(Value::Bool(false)) => Ok((Change::Set(Account::Blocked), Change::Keep)),
        Difference::Gone | Difference::Differs(_) => Err(core.fault("active", "must be true or false")),
    }
}
