use super::{read, read_group, refused};

#[test]
fn what_is_unknown_is_named_with_its_place() {
    let cases = [
        ("nome pr", 0, "unknown attribute `nome`"),
        ("title pr and Age gt 5", 13, "unknown attribute `Age`"),
        ("name.nick pr", 0, "unknown attribute `name.nick`"),
        ("password pr", 0, "unknown attribute `password`"),
        ("urn:x:y:title pr", 0, "unknown attribute `urn:x:y:title`"),
        ("emails[kind eq \"work\"]", 7, "unknown attribute `kind` in `emails`, which has value, display, type, primary"),
        ("emails[emails.value eq \"work\"]", 7, "unknown attribute `emails.value` in `emails`"),
        ("emails.value.x pr", 0, "at most one sub-attribute"),
        ("title.value pr", 0, "unknown attribute `title.value`"),
        ("members pr", 0, "unknown attribute `members`"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn an_attribute_of_an_extension_without_its_urn_is_refused_with_the_name_that_it_has() {
    let error = refused(r#"department eq "Sales""#);

    assert!(error.message.ends_with("there is `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`"), "{error}");
}

#[test]
fn what_is_a_persons_is_no_groups() {
    assert!(read_group("userName pr").is_err());
    assert!(read_group("members pr").is_ok());
}

#[test]
fn operators_that_a_type_does_not_take_are_refused_with_those_that_it_takes() {
    let cases = [
        ("active gt true", 7, "`active` is a boolean, which takes eq, ne and pr, not gt"),
        ("active co true", 7, "a boolean"),
        ("emails[primary lt true]", 15, "a boolean"),
        ("meta.created co \"2011\"", 13, "`meta.created` is a moment, which takes eq, ne, gt, ge, lt, le and pr, not co"),
        ("urn:ietf:params:scim:schemas:extension:rollcall:2.0:User:number sw 1", 64, "a number, which takes eq, ne, gt, ge, lt, le and pr"),
        ("x509Certificates.value gt \"TUlJ\"", 23, "binary, which takes eq, ne and pr, not gt"),
        ("x509Certificates co \"TUlJ\"", 17, "binary, which takes eq, ne and pr, not co"),
        (
            "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User:level gt \"5\"",
            63,
            "one of a list of numbers, which takes eq, ne and pr",
        ),
        ("title gt null", 6, "null is compared with eq and ne alone"),
        ("title co null", 6, "null is compared with eq and ne alone"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn values_that_do_not_fit_are_refused_with_what_fits() {
    let cases = [
        ("title eq 5", 9, "`title` is a string: it is compared with a text in double quotes"),
        ("title eq true", 9, "a text in double quotes"),
        ("active eq 1", 10, "`active` is a boolean: it is compared with true or false"),
        ("active eq \"yes\"", 10, "true or false"),
        ("meta.created gt 2011", 16, "`meta.created` is a moment: it is compared with a text such as \"2011-05-13T04:42:34Z\""),
        ("meta.created gt \"2011-05-13\"", 16, "a moment"),
        ("meta.created gt \"yesterday\"", 16, "a moment"),
        ("meta.created gt \"2011-02-30T00:00:00Z\"", 16, "a moment"),
        ("urn:ietf:params:scim:schemas:extension:rollcall:2.0:User:number eq \"5\"", 67, "a number without quotes"),
        ("id eq 5", 6, "a text in double quotes"),
        ("userName eq false", 12, "a text in double quotes"),
        ("groups.$ref eq 1", 15, "a text in double quotes"),
        ("roles eq 1", 9, "a text in double quotes"),
        ("meta.resourceType eq 1", 21, "a text in double quotes"),
        ("title eq \"a\\u0000\"", 9, "NUL"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn what_has_parts_is_compared_part_by_part() {
    let cases = [
        ("name eq \"Jane\"", 0, "`name` has parts"),
        ("meta gt \"2011\"", 0, "`meta` has parts"),
        ("addresses co \"Oslo\"", 0, "`addresses` has parts"),
        ("title pr or urn:ietf:params:scim:schemas:extension:enterprise:2.0:User eq \"x\"", 12, "has parts"),
        ("urn:ietf:params:scim:schemas:core:2.0:User eq \"x\"", 0, "has parts"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn brackets_stand_only_behind_what_has_values_or_parts() {
    let cases = [
        ("title[value eq \"x\"]", "`title` has one value without parts"),
        ("emails.value[value eq \"x\"]", "`emails.value` has one value"),
        ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User[department pr]", "unknown attribute"),
    ];

    for (text, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, 0, "{text}: {error}");
    }
}

#[test]
fn nobody_is_found_by_a_version() {
    assert_eq!(refused("meta.version eq \"W/1\"").message, "`meta.version` cannot be asked for in a filter");
}

#[test]
fn broken_syntax_is_refused_too() {
    assert!(read("title").is_err() && read("").is_err());
}
