//! What one loading knows while it goes on: what became of the lines so far, and what must wait for the end.

use super::attributes::Definitions;
use super::columns::PersonDraft;
use super::group_columns::GroupDraft;
use super::known::Known;
use super::references::References;
use super::{Batch, ImportFile, ImportPlan, ImportReport, RefusedLine};
use crate::directory::recording::Recorder;
use crate::directory::{Actor, DirectoryError, Surroundings};
use crate::domain::{AttributeObject, GroupNumber, Person, PersonNumber};
use crate::store::{GroupKey, WriteTransaction};
use std::collections::HashMap;

/// Why one line was not loaded, or why nothing more can be.
pub(super) enum Fault {
    /// The line alone is wrong.
    Line(String),
    /// The directory failed.
    Directory(DirectoryError),
}

impl<E: Into<DirectoryError>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::Directory(error.into())
    }
}

/// A manager to be looked for when everybody is there: further down the file may stand a better match.
#[derive(Clone, Debug)]
pub(super) struct AwaitedManager {
    pub(super) line: u64,
    pub(super) person: PersonNumber,
    pub(super) manager: String,
    /// How the person has been counted.
    pub(super) seen: Seen,
}

/// A group to be put into another when every group is there.
#[derive(Clone, Debug)]
pub(super) struct AwaitedSubgroup {
    pub(super) line: u64,
    pub(super) group: GroupNumber,
    /// The column that names the group inside.
    pub(super) column: &'static str,
    pub(super) subgroup: GroupKey,
}

/// The state of one loading.
#[derive(Debug)]
pub(super) struct Loading {
    pub(super) actor: Actor,
    pub(super) plan: ImportPlan,
    pub(super) surroundings: Surroundings,
    pub(super) report: ImportReport,
    /// Which line gave each person, so that two lines never write over one another.
    pub(super) people: HashMap<PersonNumber, u64>,
    /// Groups that lines have named so far.
    pub(super) groups: HashMap<GroupNumber, Seen>,
    /// Which line of groups said first what each group is.
    pub(super) group_lines: HashMap<GroupNumber, u64>,
    pub(super) awaited: Vec<AwaitedManager>,
    pub(super) awaited_subgroups: Vec<AwaitedSubgroup>,
    /// Who was there before the first line, by number; known only where people in no line are to be deleted.
    pub(super) at_start: Option<Vec<PersonNumber>>,
}

/// What became of a record so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Created,
    Updated,
    Unchanged,
}

impl Loading {
    pub(super) fn new(actor: Actor, plan: ImportPlan, surroundings: Surroundings) -> Self {
        Self {
            actor,
            plan,
            surroundings,
            report: ImportReport::default(),
            people: HashMap::new(),
            groups: HashMap::new(),
            group_lines: HashMap::new(),
            awaited: Vec::new(),
            awaited_subgroups: Vec::new(),
            at_start: None,
        }
    }

    /// Loads parsed lines, in their order.
    pub(super) async fn load(&mut self, tx: &mut WriteTransaction, batch: Batch) -> Result<(), DirectoryError> {
        self.look_around(tx).await?;
        let recorder = &Recorder::begin(tx, &self.actor, self.surroundings.now()).await?;
        match batch {
            Batch::People(drafts) => self.load_people(tx, drafts, recorder).await,
            Batch::Groups(drafts) => self.load_groups(tx, drafts, recorder).await,
        }
    }

    async fn load_people(
        &mut self,
        tx: &mut WriteTransaction,
        drafts: Vec<PersonDraft>,
        recorder: &Recorder,
    ) -> Result<(), DirectoryError> {
        let mut references = References::read(tx).await?;
        let mut known = Known::of(tx, &drafts, self.plan.matching).await?;
        for draft in drafts {
            let line = draft.line;
            match self.load_person(tx, &mut references, &mut known, draft, recorder).await {
                Ok(seen) => self.report.people.count(seen),
                Err(fault) => self.refused(ImportFile::People, line, fault)?,
            }
        }
        Ok(())
    }

    async fn load_groups(&mut self, tx: &mut WriteTransaction, drafts: Vec<GroupDraft>, recorder: &Recorder) -> Result<(), DirectoryError> {
        let mut definitions = Definitions::of(AttributeObject::Group, tx.definitions().await?);
        for draft in drafts {
            let line = draft.line;
            if let Err(fault) = self.load_group(tx, &mut definitions, draft, recorder).await {
                self.refused(ImportFile::Groups, line, fault)?;
            }
        }
        self.report.groups = super::Counts::default();
        for seen in self.groups.values() {
            self.report.groups.count(*seen);
        }
        Ok(())
    }

    /// Looks for the managers that were not there, or not surely the ones meant, when their people were loaded.
    pub(super) async fn settle_managers(&mut self, tx: &mut WriteTransaction) -> Result<(), DirectoryError> {
        let recorder = &Recorder::begin(tx, &self.actor, self.surroundings.now()).await?;
        for awaited in std::mem::take(&mut self.awaited) {
            let line = awaited.line;
            if let Err(fault) = self.settle_manager(tx, awaited, recorder).await {
                self.refused(ImportFile::People, line, fault)?;
            }
        }
        Ok(())
    }

    /// Puts groups into groups, all of which are there now.
    pub(super) async fn settle_subgroups(&mut self, tx: &mut WriteTransaction) -> Result<(), DirectoryError> {
        let recorder = &Recorder::begin(tx, &self.actor, self.surroundings.now()).await?;
        for awaited in std::mem::take(&mut self.awaited_subgroups) {
            if let Err(fault) = self.settle_subgroup(tx, &awaited, recorder).await {
                self.refused(ImportFile::Groups, awaited.line, fault)?;
            }
        }
        Ok(())
    }

    async fn settle_manager(&mut self, tx: &mut WriteTransaction, awaited: AwaitedManager, recorder: &Recorder) -> Result<(), Fault> {
        let Some(manager) = super::named::find_person(tx, &awaited.manager).await? else {
            return Err(Fault::Line(
                "manager is nobody's external_id, uuid, number, login or e-mail; everything else was loaded".to_owned(),
            ));
        };
        let key = crate::store::PersonKey::Number(awaited.person);
        let Some(before) = tx.person(&key).await?.filter(|person| person.manager != Some(manager)) else {
            return Ok(());
        };
        recorder.update_person(tx, &before, &mut Person { manager: Some(manager), ..before.clone() }).await?;
        if awaited.seen == Seen::Unchanged {
            self.report.people.unchanged -= 1;
            self.report.people.updated += 1;
        }
        Ok(())
    }

    /// Reports a wrong line; passes a failure of the directory on.
    fn refused(&mut self, file: ImportFile, number: u64, fault: Fault) -> Result<(), DirectoryError> {
        match fault {
            Fault::Line(reason) => {
                self.report.refused.push(RefusedLine { file, number, reason });
                Ok(())
            }
            Fault::Directory(DirectoryError::Invalid { field, reason }) => {
                self.report.refused.push(RefusedLine { file, number, reason: format!("{field} {reason}") });
                Ok(())
            }
            Fault::Directory(error @ DirectoryError::LastOwner) => {
                self.report.refused.push(RefusedLine { file, number, reason: error.to_string() });
                Ok(())
            }
            Fault::Directory(error) => Err(error),
        }
    }
}

impl super::Counts {
    pub(super) const fn count(&mut self, seen: Seen) {
        match seen {
            Seen::Created => self.created += 1,
            Seen::Updated => self.updated += 1,
            Seen::Unchanged => self.unchanged += 1,
        }
    }
}
