//! Which part of a list is asked for.

/// So many records after so many others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub offset: u64,
    /// `None`: to the end.
    pub limit: Option<u64>,
}

impl Window {
    pub const fn everything() -> Self {
        Self { offset: 0, limit: None }
    }

    pub const fn new(offset: u64, limit: u64) -> Self {
        Self { offset, limit: Some(limit) }
    }

    /// Page `page`, counted from 1, of `size` records; a page too far to exist is an empty window far beyond any list.
    pub const fn page(page: u64, size: u64) -> Self {
        Self::new(page.saturating_sub(1).saturating_mul(size), size)
    }

    /// How many records from the beginning of a list decide it.
    pub fn end(self) -> usize {
        let end = self.limit.map_or(u64::MAX, |limit| limit.saturating_add(self.offset));
        usize::try_from(end).unwrap_or(usize::MAX)
    }

    /// How many records there are in all, where so many shown ones say so.
    pub(crate) fn total_after(self, shown: usize) -> Option<u64> {
        let shown = shown as u64;
        let is_end_seen = self.limit.is_none_or(|limit| shown < limit) && (shown > 0 || self.offset == 0);
        is_end_seen.then(|| self.offset.saturating_add(shown))
    }

    /// The part of an ordered list that this window shows.
    pub fn cut<T>(self, items: Vec<T>) -> Vec<T> {
        let skip = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let take = self.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        items.into_iter().skip(skip).take(take).collect()
    }
}
