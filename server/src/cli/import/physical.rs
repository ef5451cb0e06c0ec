//! Lines as an editor counts them: what stands between line feeds.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// Bytes of the longest line, and of the longest CSV record over several lines. A person takes about one KiB, and the
/// longest fields together less than a tenth of this.
pub(super) const LINE_BYTES_MAX: usize = 1024 * 1024;

/// What a line that is too long is told.
pub(super) const TOO_LONG: &str = "is longer than 1 MiB";

/// A line, or the news that there was one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Physical {
    /// With its line feed, where it has one.
    Line(Vec<u8>),
    TooLong,
}

/// A reader, line by line.
#[derive(Debug)]
pub(super) struct PhysicalLines<R> {
    reader: R,
    /// Lines that were read and given back.
    returned: VecDeque<Physical>,
    number: u64,
    is_fresh: bool,
}

impl<R: BufRead> PhysicalLines<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, returned: VecDeque::new(), number: 0, is_fresh: true }
    }

    /// The number of the line that was read last, counted from 1.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Physical>> {
        let line = match self.returned.pop_front() {
            Some(line) => Some(line),
            None => self.read()?,
        };
        self.number += u64::from(line.is_some());
        Ok(line)
    }

    /// Gives lines back, to be read again; they are the last that were read, in their order.
    pub(super) fn give_back(&mut self, lines: Vec<Physical>) {
        self.number -= lines.len() as u64;
        lines.into_iter().rev().for_each(|line| self.returned.push_front(line));
    }

    fn read(&mut self) -> io::Result<Option<Physical>> {
        let mut line = Vec::new();
        let limit = LINE_BYTES_MAX as u64 + 1;
        if (&mut self.reader).take(limit).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if std::mem::take(&mut self.is_fresh) && line.starts_with(b"\xEF\xBB\xBF") {
            // A byte order mark says UTF-8, which is what is read anyway.
            line.drain(..3);
        }
        if line.len() > LINE_BYTES_MAX && line.last() != Some(&b'\n') {
            self.reader.skip_until(b'\n')?;
            return Ok(Some(Physical::TooLong));
        }
        Ok(Some(Physical::Line(line)))
    }
}

/// A line without what ends it, and what ends it.
pub(super) fn split_ending(line: &[u8]) -> (&[u8], &[u8]) {
    let content = line.strip_suffix(b"\r\n").or_else(|| line.strip_suffix(b"\n")).unwrap_or(line);
    line.split_at(content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_passed_over_whole() {
        let text = format!("{}\nb\n", "a".repeat(3 * LINE_BYTES_MAX));
        let mut lines = PhysicalLines::new(text.as_bytes());

        assert_eq!(lines.next().unwrap(), Some(Physical::TooLong));
        assert_eq!((lines.next().unwrap(), lines.number()), (Some(Physical::Line(b"b\n".to_vec())), 2));
        assert_eq!(lines.next().unwrap(), None);
    }

    #[test]
    fn lines_given_back_are_read_again_under_their_numbers() {
        let mut lines = PhysicalLines::new("a\nb\nc".as_bytes());
        let read: Vec<Physical> = (0..3).filter_map(|_| lines.next().unwrap()).collect();

        lines.give_back(read[1..].to_vec());

        assert_eq!((lines.next().unwrap(), lines.number()), (Some(read[1].clone()), 2));
        assert_eq!((lines.next().unwrap(), lines.number()), (Some(read[2].clone()), 3));
    }
}
