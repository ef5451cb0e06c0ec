//! `[log]`: how much is printed while serving, and in what shape.

use tracing::level_filters::LevelFilter;

use super::error::ConfigError;
use super::values::Values;

/// The settings of `[log]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// The least important messages that are printed.
    pub level: LevelFilter,
    /// Their shape.
    pub format: LogFormat,
}

/// The shape of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// A line for people.
    Text,
    /// A JSON object on one line, for log collectors.
    Json,
}

impl LogSettings {
    pub(super) fn bind(values: &Values) -> Result<Self, ConfigError> {
        Ok(Self { level: values.text("log.level", parse_level)?, format: values.text("log.format", LogFormat::parse)? })
    }
}

impl LogFormat {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("must be text or json".to_owned()),
        }
    }
}

fn parse_level(text: &str) -> Result<LevelFilter, String> {
    match text {
        "off" => Ok(LevelFilter::OFF),
        "error" => Ok(LevelFilter::ERROR),
        "warn" => Ok(LevelFilter::WARN),
        "info" => Ok(LevelFilter::INFO),
        "debug" => Ok(LevelFilter::DEBUG),
        "trace" => Ok(LevelFilter::TRACE),
        _ => Err("must be off, error, warn, info, debug or trace".to_owned()),
    }
}
