//! Groups: loaded, filtered and ordered as memory would.

use super::changing::PEOPLE;
use super::strangers::{Dice, strangers};
use super::{Ground, line, wait};
use crate::directory::{GroupKey, ImportMode, ImportReport, Line};
use crate::domain::{GroupNumber, NamedPerson};
use crate::query::{
    Comparison, Direction, Filter, GroupQuery, GroupRecord, Match, OrderField, OrderTerm, PersonQuery, TextExpression, TextField, Window,
    compare,
};

impl Ground {
    pub(super) fn load_groups(&self, lines: Vec<Line>) -> ImportReport {
        wait(async {
            let mut import = self.directory.import(&self.operator, ImportMode::Batches).expect("allowed");
            import.groups(lines).await.expect("loaded");
            import.finish().await.expect("finished")
        })
    }
}

/// Groups with odd names, some of them with somebody responsible.
fn odd_groups(ground: &Ground) {
    ground.load(strangers(30));
    let mut dice = Dice::new(0x9009);
    let lines = (1..=80).map(|number: u64| {
        let responsible = if dice.below(2) == 0 { format!("E{}", 1 + dice.below(30)) } else { String::new() };
        let cells = [
            ("group_external_id", format!("G{number}")),
            ("group_name", format!("{}{number}", dice.text(3))),
            ("group_description", dice.text(3)),
            ("group_responsible", responsible),
        ];
        let cells: Vec<(&str, &str)> = cells.iter().map(|(column, text)| (*column, text.as_str())).collect();
        line(number + 1, &cells)
    });
    let report = ground.load_groups(lines.collect());
    assert_eq!((report.groups.created, report.refused), (80, vec![]));
}

fn groups(ground: &Ground, query: &GroupQuery) -> crate::directory::GroupPage {
    wait(ground.directory.groups(&ground.operator, query)).expect("an answer")
}

#[test]
fn every_filter_of_groups_finds_what_memory_finds_in_the_same_order() {
    let ground = Ground::new();
    odd_groups(&ground);
    let everything = groups(&ground, &GroupQuery::default());
    let responsible: Vec<Option<NamedPerson>> =
        everything.groups.iter().map(|group| everything.responsible_for(group).map(NamedPerson::from)).collect();
    let mut dice = Dice::new(0x6709);
    let fields = [TextField::Name, TextField::Description, TextField::Email, TextField::ResponsibleName];

    for _ in 0..200 {
        let field = fields[dice.below(4)];
        let filter = match dice.below(2) {
            0 => Filter::text(field, Comparison::ALL[dice.below(6)], dice.text(2)),
            _ => Filter::Match {
                haystack: TextExpression::Field(field),
                how: Match::Contains,
                needle: TextExpression::Literal(dice.text(2)),
            },
        };
        let direction = [Direction::Ascending, Direction::Descending][dice.below(2)];
        let order = vec![OrderTerm::new(OrderField::Text(fields[dice.below(4)]), direction)];
        let window = Window::new(dice.below(10) as u64, 1 + dice.below(60) as u64);
        let query = GroupQuery { filter, order, window, ..GroupQuery::default() };

        let found: Vec<_> = groups(&ground, &query).groups.iter().map(|group| group.number).collect();

        let records = everything.groups.iter().zip(&responsible);
        let records = records.map(|(group, person)| GroupRecord { group, members: &[], responsible: person.as_ref() });
        let mut meant: Vec<_> = records.filter(|record| query.filter.matches(record)).collect();
        meant.sort_by(|left, right| compare(&query.order, left, right));
        let meant: Vec<_> = window.cut(meant).iter().map(|record| record.group.number).collect();
        assert_eq!(found, meant, "{query:#?}");
    }
}

#[test]
fn a_second_import_of_the_same_memberships_changes_nothing() {
    let ground = Ground::new();
    ground.load(strangers(3));
    let lines = || {
        let member = |number, person| {
            line(number, &[("group_external_id", "A"), ("group_name", "Arts"), ("person_external_id", person), ("membership", "Chair")])
        };
        vec![member(2, "E1"), member(3, "E2")]
    };

    let first = ground.load_groups(lines());
    let second = ground.load_groups(lines());

    assert_eq!((first.groups.created, first.memberships.created), (1, 2));
    assert_eq!((second.groups.unchanged, second.memberships.unchanged, second.memberships.created), (1, 2, 0));
}

#[test]
fn a_membership_of_nobody_is_reported() {
    let ground = Ground::new();

    let report = ground.load_groups(vec![line(2, &[("group_name", "Arts"), ("person_external_id", "E9")])]);

    assert_eq!(report.refused.iter().map(|line| line.reason.as_str()).collect::<Vec<_>>(), ["person_external_id is nobody's"]);
}

#[test]
fn the_members_of_a_group_are_found_and_counted_by_number() {
    let ground = Ground::new();
    ground.load(strangers(5));
    ground.load_groups(vec![
        line(2, &[("group_name", "Arts"), ("person_external_id", "E4")]),
        line(3, &[("group_name", "Arts"), ("person_external_id", "E2")]),
    ]);
    let arts = GroupNumber::new(1).expect("a number");

    let query = PersonQuery { member_of: Some(arts), with_groups: true, ..PersonQuery::default() };
    let page = wait(ground.directory.people(&ground.operator, &query)).expect("an answer");
    let alone = wait(ground.directory.group(&ground.operator, GroupKey::Number(arts), PEOPLE)).expect("a group");

    let numbers: Vec<i64> = page.people.iter().map(|person| person.number.get()).collect();
    assert_eq!(numbers, [2, 4]);
    assert_eq!(page.groups_of(page.people[0].number), [arts]);
    assert_eq!(alone.people.iter().map(|number| number.get()).collect::<Vec<_>>(), [2, 4]);
}
