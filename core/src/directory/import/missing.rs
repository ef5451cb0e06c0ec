//! People in no line of a file, moved to the bin when all lines are loaded.
//!
//! Nobody is deleted by mistake: not when no line was loaded, not when a line was refused (it may be about somebody who
//! would go), and not when more people would go than the limit allows. The last owner stays in any case.

use super::loading::Loading;
use crate::directory::recording::Recorder;
use crate::directory::rules;
use crate::directory::{DirectoryError, bin};
use crate::domain::PersonNumber;
use crate::store::{PersonKey, WriteTransaction};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What became of people who were there before the loading and are in no line of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingPeople {
    /// How many there are, deleted or not.
    pub count: u64,
    /// How many people there were before.
    pub of: u64,
    /// Why none of them was deleted.
    pub withheld: Option<Withheld>,
    /// One of them who could not be deleted: the organization's last owner.
    pub last_owner: Option<PersonNumber>,
}

/// Why nobody was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// No line of people was loaded.
    NobodyLoaded,
    /// A line was refused, which may be about one of them.
    LinesRefused,
    /// They are more than the limit allows.
    TooMany,
}

impl MissingPeople {
    /// Whether everybody who was to be deleted is.
    pub const fn are_settled(&self) -> bool {
        self.withheld.is_none() && self.last_owner.is_none()
    }
}

impl Loading {
    /// Takes note of who is there, before the first line is loaded.
    pub(super) async fn look_around(&mut self, tx: &mut WriteTransaction) -> Result<(), DirectoryError> {
        if self.plan.delete_missing.is_some() && self.at_start.is_none() {
            self.at_start = Some(tx.numbers_of_people().await?);
        }
        Ok(())
    }

    /// Moves to the bin who was there at the start and is in no line, if the plan says so.
    pub(super) async fn delete_missing(&mut self, tx: &mut WriteTransaction) -> Result<(), DirectoryError> {
        let Some(limit) = self.plan.delete_missing else { return Ok(()) };
        self.look_around(tx).await?;
        let at_start = self.at_start.take().unwrap_or_default();
        let still_there: HashSet<PersonNumber> = tx.numbers_of_people().await?.into_iter().collect();
        let is_missing = |number: &PersonNumber| still_there.contains(number) && !self.people.contains_key(number);
        let missing: Vec<PersonNumber> = at_start.iter().copied().filter(is_missing).collect();
        let (count, of) = (missing.len() as u64, at_start.len() as u64);
        let withheld = if missing.is_empty() {
            None
        } else if self.people.is_empty() {
            Some(Withheld::NobodyLoaded)
        } else if !self.report.refused.is_empty() {
            Some(Withheld::LinesRefused)
        } else {
            (!limit.holds(count, of)).then_some(Withheld::TooMany)
        };
        let last_owner = if withheld.is_none() { self.delete(tx, missing).await? } else { None };
        self.report.missing = Some(MissingPeople { count, of, withheld, last_owner });
        Ok(())
    }

    /// Moves people to the bin, all but the last owner, who is returned.
    async fn delete(&mut self, tx: &mut WriteTransaction, people: Vec<PersonNumber>) -> Result<Option<PersonNumber>, DirectoryError> {
        let recorder = Recorder::begin(tx, &self.actor, self.surroundings.now()).await?;
        let roles = tx.roles().await?;
        let mut last_owner = None;
        for number in reports_first(tx, people).await? {
            let Some(person) = tx.person(&PersonKey::Number(number)).await? else { continue };
            match rules::refuse_losing_last_owner(tx, &roles, &person, None).await {
                Ok(()) => {
                    bin::discard(tx, &recorder, &person).await?;
                    self.report.people.deleted += 1;
                }
                Err(DirectoryError::LastOwner) => last_owner = Some(number),
                Err(failure) => return Err(failure),
            }
        }
        Ok(last_owner)
    }
}

/// The same people, each before its manager as far as there is no circle, so that the bin remembers who that was.
async fn reports_first(tx: &mut WriteTransaction, people: Vec<PersonNumber>) -> Result<Vec<PersonNumber>, DirectoryError> {
    let mut managers = HashMap::new();
    let mut reports: HashMap<PersonNumber, usize> = HashMap::new();
    let mut left: BTreeSet<PersonNumber> = people.into_iter().collect();
    for number in &left {
        let manager = tx.person(&PersonKey::Number(*number)).await?.and_then(|person| person.manager);
        if let Some(manager) = manager.filter(|manager| manager != number && left.contains(manager)) {
            managers.insert(*number, manager);
            *reports.entry(manager).or_default() += 1;
        }
    }
    let mut ordered = Vec::with_capacity(left.len());
    let mut free: Vec<PersonNumber> = left.iter().rev().copied().filter(|number| !reports.contains_key(number)).collect();
    while let Some(number) = free.pop() {
        left.remove(&number);
        ordered.push(number);
        if let Some(manager) = managers.get(&number)
            && let Some(count) = reports.get_mut(manager)
        {
            *count -= 1;
            if *count == 0 {
                free.push(*manager);
            }
        }
    }
    ordered.extend(left);
    Ok(ordered)
}
