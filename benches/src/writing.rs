//! Works of writing, on a database of their own: creates make it grow.

use crate::Outcome;
use crate::http::Client;
use crate::options::Options;
use crate::rollcall::Database;
use crate::targets::{How, Target, write_files};
use crate::works::{Walked, headers_of};
use std::net::SocketAddr;
use std::path::Path;

pub(crate) const NEWCOMER: &str = concat!(
    r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"new.{n}","displayName":"Ana Newcomer{n}","#,
    r#""name":{"givenName":"Ana","familyName":"Newcomer{n}"},"title":"Engineer","preferredLanguage":"nb-NO","#,
    r#""emails":[{"value":"new.{n}@people.example","type":"work","primary":true}],"phoneNumbers":[{"value":"+47 {n}","type":"work","primary":true}]}"#
);
pub(crate) const TITLE: &str = r#"{"title":"Engineer {n}"}"#;

/// A number that no work gives to anybody.
const LOOKED_AT: &str = "9999999";

/// One work, its API, what is sent, and how many of ten requests read instead.
type Work = (&'static str, &'static str, &'static str, &'static str, u32);
const WORKS: [Work; 3] =
    [("W6 scim", "scim", "POST", NEWCOMER, 0), ("W7 proofhub", "proofhub", "PUT", TITLE, 0), ("W8 proofhub", "proofhub", "PUT", TITLE, 9)];

/// The works that are wanted, each of which was carried out once.
pub(crate) fn targets(options: &Options, database: &Database, walked: &Walked, address: SocketAddr, folder: &Path) -> Outcome<Vec<Target>> {
    let mut targets = Vec::new();
    for (work, api, method, body, reads_of_ten) in WORKS.into_iter().filter(|(work, ..)| options.wants(work)) {
        let paths = if method == "POST" { vec!["/scim/v2/Users".to_owned()] } else { walked.single(api) };
        let mut headers = headers_of(api, &database.token, crate::rollcall::EVERYBODY);
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        let path = paths.first().ok_or("nobody is walked over")?;
        let answer = Client::connect(address)?.send(method, path, &headers, &body.replace("{n}", LOOKED_AT))?;
        if answer.status != if method == "POST" { 201 } else { 200 } {
            return Err(format!("{work}: {method} {path} is answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body)).into());
        }
        let (headers, paths) = write_files(folder, &format!("{work}-writing"), &headers, &paths)?;
        let how = How::Write { headers, paths, method, body: body.to_owned(), reads_of_ten };
        targets.push(Target { work: work.to_owned(), server: "rollcall writing", how });
    }
    Ok(targets)
}
