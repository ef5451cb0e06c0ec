use super::*;
use crate::http::body;
use crate::http::tests::support::TEST_ROOM;
use axum::body::Body;
use axum::routing::any;
use std::sync::Mutex;

/// What a handler answers at one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Away,
    Lost,
    Status(u16),
}

use Said::{Away, Lost, Status};

/// A handler that answers so, try after try, and the last for good.
#[derive(Clone)]
struct Script {
    rest: Arc<Mutex<Vec<Said>>>,
    bodies: Arc<Mutex<Vec<String>>>,
    is_done_once: bool,
}

impl Script {
    fn of(said: &[Said]) -> Self {
        Self { rest: Arc::new(Mutex::new(said.to_vec())), bodies: Arc::default(), is_done_once: false }
    }

    /// The same of a handler that sees to it that the request is carried out once.
    fn done_once(self) -> Self {
        Self { is_done_once: true, ..self }
    }

    async fn answer(self, request: Request) -> Response {
        if self.is_done_once {
            Tries::are_done_once(request.extensions());
        }
        let body = body::read(request.into_body()).await.expect("a body");
        self.bodies.lock().expect("bodies").push(String::from_utf8(body.to_vec()).expect("text"));
        let mut rest = self.rest.lock().expect("a script");
        let said = if rest.len() > 1 { rest.remove(0) } else { rest[0] };
        match said {
            Away => failed(DirectoryError::Unavailable("away".into()), Refusal::Unavailable),
            Lost => failed(DirectoryError::Uncertain("lost".into()), Refusal::Uncertain),
            Status(status) => StatusCode::from_u16(status).expect("a status").into_response(),
        }
    }

    /// What the client is answered, and after how many tries.
    async fn asked(&self, method: Method) -> (u16, usize) {
        let (response, tries) = self.asked_with(method, patience(Duration::from_secs(10))).await;
        (response.status().as_u16(), tries)
    }

    async fn asked_with(&self, method: Method, patience: Patience) -> (Response, usize) {
        let script = self.clone();
        let router = Router::new().route("/", any(move |request: Request| script.clone().answer(request)));
        let request = Request::builder().method(method).uri("/").body(Body::from("body")).expect("a request");
        let response = answered(&router, &TEST_ROOM, request, patience).await;
        let bodies = self.bodies.lock().expect("bodies");
        assert!(bodies.iter().all(|body| body == "body"), "{bodies:?}");
        (response, bodies.len())
    }
}

fn failed(failure: DirectoryError, refusal: Refusal) -> Response {
    let mut response = TEST_ROOM.refused(refusal);
    response.extensions_mut().insert(Cause::new(failure));
    response
}

fn patience(time: Duration) -> Patience {
    Patience::new(time * 2, watch::Sender::new(false).subscribe())
}

fn is_uncertain(response: &Response) -> bool {
    response.status() == 503 && response.extensions().get::<Cause>().is_some_and(Cause::is_uncertain)
}

#[tokio::test]
async fn what_was_surely_not_done_is_tried_again_whatever_it_is() {
    for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        assert_eq!(Script::of(&[Away, Status(200)]).asked(method.clone()).await, (200, 2), "{method}");
    }
}

#[tokio::test]
async fn what_may_have_been_done_is_tried_again_where_twice_is_as_good_as_once() {
    let mut tries = Vec::new();
    for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::PUT, Method::DELETE, Method::POST, Method::PATCH] {
        tries.push(Script::of(&[Lost, Status(200)]).asked(method).await);
    }

    assert_eq!(tries, [(200, 2), (200, 2), (200, 2), (200, 2), (200, 2), (503, 1), (503, 1)]);
}

#[tokio::test]
async fn what_is_carried_out_once_at_most_is_tried_again_too() {
    for method in [Method::POST, Method::PATCH] {
        assert_eq!(Script::of(&[Lost, Away, Status(201)]).done_once().asked(method).await, (201, 3));
    }
}

#[tokio::test]
async fn a_request_that_may_have_been_done_is_not_sent_again_because_a_later_try_did_nothing() {
    assert_eq!(Script::of(&[Away, Lost, Status(201)]).asked(Method::POST).await, (503, 2));
}

#[tokio::test]
async fn a_refusal_after_a_try_that_may_have_been_done_says_that_this_is_not_known() {
    for status in [404, 409, 412, 500, 503] {
        let (response, _) = Script::of(&[Lost, Status(status)]).asked_with(Method::PUT, patience(Duration::from_secs(10))).await;

        assert!(is_uncertain(&response), "{status}");
    }
}

#[tokio::test]
async fn a_refusal_after_tries_that_did_nothing_is_a_refusal() {
    for status in [404, 409, 412, 500] {
        assert_eq!(Script::of(&[Away, Status(status)]).asked(Method::PUT).await, (status, 2));
    }
}

#[tokio::test]
async fn a_deletion_that_may_have_been_done_and_finds_nothing_is_done() {
    assert_eq!(Script::of(&[Lost, Status(404)]).asked(Method::DELETE).await, (204, 2));
}

#[tokio::test]
async fn a_deletion_that_surely_was_not_done_and_finds_nothing_is_refused() {
    assert_eq!(Script::of(&[Away, Status(404)]).asked(Method::DELETE).await, (404, 2));
}

#[tokio::test]
async fn a_read_says_what_it_finds_whatever_was_lost_before() {
    assert_eq!(Script::of(&[Lost, Status(404)]).asked(Method::GET).await, (404, 2));
}

#[tokio::test]
async fn patience_ends() {
    let (response, tries) = Script::of(&[Away]).asked_with(Method::GET, patience(Duration::from_millis(250))).await;

    assert_eq!((response.status().as_u16(), tries), (503, 2));
}

#[tokio::test]
async fn when_patience_ends_a_try_that_may_have_been_done_is_not_forgotten() {
    let (response, _) = Script::of(&[Lost, Away]).asked_with(Method::PUT, patience(Duration::from_millis(250))).await;

    assert!(is_uncertain(&response));
}

#[tokio::test]
async fn who_stops_tries_nothing_again() {
    let stopping = watch::Sender::new(true);
    let patience = Patience::new(Duration::from_secs(60), stopping.subscribe());

    let (response, tries) = Script::of(&[Away, Status(200)]).asked_with(Method::GET, patience).await;

    assert_eq!((response.status().as_u16(), tries), (503, 1));
}

#[test]
fn a_read_that_failed_behind_a_change_is_no_proof_that_nothing_was_done() {
    let response = || failed(DirectoryError::Unavailable("away".into()), Refusal::Unavailable);

    assert_eq!((Loss::of(&response(), false), Loss::of(&response(), true)), (Some(Loss::NothingDone), Some(Loss::PerhapsDone)));
}

#[test]
fn a_request_is_counted_once() {
    let mut extensions = Extensions::new();
    extensions.insert(Tries::default());

    assert_eq!([(); 3].map(|()| Tries::is_to_be_counted(&extensions)), [true, false, false]);
}
