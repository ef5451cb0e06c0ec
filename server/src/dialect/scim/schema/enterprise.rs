//! The enterprise extension of users (RFC 7643, sections 4.3 and 8.7.1).

use super::attribute::Attribute;
use super::{ENTERPRISE_USER, Schema};
use std::sync::LazyLock;

pub(super) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema {
    id: ENTERPRISE_USER,
    name: "EnterpriseUser",
    description: "What an enterprise knows of a person",
    attributes: attributes(),
});

fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::string("employeeNumber", "What the organization numbers the person by"),
        Attribute::string("costCenter", "The cost center of the person"),
        Attribute::string("organization", "The organization that employs the person"),
        Attribute::string("division", "The division of the person"),
        Attribute::string("department", "The department of the person"),
        Attribute::complex("manager", person(), "Whom the person reports to"),
    ]
}

/// A person that an attribute refers to.
pub(super) fn person() -> Vec<Attribute> {
    vec![
        Attribute::string("value", "The id of the person").exact(),
        Attribute::reference("$ref", &["User"], "The address of the person"),
        Attribute::string("displayName", "The whole name of the person").read_only(),
    ]
}
