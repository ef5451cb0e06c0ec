use super::{JANE_ID, found, read};
use rollcall_core::query::Filter;

const NOBODY: [i64; 0] = [];

#[test]
fn a_blank_filter_passes_everybody() {
    assert_eq!([read(""), read(" \t")], [Ok(Filter::everything()), Ok(Filter::everything())]);
}

#[test]
fn a_person_is_found_by_guid_as_the_documentation_writes_it() {
    assert_eq!(found(&format!("Id eq guid'{JANE_ID}'")), [1]);
    assert_eq!(found(&format!("Id ne guid'{JANE_ID}'")), [2, 3]);
}

#[test]
fn a_guid_may_also_be_bare_or_text_and_stand_on_either_side() {
    assert_eq!(found(&format!("Id eq {JANE_ID}")), [1]);
    assert_eq!(found(&format!("Id eq '{}'", JANE_ID.to_uppercase())), [1]);
    assert_eq!(found(&format!("'{JANE_ID}' ne Id")), [2, 3]);
    assert_eq!(found(&format!("guid'{JANE_ID}' eq Id")), [1]);
}

#[test]
fn everybody_has_an_id() {
    assert_eq!(found("Id eq null"), NOBODY);
    assert_eq!(found("Id ne null"), [1, 2, 3]);
}

#[test]
fn text_is_found_with_substringof_as_the_documentation_writes_it() {
    assert_eq!(found("substringof('Jane',Name)"), [1]);
}

#[test]
fn substringof_takes_its_arguments_in_either_order() {
    assert_eq!(found("substringof(Name,'Jane')"), [1]);
    assert_eq!(found("substringof(tolower(Name), toupper('an'))"), [1]);
}

#[test]
fn substringof_with_two_fields_or_two_literals_looks_for_the_first_in_the_second() {
    assert_eq!(found("substringof(Login,Email)"), [1]);
    assert_eq!(found("substringof(Email,Login)"), NOBODY);
    assert_eq!(found("substringof('a','abc')"), [1, 2, 3]);
    assert_eq!(found("substringof('abc','a')"), NOBODY);
}

#[test]
fn contains_of_a_later_version_takes_the_haystack_first() {
    assert_eq!(found("contains(Name,'doe')"), [1]);
    assert_eq!(found("contains('doe',Name)"), NOBODY);
}

#[test]
fn startswith_and_endswith_take_the_haystack_first() {
    assert_eq!(found("startswith(Name,'jane')"), [1]);
    assert_eq!(found("endswith(Name,'neil')"), [2]);
    assert_eq!(found("startswith('Jane',Name)"), NOBODY);
}

#[test]
fn people_without_a_username_are_found_by_eq_null() {
    assert_eq!(found("Login eq null"), [3]);
    assert_eq!(found("null eq Login"), [3]);
    assert_eq!(found("Login ne null"), [1, 2]);
}

#[test]
fn not_equal_finds_those_who_have_no_value() {
    assert_eq!(found("Phone ne 'x'"), [1, 2, 3]);
    assert_eq!(found("not (Phone eq 'x')"), [1, 2, 3]);
    assert_eq!(found("not (Login ge 'a')"), [3]);
}

#[test]
fn case_is_ignored_in_every_script_by_every_test_of_text() {
    assert_eq!(found("Name eq 'jANE dOE'"), [1]);
    assert_eq!(found("Name eq 'žOFIE'"), [3]);
    assert_eq!(found("Name gt 'jane DOE'"), [2, 3]);
    assert_eq!(found("Name le 'JANE DOE'"), [1]);
    assert_eq!(found("substringof('ŽOF',Name) or endswith(Name,'NEIL')"), [2, 3]);
}

#[test]
fn indexof_and_replace_compare_exactly() {
    assert_eq!(found("indexof(Name,'doe') eq -1 and indexof(Name,'Doe') eq 5"), [1]);
    assert_eq!(found("replace(Name,'Jane ','') eq 'doe'"), [1]);
    assert_eq!(found("replace(Name,'jane ','') eq 'doe'"), NOBODY);
}

#[test]
fn places_are_counted_in_characters() {
    assert_eq!(found("length(Name) eq 5"), [3]);
    assert_eq!(found("substring(Name,1) eq 'ofie'"), [3]);
    assert_eq!(found("substring(Name,0,1) eq 'ž'"), [3]);
    assert_eq!(found("indexof(Name,'o') eq 1"), [3]);
}

#[test]
fn the_other_functions_of_text_work_on_fields() {
    assert_eq!(found("tolower(Name) eq 'jane doe' and toupper(Login) eq 'JDOE'"), [1]);
    assert_eq!(found("trim(concat('  ',concat(Login,' '))) eq 'neil'"), [2]);
}

#[test]
fn an_apostrophe_inside_text_is_written_twice() {
    assert_eq!(found("Name eq 'O''Neil'"), [2]);
    assert_eq!(found("substringof('''', Name)"), [2]);
    assert_eq!(found("substringof('&', Description)"), [1]);
}

#[test]
fn blanks_around_parentheses_may_be_left_out() {
    assert_eq!(found("(Name eq 'Jane Doe')and(Login eq 'jdoe')"), [1]);
    assert_eq!(found("not(Name eq 'Jane Doe')"), [2, 3]);
    assert_eq!(found("  (  Name   eq\t'Jane Doe' )  "), [1]);
}

#[test]
fn generators_forms_are_read() {
    assert_eq!(found("(Name eq 'jane doe' or Name eq 'žofie')"), [1, 3]);
    assert_eq!(found("not substringof('a',Name)"), [2, 3]);
    assert_eq!(found("substringof('a',Name) eq true"), [1]);
    assert_eq!(found("startswith(Name,'J') eq false"), [2, 3]);
    assert_eq!(found("true ne substringof('a',Name)"), [2, 3]);
    assert_eq!(found("tolower(Name) eq 'žofie'"), [3]);
}

#[test]
fn and_binds_tighter_than_or() {
    assert_eq!(found("Login eq 'neil' or Login eq 'jdoe' and Name eq 'x'"), [2]);
    assert_eq!(found("(Login eq 'neil' or Login eq 'jdoe') and Name eq 'x'"), NOBODY);
}

#[test]
fn arithmetic_binds_tighter_than_comparisons_and_multiplication_tightest() {
    assert_eq!(found("1 add 2 mul 3 eq 7 and (1 add 2) mul 3 eq 9"), [1, 2, 3]);
    assert_eq!(found("7 sub 2 sub 1 eq 4 and 7 div 2 eq 3 and 7 mod 4 eq 3 and 7d div 2 eq 3.5"), [1, 2, 3]);
    assert_eq!(found("- length(Name) eq -5"), [3]);
}

#[test]
fn order_binds_tighter_than_equality() {
    assert_eq!(found("1 lt 2 eq true"), [1, 2, 3]);
    assert_eq!(found("true eq 2 lt 1"), NOBODY);
    assert_eq!(found("Login gt 'k' eq false"), [1, 3]);
}

#[test]
fn two_conditions_can_be_compared_but_are_never_null() {
    assert_eq!(found("substringof('a',Name) eq startswith(Login,'j')"), [1, 2, 3]);
    assert_eq!(found("substringof('a',Name) ne startswith(Login,'n')"), [1, 2]);
    assert_eq!(found("substringof('a',Name) eq null"), NOBODY);
    assert_eq!(found("null ne (Name eq 'a')"), [1, 2, 3]);
}

#[test]
fn a_status_is_one_of_three_words_in_any_case() {
    assert_eq!(found("Status eq 'Active'"), [1]);
    assert_eq!(found("'BLOCKED' eq Status"), [2]);
    assert_eq!(found("Status ne 'noaccess'"), [1, 2]);
}

#[test]
fn nobody_has_another_status_and_everybody_has_one() {
    assert_eq!(found("Status eq 'Suspended'"), NOBODY);
    assert_eq!(found("Status ne 'Suspended'"), [1, 2, 3]);
    assert_eq!(found("Status eq null"), NOBODY);
    assert_eq!(found("Status ne null"), [1, 2, 3]);
}

#[test]
fn a_function_of_nothing_is_nothing() {
    assert_eq!(found("tolower(Login) eq null"), [3]);
    assert_eq!(found("length(Login) eq null"), [3]);
    assert_eq!(found("length(Login) add 1 ne null"), [1, 2]);
    assert_eq!(found("concat(Login, null) eq null"), [1, 2, 3]);
}

#[test]
fn conditions_of_literals_alone_are_decided_at_once() {
    let always = [
        "true",
        "'1' eq '1'",
        "'a' lt 'B'",
        "null eq null",
        "null ne 'a'",
        "not (null gt null)",
        "1 eq 1.0",
        "2L le 2.5m",
        "-1.5e3 eq -1500f",
        "12345678901234567890 gt 1",
        "true ne false",
        "true ne null",
        "guid'6fe49ce4-56d4-475f-9483-1adca6b2976c' eq 6FE49CE4-56d4-475f-9483-1adca6b2976c",
        "guid'6fe49ce4-56d4-475f-9483-1adca6b2976c' ne null",
        "datetime'2010-10-25' eq datetime'2010-10-25T00:00'",
        "datetime'2010-10-25T12:34:56.1234567' gt datetime'2010-10-25T12:34:56'",
        "datetimeoffset'2002-10-10T12:00:00-05:00' eq datetime'2002-10-10T17:00:00'",
        "2012-12-03T07:16:23Z lt 2012-12-03T07:16:23.5+00:00",
        "2012-12-03 lt 2012-12-04",
        "time'PT120S' eq time'PT2M'",
        "X'00ff' eq binary'00FF'",
        "year(datetime'2009-12-26T21:23:38') eq 2009 and month(2009-12-26) eq 12 and day(2009-12-26) eq 26",
        "hour(datetimeoffset'2002-10-10T12:00:00-05:00') eq 12 and minute(time'PT19H02M01S') eq 2 and second(time'PT61S') eq 1",
        "round(4.5) eq 5 and floor(-4.5) eq -5 and ceiling(4.2d) eq 5 and round(null) eq null and year(null) eq null",
        "concat('a','b') eq 'AB' and substring('abc',1,1) eq 'b' and length('abc') eq 3",
        "1 div 0 eq null and 9223372036854775807 add 1 eq null",
    ];

    for text in always {
        assert_eq!(read(text), Ok(Filter::Constant(true)), "{text}");
    }
}
