//! The columns of the list: what each shows, and how the list is walked in its order.

use super::super::super::texts::Texts;
use super::asked::Place;
use rollcall_core::domain::{Account, AttributeValue, Person, PersonType, VariableName};
use rollcall_core::query::{Comparison, Direction, Filter, InstantField, NumberField, OrderField, OrderTerm, TextExpression, TextField};

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    Name,
    Number,
    Title,
    JobTitle,
    Department,
    Email,
    Phone,
    Login,
    Role,
    Type,
    Status,
    EmployeeNumber,
    UpdatedAt,
    Custom(VariableName),
}

impl Column {
    /// Those that may be chosen, beside custom attributes. The name is always there.
    pub const ALL: [Self; 12] = [
        Self::Number,
        Self::Title,
        Self::JobTitle,
        Self::Department,
        Self::Email,
        Self::Phone,
        Self::Login,
        Self::Role,
        Self::Type,
        Self::Status,
        Self::EmployeeNumber,
        Self::UpdatedAt,
    ];

    /// Those that are shown until others are chosen.
    pub fn usual() -> Vec<Self> {
        vec![Self::Title, Self::Department, Self::Email, Self::Phone]
    }

    /// As it stands in addresses.
    pub fn word(&self) -> String {
        let word = match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Title => "title",
            Self::JobTitle => "job_title",
            Self::Department => "department",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Login => "login",
            Self::Role => "role",
            Self::Type => "type",
            Self::Status => "status",
            Self::EmployeeNumber => "employee_number",
            Self::UpdatedAt => "updated_at",
            Self::Custom(name) => return format!("custom.{name}"),
        };
        word.to_owned()
    }

    pub fn of(word: &str) -> Option<Self> {
        match word.strip_prefix("custom.") {
            Some(name) => VariableName::parse(name).ok().map(Self::Custom),
            None => [Self::Name].into_iter().chain(Self::ALL).find(|column| column.word() == word),
        }
    }

    /// What it is called; a custom attribute by its name, whose label only its definition knows.
    pub fn label(&self, texts: &Texts) -> String {
        let words = &texts.people_list;
        let label = match self {
            Self::Name => texts.name,
            Self::Number => words.number,
            Self::Title => texts.title,
            Self::JobTitle => words.job_title,
            Self::Department => texts.department,
            Self::Email => texts.email,
            Self::Phone => texts.phone,
            Self::Login => words.login,
            Self::Role => words.role,
            Self::Type => words.kind,
            Self::Status => words.status,
            Self::EmployeeNumber => words.employee_number,
            Self::UpdatedAt => words.updated_at,
            Self::Custom(name) => return name.to_string(),
        };
        label.to_owned()
    }

    fn field(&self) -> Option<OrderField> {
        Some(match self {
            Self::Name => OrderField::Text(TextField::Name),
            Self::Number => OrderField::Number(NumberField::Number),
            Self::Title => OrderField::Text(TextField::Title),
            Self::Department => OrderField::Text(TextField::Department),
            Self::Email => OrderField::Text(TextField::Email),
            Self::Phone => OrderField::Text(TextField::Phone),
            Self::Login => OrderField::Text(TextField::Login),
            Self::EmployeeNumber => OrderField::Text(TextField::EmployeeNumber),
            Self::UpdatedAt => OrderField::Instant(InstantField::UpdatedAt),
            Self::Custom(name) => OrderField::Attribute(name.clone()),
            // They are kept as codes, whose order says nothing.
            Self::JobTitle | Self::Role | Self::Type | Self::Status => return None,
        })
    }

    pub fn is_sorted_by(&self) -> bool {
        self.field().is_some()
    }

    /// Whether an index has the people in this order, so that a page can begin after a person at no cost.
    pub const fn is_walked(&self) -> bool {
        matches!(self, Self::Name | Self::Number | Self::Email | Self::Phone | Self::Login | Self::UpdatedAt)
    }

    /// The order of a list that is walked this way; ties by number, which go the same way as the walk.
    pub fn order(&self, direction: Direction, place: Place) -> Vec<OrderTerm> {
        let is_backwards = matches!(place, Place::Before(_));
        let ties = if is_backwards { Direction::Descending } else { Direction::Ascending };
        let direction = if is_backwards { turned(direction) } else { direction };
        let ties = OrderTerm::new(OrderField::Number(NumberField::Number), ties);
        self.field().map(|field| OrderTerm::new(field, direction)).into_iter().chain([ties]).collect()
    }

    /// Who comes beyond a person, when the list is walked from there.
    pub fn beyond(&self, direction: Direction, place: Place, person: &Person) -> Filter {
        let is_backwards = matches!(place, Place::Before(_));
        let further = if is_backwards { Comparison::Less } else { Comparison::Greater };
        let tied = Filter::number(NumberField::Number, further, person.number.get());
        let is_up = (direction == Direction::Ascending) != is_backwards;
        let (at_least, more) =
            if is_up { (Comparison::GreaterOrEqual, Comparison::Greater) } else { (Comparison::LessOrEqual, Comparison::Less) };
        match self {
            Self::Number => Filter::number(NumberField::Number, more, person.number.get()),
            Self::UpdatedAt => {
                let compared = |comparison| Filter::instant(InstantField::UpdatedAt, comparison, person.updated_at);
                compared(at_least).and(Filter::Or(vec![compared(more), tied]))
            }
            Self::Email => beyond_text(TextField::Email, person.email.as_ref().map(AsRef::as_ref), is_up, tied),
            Self::Phone => beyond_text(TextField::Phone, person.phone.as_ref().map(AsRef::as_ref), is_up, tied),
            Self::Login => beyond_text(TextField::Login, person.login.as_ref().map(AsRef::as_ref), is_up, tied),
            _ => {
                let compared = |comparison| Filter::text(TextField::Name, comparison, person.name());
                compared(at_least).and(Filter::Or(vec![compared(more), tied]))
            }
        }
    }

    /// What it shows of somebody.
    pub fn text(&self, person: &Person, names: &Names<'_>) -> String {
        fn text(field: Option<&impl ToString>) -> String {
            field.map(ToString::to_string).unwrap_or_default()
        }
        match self {
            Self::Name => person.name(),
            Self::Number => person.number.to_string(),
            Self::Title => text(person.title.as_ref()),
            Self::JobTitle => person.job_title.and_then(|number| named(names.job_titles, number.get())).unwrap_or_default(),
            Self::Department => text(person.department.as_ref()),
            Self::Email => text(person.email.as_ref()),
            Self::Phone => text(person.phone.as_ref()),
            Self::Login => text(person.login.as_ref()),
            Self::Role => person.role.and_then(|number| named(names.roles, number.get())).unwrap_or_default(),
            Self::Type => kind_label(person.person_type, names.texts).to_owned(),
            Self::Status if person.is_archived => names.texts.people_list.archived.to_owned(),
            Self::Status => status_label(person.account, names.texts).to_owned(),
            Self::EmployeeNumber => text(person.employee_number.as_ref()),
            Self::UpdatedAt => person.updated_at.to_string().chars().take("2026-01-01T00:00".len()).collect::<String>().replace('T', " "),
            Self::Custom(name) => person.custom.get(name).map(shown).unwrap_or_default(),
        }
    }
}

/// What numbers in records stand for.
#[derive(Debug)]
pub struct Names<'a> {
    pub texts: &'static Texts,
    pub roles: &'a [(i64, String)],
    pub job_titles: &'a [(i64, String)],
}

fn named(names: &[(i64, String)], number: i64) -> Option<String> {
    names.iter().find(|(known, _)| *known == number).map(|(_, name)| name.clone())
}

pub const fn status_label(account: Account, texts: &Texts) -> &'static str {
    match account {
        Account::Active => texts.people_list.active,
        Account::Blocked => texts.people_list.blocked,
        Account::None => texts.people_list.no_account,
    }
}

pub const fn kind_label(kind: PersonType, texts: &Texts) -> &'static str {
    match kind {
        PersonType::Organization => texts.people_list.kind_organization,
        PersonType::External => texts.people_list.kind_external,
        PersonType::Basic => texts.people_list.kind_basic,
        PersonType::Client => texts.people_list.kind_client,
    }
}

/// A custom attribute in a cell.
fn shown(value: &AttributeValue) -> String {
    match value {
        AttributeValue::Text(text) => text.to_string(),
        AttributeValue::Number(number) => number.to_text(),
        AttributeValue::Moment(moment) => moment.to_string(),
        AttributeValue::List(items) => items.join(", "),
        AttributeValue::Relationship(related) => related.caption().or(related.id()).unwrap_or_default().to_owned(),
        AttributeValue::Files(files) => files.len().to_string(),
    }
}

const fn turned(direction: Direction) -> Direction {
    match direction {
        Direction::Ascending => Direction::Descending,
        Direction::Descending => Direction::Ascending,
    }
}

/// The same of a text that may be absent: it stands before all others going up, and behind them going down.
fn beyond_text(field: TextField, value: Option<&str>, is_up: bool, tied: Filter) -> Filter {
    let absent = || Filter::Text { left: TextExpression::Field(field), comparison: Comparison::Equal, right: TextExpression::Absent };
    match (value, is_up) {
        (Some(value), true) => {
            let further = Filter::text(field, Comparison::Greater, value);
            Filter::text(field, Comparison::GreaterOrEqual, value).and(Filter::Or(vec![further, tied]))
        }
        (Some(value), false) => {
            let same = Filter::text(field, Comparison::Equal, value).and(tied);
            Filter::Or(vec![Filter::text(field, Comparison::Less, value), same, absent()])
        }
        (None, true) => Filter::Or(vec![absent().and(tied), absent().negated()]),
        (None, false) => absent().and(tied),
    }
}
