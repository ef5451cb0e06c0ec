use super::super::{AttributePath, Path, parse};
use super::{read, shown};

#[test]
fn every_example_of_the_rfc_is_read() {
    let examples = [
        r#"userName eq "bjensen""#,
        r#"name.familyName co "O'Malley""#,
        r#"userName sw "J""#,
        r#"urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J""#,
        "title pr",
        r#"meta.lastModified gt "2011-05-13T04:42:34Z""#,
        r#"meta.lastModified ge "2011-05-13T04:42:34Z""#,
        r#"meta.lastModified lt "2011-05-13T04:42:34Z""#,
        r#"meta.lastModified le "2011-05-13T04:42:34Z""#,
        r#"title pr and userType eq "Employee""#,
        r#"title pr or userType eq "Intern""#,
        "\n schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"",
        "userType eq \"Employee\" and (emails co \"example.com\" or\n  emails.value co \"example.org\")",
        "userType ne \"Employee\" and not (emails co \"example.com\" or\n  emails.value co \"example.org\")",
        r#"userType eq "Employee" and (emails.type eq "work")"#,
        "userType eq \"Employee\" and emails[type eq \"work\" and\n  value co \"@example.com\"]",
        "emails[type eq \"work\" and value co \"@example.com\"] or\n  ims[type eq \"xmpp\" and value co \"@foo.com\"]",
    ];

    assert!(examples.iter().all(|text| parse(text).is_ok()));
}

#[test]
fn and_binds_more_tightly_than_or() {
    assert_eq!(read("a pr or b pr and c pr or d pr"), "(a pr or (b pr and c pr) or d pr)");
}

#[test]
fn not_binds_more_tightly_than_and() {
    assert_eq!(read("not (a pr) and b pr"), "(not (a pr) and b pr)");
}

#[test]
fn parentheses_group() {
    assert_eq!(read("(a pr or b pr) and c pr"), "((a pr or b pr) and c pr)");
}

#[test]
fn parentheses_that_change_nothing_leave_nothing() {
    assert_eq!(read("((a pr)) and (b pr and (c pr))"), "(a pr and b pr and c pr)");
    assert_eq!(read("(a pr or b pr) or (c pr and d pr)"), "(a pr or b pr or (c pr and d pr))");
}

#[test]
fn operators_are_read_in_any_case() {
    assert_eq!(read(r#"a EQ "x" AND NOT (b Pr) Or c sW "y""#), r#"((a eq "x" and not (b pr)) or c sw "y")"#);
}

#[test]
fn every_operator_is_read() {
    for operator in ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] {
        let text = format!("a {operator} \"x\"");
        assert_eq!(read(&text), text);
    }
}

#[test]
fn not_may_touch_its_parenthesis() {
    assert_eq!(read("not(a pr)"), "not (a pr)");
}

#[test]
fn a_value_path_has_logic_of_its_own() {
    let text = r#"emails[not (type eq "work") and (primary eq true or value pr)]"#;

    assert_eq!(read(text), r#"emails[(not (type eq "work") and (primary eq true or value pr))]"#);
}

#[test]
fn a_sub_attribute_after_a_value_path_is_asked_of_the_same_value() {
    assert_eq!(read(r#"emails[type eq "work"].value eq "x""#), r#"emails[(type eq "work" and value eq "x")]"#);
    assert_eq!(read(r#"emails[a pr and b pr].value pr or c pr"#), "(emails[(a pr and b pr and value pr)] or c pr)");
    assert_eq!(read(r#"emails[a pr or b pr].value pr"#), "emails[((a pr or b pr) and value pr)]");
}

#[test]
fn values_are_those_of_json() {
    assert_eq!(read("a eq null or a eq true or a eq false"), "(a eq null or a eq true or a eq false)");
    assert_eq!(read("a gt -12 or a le 0"), "(a gt Integer(-12) or a le Integer(0))");
    assert_eq!(read("a gt 1.5 or a gt 1E-2"), "(a gt Decimal(1.5) or a gt Decimal(0.01))");
    assert_eq!(read("a lt 99999999999999999999"), "a lt Decimal(1e20)");
}

#[test]
fn texts_have_the_escapes_of_json() {
    assert_eq!(read(r#"a eq "\"\\\/\b\f\n\r\t""#), r#"a eq "\"\\/\u{8}\u{c}\n\r\t""#);
    assert_eq!(read(r#"a eq "\u00e9\ud83e\udd80 é🦀""#), r#"a eq "é🦀 é🦀""#);
}

#[test]
fn what_looks_like_syntax_inside_a_text_is_text() {
    assert_eq!(read(r#"a eq "x\" and (b pr" and c pr"#), r#"(a eq "x\" and (b pr" and c pr)"#);
}

#[test]
fn blanks_of_every_kind_and_number_stand_between_words() {
    assert_eq!(read("  a\t eq\r\n\u{a0} \"x\"  and ( b  pr ) "), r#"(a eq "x" and b pr)"#);
}

#[test]
fn a_word_of_the_language_may_be_an_attribute() {
    assert_eq!(read("not pr and NOT eq 1"), "(not pr and NOT eq Integer(1))");
    assert_eq!(read("not[a pr] or (not[b pr])"), "(not[a pr] or not[b pr])");
    assert_eq!(read("and pr and or pr and eq eq 1"), "(and pr and or pr and eq eq Integer(1))");
    assert_eq!(read("true eq true and null pr"), "(true eq true and null pr)");
}

#[test]
fn a_reference_is_an_attribute() {
    assert_eq!(read("members[$ref pr] or manager.$ref pr"), "(members[$ref pr] or manager.$ref pr)");
}

#[test]
fn a_node_stands_at_its_attribute_and_a_chain_at_its_word() {
    let tree = parse(" a pr and b pr").expect("a filter");
    assert_eq!(tree.position, 6);

    let path = parse(" (emails[value pr])").expect("a filter");
    assert_eq!(path.position, 2);
}

fn attribute(text: &str) -> (Option<String>, String, Option<String>) {
    let path = AttributePath::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(path.text, text);
    (path.schema, path.name, path.sub)
}

fn parts(schema: Option<&str>, name: &str, sub: Option<&str>) -> (Option<String>, String, Option<String>) {
    (schema.map(str::to_owned), name.to_owned(), sub.map(str::to_owned))
}

#[test]
fn an_attribute_has_a_name_and_perhaps_a_sub_attribute() {
    assert_eq!(attribute("userName"), parts(None, "userName", None));
    assert_eq!(attribute("name.familyName"), parts(None, "name", Some("familyName")));
    assert_eq!(attribute("a-b_c1"), parts(None, "a-b_c1", None));
}

#[test]
fn the_schema_of_an_attribute_ends_at_its_last_colon() {
    let core = "urn:ietf:params:scim:schemas:core:2.0:User";

    assert_eq!(attribute(&format!("{core}:userName")), parts(Some(core), "userName", None));
    assert_eq!(attribute(&format!("{core}:name.familyName")), parts(Some(core), "name", Some("familyName")));
}

#[test]
fn a_schema_by_itself_is_kept_whole() {
    let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    assert_eq!(attribute(enterprise).1, "User");
    assert_eq!(Path::parse(enterprise).map(|path| path.attribute.text), Ok(enterprise.to_owned()));
}

fn path(text: &str) -> (String, Option<String>, Option<String>) {
    let path = Path::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    (path.attribute.text, path.filter.map(|filter| shown(&filter)), path.sub)
}

#[test]
fn every_example_of_a_path_in_the_rfc_is_read() {
    let of = |attribute: &str, filter: Option<&str>, sub: Option<&str>| {
        (attribute.to_owned(), filter.map(str::to_owned), sub.map(str::to_owned))
    };

    assert_eq!(path("members"), of("members", None, None));
    assert_eq!(path("name.familyName"), of("name.familyName", None, None));
    assert_eq!(path(r#"addresses[type eq "work"]"#), of("addresses", Some(r#"type eq "work""#), None));
    assert_eq!(path(r#"members[value pr].displayName"#), of("members", Some("value pr"), Some("displayName")));
}
