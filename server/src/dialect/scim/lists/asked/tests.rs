use super::*;
use serde_json::json;

fn query(text: &str) -> Result<Asked, String> {
    let query = QueryString::parse(Some(text)).expect("a query string");
    Asked::of_query(&query).map_err(|error| error.scim_type().map_or("", |word| word.as_str()).to_owned())
}

fn index(start: u64, count: u64) -> Page {
    Page::Index { start, count }
}

fn cursor(cursor: Option<&str>, count: u64) -> Page {
    Page::Cursor { cursor: cursor.map(str::to_owned), count }
}

fn page_of(text: &str) -> Page {
    query(text).unwrap_or_else(|word| panic!("{text}: {word}")).page
}

#[test]
fn a_list_is_paged_by_places_unless_a_cursor_is_asked_for() {
    assert_eq!(page_of(""), index(1, PAGE_DEFAULT));
    assert_eq!(page_of("startIndex=11&count=10"), index(11, 10));
    assert_eq!(page_of("cursor&count=10"), cursor(None, 10));
    assert_eq!(page_of("cursor=&count=10"), cursor(None, 10));
    assert_eq!(page_of("cursor=abc"), cursor(Some("abc"), PAGE_DEFAULT));
    assert_eq!(query("cursor=abc&startIndex=1"), Err("invalidValue".to_owned()));
}

#[test]
fn a_place_below_one_is_one_and_a_negative_number_is_none() {
    assert_eq!(page_of("startIndex=0&count=-1"), index(1, 0));
    assert_eq!(page_of("startIndex=-99999999999999999999&count=0"), index(1, 0));
}

#[test]
fn too_many_are_the_most_by_places_and_refused_with_a_cursor() {
    assert_eq!(page_of("count=99999999999999999999"), index(1, PAGE_MAX));
    assert_eq!(query("cursor&count=1001"), Err("invalidCount".to_owned()));
}

#[test]
fn what_is_no_number_is_refused() {
    for text in ["startIndex=x", "startIndex=", "count=1.5", "count=%2B1"] {
        assert_eq!(query(text), Err("invalidValue".to_owned()), "{text}");
    }
    assert_eq!(query("cursor&count=ten"), Err("invalidCount".to_owned()));
}

#[test]
fn an_order_is_up_or_down_in_any_case() {
    let directions = ["", "sortOrder=Ascending", "sortOrder=DESCENDING"].map(|text| query(text).map(|asked| asked.direction));

    assert_eq!(directions, [Ok(Direction::Ascending), Ok(Direction::Ascending), Ok(Direction::Descending)]);
    assert_eq!(query("sortOrder=up"), Err("invalidValue".to_owned()));
}

#[test]
fn names_of_parameters_are_read_in_any_case_and_unknown_ones_are_ignored() {
    let asked = query("FILTER=title pr&sortby=title&aadOptscim062020&x=1&x=2").expect("what is asked");

    assert_eq!((asked.filter.as_deref(), asked.sort_by.as_deref()), (Some("title pr"), Some("title")));
    assert!(QueryString::parse(Some("count=1&COUNT=2")).is_ok_and(|query| Asked::of_query(&query).is_err()));
}

#[test]
fn a_body_asks_for_the_same_as_a_query_string() {
    let body = json!({
        "Schemas": [SCHEMA], "filter": "title pr", "sortBy": "title", "sortOrder": "descending", "startIndex": 2, "count": 3,
        "attributes": ["title", "name"], "excludedAttributes": null, "other": {}
    });
    let asked = Asked::of_body(body.as_object().cloned().expect("an object"), &|_| false).expect("what is asked");

    assert_eq!(Ok(asked), query("filter=title pr&sortBy=title&sortOrder=descending&startIndex=2&count=3&attributes=title,name"));
}

#[test]
fn a_body_that_is_no_search_is_refused() {
    let refused = |body: Value, is_lenient: bool| {
        Asked::of_body(body.as_object().cloned().expect("an object"), &|_| is_lenient).err().map(|error| error.status().as_u16())
    };

    assert_eq!(refused(json!({}), false), Some(400));
    assert_eq!(refused(json!({}), true), None);
    for (name, value) in [("filter", json!(1)), ("attributes", json!([1])), ("attributes", json!({})), ("count", json!("x"))] {
        assert_eq!(refused(json!({ "schemas": [SCHEMA], name: value }), false), Some(400), "{name}");
    }
}
