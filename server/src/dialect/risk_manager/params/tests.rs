use super::*;
use axum::response::IntoResponse;
use rollcall_core::query::{Comparison, Direction, OrderField, TextField};

const JANE: &str = "6fe49ce4-56d4-475f-9483-1adca6b2976c";

fn window(query: &str) -> Option<Window> {
    Sent::parse(Some(query)).unwrap().window().ok()
}

fn filter(query: &str) -> Result<Filter, Error> {
    Sent::parse(Some(query))?.filter(&Fields::PEOPLE)
}

fn is_bad_request<T>(result: Result<T, Error>) -> bool {
    result.is_err_and(|error| error.into_response().status().as_u16() == 400)
}

#[test]
fn a_page_has_ten_people_unless_asked_otherwise() {
    assert_eq!(window(""), Some(Window::new(0, 10)));
    assert_eq!(window("page=2"), Some(Window::new(10, 10)));
    assert_eq!(window("page=3&page_size=1000"), Some(Window::new(2000, 1000)));
    assert_eq!(window("Page=3&PAGE_SIZE=5"), Some(Window::new(10, 5)));
}

#[test]
fn a_page_beyond_every_number_is_a_page_beyond_every_list() {
    assert_eq!(window("page=99999999999999999999999"), Some(Window::new(u64::MAX, 10)));
}

#[test]
fn a_page_or_a_size_that_is_no_number_in_range_is_refused() {
    let queries = ["page=0", "page=-1", "page=", "page=+1", "page=1.0", "page=x", "page_size=0", "page_size=1001", "page_size=%31e3"];

    for query in queries {
        assert_eq!(window(query), None, "{query}");
    }
}

#[test]
fn a_filter_has_two_names_of_which_one_may_be_given() {
    let expected = Filter::text(TextField::Name, Comparison::Equal, "Jane Doe");

    for query in
        ["$filter=Name+eq+'Jane+Doe'", "filter=Name%20eq%20'Jane%20Doe'", "%24filter=Name+eq+%27Jane+Doe%27", "$Filter=Name eq 'Jane Doe'"]
    {
        assert_eq!(filter(query).ok(), Some(expected.clone()), "{query}");
    }
    assert!(is_bad_request(filter("$filter=true&filter=true")));
    assert!(is_bad_request(filter("$filter=true&$FILTER=true")));
}

#[test]
fn an_empty_filter_passes_everybody() {
    assert_eq!(filter("$filter=").ok(), Some(Filter::everything()));
    assert_eq!(filter("page=1").ok(), Some(Filter::everything()));
}

#[test]
fn a_filter_that_cannot_be_read_is_refused() {
    assert!(is_bad_request(filter("$filter=Nome eq 'a'")));
    assert!(is_bad_request(filter("$filter=%ff")));
}

#[test]
fn an_order_has_two_names_too() {
    let name_down = OrderTerm::new(OrderField::Text(TextField::Name), Direction::Descending);

    for query in ["$orderby=Name desc", "orderby=Name+desc", "%24orderby=Name%20desc"] {
        assert_eq!(Sent::parse(Some(query)).unwrap().order(&Fields::PEOPLE).ok(), Some(vec![name_down.clone()]), "{query}");
    }
    assert!(is_bad_request(Sent::parse(Some("$orderby=Nome")).unwrap().order(&Fields::PEOPLE)));
}

#[test]
fn people_and_groups_have_fields_of_their_own() {
    let responsible = Sent::parse(Some("$filter=Responsible eq null")).unwrap();

    assert!(responsible.filter(&Fields::GROUPS).is_ok());
    assert!(responsible.filter(&Fields::PEOPLE).is_err());
}

#[test]
fn a_guid_is_read_in_each_of_its_forms() {
    let forms = [JANE.to_owned(), JANE.to_uppercase(), format!("{{{JANE}}}"), JANE.replace('-', "")];

    assert!(forms.iter().all(|form| guid(form).is_some_and(|id| id.to_string() == JANE)));
}

#[test]
fn what_is_no_guid_is_none() {
    let others = ["", "1", "{}", "{6fe49ce4-56d4-475f-9483-1adca6b2976c", "urn:uuid:6fe49ce4-56d4-475f-9483-1adca6b2976c", &"x".repeat(36)];

    assert!(others.iter().all(|text| guid(text).is_none()));
}
