//! The answer to "which value counts, and who said so": what `rollcall config` prints.

use super::keys::KEYS;
use super::source::Source;
use super::values::Values;

/// What stands in the place of a password.
const MASK: &str = "***";

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

/// The text with the passwords of a URL masked: the one before `@`, and parameters named `…password`.
pub(super) fn mask(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    // Up to the last @: a password may hold an unescaped / or @, and hiding too much is better than too little.
    let split = rest.rsplit_once('@').filter(|(login, _)| login.contains(':') || !login.contains('?'));
    let (login, rest) = split.map_or((None, rest), |(login, rest)| (Some(login), rest));
    let login = login.map(|login| login.split_once(':').map_or(format!("{login}@"), |(name, _)| format!("{name}:{MASK}@")));
    let (address, parameters) = rest.split_once('?').map_or((rest, None), |(address, parameters)| (address, Some(parameters)));
    let parameters = parameters.map(|all| format!("?{}", all.split('&').map(mask_parameter).collect::<Vec<_>>().join("&")));
    format!("{scheme}://{}{address}{}", login.unwrap_or_default(), parameters.unwrap_or_default())
}

fn mask_parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, _)) if name.to_ascii_lowercase().ends_with("password") => format!("{name}={MASK}"),
        _ => parameter.to_owned(),
    }
}
