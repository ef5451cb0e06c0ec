//! How the database means to answer: through the index that was meant, and never by walking a whole table.

use super::{Ground, strangers::strangers, wait};
use crate::directory::DirectoryError;
use crate::query::{
    Comparison, Direction, Equality, Filter, IdField, InstantField, Match, NumberField, OrderField, OrderTerm, PersonQuery, TextExpression,
    TextField, Window,
};
use crate::store::Effort;

/// The plan of a query for people, one line a step.
fn plan(query: PersonQuery) -> String {
    let ground = Ground::new();
    ground.load(strangers(50));
    let organization = ground.operator.organization();
    let work = ground
        .directory
        .store
        .read(organization, Effort::Short, move |tx| Box::pin(async move { Ok::<_, DirectoryError>(tx.plan_of_people(&query).await?) }));
    wait(work).expect("a plan").join("\n")
}

fn filtered(filter: Filter) -> PersonQuery {
    PersonQuery { filter, window: Window::new(0, 10), ..PersonQuery::default() }
}

fn matching(field: TextField, how: Match, needle: &str) -> Filter {
    Filter::Match { haystack: TextExpression::Field(field), how, needle: TextExpression::Literal(needle.to_owned()) }
}

const TEXTS: [(TextField, &str); 6] = [
    (TextField::Name, "people_name"),
    (TextField::Description, "people_description"),
    (TextField::Email, "people_email"),
    (TextField::Phone, "people_phone"),
    (TextField::AdditionalInformation, "people_additional_information"),
    (TextField::Login, "people_login"),
];

/// Fails on a walk over a whole table or over the rows of a whole organization.
fn assert_uses(plan: &str, index: &str) {
    assert!(plan.contains(index), "{index} is not used:\n{plan}");
    assert!(!plan.lines().any(|step| step.starts_with("SCAN people") && !step.contains("VIRTUAL TABLE")), "a full scan:\n{plan}");
}

#[test]
fn equality_of_text_uses_its_index() {
    for (field, index) in TEXTS {
        assert_uses(&plan(filtered(Filter::text(field, Comparison::Equal, "Jane"))), &format!("{index} (organization_id=? AND"));
    }
}

#[test]
fn a_beginning_of_text_uses_its_index() {
    for (field, index) in TEXTS {
        assert_uses(&plan(filtered(matching(field, Match::StartsWith, "Jane"))), &format!("{index} (organization_id=? AND"));
    }
}

#[test]
fn three_letters_inside_text_use_the_trigram_index() {
    for (field, _) in TEXTS {
        assert_uses(&plan(filtered(matching(field, Match::Contains, "war"))), "people_search VIRTUAL TABLE INDEX");
        assert_uses(&plan(filtered(matching(field, Match::EndsWith, "war"))), "people_search VIRTUAL TABLE INDEX");
    }
}

#[test]
fn two_letters_inside_text_stream_the_index_of_the_column() {
    for (field, index) in TEXTS {
        assert_uses(&plan(filtered(matching(field, Match::Contains, "wa"))), &format!("COVERING INDEX {index}"));
        assert_uses(&plan(filtered(matching(field, Match::EndsWith, "wa"))), &format!("COVERING INDEX {index}"));
    }
}

#[test]
fn numbers_words_moments_and_ids_use_their_index() {
    let equal = |field| filtered(Filter::number(field, Comparison::Equal, 1));
    let now = crate::domain::Instant::from_milliseconds(super::NOW).expect("an instant");
    let id = Filter::Id { field: IdField::Id, equality: Equality::Equal, value: Some(uuid::Uuid::nil()) };

    assert_uses(&plan(equal(NumberField::JobTitle)), "people_job_title (organization_id=? AND job_title_number=?");
    assert_uses(&plan(equal(NumberField::Manager)), "people_manager (organization_id=? AND manager_number=?");
    assert_uses(&plan(equal(NumberField::Account)), "people_account (organization_id=? AND account=?");
    assert_uses(&plan(equal(NumberField::PersonType)), "people_person_type (organization_id=? AND person_type=?");
    assert_uses(
        &plan(filtered(Filter::instant(InstantField::UpdatedAt, Comparison::Greater, now))),
        "people_updated_at (organization_id=? AND updated_at>?",
    );
    assert_uses(&plan(filtered(id)), "(organization_id=? AND id=?)");
}

#[test]
fn every_order_walks_an_index() {
    let orders = TEXTS.map(|(field, index)| (OrderField::Text(field), index));
    let others =
        [(OrderField::Number(NumberField::Account), "people_account"), (OrderField::Instant(InstantField::UpdatedAt), "people_updated_at")];
    for (field, index) in orders.into_iter().chain(others) {
        for direction in [Direction::Ascending, Direction::Descending] {
            let order = vec![OrderTerm { field: field.clone(), direction }];

            assert_uses(&plan(PersonQuery { order, window: Window::new(0, 10), ..PersonQuery::default() }), index);
        }
    }
}

#[test]
fn the_members_of_a_group_are_found_through_the_group() {
    let query = PersonQuery { member_of: crate::domain::GroupNumber::new(1).ok(), ..filtered(Filter::everything()) };

    assert_uses(&plan(query), "(organization_id=? AND group_number=?");
}

#[test]
fn rows_that_are_stepped_over_are_stepped_over_in_an_index() {
    let query = PersonQuery { window: Window::new(1000, 10), ..PersonQuery::default() };

    let plan = plan(query);

    assert!(plan.contains("COVERING INDEX"), "{plan}");
}
