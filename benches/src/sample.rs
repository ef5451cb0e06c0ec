//! What one run of a few seconds gave, and what several of them say together.

use crate::Outcome;

/// One work against one server, for a few seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sample {
    pub(crate) requests: f64,
    pub(crate) seconds: f64,
    pub(crate) bytes: f64,
    /// Answers that refuse: any status from 400 on, any result of LDAP that is not one of success.
    pub(crate) refused: f64,
    /// Connections that failed, and answers that did not come in time.
    pub(crate) broken: f64,
    pub(crate) p50_microseconds: f64,
    pub(crate) p99_microseconds: f64,
    /// Processor time that the server used, in seconds.
    pub(crate) processor_seconds: f64,
}

impl Sample {
    /// Reads the line that begins with `RESULT`: our scripts for wrk and our load on OpenLDAP print it.
    pub(crate) fn parse(printed: &str) -> Outcome<Self> {
        let line = printed.lines().find_map(|line| line.strip_prefix("RESULT ")).ok_or_else(|| format!("no result in: {printed}"))?;
        let mut sample = Self::default();
        for word in line.split_whitespace() {
            let (name, value) = word.split_once('=').ok_or("a result is name=value")?;
            let value: f64 = value.parse()?;
            match name {
                "requests" => sample.requests = value,
                "microseconds" => sample.seconds = value / 1e6,
                "bytes" => sample.bytes = value,
                "refused" => sample.refused = value,
                "broken" => sample.broken = value,
                "p50" => sample.p50_microseconds = value,
                "p99" => sample.p99_microseconds = value,
                other => return Err(format!("unknown result {other}").into()),
            }
        }
        Ok(sample)
    }

    fn per_second(&self) -> f64 {
        self.requests / self.seconds
    }
}

/// Medians over the rounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub(crate) per_second: f64,
    /// The slowest and the fastest round.
    pub(crate) range: (f64, f64),
    pub(crate) p50_microseconds: f64,
    pub(crate) p99_microseconds: f64,
    /// Processor time of the server for one request: what to trust where the machine has other work.
    pub(crate) processor_microseconds: f64,
    /// Of one answer, head and body.
    pub(crate) bytes: f64,
}

impl Figure {
    pub(crate) fn of(samples: &[Sample]) -> Self {
        let rates: Vec<f64> = samples.iter().map(Sample::per_second).collect();
        Self {
            per_second: median(rates.clone()),
            range: rates.iter().fold((f64::INFINITY, 0.0), |(low, high), rate| (rate.min(low), rate.max(high))),
            p50_microseconds: median(samples.iter().map(|sample| sample.p50_microseconds).collect()),
            p99_microseconds: median(samples.iter().map(|sample| sample.p99_microseconds).collect()),
            processor_microseconds: median(samples.iter().map(|sample| sample.processor_seconds * 1e6 / sample.requests).collect()),
            bytes: median(samples.iter().map(|sample| sample.bytes / sample.requests).collect()),
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}
