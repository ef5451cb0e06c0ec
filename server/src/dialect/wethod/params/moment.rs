//! ISO 8601 as a filter takes it: a timestamp with any offset, or a day.

use jiff::civil::{Date, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use rollcall_core::domain::Instant;
use rollcall_core::query::{Comparison, Filter, InstantField};

/// Bytes of the longest one with every digit of a fraction.
const TEXT_BYTES_MAX: usize = 40;

/// A moment and the day that holds it where it was written; or such a day alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    day_start: Instant,
    /// The start of the next one.
    day_end: Instant,
    at: Option<Instant>,
}

impl Moment {
    /// Reads `2024-01-01T20:00:00+02:00`, where no offset is UTC, or `2024-01-01`, a day in UTC.
    pub fn parse(text: &str) -> Result<Self, String> {
        let malformed = || "must be an ISO 8601 timestamp such as 2024-01-01T20:00:00%2B02:00".to_owned();
        if text.len() > TEXT_BYTES_MAX {
            return Err(malformed());
        }
        let text = with_its_sign(text);
        // The reader below takes more than ISO 8601 has.
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"-:.,TZ+".contains(&byte))
            && text.starts_with(|first: char| first.is_ascii_digit());
        let pieces = Pieces::parse(text.as_bytes()).ok().filter(|_| is_plain).ok_or_else(malformed)?;
        let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
        Self::new(pieces.date(), pieces.time(), offset).ok_or_else(|| "lies outside the calendar".to_owned())
    }

    fn new(date: Date, time: Option<Time>, offset: Offset) -> Option<Self> {
        let instant = |date: Date, time| offset.to_timestamp(date.to_datetime(time)).ok().map(Instant::new);
        let at = match time {
            Some(time) => Some(instant(date, time)?),
            None => None,
        };
        Some(Self { day_start: instant(date, Time::midnight())?, day_end: instant(date.tomorrow().ok()?, Time::midnight())?, at })
    }

    /// Updated on the day, whatever the time of it; before or after the moment, or the day as a whole.
    ///
    /// The vendor documents a bare timestamp as *on a date*, so equal means that.
    pub fn filter(&self, comparison: Comparison) -> Filter {
        let is = |comparison, instant| Filter::instant(InstantField::UpdatedAt, comparison, instant);
        let since = |instant| is(Comparison::GreaterOrEqual, instant);
        let before = |instant| is(Comparison::Less, instant);
        match (comparison, self.at) {
            (Comparison::Equal, _) => since(self.day_start).and(before(self.day_end)),
            (Comparison::NotEqual, _) => since(self.day_start).and(before(self.day_end)).negated(),
            (_, Some(at)) => is(comparison, at),
            (Comparison::Greater, None) => since(self.day_end),
            (Comparison::GreaterOrEqual, None) => since(self.day_start),
            (Comparison::Less, None) => before(self.day_start),
            (Comparison::LessOrEqual, None) => before(self.day_end),
        }
    }
}

/// The text with the plus sign back before its offset, which is a blank where a client did not encode it.
fn with_its_sign(text: &str) -> String {
    match text.rsplit_once(' ') {
        Some((moment, offset)) if moment.contains('T') && !offset.is_empty() => format!("{moment}+{offset}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Instant {
        Instant::new(text.parse().expect("a timestamp"))
    }

    fn moment(start: &str, end: &str, at: Option<&str>) -> Result<Moment, String> {
        Ok(Moment { day_start: instant(start), day_end: instant(end), at: at.map(instant) })
    }

    #[test]
    fn the_day_of_a_timestamp_is_the_one_of_its_offset() {
        let expected = moment("2023-12-31T22:00:00Z", "2024-01-01T22:00:00Z", Some("2024-01-01T18:00:00Z"));

        for text in ["2024-01-01T20:00:00+02:00", "2024-01-01T20:00:00 02:00", "2024-01-01T20:00+0200", "2024-01-01T20:00:00.000+02"] {
            assert_eq!(Moment::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn no_offset_is_utc_and_no_time_is_the_day() {
        let (start, end) = ("2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z");

        assert_eq!(Moment::parse("2024-02-29T10:00:00"), moment(start, end, Some("2024-02-29T10:00:00Z")));
        assert_eq!(Moment::parse("2024-02-29T10:00:00Z"), Moment::parse("2024-02-29T10:00:00"));
        assert_eq!(Moment::parse("2024-02-29"), moment(start, end, None));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        let texts = [
            "",
            "now",
            "2024",
            "2023-02-29",
            "2024-13-01T00:00:00Z",
            "2024-01-01T25:00:00Z",
            "2024-01-01T00:00:00+99:00",
            "2024-01-01 ",
            "2024-01-01T00:00:00Z[Europe/Rome]",
            "-002024-01-01",
            "9999-12-31",
            "1704067200",
            "2024-01-01T00:00:00 + 02:00",
        ];

        for text in texts {
            assert!(Moment::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_is_before_or_after_as_a_whole() {
        let day = Moment::parse("2024-01-01").expect("a day");
        let is = |comparison, text| Filter::instant(InstantField::UpdatedAt, comparison, instant(text));

        assert_eq!(day.filter(Comparison::Greater), is(Comparison::GreaterOrEqual, "2024-01-02T00:00:00Z"));
        assert_eq!(day.filter(Comparison::LessOrEqual), is(Comparison::Less, "2024-01-02T00:00:00Z"));
        assert_eq!(day.filter(Comparison::Less), is(Comparison::Less, "2024-01-01T00:00:00Z"));
    }
}
