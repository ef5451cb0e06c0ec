//! Random filters, orders and windows over strange people; needles that break careless programs.

use super::{Dice, Twins, strangers};
use crate::support::Api;
use form_urlencoded::Serializer;

const PEOPLE: i32 = 250;
const FILTERS: usize = 120;
const TEXTS: [&str; 6] = ["Name", "Login", "Email", "Phone", "Description", "AdditionalInformation"];
const ATTRIBUTES: [&str; 9] =
    ["userName", "displayName", "name.givenName", "name.familyName", "emails", "emails.value", "title", "externalId", "phoneNumbers.value"];

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn random_filters_of_risk_manager_are_answered_alike() {
    let mut twins = Twins::with(strangers(PEOPLE)).await;
    let mut dice = Dice(0xf117e5);

    for _ in 0..FILTERS {
        let filter = odata(&mut dice, 3);
        let order = format!("{}{}", dice.one_of(&TEXTS), dice.one_of(&["", " asc", " desc"]));
        let (page, size) = (dice.below(4).to_string(), ["1", "7", "100"][dice.below(3)]);
        let query = Serializer::new(String::new())
            .extend_pairs([("$filter", filter.as_str()), ("$orderby", &order), ("page", &page), ("page_size", size)])
            .finish();
        twins.ask(|admin| admin.call(Api::Modulo, "GET", &format!("/api/Organization/people?{query}"))).await;
        let count = Serializer::new(String::new()).append_pair("$filter", &filter).finish();
        twins.ask(|admin| admin.call(Api::Modulo, "GET", &format!("/api/Organization/people/count?{count}"))).await;
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn random_filters_of_scim_are_answered_alike() {
    let mut twins = Twins::with(strangers(PEOPLE)).await;
    let mut dice = Dice(0x5c13);

    for _ in 0..FILTERS {
        let (filter, sort) = (scim(&mut dice, 3), dice.one_of(&ATTRIBUTES));
        let (start, count) = ((dice.below(40) + 1).to_string(), ["0", "1", "50"][dice.below(3)]);
        let direction = dice.one_of(&["ascending", "descending"]);
        let query = Serializer::new(String::new())
            .extend_pairs([
                ("filter", filter.as_str()),
                ("sortBy", sort),
                ("sortOrder", direction),
                ("startIndex", &start),
                ("count", count),
            ])
            .finish();
        twins.ask(|admin| admin.call(Api::Scim, "GET", &format!("/scim/v2/Users?{query}"))).await;
    }
}

/// NUL, control characters, texts beyond every index, and halves of what belongs together.
#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn strange_needles_are_looked_for_alike() {
    let mut twins = Twins::with(strangers(60)).await;
    let needles = [
        "\0",
        "a\0b",
        "\u{1}",
        "\u{7f}",
        "\t",
        "\r\n",
        "",
        " ",
        "%",
        "%%",
        "_",
        "\\",
        "\\%",
        "🦀",
        "🦀🦀🦀",
        "\u{10ffff}",
        "\u{301}",
        "İ",
        "ß",
        "ss",
        "Σ",
        "ς",
    ];
    let long = ["x".repeat(3000), "🦀".repeat(700), "%".repeat(1000), "a".repeat(5000)];

    for needle in needles.into_iter().chain(long.iter().map(String::as_str)) {
        let text = odata_text(needle);
        for filter in [
            format!("Name eq {text}"),
            format!("Name gt {text}"),
            format!("substringof({text},Description)"),
            format!("startswith(Login,{text})"),
            format!("not endswith(Name,{text})"),
            format!("indexof(Name,{text}) eq 1"),
        ] {
            let query = Serializer::new(String::new()).append_pair("$filter", &filter).finish();
            twins.ask(|admin| admin.call(Api::Modulo, "GET", &format!("/api/Organization/people?{query}"))).await;
        }
        for operator in ["eq", "ne", "co", "sw", "ew", "gt", "le"] {
            let filter = format!("userName {operator} {}", serde_json::Value::from(needle));
            let query = Serializer::new(String::new()).append_pair("filter", &filter).finish();
            twins.ask(|admin| admin.call(Api::Scim, "GET", &format!("/scim/v2/Users?{query}"))).await;
        }
    }
}

fn odata_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn odata(dice: &mut Dice, depth: usize) -> String {
    if depth > 0 && dice.below(2) == 0 {
        let operator = dice.one_of(&["and", "or"]);
        return format!("{}({} {operator} {})", dice.one_of(&["", "not "]), odata(dice, depth - 1), odata(dice, depth - 1));
    }
    let (field, needle) = (dice.one_of(&TEXTS), odata_text(&dice.text(2)));
    match dice.below(8) {
        0 => format!("{field} {} {needle}", dice.one_of(&["eq", "ne", "gt", "ge", "lt", "le"])),
        1 => format!("substringof({needle},{field})"),
        2 => format!("startswith({field},{needle})"),
        3 => format!("endswith({field},{needle})"),
        4 => format!("{field} {} null", dice.one_of(&["eq", "ne"])),
        5 => format!("tolower({field}) eq {needle}"),
        6 => format!("length({field}) gt {}", dice.below(9)),
        _ => format!("{field} eq {}", dice.one_of(&TEXTS)),
    }
}

fn scim(dice: &mut Dice, depth: usize) -> String {
    if depth > 0 && dice.below(2) == 0 {
        let operator = dice.one_of(&["and", "or"]);
        return format!("{}({} {operator} {})", dice.one_of(&["", "not "]), scim(dice, depth - 1), scim(dice, depth - 1));
    }
    let (attribute, needle) = (dice.one_of(&ATTRIBUTES), serde_json::Value::from(dice.text(2)));
    match dice.below(4) {
        0 => format!("{attribute} pr"),
        1 => format!("active eq {}", dice.below(2) == 0),
        _ => format!("{attribute} {} {needle}", dice.one_of(&["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"])),
    }
}
