//! The schemas: which attributes there are, and the characteristics of each (RFC 7643, section 7).
//!
//! One table drives everything: what `/Schemas` announces, what a filter or a path may name, what a body may hold, and
//! what is returned when nobody says.
//!
//! | file | what it is |
//! | --- | --- |
//! | `attribute` | an attribute and its characteristics |
//! | `schema` | a schema: a URN with its attributes |
//! | `resource_type` | users and groups |
//! | `resource_schema` | everything of one type of resource in one organization; names to attributes |
//! | `of_every_resource` | what every resource has: `schemas`, `id`, `externalId`, `meta` |
//! | `user`, `group`, `enterprise` | the schemas of RFC 7643 |
//! | `rollcall` | what the other APIs have and SCIM lacks |
//! | `of_itself` | the schemas of what the server says of itself |
//! | `custom` | the attributes that an organization has defined |
//!
//! Start at [`ResourceSchema::resolve`].

mod attribute;
mod custom;
mod enterprise;
mod group;
mod of_every_resource;
mod of_itself;
mod resource_schema;
mod resource_type;
mod rollcall;
#[expect(clippy::module_inception, reason = "a schema is what this folder is about, and has its own file")]
mod schema;
mod user;

#[cfg(test)]
mod tests;

pub use attribute::{Attribute, Kind, Mutability, Returned, Uniqueness};
pub use custom::CustomAttribute;
pub use of_itself::OF_ITSELF;
pub use resource_schema::{Resolved, ResourceSchema, UnknownAttribute};
pub use resource_type::ResourceType;
pub use schema::Schema;

/// The core schema of users (RFC 7643, section 4.1).
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The core schema of groups (RFC 7643, section 4.2).
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// The enterprise extension of users (RFC 7643, section 4.3).
pub const ENTERPRISE_USER: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// What the other APIs have of a person and SCIM lacks.
pub const ROLLCALL_USER: &str = "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User";
/// What the other APIs have of a group and SCIM lacks.
pub const ROLLCALL_GROUP: &str = "urn:ietf:params:scim:schemas:extension:rollcall:2.0:Group";
/// What the organization itself has defined for its people.
pub const CUSTOM_USER: &str = "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:User";
/// What the organization itself has defined for its groups.
pub const CUSTOM_GROUP: &str = "urn:ietf:params:scim:schemas:extension:rollcall:custom:2.0:Group";
/// What the server supports (RFC 7643, section 5).
pub const SERVICE_PROVIDER_CONFIG: &str = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
/// A type of resources (RFC 7643, section 6).
pub const RESOURCE_TYPE: &str = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
/// A schema (RFC 7643, section 7).
pub const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:Schema";
