use super::super::{Fields, filter};
use super::{read, refused};

#[test]
fn what_is_unknown_is_named_with_its_place() {
    let cases = [
        ("Nome eq 'a'", 0, "unknown field `Nome`"),
        ("name eq 'a'", 0, "unknown field `name`"),
        ("Name eq 'a' and Age gt 5", 16, "unknown field `Age`"),
        ("Name EQ 'a'", 5, "unknown operator `EQ`"),
        ("Name like 'a'", 5, "unknown operator `like`"),
        ("Name eq 'a' xor Name eq 'b'", 12, "unknown operator `xor`"),
        ("Name in ('a','b')", 5, "unknown operator `in`"),
        ("SubstringOf('a',Name)", 0, "unknown function `SubstringOf`"),
        ("not soundex(Name)", 4, "unknown function `soundex`"),
        ("isof(Name,'Edm.String')", 0, "unknown function `isof`"),
        ("cast(Name,'Edm.Int32') eq 1", 0, "unknown function `cast`"),
        ("any(Name)", 0, "unknown function `any`"),
        ("Name eq TRUE", 8, "unknown field `TRUE`"),
        ("Responsible eq 'a'", 0, "unknown field `Responsible`"),
        ("Name eq duration'P1D'", 8, "unknown kind of literal `duration`"),
        ("Žluť eq 'a'", 0, "unknown field `Žluť`"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn an_error_says_what_is_allowed() {
    assert!(refused("Age gt 5").message.ends_with("there are Id, Name, Description, Email, Phone, AdditionalInformation, Login, Status"));
    assert!(refused("soundex(Name)").message.contains("substringof, startswith, endswith, contains"));
    assert!(refused("Name like 'a'").message.contains("or, and, eq, ne, gt, ge, lt, le, add"));
}

#[test]
fn broken_syntax_is_refused_where_it_breaks() {
    let cases = [
        ("Name eq", 7, "expected a field, a function, a value or `(`, found the end"),
        ("eq 'a'", 0, "found `eq`"),
        ("Name eq eq 'a'", 8, "found `eq`"),
        ("(Name eq 'a'", 12, "expected an operator or `)`, found the end"),
        ("Name eq 'a')", 11, "`)` without its `(`"),
        ("()", 1, "found `)`"),
        ("Name eq 'a' 'b'", 12, "expected an operator or the end, found a value"),
        ("Name eq 'a", 8, "no closing apostrophe"),
        ("Name eq 'a' and", 15, "found the end"),
        ("Name eq \"a\"", 8, "unexpected character `\"`"),
        ("Name = 'a'", 5, "unexpected character `=`"),
        ("Manager/Name eq 'a'", 7, "paths into other objects"),
        ("substringof('a')", 0, "`substringof` takes 2 arguments, not 1"),
        ("substring(Name) eq 'a'", 0, "`substring` takes 2 or 3 arguments, not 1"),
        ("length() eq 1", 0, "`length` takes 1 argument, not 0"),
        ("concat('a','b','c') eq 'abc'", 0, "`concat` takes 2 arguments, not 3"),
        ("concat('a',) eq 'a'", 11, "found `)`"),
        ("concat(,'a') eq 'a'", 7, "found `,`"),
        ("concat('a' 'b') eq 'ab'", 11, "expected `,` or `)`"),
        ("Name eq 'a\0'", 8, "NUL"),
        ("length(Name) eq 1.", 16, "no number"),
        ("length(Name) eq 1e", 16, "no number"),
        ("length(Name) eq 1e999", 16, "no number"),
        ("length(Name) eq 12abc", 16, "no number"),
        ("length(Name) eq 99999999999999999999L", 16, "no number"),
        ("Id eq guid'6fe49ce4'", 6, "is no guid"),
        ("datetime'2010-13-25' eq null", 0, "is no datetime"),
        ("datetime'2010-10-25T12:34:56Z' eq null", 0, "is no datetime"),
        ("datetimeoffset'2010-10-25T12:34:56' eq null", 0, "is no datetimeoffset"),
        ("2010-13-25 eq null", 0, "is no moment"),
        ("time'12:34' eq null", 0, "is no time"),
        ("X'0' eq null", 0, "is no X"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn an_apostrophe_that_is_not_doubled_gets_a_hint() {
    assert!(refused("Name eq 'O'Neil'").message.contains("an apostrophe inside a text is written twice"));
    assert!(refused("Name eq 'O'Neil and Phone eq ''").message.contains("an apostrophe inside a text is written twice"));
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let cases = [
        ("Name eq 5", 5, "text cannot be compared with a number"),
        ("5 eq Name", 2, "a number cannot be compared with text"),
        ("Name eq true", 5, "text cannot be compared with a condition"),
        ("Name eq datetime'2010-10-25'", 5, "text cannot be compared with a date"),
        ("Name", 0, "expected a condition"),
        ("Name and true", 0, "expected a condition"),
        ("'a'", 0, "found text"),
        ("null", 0, "found null"),
        ("true and null", 9, "found null"),
        ("tolower(Name)", 0, "found text"),
        ("length(Name)", 0, "found a number"),
        ("not Name eq 'a'", 4, "in parentheses"),
        ("- Name eq 'a'", 2, "expected a number, found text"),
        ("Name add 1 eq 2", 0, "expected a number, found text"),
        ("length(5) eq 1", 7, "expected text, found a number"),
        ("replace('a',1,2) eq 'a'", 12, "expected text, found a number"),
        ("round('a') eq 1", 6, "expected a number, found text"),
        ("substring(Name,'a') eq 'a'", 15, "expected a number, found text"),
        ("substring(Name,1.5) eq 'a'", 15, "whole numbers"),
        ("year(Name) eq 2010", 5, "`year` takes a date that is written out"),
        ("year(time'PT1H') eq 1", 5, "`year` takes a date"),
        ("true gt false", 5, "has no order"),
        ("X'00' lt X'01'", 6, "has no order"),
        ("substringof('a',Name) eq 'true'", 22, "a condition cannot be compared with text"),
        ("datetime'2010-10-25' eq time'PT1H'", 21, "a date cannot be compared with a time"),
    ];

    for (text, position, message) in cases {
        let error = refused(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(error.position, position, "{text}: {error}");
    }
}

#[test]
fn an_id_is_equal_to_a_guid_or_not_and_nothing_else() {
    for text in [
        "Id gt guid'6fe49ce4-56d4-475f-9483-1adca6b2976c'",
        "Id gt null",
        "guid'6fe49ce4-56d4-475f-9483-1adca6b2976c' lt guid'6fe49ce4-56d4-475f-9483-1adca6b2976c'",
        "Id eq 'Jane'",
        "Id eq 5",
        "Id eq Name",
        "Id eq Status",
        "Id eq true",
        "substringof('6fe4',Id)",
        "tolower(Id) eq 'a'",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn a_status_takes_neither_order_nor_functions() {
    for text in [
        "substringof('Act',Status)",
        "substringof(Status,'Act')",
        "contains(Status,'Act')",
        "startswith(Status,'Act')",
        "endswith(Status,'ive')",
        "tolower(Status) eq 'active'",
        "length(Status) eq 6",
        "Status gt 'Active'",
        "Status le null",
        "Status eq 1",
        "Status eq Name",
        "Name eq Status",
        "Status",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn groups_have_their_own_fields() {
    let accepted =
        ["Responsible eq 'Jane'", "Responsible eq null", "substringof('a',AdditionalInformation)", "Login eq null", "Status eq 'Active'"]
            .map(|text| filter(text, &Fields::GROUPS).is_ok());

    assert_eq!(accepted, [true, true, true, false, false]);
}

#[test]
fn a_message_never_repeats_a_long_word_whole() {
    let error = refused(&format!("{} eq 'a'", "x".repeat(3000)));

    assert!(error.message.len() < 300);
}
