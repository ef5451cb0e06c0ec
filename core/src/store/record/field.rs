//! The fields of a packed person, in the order of the format.

/// A field of a packed person. Its place is the format: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum PersonField {
    Id,
    Number,
    ExternalId,
    Identity,
    Login,
    GivenName,
    FamilyName,
    DisplayName,
    Email,
    Phone,
    Title,
    JobTitle,
    Level,
    PriceList,
    Manager,
    Role,
    /// A code of [`PersonType`](crate::domain::PersonType).
    PersonType,
    HasLicense,
    /// A code of [`Account`](crate::domain::Account).
    Account,
    IsArchived,
    Description,
    AdditionalInformation,
    Language,
    TimeZone,
    Initials,
    Photo,
    ProfileColor,
    SendInvite,
    IsVisibleInPeopleAllocation,
    HasTimesheetRequired,
    EmployeeNumber,
    Department,
    /// A JSON array of numbers.
    Projects,
    /// An object of the store's own form; empty, `{}`.
    Custom,
    /// Milliseconds since 1970.
    LastActiveAt,
    /// Milliseconds since 1970.
    CreatedAt,
    /// Milliseconds since 1970.
    UpdatedAt,
    TimeZoneRow,
    /// An object of the store's own form; absent for most people.
    Profile,
}
