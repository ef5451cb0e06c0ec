//! What a definition may ask of its values beyond their type.

use super::{AttributeKind, AttributeValue, Finite};
use crate::domain::{Change, InvalidText};
use serde_json::{Map, Value as Json, json};
use std::collections::HashSet;

/// Unicode scalar values of all text in one value.
pub const CHARACTERS_MAX: u32 = 20_000;
/// Items of one list, and files of one attachment or image.
pub const ITEMS_MAX: u32 = 200;
/// Options of one list or outline.
const OPTIONS_MAX: usize = 1_000;
/// Unicode scalar values of one option.
const OPTION_CHARACTERS_MAX: usize = 400;
/// Decimals that a double can tell apart.
const DECIMALS_MAX: u8 = 15;

/// The limits of one attribute. What is absent asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Of a text, in Unicode scalar values.
    pub length_min: Option<u32>,
    pub length_max: Option<u32>,
    /// Of a number.
    pub value_min: Option<Finite>,
    pub value_max: Option<Finite>,
    pub decimal_places: Option<u8>,
    /// Of a List of Options or an Outline, in the order of its definition; none: every item is allowed.
    pub allowed_values: Vec<Box<str>>,
    /// Of attachments or images.
    pub files_max: Option<u32>,
}

/// One of the limits, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    LengthMin,
    LengthMax,
    ValueMin,
    ValueMax,
    DecimalPlaces,
    AllowedValues,
    FilesMax,
}

impl Limit {
    pub const ALL: [Self; 7] =
        [Self::LengthMin, Self::LengthMax, Self::ValueMin, Self::ValueMax, Self::DecimalPlaces, Self::AllowedValues, Self::FilesMax];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LengthMin => "length_min",
            Self::LengthMax => "length_max",
            Self::ValueMin => "value_min",
            Self::ValueMax => "value_max",
            Self::DecimalPlaces => "decimal_places",
            Self::AllowedValues => "allowed_values",
            Self::FilesMax => "files_max",
        }
    }

    /// Whether values of this type can be held to it.
    const fn is_for(self, kind: AttributeKind) -> bool {
        match self {
            Self::LengthMin | Self::LengthMax => kind.is_text(),
            Self::ValueMin | Self::ValueMax | Self::DecimalPlaces => matches!(kind, AttributeKind::Number),
            Self::AllowedValues => kind.is_list(),
            Self::FilesMax => kind.is_files(),
        }
    }
}

/// What becomes of each limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitsChange {
    pub length_min: Change<u32>,
    pub length_max: Change<u32>,
    pub value_min: Change<Finite>,
    pub value_max: Change<Finite>,
    pub decimal_places: Change<u8>,
    /// All of them at once.
    pub allowed_values: Change<Vec<Box<str>>>,
    pub files_max: Change<u32>,
}

impl LimitsChange {
    /// Takes a limit away.
    pub fn clear(&mut self, limit: Limit) {
        match limit {
            Limit::LengthMin => self.length_min = Change::Clear,
            Limit::LengthMax => self.length_max = Change::Clear,
            Limit::ValueMin => self.value_min = Change::Clear,
            Limit::ValueMax => self.value_max = Change::Clear,
            Limit::DecimalPlaces => self.decimal_places = Change::Clear,
            Limit::AllowedValues => self.allowed_values = Change::Clear,
            Limit::FilesMax => self.files_max = Change::Clear,
        }
    }

    /// Whether it gives a limit a value.
    pub const fn sets(&self, limit: Limit) -> bool {
        match limit {
            Limit::LengthMin => matches!(self.length_min, Change::Set(_)),
            Limit::LengthMax => matches!(self.length_max, Change::Set(_)),
            Limit::ValueMin => matches!(self.value_min, Change::Set(_)),
            Limit::ValueMax => matches!(self.value_max, Change::Set(_)),
            Limit::DecimalPlaces => matches!(self.decimal_places, Change::Set(_)),
            Limit::AllowedValues => matches!(self.allowed_values, Change::Set(_)),
            Limit::FilesMax => matches!(self.files_max, Change::Set(_)),
        }
    }

    /// Carries it out.
    pub fn apply(self, limits: &mut Limits) {
        self.length_min.apply(&mut limits.length_min);
        self.length_max.apply(&mut limits.length_max);
        self.value_min.apply(&mut limits.value_min);
        self.value_max.apply(&mut limits.value_max);
        self.decimal_places.apply(&mut limits.decimal_places);
        match self.allowed_values {
            Change::Keep => {}
            Change::Set(values) => limits.allowed_values = values,
            Change::Clear => limits.allowed_values.clear(),
        }
        self.files_max.apply(&mut limits.files_max);
    }
}

impl Limits {
    /// Those that ask for something.
    pub fn given(&self) -> impl Iterator<Item = Limit> {
        let is_given = [
            self.length_min.is_some(),
            self.length_max.is_some(),
            self.value_min.is_some(),
            self.value_max.is_some(),
            self.decimal_places.is_some(),
            !self.allowed_values.is_empty(),
            self.files_max.is_some(),
        ];
        Limit::ALL.into_iter().zip(is_given).filter_map(|(limit, is_given)| is_given.then_some(limit))
    }

    /// Those that ask for something, by name.
    pub fn to_json(&self) -> Map<String, Json> {
        let limit = |limit| match limit {
            Limit::LengthMin => json!(self.length_min),
            Limit::LengthMax => json!(self.length_max),
            Limit::ValueMin => json!(self.value_min.map(Finite::to_json)),
            Limit::ValueMax => json!(self.value_max.map(Finite::to_json)),
            Limit::DecimalPlaces => json!(self.decimal_places),
            Limit::AllowedValues => json!(self.allowed_values),
            Limit::FilesMax => json!(self.files_max),
        };
        self.given().map(|given| (given.as_str().to_owned(), limit(given))).collect()
    }

    /// Whether they can be the limits of such an attribute.
    pub(super) fn check_for(&self, kind: AttributeKind) -> Result<(), InvalidText> {
        if let Some(limit) = self.given().find(|limit| !limit.is_for(kind)) {
            return Err(InvalidText::new(limit.as_str(), format!("is no limit of the type {kind}")));
        }
        let refuse = |limit: Limit, reason: String| Err(InvalidText::new(limit.as_str(), reason));
        if self.length_max.is_some_and(|length| length == 0 || length > CHARACTERS_MAX) {
            return refuse(Limit::LengthMax, format!("must be 1 to {CHARACTERS_MAX}"));
        }
        if self.length_min.is_some_and(|least| least > self.length_max.unwrap_or(CHARACTERS_MAX)) {
            return refuse(Limit::LengthMin, "must not be greater than the greatest length".to_owned());
        }
        if let (Some(least), Some(greatest)) = (self.value_min, self.value_max)
            && least > greatest
        {
            return refuse(Limit::ValueMin, "must not be greater than the greatest value".to_owned());
        }
        if self.decimal_places.is_some_and(|places| places > DECIMALS_MAX) {
            return refuse(Limit::DecimalPlaces, format!("must be 0 to {DECIMALS_MAX}"));
        }
        if self.files_max.is_some_and(|files| files == 0 || files > ITEMS_MAX) {
            return refuse(Limit::FilesMax, format!("must be 1 to {ITEMS_MAX}"));
        }
        check_options(&self.allowed_values)
    }

    /// Whether a value keeps within them; the rule that it breaks otherwise.
    pub(super) fn check(&self, value: &AttributeValue) -> Result<(), String> {
        match value {
            AttributeValue::Text(_) => self.check_length(value.characters()),
            AttributeValue::Number(number) => self.check_number(*number),
            AttributeValue::List(items) => self.check_items(items),
            AttributeValue::Files(files) => {
                let greatest = self.files_max.unwrap_or(ITEMS_MAX);
                if files.len() > greatest as usize { Err(format!("must have at most {greatest} files")) } else { Ok(()) }
            }
            AttributeValue::Moment(_) | AttributeValue::Relationship(_) => Ok(()),
        }
    }

    fn check_length(&self, characters: usize) -> Result<(), String> {
        if let Some(least) = self.length_min.filter(|least| characters < *least as usize) {
            return Err(format!("must have at least {least} characters"));
        }
        match self.length_max.filter(|greatest| characters > *greatest as usize) {
            Some(greatest) => Err(format!("must have at most {greatest} characters")),
            None => Ok(()),
        }
    }

    fn check_number(&self, number: Finite) -> Result<(), String> {
        if let Some(least) = self.value_min.filter(|least| number < *least) {
            return Err(format!("must be at least {}", least.to_text()));
        }
        if let Some(greatest) = self.value_max.filter(|greatest| number > *greatest) {
            return Err(format!("must be at most {}", greatest.to_text()));
        }
        match self.decimal_places.filter(|places| number.decimals() > usize::from(*places)) {
            Some(0) => Err("must be a whole number".to_owned()),
            Some(places) => Err(format!("must have at most {places} decimals")),
            None => Ok(()),
        }
    }

    fn check_items(&self, items: &[Box<str>]) -> Result<(), String> {
        if items.len() > ITEMS_MAX as usize {
            return Err(format!("must have at most {ITEMS_MAX} items"));
        }
        if self.allowed_values.is_empty() || items.iter().all(|item| self.allowed_values.contains(item)) {
            return Ok(());
        }
        const SHOWN_MAX: usize = 20;
        let shown: Vec<&str> = self.allowed_values.iter().take(SHOWN_MAX).map(|option| &**option).collect();
        let dots = if self.allowed_values.len() > SHOWN_MAX { ", …" } else { "" };
        Err(format!("must hold only what its definition allows: {}{dots}", shown.join(", ")))
    }
}

fn check_options(options: &[Box<str>]) -> Result<(), InvalidText> {
    let refuse = |reason: String| Err(InvalidText::new(Limit::AllowedValues.as_str(), reason));
    if options.len() > OPTIONS_MAX {
        return refuse(format!("must be at most {OPTIONS_MAX}"));
    }
    let is_sound = |option: &str| !option.trim().is_empty() && !option.contains('\0') && option.chars().count() <= OPTION_CHARACTERS_MAX;
    if !options.iter().all(|option| is_sound(option)) {
        return refuse(format!("must each have 1 to {OPTION_CHARACTERS_MAX} characters, not all of them blank"));
    }
    let mut seen = HashSet::new();
    if !options.iter().all(|option| seen.insert(option)) {
        return refuse("must be different from one another".to_owned());
    }
    Ok(())
}
