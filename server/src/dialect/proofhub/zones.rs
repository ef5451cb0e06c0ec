//! ProofHub's 150 time zones. `GET timezones` is this list; a person's `timezone` is the id of a row.
//!
//! The canonical person keeps an IANA name and which row it was written as. [`by_id`] leads from ProofHub to the name, and
//! [`for_written`] back from both; what to show for a person without a zone, or with one that no row stands for, is the wire's to say.

mod aliases;
mod index;
mod table;

use aliases::Names;
use index::Index;
use std::sync::LazyLock;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The vendor's id, from 1 to 152; 2 and 9 do not exist.
    pub id: u16,
    /// The vendor's name of the zone, mostly a city.
    pub label: &'static str,
    /// The vendor's offset, such as `-05:00`. Often outdated; it is shown and never reckoned with.
    pub time_diff: &'static str,
    /// The IANA zone that the row stands for. Several rows may share one.
    pub iana: &'static str,
}

/// Every row, in the vendor's order.
pub static ZONES: &[Zone] = &table::ROWS;

/// Every name that leads to a row, to be found at once: a list of people asks for each of them.
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(names().filter_map(|name| Some((name, search(name)?)))));

/// The row with this id.
#[must_use]
pub fn by_id(id: u16) -> Option<&'static Zone> {
    let place = ZONES.binary_search_by_key(&id, |zone| zone.id).ok()?;
    ZONES.get(place)
}

/// The row for an IANA zone, without regard to ASCII case: one with this very zone, else one of the same rules, else the
/// one that somebody there would choose.
#[must_use]
pub fn for_iana(name: &str) -> Option<&'static Zone> {
    INDEX.get(name)
}

/// Every name that is in the list or stands beside one that is.
fn names() -> impl Iterator<Item = &'static str> {
    let others = aliases::ALIASES.iter().chain(aliases::NEAREST).flat_map(|(_, names)| names.split_ascii_whitespace());
    ZONES.iter().map(|zone| zone.iana).chain(others)
}

/// What [`for_iana`] finds, looked for row by row.
fn search(name: &str) -> Option<&'static Zone> {
    let through = |names: &[Names]| listed(stand_in(names, name)?);
    listed(name).or_else(|| through(aliases::ALIASES)).or_else(|| through(aliases::NEAREST))
}

/// The row for an IANA zone that was last written as the row `written`: that one while it stands for the zone, else the
/// one of [`for_iana`].
#[must_use]
pub fn for_written(name: &str, written: Option<u16>) -> Option<&'static Zone> {
    let found = for_iana(name)?;
    let written = written.and_then(by_id).filter(|row| row.iana == found.iana);
    written.or(Some(found))
}

/// Of several rows with this zone, the one of the zone's own city, else the one with the lowest id.
fn listed(name: &str) -> Option<&'static Zone> {
    let rows = || ZONES.iter().filter(|zone| zone.iana.eq_ignore_ascii_case(name));
    rows().find(|zone| zone.is_its_own_city()).or_else(|| rows().next())
}

fn stand_in(all: &[Names], name: &str) -> Option<&'static str> {
    let stands_for = |names: &str| names.split_ascii_whitespace().any(|other| other.eq_ignore_ascii_case(name));
    all.iter().find(|(_, names)| stands_for(names)).map(|(zone, _)| *zone)
}

impl Zone {
    /// Whether the row is called like the city that the zone is named after: London is, Edinburgh is not.
    fn is_its_own_city(&self) -> bool {
        self.iana.rsplit('/').next().is_some_and(|city| city.replace('_', " ") == self.label)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;
    use jiff::tz::{Offset, TimeZone};

    use super::aliases::{ALIASES, NEAREST};
    use super::*;

    /// Noon UTC on the first of every month of three years: whatever a zone's rules are, they show.
    fn offsets(name: &str) -> Vec<Offset> {
        let zone = TimeZone::get(name).unwrap();
        let instants = (2026..2029).flat_map(|year| (1..=12).map(move |month| date(year, month, 1).at(12, 0, 0, 0)));
        instants.map(|noon| zone.to_offset(noon.to_zoned(TimeZone::UTC).unwrap().timestamp())).collect()
    }

    #[test]
    fn the_list_has_150_rows_with_ids_rising_from_1_to_152_without_2_and_9() {
        let ids: Vec<u16> = ZONES.iter().map(|zone| zone.id).collect();

        assert_eq!(ids, (1..=152).filter(|id| ![2, 9].contains(id)).collect::<Vec<_>>());
        assert_eq!(ids.len(), 150);
    }

    #[test]
    fn every_row_stands_for_a_zone_of_the_iana_database() {
        for zone in ZONES {
            assert!(TimeZone::get(zone.iana).is_ok(), "{zone:?}");
        }
    }

    #[test]
    fn every_row_that_was_written_is_found_again() {
        for zone in ZONES {
            assert_eq!(for_written(zone.iana, Some(zone.id)), Some(zone));
        }
    }

    #[test]
    fn a_row_that_stands_for_another_zone_is_passed_over() {
        let found = |name, written| for_written(name, written).map(|zone| zone.id);

        assert_eq!(
            [found("Europe/London", Some(45)), found("Europe/London", Some(13)), found("Europe/London", Some(2))],
            [Some(45), Some(47), Some(47)]
        );
        assert_eq!([found("America/Vancouver", Some(14)), found("Pacific/Chatham", Some(49)), found("", Some(13))], [Some(14), None, None]);
    }

    #[test]
    fn every_name_leads_where_a_search_through_all_rows_does_in_any_case() {
        for name in names() {
            for name in [name.to_owned(), name.to_ascii_lowercase(), name.to_ascii_uppercase()] {
                assert_eq!(for_iana(&name), search(&name), "{name}");
            }
            for name in [format!("{name}x"), name[1..].to_owned()] {
                assert_eq!(for_iana(&name), search(&name), "{name}");
            }
        }
    }

    fn id(name: &str) -> Option<u16> {
        for_iana(name).map(|zone| zone.id)
    }

    #[test]
    fn an_id_leads_to_an_iana_name_and_back_to_a_row_with_it() {
        for zone in ZONES {
            assert_eq!(for_iana(by_id(zone.id).unwrap().iana).unwrap().iana, zone.iana);
        }
    }

    #[test]
    fn of_several_rows_the_one_of_the_zones_own_city_is_chosen() {
        for (name, row) in [
            ("Europe/London", 47),
            ("Europe/Moscow", 86),
            ("Asia/Kolkata", 103),
            ("Asia/Karachi", 100),
            ("Asia/Almaty", 108),
            ("Asia/Tokyo", 130),
            ("America/Mexico_City", 23),
            ("Pacific/Auckland", 145),
        ] {
            assert_eq!(id(name), Some(row), "{name}");
        }
    }

    #[test]
    fn duplicates_without_their_own_city_lead_to_their_lowest_id() {
        for (duplicate, lowest) in [(13, 3), (14, 4), (16, 5), (19, 6), (21, 7), (28, 8), (27, 1), (152, 1), (151, 132), (149, 145)] {
            assert_eq!(id(by_id(duplicate).unwrap().iana), Some(lowest));
        }
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!([id("europe/WARSAW"), id("asia/TOKYO"), id("utc")], [Some(67), Some(130), Some(49)]);
    }

    #[test]
    fn well_known_zones_outside_the_list_lead_to_a_row_with_the_same_rules() {
        for (name, label) in [
            ("America/Detroit", "Eastern Time (US & Canada)"),
            ("America/Toronto", "Eastern Time (US & Canada)"),
            ("Asia/Calcutta", "Kolkata"),
            ("GB", "London"),
            ("Japan", "Tokyo"),
            ("Europe/Oslo", "Berlin"),
            ("Europe/Kiev", "Kyev"),
            ("Asia/Manila", "Singapore"),
            ("UTC", "UTC"),
        ] {
            assert_eq!(for_iana(name).map(|zone| zone.label), Some(label), "{name}");
        }
    }

    #[test]
    fn a_zone_whose_rules_are_like_no_rows_leads_where_somebody_there_would_look() {
        for (name, label) in [
            ("America/Vancouver", "Pacific Time (US & Canada)"),
            ("America/Edmonton", "Mountain Time (US & Canada)"),
            ("America/Winnipeg", "Central Time (US & Canada)"),
            ("Asia/Beirut", "Athens"),
        ] {
            assert_eq!(for_iana(name).map(|zone| zone.label), Some(label), "{name}");
        }
    }

    #[test]
    fn a_zone_that_is_far_from_every_row_is_not_found() {
        for name in ["Australia/Lord_Howe", "Pacific/Chatham", "Mars/Olympus", ""] {
            assert_eq!(for_iana(name), None, "{name}");
        }
    }

    #[test]
    fn an_alias_keeps_the_time_of_the_row_it_leads_to() {
        for (zone, names) in ALIASES {
            let own = offsets(zone);
            for name in names.split_ascii_whitespace() {
                assert_eq!(offsets(name), own, "{name} and {zone}");
            }
        }
    }

    #[test]
    fn an_alias_is_given_once_leads_to_a_row_and_is_none_itself() {
        let mut seen = BTreeSet::new();
        for (zone, names) in ALIASES.iter().chain(NEAREST) {
            assert!(listed(zone).is_some(), "{zone}");
            for name in names.split_ascii_whitespace() {
                assert!(listed(name).is_none(), "{name}");
                assert!(TimeZone::get(name).is_ok(), "{name}");
                assert!(seen.insert(name), "{name} twice");
            }
        }
    }
}
