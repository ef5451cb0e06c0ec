//! The log: on standard error, in the shape and down to the level that the settings say.

use crate::config::{LogFormat, LogSettings};
use std::io::{self, IsTerminal};

/// Starts the log. A log that is there already stays as it is.
pub(super) fn start(settings: &LogSettings) {
    let log = tracing_subscriber::fmt().with_max_level(settings.level).with_writer(io::stderr).with_target(false);
    // The one failure is that there is a log already.
    let _ = match settings.format {
        LogFormat::Text => log.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
}
