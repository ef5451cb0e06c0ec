use super::{ALL, IDENTITY_ID, JANE_ID, NOBODY, OMAR_ID, found, read};
use rollcall_core::query::{Comparison, Filter, Match, TextField};

const CUSTOM: &str = "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User";
const ROLLCALL: &str = "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User";

#[test]
fn strings_are_compared_without_case_in_every_script() {
    assert_eq!(found(r#"displayName eq "JANE DOE""#), [1]);
    assert_eq!(found(r#"displayName eq "žofie""#), [3]);
    assert_eq!(found(r#"name.familyName sw "D""#), [1]);
    assert_eq!(found(r#"displayName co "NE d""#), [1]);
    assert_eq!(found(r#"displayName ew "AR""#), [2]);
}

#[test]
fn strings_have_an_order() {
    assert_eq!(found(r#"displayName gt "jane doe""#), [2, 3]);
    assert_eq!(found(r#"displayName ge "jane doe""#), ALL);
    assert_eq!(found(r#"displayName lt "OMAR""#), [1]);
    assert_eq!(found(r#"displayName le "OMAR""#), [1, 2]);
}

#[test]
fn what_is_absent_differs_from_every_value_and_stands_in_no_order() {
    assert_eq!(found(r#"title ne "Boss""#), [2, 3]);
    assert_eq!(found(r#"not (title eq "Boss")"#), [2, 3]);
    assert_eq!(found(r#"title lt "Z" or title ge "a" or title co """#), [1]);
}

#[test]
fn present_is_what_has_a_value() {
    assert_eq!(found("title pr"), [1]);
    assert_eq!(found("not (title pr)"), [2, 3]);
    assert_eq!(found("name pr"), [1]);
    assert_eq!(found("id pr and userName pr and active pr and meta pr and meta.created pr"), ALL);
}

#[test]
fn null_is_what_is_absent() {
    assert_eq!(found("title eq null"), [2, 3]);
    assert_eq!(found("title ne null"), [1]);
    assert_eq!(found("userName eq null"), NOBODY);
}

#[test]
fn an_external_id_is_compared_with_case() {
    assert_eq!(found(r#"externalId eq "Ext-1""#), [1]);
    assert_eq!(found(r#"externalId eq "ext-1""#), NOBODY);
    assert_eq!(found(r#"externalId sw "Ext""#), [1]);
    assert_eq!(found(r#"externalId ne "Ext-1""#), [2, 3]);
}

#[test]
fn an_id_is_compared_with_case() {
    assert_eq!(found(&format!(r#"id eq "{JANE_ID}""#)), [1]);
    assert_eq!(found(&format!(r#"id eq "{}""#, JANE_ID.to_uppercase())), NOBODY);
    assert_eq!(found(&format!(r#"id eq "{}""#, JANE_ID.replace('-', ""))), NOBODY);
    assert_eq!(found(&format!(r#"id ne "{JANE_ID}""#)), [2, 3]);
    assert_eq!(found(r#"id sw "6fe49ce4""#), [1]);
    assert_eq!(found(r#"id gt "00000000-0000-0000-0000-000000000002""#), [1, 3]);
}

#[test]
fn an_id_that_is_none_is_nobodys() {
    assert_eq!(found(r#"id eq "jane""#), NOBODY);
    assert_eq!(found(r#"id ne "jane""#), ALL);
}

#[test]
fn a_user_name_is_the_login_without_case() {
    assert_eq!(found(r#"userName eq "jdoe""#), [1]);
    assert_eq!(found(r#"userName sw "JD""#), [1]);
    assert_eq!(found(r#"userName ne "JDOE""#), [2, 3]);
}

#[test]
fn somebody_without_a_login_is_found_by_the_id_that_is_shown_for_it() {
    assert_eq!(found(&format!(r#"userName eq "{OMAR_ID}""#)), [2]);
    assert_eq!(found(r#"userName sw "00000000""#), [2]);
    assert_eq!(found(&format!(r#"userName ne "{OMAR_ID}""#)), [1, 3]);
    assert_eq!(found(&format!(r#"userName eq "{JANE_ID}""#)), NOBODY);
    assert_eq!(found(r#"userName lt "1""#), [2]);
}

#[test]
fn only_logins_are_looked_through_for_what_stands_in_no_id() {
    for (text, test) in [("userName sw \"J\"", Match::StartsWith), ("userName co \"@\"", Match::Contains)] {
        let is_login = |filter: &Filter| matches!(filter, Filter::Match { how, .. } if *how == test);
        assert!(read(text).is_ok_and(|filter| is_login(&filter)), "{text}");
    }
    let equal = Filter::text(TextField::Login, Comparison::Equal, "jdoe");
    assert_eq!(read(r#"userName eq "jdoe""#), Ok(equal));
}

#[test]
fn a_boolean_is_equal_or_not() {
    assert_eq!(found("active eq true"), [1]);
    assert_eq!(found("active ne true"), [2, 3]);
    assert_eq!(found("active eq false"), [2, 3]);
    assert_eq!(found(&format!("{ROLLCALL}:archived eq true")), [3]);
    assert_eq!(found(&format!("{ROLLCALL}:hasLicense eq false")), [2, 3]);
}

#[test]
fn a_boolean_may_be_written_as_a_text() {
    assert_eq!(found(r#"active eq "True""#), [1]);
    assert_eq!(found(r#"active eq "false""#), [2, 3]);
}

#[test]
fn moments_are_compared_as_moments() {
    assert_eq!(found(r#"meta.created eq "2025-04-22T10:10:02.475Z""#), [2]);
    assert_eq!(found(r#"meta.lastModified eq "2025-04-22T12:10:02.475+02:00""#), [2]);
    assert_eq!(found(r#"meta.created eq "2025-04-22T10:10:02.475""#), [2]);
    assert_eq!(found(r#"meta.created gt "2025-04-22T10:10:02.475Z""#), [3]);
    assert_eq!(found(r#"meta.created le "2025-04-22T10:10:02.475Z""#), [1, 2]);
}

#[test]
fn a_moment_between_two_milliseconds_equals_none() {
    assert_eq!(found(r#"meta.created eq "2025-04-22T10:10:02.4755Z""#), NOBODY);
    assert_eq!(found(r#"meta.created ne "2025-04-22T10:10:02.4755Z""#), ALL);
    assert_eq!(found(r#"meta.created lt "2025-04-22T10:10:02.4755Z""#), [1, 2]);
    assert_eq!(found(r#"meta.created ge "2025-04-22T10:10:02.4755Z""#), [3]);
}

#[test]
fn a_moment_that_is_absent_differs_and_stands_in_no_order() {
    assert_eq!(found(&format!(r#"{ROLLCALL}:lastActiveAt ne "2000-01-01T00:00:00Z""#)), ALL);
    assert_eq!(found(&format!(r#"{ROLLCALL}:lastActiveAt gt "2000-01-01T00:00:00Z""#)), [1]);
}

#[test]
fn numbers_are_compared_as_numbers() {
    assert_eq!(found(&format!("{ROLLCALL}:number gt 1.5")), [2, 3]);
    assert_eq!(found(&format!("{ROLLCALL}:number eq 2.0")), [2]);
    assert_eq!(found(&format!("{ROLLCALL}:number ne 2")), [1, 3]);
}

#[test]
fn a_number_out_of_a_list_is_a_text_of_one_spelling() {
    assert_eq!(found(&format!(r#"{ROLLCALL}:level eq "5""#)), [1]);
    assert_eq!(found(&format!(r#"{ROLLCALL}:level eq "05""#)), NOBODY);
    assert_eq!(found(&format!(r#"{ROLLCALL}:level ne "5""#)), [2, 3]);
    assert_eq!(found(&format!("{ROLLCALL}:level pr")), [1]);
}

#[test]
fn words_are_compared_as_strings() {
    assert_eq!(found(&format!(r#"{ROLLCALL}:personType eq "External""#)), [3]);
    assert_eq!(found(&format!(r#"{ROLLCALL}:personType ne "external""#)), [1, 2]);
    assert_eq!(found(&format!(r#"{ROLLCALL}:account sw "act""#)), [1, 3]);
    assert_eq!(found(&format!(r#"{ROLLCALL}:account gt "active""#)), [2]);
    assert_eq!(found(&format!(r#"{ROLLCALL}:account eq "nonsense""#)), NOBODY);
    assert_eq!(found(&format!("{ROLLCALL}:account pr")), ALL);
}

#[test]
fn references_are_compared_with_case() {
    assert_eq!(found(r#"profileUrl eq "https://acme.example/Jane""#), [1]);
    assert_eq!(found(r#"profileUrl eq "https://acme.example/jane""#), NOBODY);
    assert_eq!(found(r#"profileUrl co "acme""#), [1]);
}

#[test]
fn an_identity_is_compared_with_case() {
    assert_eq!(found(&format!(r#"{ROLLCALL}:identity eq "{IDENTITY_ID}""#)), [1]);
    assert_eq!(found(&format!(r#"{ROLLCALL}:identity eq "{}""#, IDENTITY_ID.to_uppercase())), NOBODY);
}

#[test]
fn custom_attributes_are_compared_by_their_types() {
    assert_eq!(found(&format!(r#"{CUSTOM}:office eq "oslo""#)), [1]);
    assert_eq!(found(&format!("{CUSTOM}:SIZE gt 5")), [1]);
    assert_eq!(found(&format!("{CUSTOM}:size ne 5.5")), [2, 3]);
    assert_eq!(found(&format!(r#"{CUSTOM}:since ge "2025-04-22T00:00:00Z""#)), [1]);
    assert_eq!(found(&format!("{CUSTOM}:since pr and {CUSTOM}:size pr and {CUSTOM}:office pr")), [1]);
}

#[test]
fn not_binds_more_tightly_than_and_which_binds_more_tightly_than_or() {
    assert_eq!(found(r#"displayName eq "omar" or active eq true and title eq "x""#), [2]);
    assert_eq!(found(r#"not (active eq true) and displayName eq "omar""#), [2]);
}
