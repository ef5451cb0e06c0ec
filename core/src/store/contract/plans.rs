//! How the embedded database means to answer: through the index that was meant, and never by walking a whole table.

use super::{Ground, strangers::strangers, wait};
use crate::directory::DirectoryError;
use crate::query::{
    Absent, BooleanField, Comparison, Direction, Equality, ExactField, Filter, GroupQuery, IdField, Including, InstantField, ListField,
    Match, NumberField, OrderField, OrderTerm, Part, PersonQuery, Position, TextExpression, TextField, Window,
};
use crate::store::{Effort, ReadTransaction};

/// The plan of a query for people, one line a step.
fn plan(query: PersonQuery) -> String {
    let ground = Ground::on_a_file();
    ground.load(strangers(50));
    plan_on(&ground, query)
}

fn plan_on(ground: &Ground, query: PersonQuery) -> String {
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
fn a_page_that_begins_after_a_name_begins_there_in_the_index() {
    let beyond = |at_least, beyond, number| {
        let tied = Filter::number(NumberField::Number, number, 7);
        let further = Filter::text(TextField::Name, beyond, "jane");
        Filter::text(TextField::Name, at_least, "jane").and(Filter::Or(vec![further, tied]))
    };
    let walk = |filter, direction| {
        let by = |field| OrderTerm::new(field, direction);
        let order = vec![by(OrderField::Text(TextField::Name)), by(OrderField::Number(NumberField::Number))];
        plan(PersonQuery { order, ..filtered(filter) })
    };

    let after = walk(beyond(Comparison::GreaterOrEqual, Comparison::Greater, Comparison::Greater), Direction::Ascending);
    let before = walk(beyond(Comparison::LessOrEqual, Comparison::Less, Comparison::Less), Direction::Descending);

    assert_uses(&after, "people_name (organization_id=? AND name_folded>?");
    assert_uses(&before, "people_name (organization_id=? AND name_folded<?");
    assert!(![after, before].iter().any(|plan| plan.contains("TEMP B-TREE")), "sorted");
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

/// The plan of a query for groups, one line a step.
fn plan_of_groups(filter: Filter) -> String {
    let ground = Ground::on_a_file();
    let query = GroupQuery { filter, window: Window::new(0, 10), ..GroupQuery::default() };
    let work = ground.directory.store.read(ground.operator.organization(), Effort::Short, move |tx| {
        Box::pin(async move { Ok::<_, DirectoryError>(tx.plan_of_groups(&query).await?) })
    });
    wait(work).expect("a plan").join("\n")
}

/// Some element is this record, by id or by value.
fn is(list: ListField) -> [Filter; 3] {
    let id = uuid::Uuid::from_u128(7);
    let value = id.to_string();
    [
        Filter::any(list.clone(), Filter::id(IdField::Id, id)),
        Filter::any(list.clone(), Filter::text(TextField::Part(Part::Value), Comparison::Equal, value.as_str())),
        Filter::any(list, Filter::exact(ExactField::Part(Part::Value), Comparison::Equal, value)),
    ]
}

/// Fails on a walk over any table.
fn assert_no_scan(plan: &str, steps: &[&str]) {
    for step in steps {
        assert!(plan.contains(step), "{step} is not there:\n{plan}");
    }
    for table in ["people", "groups", "memberships", "subgroups", "other_contacts"] {
        let is_scan = |step: &str| {
            step.starts_with(&format!("SCAN {table}"))
                || step.starts_with(&format!("SEARCH {table}")) && step.ends_with("(organization_id=?)")
        };
        assert!(!plan.lines().any(is_scan), "a full scan:\n{plan}");
    }
}

#[test]
fn an_external_id_is_looked_up() {
    let filter = Filter::exact(ExactField::ExternalId, Comparison::Equal, "E1");

    for filter in [filter.clone(), filter.clone().and(Filter::boolean(BooleanField::Active, true))] {
        assert_no_scan(&plan(filtered(filter)), &["people_external_id (organization_id=? AND external_id=?"]);
    }
    assert_no_scan(&plan_of_groups(filter), &["groups_external_id (organization_id=? AND external_id=?"]);
}

#[test]
fn one_of_several_addresses_is_looked_up() {
    let lists = [(ListField::Emails, "people_email"), (ListField::Phones, "people_phone")];
    for (list, index) in lists {
        let value = Filter::text(TextField::Part(Part::Value), Comparison::Equal, "jane@x");
        let work = Filter::text(TextField::Part(Part::Type), Comparison::Equal, "work");

        let any = Filter::any(list.clone(), value.clone());
        for filter in [any.clone(), any.and(Filter::boolean(BooleanField::Active, true)), Filter::any(list.clone(), work.and(value))] {
            let plan = plan(filtered(filter));
            assert_no_scan(&plan, &[index, "other_contacts_value (organization_id=? AND kind=? AND value_folded=?"]);
        }
    }
}

#[test]
fn groups_members_and_managers_are_found_through_their_ids() {
    let groups = ["groups USING", "(organization_id=? AND id=?)", "(organization_id=? AND group_number=?"];
    let manager = ["people_manager (organization_id=? AND manager_number=?", "(organization_id=? AND id=?)"];
    let members =
        ["memberships_person (organization_id=? AND person_number=?", "subgroups_subgroup (organization_id=? AND subgroup_number=?"];

    for filter in is(ListField::Groups) {
        assert_no_scan(&plan(filtered(filter)), &groups);
    }
    for filter in is(ListField::Manager) {
        assert_no_scan(&plan(filtered(filter)), &manager);
    }
    for filter in is(ListField::Members) {
        assert_no_scan(&plan_of_groups(filter), &members);
    }
    for filter in is(ListField::Responsible) {
        assert_no_scan(&plan_of_groups(filter), &["groups_responsible (organization_id=? AND responsible_number=?"]);
    }
}

#[test]
fn the_groups_of_a_person_are_found_through_its_memberships() {
    let ground = Ground::on_a_file();
    let organization = ground.operator.organization();
    let work = ground
        .directory
        .store
        .read(organization, Effort::Short, |tx| Box::pin(async move { Ok::<_, DirectoryError>(tx.plan_of_places().await?) }));

    let plan = wait(work).expect("a plan").join("\n");

    // The first one tells whether there are any.
    let plan = plan.replace("SEARCH subgroups USING COVERING INDEX subgroups_subgroup (organization_id=?)\n", "");
    let steps = [
        "COVERING INDEX memberships_person (organization_id=? AND person_number>? AND person_number<?)",
        "COVERING INDEX memberships_person (organization_id=? AND person_number=?)",
        "(organization_id=? AND number>? AND number<?)",
        "(organization_id=? AND number=?)",
        "subgroups_subgroup (organization_id=? AND subgroup_number=?",
    ];
    assert_no_scan(&plan, &steps);
}

#[test]
fn what_identity_providers_look_up_is_short_work() {
    let part = |list, value: &str| Filter::any(list, Filter::text(TextField::Part(Part::Value), Comparison::Equal, value));
    let id = Filter::id(IdField::Id, uuid::Uuid::nil());
    let shown = Filter::Or(vec![
        Filter::text(TextField::Login, Comparison::Equal, "jane"),
        Filter::Text { left: TextExpression::Field(TextField::Login), comparison: Comparison::Equal, right: TextExpression::Absent }
            .and(id.clone()),
    ]);
    let active = Filter::boolean(BooleanField::Active, true);
    let people = [
        id.clone(),
        shown,
        Filter::exact(ExactField::ExternalId, Comparison::Equal, "E1").and(active.clone()),
        part(ListField::Emails, "jane@x").and(active),
        Filter::text(TextField::DisplayName, Comparison::Equal, "Jane"),
    ];
    let groups = [
        id.and(Filter::any(ListField::Members, Filter::id(IdField::Id, uuid::Uuid::nil()))),
        part(ListField::Members, &uuid::Uuid::nil().to_string()),
        Filter::text(TextField::Name, Comparison::Equal, "Arts"),
    ];
    let window = Window::new(0, 100);
    let ground = Ground::on_a_file();
    let effort = |query: &PersonQuery, including| ground.directory.store.people_effort(ground.operator.organization(), query, including);

    for filter in people {
        let query = PersonQuery { filter, window, ..PersonQuery::default() };
        let including = Including { groups: true, manager: true, total: true };
        assert_eq!(effort(&query, including), Effort::Short, "{query:#?}");
    }
    for filter in groups {
        let query = GroupQuery { filter, window, ..GroupQuery::default() };
        assert_eq!(ReadTransaction::groups_effort(&query, true), Effort::Short, "{query:#?}");
    }
}

#[test]
fn a_login_or_the_id_of_who_has_none_is_looked_up() {
    let login = Filter::text(TextField::Login, Comparison::Equal, "jane");
    let none = Filter::Text { left: TextExpression::Field(TextField::Login), comparison: Comparison::Equal, right: TextExpression::Absent };
    let id = Filter::id(IdField::Id, uuid::Uuid::nil());

    let plan = plan(filtered(Filter::Or(vec![login, none.and(id)])));

    assert_no_scan(&plan, &["people_login (organization_id=? AND login_folded=?"]);
}

#[test]
fn any_of_several_words_that_many_have_is_asked_along_the_order() {
    let any = [1, 3].map(|code| Filter::number(NumberField::Account, Comparison::Equal, code));

    let plan = plan(filtered(Filter::Or(any.to_vec())));

    assert!(!plan.contains("SUBQUERY"), "{plan}");
}

#[test]
fn every_order_walks_an_index() {
    let orders = TEXTS.map(|(field, index)| (OrderField::Text(field), index));
    let others =
        [(OrderField::Number(NumberField::Account), "people_account"), (OrderField::Instant(InstantField::UpdatedAt), "people_updated_at")];
    for (field, index) in orders.into_iter().chain(others) {
        for (direction, absent) in [
            (Direction::Ascending, Absent::Least),
            (Direction::Descending, Absent::Least),
            (Direction::Ascending, Absent::Greatest),
            (Direction::Descending, Absent::Greatest),
        ] {
            let order = vec![OrderTerm { field: field.clone(), direction, absent }];

            assert_uses(&plan(PersonQuery { order, window: Window::new(0, 10), ..PersonQuery::default() }), index);
        }
    }
}

#[test]
fn the_members_of_a_group_are_found_through_the_group() {
    let query = PersonQuery { member_of: crate::domain::GroupNumber::new(1).ok(), ..filtered(Filter::everything()) };

    assert_uses(&plan(query), "(organization_id=? AND group_number=?");
}

/// The plan of the page behind somebody in an order.
fn plan_behind(ground: &Ground, order: &[OrderTerm]) -> String {
    let people = wait(ground.directory.people(&ground.operator, &PersonQuery::default())).expect("people").people;
    let filter = Position::of(order, &people[20]).after(order);
    plan_on(ground, PersonQuery { filter, order: order.to_vec(), window: Window::new(0, 10), ..PersonQuery::default() })
}

#[test]
fn a_walk_goes_on_where_it_stopped() {
    let ground = Ground::on_a_file();
    ground.load((1..=50).map(|number| super::line(number + 1, &[("login", &format!("l{number}")), ("email", "a@b")])).collect());
    let by = |field, direction| [OrderTerm::new(field, direction)];
    let up = [
        (OrderField::Text(TextField::Name), "people_name (organization_id=? AND name_folded>?"),
        (OrderField::Text(TextField::Login), "people_login (organization_id=? AND login_folded>?"),
        (OrderField::Instant(InstantField::UpdatedAt), "people_updated_at (organization_id=? AND updated_at>?"),
    ];
    let down = [
        (OrderField::Text(TextField::Name), "people_name (organization_id=? AND name_folded<?"),
        (OrderField::Instant(InstantField::UpdatedAt), "people_updated_at (organization_id=? AND updated_at<?"),
    ];

    assert_no_scan(&plan_behind(&ground, &[]), &["(organization_id=? AND number>?)"]);
    for (field, step) in up {
        assert_no_scan(&plan_behind(&ground, &by(field, Direction::Ascending)), &[step]);
    }
    for (field, step) in down {
        assert_no_scan(&plan_behind(&ground, &by(field, Direction::Descending)), &[step]);
    }
}

#[test]
fn rows_that_are_stepped_over_are_stepped_over_in_an_index() {
    let query = PersonQuery { window: Window::new(1000, 10), ..PersonQuery::default() };

    let plan = plan(query);

    assert!(plan.contains("COVERING INDEX"), "{plan}");
}
