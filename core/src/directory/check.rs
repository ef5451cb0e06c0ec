//! Whether the database is sound.

use super::{Directory, DirectoryError};
use crate::store::Effort;

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    pub organizations: u64,
    pub people: u64,
    /// Empty when all is well.
    pub findings: Vec<String>,
}

impl Directory {
    /// Looks at everything: the file itself, every record beside its columns, the change sequences, the links, the
    /// tokens of sign-ins.
    pub async fn check(&self) -> Result<CheckReport, DirectoryError> {
        let work = self.read_system(|tx| Box::pin(async move { Ok((tx.faults().await?, tx.verify_credentials().await?)) }));
        let (mut findings, of_credentials) = work.await?;
        findings.extend(of_credentials);
        let mut report = CheckReport { findings, ..CheckReport::default() };
        for organization in self.organizations().await? {
            let work = self.read(organization.id, Effort::Long, |tx| Box::pin(async move { Ok(tx.verify().await?) }));
            let (people, findings) = work.await?;
            report.organizations += 1;
            report.people += people;
            report.findings.extend(findings.into_iter().map(|finding| format!("{}: {finding}", organization.slug)));
        }
        Ok(report)
    }

    /// Whether the store answers and, where it is a server, takes writes. Says so within a few seconds.
    pub async fn is_ready(&self) -> Result<(), DirectoryError> {
        Ok(self.store.is_ready().await?)
    }
}
