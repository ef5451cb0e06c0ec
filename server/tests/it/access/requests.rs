//! What is sent: a body for every route that takes one, which says the same however often it comes.

use super::world::World;
use crate::support::Api;
use rollcall::http::{Access, Route};
use serde_json::{Value, json};

/// What a route's path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    None,
    Person,
    /// A person, in the body.
    PersonInBody,
    /// The person whose credential asks.
    Me,
    Group,
    /// A role, a job title, a level or a price list.
    Entry,
    /// One of an identity's e-mail addresses.
    Identifier,
    /// An identity's place in one organization.
    Licence,
    /// A type of SCIM's resources.
    ResourceType,
    /// One of SCIM's schemas.
    Schema,
}

impl Kind {
    /// Whoever mounts a path of another kind says here what stands in it.
    pub fn of(path: &str) -> Self {
        if path == "/api/administration/users" {
            return Self::PersonInBody;
        }
        if path == "/scim/v2/Me" {
            return Self::Me;
        }
        let segments: Vec<&str> = path.split('/').collect();
        let Some(place) = segments.iter().position(|segment| segment.starts_with('{')) else { return Self::None };
        match segments[place - 1] {
            "people" | "persons" | "Users" => Self::Person,
            "groups" | "Groups" => Self::Group,
            "roles" | "job-titles" | "levels" | "price-lists" => Self::Entry,
            "identifiers" => Self::Identifier,
            "licenses" => Self::Licence,
            "ResourceTypes" => Self::ResourceType,
            "Schemas" => Self::Schema,
            other => panic!("what does {path} name behind {other}?"),
        }
    }
}

/// Whether a good answer leaves something to be put right, before the next one asks.
pub fn written_anew(route: &Route) -> bool {
    route.method == "DELETE" && !route.path.ends_with("/members")
}

/// The body of a request, where one belongs. Whoever mounts another write says here what its clients send.
pub fn body(api: Api, route: &Route, world: &World, id: &str) -> Option<(&'static str, String)> {
    if route.access == Access::Open {
        return None;
    }
    let name = format!("New {}", world.next());
    let value: Value = match (api, route.method.as_str(), route.path) {
        (_, "GET", _) => return None,
        (Api::ProofHub, "DELETE", _) => return None,
        (Api::ProofHub, "POST", "/api/v3/people") => json!({ "first_name": name, "email": format!("{}@example.org", world.next()) }),
        (Api::ProofHub, "PUT", "/api/v3/people/{id}") => json!({ "title": "Whip" }),
        (Api::ProofHub, "POST", "/api/v3/groups") => json!({ "name": name }),
        (Api::ProofHub, "PUT", "/api/v3/groups/{id}") => json!({ "name": "Rules" }),
        (Api::Wethod, "PATCH", "/api/persons/{id}") => json!({ "has_timesheet_required": true }),
        (Api::Modulo, "DELETE", "/api/organization/people/{id}" | "/api/organization/groups/{id}") => return None,
        (Api::Modulo, "POST", "/api/organization/people") => json!({ "Name": name, "Email": "new@example.org" }),
        (Api::Modulo, "PUT", "/api/organization/people/{id}") => json!({ "Email": null, "Description": "Asked." }),
        (Api::Modulo, "POST", "/api/organization/groups") => json!({ "Name": name }),
        (Api::Modulo, "PUT", "/api/organization/groups/{id}") => json!({ "Description": "Asked." }),
        (Api::Modulo, "POST" | "DELETE", "/api/organization/groups/{id}/members") => json!([{ "Id": world.other() }]),
        (Api::Modulo, "POST", "/api/administration/users") => json!({ "PersonId": id, "Login": format!("login-{id}") }),
        (Api::Scim, "DELETE", _) => return None,
        (Api::Scim, "POST", path) if path.ends_with("/.search") => {
            json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "id pr" })
        }
        (Api::Scim, "POST", "/scim/v2/Users") | (Api::Scim, "PUT", "/scim/v2/Users/{id}" | "/scim/v2/Me") => {
            json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": name })
        }
        (Api::Scim, "POST", "/scim/v2/Groups") | (Api::Scim, "PUT", "/scim/v2/Groups/{id}") => {
            json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": name })
        }
        (Api::Scim, "PATCH", "/scim/v2/Groups/{id}") => {
            let operation = json!({ "op": "add", "path": "members", "value": [{ "value": world.other() }] });
            json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [operation] })
        }
        (Api::Scim, "PATCH", "/scim/v2/Users/{id}" | "/scim/v2/Me") => {
            let operation = json!({ "op": "replace", "path": "title", "value": "Whip" });
            json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [operation] })
        }
        // Each operation is answered by itself, inside of a 200.
        (Api::Scim, "POST", "/scim/v2/Bulk") => {
            let operation = json!({ "method": "DELETE", "path": "/Users/6fe49ce4-56d4-475f-9483-000000009999" });
            json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [operation] })
        }
        (api, method, path) => panic!("what do clients of {api:?} send to {method} {path}?"),
    };
    Some(("application/json", value.to_string()))
}
