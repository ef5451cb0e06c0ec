//! The laws of the lens once more, through the whole room and a real directory.

use super::super::lens::tests::people::body;
use super::{AGENT, get};
use crate::dialect::trial::{Answer, Trial};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::{Map, Value};
use tokio::runtime::Runtime;

/// So few that no client of these tests asks more often than it may.
const WRITES_MAX: usize = 5;
const PEOPLE: [i64; 3] = [7, 8, 9];

async fn put(trial: &Trial, person: i64, key: &str, body: &Value) -> Answer {
    let headers = [("x-api-key", key), AGENT, ("content-type", "application/json")];
    trial.ask("PUT", &format!("/v3/people/{person}"), &headers, &body.to_string()).await
}

/// A write is shown as it was answered, and repeated it changes nothing; one that is refused changes nothing at all.
async fn check(trial: &Trial, key: &str, person: i64, body: Map<String, Value>) -> TestCaseResult {
    let place = format!("/v3/people/{person}");
    let before = get(trial, &place, key).await;

    let written = put(trial, person, key, &body.into()).await;

    let after = get(trial, &place, key).await;
    if written.status == 200 {
        prop_assert_eq!(&written.body, &after.body);
        let back = put(trial, person, key, &after.json()).await;
        let still = get(trial, &place, key).await;
        prop_assert_eq!((back.status, &back.body), (200, &after.body));
        prop_assert_eq!((still.header("etag"), still.body.as_str()), (after.header("etag"), after.body.as_str()));
    } else {
        prop_assert!([400, 409].contains(&written.status), "{} {}", written.status, written.body);
        prop_assert_eq!((after.header("etag"), &after.body), (before.header("etag"), &before.body));
    }
    Ok(())
}

#[test]
fn every_write_is_shown_and_what_is_shown_may_be_put_back() {
    let runtime = Runtime::new().expect("a runtime");
    let trial = runtime.block_on(Trial::populated());
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) });

    let writes = vec((proptest::sample::select(&PEOPLE[..]), body()), 1..=WRITES_MAX);
    let outcome = runner.run(&writes, |writes| {
        runtime.block_on(async {
            let key =
                trial.token(&["senate"], "people:read people:write groups:read groups:write organization:read organization:admin").await;
            for (person, body) in writes {
                check(&trial, &key, person, body).await?;
            }
            Ok(())
        })
    });

    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
