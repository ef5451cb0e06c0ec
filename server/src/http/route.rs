//! Routes: what is mounted where, and what a caller needs for it.
//!
//! A handler cannot be mounted without saying its [`Access`]. The front puts it into the request's extensions, where
//! the room's extractor of callers finds it; [`Routes::list`] gives all of them, so that a test can try each one
//! without a credential.

use super::refusal::Refusal;
use super::room::Room;
use super::state::AppState;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::handler::Handler;
use axum::http::Method;
use axum::http::request::Parts;
use axum::routing::{MethodFilter, MethodRouter, on};
use axum::{Extension, Router};
use rollcall_core::domain::Scope;

/// What a caller needs. In the extensions of every request that reaches a handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing: anybody may ask.
    Open,
    /// Any good credential.
    Credential,
    /// A credential that belongs to an identity.
    Identity,
    /// A credential with this scope.
    Scope(Scope),
}

/// One method at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
}

/// Everything that a room mounts.
#[derive(Debug, Default)]
pub struct Routes {
    places: Vec<Place>,
}

/// One path with its methods.
#[derive(Debug)]
struct Place {
    path: &'static str,
    routes: Vec<Route>,
    handlers: MethodRouter<AppState>,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    /// Mounts a handler for GET, and for HEAD.
    #[must_use]
    pub fn get<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, AppState>) -> Self {
        self.mount(Method::GET, MethodFilter::GET, path, access, handler)
    }

    #[must_use]
    pub fn post<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, AppState>) -> Self {
        self.mount(Method::POST, MethodFilter::POST, path, access, handler)
    }

    #[must_use]
    pub fn put<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, AppState>) -> Self {
        self.mount(Method::PUT, MethodFilter::PUT, path, access, handler)
    }

    #[must_use]
    pub fn patch<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, AppState>) -> Self {
        self.mount(Method::PATCH, MethodFilter::PATCH, path, access, handler)
    }

    #[must_use]
    pub fn delete<T: 'static>(self, path: &'static str, access: Access, handler: impl Handler<T, AppState>) -> Self {
        self.mount(Method::DELETE, MethodFilter::DELETE, path, access, handler)
    }

    /// Every route, in the order of mounting; paths that are mounted twice are together.
    pub fn list(&self) -> Vec<Route> {
        self.places.iter().flat_map(|place| place.routes.iter().cloned()).collect()
    }

    fn mount<T: 'static>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        access: Access,
        handler: impl Handler<T, AppState>,
    ) -> Self {
        let handler = on(filter, handler).layer(Extension(access));
        let route = Route { method, path, access };
        match self.places.iter_mut().find(|place| place.path == path) {
            Some(place) => {
                place.handlers = std::mem::take(&mut place.handlers).merge(handler);
                place.routes.push(route);
            }
            None => self.places.push(Place { path, routes: vec![route], handlers: handler }),
        }
        self
    }

    /// The routes as a service that refuses in the room's shape.
    pub(super) fn into_router(self, room: &'static Room, state: AppState) -> Router {
        let router = self.places.into_iter().fold(Router::new(), |router, place| {
            let refusal = Refusal::MethodNotAllowed { allow: place.allow() };
            let handlers = place.handlers.fallback(move || std::future::ready(room.refused(refusal.clone())));
            router.route(place.path, handlers)
        });
        router
            .fallback(move || std::future::ready(room.refused(Refusal::NotFound)))
            // The front limits bodies itself, for every way of reading them.
            .layer(axum::extract::DefaultBodyLimit::disable())
            .with_state(state)
    }
}

impl Place {
    /// The methods of this path, as the `Allow` header wants them.
    fn allow(&self) -> String {
        let methods = self.routes.iter().flat_map(|route| match route.method {
            Method::GET => vec!["GET", "HEAD"],
            ref method => vec![method.as_str()],
        });
        methods.collect::<Vec<_>>().join(", ")
    }
}

/// What stands in the path of a request where its route's path has its first `{…}`, decoded. What cannot be decoded
/// names nothing.
pub async fn named_in_path(parts: &mut Parts) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    params.iter().next().map(|(_, value)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn handler() {}

    #[test]
    fn the_list_has_every_route_with_its_access() {
        let people = Access::Scope(Scope::PeopleRead);
        let routes = Routes::new().get("/a", people, handler).get("/b", Access::Open, handler).post("/a", Access::Credential, handler);

        let list: Vec<_> = routes.list().iter().map(|route| (route.method.to_string(), route.path, route.access)).collect();

        let expected = [("GET", "/a", people), ("POST", "/a", Access::Credential), ("GET", "/b", Access::Open)];
        assert_eq!(list, expected.map(|(method, path, access)| (method.to_owned(), path, access)));
    }
}
