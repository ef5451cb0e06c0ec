//! Several resources in one answer (RFC 7644, section 3.4.2).

use serde::Serialize;

const SCHEMAS: [&str; 1] = ["urn:ietf:params:scim:api:messages:2.0:ListResponse"];

/// Several resources.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListResponse<T> {
    schemas: [&'static str; 1],
    /// Of everything that was asked for, shown or not.
    pub total_results: u64,
    /// Shown here.
    pub items_per_page: u64,
    /// The place of the first that is shown, counted from 1; absent where a cursor chose the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_index: Option<u64>,
    /// Where the next page begins, if there is one (RFC 9865, section 2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    #[serde(rename = "Resources")]
    pub resources: Vec<T>,
}

impl<T> ListResponse<T> {
    /// Everything that there is.
    pub fn whole(resources: Vec<T>) -> Self {
        let count = resources.len() as u64;
        Self::page(count, 1, resources)
    }

    /// What stands from this place on, counted from 1.
    pub fn page(total: u64, start_index: u64, resources: Vec<T>) -> Self {
        Self { start_index: Some(start_index), ..Self::behind_cursor(total, None, resources) }
    }

    /// What a cursor chose, and the cursor of what comes after it.
    pub fn behind_cursor(total: u64, next_cursor: Option<String>, resources: Vec<T>) -> Self {
        let items_per_page = resources.len() as u64;
        Self { schemas: SCHEMAS, total_results: total, items_per_page, start_index: None, next_cursor, resources }
    }
}
