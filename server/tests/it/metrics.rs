//! What an operator's monitoring reads: counts that are true, without a word about a person, for who may see them.

use crate::support::{Answer, Api, Call, Database, TestServer, people};
use rollcall::http::MetricsAccess;
use rollcall_core::domain::Scope;

async fn metrics(server: &TestServer) -> Answer {
    server.call("GET", "/metrics").send().await
}

/// The value of a sample.
fn sample(page: &str, name: &str) -> Option<f64> {
    page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

#[tokio::test]
async fn requests_are_counted_by_api_route_method_and_status_on_both_ways() {
    let server = TestServer::with(people!["Jane"]).await;
    let quick = server.reader().call(Api::Wethod, "GET", "/api/persons/1");
    for call in [quick.clone(), quick.clone(), quick.header("X-Unknown-To-Everybody", "1")] {
        assert_eq!(call.send().await.status, 200);
    }
    server.reader().get(Api::Wethod, "/api/persons/77").await;
    server.anonymous().get(Api::Scim, "/scim/v2/Users").await;
    server.anonymous().get(Api::Seven, "/v1/nowhere/at/all").await;

    let page = metrics(&server).await;

    assert_eq!(page.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let counted = |labels: &str| sample(page.text(), &format!("rollcall_http_requests_total{{{labels}}}"));
    let persons = r#"api="wethod",route="/api/persons/{id}",method="GET""#;
    assert_eq!(counted(&format!(r#"{persons},status="200""#)), Some(3.0), "{}", page.text());
    assert_eq!(counted(&format!(r#"{persons},status="404""#)), Some(1.0));
    assert_eq!(counted(r#"api="scim",route="/scim/v2/Users",method="GET",status="401""#), Some(1.0));
    assert_eq!(counted(r#"api="24sevenoffice",route="",method="GET",status="404""#), Some(1.0));
    assert_eq!(sample(page.text(), &format!("rollcall_http_request_duration_seconds_count{{{persons}}}")), Some(4.0));
    assert_eq!(sample(page.text(), "rollcall_answers_hits_total"), Some(1.0));
}

#[tokio::test]
async fn the_store_the_writer_and_the_process_are_measured() {
    let server = TestServer::with(people!["Jane"]).await;

    let page = metrics(&server).await;

    let names = [
        "rollcall_store_connections",
        "rollcall_store_commit_writes_count",
        "rollcall_store_commit_duration_seconds_sum",
        "rollcall_http_connections",
        "process_resident_memory_bytes",
        "process_open_fds",
    ];
    for name in names {
        assert!(sample(page.text(), name).is_some_and(|value| value > 0.0), "{name}: {}", page.text());
    }
    assert_eq!(sample(page.text(), "rollcall_store_writes_waiting"), Some(0.0));
}

#[tokio::test]
async fn every_sample_belongs_to_a_metric_that_was_described() {
    let server = TestServer::with(people!["Jane"]).await;

    let page = metrics(&server).await;

    let mut metric = "";
    for line in page.text().lines() {
        match line.strip_prefix("# TYPE ") {
            Some(described) => metric = described.split(' ').next().expect("a name"),
            None if line.starts_with('#') => {}
            None => assert!(!metric.is_empty() && line.starts_with(metric), "{line} after {metric}"),
        }
    }
}

#[tokio::test]
async fn what_came_through_a_proxy_sees_no_metrics_unless_they_are_open() {
    let server = TestServer::start().await;
    let through = |server: &TestServer| server.call("GET", "/metrics").header("X-Forwarded-For", "127.0.0.1");

    assert_eq!(through(&server).send().await.status, 404);

    let open = TestServer::showing_metrics_to(Database::new(), MetricsAccess::Open).await;
    assert_eq!(through(&open).send().await.status, 200);
}

#[tokio::test]
async fn metrics_that_are_for_administrators_are_for_nobody_else() {
    let server = TestServer::showing_metrics_to(Database::new(), MetricsAccess::Admin).await;
    let call = |server: &TestServer| -> Call { server.call("GET", "/metrics") };
    let of = |secret: Option<String>| call(&server).header("Authorization", &format!("Bearer {}", secret.expect("a secret")));

    let admin = server.holder_of(&[Scope::OrganizationAdmin]).await.secret;
    let reader = server.holder_of(&[Scope::PeopleRead]).await.secret;

    assert_eq!(of(admin).send().await.status, 200);
    assert_eq!(of(reader).send().await.status, 403);
    assert_eq!(of(Some("nonsense".to_owned())).send().await.status, 401);
    assert_eq!(call(&server).send().await.status, 401);
}

#[tokio::test]
async fn metrics_that_are_off_are_not_there() {
    let server = TestServer::showing_metrics_to(Database::new(), MetricsAccess::Off).await;

    assert_eq!(metrics(&server).await.status, 404);
}
