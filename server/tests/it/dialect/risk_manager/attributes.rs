//! Custom attributes: shown as their type, and filtered and ordered by.

use crate::support::{Api, TestServer, people, slug};
use rollcall_core::domain::{AttributeKind, AttributeObject, NewDefinition, Scope, VariableName};
use serde_json::json;

/// Defines attributes of people in the senate.
async fn define(server: &TestServer, object: AttributeObject, kinds: &[(&str, AttributeKind)]) {
    let actor = server.directory.operator(&slug("senate")).await.expect("an organization");
    for (name, kind) in kinds {
        let name = VariableName::parse(name).expect("a name");
        let new = NewDefinition { kind: *kind, ..NewDefinition::text(object, name) };
        server.directory.create_attribute(&actor, new).await.expect("a definition");
    }
}

/// Jane has everything, Omar other values, and Ann nothing.
async fn with_attributes() -> TestServer {
    let server = TestServer::start().await;
    let kinds = [
        ("shoe-size", AttributeKind::Number),
        ("since", AttributeKind::DateTime),
        ("tags", AttributeKind::ListOfOptions),
        ("motto", AttributeKind::Text),
        ("office", AttributeKind::Relationship),
        ("cv", AttributeKind::Attachment),
    ];
    define(&server, AttributeObject::Person, &kinds).await;
    let mut people = people![
        "Jane", custom_since: "2020-02-29T12:00:00+01:00", custom_tags: "Red;Blue", custom_motto: "Straße", custom_office: "Main",
            custom_cv: "[{\"Name\":\"cv.pdf\",\"Size\":12}]";
        "Omar", custom_since: "2021-01-01", custom_tags: "Red", custom_motto: "none", custom_office: "{\"Id\":\"7\"}";
        "Ann";
    ];
    for (line, size) in people.iter_mut().zip(["43", "36.5"]) {
        line.cells.push(("custom.shoe-size".to_owned(), rollcall_core::directory::Cell::Number(size.to_owned())));
    }
    server.add("senate", people).await;
    server
}

#[tokio::test]
async fn each_type_is_shown_as_its_json_in_lists_and_alone() {
    let server = with_attributes().await;
    let expected = json!({
        "cv": [{ "Name": "cv.pdf", "Size": 12 }],
        "motto": "Straße",
        "office": { "Id": null, "Caption": "Main" },
        "shoe-size": 43,
        "since": "2020-02-29T11:00:00.000Z",
        "tags": ["Red", "Blue"],
    });

    let list = server.reader().modulo("").await;
    let id = list.at("/0/Id").as_str().expect("an id").to_owned();
    let single = server.reader().get(Api::Modulo, &format!("/api/Organization/people/{id}")).await;

    assert_eq!(list.at("/0/CustomAttributes"), expected);
    assert_eq!(single.at("/CustomAttributes"), expected);
    assert_eq!(list.at("/2/CustomAttributes"), json!({}));
}

#[tokio::test]
async fn people_are_found_by_attributes_of_every_type() {
    let server = with_attributes().await;

    for (filter, expected) in [
        ("CustomAttributes/shoe-size gt 40", vec!["Jane"]),
        ("CustomAttributes/shoe-size eq 36.5", vec!["Omar"]),
        ("CustomAttributes/shoe-size eq null", vec!["Ann"]),
        ("CustomAttributes/shoe-size ne 43", vec!["Omar", "Ann"]),
        ("CustomAttributes/shoe-size add 1 lt 40", vec!["Omar"]),
        ("CustomAttributes/since lt datetime'2020-12-31'", vec!["Jane"]),
        ("datetimeoffset'2020-02-29T12:00:00%2B01:00' eq CustomAttributes/since", vec!["Jane"]),
        ("CustomAttributes/since ge 2020-02-29T11:00:00.0000001Z", vec!["Omar"]),
        ("not (CustomAttributes/since ne null)", vec!["Ann"]),
        ("substringof('red',CustomAttributes/tags)", vec!["Jane", "Omar"]),
        ("CustomAttributes/tags eq 'Red'", vec!["Omar"]),
        ("CustomAttributes/motto eq 'STRASSE'", vec!["Jane"]),
        ("startswith(CustomAttributes/office,'main') or CustomAttributes/office eq '7'", vec!["Jane", "Omar"]),
        ("Name eq 'Omar' and length(CustomAttributes/motto) eq 4", vec!["Omar"]),
    ] {
        assert_eq!(server.reader().filtered(filter).await.names(), expected, "{filter}");
    }
}

#[tokio::test]
async fn people_are_counted_and_ordered_by_attributes() {
    let server = with_attributes().await;
    let reader = server.reader();

    let count = reader.get(Api::Modulo, "/api/Organization/people/count?$filter=CustomAttributes/shoe-size+gt+1").await;

    assert_eq!(count.json(), json!(2));
    assert_eq!(reader.modulo("$orderby=CustomAttributes/shoe-size").await.names(), ["Ann", "Omar", "Jane"]);
    assert_eq!(reader.modulo("$orderby=CustomAttributes/since desc&page_size=2").await.names(), ["Omar", "Jane"]);
    assert_eq!(reader.modulo("$orderby=CustomAttributes/since desc&page_size=2&page=2").await.names(), ["Ann"]);
    assert_eq!(reader.modulo("$orderby=CustomAttributes/motto,Name").await.names(), ["Ann", "Omar", "Jane"]);
}

#[tokio::test]
async fn what_cannot_be_asked_of_an_attribute_is_refused_with_its_place() {
    let server = with_attributes().await;

    for (filter, position, words) in [
        ("CustomAttributes/shoe eq 1", "0", "unknown custom attribute `shoe`"),
        ("Name eq 'a' or CustomAttributes/Motto eq 'a'", "15", "there are cv, motto, office, shoe-size, since, tags"),
        ("CustomAttributes/ eq 1", "0", "unknown custom attribute ``"),
        ("CustomAttributes/shoe-size eq '43'", "27", "a number cannot be compared with text"),
        ("CustomAttributes/since eq '2020-02-29'", "23", "a date attribute cannot be compared with text"),
        ("CustomAttributes/motto eq 1", "23", "text cannot be compared with a number"),
        ("CustomAttributes/cv ne null", "0", "is of the type Attachment, which has nothing to compare"),
        ("year(CustomAttributes/since) eq 2020", "5", "`year` takes a date that is written out"),
    ] {
        let answer = server.reader().filtered(filter).await;

        assert_eq!(answer.status, 400, "{filter}: {}", answer.text());
        assert_eq!(answer.at("/app_errors/0/values"), json!([position]), "{filter}: {}", answer.text());
        assert!(answer.text().contains(words), "{filter}: {}", answer.text());
    }
    let order = server.reader().modulo("$orderby=Name,CustomAttributes/shoe").await;
    assert_eq!((order.status, order.at("/app_errors/0/error_code")), (400, json!("invalid_orderby")));
}

#[tokio::test]
async fn an_attribute_of_another_organization_is_unknown() {
    let server = with_attributes().await;

    let answer = server.reader_of("house").await.filtered("CustomAttributes/motto eq null").await;

    assert_eq!(answer.status, 400, "{}", answer.text());
    assert!(answer.text().contains("there are none"), "{}", answer.text());
}

#[tokio::test]
async fn attributes_of_groups_are_their_own() {
    let server = with_attributes().await;
    define(&server, AttributeObject::Group, &[("budget", AttributeKind::Number)]).await;
    let cell = |column: &str, text: &str| (column.to_owned(), rollcall_core::directory::Cell::Text(text.to_owned()));
    let group = |name: &str, budget: &str| rollcall_core::directory::Line {
        number: 1,
        cells: vec![cell("group_name", name), cell("custom.budget", budget)],
    };
    server.add_groups("senate", vec![group("Arts", "100"), group("Law", "20.5")]).await;
    let holder = server.holder_of(&[Scope::GroupsRead]).await;
    let groups = |query: &str| format!("/api/Organization/groups?{query}");

    let all = holder.get(Api::Modulo, &groups("")).await;
    let found = holder.get(Api::Modulo, &groups("$filter=CustomAttributes/budget+lt+50")).await;
    let ordered = holder.get(Api::Modulo, &groups("$orderby=CustomAttributes/budget")).await;
    let foreign = holder.get(Api::Modulo, &groups("$filter=CustomAttributes/motto+eq+null")).await;

    assert_eq!(all.column("CustomAttributes"), [json!({ "budget": 100 }), json!({ "budget": 20.5 })]);
    assert_eq!((found.names(), ordered.names()), (vec!["Law".to_owned()], vec!["Law".to_owned(), "Arts".to_owned()]));
    assert_eq!(foreign.status, 400, "{}", foreign.text());
}
