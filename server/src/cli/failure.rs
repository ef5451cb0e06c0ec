//! Why a command failed, and how that is said: one readable line for the failure and one for each of its causes.

use super::output::say;
use crate::config::ConfigError;
use rollcall_core::directory::{BackupError, CopyError, DatabaseUrl, DirectoryError, OpenError};
use rollcall_core::domain::Slug;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

/// Exit status of wrong usage, the same as that of an unknown flag.
const WRONG_USAGE: u8 = 2;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("could not open the database {url}")]
    Open {
        url: DatabaseUrl,
        #[source]
        source: OpenError,
    },
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// Neither a backup nor what it was to replace has changed.
    #[error(transparent)]
    Backup(BackupError),
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// An import by batches that broke off between two of them.
    #[error("line {line} of {file} and all that comes after is not loaded, and everything before it is: import again to go on")]
    BrokenOff {
        file: String,
        line: u64,
        #[source]
        source: DirectoryError,
    },
    #[error("all lines are loaded, but managers who stand below their people are not set, and nobody is deleted: import again to go on")]
    Unsettled(#[source] DirectoryError),
    #[error("there is no organization {0}")]
    NoOrganization(Slug),
    /// Something else that was named is not there, or cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// Something that the words of the command line make senseless.
    #[error("{0}")]
    Usage(&'static str),
    #[error("{0} is in use by another program: choose another address, such as --listen 127.0.0.1:8090")]
    AddressInUse(SocketAddr),
    #[error("could not {doing}")]
    System {
        doing: String,
        #[source]
        source: io::Error,
    },
    #[error("could not write to standard output")]
    Output(#[source] io::Error),
}

impl Failure {
    pub(super) fn system(doing: impl Into<String>, source: io::Error) -> Self {
        Self::System { doing: doing.into(), source }
    }

    /// Says the failure and gives its exit status. A reader of standard output that has gone away wants no more words.
    pub(super) fn report(&self) -> ExitCode {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Self::Usage(_) => self.report_usage(),
            Self::Config(error) if error.is_of_flag() => self.report_usage(),
            _ => {
                let mut causes = causes(self).into_iter();
                say(format_args!("rollcall: {}", causes.next().unwrap_or_default()));
                causes.for_each(|cause| say(format_args!("  because {cause}")));
                ExitCode::FAILURE
            }
        }
    }

    /// As a flag that the command line does not know is reported.
    fn report_usage(&self) -> ExitCode {
        say(format_args!("error: {self}\n\nFor more information, try '--help'."));
        ExitCode::from(WRONG_USAGE)
    }
}

/// An error and what it comes from, outermost first, one line each. What a line before has said is left out.
pub(super) fn causes(error: &(dyn Error + 'static)) -> Vec<String> {
    let chain = std::iter::successors(Some(error), |&error| error.source());
    let mut lines: Vec<String> = Vec::new();
    for error in chain {
        let line = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        let says_nothing_new =
            lines.last().is_some_and(|last| line.contains(last.as_str())) || lines.iter().any(|said| said.contains(&line));
        if !says_nothing_new {
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_said_with_its_causes() {
        let failure = Failure::system("read people.csv", io::Error::other("the disk\nis gone"));

        assert_eq!(causes(&failure), ["could not read people.csv", "the disk is gone"]);
    }

    #[test]
    fn a_cause_that_says_nothing_new_is_left_out() {
        let failure = Failure::from(DirectoryError::Store("the disk is gone".into()));

        assert_eq!(causes(&failure), ["the directory's store failed", "the disk is gone"]);
    }
}
