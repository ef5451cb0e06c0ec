//! Works of reading, each against Rollcall and, in the same round, against the fixed-bytes server and OpenLDAP.

use crate::Outcome;
use crate::limit::Limit;
use crate::openldap::name_of;
use crate::options::Options;
use crate::targets::{How, Target, write_files};
use crate::works::{Walked, Work, part};
use std::fs;
use std::net::SocketAddr;
use std::path::Path;

/// The targets, and the routes that the fixed-bytes server needs for them.
pub(crate) fn targets(options: &Options, works: &[Work], address: SocketAddr, folder: &Path) -> Outcome<(Vec<Target>, Vec<String>)> {
    let mut targets = limits(folder, works)?;
    let mut routes: Vec<String> = Limit::ALL.iter().map(|limit| limit.route(folder)).collect::<Outcome<_>>()?;
    for (place, work) in works.iter().enumerate() {
        let body = work.look(address)?;
        targets.push(walk(folder, &work.name, "rollcall", work, &work.paths)?);
        if options.own_sizes {
            let file = folder.join(format!("{place}.body"));
            fs::write(&file, body)?;
            routes.push(format!("own{place}={}", file.display()));
            targets.push(walk(folder, &work.name, "own size", work, &[format!("/own{place}")])?);
        }
    }
    Ok((targets, routes))
}

/// Each of the two limits that any of the works needs.
fn limits(folder: &Path, works: &[Work]) -> Outcome<Vec<Target>> {
    let mut targets = Vec::new();
    for limit in Limit::ALL {
        if let Some(work) = works.iter().find(|work| work.limit == limit) {
            targets.push(walk(folder, limit.name(), "limit", work, &[format!("/{}", limit.name())])?);
        }
    }
    Ok(targets)
}

/// `work` over `paths`, under a name of its own.
pub(crate) fn walk(folder: &Path, name: &str, server: &'static str, work: &Work, paths: &[String]) -> Outcome<Target> {
    let (headers, paths) = write_files(folder, &format!("{name}-{server}"), &work.headers, paths)?;
    Ok(Target { work: name.to_owned(), server, how: How::Walk { headers, paths } })
}

/// The same works as LDAP has them.
pub(crate) fn of_openldap(options: &Options, walked: &Walked, folder: &Path) -> Outcome<Vec<Target>> {
    let names = walked.each(|person, _| name_of(&person.login));
    let emails = walked.each(|person, _| person.email());
    let parts = walked.each(|person, _| part(person));
    let works = [
        ("W1 ldap", "get", names.clone()),
        ("W2 ldap", "page", vec![crate::openldap::PEOPLE.to_owned()]),
        ("W4 ldap", "equal", emails),
        ("W5 ldap", "part", parts),
        ("W6 ldap", "add", names.clone()),
        ("W7 ldap", "update", names.clone()),
        ("W8 ldap", "mixed", names),
    ];
    let mut targets = Vec::new();
    for (work, kind, subjects) in works {
        if options.wants(work) {
            let file = folder.join(format!("{kind}.subjects"));
            fs::write(&file, subjects.join("\n"))?;
            targets.push(Target { work: work.to_owned(), server: "openldap", how: How::Ldap { kind, subjects: file } });
        }
    }
    Ok(targets)
}
