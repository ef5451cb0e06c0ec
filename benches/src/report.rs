//! The results as text.

use crate::reading::Measure;
use std::fmt::Write;

/// A table for people, one line for each work and server.
pub(crate) fn text(measures: &[Measure]) -> String {
    let limit = |name: &str| measures.iter().find(|measure| measure.contender == "limit" && measure.work == name);
    let mut text = format!(
        "{:26} {:10} {:>9} {:>9} {:>9} {:>8} {:>8} {:>8} {:>8} {:>7} {:>7}\n",
        "work", "server", "req/s", "slowest", "fastest", "p50 µs", "p99 µs", "CPU µs", "bytes", "rate/l", "cpu/l"
    );
    for measure in measures {
        let figure = measure.figure;
        let name = if measure.work.starts_with("W2") || measure.work.starts_with("W3") { "hundred" } else { "one" };
        let (rate, cost) = limit(name).map_or((f64::NAN, f64::NAN), |limit| {
            (figure.per_second / limit.figure.per_second, limit.figure.processor_microseconds / figure.processor_microseconds)
        });
        let _written = writeln!(
            text,
            "{:26} {:10} {:>9.0} {:>9.0} {:>9.0} {:>8.0} {:>8.0} {:>8.1} {:>8.0} {rate:>7.3} {cost:>7.3}",
            measure.work,
            measure.contender,
            figure.per_second,
            figure.range.0,
            figure.range.1,
            figure.p50_microseconds,
            figure.p99_microseconds,
            figure.processor_microseconds,
            figure.bytes
        );
    }
    text
}
