//! The schemas of what the server says of itself (RFC 7643, section 8.7.2; RFC 9865, section 4). Nothing of it can be
//! written.

use super::attribute::Attribute;
use super::{RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG, Schema};
use std::sync::LazyLock;

/// The three of them.
pub static OF_ITSELF: LazyLock<[Schema; 3]> = LazyLock::new(|| {
    [
        schema(SERVICE_PROVIDER_CONFIG, "ServiceProviderConfig", "What the server supports", provider_config()),
        schema(RESOURCE_TYPE, "ResourceType", "A type of resources", resource_type()),
        schema(SCHEMA, "Schema", "A schema: a URN with its attributes", schema_itself()),
    ]
});

fn schema(id: &'static str, name: &'static str, description: &'static str, attributes: Vec<Attribute>) -> Schema {
    Schema { id, name, description, attributes: attributes.into_iter().map(unwritten).collect() }
}

/// The same, read-only throughout.
fn unwritten(attribute: Attribute) -> Attribute {
    let sub_attributes = attribute.sub_attributes.into_iter().map(unwritten).collect();
    Attribute { sub_attributes, ..attribute }.read_only()
}

fn provider_config() -> Vec<Attribute> {
    vec![
        Attribute::complex("patch", vec![supported()], "PATCH").required(),
        Attribute::complex("bulk", bulk(), "Several operations in one request").required(),
        Attribute::complex("filter", filter(), "Filters").required(),
        Attribute::complex("changePassword", vec![supported()], "Passwords that clients set").required(),
        Attribute::complex("sort", vec![supported()], "Sorting").required(),
        Attribute::complex("etag", vec![supported()], "Entity tags").required(),
        Attribute::complex("pagination", pagination(), "Lists in pages"),
        Attribute::complex("authenticationSchemes", schemes(), "How clients say who they are").many().required(),
    ]
}

fn supported() -> Attribute {
    Attribute::boolean("supported", "Whether the server has it").required()
}

fn bulk() -> Vec<Attribute> {
    vec![
        supported(),
        Attribute::integer("maxOperations", "How many operations one request may have").required(),
        Attribute::integer("maxPayloadSize", "How many bytes one request may have").required(),
    ]
}

fn filter() -> Vec<Attribute> {
    vec![supported(), Attribute::integer("maxResults", "How many resources one answer has at most").required()]
}

fn pagination() -> Vec<Attribute> {
    vec![
        Attribute::boolean("cursor", "Whether a cursor says where a page begins").required(),
        Attribute::boolean("index", "Whether an index says where a page begins").required(),
        Attribute::string("defaultPaginationMethod", "How pages are made when the client does not say").usually(&["cursor", "index"]),
        Attribute::integer("defaultPageSize", "How many resources a page has when the client does not say"),
        Attribute::integer("maxPageSize", "How many resources a page has at most"),
        Attribute::integer("cursorTimeout", "How many seconds a cursor is good for"),
    ]
}

fn schemes() -> Vec<Attribute> {
    let types = ["oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"];
    vec![
        Attribute::string("type", "The scheme").required().usually(&types),
        Attribute::string("name", "What to call the scheme").required(),
        Attribute::string("description", "What to say about the scheme").required(),
        Attribute::reference("specUri", &["external"], "The specification of the scheme"),
        Attribute::boolean("primary", "Whether this is the preferred scheme"),
    ]
}

fn resource_type() -> Vec<Attribute> {
    let extension = vec![
        Attribute::reference("schema", &["uri"], "The URN of the extension").required(),
        Attribute::boolean("required", "Whether every resource has the extension").required(),
    ];
    vec![
        Attribute::string("name", "The name of the type").required(),
        Attribute::string("description", "What the type is"),
        Attribute::reference("endpoint", &["uri"], "Where the resources are, below the base").required(),
        Attribute::reference("schema", &["uri"], "The URN of the type's own schema").required(),
        Attribute::complex("schemaExtensions", extension, "The extensions of the type").many(),
    ]
}

fn schema_itself() -> Vec<Attribute> {
    let sub_attributes = Attribute::complex("subAttributes", characteristics(), "The parts of a complex attribute").many();
    let attributes = characteristics().into_iter().chain([sub_attributes]).collect();
    vec![
        Attribute::string("name", "The name of the schema").required(),
        Attribute::string("description", "What the schema describes"),
        Attribute::complex("attributes", attributes, "The attributes of the schema").many().required(),
    ]
}

fn characteristics() -> Vec<Attribute> {
    let kinds = ["string", "complex", "boolean", "decimal", "integer", "dateTime", "reference", "binary"];
    vec![
        Attribute::string("name", "The name of the attribute").required(),
        Attribute::string("type", "The type of one value").required().usually(&kinds),
        Attribute::boolean("multiValued", "Whether the value is a list").required(),
        Attribute::string("description", "What the attribute is"),
        Attribute::boolean("required", "Whether every resource has the attribute"),
        Attribute::string("canonicalValues", "Values that are usual").exact().many(),
        Attribute::boolean("caseExact", "Whether texts are compared with case"),
        Attribute::string("mutability", "Whether a client may write the attribute").exact().usually(&[
            "readOnly",
            "readWrite",
            "immutable",
            "writeOnly",
        ]),
        Attribute::string("returned", "When the attribute is in an answer").exact().usually(&["always", "never", "default", "request"]),
        Attribute::string("uniqueness", "Whether two resources may have the same value").exact().usually(&["none", "server", "global"]),
        Attribute::string("referenceTypes", "What a reference refers to").exact().many(),
    ]
}
