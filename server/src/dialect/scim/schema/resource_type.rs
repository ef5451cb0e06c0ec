//! The types of resources.

use super::{CUSTOM_GROUP, CUSTOM_USER, GROUP, ROLLCALL_GROUP, ROLLCALL_USER, USER};
use rollcall_core::domain::{AttributeObject, Scope};

/// A type of resources (RFC 7643, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResourceType {
    User,
    Group,
}

impl ResourceType {
    pub const ALL: [Self; 2] = [Self::User, Self::Group];

    /// Its `id` and `name`, and what `meta.resourceType` says.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
        }
    }

    /// Where its resources are, below the base.
    pub const fn endpoint(self) -> &'static str {
        match self {
            Self::User => "/Users",
            Self::Group => "/Groups",
        }
    }

    /// The type of this name, to the letter.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    pub const fn description(self) -> &'static str {
        match self {
            Self::User => "The people of the organization",
            Self::Group => "The groups of the organization",
        }
    }

    /// The URN of its own schema.
    pub const fn schema(self) -> &'static str {
        match self {
            Self::User => USER,
            Self::Group => GROUP,
        }
    }

    /// The URN of what the other APIs have and SCIM lacks.
    pub const fn rollcall(self) -> &'static str {
        match self {
            Self::User => ROLLCALL_USER,
            Self::Group => ROLLCALL_GROUP,
        }
    }

    /// The URN of what the organization itself has defined.
    pub const fn custom(self) -> &'static str {
        match self {
            Self::User => CUSTOM_USER,
            Self::Group => CUSTOM_GROUP,
        }
    }

    /// What a caller needs to read its resources.
    pub const fn read(self) -> Scope {
        match self {
            Self::User => Scope::PeopleRead,
            Self::Group => Scope::GroupsRead,
        }
    }

    /// What the directory calls it where it tells whose custom attributes are meant.
    pub const fn object(self) -> AttributeObject {
        match self {
            Self::User => AttributeObject::Person,
            Self::Group => AttributeObject::Group,
        }
    }
}
