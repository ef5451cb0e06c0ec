//! What the server supports, and how much of it (RFC 7643, section 5; RFC 9865, section 4).

use super::super::caller::Base;
use super::super::limits;
use super::super::schema::SERVICE_PROVIDER_CONFIG;
use super::{Meta, PROVIDER_CONFIG};
use serde::Serialize;

/// What the server supports.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderConfig {
    schemas: [&'static str; 1],
    patch: Support,
    bulk: Bulk,
    filter: Filter,
    change_password: Support,
    sort: Support,
    etag: Support,
    pagination: Pagination,
    authentication_schemes: [AuthenticationScheme; 1],
    meta: Meta,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Support {
    supported: bool,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Bulk {
    supported: bool,
    max_operations: usize,
    /// Bytes.
    max_payload_size: usize,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Filter {
    supported: bool,
    max_results: u64,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    cursor: bool,
    index: bool,
    default_pagination_method: &'static str,
    default_page_size: u64,
    max_page_size: u64,
    /// Seconds.
    cursor_timeout: u64,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AuthenticationScheme {
    r#type: &'static str,
    name: &'static str,
    description: &'static str,
    spec_uri: &'static str,
    primary: bool,
}

const SUPPORTED: Support = Support { supported: true };
const UNSUPPORTED: Support = Support { supported: false };

const BEARER: AuthenticationScheme = AuthenticationScheme {
    r#type: "oauthbearertoken",
    name: "OAuth Bearer Token",
    description: "A token in the header Authorization, behind the word Bearer",
    spec_uri: "https://www.rfc-editor.org/info/rfc6750",
    primary: true,
};

impl ProviderConfig {
    /// Of a server that reads bodies of so many bytes.
    pub fn new(base: &Base, body_bytes_max: usize) -> Self {
        Self {
            schemas: [SERVICE_PROVIDER_CONFIG],
            patch: SUPPORTED,
            bulk: Bulk { supported: true, max_operations: limits::BULK_OPERATIONS_MAX, max_payload_size: body_bytes_max },
            filter: Filter { supported: true, max_results: limits::PAGE_MAX },
            change_password: UNSUPPORTED,
            sort: SUPPORTED,
            etag: SUPPORTED,
            pagination: Pagination {
                cursor: true,
                index: true,
                default_pagination_method: "index",
                default_page_size: limits::PAGE_DEFAULT,
                max_page_size: limits::PAGE_MAX,
                cursor_timeout: limits::CURSOR_SECONDS,
            },
            authentication_schemes: [BEARER],
            meta: Meta::single("ServiceProviderConfig", base, PROVIDER_CONFIG),
        }
    }
}
