//! The state of a record, and what a conditional request demands of it (RFC 9110, section 13).

use super::DirectoryError;
use crate::domain::OrganizationId;
use std::fmt;
use std::str::FromStr;

/// The change of its organization at which what is shown of a record, or of a list, last changed.
///
/// As text two numbers in hex, `2a-1f`: the organization keeps tags of two tenants at one address apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    organization: OrganizationId,
    sequence: i64,
}

/// A text that is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no version")]
pub struct NoVersion;

impl Version {
    pub const fn new(organization: OrganizationId, sequence: i64) -> Self {
        Self { organization, sequence }
    }

    pub const fn sequence(self) -> i64 {
        self.sequence
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}", self.organization.get(), self.sequence)
    }
}

impl FromStr for Version {
    type Err = NoVersion;

    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let (organization, sequence) = text.split_once('-').ok_or(NoVersion)?;
        let number = |digits: &str| i64::from_str_radix(digits, 16).map_err(|_| NoVersion);
        let version = Self::new(OrganizationId::new(number(organization)?), number(sequence)?);
        // One version has one text: no sign, no leading zero, no capital.
        if version.to_string() == text { Ok(version) } else { Err(NoVersion) }
    }
}

/// Versions that a client names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Versions {
    /// `*`: whatever there is.
    Any,
    OneOf(Vec<Version>),
}

impl Versions {
    fn contain(&self, version: Version) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(versions) => versions.contains(&version),
        }
    }
}

/// What an API shows of a record beyond the record itself and the numbers of its memberships. The version of a single
/// read moves with all of it and with nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    Record,
    /// A person with the names of its groups.
    GroupNames,
    /// A group with the person responsible for it.
    Responsible,
    /// A person with the names of all the groups it is in, be it through others; a group with the groups right inside it
    /// and the person responsible for it.
    Nested,
}

/// What a conditional write demands of the record as it stands. The default demands nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precondition {
    /// `If-Match`: the record is one of these.
    pub matches: Option<Versions>,
    /// `If-None-Match`: the record is none of these.
    pub differs: Option<Versions>,
    pub shown: Shown,
}

impl Precondition {
    /// Refuses unless a record of this version is as demanded.
    pub(super) fn check(&self, version: Version) -> Result<(), DirectoryError> {
        let matches = self.matches.as_ref().is_none_or(|wanted| wanted.contain(version));
        let differs = self.differs.as_ref().is_none_or(|unwanted| !unwanted.contain(version));
        if matches && differs { Ok(()) } else { Err(DirectoryError::PreconditionFailed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(sequence: i64) -> Version {
        Version::new(OrganizationId::new(543_819_716_587_312), sequence)
    }

    #[test]
    fn a_version_survives_its_text_and_has_only_one() {
        let text = version(31).to_string();

        assert_eq!(text.parse(), Ok(version(31)));
        for other in [text.to_uppercase(), format!("0{text}"), format!("+{text}"), text.replace('-', ""), String::new()] {
            assert_eq!(other.parse::<Version>(), Err(NoVersion), "{other}");
        }
    }

    #[test]
    fn a_precondition_without_demands_always_holds() {
        assert!(Precondition::default().check(version(1)).is_ok());
    }

    #[test]
    fn what_must_match_is_one_of_the_named_versions() {
        let demanded = |versions| Precondition { matches: Some(versions), ..Precondition::default() };

        assert!(demanded(Versions::OneOf(vec![version(1), version(2)])).check(version(2)).is_ok());
        assert!(demanded(Versions::Any).check(version(2)).is_ok());
        assert!(matches!(demanded(Versions::OneOf(vec![version(1)])).check(version(2)), Err(DirectoryError::PreconditionFailed)));
    }

    #[test]
    fn what_must_differ_is_none_of_them() {
        let demanded = |versions| Precondition { differs: Some(versions), ..Precondition::default() };

        assert!(demanded(Versions::OneOf(vec![version(1)])).check(version(2)).is_ok());
        assert!(demanded(Versions::Any).check(version(2)).is_err());
    }
}
