//! Where bodies go, and what their members are.

use super::values::{Random, values};
use crate::support::Api;

/// One write, with a body that would be taken.
pub struct Place {
    pub api: Api,
    pub method: &'static str,
    pub path: &'static str,
    /// The members of that body, each as JSON.
    sound: &'static [(&'static str, &'static str)],
    /// Whether the body is a list of one such object.
    is_list: bool,
    /// Every member that may be written, or shown and sent back.
    pub members: &'static [&'static str],
}

const PROOFHUB_PERSON: &[&str] = &[
    "id",
    "first_name",
    "last_name",
    "title",
    "email",
    "role",
    "groups",
    "timezone",
    "initials",
    "image_url",
    "profile_color",
    "language",
    "suspended",
    "send_invite",
    "updated_at",
    "projects",
];
const PROOFHUB_GROUP: &[&str] = &["id", "name", "assigned"];
const WETHOD_PERSON: &[&str] = &[
    "id",
    "name",
    "surname",
    "email",
    "role",
    "role_id",
    "is_archived",
    "is_visible_in_people_allocation",
    "has_timesheet_required",
    "level_id",
    "price_list_id",
    "job_title_id",
    "allocation_manager_id",
    "updated_at",
];
const MODULO_PERSON: &[&str] =
    &["Id", "Name", "Description", "Email", "Phone", "AdditionalInformation", "Login", "Status", "Groups", "CustomAttributes"];
const MODULO_GROUP: &[&str] = &["Id", "Name", "Description", "Email", "Responsible", "AdditionalInformation", "CustomAttributes"];
const SCIM_USER: &[&str] = &[
    "schemas",
    "id",
    "externalId",
    "userName",
    "name",
    "displayName",
    "nickName",
    "profileUrl",
    "title",
    "userType",
    "preferredLanguage",
    "locale",
    "timezone",
    "active",
    "emails",
    "phoneNumbers",
    "ims",
    "photos",
    "addresses",
    "groups",
    "entitlements",
    "roles",
    "x509Certificates",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User",
    "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User",
    "meta",
];
const SCIM_GROUP: &[&str] = &[
    "schemas",
    "id",
    "externalId",
    "displayName",
    "members",
    "urn:ietf:params:scim:schemas:extension:rollcall:2.0:Group",
    "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:Group",
    "meta",
];
const SCIM_SEARCH: &[&str] =
    &["schemas", "filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes"];
const SCIM_PATCH: &[&str] = &["schemas", "Operations"];
const SCIM_BULK: &[&str] = &["schemas", "Operations"];
const REFERENCE: &[&str] = &["Id", "Name"];

/// Every write that takes a body.
pub fn places() -> Vec<Place> {
    let place = |api, method, path, sound, members| Place { api, method, path, sound, is_list: false, members };
    let person = "/api/organization/people/6fe49ce4-56d4-475f-9483-000000000001";
    let board = "/api/organization/groups/6fe49ce4-56d4-475f-9483-000000000002";
    let members = "/api/organization/groups/6fe49ce4-56d4-475f-9483-000000000002/members";
    let scim_user: &[_] = &[("schemas", r#"["urn:ietf:params:scim:schemas:core:2.0:User"]"#), ("userName", "\"jane\"")];
    let scim_search: &[_] = &[("schemas", r#"["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]"#)];
    let scim_patch: &[_] = &[
        ("schemas", r#"["urn:ietf:params:scim:api:messages:2.0:PatchOp"]"#),
        ("Operations", r#"[{"op":"replace","path":"title","value":"Whip"}]"#),
    ];
    let scim_group: &[_] = &[("schemas", r#"["urn:ietf:params:scim:schemas:core:2.0:Group"]"#), ("displayName", "\"Board\"")];
    let scim_members: &[_] = &[
        ("schemas", r#"["urn:ietf:params:scim:api:messages:2.0:PatchOp"]"#),
        ("Operations", r#"[{"op":"remove","path":"members[value eq \"6fe49ce4-56d4-475f-9483-000000000001\"]"}]"#),
    ];
    let scim_bulk: &[_] = &[
        ("schemas", r#"["urn:ietf:params:scim:api:messages:2.0:BulkRequest"]"#),
        ("Operations", r#"[{"method":"DELETE","path":"/Users/6fe49ce4-56d4-475f-9483-000000000003","version":"W/\"0-0\""}]"#),
    ];
    let list = |method| Place { is_list: true, ..place(Api::Modulo, method, members, &[], REFERENCE) };
    vec![
        place(Api::ProofHub, "PUT", "/api/v3/people/2", &[], PROOFHUB_PERSON),
        place(Api::ProofHub, "POST", "/api/v3/people", &[("first_name", "\"Ann\""), ("email", "\"ann@example.org\"")], PROOFHUB_PERSON),
        place(Api::ProofHub, "PUT", "/api/v3/groups/1", &[], PROOFHUB_GROUP),
        place(Api::ProofHub, "POST", "/api/v3/groups", &[("name", "\"New\"")], PROOFHUB_GROUP),
        place(Api::Wethod, "PATCH", "/api/persons/2", &[], WETHOD_PERSON),
        place(Api::Modulo, "PUT", person, &[("Email", "null")], MODULO_PERSON),
        place(Api::Modulo, "POST", "/api/organization/people", &[("Name", "\"Ann\""), ("Email", "\"a@example.org\"")], MODULO_PERSON),
        place(Api::Modulo, "PUT", board, &[], MODULO_GROUP),
        place(Api::Modulo, "POST", "/api/organization/groups", &[("Name", "\"New\"")], MODULO_GROUP),
        list("POST"),
        list("DELETE"),
        place(
            Api::Modulo,
            "POST",
            "/api/administration/users",
            &[("PersonId", "\"6fe49ce4-56d4-475f-9483-000000000001\""), ("Login", "\"jane\"")],
            &["PersonId", "Login"],
        ),
        place(Api::Scim, "POST", "/scim/v2/.search", scim_search, SCIM_SEARCH),
        place(Api::Scim, "POST", "/scim/v2/Users", scim_user, SCIM_USER),
        place(Api::Scim, "PUT", "/scim/v2/Users/6fe49ce4-56d4-475f-9483-000000000001", scim_user, SCIM_USER),
        place(Api::Scim, "PATCH", "/scim/v2/Users/6fe49ce4-56d4-475f-9483-000000000001", scim_patch, SCIM_PATCH),
        place(Api::Scim, "POST", "/scim/v2/Bulk", scim_bulk, SCIM_BULK),
        place(Api::Scim, "POST", "/scim/v2/Groups", scim_group, SCIM_GROUP),
        place(Api::Scim, "PUT", "/scim/v2/Groups/6fe49ce4-56d4-475f-9483-000000000002", scim_group, SCIM_GROUP),
        place(Api::Scim, "PATCH", "/scim/v2/Groups/6fe49ce4-56d4-475f-9483-000000000002", scim_members, SCIM_PATCH),
    ]
}

/// Every path with an id, by each method that it serves.
pub const IDENTIFIED: [(Api, &str, &str); 30] = [
    (Api::Seven, "GET", "/v1/organization/people/{id}"),
    (Api::ProofHub, "GET", "/api/v3/people/{id}"),
    (Api::ProofHub, "PUT", "/api/v3/people/{id}"),
    (Api::ProofHub, "DELETE", "/api/v3/people/{id}"),
    (Api::ProofHub, "GET", "/api/v3/groups/{id}"),
    (Api::ProofHub, "PUT", "/api/v3/groups/{id}"),
    (Api::ProofHub, "DELETE", "/api/v3/groups/{id}"),
    (Api::ProofHub, "GET", "/api/v3/roles/{id}"),
    (Api::Wethod, "GET", "/api/persons/{id}"),
    (Api::Wethod, "PATCH", "/api/persons/{id}"),
    (Api::Wethod, "GET", "/api/job-titles/{id}"),
    (Api::Wethod, "GET", "/api/roles/{id}"),
    (Api::Modulo, "GET", "/api/organization/people/{id}"),
    (Api::Modulo, "PUT", "/api/organization/people/{id}"),
    (Api::Modulo, "DELETE", "/api/organization/people/{id}"),
    (Api::Modulo, "GET", "/api/organization/groups/{id}"),
    (Api::Modulo, "PUT", "/api/organization/groups/{id}"),
    (Api::Modulo, "DELETE", "/api/organization/groups/{id}"),
    (Api::Modulo, "POST", "/api/organization/groups/{id}/members"),
    (Api::Modulo, "DELETE", "/api/organization/groups/{id}/members"),
    (Api::Scim, "GET", "/scim/v2/ResourceTypes/{id}"),
    (Api::Scim, "GET", "/scim/v2/Schemas/{id}"),
    (Api::Scim, "GET", "/scim/v2/Users/{id}"),
    (Api::Scim, "PUT", "/scim/v2/Users/{id}"),
    (Api::Scim, "PATCH", "/scim/v2/Users/{id}"),
    (Api::Scim, "DELETE", "/scim/v2/Users/{id}"),
    (Api::Scim, "GET", "/scim/v2/Groups/{id}"),
    (Api::Scim, "PUT", "/scim/v2/Groups/{id}"),
    (Api::Scim, "PATCH", "/scim/v2/Groups/{id}"),
    (Api::Scim, "DELETE", "/scim/v2/Groups/{id}"),
];

/// Whatever takes a body of somebody whom nobody knows yet.
pub const OPEN: [&str; 3] = ["/oauth/token", "/APIIntegration/token", "/APIIntegration/AuthorizeFeatures"];

impl Place {
    /// Whether a new record comes of it.
    pub fn makes(&self) -> bool {
        self.method == "POST" && !self.is_list && self.members.len() > REFERENCE.len()
    }

    /// The sound body with this member, of no name if it is to stay as it is.
    pub fn with(&self, member: &str, value: &str) -> Vec<u8> {
        let sound = self.sound.iter().filter(|(name, _)| *name != member).map(|(name, value)| (*name, (*value).to_owned()));
        let changed = (!member.is_empty()).then(|| (member, value.to_owned()));
        self.written(sound.chain(changed)).into_bytes()
    }

    /// Some members, with some values. Most of the values are of this list; the rest are made up.
    pub fn random(&self, random: &mut Random) -> String {
        let values = values();
        let count = random.below(self.members.len() + 1);
        let changed = (0..count).map(|_| {
            let member = self.members[random.below(self.members.len())];
            let value = if random.below(3) == 0 { random.json(4) } else { values[random.below(values.len())].clone() };
            (member, value)
        });
        // A member that is named twice is a case too, and a rare one.
        let mut members: Vec<(&str, String)> = changed.collect();
        if random.below(8) != 0 {
            members.sort_by_key(|(name, _)| *name);
            members.dedup_by_key(|(name, _)| *name);
        }
        self.written(members.into_iter())
    }

    fn written<'a>(&self, members: impl Iterator<Item = (&'a str, String)>) -> String {
        let members: Vec<String> = members.map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let object = format!("{{{}}}", members.join(","));
        if self.is_list { format!("[{object}]") } else { object }
    }
}
