//! Bodies that no honest client sends: whatever they are, they are refused, or what comes out fits the schemas.

use super::super::super::media::Document;
use super::*;
use crate::dialect::scim::schema::GROUP;
use proptest::prelude::*;

/// Bytes of a body, as many as a body may have.
const BYTES_MAX: usize = 1024 * 1024;

fn user_schema() -> ResourceSchema {
    ResourceSchema::user(&[])
}

/// What becomes of the text of a body.
fn of_text(text: &str) -> Result<Map<String, Value>, Error> {
    read(Document::read(text.as_bytes())?.0, &user_schema(), NOTHING)
}

fn refusal(text: &str) -> String {
    let error = of_text(text).expect_err("a refusal");
    assert_eq!(error.status().as_u16(), 400, "{}", error.detail());
    assert!(error.detail().len() < 500, "{}", error.detail());
    error.scim_type().map_or("", |word| word.as_str()).to_owned()
}

/// A user with this member.
fn with(member: &str) -> String {
    format!(r#"{{"schemas":["{USER}"],"userName":"jane",{member}}}"#)
}

#[test]
fn what_is_no_object_is_refused() {
    for text in ["", "[]", "[{}]", "null", "true", "1", "\"x\"", "{", "{}}", "\u{feff}{}", "{\"a\":}", "{'a':1}", "{\"a\":1,}"] {
        assert_eq!(refusal(text), "invalidSyntax", "{text}");
    }
}

#[test]
fn a_member_that_is_given_twice_is_refused_in_one_case_and_in_two() {
    for member in [r#""title":"a","title":"a""#, r#""title":"a","Title":"a""#, r#""name":{"givenName":"a","givenName":"a"}"#] {
        assert_eq!(refusal(&with(member)), "invalidSyntax", "{member}");
    }
}

#[test]
fn no_text_holds_a_zero_byte_or_half_a_character() {
    for text in [r"\u0000", r"a\u0000b", r"\ud800", r"\udc00\ud800", r"\ud83dx"] {
        for member in [format!(r#""title":"{text}""#), format!(r#""{text}":1"#), format!(r#""emails":[{{"value":"{text}"}}]"#)] {
            assert_eq!(refusal(&with(&member)), "invalidSyntax", "{member}");
        }
    }
}

#[test]
fn nesting_has_an_end_wherever_it_is() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        for attribute in ["title", "emails", "meta", "password", "unknown"] {
            let value = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
            assert_eq!(refusal(&with(&format!(r#""{attribute}":{value}"#))), "invalidSyntax", "{attribute}");
        }
    }
}

#[test]
fn a_body_full_of_names_is_refused_at_the_first_and_not_repeated() {
    let names: Vec<String> = (0..BYTES_MAX / 10).map(|number| format!(r#""a{number}":1"#)).collect();

    assert_eq!(refusal(&with(&names.join(","))), "invalidSyntax");
}

#[test]
fn a_body_full_of_values_is_read() {
    let values = vec![r#"{"value":"a@example.org"}"#; BYTES_MAX / 30].join(",");

    let read = of_text(&with(&format!(r#""emails":[{values}]"#))).expect("a resource");

    assert_eq!(read["emails"].as_array().map(Vec::len), Some(BYTES_MAX / 30));
}

/// Names that mean something, in some case, and some that mean nothing.
fn some_name() -> impl Strategy<Value = String> {
    let schema = user_schema();
    let attributes = schema.bare().chain(schema.extensions().flat_map(|extension| &extension.attributes));
    let named = attributes.flat_map(|attribute| std::iter::once(attribute).chain(&attribute.sub_attributes));
    let urns = schema.extensions().map(|extension| extension.id.to_owned());
    let names: Vec<String> = named.map(|attribute| attribute.name.to_string()).chain(urns).chain(["password".to_owned()]).collect();
    (prop::sample::select(names), 0..4_u8).prop_map(|(name, case)| match case {
        0 => name.to_uppercase(),
        1 => name.to_lowercase(),
        _ => name,
    })
}

fn some_value() -> impl Strategy<Value = Value> {
    let simple = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-zA-Z@.]{0,6}".prop_map(Value::from),
        Just(Value::from("True")),
    ];
    simple.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((some_name(), inner), 0..4).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Whether a value that came out is of its attribute's type.
fn fits(attribute: &Attribute, value: &Value) -> bool {
    match (attribute.multi_valued, value) {
        (true, Value::Array(items)) => items.iter().all(|item| is_one(attribute, item)),
        (true, _) => false,
        (false, value) => is_one(attribute, value),
    }
}

fn is_one(attribute: &Attribute, value: &Value) -> bool {
    match attribute.kind {
        Kind::String | Kind::Reference | Kind::DateTime | Kind::Binary => value.is_string(),
        Kind::Boolean => value.is_boolean(),
        Kind::Integer => value.is_i64(),
        Kind::Decimal => value.is_number(),
        Kind::Complex => value.as_object().is_some_and(|members| !members.is_empty() && all_fit(&attribute.sub_attributes, members)),
    }
}

fn all_fit(attributes: &[Attribute], members: &Map<String, Value>) -> bool {
    members.iter().all(|(name, value)| {
        let attribute = attributes.iter().find(|attribute| attribute.name == name.as_str());
        attribute.is_some_and(|attribute| !attribute.is_read_only() && fits(attribute, value))
    })
}

proptest! {
    #[test]
    fn whatever_is_sent_is_refused_or_fits_and_then_reads_the_same_again(
        members in prop::collection::vec((some_name(), some_value()), 0..6),
        is_lenient: bool,
    ) {
        let schema = user_schema();
        let mut document: Map<String, Value> = members.into_iter().collect();
        document.insert("schemas".to_owned(), json!([USER]));
        document.insert("userName".to_owned(), json!("jane"));
        let allows = move |_: &Quirk| is_lenient;

        let Ok(resource) = read(document, &schema, &allows) else { return Ok(()) };

        for (name, value) in &resource {
            let is_sound = match schema.extension(name) {
                Some(extension) => name == extension.id && value.as_object().is_some_and(|members| all_fit(&extension.attributes, members)),
                None => schema.bare().any(|attribute| attribute.name == name.as_str() && !attribute.is_read_only() && fits(attribute, value)),
            };
            prop_assert!(is_sound, "{name}: {value}");
        }
        prop_assert_eq!(read(resource.clone(), &schema, NOTHING).ok(), Some(resource));
    }
}

#[test]
fn a_group_is_no_user() {
    let document = json!({ "schemas": [GROUP], "displayName": "Board", "userName": "x" });

    let error = read(object(document), &ResourceSchema::group(&[]), NOTHING).expect_err("a refusal");

    assert_eq!(error.detail(), "There is no attribute `userName`.");
}
