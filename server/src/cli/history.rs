//! `rollcall history`

use super::global::{Global, operator};
use super::output::Output;
use super::{Failure, Outcome};
use clap::Args;
use rollcall_core::directory::RecordedChange;
use rollcall_core::domain::{PersonNumber, Slug};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt::Write;

/// Changes that are read at once.
const PAGE: u64 = 1000;
/// Characters of a value that a line shows; the whole of it is in `--json`.
const SHOWN_MAX: usize = 60;

/// Print an organization's history, one line a change, oldest first
///
/// A line says when, who, through which API as which request, what was done, and each field with its value before and
/// after. Memberships are changes too: theirs name the person and the group; so are groups put into groups.
#[derive(Debug, Args)]
pub(super) struct History {
    /// The organization
    #[arg(value_parser = Slug::parse)]
    slug: Slug,
    /// Only what happened to this person and to its memberships
    #[arg(long, value_name = "NUMBER")]
    person: Option<PersonNumber>,
    /// Only what came after this change
    #[arg(long, value_name = "SEQUENCE", default_value_t = 0)]
    after: i64,
    /// One JSON object a line, with whole values
    #[arg(long)]
    json: bool,
}

/// A change as JSON.
#[derive(Serialize)]
struct Document<'a> {
    sequence: i64,
    at: String,
    actor: &'a str,
    dialect: Option<&'a str>,
    request: Option<&'a str>,
    action: &'a str,
    subject: &'a str,
    number: i64,
    group: Option<i64>,
    before: Option<&'a Map<String, Value>>,
    after: Option<&'a Map<String, Value>>,
}

impl History {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let directory = global.directory().await?;
        let actor = operator(&directory, &self.slug).await?;
        let mut output = Output::new();
        let mut after = self.after;
        loop {
            let changes = directory.history(&actor, after, self.person, PAGE).await?;
            for change in &changes {
                if self.json { output.json(&Document::from(change))? } else { output.line(line(change))? }
            }
            match changes.last() {
                Some(last) if changes.len() as u64 == PAGE => after = last.sequence,
                _ => break,
            }
        }
        output.finish()?;
        Ok(Outcome::Done)
    }
}

impl<'a> From<&'a RecordedChange> for Document<'a> {
    fn from(change: &'a RecordedChange) -> Self {
        Self {
            sequence: change.sequence,
            at: change.at.to_milliseconds_text(),
            actor: &change.actor,
            dialect: change.dialect.as_deref(),
            request: change.request.as_deref(),
            action: &change.action,
            subject: &change.subject,
            number: change.number,
            group: change.group.map(|group| group.get()),
            before: change.before.as_ref(),
            after: change.after.as_ref(),
        }
    }
}

/// `7 2026-01-01T00:00:00.000Z operator: update person 3, title "Dean" -> "Chair"`
fn line(change: &RecordedChange) -> String {
    let RecordedChange { sequence, actor, action, subject, number, .. } = change;
    let mut line = format!("{sequence} {} {actor}", change.at.to_milliseconds_text());
    if let (Some(dialect), Some(request)) = (&change.dialect, &change.request) {
        // Writing into a String cannot fail.
        let _ = write!(line, " through {dialect} as {request}");
    }
    let _ = match change.group {
        Some(group) if subject == "membership" => write!(line, ": {action} {subject} of person {number} in group {group}"),
        Some(group) => write!(line, ": {action} {subject} {number} in group {group}"),
        None => write!(line, ": {action} {subject} {number}"),
    };
    for field in fields(change) {
        let value = |side: &Option<Map<String, Value>>| side.as_ref().and_then(|side| side.get(field)).map_or("nothing".to_owned(), shown);
        let (before, after) = (value(&change.before), value(&change.after));
        let _ = match (&change.before, &change.after) {
            (Some(_), Some(_)) => write!(line, ", {field} {before} -> {after}"),
            (None, _) => write!(line, ", {field} {after}"),
            (Some(_), None) => write!(line, ", {field} {before}"),
        };
    }
    line
}

/// The fields that a change speaks of, by name; the group of a membership or a subgroup is told already.
fn fields(change: &RecordedChange) -> Vec<&String> {
    let mut fields: Vec<&String> = [&change.before, &change.after].into_iter().flatten().flat_map(Map::keys).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.retain(|field| change.group.is_none() || *field != "group");
    fields
}

/// A value as JSON, so that it stays on its line; the end of a long one is left out.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= SHOWN_MAX {
        return text;
    }
    text.chars().take(SHOWN_MAX).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcall_core::domain::{GroupNumber, Instant};
    use serde_json::json;

    fn change(before: Value, after: Value) -> RecordedChange {
        RecordedChange {
            sequence: 7,
            at: Instant::from_milliseconds(1_767_225_600_000).expect("an instant"),
            actor: "operator".to_owned(),
            dialect: None,
            request: None,
            action: "update".to_owned(),
            subject: "person".to_owned(),
            number: 3,
            group: None,
            before: before.as_object().cloned(),
            after: after.as_object().cloned(),
        }
    }

    #[test]
    fn a_line_says_each_field_before_and_after() {
        let line = line(&change(json!({ "title": "De\nan", "phone": "1" }), json!({ "title": "Chair", "archived": true })));

        let told = r#"7 2026-01-01T00:00:00.000Z operator: update person 3, archived nothing -> true, phone "1" -> nothing, title "De\nan" -> "Chair""#;
        assert_eq!(line, told);
    }

    #[test]
    fn a_line_says_through_what_a_membership_came() {
        let change = RecordedChange {
            dialect: Some("proofhub".to_owned()),
            request: Some("r-1".to_owned()),
            action: "create".to_owned(),
            subject: "membership".to_owned(),
            group: GroupNumber::new(5).ok(),
            ..change(Value::Null, json!({ "group": 5, "title": "Chair" }))
        };

        let told =
            r#"7 2026-01-01T00:00:00.000Z operator through proofhub as r-1: create membership of person 3 in group 5, title "Chair""#;
        assert_eq!(line(&change), told);
    }

    #[test]
    fn a_line_says_which_group_came_into_which() {
        let change = RecordedChange {
            action: "create".to_owned(),
            subject: "subgroup".to_owned(),
            group: GroupNumber::new(5).ok(),
            ..change(Value::Null, json!({ "group": 5 }))
        };

        assert_eq!(line(&change), "7 2026-01-01T00:00:00.000Z operator: create subgroup 3 in group 5");
    }

    #[test]
    fn a_long_value_is_cut() {
        assert_eq!(shown(&json!("é".repeat(100))).chars().count(), SHOWN_MAX + 1);
    }
}
