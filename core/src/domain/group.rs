//! Groups: sets of people, and of groups.

use super::{
    AdditionalInformation, Attributes, Description, Email, ExternalId, GroupId, GroupNumber, Instant, LongLabel, PersonId, PersonNumber,
    Title,
};

/// A set of people, and of other groups.
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

/// One group's place inside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subgroup {
    /// The outer one.
    pub group: GroupNumber,
    /// The one inside it.
    pub subgroup: GroupNumber,
}

/// Who or what is in a group, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: MemberId,
    /// The display name as it was given, or the name of the group; no fallback. `None` too for who may not see people.
    pub name: Option<String>,
}

/// The uuid of a member, with what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberId {
    Person(PersonId),
    Group(GroupId),
}

/// A group that a person is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub id: GroupId,
    pub number: GroupNumber,
    pub name: LongLabel,
    /// Whether the person is a member of it, and not only of groups inside it.
    pub is_direct: bool,
}
