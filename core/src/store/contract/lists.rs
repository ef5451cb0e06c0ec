//! Random filters over lists, over what case counts in, over yes and no: the store must find what memory finds.

use super::company::{ALL, Company, everything};
use super::strangers::Dice;
use super::{Ground, wait};
use crate::domain::Instant;
use crate::query::{
    Absent, BooleanField, Comparison, Direction, Equality, ExactField, Filter, GroupQuery, IdField, InstantField, ListField, Match,
    NumberExpression, NumberField, OrderField, OrderTerm, Part, PersonQuery, Record, Test, TextExpression, TextField, Window, compare,
};
use uuid::Uuid;

const PEOPLE: u64 = 120;
const FILTERS: usize = 250;

fn one_of<T: Clone>(dice: &mut Dice, choices: &[T]) -> T {
    choices[dice.below(choices.len())].clone()
}

/// What a random filter is made of.
struct Subject<'a> {
    company: &'a Company,
    lists: &'static [fn() -> ListField],
}

const OF_PEOPLE: &[fn() -> ListField] = &[
    || ListField::Emails,
    || ListField::Emails,
    || ListField::Phones,
    || ListField::Photos,
    || ListField::Ims,
    || ListField::Addresses,
    || ListField::Groups,
    || ListField::Groups,
    || ListField::Manager,
    || ListField::Manager,
    || ListField::Projects,
    || ListField::Attribute(super::attributes::name("tags")),
    // People never have them.
    || ListField::Members,
];
const OF_GROUPS: &[fn() -> ListField] =
    &[|| ListField::Members, || ListField::Members, || ListField::Responsible, || ListField::Responsible, || ListField::Emails];

impl Subject<'_> {
    fn list(&self, dice: &mut Dice) -> ListField {
        one_of(dice, self.lists)()
    }

    fn id(&self, dice: &mut Dice) -> Uuid {
        let groups = &self.company.groups;
        match dice.below(4) {
            0 => Uuid::nil(),
            1 => groups[dice.below(groups.len())].group.id.uuid(),
            _ => self.company.people[dice.below(self.company.people.len())].person.id.uuid(),
        }
    }

    /// A text that somebody may have.
    fn text(&self, dice: &mut Dice) -> String {
        let whole = match dice.below(7) {
            0 => dice.text(2),
            1 => one_of(dice, &["work", "HOME", "direct", "indirect", "User", "group", ""]).to_owned(),
            2 => one_of(dice, &["p1@example.com", "O@SS.example", "+47 1", "https://a.example/p", "NO", "2"]).to_owned(),
            3 => self.id(dice).to_string(),
            4 => self.id(dice).to_string().to_uppercase(),
            5 => self.company.groups[dice.below(self.company.groups.len())].group.name.to_string(),
            _ => self.company.people[dice.below(self.company.people.len())].person.name(),
        };
        let characters: Vec<char> = whole.chars().collect();
        match dice.below(3) {
            0 => characters.into_iter().skip(dice.below(3)).take(1 + dice.below(5)).collect(),
            _ => whole,
        }
    }

    fn comparison_of_text(&self, dice: &mut Dice, field: TextField) -> Filter {
        let left = TextExpression::Field(field);
        let left = if dice.below(4) == 0 { TextExpression::ToLower(Box::new(left)) } else { left };
        match dice.below(8) {
            0 => Filter::Text { left, comparison: one_of(dice, &Comparison::ALL), right: TextExpression::Absent },
            1..=4 => {
                let comparison = if dice.below(2) == 0 { Comparison::Equal } else { one_of(dice, &Comparison::ALL) };
                Filter::Text { left, comparison, right: TextExpression::Literal(self.text(dice)) }
            }
            _ => {
                let needle = TextExpression::Literal(self.text(dice));
                Filter::Match { haystack: left, how: one_of(dice, &[Match::Contains, Match::StartsWith, Match::EndsWith]), needle }
            }
        }
    }

    fn exact(&self, dice: &mut Dice, field: ExactField) -> Filter {
        let test = match dice.below(3) {
            0 => Test::Comparison(Comparison::Equal),
            1 => Test::Comparison(one_of(dice, &Comparison::ALL)),
            _ => Test::Match(one_of(dice, &[Match::Contains, Match::StartsWith, Match::EndsWith])),
        };
        Filter::Exact { field, test, value: (dice.below(6) > 0).then(|| self.text(dice)) }
    }

    /// A condition on one element.
    fn element(&self, dice: &mut Dice, depth: usize) -> Filter {
        let equality = one_of(dice, &[Equality::Equal, Equality::NotEqual]);
        match dice.below(if depth == 0 { 10 } else { 14 }) {
            0 => Filter::Constant(dice.below(3) > 0),
            1 => Filter::Boolean { field: BooleanField::Primary, equality, value: one_of(dice, &[Some(true), Some(false), None]) },
            2 => Filter::Id { field: IdField::Id, equality, value: (dice.below(5) > 0).then(|| self.id(dice)) },
            3 => Filter::id(IdField::Id, self.id(dice)),
            4 => {
                let field = one_of(dice, &[ExactField::Id, ExactField::Part(Part::Value), ExactField::Part(Part::Display)]);
                self.exact(dice, field)
            }
            5 => Filter::number(NumberField::Value, one_of(dice, &Comparison::ALL), one_of(dice, &[1, 2, 30])),
            6 => Filter::text(TextField::Part(Part::Type), Comparison::Equal, one_of(dice, &["work", "direct", "Group", "user"])),
            7 => {
                let part = one_of(dice, &Part::ALL);
                self.comparison_of_text(dice, TextField::Part(part))
            }
            8 => self.comparison_of_text(dice, TextField::Part(Part::Display)),
            9 => self.comparison_of_text(dice, TextField::Part(Part::Value)),
            10 => self.element(dice, depth - 1).negated(),
            11 => Filter::Or((0..dice.below(3)).map(|_| self.element(dice, depth - 1)).collect()),
            _ => Filter::And((0..1 + dice.below(3)).map(|_| self.element(dice, depth - 1)).collect()),
        }
    }

    fn leaf(&self, dice: &mut Dice) -> Filter {
        let equality = one_of(dice, &[Equality::Equal, Equality::NotEqual]);
        let comparison = one_of(dice, &Comparison::ALL);
        match dice.below(12) {
            0 => {
                let field = one_of(dice, &[TextField::DisplayName, TextField::Title, TextField::NickName, TextField::UserType]);
                self.comparison_of_text(dice, field)
            }
            1 => {
                let field = one_of(dice, &TextField::ALL);
                self.comparison_of_text(dice, field)
            }
            2 => {
                let fields = [ExactField::Id, ExactField::ExternalId, ExactField::ProfileUrl, ExactField::Identity];
                let field = one_of(dice, &fields);
                self.exact(dice, field)
            }
            3 => Filter::exact(ExactField::ExternalId, comparison, one_of(dice, &["E7", "G7", "e7", "E1"])),
            4 => {
                let value = one_of(dice, &[Some(true), Some(false), None]);
                Filter::Boolean { field: one_of(dice, &BooleanField::ALL), equality, value }
            }
            5 => {
                let fields = [NumberField::Level, NumberField::Role, NumberField::PriceList, NumberField::Manager, NumberField::Value];
                let right = one_of(dice, &[NumberExpression::Absent, NumberExpression::Literal(crate::query::Number::Integer(1))]);
                Filter::Number { left: NumberExpression::Field(one_of(dice, &fields)), comparison, right }
            }
            6 => {
                let fields = [InstantField::CreatedAt, InstantField::UpdatedAt, InstantField::LastActiveAt];
                let value = one_of(dice, &[None, Instant::from_milliseconds(super::NOW)]);
                Filter::Instant { field: one_of(dice, &fields), comparison, value }
            }
            7 => Filter::first_choice(self.list(dice), self.element(dice, 1)),
            _ => Filter::any(self.list(dice), self.element(dice, 2)),
        }
    }

    fn filter(&self, dice: &mut Dice, depth: usize) -> Filter {
        if depth == 0 {
            return self.leaf(dice);
        }
        match dice.below(9) {
            0 => self.filter(dice, depth - 1).negated(),
            1 | 2 => Filter::And((0..dice.below(4)).map(|_| self.filter(dice, depth - 1)).collect()),
            3 | 4 => Filter::Or((0..dice.below(4)).map(|_| self.filter(dice, depth - 1)).collect()),
            5 => Filter::Same(Box::new(self.filter(dice, depth - 1)), Box::new(self.leaf(dice))),
            _ => self.leaf(dice),
        }
    }

    fn order(&self, dice: &mut Dice) -> Vec<OrderTerm> {
        let term = |dice: &mut Dice| {
            let part = Box::new(one_of(
                dice,
                &[
                    OrderField::Text(TextField::Part(Part::Display)),
                    OrderField::Exact(ExactField::Part(Part::Value)),
                    OrderField::Id(IdField::Id),
                    OrderField::Boolean(BooleanField::Primary),
                ],
            ));
            let fields = [
                OrderField::Text(one_of(dice, &TextField::ALL)),
                OrderField::Exact(one_of(dice, &[ExactField::Id, ExactField::ExternalId, ExactField::ProfileUrl])),
                OrderField::Boolean(one_of(dice, &BooleanField::ALL)),
                OrderField::Number(one_of(dice, &[NumberField::Level, NumberField::Role, NumberField::Account, NumberField::Number])),
                OrderField::Instant(one_of(dice, &[InstantField::CreatedAt, InstantField::UpdatedAt, InstantField::LastActiveAt])),
                OrderField::Id(IdField::Id),
                OrderField::Element { list: self.list(dice), field: part },
            ];
            OrderTerm {
                field: one_of(dice, &fields),
                direction: one_of(dice, &[Direction::Ascending, Direction::Descending]),
                absent: one_of(dice, &[Absent::Least, Absent::Greatest]),
            }
        };
        (0..dice.below(3)).map(|_| term(dice)).collect()
    }

    fn window(dice: &mut Dice) -> Window {
        match dice.below(5) {
            0 => Window::new(0, 0),
            1 => Window::new(dice.below(20) as u64, dice.below(50) as u64),
            2 => Window { offset: dice.below(30) as u64, limit: None },
            _ => Window::everything(),
        }
    }
}

/// The numbers of those in the window, and how many pass in all.
fn meant<R: Record>(records: impl Iterator<Item = R>, filter: &Filter, order: &[OrderTerm], window: Window) -> (Vec<i64>, u64) {
    let mut found: Vec<R> = records.filter(|record| filter.matches(record)).collect();
    let total = found.len() as u64;
    found.sort_by(|left, right| compare(order, left, right));
    (window.cut(found).iter().map(Record::record_number).collect(), total)
}

#[test]
fn every_filter_of_people_and_their_lists_finds_and_counts_what_memory_finds() {
    let ground = Ground::new();
    let company = Company::found(&ground, PEOPLE);
    let subject = Subject { company: &company, lists: OF_PEOPLE };
    let mut dice = Dice::new(0x115f);

    for _ in 0..FILTERS {
        let (filter, order, window) = (subject.filter(&mut dice, 3), subject.order(&mut dice), Subject::window(&mut dice));
        let query = PersonQuery { filter, order, window, ..PersonQuery::default() };
        let list = wait(ground.directory.list_people(&ground.operator, &query, ALL)).expect("an answer");

        let numbers: Vec<i64> = list.items.iter().map(|item| item.person.number.get()).collect();
        let (meant, total) = meant(company.people.iter().map(|item| item.record()), &query.filter, &query.order, window);
        assert_eq!((numbers, list.total), (meant, Some(total)), "{query:#?}");
        for item in list.items {
            let whole = company.people.iter().find(|other| other.person.number == item.person.number).expect("somebody");
            assert_eq!((&item.groups, &item.manager, item.version), (&whole.groups, &whole.manager, whole.version), "{query:#?}");
        }
    }
}

#[test]
fn every_filter_of_groups_and_their_lists_finds_and_counts_what_memory_finds() {
    let ground = Ground::new();
    let company = Company::found(&ground, PEOPLE);
    let subject = Subject { company: &company, lists: OF_GROUPS };
    let mut dice = Dice::new(0x96095);

    for _ in 0..FILTERS {
        let (filter, order, window) = (subject.filter(&mut dice, 3), subject.order(&mut dice), Subject::window(&mut dice));
        let query = GroupQuery { filter, order, window, ..GroupQuery::default() };
        let list = everything(&ground, query.clone());

        let numbers: Vec<i64> = list.items.iter().map(|item| item.group.number.get()).collect();
        let (meant, total) = meant(company.groups.iter().map(|item| item.record()), &query.filter, &query.order, window);
        assert_eq!((numbers, list.total), (meant, Some(total)), "{query:#?}");
    }
}

#[test]
fn what_an_index_leads_to_is_found_as_memory_finds_it() {
    let ground = Ground::new();
    let company = Company::found(&ground, PEOPLE);
    let subject = Subject { company: &company, lists: OF_PEOPLE };
    let mut dice = Dice::new(0x1dea);
    let indexed = [ListField::Emails, ListField::Phones, ListField::Groups, ListField::Manager];
    let mut found_any = 0;

    for _ in 0..FILTERS {
        let filter = Filter::any(one_of(&mut dice, &indexed), subject.element(&mut dice, 1));
        let filter = if dice.below(3) == 0 { filter.negated() } else { filter };
        let query = PersonQuery { filter, ..PersonQuery::default() };
        let list = wait(ground.directory.list_people(&ground.operator, &query, ALL)).expect("an answer");

        let numbers: Vec<i64> = list.items.iter().map(|item| item.person.number.get()).collect();
        let (meant, _) = meant(company.people.iter().map(|item| item.record()), &query.filter, &[], query.window);
        assert_eq!(numbers, meant, "{query:#?}");
        found_any += usize::from(!numbers.is_empty() && numbers.len() < company.people.len());
    }

    assert!(found_any > FILTERS / 5, "only {found_any} filters told people apart");
}
