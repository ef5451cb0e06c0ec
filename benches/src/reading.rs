//! Works of reading, each against Rollcall and, in the same round, against the fixed-bytes server.

use crate::Outcome;
use crate::load::wrk;
use crate::options::Options;
use crate::process::{Process, accepts, free_address, ticks_per_second};
use crate::rollcall::Database;
use crate::sample::{Figure, Sample};
use crate::works::{Limit, Walked, Work, reading};
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The bodies that everything is held against, in bytes: about one person and a hundred of them.
const LIMITS: [(&str, usize); 2] = [("one", 700), ("hundred", 61_000)];

/// One work against one server, round after round.
pub(crate) struct Measure {
    pub(crate) work: String,
    pub(crate) contender: String,
    pub(crate) figure: Figure,
}

/// What is to be run: the paths and headers in files, for wrk.
struct Target {
    work: String,
    contender: &'static str,
    headers: PathBuf,
    paths: PathBuf,
}

/// Runs every work that is wanted.
pub(crate) fn measure(options: &Options, database: &Database, folder: &Path) -> Outcome<Vec<Measure>> {
    let (server, address, _) = database.serve(options.server_core, &folder.join("rollcall.log"))?;
    let walked = Walked::find(address, database, options.people)?;
    let works: Vec<Work> = reading(database, &walked, options.people).into_iter().filter(|work| options.wants(&work.name)).collect();
    let mut targets = Vec::new();
    let mut routes: Vec<String> = LIMITS.iter().map(|(name, bytes)| fixed(folder, name, *bytes)).collect::<Outcome<_>>()?;
    for (place, work) in works.iter().enumerate() {
        let body = work.look(address)?;
        targets.push(Target::write(folder, work, "rollcall", &work.paths)?);
        if options.own_sizes {
            let file = folder.join(format!("{place}.body"));
            fs::write(&file, body)?;
            routes.push(format!("own{place}={}", file.display()));
            targets.push(Target::write(folder, work, "own size", &[format!("/own{place}")])?);
        }
    }
    targets.splice(0..0, limits(folder, &works)?);
    let (limit, limit_address) = start_limit(options, &routes, folder)?;
    rounds(options, &targets, |contender| if contender == "rollcall" { (&server, address) } else { (&limit, limit_address) })
}

/// Each of the two limits that any of the works needs.
fn limits(folder: &Path, works: &[Work]) -> Outcome<Vec<Target>> {
    let mut targets = Vec::new();
    for (limit, name) in [(Limit::One, "one"), (Limit::Hundred, "hundred")] {
        if let Some(work) = works.iter().find(|work| work.limit == limit) {
            let mut target = Target::write(folder, work, "limit", &[format!("/{name}")])?;
            name.clone_into(&mut target.work);
            targets.push(target);
        }
    }
    Ok(targets)
}

impl Target {
    fn write(folder: &Path, work: &Work, contender: &'static str, paths: &[String]) -> Outcome<Self> {
        let name = format!("{}-{contender}", work.name).replace(' ', "-");
        let target = Self {
            work: work.name.clone(),
            contender,
            headers: folder.join(format!("{name}.headers")),
            paths: folder.join(format!("{name}.paths")),
        };
        let headers: Vec<String> = work.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        fs::write(&target.headers, headers.concat())?;
        fs::write(&target.paths, paths.join("\n"))?;
        Ok(target)
    }

    fn run(&self, options: &Options, server: &Process, address: SocketAddr, ticks_per_second: f64) -> Outcome<Sample> {
        let before = server.ticks()?;
        let mut sample = wrk(options, address, "walk.lua", &[&self.headers.to_string_lossy(), &self.paths.to_string_lossy()])?;
        #[expect(clippy::cast_precision_loss, reason = "ticks of a few seconds")]
        let ticks = (server.ticks()? - before) as f64;
        sample.processor_seconds = ticks / ticks_per_second;
        if sample.refused > 0.0 || sample.broken > 0.0 || sample.requests == 0.0 {
            return Err(format!("{} against {}: {sample:?}", self.work, self.contender).into());
        }
        Ok(sample)
    }
}

/// A file of `bytes` bytes that looks like JSON, and the route to it.
fn fixed(folder: &Path, name: &str, bytes: usize) -> Outcome<String> {
    let file = folder.join(format!("{name}.json"));
    fs::write(&file, format!("\"{}\"", "x".repeat(bytes - 2)))?;
    Ok(format!("{name}={}", file.display()))
}

fn start_limit(options: &Options, routes: &[String], folder: &Path) -> Outcome<(Process, SocketAddr)> {
    let address = free_address()?;
    let arguments = [&[address.to_string()], routes].concat();
    let program = options.programs.join("limit");
    let mut process = Process::start(options.server_core, &program, &arguments, &[], &folder.join("limit.log"))?;
    process.wait_for(address, accepts)?;
    Ok((process, address))
}

/// Every target once a round, so that all of them see the same weather on the machine.
fn rounds<'a>(options: &Options, targets: &[Target], server_of: impl Fn(&str) -> (&'a Process, SocketAddr)) -> Outcome<Vec<Measure>> {
    let ticks_per_second = ticks_per_second()?;
    let mut samples: BTreeMap<usize, Vec<Sample>> = BTreeMap::new();
    for round in 1..=options.rounds {
        for (place, target) in targets.iter().enumerate() {
            let (server, address) = server_of(target.contender);
            samples.entry(place).or_default().push(target.run(options, server, address, ticks_per_second)?);
        }
        eprintln!("round {round} of {} is done", options.rounds);
    }
    let measure = |(target, samples): (&Target, &Vec<Sample>)| Measure {
        work: target.work.clone(),
        contender: target.contender.to_owned(),
        figure: Figure::of(samples),
    };
    Ok(targets.iter().zip(samples.values()).map(measure).collect())
}
