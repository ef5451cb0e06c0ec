//! Everything that may be set of a person, in one form.

use super::super::super::form::Form;
use super::super::super::page::{Frame, Trouble, html, to};
use super::super::super::visit::Member;
use super::choices::{Choice, Choices};
use super::fields::{self, Field, Input, Section};
use super::typed::somebody;
use super::{Head, found};
use crate::http::AppState;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::directory::{DirectoryError, FoundPerson, NewPerson, PersonKey, PersonUpdate, Precondition, Version, Versions};
use rollcall_core::domain::{Change, Person, PersonChange};
use std::collections::BTreeMap;

/// What custom attributes are called in the form, before their name.
const CUSTOM: &str = "custom.";

#[derive(Debug, Template)]
#[template(path = "person_edit.html")]
struct Edit {
    frame: Frame,
    /// `None`: the person is to be made.
    head: Option<Head>,
    version: String,
    notice: Option<String>,
    sections: Vec<Part>,
}

/// Fields that stand together, under a heading.
#[derive(Debug)]
struct Part {
    label: &'static str,
    fields: Vec<Shown>,
}

/// One field in the form.
#[derive(Debug)]
struct Shown {
    name: String,
    label: String,
    hint: String,
    value: String,
    wrong: Option<String>,
    input: Input,
    choices: Vec<Choice>,
}

/// What was typed, and what is wrong with it, by field.
#[derive(Debug, Default)]
struct Typed {
    values: BTreeMap<String, String>,
    wrong: BTreeMap<String, String>,
    notice: Option<String>,
}

/// GET /console/people/{number}/edit
pub async fn show(State(app): State<AppState>, member: Member, Path(number): Path<String>) -> Result<Response, Trouble> {
    let found = found(&app, &member, &number).await?;
    let choices = Choices::read(&app, &member).await.map_err(|error| Trouble::of(error, member.visit.texts))?;
    let typed = Typed::of(&found.person, &choices);
    Ok(page(&member, Some(&found), &choices, typed, StatusCode::OK))
}

/// GET /console/people/new
pub async fn blank(State(app): State<AppState>, member: Member) -> Result<Response, Trouble> {
    let choices = Choices::read(&app, &member).await.map_err(|error| Trouble::of(error, member.visit.texts))?;
    let mut typed = Typed::default();
    typed.values.extend([("person_type".to_owned(), "Organization".to_owned()), ("account".to_owned(), "active".to_owned())]);
    Ok(page(&member, None, &choices, typed, StatusCode::OK))
}

/// POST /console/people/{number}/edit
pub async fn submit(State(app): State<AppState>, Path(number): Path<String>, form: Form<Member>) -> Result<Response, Trouble> {
    let member = &form.sender;
    let before = found(&app, member, &number).await?;
    let choices = Choices::read(&app, member).await.map_err(|error| Trouble::of(error, member.visit.texts))?;
    let mut typed = Typed::sent(&form, &choices)?;
    let key = PersonKey::Number(before.person.number);
    let change = typed.change(&app, member, &Typed::of(&before.person, &choices), &choices).await?;
    let precondition = Precondition {
        matches: form.text("version")?.parse::<Version>().ok().map(|version| Versions::OneOf(vec![version])),
        ..Precondition::default()
    };
    if !typed.wrong.is_empty() {
        typed.notice = Some(member.visit.texts.person.wrong_fields.to_owned());
        return Ok(page(member, Some(&before), &choices, typed, StatusCode::BAD_REQUEST));
    }
    let update = PersonUpdate { precondition, ..PersonUpdate::default() };
    let changed = app.directory.update_person(&member.actor, key, update, move |_| Ok::<_, DirectoryError>(change)).await;
    match changed {
        Ok(_) => Ok(to(&format!("{}/console/people/{}", member.visit.base, before.person.number))),
        Err(error) => {
            let status = typed.refuse(error, member)?;
            Ok(page(member, Some(&before), &choices, typed, status))
        }
    }
}

/// POST /console/people/new
pub async fn create(State(app): State<AppState>, form: Form<Member>) -> Result<Response, Trouble> {
    let member = &form.sender;
    let choices = Choices::read(&app, member).await.map_err(|error| Trouble::of(error, member.visit.texts))?;
    let mut typed = Typed::sent(&form, &choices)?;
    let change = typed.change(&app, member, &Typed::default(), &choices).await?;
    if !typed.wrong.is_empty() {
        typed.notice = Some(member.visit.texts.person.wrong_fields.to_owned());
        return Ok(page(member, None, &choices, typed, StatusCode::BAD_REQUEST));
    }
    let number = |found: &FoundPerson| found.person.number.to_string().into_bytes();
    let made = app.directory.create_person(&member.actor, NewPerson::default(), move |_| Ok::<_, DirectoryError>(change), number).await;
    match made {
        Ok(answer) => Ok(to(&format!("{}/console/people/{}", member.visit.base, String::from_utf8_lossy(&answer.body)))),
        Err(error) => {
            let status = typed.refuse(error, member)?;
            Ok(page(member, None, &choices, typed, status))
        }
    }
}

impl Typed {
    /// What the form of a person begins with.
    fn of(person: &Person, choices: &Choices) -> Self {
        let own = fields::ALL.iter().map(|field| (field.name.to_owned(), (field.get)(person)));
        let custom = choices.definitions.iter().map(|definition| {
            let value = person.custom.get(&definition.name).map(|value| value.to_text()).unwrap_or_default();
            (format!("{CUSTOM}{}", definition.name), value)
        });
        Self { values: own.chain(custom).collect(), ..Self::default() }
    }

    fn sent(form: &Form<Member>, choices: &Choices) -> Result<Self, Trouble> {
        let mut values = BTreeMap::new();
        for field in fields::ALL {
            let text = form.text(field.name)?;
            // A box that is not ticked is not sent.
            let text = if field.input == Input::Tick { (text == "true").to_string() } else { text.to_owned() };
            values.insert(field.name.to_owned(), text);
        }
        for definition in &choices.definitions {
            let name = format!("{CUSTOM}{}", definition.name);
            let text = form.text(&name)?.to_owned();
            values.insert(name, text);
        }
        Ok(Self { values, ..Self::default() })
    }

    /// What is other than before. What cannot be is kept in mind, by field.
    async fn change(&mut self, app: &AppState, member: &Member, before: &Self, choices: &Choices) -> Result<PersonChange, Trouble> {
        let mut change = PersonChange::default();
        let is_other = |name: &str, value: &str| before.values.get(name).map_or("", String::as_str) != value;
        for field in fields::ALL {
            let mut value = self.values.get(field.name).cloned().unwrap_or_default();
            if !is_other(field.name, &value) {
                continue;
            }
            if field.name == "manager" && !value.is_empty() {
                match somebody(app, member, &value).await? {
                    Some(number) => value = number.to_string(),
                    None => {
                        self.wrong.insert(field.name.to_owned(), member.visit.texts.person.manager_unknown.to_owned());
                        continue;
                    }
                }
            }
            if let Err(reason) = (field.set)(&mut change, &value) {
                self.wrong.insert(field.name.to_owned(), reason);
            }
        }
        for definition in &choices.definitions {
            let name = format!("{CUSTOM}{}", definition.name);
            let value = self.values.get(&name).cloned().unwrap_or_default();
            if !is_other(&name, &value) {
                continue;
            }
            let said = if value.is_empty() { Ok(Change::Clear) } else { definition.parse_text(&value).map(Change::Set) };
            match said {
                Ok(said) => drop(change.custom.insert(definition.name.clone(), said)),
                Err(error) => drop(self.wrong.insert(name, error.reason)),
            }
        }
        Ok(change)
    }

    /// What the directory would not do, beside its field where it names one.
    fn refuse(&mut self, error: DirectoryError, member: &Member) -> Result<StatusCode, Trouble> {
        let texts = &member.visit.texts.person;
        self.notice = Some(texts.wrong_fields.to_owned());
        match error {
            DirectoryError::Invalid { field, reason } => {
                self.say(&field, reason);
                Ok(StatusCode::BAD_REQUEST)
            }
            DirectoryError::Conflict { field, .. } => {
                self.say(field, error.to_string());
                Ok(StatusCode::CONFLICT)
            }
            DirectoryError::PreconditionFailed => {
                self.notice = Some(texts.changed_meanwhile.to_owned());
                Ok(StatusCode::CONFLICT)
            }
            DirectoryError::LastOwner => {
                self.notice = Some(texts.last_owner.to_owned());
                Ok(StatusCode::CONFLICT)
            }
            error => Err(Trouble::of(error, member.visit.texts)),
        }
    }

    fn say(&mut self, field: &str, reason: String) {
        if self.values.contains_key(field) {
            self.wrong.insert(field.to_owned(), reason);
        } else {
            self.notice = Some(format!("{field} {reason}"));
        }
    }
}

fn page(member: &Member, found: Option<&FoundPerson>, choices: &Choices, mut typed: Typed, status: StatusCode) -> Response {
    let texts = &member.visit.texts.person;
    let mut shown = |name: String, label: String, hint: &str, input, choices| Shown {
        value: typed.values.remove(&name).unwrap_or_default(),
        wrong: typed.wrong.remove(&name),
        hint: hint.to_owned(),
        name,
        label,
        input,
        choices,
    };
    let mut own = |field: &Field| {
        shown(field.name.to_owned(), (field.label)(texts).to_owned(), (field.hint)(texts), field.input, choices.of(field, texts))
    };
    let mut sections: Vec<Part> = Section::ALL
        .into_iter()
        .map(|section| Part {
            label: section.label(texts),
            fields: fields::ALL.iter().filter(|field| field.section == section).map(&mut own).collect(),
        })
        .collect();
    let custom: Vec<Shown> = choices
        .definitions
        .iter()
        .map(|definition| {
            let hint = definition.description.as_ref().map(ToString::to_string).unwrap_or_default();
            shown(format!("{CUSTOM}{}", definition.name), definition.label.to_string(), &hint, Input::Line, Vec::new())
        })
        .collect();
    if !custom.is_empty() {
        sections.push(Part { label: texts.custom, fields: custom });
    }
    let page = Edit {
        frame: Frame::within(member, "people"),
        head: found.map(|found| Head::of(member, &found.person, "edit")),
        version: found.map(|found| found.version.to_string()).unwrap_or_default(),
        notice: typed.notice,
        sections,
    };
    html(status, &page)
}
