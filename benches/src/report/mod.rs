//! What was found, as text, as JSON and as a picture.

mod json;
mod svg;
mod text;

use crate::Outcome;
use crate::footprint::Footprint;
use crate::limit::Limit;
use crate::options::Options;
use crate::process::output_of;
use crate::rounds::Measure;
use std::fs;
use std::process::Command;
use std::time::Duration;

/// Everything that one run found.
pub(crate) struct Found {
    pub(crate) people: u64,
    pub(crate) measures: Vec<Measure>,
    /// How long each server took to load everybody.
    pub(crate) imports: Vec<(&'static str, Duration)>,
    /// The most private memory of each server under load, in kB.
    pub(crate) private_kilobytes: Vec<(&'static str, u64)>,
    pub(crate) footprint: Option<Footprint>,
}

/// A measure held against the others.
struct Ratios {
    /// Of the fixed-bytes server's requests a second, and of its processor time for one (more is better).
    of_limit: Option<f64>,
    of_limit_by_processor: Option<f64>,
    /// Of OpenLDAP's requests a second, and of its processor time for one.
    of_openldap: Option<f64>,
    of_openldap_by_processor: Option<f64>,
}

impl Found {
    fn ratios(&self, measure: &Measure) -> Ratios {
        let limit = self.limit_of(measure);
        let ldap = self
            .measures
            .iter()
            .find(|other| measure.server != "own size" && other.server == "openldap" && other.work[..2] == measure.work[..2]);
        let rate = |of: &Measure| measure.figure.per_second / of.figure.per_second;
        let cost = |of: &Measure| of.figure.processor_microseconds / measure.figure.processor_microseconds;
        Ratios {
            of_limit: limit.map(rate),
            of_limit_by_processor: limit.map(cost),
            of_openldap: ldap.map(rate),
            of_openldap_by_processor: ldap.map(cost),
        }
    }

    /// The fixed bytes that a work is held against: writes and searches are held against one person.
    fn limit_of(&self, measure: &Measure) -> Option<&Measure> {
        let limit = if measure.work.starts_with("W2") || measure.work.starts_with("W3") { Limit::Hundred } else { Limit::One };
        self.measures.iter().find(|other| other.server == "limit" && other.work == limit.name())
    }

    fn find(&self, work: &str, server: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.work == work && measure.server == server)
    }
}

/// Prints everything, and keeps it in the folder of results.
pub(crate) fn write(options: &Options, runs: &[Found]) -> Outcome<()> {
    let machine = machine();
    let text = text::of(options, &machine, runs);
    print!("{text}");
    fs::create_dir_all(&options.results)?;
    fs::write(options.results.join("latest.txt"), text)?;
    fs::write(options.results.join("latest.json"), json::of(options, &machine, runs)?)?;
    if let Some(run) = runs.iter().find(|run| run.people == options.people).or(runs.last()) {
        fs::write(options.results.join("latest.svg"), svg::of(run))?;
    }
    Ok(())
}

/// The processor, how many cores there are, and how busy the machine was when the run was over.
struct Machine {
    processor: String,
    cores: usize,
    load: String,
    openldap: Option<String>,
}

fn machine() -> Machine {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("an unknown processor");
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let openldap = output_of(Command::new("dpkg-query").args(["-W", "-f", "${Version}", "slapd"])).ok();
    Machine {
        processor: processor.trim_start_matches([' ', '\t', ':']).to_owned(),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        load: load.split(' ').next().unwrap_or_default().to_owned(),
        openldap,
    }
}

/// The command that was given, without where the programs are.
fn command(options: &Options) -> String {
    let mut command = format!("benches/run.sh --people {} --rounds {} --seconds {}", options.people, options.rounds, options.seconds);
    if !options.only.is_empty() {
        command.push_str(&format!(" --only '{}'", options.only.join(",")));
    }
    for (flag, is_given) in [
        ("--own-sizes", options.own_sizes),
        ("--grow", options.grow),
        ("--postgres URL", options.postgres.is_some()),
        ("--without-openldap", options.without_openldap),
    ] {
        if is_given {
            command.push_str(&format!(" {flag}"));
        }
    }
    command
}
