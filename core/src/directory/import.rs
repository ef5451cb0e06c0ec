//! Loading people and groups from files: what a line is, what became of it, and in how many transactions.
//!
//! A line that is wrong is reported with its number and reason.

/// One line of a file, by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Where it stands in the file, for whoever mends it: counted from 1, headings included.
    pub number: u64,
    /// What it holds, under canonical names of fields. A column that is not there is left alone.
    pub cells: Vec<(String, Cell)>,
}

/// What stands in one column of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing, in a file that cannot tell nothing from empty text (CSV).
    Empty,
    /// Expressly nothing (`null` of JSON).
    Null,
    Text(String),
    Boolean(bool),
    /// A number, as it was written.
    Number(String),
    List(Vec<Cell>),
}

/// How a file is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportMode {
    /// In batches; a wrong line is left out.
    Batches,
    /// All at once at the end, and only if no line is wrong.
    Atomic,
    /// Like `Batches` to the last statement, and then undone.
    DryRun,
}

/// What became of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    pub people: Counts,
    pub groups: Counts,
    pub memberships: Counts,
    pub refused: Vec<RefusedLine>,
    /// Whether the changes stand.
    pub is_kept: bool,
}

/// How many records of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
}

/// A line that was not loaded, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    pub file: ImportFile,
    pub number: u64,
    /// Why, for whoever mends it.
    pub reason: String,
}

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFile {
    People,
    Groups,
}
