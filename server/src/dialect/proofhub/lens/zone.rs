//! The time zone of a person as a client writes it: a row of ProofHub's list. The zone that the row stands for is kept,
//! and beside it which row it was, as several rows may stand for one zone.

use super::super::zones::{self, Zone};
use rollcall_core::domain::{Change, Person, TimeZone, TimeZoneRow};

/// What changes: the zone, and the row that it was written as.
pub type ZoneChange = (Change<TimeZone>, Change<TimeZoneRow>);

/// The zone and the row of a new person.
pub fn create(written: Change<&'static Zone>) -> ZoneChange {
    match written {
        Change::Keep => (Change::Keep, Change::Keep),
        Change::Clear => (Change::Clear, Change::Clear),
        Change::Set(row) => (zone_of(row), row_of(row)),
    }
}

/// What leads from `person`, whose row is shown as `shown`, to what is written. Another row of the same zone leaves the
/// zone, which may be a finer one than ProofHub knows.
pub fn put(written: Change<&'static Zone>, shown: u16, person: &Person) -> ZoneChange {
    match written {
        Change::Set(row) if row.id == shown => (Change::Keep, Change::Keep),
        Change::Set(row) if is_of(row, person.time_zone.as_ref()) => (Change::Keep, row_of(row)),
        Change::Clear => (cleared(person.time_zone.as_ref()), cleared(person.time_zone_row.as_ref())),
        change => create(change),
    }
}

fn is_of(row: &Zone, zone: Option<&TimeZone>) -> bool {
    zone.and_then(|zone| zones::for_iana(zone.as_str())).is_some_and(|found| found.iana == row.iana)
}

/// Every row's zone is one of the database: a test says so.
fn zone_of(row: &Zone) -> Change<TimeZone> {
    TimeZone::parse(row.iana).map_or(Change::Keep, Change::Set)
}

/// Every row's id is above zero: a test says so.
fn row_of(row: &Zone) -> Change<TimeZoneRow> {
    TimeZoneRow::new(row.id.into()).map_or(Change::Keep, Change::Set)
}

/// Nothing is cleared that is not there.
fn cleared<T>(kept: Option<&T>) -> Change<T> {
    if kept.is_some() { Change::Clear } else { Change::Keep }
}
