//! Everything that may be set of a group, in one form.

use super::super::super::form::Form;
use super::super::super::page::{Frame, Trouble, html, to};
use super::super::super::visit::Member;
use super::super::person::typed::somebody;
use super::found;
use crate::http::AppState;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rollcall_core::directory::{
    DirectoryError, FoundGroup, GroupChange, GroupKey, GroupView, PersonReference, Precondition, Version, Versions,
};
use rollcall_core::domain::{
    AdditionalInformation, AttributeObject, Change, Definition, Description, Email, ExternalId, InvalidText, LongLabel,
};
use rollcall_core::query::WithMembers;
use std::collections::BTreeMap;

/// What custom attributes are called in the form, before their name.
const CUSTOM: &str = "custom.";
/// The group's own fields, in the order of the form.
const FIELDS: [&str; 6] = ["name", "description", "email", "responsible", "additional_information", "external_id"];

#[derive(Debug, Template)]
#[template(path = "group_edit.html")]
struct Edit {
    frame: Frame,
    /// The number and the name as they stand; `None`: the group is to be made.
    known: Option<(i64, String)>,
    version: String,
    notice: Option<String>,
    fields: Vec<Field>,
}

/// One field in the form.
#[derive(Debug)]
struct Field {
    name: String,
    label: String,
    hint: String,
    value: String,
    wrong: Option<String>,
    is_long: bool,
}

/// What was typed, and what is wrong with it, by field.
#[derive(Debug, Default)]
struct Typed {
    values: BTreeMap<String, String>,
    wrong: BTreeMap<String, String>,
    notice: Option<String>,
}

/// GET /console/groups/new
pub async fn blank(State(app): State<AppState>, member: Member) -> Result<Response, Trouble> {
    let definitions = definitions(&app, &member).await?;
    Ok(page(&member, None, &definitions, Typed::default(), StatusCode::OK))
}

/// GET /console/groups/{number}/edit
pub async fn show(State(app): State<AppState>, member: Member, Path(number): Path<String>) -> Result<Response, Trouble> {
    let definitions = definitions(&app, &member).await?;
    let found = found(&app, &member, &number).await?;
    let typed = Typed::of(&found, &definitions);
    Ok(page(&member, Some(&found), &definitions, typed, StatusCode::OK))
}

/// POST /console/groups/new
pub async fn create(State(app): State<AppState>, form: Form<Member>) -> Result<Response, Trouble> {
    let member = &form.sender;
    let definitions = definitions(&app, member).await?;
    let mut typed = Typed::sent(&form, &definitions)?;
    let change = typed.change(&app, member, &Typed::default(), &definitions).await?;
    if !typed.wrong.is_empty() {
        return Ok(page(member, None, &definitions, typed, StatusCode::BAD_REQUEST));
    }
    let render = |found: &FoundGroup| found.group.number.to_string().into_bytes();
    let lens = move |_: &_| Ok::<_, DirectoryError>(change);
    match app.directory.create_group(&member.actor, None, GroupView::default(), lens, render).await {
        Ok(answer) => Ok(to(&format!("{}/console/groups/{}", member.visit.base, String::from_utf8_lossy(&answer.body)))),
        Err(error) => {
            let status = typed.refuse(error, member)?;
            Ok(page(member, None, &definitions, typed, status))
        }
    }
}

/// POST /console/groups/{number}/edit
pub async fn submit(State(app): State<AppState>, Path(number): Path<String>, form: Form<Member>) -> Result<Response, Trouble> {
    let member = &form.sender;
    let definitions = definitions(&app, member).await?;
    let before = found(&app, member, &number).await?;
    let mut typed = Typed::sent(&form, &definitions)?;
    let change = typed.change(&app, member, &Typed::of(&before, &definitions), &definitions).await?;
    if !typed.wrong.is_empty() {
        return Ok(page(member, Some(&before), &definitions, typed, StatusCode::BAD_REQUEST));
    }
    let version = form.text("version")?.parse::<Version>().ok();
    let demanded = Precondition { matches: version.map(|version| Versions::OneOf(vec![version])), ..Precondition::default() };
    let key = GroupKey::Number(before.group.number);
    let lens = move |_: &_| Ok::<_, DirectoryError>(change);
    match app.directory.update_group(&member.actor, key, demanded, WithMembers::Nobody, lens).await {
        Ok(_) => Ok(to(&format!("{}/console/groups/{}", member.visit.base, before.group.number))),
        Err(error) => {
            let status = typed.refuse(error, member)?;
            Ok(page(member, Some(&before), &definitions, typed, status))
        }
    }
}

async fn definitions(app: &AppState, member: &Member) -> Result<Vec<Definition>, Trouble> {
    let read = app.directory.attribute_definitions(&member.actor, AttributeObject::Group).await;
    read.map_err(|error| Trouble::of(error, member.visit.texts))
}

impl Typed {
    /// What the form of a group begins with.
    fn of(found: &FoundGroup, definitions: &[Definition]) -> Self {
        fn text(value: Option<&impl ToString>) -> String {
            value.map(ToString::to_string).unwrap_or_default()
        }
        let group = &found.group;
        let own = [
            group.name.to_string(),
            text(group.description.as_ref()),
            text(group.email.as_ref()),
            text(group.responsible.as_ref()),
            text(group.additional_information.as_ref()),
            text(group.external_id.as_ref()),
        ];
        let own = FIELDS.into_iter().map(str::to_owned).zip(own);
        let custom = definitions.iter().map(|definition| {
            let value = group.custom.get(&definition.name).map(|value| value.to_text()).unwrap_or_default();
            (format!("{CUSTOM}{}", definition.name), value)
        });
        Self { values: own.chain(custom).collect(), ..Self::default() }
    }

    fn sent(form: &Form<Member>, definitions: &[Definition]) -> Result<Self, Trouble> {
        let custom = definitions.iter().map(|definition| format!("{CUSTOM}{}", definition.name));
        let mut values = BTreeMap::new();
        for name in FIELDS.into_iter().map(str::to_owned).chain(custom) {
            // Browsers send lines of a text with CR and LF.
            let text = form.text(&name)?.replace("\r\n", "\n");
            values.insert(name, text);
        }
        Ok(Self { values, ..Self::default() })
    }

    /// What is other than before. What cannot be is kept in mind, by field.
    async fn change(&mut self, app: &AppState, member: &Member, before: &Self, definitions: &[Definition]) -> Result<GroupChange, Trouble> {
        let responsible = match self.differing("responsible", before) {
            None => Change::Keep,
            Some(text) if text.is_empty() => Change::Clear,
            Some(text) => match somebody(app, member, &text).await? {
                Some(number) => Change::Set(PersonReference::Number(number)),
                None => {
                    self.wrong.insert("responsible".to_owned(), member.visit.texts.group.person_unknown.to_owned());
                    Change::Keep
                }
            },
        };
        let name = if self.values.get("name").is_none_or(String::is_empty) {
            self.wrong.insert("name".to_owned(), member.visit.texts.group.name_missing.to_owned());
            Change::Keep
        } else {
            self.parsed("name", before, LongLabel::parse)
        };
        let mut change = GroupChange {
            name,
            description: self.parsed("description", before, Description::parse),
            email: self.parsed("email", before, Email::parse),
            additional_information: self.parsed("additional_information", before, AdditionalInformation::parse),
            external_id: self.parsed("external_id", before, ExternalId::parse),
            responsible,
            ..GroupChange::default()
        };
        for definition in definitions {
            let name = format!("{CUSTOM}{}", definition.name);
            let Some(text) = self.differing(&name, before) else { continue };
            let said = if text.is_empty() { Ok(Change::Clear) } else { definition.parse_text(&text).map(Change::Set) };
            match said {
                Ok(said) => drop(change.custom.insert(definition.name.clone(), said)),
                Err(error) => drop(self.wrong.insert(name, error.reason)),
            }
        }
        Ok(change)
    }

    /// What was typed, where that is other than before.
    fn differing(&self, name: &str, before: &Self) -> Option<String> {
        let value = self.values.get(name).map_or("", String::as_str);
        (before.values.get(name).map_or("", String::as_str) != value).then(|| value.to_owned())
    }

    fn parsed<T>(&mut self, name: &str, before: &Self, parse: impl Fn(&str) -> Result<T, InvalidText>) -> Change<T> {
        match self.differing(name, before) {
            None => Change::Keep,
            Some(text) if text.is_empty() => Change::Clear,
            Some(text) => match parse(&text) {
                Ok(value) => Change::Set(value),
                Err(error) => {
                    self.wrong.insert(name.to_owned(), error.reason);
                    Change::Keep
                }
            },
        }
    }

    /// What the directory would not do, beside its field where it names one.
    fn refuse(&mut self, error: DirectoryError, member: &Member) -> Result<StatusCode, Trouble> {
        let (field, words, status) = match error {
            DirectoryError::Invalid { field, reason } => (field, reason, StatusCode::BAD_REQUEST),
            DirectoryError::Conflict { field, .. } => (field.to_owned(), error.to_string(), StatusCode::CONFLICT),
            DirectoryError::PreconditionFailed => {
                (String::new(), member.visit.texts.group.changed_meanwhile.to_owned(), StatusCode::CONFLICT)
            }
            error => return Err(Trouble::of(error, member.visit.texts)),
        };
        if self.values.contains_key(&field) {
            self.wrong.insert(field, words);
        } else {
            self.notice = Some(format!("{field} {words}").trim().to_owned());
        }
        Ok(status)
    }
}

fn page(member: &Member, found: Option<&FoundGroup>, definitions: &[Definition], mut typed: Typed, status: StatusCode) -> Response {
    let (common, texts) = (member.visit.texts, &member.visit.texts.group);
    if !typed.wrong.is_empty() {
        typed.notice = Some(texts.wrong_fields.to_owned());
    }
    let labels = [common.name, texts.description, common.email, texts.responsible, texts.additional_information, texts.external_id];
    let own = FIELDS.into_iter().zip(labels).map(|(name, label)| {
        let hint = if name == "responsible" { texts.person_hint } else { "" };
        (name.to_owned(), label.to_owned(), hint.to_owned())
    });
    let custom = definitions.iter().map(|definition| {
        let hint = definition.description.as_ref().map(ToString::to_string).unwrap_or_default();
        (format!("{CUSTOM}{}", definition.name), definition.label.to_string(), hint)
    });
    let fields = own.chain(custom).map(|(name, label, hint)| Field {
        value: typed.values.remove(&name).unwrap_or_default(),
        wrong: typed.wrong.remove(&name),
        is_long: name == "description" || name == "additional_information",
        name,
        label,
        hint,
    });
    let fields = fields.collect();
    let page = Edit {
        frame: Frame::within(member, "groups"),
        known: found.map(|found| (found.group.number.get(), found.group.name.to_string())),
        version: found.map(|found| found.version.to_string()).unwrap_or_default(),
        notice: typed.notice,
        fields,
    };
    html(status, &page)
}
