//! The fields that can be filtered and ordered by, one enum for each type of value.
//!
//! People, groups and the elements of their lists share them; what a record does not have is absent from it.

use crate::domain::VariableName;

/// Text, compared in its case-folded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    /// The whole name of a person (`Person::name`) or of a group.
    Name,
    Description,
    Email,
    Phone,
    AdditionalInformation,
    Login,
    /// A group's: the whole name of the person responsible for it.
    ResponsibleName,
    GivenName,
    FamilyName,
    MiddleName,
    HonorificPrefix,
    HonorificSuffix,
    /// `Profile::formatted_name`, never derived.
    FormattedName,
    /// `Person::display_name`, never derived.
    DisplayName,
    NickName,
    Title,
    UserType,
    Language,
    Locale,
    TimeZone,
    EmployeeNumber,
    Department,
    Division,
    CostCenter,
    Employer,
    Initials,
    ProfileColor,
    /// An element's.
    Part(Part),
}

impl TextField {
    /// Those that a person or a group may have.
    pub const ALL: [Self; 27] = [
        Self::Name,
        Self::Description,
        Self::Email,
        Self::Phone,
        Self::AdditionalInformation,
        Self::Login,
        Self::ResponsibleName,
        Self::GivenName,
        Self::FamilyName,
        Self::MiddleName,
        Self::HonorificPrefix,
        Self::HonorificSuffix,
        Self::FormattedName,
        Self::DisplayName,
        Self::NickName,
        Self::Title,
        Self::UserType,
        Self::Language,
        Self::Locale,
        Self::TimeZone,
        Self::EmployeeNumber,
        Self::Department,
        Self::Division,
        Self::CostCenter,
        Self::Employer,
        Self::Initials,
        Self::ProfileColor,
    ];
}

/// What an element of a list consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The element itself: an address, a number, the uuid of a group, a member or a manager.
    Value,
    /// What it is called.
    Display,
    /// What sort of element it is. A group that a person is in: `direct` or `indirect`. A member: `User` or `Group`.
    Type,
    Reference,
    /// A postal address as one text.
    Formatted,
    Street,
    Locality,
    Region,
    PostalCode,
    Country,
}

impl Part {
    pub const ALL: [Self; 10] = [
        Self::Value,
        Self::Display,
        Self::Type,
        Self::Reference,
        Self::Formatted,
        Self::Street,
        Self::Locality,
        Self::Region,
        Self::PostalCode,
        Self::Country,
    ];
}

/// Text that is compared with its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExactField {
    /// The uuid in lower case, of an element too.
    Id,
    ExternalId,
    ProfileUrl,
    /// The uuid of the identity, in lower case.
    Identity,
    /// An element's.
    Part(Part),
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BooleanField {
    /// A person whose account is not blocked and who is not archived.
    Active,
    Archived,
    HasLicense,
    SendInvite,
    IsVisibleInPeopleAllocation,
    HasTimesheetRequired,
    /// An element's: whether it is the first choice of its list.
    Primary,
}

impl BooleanField {
    /// Those that a person has.
    pub const ALL: [Self; 6] =
        [Self::Active, Self::Archived, Self::HasLicense, Self::SendInvite, Self::IsVisibleInPeopleAllocation, Self::HasTimesheetRequired];
}

/// Whole numbers, and words that are kept as their code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberField {
    Number,
    JobTitle,
    Manager,
    /// [`Account::code`](crate::domain::Account::code).
    Account,
    /// [`PersonType::code`](crate::domain::PersonType::code).
    PersonType,
    Role,
    Level,
    PriceList,
    /// An element's, where the list is one of numbers.
    Value,
}

/// Moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InstantField {
    UpdatedAt,
    CreatedAt,
    LastActiveAt,
}

/// Uuids: equal or not, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdField {
    /// Of an element too: of the group, the member or the manager that it is.
    Id,
}

/// What there may be several of in one record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ListField {
    Emails,
    Phones,
    Photos,
    Ims,
    Entitlements,
    Certificates,
    Addresses,
    /// A person's: those that it is in, itself or by way of a group inside them.
    Groups,
    /// A group's: the people and the groups that are in it themselves.
    Members,
    /// A person's: one at most.
    Manager,
    /// A group's: one at most.
    Responsible,
    /// A person's: numbers.
    Projects,
    /// A custom attribute: the items of a list; the files, each as the text of its JSON object; a relationship, whose id is
    /// the value and whose caption the display; of any other text, the one there is.
    Attribute(VariableName),
}

/// What a list can be ordered by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OrderField {
    Text(TextField),
    Exact(ExactField),
    /// No before yes.
    Boolean(BooleanField),
    Number(NumberField),
    Instant(InstantField),
    Id(IdField),
    /// A custom attribute: numbers and moments by value, every other as the text that a filter sees.
    Attribute(VariableName),
    /// A field of the primary element of a list, or of its first where none is.
    Element {
        list: ListField,
        field: Box<OrderField>,
    },
}
