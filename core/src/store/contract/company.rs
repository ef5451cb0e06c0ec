//! People and groups with everything that SCIM shows: several addresses, managers, groups inside groups.

use super::attributes::give_attributes;
use super::strangers::{Dice, strangers};
use super::{Ground, line, wait};
use crate::directory::{GroupsList, ListedGroup, ListedPerson};
use crate::query::{GroupQuery, Including, PersonQuery, WithMembers};
use serde_json::{Value, json};

/// All that there is, as it is listed.
pub(super) struct Company {
    pub(super) people: Vec<ListedPerson>,
    pub(super) groups: Vec<ListedGroup>,
}

/// Everything comes along.
pub(super) const ALL: Including = Including { groups: true, manager: true, total: true };

impl Company {
    /// Founds one of so many people.
    pub(super) fn found(ground: &Ground, people: u64) -> Self {
        ground.load(strangers(people));
        give_attributes(ground, people / 2);
        give_profiles(ground, people);
        let groups = people / 8;
        form_groups(ground, people, groups);
        nest_groups(ground, groups);
        let people = wait(ground.directory.list_people(&ground.operator, &PersonQuery::default(), ALL)).expect("people").items;
        Self { people, groups: everything(ground, GroupQuery::default()).items }
    }
}

pub(super) fn everything(ground: &Ground, query: GroupQuery) -> GroupsList {
    let query = GroupQuery { members: WithMembers::All, ..query };
    wait(ground.directory.list_groups(&ground.operator, &query, true)).expect("groups")
}

/// One of the words, or nothing.
fn word(dice: &mut Dice, words: &[&str]) -> String {
    let chosen = dice.below(words.len() + 1);
    words.get(chosen).map_or_else(String::new, |word| (*word).to_owned())
}

/// A list of entries, as JSON: with or without the place of the own value, one of them primary or none.
fn entries(dice: &mut Dice, values: &[&str], has_place: bool) -> String {
    let primary = dice.below(4);
    let mut list: Vec<Value> = Vec::new();
    for place in 0..dice.below(4) {
        let mut entry = json!({ "value": values[dice.below(values.len())] });
        let (kind, display) = (word(dice, &["work", "Home", "other"]), dice.text(1));
        if !kind.is_empty() {
            entry["type"] = kind.into();
        }
        if dice.below(3) == 0 {
            entry["display"] = display.into();
        }
        if place == primary || dice.below(3) == 0 {
            entry["primary"] = (place == primary).into();
        }
        list.push(entry);
    }
    if has_place && !list.is_empty() && dice.below(2) == 0 {
        let place = dice.below(list.len());
        if let Some(entry) = list[place].as_object_mut() {
            entry.remove("value");
        }
    }
    if list.is_empty() { String::new() } else { Value::from(list).to_string() }
}

fn address(dice: &mut Dice) -> String {
    let country = ["NO", "de", "BR"][dice.below(3)];
    let first = json!({ "type": "work", "street": dice.text(2), "country": country, "primary": dice.below(2) == 0 });
    if dice.below(2) == 0 { String::new() } else { json!([first, { "formatted": dice.text(2) }]).to_string() }
}

fn give_profiles(ground: &Ground, people: u64) {
    let mut dice = Dice::new(0x9120);
    let yes = |dice: &mut Dice| ["true", "false"][dice.below(2)].to_owned();
    let lines = (1..=people).map(|number| {
        let manager = if dice.below(3) == 0 { String::new() } else { format!("E{}", 1 + dice.below(people as usize)) };
        let cells = [
            ("external_id", format!("E{number}")),
            ("manager", if manager == format!("E{number}") { String::new() } else { manager }),
            ("title", dice.text(2)),
            ("nick_name", dice.text(2)),
            ("formatted_name", dice.text(3)),
            ("honorific_prefix", word(&mut dice, &["Dr.", "dr.", "Ms."])),
            ("user_type", word(&mut dice, &["Employee", "employee", "Contractor"])),
            ("profile_url", word(&mut dice, &["https://A.example", "https://a.example", "https://b.example"])),
            ("locale", word(&mut dice, &["nb-NO", "en-US"])),
            ("division", dice.text(1)),
            ("employee_number", word(&mut dice, &["007", "42", "A1"])),
            ("level", word(&mut dice, &["Junior", "Senior"])),
            ("has_license", yes(&mut dice)),
            ("archived", yes(&mut dice)),
            ("send_invite", yes(&mut dice)),
            ("projects", word(&mut dice, &["1;2", "2;30", "30"])),
            ("last_active_at", word(&mut dice, &["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"])),
            ("emails", entries(&mut dice, &["p1@example.com", "P2@example.com", "o@ß.example", "🦀@x"], true)),
            ("phones", entries(&mut dice, &["%", "+47 1", "e\u{301}", "SS"], true)),
            ("photos", entries(&mut dice, &["https://a.example/P", "https://a.example/p"], true)),
            ("ims", entries(&mut dice, &["jane", "JANE", "o'neill"], false)),
            ("addresses", address(&mut dice)),
        ];
        let cells: Vec<(&str, &str)> = cells.iter().map(|(column, text)| (*column, text.as_str())).collect();
        line(number + 1, &cells)
    });
    ground.load(lines.collect());
}

fn form_groups(ground: &Ground, people: u64, groups: u64) {
    let mut dice = Dice::new(0x9009);
    let mut lines = Vec::new();
    for number in 1..=groups {
        let responsible = if dice.below(2) == 0 { format!("E{}", 1 + dice.below(people as usize)) } else { String::new() };
        let (name, description) = (format!("{}{number}", dice.text(3)), dice.text(3));
        let id = format!("G{number}");
        let group = [
            ("group_external_id", id.as_str()),
            ("group_name", name.as_str()),
            ("group_description", description.as_str()),
            ("group_responsible", responsible.as_str()),
        ];
        lines.push(line(number + 1, &group));
        for _ in 0..dice.below(12) {
            let member = format!("E{}", 1 + dice.below(people as usize));
            lines.push(line(number + 1, &[("group_external_id", id.as_str()), ("person_external_id", member.as_str())]));
        }
    }
    assert_eq!(ground.load_groups(lines).refused, []);
}

/// Groups inside earlier ones only, so that none is inside itself; some in two, some three deep.
fn nest_groups(ground: &Ground, groups: u64) {
    let mut dice = Dice::new(0x2e57);
    let lines = (2..=groups).flat_map(|inner| {
        let outer: Vec<u64> = (0..dice.below(3)).map(|_| 1 + dice.below((inner - 1) as usize) as u64).collect();
        outer.into_iter().map(move |outer| {
            let (outer, inner) = (format!("G{outer}"), format!("G{inner}"));
            line(2, &[("group_external_id", outer.as_str()), ("subgroup_external_id", inner.as_str())])
        })
    });
    assert_eq!(ground.load_groups(lines.collect()).refused, []);
}
