//! Cursors (RFC 9865, section 2): where a list goes on, as text that only this server can have made.
//!
//! A cursor names the last resource that was shown by what the list is ordered by, so a walk loses and repeats nobody who
//! is there throughout. It is sealed for the question that it was given for, and for [`CURSOR_SECONDS`].

use super::error::{Error, ScimType};
use super::limits::{CURSOR_SECONDS, PAGE_DEFAULT, PAGE_MAX};
use crate::http::Cause;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rollcall_core::directory::{Directory, SealError};
use rollcall_core::domain::OrganizationId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What a list was asked for, beside its cursor: the client sends it again, unchanged, with every page.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub organization: OrganizationId,
    /// The path that was asked, such as `/Users`.
    pub endpoint: &'a str,
    pub filter: Option<&'a str>,
    pub sort_by: Option<&'a str>,
    pub is_descending: bool,
    /// Resources of one page.
    pub count: u64,
}

#[derive(Serialize, Deserialize)]
struct Content<P> {
    count: u64,
    position: P,
}

impl Question<'_> {
    /// The cursor for what comes after a position in the answer.
    pub async fn give(&self, directory: &Directory, position: impl Serialize) -> Result<String, Error> {
        let content = Content { count: self.count, position };
        let content = serde_json::to_vec(&content).map_err(|error| Error::failed(Cause::new(error)))?;
        let sealed = directory.seal(&self.purpose(), &content, Duration::from_secs(CURSOR_SECONDS)).await?;
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// The position that a cursor stands for, if it was given for this question.
    pub async fn take<P: DeserializeOwned>(&self, directory: &Directory, cursor: &str) -> Result<P, Error> {
        let sealed = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid_cursor())?;
        let content = directory.unseal(&self.purpose(), &sealed).await.map_err(|error| match error {
            SealError::Forged => invalid_cursor(),
            SealError::Expired => expired_cursor(),
            SealError::Directory(error) => error.into(),
        })?;
        // An older or newer version of this program may have sealed what this one does not know.
        let content: Content<P> = serde_json::from_slice(&content).map_err(|_| invalid_cursor())?;
        if content.count == self.count { Ok(content.position) } else { Err(other_count(content.count)) }
    }

    /// Everything but the number of resources, whose change has an error of its own. An array of JSON reads in one way only.
    fn purpose(&self) -> String {
        let parts = (self.organization.get(), self.endpoint, self.filter, self.sort_by, self.is_descending);
        format!("scim cursor {}", serde_json::json!(parts))
    }
}

/// How many resources a page of a walk by cursor has, where the client asks for so many: a negative number is 0, and too
/// great a one is refused.
pub fn count(asked: Option<i64>) -> Result<u64, Error> {
    match asked.map(|count| u64::try_from(count).unwrap_or(0)) {
        None => Ok(PAGE_DEFAULT),
        Some(count) if count <= PAGE_MAX => Ok(count),
        Some(_) => Err(Error::bad_request(ScimType::InvalidCount, format!("count must be between 0 and {PAGE_MAX} with a cursor."))),
    }
}

fn invalid_cursor() -> Error {
    let detail = "This is no cursor that was given for this query. Begin with an empty cursor, then send each nextCursor with the rest \
                  of the query unchanged.";
    Error::bad_request(ScimType::InvalidCursor, detail)
}

fn expired_cursor() -> Error {
    let detail = format!("The cursor was not used within {CURSOR_SECONDS} seconds. Begin again with an empty one.");
    Error::bad_request(ScimType::ExpiredCursor, detail)
}

fn other_count(count: u64) -> Error {
    Error::bad_request(ScimType::InvalidCount, format!("count must stay {count}, as it was when this cursor was given."))
}

#[cfg(test)]
mod tests;
