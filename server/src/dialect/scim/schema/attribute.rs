//! An attribute and its characteristics (RFC 7643, sections 2 and 7).

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// What is said of one attribute. Names are compared without case (RFC 7643, section 2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// In its canonical spelling.
    pub name: Cow<'static, str>,
    pub kind: Kind,
    /// Whether its value is a list.
    pub multi_valued: bool,
    pub required: bool,
    /// Whether texts are compared with case.
    pub case_exact: bool,
    pub mutability: Mutability,
    pub returned: Returned,
    pub uniqueness: Uniqueness,
    /// Values that are usual; others may be written unless the description says otherwise.
    pub canonical_values: Vec<Cow<'static, str>>,
    /// What a reference refers to.
    pub reference_types: &'static [&'static str],
    pub description: Cow<'static, str>,
    /// Of a complex attribute, and of no other.
    pub sub_attributes: Vec<Self>,
}

/// The type of one value (RFC 7643, section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    String,
    Boolean,
    Decimal,
    Integer,
    DateTime,
    Binary,
    Reference,
    Complex,
}

/// Whether a client may write the attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutability {
    ReadOnly,
    ReadWrite,
    /// Written together with what holds it, and never changed by itself.
    Immutable,
}

/// When the attribute is in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// Whatever the client asks for.
    Always,
    /// Unless the client asks for others, or not for this.
    Default,
    /// Where the client asks for it by its name.
    Request,
}

/// Whether two resources may have the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uniqueness {
    None,
    /// No two resources of the organization have it.
    Server,
    /// No two resources anywhere have it.
    Global,
}

impl Attribute {
    /// One value that a client may write and is shown: the beginning of every row of the tables.
    pub(super) fn new(name: impl Into<Cow<'static, str>>, kind: Kind, description: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            kind,
            multi_valued: false,
            required: false,
            case_exact: matches!(kind, Kind::Binary | Kind::Reference),
            mutability: Mutability::ReadWrite,
            returned: Returned::Default,
            uniqueness: Uniqueness::None,
            canonical_values: Vec::new(),
            reference_types: &[],
            description: description.into(),
            sub_attributes: Vec::new(),
        }
    }

    pub(super) fn string(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::String, description)
    }

    pub(super) fn boolean(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Boolean, description)
    }

    pub(super) fn integer(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Integer, description)
    }

    pub(super) fn reference(name: &'static str, types: &'static [&'static str], description: &'static str) -> Self {
        Self { reference_types: types, ..Self::new(name, Kind::Reference, description) }
    }

    pub(super) fn complex(name: &'static str, sub_attributes: Vec<Self>, description: &'static str) -> Self {
        Self { sub_attributes, ..Self::new(name, Kind::Complex, description) }
    }

    /// A list of such values.
    pub(super) fn many(self) -> Self {
        Self { multi_valued: true, ..self }
    }

    pub(super) fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub(super) fn exact(self) -> Self {
        Self { case_exact: true, ..self }
    }

    pub(super) fn read_only(self) -> Self {
        Self { mutability: Mutability::ReadOnly, ..self }
    }

    pub(super) fn immutable(self) -> Self {
        Self { mutability: Mutability::Immutable, ..self }
    }

    pub(super) fn always(self) -> Self {
        Self { returned: Returned::Always, ..self }
    }

    /// Shown only where the client asks for it.
    pub(super) fn on_request(self) -> Self {
        Self { returned: Returned::Request, ..self }
    }

    pub(super) fn unique(self, uniqueness: Uniqueness) -> Self {
        Self { uniqueness, ..self }
    }

    pub(super) fn usually(self, values: &[&'static str]) -> Self {
        Self { canonical_values: values.iter().copied().map(Cow::Borrowed).collect(), ..self }
    }

    /// Whether this is its name, in any case.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The sub-attribute of this name, in any case.
    pub fn sub_attribute(&self, name: &str) -> Option<&Self> {
        self.sub_attributes.iter().find(|sub| sub.is_named(name))
    }

    pub const fn is_read_only(&self) -> bool {
        matches!(self.mutability, Mutability::ReadOnly)
    }
}

impl Kind {
    /// The word of RFC 7643, section 7.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Decimal => "decimal",
            Self::Integer => "integer",
            Self::DateTime => "dateTime",
            Self::Binary => "binary",
            Self::Reference => "reference",
            Self::Complex => "complex",
        }
    }

    /// Whether its values are texts, for which case may count.
    const fn is_text(self) -> bool {
        matches!(self, Self::String | Self::Binary | Self::Reference)
    }
}

impl Mutability {
    const fn as_str(self) -> &'static str {
        match self {
            Self::ReadOnly => "readOnly",
            Self::ReadWrite => "readWrite",
            Self::Immutable => "immutable",
        }
    }
}

impl Returned {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Default => "default",
            Self::Request => "request",
        }
    }
}

impl Uniqueness {
    const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Server => "server",
            Self::Global => "global",
        }
    }
}

/// As `/Schemas` shows it.
impl Serialize for Attribute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("name", &self.name)?;
        members.serialize_entry("type", self.kind.as_str())?;
        if !self.sub_attributes.is_empty() {
            members.serialize_entry("subAttributes", &self.sub_attributes)?;
        }
        members.serialize_entry("multiValued", &self.multi_valued)?;
        members.serialize_entry("description", &self.description)?;
        members.serialize_entry("required", &self.required)?;
        if !self.canonical_values.is_empty() {
            members.serialize_entry("canonicalValues", &self.canonical_values)?;
        }
        if self.kind.is_text() {
            members.serialize_entry("caseExact", &self.case_exact)?;
        }
        members.serialize_entry("mutability", self.mutability.as_str())?;
        members.serialize_entry("returned", self.returned.as_str())?;
        members.serialize_entry("uniqueness", self.uniqueness.as_str())?;
        if !self.reference_types.is_empty() {
            members.serialize_entry("referenceTypes", self.reference_types)?;
        }
        members.end()
    }
}
