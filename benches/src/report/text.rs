//! The results for people.

use super::{Found, Machine, command};
use crate::options::Options;
use crate::rollcall::LOG_LEVEL;

pub(super) fn of(options: &Options, machine: &Machine, runs: &[Found]) -> String {
    let mut text = format!(
        "{}\n{}, {} cores; load average at the end {}\nservers on core {}, load on core {}, {} keep-alive connections, log level {LOG_LEVEL}, vendor rates off\n",
        command(options),
        machine.processor,
        machine.cores,
        machine.load,
        options.server_core,
        options.load_core,
        options.connections,
    );
    text.push_str(&machine.openldap.as_ref().map_or_else(
        || "OpenLDAP is left out: slapd is not installed\n".to_owned(),
        |version| format!("OpenLDAP {version}, mdb, durable as it comes\n"),
    ));
    text.push_str(
        "Medians over the rounds. Processor time is the server's for one answer. Ratios to the limit: of 700 bytes (W1, W4 and on), of 61 KB (W2, W3);\n\
         to OpenLDAP: of its figure for the same work. Those by processor time are the ones to read where the machine had other work.\n",
    );
    for run in runs {
        text.push_str(&format!("\n{} people\n", run.people));
        table(&mut text, run);
        beside(&mut text, run);
    }
    if runs.len() > 1 {
        growth(&mut text, runs);
    }
    text
}

fn table(text: &mut String, run: &Found) {
    text.push_str(&format!(
        "{:24} {:17} {:>9} {:>9} {:>9} {:>8} {:>8} {:>8} {:>8} | {:>7} {:>7} | {:>7} {:>7}\n",
        "work", "server", "per s", "slowest", "fastest", "p50 µs", "p99 µs", "CPU µs", "bytes", "limit", "by CPU", "ldap", "by CPU"
    ));
    for measure in &run.measures {
        let (figure, ratios) = (measure.figure, run.ratios(measure));
        text.push_str(&format!(
            "{:24} {:17} {:>9.0} {:>9.0} {:>9.0} {:>8.0} {:>8.0} {:>8.1} {:>8.0} | {} {} | {} {}\n",
            measure.work,
            measure.server,
            figure.per_second,
            figure.range.0,
            figure.range.1,
            figure.p50_microseconds,
            figure.p99_microseconds,
            figure.processor_microseconds,
            figure.bytes,
            ratio(ratios.of_limit),
            ratio(ratios.of_limit_by_processor),
            ratio(ratios.of_openldap),
            ratio(ratios.of_openldap_by_processor),
        ));
    }
}

fn ratio(ratio: Option<f64>) -> String {
    ratio.filter(|ratio| ratio.is_finite()).map_or_else(|| format!("{:>7}", "-"), |ratio| format!("{ratio:>7.3}"))
}

/// What is not a work: loading, starting, memory and disk.
#[expect(clippy::cast_precision_loss, reason = "people and kB")]
fn beside(text: &mut String, run: &Found) {
    for (server, took) in &run.imports {
        let rate = run.people as f64 / took.as_secs_f64();
        text.push_str(&format!("bulk load, {server}: {:.1} s, {rate:.0} people a second\n", took.as_secs_f64()));
    }
    for (server, kilobytes) in &run.private_kilobytes {
        text.push_str(&format!("most private memory under load, {server}: {:.1} MB\n", *kilobytes as f64 / 1000.0));
    }
    let Some(footprint) = run.footprint else { return };
    text.push_str(&format!(
        "start to ready: {:.1} ms empty, {:.1} ms full; resident memory idle: {:.1} MB empty, {:.1} MB full\n",
        footprint.start_empty,
        footprint.start_full,
        footprint.idle_empty as f64 / 1000.0,
        footprint.idle_full as f64 / 1000.0
    ));
    text.push_str(&format!("disk a person: {:.0} bytes without history, {:.0} with it\n", footprint.disk_without_history, footprint.disk));
}

/// Each work's figure held against the same with the fewest people.
fn growth(text: &mut String, runs: &[Found]) {
    text.push_str("\nper second, and processor time of the smallest over this one's (1 is flat)\n");
    let Some(first) = runs.first() else { return };
    for measure in &first.measures {
        text.push_str(&format!("{:24} {:17}", measure.work, measure.server));
        for run in runs {
            if let Some(found) = run.find(&measure.work, measure.server) {
                let flat = measure.figure.processor_microseconds / found.figure.processor_microseconds;
                text.push_str(&format!(" | {:>9} {:>9.0} {}", run.people, found.figure.per_second, ratio(Some(flat))));
            }
        }
        text.push('\n');
    }
}
