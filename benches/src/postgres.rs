//! The same people on PostgreSQL: Rollcall there, and `pgbench` reading one row at a time.

use crate::Outcome;
use crate::options::Options;
use crate::process::output_of;
use crate::rollcall::Database;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A database of this run on somebody's server; dropped with this value.
pub(crate) struct OnPostgres {
    server: String,
    name: String,
    pub(crate) database: Database,
    /// Reads one person by number, as pgbench has it.
    pub(crate) script: PathBuf,
}

impl OnPostgres {
    /// Makes the database beside the one that `server` names, and copies everybody into it.
    pub(crate) fn make(options: &Options, server: &str, from: &Database, folder: &Path) -> Outcome<Self> {
        let name = format!("rollcall_benches_{}", std::process::id());
        let (before, after) = server.rsplit_once('/').ok_or("--postgres is a URL with the name of a database")?;
        let parameters = after.split_once('?').map(|(_, parameters)| format!("?{parameters}")).unwrap_or_default();
        let url = format!("{before}/{name}{parameters}");
        let script = folder.join("one-row.sql");
        let made = Self { server: server.to_owned(), name, database: from.at(&url), script };
        made.psql(&format!("create database {} encoding 'UTF8' template template0", made.name))?;
        output_of(Command::new(&options.rollcall).args(["copy", "--from", from.url(), "--to", &url]))?;
        output_of(Command::new("psql").args(["-q", "-c", "vacuum analyze", &url]))?;
        fs::write(
            &made.script,
            format!(
                "\\set number random(1, {})\nselect record from people where organization_id = (select id from organizations where slug = '{}') and number = :number;\n",
                options.people,
                crate::rollcall::EVERYBODY
            ),
        )?;
        Ok(made)
    }

    pub(crate) fn url(&self) -> &str {
        self.database.url()
    }

    fn psql(&self, statement: &str) -> Outcome<String> {
        output_of(Command::new("psql").args(["-q", "-c", statement, &self.server]))
    }
}

impl Drop for OnPostgres {
    fn drop(&mut self) {
        if let Err(error) = self.psql(&format!("drop database if exists {} with (force)", self.name)) {
            eprintln!("the database {} is still there: {error}", self.name);
        }
    }
}
