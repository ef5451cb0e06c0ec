//! Made-up people and made-up writes.

use super::nobody;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use rollcall_core::domain::{
    Account, AttributeValue, Description, Email, Instant, Login, Name, Person, PersonType, Phone, Title, VariableName,
};
use serde_json::{Map, Value};

const NAMES: [&str; 10] =
    ["", " ", "Ana", "de Souza", "Ana de Souza", " Ana  de Souza ", "Dr. Ana de Souza", "Žofie", "\u{a0}x", "🦀 (crab)"];

/// Longer than what may be written.
fn long_name() -> String {
    "Hubert Blaine ".repeat(5)
}

fn name() -> impl Strategy<Value = Option<Name>> {
    let text = prop_oneof![9 => select(NAMES.to_vec()).prop_map(str::to_owned), 1 => Just(long_name())];
    of(text.prop_map(|text| Name::parse(&text).expect("a name")))
}

fn number<T: TryFrom<i64> + std::fmt::Debug>(numbers: std::ops::Range<i64>) -> impl Strategy<Value = Option<T>> {
    of(numbers).prop_map(|number| number.and_then(|number| T::try_from(number).ok()))
}

/// What this API shows of somebody, in any mixture.
pub fn person() -> impl Strategy<Value = Person> {
    let names = (name(), name(), name());
    let references = (number(1..4), number(1..4), number(1..4), number(1..9), number(1..4));
    let answers = any::<[bool; 4]>();
    let email = of(select(vec!["ana@example.com", "ZOE@example.com"]));
    (names, references, answers, email).prop_map(|(names, references, answers, email)| {
        let (given_name, family_name, display_name) = names;
        let (job_title, level, price_list, manager, role) = references;
        let [is_archived, is_visible_in_people_allocation, has_timesheet_required, has_unseen] = answers;
        Person {
            given_name,
            family_name,
            display_name,
            job_title,
            level,
            price_list,
            manager,
            role,
            is_archived,
            is_visible_in_people_allocation,
            has_timesheet_required,
            email: email.and_then(|email| Email::parse(email).ok()),
            ..if has_unseen { unseen() } else { nobody() }
        }
    })
}

/// Somebody with some of what this API does not show.
fn unseen() -> Person {
    Person {
        login: Login::parse("ana").ok(),
        phone: Phone::parse("+47").ok(),
        title: Title::parse("Chair").ok(),
        person_type: PersonType::External,
        account: Account::Blocked,
        has_license: true,
        description: Description::parse("tall").ok(),
        send_invite: true,
        projects: vec![3, 1],
        custom: [(VariableName::parse("shoe").expect("a name"), AttributeValue::parse("41").expect("a value"))].into(),
        last_active_at: Instant::from_milliseconds(1),
        ..nobody()
    }
}

/// A body of any members, all of them such as may be written.
pub fn body() -> impl Strategy<Value = Map<String, Value>> {
    let text = || select(NAMES.to_vec()).prop_map(Value::from).boxed();
    let answer = || any::<bool>().prop_map(Value::from).boxed();
    let id = |ids: std::ops::Range<i64>| prop_oneof![4 => ids.prop_map(Value::from), 1 => Just(Value::Null)].boxed();
    let members: [(&str, BoxedStrategy<Value>); 13] = [
        ("name", text()),
        ("surname", text()),
        ("role_id", id(1..3)),
        ("is_archived", answer()),
        ("is_visible_in_people_allocation", answer()),
        ("has_timesheet_required", answer()),
        ("level_id", id(1..4)),
        ("price_list_id", id(1..4)),
        ("job_title_id", id(1..4)),
        ("allocation_manager_id", id(1..7)),
        ("capacity_id", Just(Value::Null).boxed()),
        ("location_id", Just(Value::Null).boxed()),
        ("stream_id", Just(Value::Null).boxed()),
    ];
    let members = members.map(|(name, value)| of(value).prop_map(move |value| Some((name.to_owned(), value?))));
    members.to_vec().prop_map(|members| members.into_iter().flatten().collect())
}
