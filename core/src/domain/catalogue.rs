//! What an organization plans its people by: job titles, levels and price lists. Wethod's words.

use super::{Code, Instant, JobTitleNumber, LevelNumber, LongLabel, PriceListNumber};

/// A job title, such as *Designer*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobTitle {
    pub number: JobTitleNumber,
    pub name: LongLabel,
    pub is_archived: bool,
    pub level: Option<LevelNumber>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// A level of seniority.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    pub number: LevelNumber,
    pub name: LongLabel,
    pub code: Option<Code>,
    /// The share of working time to be charged to clients, in percent.
    pub chargeability_target: f64,
    pub is_external: bool,
    pub must_be_planned: bool,
    pub must_do_timesheet: bool,
    pub is_default_in_budget: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// A price list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceList {
    pub number: PriceListNumber,
    pub name: LongLabel,
    pub description: Option<LongLabel>,
    pub is_default_for_company: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
}
