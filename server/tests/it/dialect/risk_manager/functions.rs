//! `$filter`: functions over text.

use super::{found, with_cast};

#[tokio::test]
async fn the_vendors_own_example_finds_jane() {
    assert_eq!(found("substringof('Jane',Name)").await, ["Jane Doe"]);
}

#[tokio::test]
async fn a_part_of_a_name_finds_its_person_without_case() {
    assert_eq!(found("substringof('warren',Name)").await, ["Elizabeth Warren"]);
}

#[tokio::test]
async fn substringof_takes_its_arguments_in_either_order() {
    assert_eq!(found("substringof(Name,'warren')").await, ["Elizabeth Warren"]);
}

#[tokio::test]
async fn a_function_may_be_compared_with_true_and_false() {
    assert_eq!(found("substringof('warren',Name) eq true").await, ["Elizabeth Warren"]);
    assert_eq!(found("substringof('e',Name) eq false").await, ["Omar"]);
}

#[tokio::test]
async fn a_part_of_one_or_two_letters_is_found() {
    assert_eq!(found("substringof('ü',Name)").await, ["Straße Müller"]);
    assert_eq!(found("substringof('DO',Name)").await, ["Jane Doe"]);
}

#[tokio::test]
async fn a_part_is_folded_fully() {
    assert_eq!(found("substringof('STRASSE',Name)").await, ["Straße Müller"]);
    assert_eq!(found("substringof('ß',Name)").await, ["Straße Müller"]);
}

#[tokio::test]
async fn signs_of_patterns_stand_for_themselves() {
    assert_eq!(found("substringof('%25',Description)").await, ["Straße Müller"]);
    assert_eq!(found("substringof('of_it',Description)").await, ["Straße Müller"]);
    assert!(found("substringof('S%25r',Description)").await.is_empty());
    assert!(found("substringof('Sen_tor',Description)").await.is_empty());
}

#[tokio::test]
async fn startswith_and_endswith_ignore_case() {
    assert_eq!(found("startswith(Name,'JANE')").await, ["Jane Doe"]);
    assert_eq!(found("endswith(Name,'WARREN')").await, ["Elizabeth Warren"]);
}

#[tokio::test]
async fn contains_is_taken_too() {
    assert_eq!(found("contains(Name,'mar')").await, ["Omar"]);
}

#[tokio::test]
async fn a_test_of_an_absent_value_is_false() {
    assert_eq!(found("substringof('4',Phone)").await, ["Elizabeth Warren", "Jane Doe"]);
    assert_eq!(found("not substringof('4',Phone)").await, ["Omar", "Straße Müller"]);
    assert_eq!(found("startswith(Phone,'')").await, ["Elizabeth Warren", "Jane Doe"]);
}

#[tokio::test]
async fn tolower_and_toupper_make_text() {
    assert_eq!(found("tolower(Name) eq 'omar'").await, ["Omar"]);
    assert_eq!(found("toupper(Name) eq 'OMAR'").await, ["Omar"]);
    assert_eq!(found("substringof('warren',tolower(Name))").await, ["Elizabeth Warren"]);
}

#[tokio::test]
async fn a_scalar_function_of_an_absent_value_is_absent() {
    assert_eq!(found("tolower(Login) eq null").await, ["Omar"]);
    assert_eq!(found("length(Login) eq null").await, ["Omar"]);
}

#[tokio::test]
async fn length_counts_characters() {
    assert_eq!(found("length(Name) eq 13").await, ["Straße Müller"]);
    assert_eq!(found("length(Name) lt 5").await, ["Omar"]);
}

#[tokio::test]
async fn indexof_compares_exactly() {
    assert_eq!(found("indexof(Name,'W') eq 10").await, ["Elizabeth Warren"]);
    assert_eq!(found("indexof(Name,'w') eq -1").await.len(), 4);
}

#[tokio::test]
async fn replace_compares_exactly() {
    assert_eq!(found("replace(Name,'Jane','Joan') eq 'Joan Doe'").await, ["Jane Doe"]);
    assert!(found("replace(Name,'jane','Joan') eq 'Joan Doe'").await.is_empty());
}

#[tokio::test]
async fn substring_counts_characters() {
    assert_eq!(found("substring(Name,7) eq 'Müller'").await, ["Straße Müller"]);
    assert_eq!(found("substring(Name,0,4) eq 'Jane'").await, ["Jane Doe"]);
}

#[tokio::test]
async fn concat_and_trim_make_text() {
    assert_eq!(found("concat(Name,'!') eq 'Omar!'").await, ["Omar"]);
    assert_eq!(found("trim('  Omar ') eq Name").await, ["Omar"]);
}

#[tokio::test]
async fn what_generators_write_is_understood() {
    let server = with_cast().await;

    for (filter, names) in [
        ("startswith(Name,'J')", vec!["Jane Doe"]),
        ("(Name eq 'Omar' or Name eq 'Jane Doe')", vec!["Jane Doe", "Omar"]),
        ("not substringof('a',Name)", vec![]),
        ("tolower(Name) eq 'jane doe'", vec!["Jane Doe"]),
        ("(((substringof('Jane',Name)) eq true))", vec!["Jane Doe"]),
        ("(contains(Name, 'Jane')) and (Login ne null)", vec!["Jane Doe"]),
        ("(contains(tolower(Name), 'a')) and (not (Status eq 'Active'))", vec!["Jane Doe", "Straße Müller"]),
        ("concat('!',Name) eq '!Omar' and Description eq null", vec!["Omar"]),
    ] {
        assert_eq!(server.reader().filtered(filter).await.names(), names, "{filter}");
    }
}
