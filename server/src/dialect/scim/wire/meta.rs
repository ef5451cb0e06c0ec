//! `meta`: what the server says of every resource (RFC 7643, section 3.1).

use super::super::caller::Base;
use super::super::schema::ResourceType;
use super::members::Members;
use rollcall_core::domain::Instant;
use std::fmt::Display;

/// What `meta` tells.
#[derive(Clone, Debug)]
pub struct Meta<'a, I> {
    pub kind: ResourceType,
    pub id: I,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// The resource's entity tag, as the header has it.
    pub version: String,
    pub base: &'a Base,
}

impl<I: Display> Meta<'_, I> {
    pub fn members(self) -> Members {
        Members::new()
            .put("resourceType", Some(self.kind.as_str()))
            .instant("created", Some(self.created_at))
            .instant("lastModified", Some(self.updated_at))
            .put("location", Some(self.base.location(self.kind.endpoint(), self.id)))
            .put("version", Some(self.version))
    }
}
