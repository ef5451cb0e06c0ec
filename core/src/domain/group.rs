//! Groups: sets of people.

use super::{
    AdditionalInformation, Attributes, Description, Email, ExternalId, GroupId, GroupNumber, Instant, LongLabel, PersonNumber, Title,
};

/// A set of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    pub number: GroupNumber,
    pub external_id: Option<ExternalId>,
    pub name: LongLabel,
    pub description: Option<Description>,
    pub email: Option<Email>,
    pub responsible: Option<PersonNumber>,
    pub additional_information: Option<AdditionalInformation>,
    pub custom: Attributes,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// One person's place in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub group: GroupNumber,
    pub person: PersonNumber,
    /// What the person is in the group, such as *Chair*.
    pub title: Option<Title>,
}
