use super::super::{AttributePath, Path};
use super::refused;

#[test]
fn broken_syntax_is_refused_where_it_breaks() {
    let cases = [
        ("", 0, "expected an attribute, `not` or `(`, found the end"),
        ("   ", 3, "found the end"),
        ("userName", 8, "expected an operator, found the end"),
        ("userName eq", 11, "expected a value (a text in double quotes, a number, true, false or null), found the end"),
        ("userName regex \"a\"", 9, "unknown operator `regex`; there are eq, ne, co, sw, ew, gt, ge, lt, le and pr"),
        ("userName = \"a\"", 9, "unexpected character `=`"),
        ("userName eq 'a'", 12, "a text stands in double quotes"),
        ("userName eq jane", 12, "found `jane`"),
        ("userName eq True", 12, "found `True`"),
        ("userName eq NULL", 12, "found `NULL`"),
        ("\"a\" eq userName", 0, "expected an attribute, `not` or `(`, found a value"),
        ("userName eq userName", 12, "found `userName`"),
        ("(title pr", 9, "expected `and`, `or` or `)`, found the end"),
        ("title pr)", 8, "`)` without its `(`"),
        ("emails[value pr", 15, "expected `and`, `or` or `]`, found the end"),
        ("title pr]", 8, "`]` without its `[`"),
        ("emails[value pr)", 15, "found `)`"),
        ("(title pr]", 9, "found `]`"),
        ("()", 1, "found `)`"),
        ("emails[]", 7, "found `]`"),
        ("title pr title pr", 9, "expected `and`, `or` or the end, found `title`"),
        ("title pr xor title pr", 9, "found `xor`"),
        ("title pr and", 12, "found the end"),
        ("and title pr", 4, "unknown operator `title`"),
        ("not title pr", 4, "expected `(` after `not`, found `title`"),
        ("not not (title pr)", 4, "expected `(` after `not`, found `not`"),
        ("not", 3, "expected `(` after `not`, found the end"),
        ("emails[phones[value pr]]", 13, "brackets stand in no brackets"),
        ("emails[type eq \"work\"].value", 28, "expected an operator, found the end"),
        ("emails[type eq \"work\"].value.x pr", 23, "`value.x` is no sub-attribute"),
        ("emails[type eq \"work\"]. pr", 26, "expected an operator"),
        ("emails[type eq \"work\"] eq \"x\"", 23, "expected `and`, `or` or the end, found `eq`"),
        (".title pr", 0, "found `.`"),
        ("title pr.x", 6, "unknown operator `pr.x`"),
        ("1title pr", 0, "`1title` is no number"),
        ("title pr; drop", 8, "unexpected character `;`"),
        ("títle pr", 1, "unexpected character `í`"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn operators_have_blanks_around_them() {
    let cases = [
        ("title eq\"a\"", 8, "expected a blank after `eq`"),
        ("title eq \"a\"and title pr", 12, "expected a blank before `and`"),
        ("(title pr)or title pr", 10, "expected a blank before `or`"),
        ("title pr and(title pr)", 12, "expected a blank after `and`"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn values_that_are_not_those_of_json_are_refused_where_they_break() {
    let cases = [
        ("a eq \"x", 5, "no closing quotation mark"),
        ("a eq \"x\\\"", 5, "no closing quotation mark"),
        ("a eq \"x\\", 5, "no closing quotation mark"),
        ("a eq \"x\\q\"", 5, "a text of JSON has not"),
        ("a eq \"\\ud83e\"", 5, "a text of JSON has not"),
        ("a eq \"x\ny\"", 5, "a text of JSON has not"),
        ("a eq 01", 5, "`01` is no number"),
        ("a eq 1.", 5, "`1.` is no number"),
        ("a eq .5", 5, "found `.`"),
        ("a eq +5", 5, "unexpected character `+`"),
        ("a eq -", 5, "`-` is no number"),
        ("a eq 1e999", 5, "`1e999` is no number"),
        ("a eq 5x", 5, "`5x` is no number"),
        ("a eq 2011-05-13T04:42:34Z", 5, "a text stands in double quotes"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn what_is_no_attribute_is_refused_with_its_reason() {
    let cases = [
        ("name.family.x", "at most one sub-attribute"),
        ("name.", "begins with a letter"),
        ("name.1x", "begins with a letter"),
        ("-name", "begins with a letter"),
        ("", "begins with a letter"),
        ("na me", "begins with a letter"),
        ("urn:userName", "a URN such as"),
        ("1rn:a:userName", "a URN such as"),
        ("a_b:c:userName", "a URN such as"),
        ("urn:a b:userName", "a URN such as"),
        ("urn:a:", "begins with a letter"),
    ];

    for (text, message) in cases {
        let error = AttributePath::parse(text).expect_err(text);
        assert!(error.message.contains(message), "{text}: {error}");
    }
}

#[test]
fn a_wrong_attribute_is_refused_where_it_stands() {
    assert_eq!(refused("title pr and (a.b.c pr)").position, 14);
    assert_eq!(refused("emails[a.b.c pr]").position, 7);
}

#[test]
fn what_is_no_path_is_refused_where_it_breaks() {
    let cases = [
        ("", 0, "expected an attribute, found the end"),
        ("title pr", 6, "expected `[` or the end, found `pr`"),
        ("emails[value pr] pr", 17, "expected `.` and a sub-attribute, or the end, found `pr`"),
        ("emails[value pr].", 17, "expected an attribute, found the end"),
        ("emails[value pr].a.b", 17, "is no sub-attribute"),
        ("emails[value pr].a pr", 19, "found `pr`"),
        ("emails[value pr][type pr]", 16, "found `[`"),
        ("emails[phones[value pr]]", 13, "brackets stand in no brackets"),
        ("(members)", 0, "found `(`"),
        ("not (members pr)", 4, "found `(`"),
        ("/members", 0, "unexpected character `/`"),
    ];

    for (text, position, message) in cases {
        let error = Path::parse(text).expect_err(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}
