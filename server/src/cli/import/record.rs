//! One record of CSV (RFC 4180), put together from as many lines as its quotes span.

use super::physical::split_ending;

/// Where in a record the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    CellStart,
    Bare,
    Quoted,
    /// After a quote inside quotes: the end of the cell, or the first half of a quote that belongs to it.
    AfterQuote,
}

/// A record in the making.
#[derive(Debug)]
pub(super) struct Record {
    separator: u8,
    cells: Vec<Vec<u8>>,
    cell: Vec<u8>,
    place: Place,
}

impl Record {
    pub(super) const fn new(separator: u8) -> Self {
        Self { separator, cells: Vec::new(), cell: Vec::new(), place: Place::CellStart }
    }

    /// Adds a line; answers whether the record is complete, or why it can be none.
    pub(super) fn add(&mut self, line: &[u8]) -> Result<bool, String> {
        let (content, ending) = split_ending(line);
        for byte in content {
            self.add_byte(*byte)?;
        }
        if self.place == Place::Quoted {
            self.cell.extend_from_slice(ending);
            return Ok(false);
        }
        self.end_cell();
        Ok(true)
    }

    pub(super) fn into_cells(self) -> Vec<Vec<u8>> {
        self.cells
    }

    fn add_byte(&mut self, byte: u8) -> Result<(), String> {
        match (self.place, byte) {
            (Place::CellStart, b'"') => self.place = Place::Quoted,
            (Place::CellStart | Place::Bare | Place::AfterQuote, _) if byte == self.separator => self.end_cell(),
            (Place::Quoted, b'"') => self.place = Place::AfterQuote,
            (Place::AfterQuote, b'"') => {
                self.cell.push(b'"');
                self.place = Place::Quoted;
            }
            (Place::AfterQuote, _) => {
                return Err(format!("has text after the closing quote of cell {}; a quote inside quotes is doubled", self.cells.len() + 1));
            }
            (Place::Quoted, _) => self.cell.push(byte),
            (Place::CellStart | Place::Bare, _) => {
                self.cell.push(byte);
                self.place = Place::Bare;
            }
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
        self.place = Place::CellStart;
    }
}
