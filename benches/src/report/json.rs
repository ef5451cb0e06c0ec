//! The results for programs.

use super::{Found, Machine, command};
use crate::Outcome;
use crate::options::Options;
use crate::rollcall::LOG_LEVEL;
use serde_json::{Value, json};

pub(super) fn of(options: &Options, machine: &Machine, runs: &[Found]) -> Outcome<String> {
    let all = json!({
        "command": command(options),
        "machine": { "processor": machine.processor, "cores": machine.cores, "load_average": machine.load },
        "openldap": machine.openldap,
        "log_level": LOG_LEVEL,
        "connections": options.connections,
        "rounds": options.rounds,
        "seconds": options.seconds,
        "runs": runs.iter().map(run).collect::<Vec<Value>>(),
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&all)?))
}

fn run(run: &Found) -> Value {
    let works: Vec<Value> = run.measures.iter().map(|measure| work(run, measure)).collect();
    let footprint = run.footprint.map(|footprint| {
        json!({
            "start_empty_milliseconds": rounded(footprint.start_empty),
            "start_full_milliseconds": rounded(footprint.start_full),
            "idle_empty_kilobytes": footprint.idle_empty,
            "idle_full_kilobytes": footprint.idle_full,
            "disk_without_history_bytes_a_person": rounded(footprint.disk_without_history),
            "disk_bytes_a_person": rounded(footprint.disk),
        })
    });
    let imports = run.imports.iter().map(|(server, took)| ((*server).to_owned(), json!(rounded(took.as_secs_f64()))));
    let memory = run.private_kilobytes.iter().map(|(server, kilobytes)| ((*server).to_owned(), json!(kilobytes)));
    json!({
        "people": run.people,
        "works": works,
        "bulk_load_seconds": Value::Object(imports.collect()),
        "private_kilobytes_under_load": Value::Object(memory.collect()),
        "footprint": footprint,
    })
}

fn work(run: &Found, measure: &crate::rounds::Measure) -> Value {
    let (figure, ratios) = (measure.figure, run.ratios(measure));
    json!({
        "work": measure.work,
        "server": measure.server,
        "per_second": rounded(figure.per_second),
        "slowest_round": rounded(figure.range.0),
        "fastest_round": rounded(figure.range.1),
        "p50_microseconds": rounded(figure.p50_microseconds),
        "p99_microseconds": rounded(figure.p99_microseconds),
        "processor_microseconds": rounded(figure.processor_microseconds),
        "bytes": rounded(figure.bytes),
        "of_limit": ratios.of_limit.map(rounded),
        "of_limit_by_processor": ratios.of_limit_by_processor.map(rounded),
        "of_openldap": ratios.of_openldap.map(rounded),
        "of_openldap_by_processor": ratios.of_openldap_by_processor.map(rounded),
    })
}

/// To three decimals: what is behind them is noise.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
