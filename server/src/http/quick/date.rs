//! The hour as headers have it (RFC 9110, section 5.6.7), written anew once a second.

use jiff::Timestamp;
use std::cell::Cell;

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(super) type Date = [u8; 29];

thread_local! {
    static LAST: Cell<(i64, Date)> = const { Cell::new((i64::MIN, [b' '; 29])) };
}

/// The date of an answer that is given now.
#[expect(clippy::disallowed_methods, reason = "a header that tells the hour; nothing is decided by it")]
pub(super) fn now() -> Date {
    let now = Timestamp::now();
    let (second, date) = LAST.get();
    if second == now.as_second() {
        return date;
    }
    let date = written(now);
    LAST.set((now.as_second(), date));
    date
}

fn written(moment: Timestamp) -> Date {
    let text = moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    // Every year that a clock shows has four digits.
    text.as_bytes().try_into().unwrap_or([b' '; 29])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_headers_have_it() {
        let moment = "1994-11-06T08:49:37Z".parse().unwrap();

        assert_eq!(written(moment), *b"Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
