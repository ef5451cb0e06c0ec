//! The text format of Prometheus, version 0.0.4.

use rollcall_core::measure::Measured;
use std::fmt::{Display, Write};

/// What `Content-Type` calls it.
pub(super) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Metrics as they are written. Labels are names of ours, in which nothing has to be escaped.
#[derive(Debug, Default)]
pub(super) struct Text(String);

impl Text {
    /// A metric that begins here: what follows are its samples.
    pub fn begin(&mut self, name: &str, kind: &str, about: &str) {
        // Writing into a String cannot fail.
        let _ = write!(self.0, "# HELP {name} {about}\n# TYPE {name} {kind}\n");
    }

    pub fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (place, (label, of)) in labels.iter().enumerate() {
            let _ = write!(self.0, "{}{label}=\"{of}\"", if place == 0 { '{' } else { ',' });
        }
        let _ = writeln!(self.0, "{} {value}", if labels.is_empty() { "" } else { "}" });
    }

    /// A number that only grows.
    pub fn counter(&mut self, name: &str, about: &str, value: impl Display) {
        self.begin(name, "counter", about);
        self.sample(name, &[], value);
    }

    /// A number as it is now.
    pub fn gauge(&mut self, name: &str, about: &str, value: impl Display) {
        self.begin(name, "gauge", about);
        self.sample(name, &[], value);
    }

    /// The samples of a histogram, whose sizes are so many of its unit.
    pub fn histogram(&mut self, name: &str, labels: &[(&str, &str)], measured: &Measured, unit: f64) {
        let (bucket, sum, count) = (format!("{name}_bucket"), format!("{name}_sum"), format!("{name}_count"));
        for (bound, held) in &measured.up_to {
            let bound = (*bound as f64 / unit).to_string();
            self.sample(&bucket, &[labels, &[("le", bound.as_str())]].concat(), held);
        }
        self.sample(&bucket, &[labels, &[("le", "+Inf")]].concat(), measured.count);
        self.sample(&sum, labels, measured.sum as f64 / unit);
        self.sample(&count, labels, measured.count);
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_is_its_kind_and_its_samples() {
        let mut text = Text::default();

        text.begin("a_total", "counter", "So many.");
        text.sample("a_total", &[("api", "scim"), ("status", "200")], 3);
        text.gauge("b", "Now.", 1.5);

        assert_eq!(
            text.into_string(),
            "# HELP a_total So many.\n# TYPE a_total counter\na_total{api=\"scim\",status=\"200\"} 3\n# HELP b Now.\n# TYPE b gauge\nb 1.5\n"
        );
    }

    #[test]
    fn a_histogram_counts_up_to_infinity_and_is_in_its_base_unit() {
        let mut text = Text::default();

        let measured = Measured { up_to: vec![(250, 1), (1000, 2)], count: 3, sum: 4_500_000 };
        text.histogram("t", &[("x", "y")], &measured, 1e6);

        assert_eq!(
            text.into_string(),
            "t_bucket{x=\"y\",le=\"0.00025\"} 1\nt_bucket{x=\"y\",le=\"0.001\"} 2\nt_bucket{x=\"y\",le=\"+Inf\"} 3\nt_sum{x=\"y\"} 4.5\nt_count{x=\"y\"} 3\n"
        );
    }
}
