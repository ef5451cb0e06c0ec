//! Fields that are never absent, and yet may be left out.

/// A field that has a default and is never absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatedField {
    PersonType,
    HasLicense,
    SendInvite,
    IsVisibleInPeopleAllocation,
    HasTimesheetRequired,
}

impl StatedField {
    pub const ALL: [Self; 5] =
        [Self::PersonType, Self::HasLicense, Self::SendInvite, Self::IsVisibleInPeopleAllocation, Self::HasTimesheetRequired];

    /// The canonical field's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PersonType => "person_type",
            Self::HasLicense => "has_license",
            Self::SendInvite => "send_invite",
            Self::IsVisibleInPeopleAllocation => "is_visible_in_people_allocation",
            Self::HasTimesheetRequired => "has_timesheet_required",
        }
    }

    /// The field of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }
}
