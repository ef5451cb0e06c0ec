//! What every resource has (RFC 7643, section 3.1). It belongs to no schema, so `/Schemas` does not show it.

use super::attribute::{Attribute, Kind, Uniqueness};
use std::sync::LazyLock;

/// In the order in which resources show them; `meta`, which they show last, is last.
pub(super) static ATTRIBUTES: LazyLock<Vec<Attribute>> = LazyLock::new(|| {
    vec![
        Attribute::reference("schemas", &["uri"], "The URNs of the schemas whose attributes the resource has").many().required().always(),
        Attribute::string("id", "What the resource is known by; given by the server, never reused")
            .exact()
            .read_only()
            .always()
            .unique(Uniqueness::Global),
        Attribute::string("externalId", "What the client itself knows the resource by").exact(),
        Attribute::complex("meta", meta(), "What the server says of the resource").read_only(),
    ]
});

fn meta() -> Vec<Attribute> {
    let sub_attributes = vec![
        Attribute::string("resourceType", "The type of the resource").exact(),
        Attribute::new("created", Kind::DateTime, "When the resource was made"),
        Attribute::new("lastModified", Kind::DateTime, "When the resource last changed"),
        Attribute::reference("location", &["uri"], "The address of the resource"),
        Attribute::string("version", "The entity tag of the resource, as the header ETag has it").exact(),
    ];
    sub_attributes.into_iter().map(Attribute::read_only).collect()
}
