//! How much one request may ask. `/ServiceProviderConfig` announces these numbers, and nothing else keeps them.

/// Operations of one bulk request (RFC 7644, section 3.7); one more is a 413.
pub const BULK_OPERATIONS_MAX: usize = 1000;

/// Operations of one PATCH. Identity providers send a few; a group's members go by the list in one of them.
pub const PATCH_OPERATIONS_MAX: usize = 1000;

/// Resources of one page where the client names no number.
pub const PAGE_DEFAULT: u64 = 100;

/// Resources of one page at most: who asks for more is given these, which RFC 7644, section 3.4.2.4, allows.
pub const PAGE_MAX: u64 = 1000;

/// How long a cursor may be used after it was given (RFC 9865, section 2). A walk through a large organization takes
/// minutes; an hour forgives a client that pauses.
pub const CURSOR_SECONDS: u64 = 3600;
