//! The pages of one group.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`card`] | what it is, who is responsible and who is in it |
//! | [`members`] | people and groups put in and taken out |
//! | [`edit`] | everything that may be set, in one form |
//! | [`delete`] | asking once more, and deleting |

pub mod card;
pub mod delete;
pub mod edit;
pub mod members;

use super::super::page::Trouble;
use super::super::visit::Member;
use crate::http::AppState;
use rollcall_core::directory::{FoundGroup, GroupKey, GroupView};
use rollcall_core::domain::GroupNumber;

/// The group of an address.
async fn found(app: &AppState, member: &Member, number: &str) -> Result<FoundGroup, Trouble> {
    let number: GroupNumber = number.parse().map_err(|_| Trouble::not_found(&member.visit))?;
    let found = app.directory.group(&member.actor, GroupKey::Number(number), GroupView::default()).await;
    found.map_err(|error| Trouble::of(error, member.visit.texts))
}
