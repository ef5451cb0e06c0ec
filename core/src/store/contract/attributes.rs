//! Custom attributes: no value is ever kept that does not fit its definition.

use super::strangers::Dice;
use super::{Ground, line, wait};
use crate::directory::{Cell, DirectoryError, ImportMode, ImportReport, Line, StoredValues};
use crate::domain::{
    AttributeKind, AttributeObject, Change, Definition, DefinitionChange, Finite, Limits, LimitsChange, NewDefinition, Person, VariableName,
};
use crate::query::PersonQuery;
use crate::store::sql::Bound;

pub(super) fn name(text: &str) -> VariableName {
    VariableName::parse(text).expect("a name")
}

impl Ground {
    fn define(&self, attribute: &str, kind: AttributeKind, limits: Limits) -> Result<Definition, DirectoryError> {
        let new = NewDefinition { kind, limits, ..NewDefinition::text(AttributeObject::Person, name(attribute)) };
        wait(self.directory.create_attribute(&self.operator, new))
    }

    fn edit(&self, attribute: &str, change: DefinitionChange) -> Result<Definition, DirectoryError> {
        wait(self.directory.edit_attribute(&self.operator, AttributeObject::Person, &name(attribute), change))
    }

    fn delete_attribute(&self, attribute: &str, values: StoredValues) -> Result<u64, DirectoryError> {
        wait(self.directory.delete_attribute(&self.operator, AttributeObject::Person, &name(attribute), values))
    }

    fn definitions(&self) -> Vec<(String, AttributeKind)> {
        let all = wait(self.directory.attribute_definitions(&self.operator, AttributeObject::Person)).expect("definitions");
        all.into_iter().map(|definition| (definition.name.to_string(), definition.kind)).collect()
    }

    fn everybody(&self) -> Vec<Person> {
        wait(self.directory.people(&self.operator, &PersonQuery::default())).expect("an answer").people
    }

    fn shown(&self, attribute: &str) -> Vec<Option<String>> {
        self.everybody().iter().map(|person| person.custom.get(&name(attribute)).map(|value| value.to_json().to_string())).collect()
    }
}

/// Gives the strangers up to this number words, sizes, moments and tags, or none.
pub(super) fn give_attributes(ground: &Ground, people: u64) {
    for (attribute, kind) in [
        ("word", AttributeKind::Text),
        ("size", AttributeKind::Number),
        ("since", AttributeKind::DateTime),
        ("tags", AttributeKind::Outline),
    ] {
        ground.define(attribute, kind, Limits::default()).expect("defined");
    }
    let mut dice = Dice::new(0xa77);
    let lines = (1..=people).map(|number| {
        let since = ["", "2026-01-01", "2026-01-01T00:00:00.001Z", "2025-12-31T23:59:59Z"][dice.below(4)];
        let size = ["", "-1.5", "0", "2", "3", "1e300"][dice.below(6)];
        let tags = ["", "a;b", "b", "A"][dice.below(4)];
        let (person, word) = (format!("E{number}"), dice.text(2));
        let cells = [("custom.word", word.as_str()), ("custom.size", size), ("custom.since", since), ("custom.tags", tags)];
        line(number + 1, &[&[("external_id", person.as_str())][..], &cells].concat())
    });
    ground.load(lines.collect());
}

/// A ground where Jane has shoes of size 43, Omar of size 36.5, and Ana none.
fn shod() -> Ground {
    let ground = Ground::new();
    ground.define("shoe", AttributeKind::Number, Limits::default()).expect("defined");
    let shoes = [("jane", "43"), ("omar", "36.5"), ("ana", "")];
    ground.load((2..).zip(shoes).map(|(number, (login, shoe))| line(number, &[("login", login), ("custom.shoe", shoe)])).collect());
    ground
}

fn reasons(report: &ImportReport) -> Vec<&str> {
    report.refused.iter().map(|line| line.reason.as_str()).collect()
}

fn said<T: std::fmt::Debug>(refused: Result<T, DirectoryError>) -> String {
    refused.expect_err("a refusal").to_string()
}

fn at_most(greatest: f64) -> DefinitionChange {
    let limits = LimitsChange { value_max: Finite::new(greatest).map_or(Change::Keep, Change::Set), ..LimitsChange::default() };
    DefinitionChange { limits, ..DefinitionChange::default() }
}

#[test]
fn values_are_kept_as_their_type() {
    let ground = shod();

    assert_eq!(ground.shown("shoe"), [Some("43".to_owned()), Some("36.5".to_owned()), None]);
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn a_value_that_does_not_fit_refuses_its_line_alone() {
    let ground = shod();

    let cells = [("login", "jane"), ("custom.shoe", "large"), ("custom.hat", "x")];
    let report = ground.try_load(vec![line(2, &cells), line(3, &[("login", "ana"), ("custom.shoe", "40")])], ImportMode::Batches);

    assert_eq!(reasons(&report), ["custom.shoe must be a number"]);
    assert_eq!(ground.shown("shoe"), [Some("43".to_owned()), Some("36.5".to_owned()), Some("40".to_owned())]);
    assert_eq!(ground.definitions(), [("shoe".to_owned(), AttributeKind::Number)]);
}

#[test]
fn typed_json_is_taken_as_it_is() {
    let ground = Ground::new();
    ground.define("tags", AttributeKind::ListOfOptions, Limits::default()).expect("defined");
    ground.define("files", AttributeKind::Attachment, Limits::default()).expect("defined");
    ground.define("office", AttributeKind::Relationship, Limits::default()).expect("defined");
    let text = |text: &str| Cell::Text(text.to_owned());
    let file = Cell::Object(vec![("Name".to_owned(), text("cv.pdf")), ("Size".to_owned(), Cell::Number("12".to_owned()))]);
    let cells = [
        ("login", text("jane")),
        ("custom.tags", Cell::List(vec![text("a;b"), text("c")])),
        ("custom.files", Cell::List(vec![file])),
        ("custom.office", Cell::Object(vec![("Id".to_owned(), text("7")), ("Caption".to_owned(), Cell::Null)])),
    ];

    ground.load(vec![Line { number: 2, cells: cells.map(|(column, cell)| (column.to_owned(), cell)).into() }]);

    assert_eq!(ground.shown("tags"), [Some(r#"["a;b","c"]"#.to_owned())]);
    assert_eq!(ground.shown("files"), [Some(r#"[{"Name":"cv.pdf","Size":12}]"#.to_owned())]);
    assert_eq!(ground.shown("office"), [Some(r#"{"Caption":null,"Id":"7"}"#.to_owned())]);
}

#[test]
fn an_attribute_that_nobody_has_defined_becomes_a_text() {
    let ground = Ground::new();

    ground.load(vec![line(2, &[("login", "jane"), ("custom.shoe", "43")])]);

    assert_eq!(ground.definitions(), [("shoe".to_owned(), AttributeKind::Text)]);
    assert_eq!(ground.shown("shoe"), [Some("\"43\"".to_owned())]);
}

#[test]
fn a_name_is_defined_once_and_case_counts() {
    let ground = shod();

    let again = ground.define("shoe", AttributeKind::Text, Limits::default());
    let other = ground.define("Shoe", AttributeKind::Text, Limits::default());

    assert!(matches!(again, Err(DirectoryError::Conflict { field: "attribute", .. })));
    assert!(other.is_ok());
}

#[test]
fn there_are_five_hundred_attributes_at_most() {
    let ground = Ground::new();
    let columns: Vec<String> = (0..500).map(|number| format!("custom.a{number}")).collect();
    let cells: Vec<(&str, &str)> = columns.iter().map(|column| (column.as_str(), "x")).collect();
    ground.load(vec![line(2, &[&[("login", "jane")][..], &cells].concat())]);

    let further = ground.try_load(vec![line(2, &[("login", "jane"), ("custom.b", "x")])], ImportMode::Batches);

    assert!(reasons(&further)[0].contains("500 at most"));
    assert!(said(ground.define("b", AttributeKind::Text, Limits::default())).contains("500 at most"));
    assert_eq!(ground.definitions().len(), 500);
}

#[test]
fn a_limit_is_not_tightened_while_values_would_break_it() {
    let ground = shod();
    let before = ground.sequence();

    let refused = ground.edit("shoe", at_most(40.0));
    let allowed = ground.edit("shoe", at_most(43.0));

    assert_eq!(said(refused), "custom.shoe is not changed: 1 person has a value of it outside the new limits");
    assert!(allowed.is_ok_and(|definition| definition.limits.value_max == Finite::new(43.0)));
    assert_eq!(ground.sequence(), before + 1);
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn a_type_changes_only_while_there_is_no_value() {
    let ground = shod();
    let to_text = || DefinitionChange { kind: Some(AttributeKind::Text), ..DefinitionChange::default() };

    let refused = ground.edit("shoe", to_text());
    ground.load(vec![line(2, &[("login", "jane"), ("custom.shoe", "")]), line(3, &[("login", "omar"), ("custom.shoe", "")])]);
    let allowed = ground.edit("shoe", to_text());

    assert_eq!(said(refused), "custom.shoe is not changed: 2 people have a value of it and its type changes only while nobody has");
    assert!(allowed.is_ok());
}

#[test]
fn an_edit_that_changes_nothing_moves_nothing() {
    let ground = shod();
    let before = ground.sequence();

    let definition = ground.edit("shoe", DefinitionChange { kind: Some(AttributeKind::Number), ..DefinitionChange::default() });

    assert!(definition.is_ok());
    assert_eq!(ground.sequence(), before);
}

#[test]
fn an_attribute_is_deleted_with_its_values_only_when_that_is_asked() {
    let ground = shod();
    let before = ground.sequence();

    let refused = ground.delete_attribute("shoe", StoredValues::Keep);
    let erased = ground.delete_attribute("shoe", StoredValues::Erase);

    assert_eq!(said(refused), "custom.shoe is not changed: 2 people have a value of it that must be erased with it");
    assert_eq!(erased.ok(), Some(2));
    assert_eq!((ground.shown("shoe"), ground.definitions()), (vec![None, None, None], vec![]));
    assert_eq!(ground.sequence(), before + 3, "one change for each person, and one for the definition");
    assert_eq!(ground.findings(), Vec::<String>::new());
}

#[test]
fn somebody_in_the_bin_keeps_no_value_without_a_definition() {
    let ground = shod();
    let jane = ground.everybody().remove(0).number;
    let key = crate::directory::PersonKey::Number(jane);
    wait(ground.directory.delete_person(&ground.operator, key, &crate::directory::Precondition::default())).expect("deleted");

    let tightened = ground.edit("shoe", at_most(40.0));
    ground.delete_attribute("shoe", StoredValues::Erase).expect("deleted");
    wait(ground.directory.restore_person(&ground.operator, jane)).expect("restored");

    assert!(said(tightened).contains("1 person has a value of it"));
    assert_eq!((ground.shown("shoe"), ground.findings()), (vec![None, None, None], vec![]));
}

#[test]
fn a_definition_is_written_by_administrators_alone() {
    let ground = shod();
    let scopes = crate::domain::Scopes::all().difference(crate::domain::Scopes::new([crate::domain::Scope::OrganizationAdmin]));
    let writer = crate::directory::Actor::operator(ground.operator.organization(), ground.operator.slug().clone(), scopes);

    let new = NewDefinition::text(AttributeObject::Person, name("hat"));
    let created = wait(ground.directory.create_attribute(&writer, new));
    let edited = wait(ground.directory.edit_attribute(&writer, AttributeObject::Person, &name("shoe"), DefinitionChange::default()));
    let deleted = wait(ground.directory.delete_attribute(&writer, AttributeObject::Person, &name("shoe"), StoredValues::Erase));

    assert!(matches!(created, Err(DirectoryError::Forbidden(_))));
    assert!(matches!(edited, Err(DirectoryError::Forbidden(_))));
    assert!(matches!(deleted, Err(DirectoryError::Forbidden(_))));
}

#[test]
fn a_check_finds_values_that_no_definition_allows() {
    for (forged, expected) in [
        ("update attributes set kind = 'Date/Time' where organization_id = $1", "senate: person 1: custom.shoe must be a moment"),
        ("delete from attributes where organization_id = $1", "senate: person 1: custom.shoe is not defined"),
        ("update sequences set attribute_number = 0 where organization_id = $1", "could be given to another attribute"),
    ] {
        let ground = shod();
        let forge = Bound::new(forged);
        let work = ground.directory.store.write(ground.operator.organization(), move |tx| {
            Box::pin(async move { Ok::<_, DirectoryError>(tx.execute(&forge, Vec::new()).await?) })
        });
        wait(work).expect("a forged row");

        assert!(ground.findings().join(", ").contains(expected), "{forged}: {:?}", ground.findings());
    }
}
