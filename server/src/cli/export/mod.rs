//! `rollcall export`
//!
//! | module | what it is |
//! | --- | --- |
//! | `columns` | one person as the cells of a line |
//! | `attributes` | values of custom attributes as cells |
//! | `groups` | groups with who and what is in them, as a file of their own |
//! | `names` | what a person refers to, by the names that an import finds it by |
//! | `writer` | cells as CSV or as JSON |

mod attributes;
mod columns;
mod groups;
mod names;
mod writer;

use super::format::Format;
use super::global::{Global, operator};
use super::output::Output;
use super::{Failure, Outcome};
use clap::Args;
use columns::Columns;
use groups::GroupTable;
use names::Names;
use rollcall_core::directory::{Actor, Directory, PersonPage};
use rollcall_core::domain::{AttributeObject, Slug};
use rollcall_core::query::{Comparison, Filter, NumberField, PersonQuery, Window};
use std::path::{Path, PathBuf};
use writer::Writer;

/// People read at once.
const PAGE_PEOPLE: u64 = 1000;

/// Print all people of an organization, by number, in a form that `import` takes
///
/// Every column that an import knows is there. Loaded into an empty organization, it makes the same people, whose export is
/// the same to the byte. CSV cannot tell empty text from none; JSON lines can.
///
/// The column of groups names them, and no more. For all of what they are, write them to a file with --groups: then load the
/// two together, with import --groups.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The organization
    #[arg(value_parser = Slug::parse)]
    slug: Slug,
    /// The format
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Write groups, with who and what is in them, to this file, in the same format, and no column of groups with the people
    #[arg(long, value_name = "FILE")]
    groups: Option<PathBuf>,
}

impl Export {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let directory = global.directory().await?;
        let actor = operator(&directory, &self.slug).await?;
        let columns =
            Columns::new(directory.attribute_definitions(&actor, AttributeObject::Person).await?, self.format, self.groups.is_some());
        let mut names = Names::read(&directory, &actor).await?;
        let mut writer = Writer::new(Output::new(), self.format, columns.names())?;
        let mut last = 0;
        loop {
            let page = page_after(&directory, &actor, last).await?;
            let Some(person) = page.people.last() else { break };
            last = person.number.get();
            if self.groups.is_some() {
                names.note(&page.people);
            }
            names.read_people(&directory, &actor, page.people.iter().filter_map(|person| person.manager)).await?;
            for person in &page.people {
                writer.line(columns.names(), &columns.cells(person, page.groups_of(person.number), &names))?;
            }
        }
        writer.finish()?;
        if let Some(path) = &self.groups {
            let table = GroupTable::read(&directory, &actor, self.format).await?;
            names.read_people(&directory, &actor, table.people()).await?;
            write_groups(&table, path, self.format, &names).map_err(|failure| of_file(failure, path))?;
        }
        Ok(Outcome::Done)
    }
}

fn write_groups(table: &GroupTable, path: &Path, format: Format, names: &Names) -> Result<(), Failure> {
    let output = Output::to_file(path).map_err(Failure::Output)?;
    let mut writer = Writer::new(output, format, &table.columns)?;
    table.write(&mut writer, names)?;
    writer.finish()
}

/// A failure to write that is not of standard output.
fn of_file(failure: Failure, path: &Path) -> Failure {
    match failure {
        Failure::Output(source) => Failure::system(format!("write {}", path.display()), source),
        other => other,
    }
}

/// The next people by number. Not a window further down the list, which would pass over somebody when another person
/// is removed meanwhile.
async fn page_after(directory: &Directory, actor: &Actor, last: i64) -> Result<PersonPage, Failure> {
    let filter = Filter::number(NumberField::Number, Comparison::Greater, last);
    let query = PersonQuery { filter, window: Window::new(0, PAGE_PEOPLE), with_groups: true, ..PersonQuery::default() };
    Ok(directory.people(actor, &query).await?)
}
