//! The whole of access as one table: every actor, every route, every object, and the answer.
//!
//! The rows come from the rooms' own lists of routes, so a new route is in the table, or fails here, before anybody
//! thinks of it. `access.txt` is written anew by `ROLLCALL_WRITE_ACCESS=1 cargo test -p rollcall --test it access`, and is
//! to be read by whoever does so: each line of it is a promise.
//!
//! [`world`] has who asks and what there is, [`requests`] what is sent, [`table`] how it is printed.

mod requests;
mod table;
mod world;

use crate::support::{Answer, Api, Call};
use requests::{Kind, body, written_anew};
use rollcall::dialect::ROOMS;
use rollcall::http::{Access, Route};
use std::collections::BTreeMap;
use table::Section;
use world::{Asker, World};

/// Every method that a client of people may think of.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Who asks with methods that are not served: the answer can have nothing to do with who that is.
const STRANGERS_AND_FRIENDS: [&str; 4] = ["no credential", "no scope", "every scope", "the house's, choosing the senate"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_of_access_is_as_it_was_agreed() {
    let mut world = World::new().await;

    let mut table = String::new();
    for (api, paths) in routes() {
        table.push_str(&format!("# {api:?}\n\n"));
        for (path, routes) in paths {
            for route in &routes {
                table.push_str(&section(&mut world, api, route).await.to_string());
            }
            table.push_str(&table::others(path, &unserved(&world, api, path, &routes).await));
        }
    }

    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/access.txt");
    if std::env::var_os("ROLLCALL_WRITE_ACCESS").is_some() {
        std::fs::write(file, &table).expect("writing");
    }
    let agreed = std::fs::read_to_string(file).expect("the table");
    if let Some(difference) = table::difference(&agreed, &table) {
        panic!("the table of access has changed:\n{difference}");
    }
}

/// The routes of every API, by path.
fn routes() -> Vec<(Api, BTreeMap<&'static str, Vec<Route>>)> {
    let of_room = |room: &&rollcall::http::Room| {
        let api = Api::named(room.name).unwrap_or_else(|| panic!("the room {} has no client here", room.name));
        let mut paths: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for route in (room.routes)().list() {
            paths.entry(route.path).or_default().push(route);
        }
        (api, paths)
    };
    ROOMS.iter().map(of_room).collect()
}

/// One route: what everybody is answered about everything.
async fn section(world: &mut World, api: Api, route: &Route) -> Section {
    let kind = Kind::of(route.path);
    let mut section = Section::new(route, world.objects(api, kind).into_iter().map(|object| object.name).collect());
    for asker in world.askers.clone() {
        let objects = world.objects(api, kind);
        let mut cells = Vec::new();
        let mut missing: Option<(&str, Answer)> = None;
        for object in world.with_own(&asker, api, kind, objects) {
            let Some(id) = object.id else {
                cells.push(None);
                continue;
            };
            let answer = ask(&asker, world, api, route.method.as_str(), route, &id).await;
            if object.is_missing {
                assert_same(&mut missing, object.name, &answer, &described(api, route, &asker));
            }
            if written_anew(route) && answer.status < 300 {
                world.bring_back(kind, object.number).await;
            }
            assert_shape(api, route, &answer, &asker);
            if STRANGERS_AND_FRIENDS.contains(&asker.name) {
                assert_other_ways(&asker, world, api, route, &id, &answer).await;
            }
            cells.push(Some(table::cell(api, &answer)));
        }
        section.add(asker.name, cells);
    }
    section
}

/// What is answered to methods that a path does not serve.
async fn unserved(world: &World, api: Api, path: &'static str, routes: &[Route]) -> BTreeMap<String, Vec<&'static str>> {
    let serves = |method: &str| routes.iter().any(|route| route.method == method || (method == "HEAD" && route.method == "GET"));
    let mut answers: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for method in METHODS.into_iter().filter(|method| !serves(method)) {
        let mut cells = Vec::new();
        for asker in world.askers.iter().filter(|asker| STRANGERS_AND_FRIENDS.contains(&asker.name)) {
            let object = world.objects(api, Kind::of(path)).into_iter().find_map(|object| object.id);
            let answer = asker.call(world, api, method, &filled(path, &object.unwrap_or_default())).send().await;
            if answer.status == 405 {
                let allowed = answer.header("allow").unwrap_or_default();
                assert!(routes.iter().all(|route| allowed.contains(route.method.as_str())), "{method} {path}: {allowed}");
            }
            cells.push(if method == "HEAD" { answer.status.to_string() } else { table::cell(api, &answer) });
        }
        cells.dedup();
        answers.entry(cells.join(" or ")).or_default().push(method);
    }
    answers
}

async fn ask(asker: &Asker, world: &World, api: Api, method: &str, route: &Route, id: &str) -> Answer {
    request(asker, world, api, method, route, id).send().await
}

fn request(asker: &Asker, world: &World, api: Api, method: &str, route: &Route, id: &str) -> Call {
    let call = asker.call(world, api, method, &filled(route.path, id));
    match body(api, route, world, id) {
        Some((kind, text)) => call.body(kind, text),
        None => call,
    }
}

/// HEAD is GET without a body, and a POST that stands for another method is that method.
async fn assert_other_ways(asker: &Asker, world: &World, api: Api, route: &Route, id: &str, answer: &Answer) {
    let what = described(api, route, asker);
    if route.method == "GET" {
        let head = ask(asker, world, api, "HEAD", route, id).await;
        assert_eq!((head.status, head.body.len()), (answer.status, 0), "HEAD: {what}");
    }
    if api == Api::Modulo && route.method != "GET" && route.access != Access::Open && !written_anew(route) {
        let call = request(asker, world, api, "POST", route, id).header("X-HTTP-Method-Override", route.method.as_str());
        assert_eq!(call.send().await.status, answer.status, "overridden: {what}");
    }
}

/// Absent, not yours and deleted are one answer.
fn assert_same(missing: &mut Option<(&'static str, Answer)>, name: &'static str, answer: &Answer, what: &str) {
    match missing {
        None => *missing = Some((name, answer.clone())),
        Some((first, known)) => assert_eq!(known.said(), answer.said(), "{what}: {first} and {name}"),
    }
}

/// Whoever is refused is refused in the room's own shape.
fn assert_shape(api: Api, route: &Route, answer: &Answer, asker: &Asker) {
    assert!(answer.status < 500, "{}: {}", described(api, route, asker), answer.text());
    if answer.status >= 400 && route.access != Access::Open {
        api.assert_refusal(answer, answer.status);
    }
}

fn described(api: Api, route: &Route, asker: &Asker) -> String {
    format!("{api:?} {} {}, asked by {}", route.method, route.path, asker.name)
}

/// The path with an id in the place of its parameter.
fn filled(path: &str, id: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { id } else { segment });
    segments.collect::<Vec<_>>().join("/")
}
