//! The answer to "which value counts, and who said so": what `rollcall config` prints.

use super::keys::KEYS;
use super::source::Source;
use super::values::Values;

/// One setting as it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The name with its section.
    pub name: &'static str,
    /// The value as TOML writes it, passwords masked.
    pub value: String,
    /// Where the value came from.
    pub source: Source,
}

/// The settings as three columns: name, value, where from. Each line ends with a line feed.
#[must_use]
pub fn table(settings: &[Setting]) -> String {
    let width = |of: fn(&Setting) -> &str| settings.iter().map(|setting| of(setting).chars().count()).max().unwrap_or(0);
    let (names, values) = (width(|setting| setting.name), width(|setting| &setting.value));
    let line = |setting: &Setting| format!("{:names$}  {:values$}  {}\n", setting.name, setting.value, setting.source);
    settings.iter().map(line).collect()
}

/// Every known setting, in the order of the default file.
pub(super) fn explain(values: &Values) -> Vec<Setting> {
    let setting = |name| {
        let entry = values.get(name).ok()?;
        Some(Setting { name, value: entry.value.to_string(), source: entry.source.clone() })
    };
    KEYS.iter().filter_map(|key| setting(key.name)).collect()
}
