//! What one request costs in instructions: the server runs under callgrind, so no other work on the machine counts.
//!
//! Everything between the socket and the socket counts, on all threads: reading the request, the credential, the parser and compiler
//! of filters, the decoder of bodies, the store with its writer, the encoder. What one of them costs is the difference of two cases.

use crate::Outcome;
use crate::http::Client;
use crate::options::Options;
use crate::process::{Process, output_of};
use crate::rollcall::{Database, EVERYBODY};
use crate::works::{Walked, encode, headers_of, reading};
use crate::writing::{NEWCOMER, TITLE};
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

const PEOPLE: u64 = 1000;
/// Requests that are counted, after as many of the same that are not: then everything is remembered that ever is.
const COUNTED: usize = 100;
/// A figure that is nearer than this to the recorded one is the same: so only what has changed shows as a difference.
const SAME: f64 = 0.02;

/// Requests of one kind.
struct Case {
    name: String,
    method: &'static str,
    paths: Vec<String>,
    headers: Vec<(String, String)>,
    body: &'static str,
}

/// Counts every case, and records the figures in the file `instructions.txt`.
pub(crate) fn record(options: &Options) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let options = Options { people: PEOPLE, ..options.clone() };
    let database = Database::make(&options, &format!("sqlite:{}", folder.join("people.db").display()), folder)?;
    let (server, address) = database.serve_under_callgrind(options.server_core, folder)?;
    let walked = Walked::find(address, &database, PEOPLE)?;
    let mut lines =
        vec!["# Instructions for one request, in thousands, of a server under callgrind: written by benches/instructions.sh.\n".to_owned()];
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.txt"));
    let recorded = recorded(&fs::read_to_string(file).unwrap_or_default());
    for (place, case) in cases(&database, &walked).iter().enumerate() {
        let counted = case.count(&server, address, folder, place)?;
        let kept = recorded.get(&case.name).copied().filter(|kept| (counted / kept - 1.0).abs() < SAME);
        lines.push(format!("{:42} {:>10.1}\n", case.name, kept.unwrap_or(counted)));
        eprint!("{}", lines.last().map_or("", String::as_str));
    }
    Ok(fs::write(file, lines.concat())?)
}

fn recorded(text: &str) -> BTreeMap<String, f64> {
    let line = |line: &str| Some((line.get(..42)?.trim_end().to_owned(), line.get(42..)?.trim().parse().ok()?));
    text.lines().filter_map(line).collect()
}

impl Case {
    /// Thousands of instructions for one request.
    fn count(&self, server: &Process, address: SocketAddr, folder: &Path, place: usize) -> Outcome<f64> {
        let mut client = Client::connect(address)?;
        self.send(&mut client, 0..COUNTED, place)?;
        control(server, "--zero")?;
        self.send(&mut client, COUNTED..2 * COUNTED, place)?;
        control(server, "--dump")?;
        let dump = fs::read_to_string(folder.join(format!("callgrind.{}", place + 1)))?;
        let total = dump.lines().find_map(|line| line.strip_prefix("totals: ")).ok_or("callgrind wrote no totals")?;
        #[expect(clippy::cast_precision_loss, reason = "a hundred requests")]
        let count = COUNTED as f64;
        Ok(total.trim().parse::<f64>()? / count / 1000.0)
    }

    fn send(&self, client: &mut Client, which: std::ops::Range<usize>, place: usize) -> Outcome<()> {
        for request in which {
            let path = &self.paths[request % self.paths.len().min(COUNTED)];
            let body = self.body.replace("{n}", &format!("7{place:03}{request:03}"));
            let answer = client.send(self.method, path, &self.headers, &body)?;
            if answer.status >= 300 {
                return Err(format!("{}: {path} is answered {}", self.name, answer.status).into());
            }
        }
        Ok(())
    }
}

fn control(server: &Process, order: &str) -> Outcome<()> {
    output_of(Command::new("callgrind_control").arg(order).arg(server.id().to_string())).map(drop)
}

fn cases(database: &Database, walked: &Walked) -> Vec<Case> {
    let reads = reading(database, walked, PEOPLE);
    let get = |name: String, paths, headers| Case { name, method: "GET", paths, headers, body: "" };
    let mut cases: Vec<Case> = reads.into_iter().map(|work| get(work.name, work.paths, work.headers)).collect();
    for (api, login, name, path) in [
        ("risk-manager", "Login", "Name", "/api/Organization/people?$filter="),
        ("scim", "userName", "displayName", "/scim/v2/Users?filter="),
    ] {
        let quote = if api == "scim" { '"' } else { '\'' };
        let nobody = format!("{login} eq {quote}nobody{quote}");
        // Looked at for nobody: what is long about it is to be parsed, bound and compiled.
        let long = format!("{nobody} and ({})", vec![format!("{name} eq {quote}x{quote}"); 20].join(" or "));
        let mut headers = headers_of(api, &database.token, EVERYBODY);
        headers.push(("Cache-Control".to_owned(), "no-store".to_owned()));
        cases.push(get(format!("filter of 1 condition, {api}"), vec![format!("{path}{}", encode(&nobody))], headers.clone()));
        cases.push(get(format!("filter of 21 conditions, {api}"), vec![format!("{path}{}", encode(&long))], headers));
    }
    let write = |name: &str, api: &str, method, paths, body| {
        let mut headers = headers_of(api, &database.token, EVERYBODY);
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        Case { name: format!("{name}, {api}"), method, paths, headers, body }
    };
    cases.push(write("create", "scim", "POST", vec!["/scim/v2/Users".to_owned()], NEWCOMER));
    cases.push(write("update", "proofhub", "PUT", walked.single("proofhub"), TITLE));
    cases
}
