//! `rollcall export`
//!
//! | module | what it is |
//! | --- | --- |
//! | `columns` | one person as the cells of a line |
//! | `attributes` | values of custom attributes as cells |
//! | `names` | what a person refers to, by the names that an import finds it by |
//! | `writer` | cells as CSV or as JSON |

mod attributes;
mod columns;
mod names;
mod writer;

use super::format::Format;
use super::global::{Global, operator};
use super::output::Output;
use super::{Failure, Outcome};
use clap::Args;
use columns::Columns;
use names::Names;
use rollcall_core::directory::{Actor, Directory, PersonPage};
use rollcall_core::domain::{AttributeObject, Slug};
use rollcall_core::query::{Comparison, Filter, NumberField, PersonQuery, Window};
use writer::Writer;

/// People read at once.
const PAGE_PEOPLE: u64 = 1000;

/// Print all people of an organization, by number, in a form that `import` takes
///
/// Every column that an import knows is there. CSV cannot tell empty text from none; JSON lines can.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The organization
    #[arg(value_parser = Slug::parse)]
    slug: Slug,
    /// The format
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
}

impl Export {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let directory = global.directory()?;
        let actor = operator(&directory, &self.slug).await?;
        let columns = Columns::new(directory.attribute_definitions(&actor, AttributeObject::Person).await?, self.format);
        let mut names = Names::read(&directory, &actor).await?;
        let mut writer = Writer::new(Output::new(), self.format, &columns)?;
        let mut last = 0;
        loop {
            let page = page_after(&directory, &actor, last).await?;
            let Some(person) = page.people.last() else { break };
            last = person.number.get();
            names.read_managers(&directory, &actor, &page.people).await?;
            for person in &page.people {
                writer.line(&columns, columns.cells(person, page.groups_of(person.number), &names))?;
            }
        }
        writer.finish()?;
        Ok(Outcome::Done)
    }
}

/// The next people by number. Not a window further down the list, which would pass over somebody when another person
/// is removed meanwhile.
async fn page_after(directory: &Directory, actor: &Actor, last: i64) -> Result<PersonPage, Failure> {
    let filter = Filter::number(NumberField::Number, Comparison::Greater, last);
    let query = PersonQuery { filter, window: Window::new(0, PAGE_PEOPLE), with_groups: true, ..PersonQuery::default() };
    Ok(directory.people(actor, &query).await?)
}
