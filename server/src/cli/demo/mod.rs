//! `rollcall demo`
//!
//! The people are those of the vendors' own documents, under the same numbers, uuids and names. Two of Risk Manager's
//! three share an id in the document; Jane Doe has one of her own here.
//!
//! | module | what it is |
//! | --- | --- |
//! | `people` | the two organizations, and generated people for whoever wants more |
//! | `calls` | a call of each API, ready to be pasted |

mod calls;
mod people;

use super::global::{Global, open};
use super::listener::{Listener, StopOrder};
use super::output::{print_line, say};
use super::{Failure, Outcome, logs};
use crate::http::HttpSettings;
use calls::Call;
use clap::Args;
use rollcall_core::directory::{DatabaseOptions, DatabaseUrl, Directory, DirectoryError, NewToken, TokenOwner, random_word};
use rollcall_core::domain::{Email, Quirks, Scopes, Slug};
use rollcall_core::query::{Comparison, Filter, PersonQuery, TextField};
use std::net::SocketAddr;
use std::path::Path;

/// Generated people that one organization may get: their numbers end far above.
const PEOPLE_MAX: u64 = 10_000_000;

/// Who signs in to the demo's console.
const OWNER: &str = "demo@example.com";

/// Serve a throw-away directory with the people of the vendors' own documents
///
/// Makes the organizations acme and globex, prints a working call of each API on standard output, and serves until
/// SIGTERM or SIGINT. The directory is removed at the end; --database is not used.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// The IP address and port to listen on; port 0 takes any free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// How many generated people to add to each organization
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=PEOPLE_MAX))]
    people: u64,
}

impl Demo {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let settings = global.settings(self.listen.as_deref())?;
        logs::start(&settings.log);
        if global.database.is_some() {
            say("the demo keeps its people in a throw-away directory: --database is not used");
        }
        let mut stop = StopOrder::watch();
        let folder = tempfile::Builder::new().prefix("rollcall-demo-").tempdir();
        let folder = folder.map_err(|source| Failure::system("make a throw-away directory", source))?;
        let listener = tokio::select! {
            listener = self.prepare(folder.path(), settings.http) => Some(listener?),
            () = stop.given() => None,
        };
        if let Some(listener) = listener {
            listener.run(stop).await;
        }
        folder.close().map_err(|source| Failure::system("remove the throw-away directory", source))?;
        Ok(Outcome::Done)
    }

    /// Makes everybody, listens, and prints the calls.
    async fn prepare(&self, folder: &Path, settings: HttpSettings) -> Result<Listener, Failure> {
        let directory = open(&DatabaseOptions::new(DatabaseUrl::Sqlite(folder.join("rollcall.db")))).await?;
        people::load(&directory, self.people).await?;
        let acme = token(&directory, people::ACME).await?;
        let globex = token(&directory, people::GLOBEX).await?;
        let password = owner(&directory).await?;
        let listener = Listener::bind(settings, directory).await?;
        let address = calls::reachable(listener.address());
        introduce(address, &password);
        for Call { api, line } in calls::all(address, &acme, &globex) {
            print_line(format_args!("# {api}\n{line}"))?;
        }
        Ok(listener)
    }
}

fn introduce(address: SocketAddr, password: &str) {
    say(format_args!("Rollcall answers at http://{address}; stop it with Ctrl-C, and its directory is removed."));
    say("The organizations are acme (24SevenOffice, Risk Manager) and globex (Wethod, ProofHub); SCIM shows both.");
    say(format_args!("The console is at http://{address}/console; sign in as {OWNER} with the password {password}"));
}

/// Gives acme's John Smith, who owns it, a login for the console, and returns its password.
async fn owner(directory: &Directory) -> Result<String, Failure> {
    let text = |error: rollcall_core::domain::InvalidText| Failure::Directory(error.into());
    let slug = Slug::parse(people::ACME).map_err(text)?;
    let password = random_word()?;
    let identity = directory.create_identity(&Email::parse(OWNER).map_err(text)?, Some(&password)).await?;
    let operator = directory.operator(&slug).await?;
    let filter = Filter::text(TextField::Login, Comparison::Equal, "jsmith");
    let page = directory.people(&operator, &PersonQuery { filter, ..PersonQuery::default() }).await?;
    let person = page.people.first().ok_or(DirectoryError::NotFound)?.number;
    directory.link_identity(&operator, identity.id, person).await?;
    Ok(password)
}

/// A token that may do everything in one organization.
async fn token(directory: &Directory, slug: &str) -> Result<String, Failure> {
    let slug = Slug::parse(slug).map_err(|error| Failure::Directory(error.into()))?;
    let owner = TokenOwner::Organizations(vec![slug]);
    let new = NewToken { owner, scopes: Scopes::all(), name: "demo".to_owned(), expires_in_seconds: None, quirks: Quirks::none() };
    Ok(directory.create_token(new).await?.reveal().to_owned())
}
