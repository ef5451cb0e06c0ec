//! The core schema of groups (RFC 7643, sections 4.2 and 8.7.1).

use super::attribute::Attribute;
use super::{GROUP, Schema};
use std::sync::LazyLock;

pub(super) static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| Schema { id: GROUP, name: "Group", description: "A group of the organization", attributes: attributes() });

fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::string("displayName", "The name of the group").required(),
        Attribute::complex("members", members(), "The people and groups in the group").many(),
    ]
}

fn members() -> Vec<Attribute> {
    vec![
        Attribute::string("value", "The id of the person or group").exact().immutable(),
        Attribute::reference("$ref", &["User", "Group"], "The address of the person or group").immutable(),
        Attribute::string("type", "Whether it is a person or a group").usually(&["User", "Group"]).immutable(),
        Attribute::string("display", "The name of the person or group").read_only(),
    ]
}
