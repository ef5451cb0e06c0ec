use super::*;
use plan::Step::{Begin, Complete, Perform, Refuse};
use proptest::prelude::*;

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

fn user(own: &'static str, manager: &str) -> (&'static str, &'static str, &'static str, Value) {
    ("POST", own, "/Users", json!({ ENTERPRISE: { "manager": { "value": format!("bulkId:{manager}") } } }))
}

fn group(own: &'static str, members: &[&str]) -> (&'static str, &'static str, &'static str, Value) {
    let members: Vec<Value> = members.iter().map(|member| json!({ "value": format!("bulkId:{member}") })).collect();
    ("POST", own, "/Groups", json!({ "members": members }))
}

fn planned(written: &[(&str, &str, &str, Value)]) -> Vec<plan::Step> {
    plan::plan(&operations(written))
}

#[test]
fn operations_are_done_in_their_order() {
    let written = [user("a", "x"), user("b", "a"), ("DELETE", "", "/Users/bulkId:a", json!({}))];

    assert_eq!(planned(&written), [Perform(0), Perform(1), Perform(2)]);
}

#[test]
fn who_refers_to_what_comes_later_waits_for_it() {
    let written = [group("g", &["b", "a"]), ("PATCH", "", "/Users/bulkId:b", json!({})), user("a", "b"), user("b", "")];

    assert_eq!(planned(&written), [Perform(3), Perform(2), Perform(0), Perform(1)]);
}

#[test]
fn of_users_in_a_circle_one_is_begun_without_its_manager() {
    let written = [user("a", "b"), user("b", "c"), user("c", "a"), user("d", "")];

    assert_eq!(planned(&written), [Begin(2), Perform(1), Perform(0), Complete(2), Perform(3)]);
}

#[test]
fn groups_in_a_circle_and_whoever_waits_for_itself_are_refused() {
    assert_eq!(planned(&[group("g", &["h"]), group("h", &["g"])]), [Refuse(1), Perform(0)]);
    assert_eq!(planned(&[group("g", &["g"]), user("a", "a")]), [Refuse(0), Refuse(1)]);
}

#[test]
fn what_is_begun_is_completed_by_the_patch_of_its_manager() {
    let (.., data) = user("a", "b");
    let mut data = data.as_object().expect("an object").clone();
    data.insert("userName".to_owned(), json!("ana"));

    let patch = references::take_manager(&mut data).expect("a patch");

    assert_eq!(Value::Object(data), json!({ ENTERPRISE: {}, "userName": "ana" }));
    assert_eq!(
        Value::Object(patch),
        json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [{ "op": "add", "path": format!("{ENTERPRISE}:manager"), "value": { "value": "bulkId:b" } }],
        })
    );
}

#[test]
fn a_chain_as_long_as_a_request_may_be_is_planned() {
    let users = (0..1000).map(|number| {
        let manager = json!({ ENTERPRISE: { "manager": format!("bulkId:{}", number + 1) } });
        json!({ "method": "POST", "bulkId": number.to_string(), "path": "/Users", "data": manager })
    });
    let body = json!({ "schemas": [request::SCHEMA], "Operations": users.collect::<Vec<_>>() });

    let steps = plan::plan(&read(body).expect("a request").operations);

    assert_eq!((steps.len(), steps[0], steps[999]), (1000, Perform(999), Perform(0)));
}

proptest! {
    #[test]
    fn everything_is_tried_once_and_after_what_it_needs(managers in prop::collection::vec(0_usize..12, 0..12)) {
        let written: Vec<Value> = managers
            .iter()
            .enumerate()
            .map(|(number, manager)| {
                let data = json!({ ENTERPRISE: { "manager": format!("bulkId:{manager}") } });
                json!({ "method": "POST", "bulkId": number.to_string(), "path": "/Users", "data": data })
            })
            .collect();
        let operations = read(json!({ "schemas": [request::SCHEMA], "Operations": written })).expect("a request").operations;

        let steps = plan::plan(&operations);

        let mut there = Vec::new();
        for step in steps {
            let needed = |index: usize| managers[index];
            match step {
                Perform(index) => {
                    prop_assert!(there.contains(&needed(index)) || needed(index) >= managers.len());
                    there.push(index);
                }
                Begin(index) => there.push(index),
                Complete(index) => prop_assert!(there.contains(&index) && there.contains(&needed(index))),
                Refuse(index) => {
                    prop_assert_eq!(needed(index), index);
                    there.push(index);
                }
            }
        }
        there.sort_unstable();
        prop_assert_eq!(there, (0..managers.len()).collect::<Vec<_>>());
    }
}
