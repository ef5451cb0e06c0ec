//! The rooms: every API that Rollcall answers in.
//!
//! A room is one folder here and one line in [`ROOMS`]. Delete both and the program builds without that API. A room
//! never names another one; what they share is in [`http`](crate::http) and in the directory.

pub mod proofhub;
pub mod risk_manager;
pub mod scim;
#[cfg(test)]
mod strangers;
#[cfg(test)]
mod trial;
pub mod twentyfour_seven_office;
pub mod wethod;

use crate::http::Room;

/// Every room. The first that claims a path answers it, its errors included.
pub const ROOMS: &[&Room] = &[&twentyfour_seven_office::ROOM, &proofhub::ROOM, &risk_manager::ROOM, &wethod::ROOM, &scim::ROOM];
