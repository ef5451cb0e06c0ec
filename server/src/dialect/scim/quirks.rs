//! What is otherwise for tokens that are set so, because a client cannot be changed. Without any of these the API is strict.
//!
//! Whoever uses one asks [`Quirk::applies`] where it makes a difference, which writes it to the log.

use crate::http::Quirk;

/// RFC 7644, section 3.5.2, lets a server choose between 200 with the resource and 204.
pub static PATCH_NO_CONTENT: Quirk =
    Quirk { name: "scim:patch-no-content", about: "a PATCH that is done is answered 204 without the resource, not 200 with it" };

pub static IGNORE_UNKNOWN_ATTRIBUTES: Quirk = Quirk {
    name: "scim:ignore-unknown-attributes",
    about: "attributes of a body that are not in /Schemas are left out, not refused with invalidSyntax",
};

pub static MISSING_SCHEMAS: Quirk = Quirk {
    name: "scim:missing-schemas",
    about: "a body without schemas is taken for what its address says, not refused with invalidSyntax",
};

pub static SKIP_UNKNOWN_MEMBERS: Quirk =
    Quirk { name: "scim:skip-unknown-members", about: "members of a group who are not there are left out, not refused with invalidValue" };

/// Every quirk of this API.
pub static ALL: &[&Quirk] = &[&PATCH_NO_CONTENT, &IGNORE_UNKNOWN_ATTRIBUTES, &MISSING_SCHEMAS, &SKIP_UNKNOWN_MEMBERS];
