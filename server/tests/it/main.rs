//! Rollcall from outside: real requests to a real server over a database of its own, and the built program itself.
//!
//! | module | what it claims |
//! | --- | --- |
//! | [`dialect`] | what each API's clients may rely on |
//! | [`golden`] | the vendors' own samples, field for field |
//! | [`story`] | one store behind all of them |
//! | [`credentials`] | who gets in, by which header, for how long |
//! | [`isolation`] | nobody sees another organization, writes to it, or learns that it is there |
//! | [`grants`] | nobody grants what they do not hold, and somebody owns the place |
//! | [`nonsense`] | whatever is sent, the answer is an answer |
//! | [`front`] | wrong requests, refused in the shape of the room that claims the path |
//! | [`quick`] | what is read all day is answered on the connection: as ever, in its turn, and never stale |
//! | [`limits`] | how often one client may ask, and be wrong |
//! | [`logs`] | which request a line of the log is about, and nobody in it |
//! | [`metrics`] | what an operator's monitoring reads |
//! | [`routes`] | every route is listed here, and asks for a credential |
//! | [`access`] | who is answered what: everybody, every route, everything there is, in one table |
//! | [`cli`] | the built program, as a shell meets it |
//! | [`attribute_commands`] | custom attributes defined from the command line, and what files make of their values |
//! | [`history`] | what has changed; people deleted, brought back and erased |
//! | [`round_trip`] | what goes in comes out: through every API, through an export, and in again |
//! | [`copying`] | everything moved to another database is the same there, and goes on from there |
//! | [`copies`] | an organization moved to another, groups and all, is the same to the byte |
//! | [`clients`] | published clients of the vendors' APIs, and testers of them, unmodified |
//! | [`durability`] | nothing acknowledged is lost: killed, on a full disk, on one that cannot be written |
//! | [`backups`] | the database written to a file and put back, whole |
//! | [`backends`] | what holds on PostgreSQL, and that both backends answer alike |
//! | [`outages`] | what clients and operators see while PostgreSQL is away |
//! | [`browser`] | the same in a real browser, with what a person sees and a screen reader is told |
//! | [`console`] | the web pages, as a browser meets them |
//! | [`tutorials`] | what the documentation tells people to type does what it says |
//! | [`layers`] | nothing in the source tree points up or sideways |
//! | [`support`] | the server, the people and the clients of all of these |

mod access;
mod attribute_commands;
mod backends;
mod backups;
mod browser;
mod cli;
mod clients;
mod console;
mod copies;
mod copying;
mod credentials;
mod dialect;
mod durability;
mod front;
mod golden;
mod grants;
mod history;
mod isolation;
mod layers;
mod limits;
mod logs;
mod many;
mod metrics;
mod nonsense;
mod outages;
mod quick;
mod round_trip;
mod routes;
mod story;
mod support;
mod tutorials;
