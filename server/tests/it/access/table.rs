//! The table in print: a section for each route, a line for everybody who is answered alike.

use crate::support::{Answer, Api};
use rollcall::http::{Access, Route};
use std::collections::BTreeMap;
use std::fmt;

/// One route. Askers who are answered alike share a line, in the order in which the first of them asks.
#[derive(Debug)]
pub struct Section {
    title: String,
    objects: Vec<&'static str>,
    lines: Vec<Line>,
}

/// What is answered about each object; nothing where an asker has none.
type Cells = Vec<Option<String>>;

#[derive(Debug)]
struct Line {
    cells: Cells,
    askers: Vec<&'static str>,
}

impl Section {
    pub fn new(route: &Route, objects: Vec<&'static str>) -> Self {
        let access = match route.access {
            Access::Open => "open to everybody".to_owned(),
            Access::Credential => "any credential".to_owned(),
            Access::Identity => "an identity's token".to_owned(),
            Access::Scope(scope) => scope.to_string(),
        };
        Self { title: format!("{} {} ({access})", route.method, route.path), objects, lines: Vec::new() }
    }

    /// Adds what somebody was answered. Who has no record of their own joins those who are answered alike otherwise.
    pub fn add(&mut self, asker: &'static str, cells: Cells) {
        let is_alike =
            |line: &&mut Line| line.cells.iter().zip(&cells).all(|(ours, theirs)| ours.is_none() || theirs.is_none() || ours == theirs);
        match self.lines.iter_mut().find(is_alike) {
            Some(line) => {
                for (ours, theirs) in line.cells.iter_mut().zip(cells) {
                    *ours = ours.take().or(theirs);
                }
                line.askers.push(asker);
            }
            None => self.lines.push(Line { cells, askers: vec![asker] }),
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        let rows: Vec<Vec<&str>> =
            self.lines.iter().map(|line| line.cells.iter().map(|cell| cell.as_deref().unwrap_or("-")).collect()).collect();
        let width = |column: usize| rows.iter().chain([&self.objects]).map(|row| row[column].len()).max().unwrap_or_default();
        let widths: Vec<usize> = (0..self.objects.len()).map(width).collect();
        let padded = |row: &[&str]| row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}  ")).collect::<String>();
        if self.objects.len() > 1 {
            writeln!(f, "    {}", padded(&self.objects).trim_end())?;
        }
        for (row, line) in rows.iter().zip(&self.lines) {
            let askers = if rows.len() == 1 { "everybody".to_owned() } else { line.askers.join("; ") };
            writeln!(f, "    {}: {askers}", padded(row).trim_end())?;
        }
        writeln!(f)
    }
}

/// The methods that a path does not serve, by what is answered to everybody.
pub fn others(path: &str, answers: &BTreeMap<String, Vec<&'static str>>) -> String {
    let lines: String = answers.iter().map(|(answer, methods)| format!("    {answer}: {}\n", methods.join(", "))).collect();
    format!("other methods of {path}, for everybody\n{lines}\n")
}

/// The status, and the room's own word for an error where it has one. People who sign in are shown a page.
pub fn cell(api: Api, answer: &Answer) -> String {
    if answer.status < 400 {
        return answer.status.to_string();
    }
    if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
        return format!("{} (a page)", answer.status);
    }
    let places = match api {
        Api::Seven => ["/error/name", "/error"],
        Api::Modulo => ["/error", "/error"],
        Api::Wethod | Api::ProofHub => ["/key", "/key"],
        Api::Scim => ["/scimType", "/scimType"],
    };
    let word = places.iter().find_map(|place| answer.at(place).as_str().map(str::to_owned));
    word.map_or_else(|| answer.status.to_string(), |word| format!("{} {word}", answer.status))
}

/// The first lines that differ, if any do.
pub fn difference(agreed: &str, found: &str) -> Option<String> {
    if agreed == found {
        return None;
    }
    let (mut old, mut new) = (agreed.lines(), found.lines());
    loop {
        match (old.next(), new.next()) {
            (old, new) if old == new => {}
            (old, new) => return Some(format!("agreed: {}\n found: {}", old.unwrap_or_default(), new.unwrap_or_default())),
        }
    }
}
