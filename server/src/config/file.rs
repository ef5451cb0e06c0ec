//! The TOML reader: sections, settings, and the line of everything it has to complain about.

use std::fs;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::error::ConfigError;
use super::keys::{self, Key};
use super::source::Source;
use super::value::{Kind, Value};
use super::values::Values;

/// Lays the settings of a file over `values`.
pub(super) fn read(values: &mut Values, path: &Path) -> Result<(), ConfigError> {
    let text = fs::read_to_string(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    read_text(values, &text, Some(path))
}

/// Lays the settings of a TOML text over `values`; without a path it is the built-in defaults.
pub(super) fn read_text(values: &mut Values, text: &str, path: Option<&Path>) -> Result<(), ConfigError> {
    let document = Document { text, path };
    let sections = DeTable::parse(text).map_err(|error| document.syntax(&error))?;
    for (section, content) in sections.get_ref() {
        let name: &str = section.get_ref();
        let at = document.at(section.span());
        match content.get_ref() {
            DeValue::Table(settings) => document.section(values, name, settings, at)?,
            _ => return Err(ConfigError::OutsideSection { name: name.to_owned(), at }),
        }
    }
    Ok(())
}

/// The text being read, and its name for messages.
#[derive(Clone, Copy)]
struct Document<'a> {
    text: &'a str,
    path: Option<&'a Path>,
}

impl Document<'_> {
    fn section(self, values: &mut Values, section: &str, settings: &DeTable<'_>, at: Source) -> Result<(), ConfigError> {
        let known = keys::of_section(section);
        if known.is_empty() {
            return Err(ConfigError::UnknownSection { name: section.to_owned(), at, known: keys::sections() });
        }
        for (setting, content) in settings {
            let name = format!("{section}.{}", setting.get_ref());
            let at = self.at(setting.span());
            let Some(key) = keys::by_name(&name) else {
                return Err(ConfigError::UnknownSetting { name, section: section.to_owned(), at, known });
            };
            let value = value(key, content.get_ref(), &at)?;
            values.put(key, value, at);
        }
        Ok(())
    }

    fn syntax(self, error: &toml::de::Error) -> ConfigError {
        ConfigError::Syntax { at: self.at(error.span().unwrap_or_default()), reason: error.message().to_owned() }
    }

    fn at(self, span: Range<usize>) -> Source {
        let Some(path) = self.path else { return Source::Default };
        let before = self.text.as_bytes().iter().take(span.start);
        Source::File { path: path.to_owned(), line: 1 + before.filter(|byte| **byte == b'\n').count() }
    }
}

fn value(key: &Key, content: &DeValue<'_>, at: &Source) -> Result<Value, ConfigError> {
    let value = match (key.kind, content) {
        (Kind::Text, DeValue::String(text)) => Some(Value::Text(text.clone().into_owned())),
        (Kind::Integer, DeValue::Integer(digits)) => u64::from_str_radix(digits.as_str(), digits.radix()).ok().map(Value::Integer),
        (Kind::Boolean, DeValue::Boolean(answer)) => Some(Value::Boolean(*answer)),
        (Kind::List | Kind::Urls, DeValue::Array(items)) => {
            items.iter().map(|item| text(item.get_ref())).collect::<Option<_>>().map(Value::List)
        }
        _ => None,
    };
    value.ok_or_else(|| ConfigError::Invalid { setting: key.name, reason: key.kind.rule().to_owned(), at: at.clone() })
}

fn text(item: &DeValue<'_>) -> Option<String> {
    match item {
        DeValue::String(text) => Some(text.clone().into_owned()),
        _ => None,
    }
}
