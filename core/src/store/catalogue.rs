//! Statements about roles, job titles, levels and price lists.

use super::error::StoreError;
use super::sql::{Bound, Row, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{Code, Instant, JobTitle, Level, LongLabel, PriceList, Role, RoleNumber, Scopes, Text, folded};

const ROLES: Bound = Bound::new(
    "select number, code, name, is_default, scopes, created_at, updated_at from roles where organization_id = $1 order by number",
);
const INSERT_ROLE: Bound = Bound::new(
    "insert into roles (organization_id, number, code, name, name_folded, is_default, scopes, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);
const SET_SCOPES: Bound = Bound::new("update roles set scopes = $3, updated_at = $4 where organization_id = $1 and number = $2");
const JOB_TITLES: Bound = Bound::new(
    "select number, name, is_archived, level_number, created_at, updated_at from job_titles where organization_id = $1 order by number",
);
const INSERT_JOB_TITLE: Bound = Bound::new(
    "insert into job_titles (organization_id, number, name, name_folded, is_archived, level_number, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)",
);
const LEVELS: Bound = Bound::new(
    "select number, name, code, chargeability_target, is_external, must_be_planned, must_do_timesheet, is_default_in_budget,
        created_at, updated_at
    from levels where organization_id = $1 order by number",
);
const INSERT_LEVEL: Bound = Bound::new(
    "insert into levels (organization_id, number, name, name_folded, code, chargeability_target, is_external, must_be_planned,
        must_do_timesheet, is_default_in_budget, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
);
const PRICE_LISTS: Bound = Bound::new(
    "select number, name, description, is_default_for_company, created_at, updated_at
    from price_lists where organization_id = $1 order by number",
);
const INSERT_PRICE_LIST: Bound = Bound::new(
    "insert into price_lists (organization_id, number, name, name_folded, description, is_default_for_company, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)",
);

impl ReadTransaction {
    pub(crate) async fn roles(&mut self) -> Result<Vec<Role>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(Role {
                number: number(row, 0)?,
                code: Text::stored(row.text(1)?),
                name: Text::stored(row.text(2)?),
                is_default: row.boolean(3)?,
                scopes: Scopes::from_bits(row.integer(4)?),
                created_at: instant(row, 5)?,
                updated_at: instant(row, 6)?,
            })
        };
        self.all(&ROLES, values![], read).await
    }

    pub(crate) async fn job_titles(&mut self) -> Result<Vec<JobTitle>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(JobTitle {
                number: number(row, 0)?,
                name: Text::stored(row.text(1)?),
                is_archived: row.boolean(2)?,
                level: row.optional_integer(3)?.and_then(|number| number.try_into().ok()),
                created_at: instant(row, 4)?,
                updated_at: instant(row, 5)?,
            })
        };
        self.all(&JOB_TITLES, values![], read).await
    }

    pub(crate) async fn levels(&mut self) -> Result<Vec<Level>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(Level {
                number: number(row, 0)?,
                name: Text::stored(row.text(1)?),
                code: row.optional_text(2)?.map(Text::stored),
                chargeability_target: row.real(3)?,
                is_external: row.boolean(4)?,
                must_be_planned: row.boolean(5)?,
                must_do_timesheet: row.boolean(6)?,
                is_default_in_budget: row.boolean(7)?,
                created_at: instant(row, 8)?,
                updated_at: instant(row, 9)?,
            })
        };
        self.all(&LEVELS, values![], read).await
    }

    pub(crate) async fn price_lists(&mut self) -> Result<Vec<PriceList>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(PriceList {
                number: number(row, 0)?,
                name: Text::stored(row.text(1)?),
                description: row.optional_text(2)?.map(Text::stored),
                is_default_for_company: row.boolean(3)?,
                created_at: instant(row, 4)?,
                updated_at: instant(row, 5)?,
            })
        };
        self.all(&PRICE_LISTS, values![], read).await
    }
}

impl WriteTransaction {
    pub(crate) async fn insert_role(&mut self, role: &Role) -> Result<(), StoreError> {
        let row = values![
            role.number.get(),
            role.code.as_str(),
            role.name.as_str(),
            folded(role.name.as_str()),
            role.is_default,
            role.scopes.bits(),
            role.created_at.milliseconds(),
            role.updated_at.milliseconds(),
        ];
        self.execute(&INSERT_ROLE, row).await.map(drop)
    }

    /// What else a role is never changes.
    pub(crate) async fn set_scopes_of_role(&mut self, role: RoleNumber, scopes: Scopes, at: Instant) -> Result<(), StoreError> {
        self.execute(&SET_SCOPES, values![role.get(), scopes.bits(), at.milliseconds()]).await.map(drop)
    }

    pub(crate) async fn insert_job_title(&mut self, title: &JobTitle) -> Result<(), StoreError> {
        let row = values![
            title.number.get(),
            title.name.as_str(),
            folded(title.name.as_str()),
            title.is_archived,
            title.level.map(|number| number.get()),
            title.created_at.milliseconds(),
            title.updated_at.milliseconds(),
        ];
        self.execute(&INSERT_JOB_TITLE, row).await.map(drop)
    }

    pub(crate) async fn insert_level(&mut self, level: &Level) -> Result<(), StoreError> {
        let row = values![
            level.number.get(),
            level.name.as_str(),
            folded(level.name.as_str()),
            level.code.as_ref().map(Code::as_str),
            level.chargeability_target,
            level.is_external,
            level.must_be_planned,
            level.must_do_timesheet,
            level.is_default_in_budget,
            level.created_at.milliseconds(),
            level.updated_at.milliseconds(),
        ];
        self.execute(&INSERT_LEVEL, row).await.map(drop)
    }

    pub(crate) async fn insert_price_list(&mut self, list: &PriceList) -> Result<(), StoreError> {
        let row = values![
            list.number.get(),
            list.name.as_str(),
            folded(list.name.as_str()),
            list.description.as_ref().map(LongLabel::as_str),
            list.is_default_for_company,
            list.created_at.milliseconds(),
            list.updated_at.milliseconds(),
        ];
        self.execute(&INSERT_PRICE_LIST, row).await.map(drop)
    }
}

/// The number of a record in a column that is never absent.
pub(super) fn number<N: TryFrom<i64>>(row: &Row<'_>, column: usize) -> Result<N, StoreError> {
    row.integer(column)?.try_into().map_err(|_| StoreError::Unreadable { what: "number" })
}

/// A moment in a column that is never absent.
pub(super) fn instant(row: &Row<'_>, column: usize) -> Result<Instant, StoreError> {
    Instant::from_milliseconds(row.integer(column)?).ok_or(StoreError::Unreadable { what: "instant" })
}
