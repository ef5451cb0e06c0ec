//! The HTTP front: everything about HTTP that is the same in every API. It knows no API by name.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`server`] | accepts connections, and drains them when told to stop |
//! | `connection` | one connection as a stream: time-outs, and heads held back until they are judged |
//! | `descriptors` | as many open files as connections need |
//! | `framing` | where each request starts and ends, and whether that is beyond doubt |
//! | [`mod@app`] | one request from arrival to answer: the order of all that follows |
//! | `front` | the path: spelling, the organization in it, the room that claims it |
//! | [`host`] | the host: which organization its name chooses, and whom to believe about it |
//! | `guard` | time-out, panics and too many requests at once |
//! | `again`, `kept_body` | trying again while the database is away |
//! | [`admission`] | a secret turned into a credential, and a credential into an actor, for the rooms |
//! | [`limits`] | how often one client may ask, and be wrong |
//! | [`request_id`], [`cause`] | a name for each request, in the answer and in the log; and why one failed |
//! | `trace` | the trace that a request belongs to, for the log |
//! | [`body`] | reading a body within its limit |
//! | [`conditional`], [`idempotency_key`] | what the client has already, what it has read before it writes, and what it sends twice |
//! | [`json`], [`query_string`], [`members`] | strict readers of what clients send |
//! | [`quick`] | the short way of hot reads: answered on the connection, and kept while nothing changes |
//! | [`json_bytes`] | JSON written straight into bytes |
//! | [`room`], [`route`], [`refusal`] | what a room tells the front, and what the front tells a room |
//! | [`quirk`] | what a room does otherwise for the clients of one token |
//! | [`health`] | `/livez` and `/readyz` |
//! | [`metrics`] | `/metrics`: what is counted, for the operator |
//! | [`settings`], [`networks`], [`public_url`], [`open_id`] | what an operator may choose |
//!
//! The way of a request: `server → connection → framing → app → front → host → guard → again → a room's handler`, and back
//! through `app`, which adds the headers that every answer has and writes the log's line. Start at [`App::answer`].

pub mod admission;
mod again;
pub mod app;
pub mod body;
pub mod cause;
pub mod conditional;
mod connection;
mod descriptors;
mod framing;
mod front;
mod guard;
pub mod health;
pub mod host;
pub mod idempotency_key;
pub mod json;
pub mod json_bytes;
mod kept_body;
pub mod limits;
pub mod members;
pub mod metrics;
pub mod networks;
pub mod open_id;
pub mod public_url;
pub mod query_string;
pub mod quick;
pub mod quirk;
pub mod refusal;
pub mod request_id;
pub mod room;
pub mod route;
pub mod server;
pub mod settings;
pub mod state;
#[cfg(test)]
mod tests;
mod trace;

pub use app::{App, app};
pub use cause::Cause;
pub use conditional::{Conditions, Tag};
pub use framing::Verdict;
pub use host::{Chosen, ClientAddress};
pub use idempotency_key::IdempotencyKey;
pub use json::{JsonFault, strict_json};
pub use limits::{FailedLogins, LimitSettings, Rate};
pub use members::Members;
pub use metrics::MetricsAccess;
pub use networks::Network;
pub use open_id::OpenIdSettings;
pub use public_url::PublicUrl;
pub use query_string::{QueryFault, QueryString};
pub use quick::{Asked, QuickRead, Reading};
pub use quirk::Quirk;
pub use refusal::Refusal;
pub use request_id::RequestId;
pub use room::{Portrait, Room};
pub use route::{Access, Route, Routes, named_in_path};
pub use server::{Server, stop_signal};
pub use settings::HttpSettings;
pub use state::AppState;
