//! Every route of every room: none is forgotten, and none lets a stranger in.

use crate::limits::limited_everywhere;
use crate::support::{Api, TestServer};
use rollcall::dialect::ROOMS;
use rollcall::http::{Access, Route};

/// Every route with what a caller needs for it. Whoever mounts another one writes it here.
const ROUTES: &str = include_str!("routes.txt");

#[test]
fn the_list_of_routes_is_complete() {
    let mut mounted: Vec<String> = routes().iter().map(|(api, route)| described(*api, route)).collect();
    mounted.sort();

    assert_eq!(mounted.join("\n"), ROUTES.trim_end());
}

#[tokio::test]
async fn no_route_answers_a_stranger_unless_it_is_open() {
    let server = TestServer::start().await;

    for (api, route) in routes().into_iter().filter(|(_, route)| route.access != Access::Open) {
        let answer = server.call(route.method.as_str(), &filled(route.path)).send().await;

        assert_eq!(answer.status, 401, "{}", described(api, &route));
        api.assert_refusal(&answer, 401);
    }
}

#[tokio::test]
async fn no_route_answers_a_stranger_below_an_organization() {
    let server = TestServer::start().await;

    for (api, route) in routes().into_iter().filter(|(_, route)| route.access != Access::Open) {
        let answers = [
            server.call(route.method.as_str(), &filled(route.path)).below("senate").send().await,
            server.call(route.method.as_str(), &filled(route.path)).below("nowhere").send().await,
        ];

        for answer in &answers {
            api.assert_refusal(answer, 401);
        }
    }
}

#[tokio::test]
async fn no_route_waits_for_the_body_of_a_stranger() {
    let server = TestServer::start().await;

    for (api, route) in routes().into_iter().filter(|(_, route)| route.access != Access::Open) {
        // The body that is announced never comes.
        let head = format!("{} {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n", route.method, filled(route.path));

        api.assert_refusal(&server.say(&head).await, 401);
    }
}

#[tokio::test]
async fn no_route_waits_for_the_body_of_a_client_over_its_rate() {
    let server = limited_everywhere(1, 90).await;
    let admin = server.admin();
    for (api, path) in Api::ALL.map(|api| (api, api.people())).into_iter().chain([(Api::Scim, "/scim/v2/ServiceProviderConfig")]) {
        assert_eq!(admin.get(api, path).await.status, 200, "{api:?}");
    }

    for (api, route) in routes().into_iter().filter(|(_, route)| route.access != Access::Open) {
        let call = admin.call(api, route.method.as_str(), &filled(route.path)).header("Content-Length", "100");

        api.assert_refusal(&call.send().await, 429);
    }
}

#[tokio::test]
async fn no_route_answers_a_credential_without_its_scope() {
    let server = TestServer::start().await;
    let nobody = server.holder_of(&[]).await;

    for (api, route) in routes().into_iter().filter(|(_, route)| matches!(route.access, Access::Scope(_))) {
        let answer = nobody.call(api, route.method.as_str(), &filled(route.path)).send().await;

        assert_eq!(answer.status, 403, "{}", described(api, &route));
        api.assert_refusal(&answer, 403);
    }
}

/// Every route of every room.
pub fn routes() -> Vec<(Api, Route)> {
    let of_room = |room: &&rollcall::http::Room| {
        let api = Api::named(room.name).unwrap_or_else(|| panic!("the room {} has no client here", room.name));
        (room.routes)().list().into_iter().map(move |route| (api, route)).collect::<Vec<_>>()
    };
    ROOMS.iter().flat_map(of_room).collect()
}

fn described(api: Api, route: &Route) -> String {
    let access = match route.access {
        Access::Open => "open".to_owned(),
        Access::Credential => "credential".to_owned(),
        Access::Identity => "identity".to_owned(),
        Access::Scope(scope) => scope.to_string(),
    };
    format!("{api:?} {} {} {access}", route.method, route.path)
}

/// The path with something in the place of its parameters.
fn filled(path: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { "1" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}
