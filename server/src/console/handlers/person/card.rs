//! Who somebody is at a glance.

use super::super::super::page::{Frame, Trouble, html};
use super::super::super::visit::Member;
use super::choices::Choices;
use super::{Head, fields, found, name};
use crate::http::AppState;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::directory::{DirectoryError, PersonKey};
use rollcall_core::domain::{Account, Person, PersonNumber, Scope};
use rollcall_core::query::{Comparison, Filter, NumberField, PersonQuery, Window};

/// Reports on the card; whoever has more is shown that they do.
const REPORTS_MAX: u64 = 50;
/// Where somebody has no colour of their own.
const COLOR: &str = "#4a5a6a";

#[derive(Debug, Template)]
#[template(path = "person_card.html")]
struct Card {
    frame: Frame,
    head: Head,
    picture: Picture,
    title: String,
    is_archived: bool,
    is_blocked: bool,
    facts: Vec<(String, String)>,
    manager: Option<(PersonNumber, String)>,
    groups: Option<Vec<String>>,
    reports: Vec<(PersonNumber, String)>,
    has_more_reports: bool,
}

/// What stands for a face.
#[derive(Debug)]
struct Picture {
    /// A picture that is in the record itself: pages let nothing in from elsewhere.
    own: Option<String>,
    /// The address of one that is elsewhere.
    elsewhere: Option<String>,
    initials: String,
    color: String,
    ink: &'static str,
}

/// GET /console/people/{number}
pub async fn show(State(app): State<AppState>, member: Member, Path(number): Path<String>) -> Result<Response, Trouble> {
    let found = found(&app, &member, &number).await?;
    let person = &found.person;
    let failed = |error| Trouble::of(error, member.visit.texts);
    let (reports, has_more_reports) = reports(&app, &member, person).await.map_err(failed)?;
    let choices = Choices::read(&app, &member).await.map_err(failed)?;
    let card = Card {
        frame: Frame::within(&member, "people"),
        head: Head::of(&member, person, "overview"),
        picture: Picture::of(person),
        title: person.title.as_ref().map(ToString::to_string).unwrap_or_default(),
        is_archived: person.is_archived,
        is_blocked: person.account == Account::Blocked,
        facts: facts(&member, person, &choices),
        manager: manager(&app, &member, person).await.map_err(failed)?,
        groups: groups(&app, &member, person).await.map_err(failed)?,
        reports,
        has_more_reports,
    };
    Ok(html(StatusCode::OK, &card))
}

/// Everything that is there, under what people call it.
fn facts(member: &Member, person: &Person, choices: &Choices) -> Vec<(String, String)> {
    let texts = &member.visit.texts.person;
    let own = fields::ALL.iter().filter(|field| field.name != "manager");
    let own = own.map(|field| ((field.label)(texts).to_owned(), choices.shown(field, (field.get)(person), texts)));
    let number = (texts.number.to_owned(), person.number.to_string());
    let custom = choices.definitions.iter().filter_map(|definition| {
        let value = person.custom.get(&definition.name)?;
        Some((definition.label.to_string(), value.to_text()))
    });
    std::iter::once(number).chain(own).chain(custom).filter(|(_, value)| !value.is_empty()).collect()
}

async fn manager(app: &AppState, member: &Member, person: &Person) -> Result<Option<(PersonNumber, String)>, DirectoryError> {
    let Some(number) = person.manager else { return Ok(None) };
    match app.directory.person(&member.actor, PersonKey::Number(number)).await {
        Ok(found) => Ok(Some((number, name(member, &found.person)))),
        Err(DirectoryError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The names of the groups; nothing where the role does not see groups.
async fn groups(app: &AppState, member: &Member, person: &Person) -> Result<Option<Vec<String>>, DirectoryError> {
    if !member.may(Scope::GroupsRead) {
        return Ok(None);
    }
    let (_, groups) = app.directory.person_with_groups(&member.actor, PersonKey::Number(person.number)).await?;
    Ok(Some(groups.into_iter().map(|group| group.name.to_string()).collect()))
}

async fn reports(app: &AppState, member: &Member, person: &Person) -> Result<(Vec<(PersonNumber, String)>, bool), DirectoryError> {
    let filter = Filter::number(NumberField::Manager, Comparison::Equal, person.number.get());
    let query = PersonQuery { filter, window: Window::new(0, REPORTS_MAX + 1), ..PersonQuery::default() };
    let mut people = app.directory.people(&member.actor, &query).await?.people;
    let has_more = people.len() as u64 > REPORTS_MAX;
    people.truncate(usize::try_from(REPORTS_MAX).unwrap_or(usize::MAX));
    Ok((people.iter().map(|report| (report.number, name(member, report))).collect(), has_more))
}

impl Picture {
    fn of(person: &Person) -> Self {
        let photo = person.photo.as_ref().map(ToString::to_string);
        let is_own = |photo: &String| photo.starts_with("data:image/");
        let color = person.profile_color.as_ref().map_or_else(|| COLOR.to_owned(), ToString::to_string);
        Self {
            own: photo.clone().filter(is_own),
            elsewhere: photo.filter(|photo| !is_own(photo) && (photo.starts_with("https://") || photo.starts_with("http://"))),
            initials: initials(person),
            ink: ink_on(&color),
            color,
        }
    }
}

fn initials(person: &Person) -> String {
    let own = person.initials.as_ref().map(ToString::to_string).filter(|initials| !initials.trim().is_empty());
    own.unwrap_or_else(|| {
        let name = person.name();
        let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
        let (first, last) = (words.next(), words.next_back());
        first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
    })
}

/// White or black, whichever is read better on a colour (WCAG 2.2, relative luminance, roughly).
fn ink_on(color: &str) -> &'static str {
    let part = |at: usize| color.get(at..at + 2).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0);
    let light = 299 * part(1) + 587 * part(3) + 114 * part(5);
    if light > 140_000 { "#000000" } else { "#ffffff" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_on_every_colour() {
        assert_eq!(
            ["#ffffff", "#000000", "#ffff00", "#0000ff", "odd"].map(ink_on),
            ["#000000", "#ffffff", "#000000", "#ffffff", "#ffffff"]
        );
    }
}
