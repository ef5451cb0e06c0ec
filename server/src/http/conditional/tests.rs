//! Tags and conditions against each other.

use super::*;
use rollcall_core::domain::{OrganizationId, Scope};

fn version(sequence: i64) -> Version {
    Version::new(OrganizationId::new(42), sequence)
}

/// The tag of a reader of people at this sequence: `"2a-…-1"`.
fn tag(sequence: i64) -> Tag {
    Tag::new(version(sequence), Scopes::new([Scope::PeopleRead]), "Authorization")
}

fn conditions(sent: &[(HeaderName, &'static str)]) -> Result<Conditions, Refusal> {
    let mut headers = HeaderMap::new();
    for (name, value) in sent {
        headers.append(name, HeaderValue::from_static(value));
    }
    Conditions::of(&headers)
}

/// Whether a read at sequence 31 is answered with a 304.
fn is_known(if_none_match: &'static str) -> bool {
    let conditions = conditions(&[(IF_NONE_MATCH, if_none_match)]).expect("conditions");
    let answer = conditions.answer(&tag(31)).expect("no refusal");
    answer.is_some_and(|answer| answer.status() == 304)
}

/// The versions that a write must find.
fn demanded(if_match: &'static str) -> Option<Versions> {
    conditions(&[(IF_MATCH, if_match)]).expect("conditions").precondition(Shown::Record).matches
}

#[test]
fn an_answer_has_its_tag_and_is_kept_by_private_caches_alone() {
    let answer = tag(31).onto("a body".into_response());

    let headers = [ETAG, CACHE_CONTROL, VARY].map(|name| answer.headers()[name].to_str().expect("text").to_owned());
    assert_eq!(headers, [r#""2a-1f-1""#, "private, no-cache", "Authorization"]);
}

#[test]
fn a_304_has_the_headers_of_the_answer_that_it_stands_for() {
    let conditions = conditions(&[(IF_NONE_MATCH, "*")]).expect("conditions");

    let known = conditions.answer(&tag(31)).expect("no refusal").expect("an answer");

    let whole = tag(31).onto(().into_response());
    assert_eq!((known.status(), known.headers()), (StatusCode::NOT_MODIFIED, whole.headers()));
}

#[test]
fn a_known_tag_is_found_in_a_list_and_behind_a_w() {
    let known = [r#""2a-1f-1""#, r#"W/"2a-1f-1""#, r#""other", W/"2a-1f-1""#, "*"].map(is_known);

    assert_eq!(known, [true; 4]);
}

#[test]
fn a_tag_of_another_version_or_of_other_scopes_is_not_known() {
    let known = ["", r#""2a-1e-1""#, r#""2b-1f-1""#, r#""2a-1f-3""#, r#""2a-1f""#, r#""2A-1F-1""#].map(is_known);

    assert_eq!(known, [false; 6]);
}

#[test]
fn another_form_of_the_answer_has_another_tag() {
    let conditions = conditions(&[(IF_NONE_MATCH, r#""2a-1f-1-text""#)]).expect("conditions");

    assert!(conditions.answer(&tag(31).in_form("text")).expect("no refusal").is_some());
    assert!(conditions.answer(&tag(31)).expect("no refusal").is_none());
}

#[test]
fn a_read_without_conditions_is_answered_whole() {
    assert!(Conditions::default().answer(&tag(31)).expect("no refusal").is_none());
}

#[test]
fn a_read_of_a_version_that_is_gone_fails_before_it_is_known() {
    let both = conditions(&[(IF_MATCH, r#""2a-1e-1""#), (IF_NONE_MATCH, "*")]).expect("conditions");

    assert_eq!(both.answer(&tag(31)).map(|_| ()), Err(Refusal::PreconditionFailed));
}

#[test]
fn a_write_demands_the_version_whatever_the_scopes_were() {
    assert_eq!(demanded(r#""2a-1f-1", "2a-20-3-text", "foreign""#), Some(Versions::OneOf(vec![version(31), version(32)])));
    assert_eq!(demanded("*"), Some(Versions::Any));
}

#[test]
fn a_weak_tag_never_matches() {
    assert_eq!(demanded(r#"W/"2a-1f-1""#), Some(Versions::OneOf(Vec::new())));
}

#[test]
fn a_write_that_must_find_something_else_takes_weak_tags_too() {
    let precondition = conditions(&[(IF_NONE_MATCH, r#"W/"2a-1f-1""#)]).expect("conditions").precondition(Shown::GroupNames);

    let differs = Some(Versions::OneOf(vec![version(31)]));
    assert_eq!(precondition, Precondition { matches: None, differs, shown: Shown::GroupNames });
}

#[test]
fn several_lines_of_a_header_are_one_list() {
    let lines = conditions(&[(IF_MATCH, r#""2a-1f-1""#), (IF_MATCH, r#""2a-20-1""#)]).expect("conditions");

    assert_eq!(lines.precondition(Shown::Record).matches, Some(Versions::OneOf(vec![version(31), version(32)])));
}

#[test]
fn a_condition_that_cannot_be_read_is_refused_by_its_header_s_name() {
    for name in [IF_MATCH, IF_NONE_MATCH] {
        let refusal = conditions(&[(name.clone(), "2a-1f-1")]).expect_err("a refusal");

        assert_eq!(refusal.status(), 400);
        assert!(refusal.message().contains(name.as_str()), "{}", refusal.message());
    }
}

#[test]
fn a_weak_tag_is_written_with_its_w_and_known_like_any_other() {
    let tag = tag(31).weak();
    let answer = tag.onto(().into_response());
    let known = conditions(&[(IF_NONE_MATCH, r#"W/"2a-1f-1""#)]).expect("conditions").answer(&tag).expect("no refusal");

    assert_eq!((answer.headers()[ETAG].to_str().expect("text"), tag.to_text().as_str()), (r#"W/"2a-1f-1""#, r#"W/"2a-1f-1""#));
    assert_eq!(known.map(|answer| answer.status()), Some(StatusCode::NOT_MODIFIED));
}

#[test]
fn a_weak_tag_guards_a_write_only_where_tags_are_weak() {
    let sent = conditions(&[(IF_MATCH, r#"W/"2a-1f-1", "2a-20-1""#)]).expect("conditions");

    let [strong, weak] = [sent.clone(), sent.compared_weakly()].map(|conditions| conditions.precondition(Shown::Record).matches);

    assert_eq!(strong, Some(Versions::OneOf(vec![version(32)])));
    assert_eq!(weak, Some(Versions::OneOf(vec![version(31), version(32)])));
}

#[test]
fn the_text_of_a_tag_is_what_stands_around_the_digits_of_its_sequence() {
    for tag in [tag(31), tag(0).weak(), tag(0x1f_0000).in_form("1f")] {
        let (before, behind) = tag.around_sequence();

        assert_eq!(format!("{before}{:x}{behind}", tag.version.sequence()), tag.to_text());
    }
}
