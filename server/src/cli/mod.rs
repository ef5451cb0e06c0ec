//! The command line: `rollcall COMMAND`.
//!
//! One file for each command; a command reads its words, asks the directory, and prints. Data goes to standard output
//! and words to standard error; the exit status is 0 when all is done, 1 when it is not, 2 for wrong usage.
//!
//! | module | what it is |
//! | --- | --- |
//! | `serve`, `demo` | the server, on a database and on a throw-away one |
//! | `organization`, `role`, `identity`, `token`, `application` | who there is, and who may come in |
//! | `attribute` | custom attributes of people and groups |
//! | `import`, `export` | people and groups from files, and people into files |
//! | `history`, `bin` | what has changed; people deleted, brought back and erased |
//! | `quirks` | what clients may be given otherwise, by their tokens |
//! | `copy` | everything moved to another database |
//! | `check`, `migrate`, `config` | the database and the settings |
//! | `backup` | the database written to a file, and put back |
//! | `global` | what every command takes, and the way from it to an open directory |
//! | `failure`, `output` | why a command failed; the two streams |
//! | `listener`, `logs`, `lifetime`, `format` | a server until it is told to stop; the log; `30d`; CSV and JSON lines |
//!
//! Start at [`run`].

mod application;
mod attribute;
mod backup;
mod bin;
mod check;
mod config;
mod copy;
mod demo;
mod export;
mod failure;
mod format;
mod global;
mod history;
mod identity;
mod import;
mod lifetime;
mod listener;
mod logs;
mod migrate;
mod organization;
mod output;
mod quirks;
mod role;
mod serve;
mod token;

use clap::{Parser, Subcommand};
use failure::Failure;
use global::Global;
use std::process::ExitCode;
use std::time::Duration;

const STATUS: &str = "Exit status: 0 done, 1 failed, 2 wrong usage. Data goes to standard output, words to standard error.";

/// How long a thread that is still at work when the command is done holds up the program's end.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// A people directory that answers in the APIs its clients already speak.
#[derive(Debug, Parser)]
#[command(name = "rollcall", version, after_help = STATUS)]
struct Rollcall {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Demo(demo::Demo),
    #[command(subcommand)]
    Organization(organization::Organization),
    #[command(subcommand)]
    Role(role::Role),
    #[command(subcommand)]
    Attribute(attribute::Attribute),
    Import(import::Import),
    Export(export::Export),
    #[command(subcommand)]
    Token(token::Token),
    #[command(subcommand)]
    Application(application::Application),
    #[command(subcommand)]
    Identity(identity::Identity),
    History(history::History),
    DeletePerson(bin::DeletePerson),
    RestorePerson(bin::RestorePerson),
    Purge(bin::Purge),
    Copy(copy::Copy),
    Check(check::Check),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Migrate(migrate::Migrate),
    Config(config::Config),
}

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// It did what it could and has said what is wrong with the rest.
    Lacking,
}

/// Does what the command line asks.
#[must_use]
pub fn run() -> ExitCode {
    let rollcall = Rollcall::parse();
    let done = match tokio::runtime::Runtime::new() {
        Ok(runtime) => {
            let done = runtime.block_on(rollcall.command.run(&rollcall.global));
            runtime.shutdown_timeout(LAST_WAIT);
            done
        }
        Err(source) => Err(Failure::system("start the program's threads", source)),
    };
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Lacking) => ExitCode::FAILURE,
        Err(failure) => failure.report(),
    }
}

impl Command {
    async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        match self {
            Self::Serve(command) => command.run(global).await,
            Self::Demo(command) => command.run(global).await,
            Self::Organization(command) => command.run(global).await,
            Self::Role(command) => command.run(global).await,
            Self::Attribute(command) => command.run(global).await,
            Self::Import(command) => command.run(global).await,
            Self::Export(command) => command.run(global).await,
            Self::Token(command) => command.run(global).await,
            Self::Application(command) => command.run(global).await,
            Self::Identity(command) => command.run(global).await,
            Self::History(command) => command.run(global).await,
            Self::DeletePerson(command) => command.run(global).await,
            Self::RestorePerson(command) => command.run(global).await,
            Self::Purge(command) => command.run(global).await,
            Self::Copy(command) => command.run(global).await,
            Self::Check(command) => command.run(global).await,
            Self::Backup(command) => command.run(global),
            Self::Restore(command) => command.run(global),
            Self::Migrate(command) => command.run(global).await,
            Self::Config(command) => command.run(global),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Rollcall::command().debug_assert();
    }

    #[test]
    fn every_command_and_argument_says_what_it_is() {
        fn without_words(command: &clap::Command) -> Vec<String> {
            let own = command.get_about().is_none().then(|| command.get_name().to_owned());
            let arguments = command.get_arguments().filter(|argument| argument.get_help().is_none());
            let arguments = arguments.map(|argument| format!("{} {}", command.get_name(), argument.get_id()));
            own.into_iter().chain(arguments).chain(command.get_subcommands().flat_map(without_words)).collect()
        }

        assert_eq!(without_words(&Rollcall::command()), Vec::<String>::new());
    }
}
