//! What every command takes, and the way from it to an open directory.

use super::output::say;
use super::{Failure, logs};
use crate::config::{Flags, Inputs, LogSettings, Settings, TypedUrl};
use clap::Args;
use rollcall_core::directory::{Actor, DatabaseOptions, DatabaseUrl, Directory, DirectoryError, Surroundings};
use rollcall_core::domain::Slug;
use std::path::PathBuf;
use tracing::level_filters::LevelFilter;

const HEADING: &str = "Options of every command";

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub(super) struct Global {
    /// The database, as sqlite:FILE, which is made where it is missing, or as postgres://USER@HOST/DATABASE [default: sqlite:rollcall.db]
    #[arg(long, global = true, value_name = "URL", help_heading = HEADING)]
    pub database: Option<TypedUrl>,
    /// A TOML file of settings; see `rollcall config`
    #[arg(long, global = true, value_name = "FILE", help_heading = HEADING)]
    pub config: Option<PathBuf>,
}

impl Global {
    /// All settings, with the flags laid over them.
    pub(super) fn settings(&self, listen: Option<&str>) -> Result<Settings, Failure> {
        self.settings_of_a_server(listen, &[])
    }

    pub(super) fn settings_of_a_server(&self, listen: Option<&str>, replicas: &[TypedUrl]) -> Result<Settings, Failure> {
        let flags = Flags { listen: listen.map(str::to_owned), database: self.database.clone(), replicas: replicas.to_vec() };
        let inputs = Inputs { file: self.config.clone(), environment: std::env::vars_os().collect(), flags };
        Ok(Settings::load(&inputs)?)
    }

    /// The settings, for a command that ends by itself: its log keeps to warnings.
    pub(super) fn start_quietly(&self) -> Result<Settings, Failure> {
        let settings = self.settings(None)?;
        logs::start(&LogSettings { level: settings.log.level.min(LevelFilter::WARN), ..settings.log });
        Ok(settings)
    }

    /// The directory, for a command that ends by itself.
    pub(super) async fn directory(&self) -> Result<Directory, Failure> {
        let settings = self.start_quietly()?;
        open_said(&settings.database.for_a_command()).await
    }
}

/// Opens the directory, making it where it is missing.
pub(super) async fn open(options: &DatabaseOptions) -> Result<Directory, Failure> {
    let opened = Directory::open_with(options, Surroundings::system()).await;
    opened.map_err(|source| Failure::Open { url: options.url.clone(), source })
}

/// Opens the directory and says so if that made it: the URL may be mistyped.
pub(super) async fn open_said(options: &DatabaseOptions) -> Result<Directory, Failure> {
    let directory = open(options).await?;
    if directory.is_new() {
        say(made(&options.url));
    }
    Ok(directory)
}

/// That opening made something.
pub(super) fn made(url: &DatabaseUrl) -> String {
    match url {
        DatabaseUrl::Sqlite(_) => format!("made the database {url}, which was not there"),
        DatabaseUrl::Postgres(_) => format!("made the tables in the database {url}, which had none"),
    }
}

/// The actor behind the command line in one organization.
pub(super) async fn operator(directory: &Directory, slug: &Slug) -> Result<Actor, Failure> {
    directory.operator(slug).await.map_err(|error| match error {
        DirectoryError::NotFound => Failure::NoOrganization(slug.clone()),
        other => other.into(),
    })
}
