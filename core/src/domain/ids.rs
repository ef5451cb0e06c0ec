//! Ids. A *uuid* names a record everywhere; a *number* names it inside its organization.
//!
//! Numbers stay below 2³¹ because 24SevenOffice's person ids are `int32`.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The greatest number a record may have: the greatest `int32`.
pub const NUMBER_MAX: i64 = i32::MAX as i64;

/// A number that is not between 1 and [`NUMBER_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a whole number from 1 to 2147483647")]
pub struct InvalidNumber;

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(i32);

        impl $name {
            pub fn new(number: i64) -> Result<Self, InvalidNumber> {
                match i32::try_from(number) {
                    Ok(number) if number > 0 => Ok(Self(number)),
                    _ => Err(InvalidNumber),
                }
            }

            pub const fn get(self) -> i64 {
                self.0 as i64
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl TryFrom<i64> for $name {
            type Error = InvalidNumber;

            fn try_from(number: i64) -> Result<Self, InvalidNumber> {
                Self::new(number)
            }
        }

        impl FromStr for $name {
            type Err = InvalidNumber;

            /// Digits alone: no sign, no blanks.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(InvalidNumber);
                }
                text.parse().map_err(|_| InvalidNumber).and_then(Self::new)
            }
        }
    )+};
}

uuid_ids! {
    /// A person, everywhere.
    PersonId,
    /// A group, everywhere.
    GroupId,
    /// A login that may be linked to one person in each of several organizations.
    IdentityId,
    /// A token, as its lists and its revocation name it. Not the secret.
    TokenId,
    /// A sign-in by way of an application, with all that it gave.
    SignInId,
    /// A registered OAuth 2.0 client; its text is 32 lower-case hex digits.
    ApplicationId,
}

numbers! {
    /// A person inside its organization; never reused.
    PersonNumber,
    /// A group inside its organization; never reused.
    GroupNumber,
    /// A role inside its organization.
    RoleNumber,
    /// A job title inside its organization.
    JobTitleNumber,
    /// A level inside its organization.
    LevelNumber,
    /// A price list inside its organization.
    PriceListNumber,
    /// The definition of a custom attribute inside its organization; never reused.
    AttributeNumber,
    /// A row of ProofHub's list of time zones, by its id there.
    TimeZoneRow,
}

/// The tenant. 64 bits wide, because 24SevenOffice's organization ids are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganizationId(i64);

impl OrganizationId {
    pub const fn new(id: i64) -> Self {
        Self(id)
    }

    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for OrganizationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_between_one_and_the_greatest_int32() {
        let parsed = ["1", "2147483647", "0", "2147483648", "-1", "+1", " 1", "", "99999999999999999999"]
            .map(|text| text.parse::<PersonNumber>().is_ok());

        assert_eq!(parsed, [true, true, false, false, false, false, false, false, false]);
    }
}
