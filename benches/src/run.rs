//! One run: people, servers, works, rounds.

use crate::Outcome;
use crate::openldap::{self, OpenLdap};
use crate::options::Options;
use crate::postgres::OnPostgres;
use crate::process::Process;
use crate::report::Found;
use crate::rollcall::Database;
use crate::servers::Server;
use crate::targets::{How, Target};
use crate::works::{Walked, Work};
use crate::{footprint, limit, reading, rounds, works, writing};
use std::net::SocketAddr;
use std::path::Path;

/// Loads so many people and measures every work that is wanted; all that it makes is in `folder`.
pub(crate) fn with(options: &Options, folder: &Path) -> Outcome<Found> {
    let file = folder.join("people.db");
    let database = Database::make(options, &format!("sqlite:{}", file.display()), folder)?;
    eprintln!("loaded {} people in {:.1} s", options.people, database.import.as_secs_f64());
    let footprint = if options.wants("footprint") { Some(footprint::of(options, &database, &file, folder)?) } else { None };

    // Copied before anybody reads it: a server notes when a token was used last.
    let on_postgres = match &options.postgres {
        Some(server) => Some(OnPostgres::make(options, server, &database, folder)?),
        None => None,
    };

    let mut imports = vec![("rollcall", database.import)];
    let (process, address, _) = database.serve(options.server_core, &folder.join("rollcall.log"))?;
    let mut servers = vec![Server::new("rollcall", (process, address))];
    let walked = Walked::find(address, &database, options.people)?;
    let works: Vec<Work> =
        works::reading(&database, &walked, options.people).into_iter().filter(|work| options.wants(&work.name)).collect();
    let (mut targets, routes) = reading::targets(options, &works, address, folder)?;
    servers.push(Server::new("limit", limit::start(options, &routes, folder)?));
    if options.own_sizes {
        servers.push(Server::new("own size", limit::start(options, &routes, folder)?));
    }
    if options.wants_writing() {
        let (process, address) = for_writing(options, &database, folder)?;
        targets.extend(writing::targets(options, &database, &walked, address, folder)?);
        servers.push(Server::new("rollcall writing", (process, address)));
    }
    if openldap::is_installed() && !options.without_openldap {
        let directory = OpenLdap::make(options.people, folder)?;
        eprintln!("OpenLDAP loaded them in {:.1} s", directory.import.as_secs_f64());
        imports.push(("openldap", directory.import));
        servers.push(Server::new("openldap", directory.start(options, folder)?));
        targets.extend(reading::of_openldap(options, &walked, folder)?);
    }
    if let Some(made) = &on_postgres {
        let (process, address, _) = made.database.serve(options.server_core, &folder.join("postgres.log"))?;
        servers.push(Server::new("on postgres", (process, address)));
        targets.extend(of_postgres(&works, made, address, folder)?);
    }
    // Works of one kind come one after another, whoever does them; limits come first.
    targets.sort_by_key(|target| target.work.starts_with('W').then(|| target.work[..2].to_owned()));
    let measures = rounds::run(options, &targets, &mut servers)?;
    let private_kilobytes = servers.iter().map(|server| (server.name, server.private_kilobytes)).collect();
    // Those who use a database go before it does.
    drop(servers);
    drop(on_postgres);
    Ok(Found { people: options.people, measures, imports, private_kilobytes, footprint })
}

/// A server on a copy of the database, so that what is written changes nothing for those who read.
fn for_writing(options: &Options, database: &Database, folder: &Path) -> Outcome<(Process, SocketAddr)> {
    let copy = folder.join("writing.db");
    database.back_up(&copy)?;
    let (process, address, _) =
        database.at(&format!("sqlite:{}", copy.display())).serve(options.server_core, &folder.join("writing.log"))?;
    Ok((process, address))
}

/// One person by id through Rollcall on PostgreSQL; and the row of one person, through pgbench.
fn of_postgres(works: &[Work], made: &OnPostgres, address: SocketAddr, folder: &Path) -> Outcome<Vec<Target>> {
    let mut targets = Vec::new();
    for work in works.iter().filter(|work| work.name.starts_with("W1")) {
        work.look(address)?;
        targets.push(reading::walk(folder, &work.name, "on postgres", work, &work.paths)?);
    }
    if !targets.is_empty() {
        let how = How::Pgbench { script: made.script.clone(), url: made.url().to_owned() };
        targets.push(Target { work: "W1 one row".to_owned(), server: "pgbench", how });
    }
    Ok(targets)
}
