//! Several resources in one answer (RFC 7644, section 3.4.2).

use crate::http::json_bytes::{push_number, push_text};
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

impl ListResponse<()> {
    /// The bytes of an answer in front of its resources, which follow with commas between them, and [`Self::END`].
    pub fn beginning(&self, count: usize) -> Vec<u8> {
        // A resource is seldom longer.
        let mut bytes = Vec::with_capacity(256 + count * 1536);
        let [schema] = self.schemas;
        let parts = ["{\"schemas\":[\"", schema, "\"],\"totalResults\":"];
        parts.into_iter().for_each(|part| bytes.extend_from_slice(part.as_bytes()));
        push_count(&mut bytes, self.total_results);
        bytes.extend_from_slice(b",\"itemsPerPage\":");
        push_count(&mut bytes, count as u64);
        if let Some(start) = self.start_index {
            bytes.extend_from_slice(b",\"startIndex\":");
            push_count(&mut bytes, start);
        }
        if let Some(cursor) = &self.next_cursor {
            bytes.extend_from_slice(b",\"nextCursor\":");
            push_text(&mut bytes, cursor);
        }
        bytes.extend_from_slice(b",\"Resources\":[");
        bytes
    }

    /// What stands behind the resources.
    pub const END: &[u8] = b"]}";
}

fn push_count(bytes: &mut Vec<u8>, count: u64) {
    push_number(bytes, i64::try_from(count).unwrap_or(i64::MAX));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_around_resources_are_those_of_the_whole_answer() {
        let cursor = Some("a\"b".to_owned());
        for (start_index, next_cursor) in [(Some(7), None), (None, cursor), (None, None)] {
            let answer = ListResponse { start_index, next_cursor, ..ListResponse::whole(vec![1, 2]) };
            let around = ListResponse {
                start_index: answer.start_index,
                next_cursor: answer.next_cursor.clone(),
                ..ListResponse::behind_cursor(2, None, Vec::new())
            };

            let written = [&around.beginning(2), b"1,2".as_slice(), ListResponse::END].concat();

            assert_eq!(String::from_utf8(written).expect("text"), serde_json::to_string(&answer).expect("JSON"));
        }
    }
}
