//! Which values fit which definitions, and that every value comes back from each of its forms.

use super::*;
use crate::domain::{AttributeNumber, Change, Instant};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

const TEXTS: [AttributeKind; 4] = [AttributeKind::Text, AttributeKind::Paragraph, AttributeKind::Link, AttributeKind::Email];

fn name(text: &str) -> VariableName {
    VariableName::parse(text).expect("a name")
}

fn defined(kind: AttributeKind, limits: Limits) -> Result<Definition, InvalidText> {
    let new = NewDefinition { kind, limits, ..NewDefinition::text(AttributeObject::Person, name("it")) };
    let now = Instant::from_milliseconds(0).expect("an instant");
    Definition::new(new, AttributeNumber::new(1).expect("a number"), now)
}

fn of(kind: AttributeKind) -> Definition {
    defined(kind, Limits::default()).expect("a definition")
}

fn number(number: f64) -> Option<Finite> {
    Finite::new(number)
}

/// The values that a definition refuses, with what it says.
fn refused(definition: &Definition, json: Json) -> String {
    definition.parse_json(&json).expect_err("a refusal").to_string()
}

#[test]
fn each_type_takes_its_own_json() {
    let file = json!([{ "Name": "cv.pdf", "Size": 1200 }]);
    for (kind, json) in [
        (AttributeKind::Text, json!("Text")),
        (AttributeKind::Paragraph, json!("two\nlines")),
        (AttributeKind::Link, json!("https://abccompany.com")),
        (AttributeKind::Email, json!("jane@example.com")),
        (AttributeKind::DateTime, json!("2016-09-16T10:39:25.000Z")),
        (AttributeKind::Number, json!(12.5)),
        (AttributeKind::Outline, json!(["Europe", "Norway", "Europe"])),
        (AttributeKind::ListOfOptions, json!(["a", "b"])),
        (AttributeKind::Attachment, file.clone()),
        (AttributeKind::Image, file),
        (AttributeKind::Relationship, json!({ "Id": "7", "Caption": "Main office" })),
    ] {
        assert_eq!(of(kind).parse_json(&json).expect("a value").to_json(), json, "{kind}");
    }
}

#[test]
fn each_type_refuses_the_json_of_another() {
    for kind in AttributeKind::ALL {
        for wrong in [json!(true), json!(null), json!([1]), json!([[]]), json!({ "x": 1 })] {
            assert!(of(kind).parse_json(&wrong).is_err(), "{kind}: {wrong}");
        }
        if kind != AttributeKind::Number {
            assert!(of(kind).parse_json(&json!(12)).is_err(), "{kind}");
        }
        if !TEXTS.contains(&kind) {
            assert!(of(kind).parse_json(&json!("text")).is_err(), "{kind}");
        }
    }
}

#[test]
fn a_refusal_names_the_attribute_and_the_rule_and_not_the_value() {
    assert_eq!(refused(&of(AttributeKind::Number), json!("secret")), "custom.it must be a number");
    assert_eq!(refused(&of(AttributeKind::Email), json!("secret")), "custom.it must look like name@host and have at most 254 bytes");
    let link = "custom.it must be an address that begins with https://, http://, ftp:// or mailto:";
    assert_eq!(refused(&of(AttributeKind::Link), json!("javascript:alert(1)")), link);
}

#[test]
fn types_that_people_do_not_have_are_refused_with_the_reason() {
    let reason = |text| AttributeKind::parse(text).expect_err("a refusal").to_string();

    assert!(reason("GeoReference").contains("people and groups do not have"));
    assert!(reason("Formula").contains("Risk Manager itself computes"));
    assert!(reason("Shoe").contains("Text, Paragraph, Link, E-mail, Date/Time, Number"));
}

#[test]
fn a_type_is_found_by_its_letters() {
    for (text, kind) in
        [("list-of-options", AttributeKind::ListOfOptions), ("DATETIME", AttributeKind::DateTime), ("email", AttributeKind::Email)]
    {
        assert_eq!(AttributeKind::parse(text), Ok(kind));
    }
    for kind in AttributeKind::ALL {
        assert_eq!(AttributeKind::parse(kind.as_str()), Ok(kind));
    }
}

#[test]
fn moments_are_read_with_an_offset_or_in_utc() {
    let read = |text: &str| of(AttributeKind::DateTime).parse_text(text).map(|value| value.to_text()).ok();

    for text in ["2016-09-16T10:39:25Z", "2016-09-16T12:39:25+02:00", "2016-09-16T10:39:25", "2016-09-16 10:39:25"] {
        assert_eq!(read(text).as_deref(), Some("2016-09-16T10:39:25.000Z"), "{text}");
    }
    assert_eq!(read("2016-09-16").as_deref(), Some("2016-09-16T00:00:00.000Z"));
    for text in ["", "today", "2016-02-30", "-000001-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00", "2016-09-16T10:39:25[Europe/Oslo]"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn numbers_are_finite_and_zero_has_no_sign() {
    let read = |text: &str| of(AttributeKind::Number).parse_text(text).ok();

    assert_eq!(read("-0"), read("0"));
    assert_eq!(read(" 1e3 "), number(1000.0).map(AttributeValue::Number));
    for text in ["", "inf", "NaN", "1e999", "1,5", "0x10", "1 000"] {
        assert_eq!(read(text), None, "{text}");
    }
    assert_eq!(number(12.0).map(|number| number.to_json().to_string()).as_deref(), Some("12"));
}

#[test]
fn a_text_keeps_within_its_lengths() {
    let limits = Limits { length_min: Some(2), length_max: Some(3), ..Limits::default() };
    let definition = defined(AttributeKind::Text, limits).expect("a definition");

    assert!(["🦀🦀", "abc"].into_iter().all(|text| definition.parse_text(text).is_ok()));
    assert_eq!(refused(&definition, json!("a")), "custom.it must have at least 2 characters");
    assert_eq!(refused(&definition, json!("abcd")), "custom.it must have at most 3 characters");
    assert!(of(AttributeKind::Text).parse_text(&"a".repeat(20_001)).is_err());
    assert!(of(AttributeKind::Text).parse_text("a\0b").is_err());
}

#[test]
fn a_number_keeps_within_its_bounds_and_decimals() {
    let limits = Limits { value_min: number(-1.5), value_max: number(10.0), decimal_places: Some(1), ..Limits::default() };
    let definition = defined(AttributeKind::Number, limits).expect("a definition");

    assert!([json!(-1.5), json!(10), json!(0.1)].iter().all(|json| definition.parse_json(json).is_ok()));
    assert_eq!(refused(&definition, json!(-1.6)), "custom.it must be at least -1.5");
    assert_eq!(refused(&definition, json!(10.1)), "custom.it must be at most 10");
    assert_eq!(refused(&definition, json!(0.25)), "custom.it must have at most 1 decimals");
    let whole = defined(AttributeKind::Number, Limits { decimal_places: Some(0), ..Limits::default() }).expect("a definition");
    assert_eq!(refused(&whole, json!(1.5)), "custom.it must be a whole number");
    assert!(whole.parse_json(&json!(1e20)).is_ok());
}

#[test]
fn only_allowed_options_are_taken_and_each_once() {
    let limits = Limits { allowed_values: vec!["Red".into(), "Blue".into()], ..Limits::default() };
    let definition = defined(AttributeKind::ListOfOptions, limits).expect("a definition");

    assert!([json!([]), json!(["Blue", "Red"])].iter().all(|json| definition.parse_json(json).is_ok()));
    assert_eq!(refused(&definition, json!(["red"])), "custom.it must hold only what its definition allows: Red, Blue");
    assert_eq!(refused(&definition, json!(["Red", "Red"])), "custom.it must have each item once");
    assert_eq!(refused(&of(AttributeKind::Outline), json!([" "])), "custom.it must have no empty items");
}

#[test]
fn files_are_counted_and_flat() {
    let limits = Limits { files_max: Some(1), ..Limits::default() };
    let definition = defined(AttributeKind::Image, limits).expect("a definition");

    assert_eq!(refused(&definition, json!([{ "a": 1 }, { "a": 1 }])), "custom.it must have at most 1 files");
    assert!(refused(&definition, json!([{ "a": [1] }])).contains("must have only texts"));
    assert!(refused(&definition, json!([{}])).contains("must have 1 to 50 members"));
}

#[test]
fn a_relationship_has_an_id_or_a_caption_and_nothing_else() {
    let definition = of(AttributeKind::Relationship);

    for (json, shown) in [
        (json!({ "Id": "7" }), json!({ "Id": "7", "Caption": null })),
        (json!({ "Caption": "Main", "Id": null }), json!({ "Id": null, "Caption": "Main" })),
    ] {
        assert_eq!(definition.parse_json(&json).map(|value| value.to_json()), Ok(shown));
    }
    for json in [json!({}), json!({ "Id": null }), json!({ "Id": " " }), json!({ "Id": 7 }), json!({ "Id": "7", "Name": "x" })] {
        assert!(definition.parse_json(&json).is_err(), "{json}");
    }
}

#[test]
fn limits_are_those_of_the_type_and_make_sense() {
    for (kind, limits, expected) in [
        (AttributeKind::Number, Limits { length_max: Some(3), ..Limits::default() }, "length_max is no limit of the type Number"),
        (AttributeKind::Text, Limits { value_min: number(1.0), ..Limits::default() }, "value_min is no limit of the type Text"),
        (AttributeKind::Text, Limits { length_max: Some(0), ..Limits::default() }, "length_max must be 1 to 20000"),
        (
            AttributeKind::Text,
            Limits { length_min: Some(4), length_max: Some(3), ..Limits::default() },
            "length_min must not be greater than the greatest length",
        ),
        (
            AttributeKind::Number,
            Limits { value_min: number(2.0), value_max: number(1.0), ..Limits::default() },
            "value_min must not be greater than the greatest value",
        ),
        (AttributeKind::Number, Limits { decimal_places: Some(16), ..Limits::default() }, "decimal_places must be 0 to 15"),
        (AttributeKind::Image, Limits { files_max: Some(0), ..Limits::default() }, "files_max must be 1 to 200"),
        (
            AttributeKind::ListOfOptions,
            Limits { allowed_values: vec!["a".into(), "a".into()], ..Limits::default() },
            "allowed_values must be different from one another",
        ),
    ] {
        assert_eq!(defined(kind, limits).map_err(|error| error.to_string()), Err(expected.to_owned()));
    }
}

#[test]
fn an_edit_changes_what_it_names_and_no_more() {
    let before = defined(AttributeKind::Text, Limits { length_max: Some(3), ..Limits::default() }).expect("a definition");
    let mut limits = LimitsChange { length_min: Change::Set(1), ..LimitsChange::default() };
    limits.clear(Limit::LengthMax);

    let changed = before.changed(DefinitionChange { limits, ..DefinitionChange::default() }).expect("a definition");

    assert_eq!(changed, Definition { limits: Limits { length_min: Some(1), ..Limits::default() }, ..before.clone() });
    assert_eq!(before.changed(DefinitionChange::default()), Ok(before));
}

#[test]
fn a_write_names_only_attributes_of_its_own_kind_of_record() {
    let definitions = [of(AttributeKind::Number)];
    let check = |object, attribute: &str, change| {
        check_custom(&definitions, object, &[(name(attribute), change)].into()).map_err(|error| error.to_string())
    };
    let twelve = || Change::Set(number(12.0).map(AttributeValue::Number).expect("a number"));

    assert_eq!(check(AttributeObject::Person, "it", twelve()), Ok(()));
    assert_eq!(check(AttributeObject::Person, "it", Change::Clear), Ok(()));
    let unfit = Change::Set(AttributeValue::parse("12").expect("a text"));
    assert_eq!(check(AttributeObject::Person, "it", unfit), Err("custom.it must be a number".to_owned()));
    let unknown = |attribute: &str| Err(format!("custom.{attribute} is not an attribute of this organization"));
    assert_eq!(check(AttributeObject::Person, "shoe", Change::Clear), unknown("shoe"));
    assert_eq!(check(AttributeObject::Group, "it", twelve()), unknown("it"));
}

/// Text with everything that lists, JSON and CSV give a meaning to.
fn some_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c;\\[\\]{}\"\\\\ ,\n]{0,8}", "\\PC{0,12}", Just("[\"a\"]".to_owned()), Just("{\"Id\":\"7\"}".to_owned())]
}

fn some_item() -> impl Strategy<Value = Box<str>> {
    some_text().prop_filter("not blank", |text| !text.trim().is_empty()).prop_map(Into::into)
}

fn some_member() -> impl Strategy<Value = Json> {
    let finite = any::<f64>().prop_filter("finite", |value| value.is_finite());
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        finite.prop_map(Json::from),
        some_text().prop_map(Json::from)
    ]
}

fn some_files() -> impl Strategy<Value = Vec<Map<String, Json>>> {
    let file = vec(("[A-Za-z]{1,5}", some_member()), 1..4).prop_map(|members| members.into_iter().collect::<Map<_, _>>());
    vec(file, 0..3)
}

/// Any value that some type takes, with that type.
pub(crate) fn some_value() -> impl Strategy<Value = (AttributeKind, AttributeValue)> {
    let related = (proptest::option::of(some_item()), proptest::option::of(some_item()));
    prop_oneof![
        some_text().prop_map(|text| (AttributeKind::Text, AttributeValue::Text(text.into()))),
        some_text().prop_map(|text| (AttributeKind::Paragraph, AttributeValue::Text(text.into()))),
        "https://[a-z]{1,8}\\.example/[a-z;?&]{0,8}".prop_map(|text| (AttributeKind::Link, AttributeValue::Text(text.into()))),
        "[a-z;]{1,8}@[a-z]{1,8}".prop_map(|text| (AttributeKind::Email, AttributeValue::Text(text.into()))),
        any::<f64>().prop_filter_map("finite", |value| Some((AttributeKind::Number, AttributeValue::Number(Finite::new(value)?)))),
        (-62_135_596_800_000_i64..=253_402_300_799_999)
            .prop_filter_map("a moment", |at| Some((AttributeKind::DateTime, AttributeValue::Moment(Instant::from_milliseconds(at)?)))),
        vec(some_item(), 0..4).prop_map(|items| (AttributeKind::Outline, AttributeValue::List(items))),
        proptest::collection::btree_set(some_item(), 0..4)
            .prop_map(|items| (AttributeKind::ListOfOptions, AttributeValue::List(items.into_iter().collect()))),
        some_files().prop_map(|files| (AttributeKind::Attachment, AttributeValue::Files(files))),
        some_files().prop_map(|files| (AttributeKind::Image, AttributeValue::Files(files))),
        related.prop_filter_map("either", |(id, caption)| {
            Some((AttributeKind::Relationship, AttributeValue::Relationship(Relationship::new(id.as_deref(), caption.as_deref())?)))
        }),
    ]
}

proptest! {
    #[test]
    fn every_value_comes_back_from_its_json((kind, value) in some_value()) {
        let json = value.to_json().to_string();

        let read = of(kind).parse_json(&serde_json::from_str(&json).expect("JSON"));

        prop_assert_eq!(read, Ok(value), "{}", json);
    }

    #[test]
    fn every_value_comes_back_from_its_text((kind, value) in some_value()) {
        let text = value.to_text();

        prop_assert_eq!(of(kind).parse_text(&text), Ok(value), "{}", text);
    }

    #[test]
    fn any_text_is_a_value_or_refused(text in some_text()) {
        for kind in AttributeKind::ALL {
            if let Ok(value) = of(kind).parse_text(&text) {
                prop_assert_eq!(of(kind).check(&value), Ok(()));
            }
        }
    }
}
