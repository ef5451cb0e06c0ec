//! What lines refer to by name: found, or made where it is the organization's to make.

use super::attributes::Definitions;
use super::columns::PersonDraft;
use super::loading::Fault;
use crate::directory::DirectoryError;
use crate::directory::recording::Recorder;
use crate::domain::{
    AttributeObject, Change, JobTitle, JobTitleNumber, Level, LevelNumber, LongLabel, PriceList, PriceListNumber, Role, RoleNumber, Scopes,
    folded,
};
use crate::store::{Numbered, WriteTransaction};
use std::collections::HashMap;

/// The organization's short lists, as they stand in one transaction.
#[derive(Debug)]
pub(super) struct References {
    pub(super) roles: Vec<Role>,
    job_titles: HashMap<String, JobTitleNumber>,
    levels: HashMap<String, LevelNumber>,
    price_lists: HashMap<String, PriceListNumber>,
    pub(super) definitions: Definitions,
}

impl References {
    pub(super) async fn read(tx: &mut WriteTransaction) -> Result<Self, DirectoryError> {
        Ok(Self {
            roles: tx.roles().await?,
            job_titles: tx.job_titles().await?.into_iter().map(|title| (folded(title.name.as_str()), title.number)).collect(),
            levels: tx.levels().await?.into_iter().map(|level| (folded(level.name.as_str()), level.number)).collect(),
            price_lists: tx.price_lists().await?.into_iter().map(|list| (folded(list.name.as_str()), list.number)).collect(),
            definitions: Definitions::of(AttributeObject::Person, tx.definitions().await?),
        })
    }

    pub(super) fn default_role(&self) -> Option<RoleNumber> {
        self.roles.iter().find(|role| role.is_default).map(|role| role.number)
    }

    /// Refuses a role that none could be made of, before anything is.
    pub(super) fn refuse_unknown(&self, draft: &PersonDraft) -> Result<(), Fault> {
        if let Change::Set(named) = &draft.role
            && self.find_role(named).is_none()
        {
            LongLabel::parse(named).map_err(|error| Fault::Line(format!("role {}", error.reason)))?;
        }
        Ok(())
    }

    /// A role by its number, code or name; one that is not there is made, with no scopes.
    pub(super) async fn role(
        &mut self,
        tx: &mut WriteTransaction,
        named: Change<String>,
        recorder: &Recorder,
    ) -> Result<Change<RoleNumber>, Fault> {
        let named = match named {
            Change::Set(named) => named,
            Change::Keep => return Ok(Change::Keep),
            Change::Clear => return Ok(Change::Clear),
        };
        if let Some(role) = self.find_role(&named) {
            return Ok(Change::Set(role.number));
        }
        // A number that no role has keeps the number, so that a directory can be moved with its roles' ids.
        let number = match named.parse::<RoleNumber>() {
            Ok(number) => {
                tx.reserve_number(Numbered::Role, number.get()).await?;
                number
            }
            Err(_) => next(tx, Numbered::Role, "role").await?,
        };
        let role = Role {
            number,
            code: Role::parse_code(&named).or_else(|_| Role::free_code(&named, &self.roles)).map_err(DirectoryError::from)?,
            name: LongLabel::parse(&named)?,
            is_default: false,
            scopes: Scopes::default(),
            created_at: recorder.at(),
            updated_at: recorder.at(),
        };
        tx.insert_role(&role).await?;
        recorder.note(tx, "create", "role", number.get(), role.name.as_str()).await?;
        self.roles.push(role);
        Ok(Change::Set(number))
    }

    fn find_role(&self, named: &str) -> Option<&Role> {
        let number = named.parse::<RoleNumber>().ok();
        let by_number = self.roles.iter().find(|role| Some(role.number) == number);
        by_number.or_else(|| {
            let key = folded(named);
            let by_code = self.roles.iter().find(|role| folded(role.code.as_str()) == key);
            by_code.or_else(|| self.roles.iter().find(|role| folded(role.name.as_str()) == key))
        })
    }

    /// A job title by its name, made where it is not there.
    pub(super) async fn job_title(
        &mut self,
        tx: &mut WriteTransaction,
        named: Change<LongLabel>,
        recorder: &Recorder,
    ) -> Result<Change<JobTitleNumber>, Fault> {
        let name = match named {
            Change::Set(name) => name,
            Change::Keep => return Ok(Change::Keep),
            Change::Clear => return Ok(Change::Clear),
        };
        let key = folded(name.as_str());
        if let Some(number) = self.job_titles.get(&key) {
            return Ok(Change::Set(*number));
        }
        let number = next(tx, Numbered::JobTitle, "job title").await?;
        let (created_at, updated_at) = (recorder.at(), recorder.at());
        let title = JobTitle { number, name, is_archived: false, level: None, created_at, updated_at };
        tx.insert_job_title(&title).await?;
        recorder.note(tx, "create", "job_title", number.get(), title.name.as_str()).await?;
        self.job_titles.insert(key, number);
        Ok(Change::Set(number))
    }

    /// A level by its name, made where it is not there.
    pub(super) async fn level(
        &mut self,
        tx: &mut WriteTransaction,
        named: Change<LongLabel>,
        recorder: &Recorder,
    ) -> Result<Change<LevelNumber>, Fault> {
        let name = match named {
            Change::Set(name) => name,
            Change::Keep => return Ok(Change::Keep),
            Change::Clear => return Ok(Change::Clear),
        };
        let key = folded(name.as_str());
        if let Some(number) = self.levels.get(&key) {
            return Ok(Change::Set(*number));
        }
        let number = next(tx, Numbered::Level, "level").await?;
        let level = Level {
            number,
            name,
            code: None,
            chargeability_target: 0.0,
            is_external: false,
            must_be_planned: false,
            must_do_timesheet: false,
            is_default_in_budget: false,
            created_at: recorder.at(),
            updated_at: recorder.at(),
        };
        tx.insert_level(&level).await?;
        recorder.note(tx, "create", "level", number.get(), level.name.as_str()).await?;
        self.levels.insert(key, number);
        Ok(Change::Set(number))
    }

    /// A price list by its name, made where it is not there.
    pub(super) async fn price_list(
        &mut self,
        tx: &mut WriteTransaction,
        named: Change<LongLabel>,
        recorder: &Recorder,
    ) -> Result<Change<PriceListNumber>, Fault> {
        let name = match named {
            Change::Set(name) => name,
            Change::Keep => return Ok(Change::Keep),
            Change::Clear => return Ok(Change::Clear),
        };
        let key = folded(name.as_str());
        if let Some(number) = self.price_lists.get(&key) {
            return Ok(Change::Set(*number));
        }
        let number = next(tx, Numbered::PriceList, "price list").await?;
        // A company always has a default price list, so the first one is it.
        let is_default_for_company = self.price_lists.is_empty();
        let (created_at, updated_at) = (recorder.at(), recorder.at());
        let list = PriceList { number, name, description: None, is_default_for_company, created_at, updated_at };
        tx.insert_price_list(&list).await?;
        recorder.note(tx, "create", "price_list", number.get(), list.name.as_str()).await?;
        self.price_lists.insert(key, number);
        Ok(Change::Set(number))
    }
}

/// The next number of a kind.
pub(in crate::directory) async fn next<N: TryFrom<i64>>(
    tx: &mut WriteTransaction,
    kind: Numbered,
    what: &str,
) -> Result<N, DirectoryError> {
    let number = tx.next_number(kind).await?.and_then(|number| N::try_from(number).ok());
    number.ok_or_else(|| DirectoryError::used_up(what))
}
