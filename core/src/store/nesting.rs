//! Statements about groups inside groups.

use super::catalogue::number;
use super::error::StoreError;
use super::places::AROUND;
use super::sql::{Bound, Row, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{GroupNumber, Subgroup};
use std::collections::BTreeSet;

const SUBGROUPS: Bound = Bound::new("select group_number, subgroup_number from subgroups where organization_id = $1");
const INSERT: Bound = Bound::new("insert into subgroups (organization_id, group_number, subgroup_number) values ($1, $2, $3)");
const DELETE: Bound = Bound::new("delete from subgroups where organization_id = $1 and group_number = $2 and subgroup_number = $3");
const TOUCH_OUTER: Bound = Bound::new("update groups set subgroups_sequence = $3 where organization_id = $1 and number = $2");
const TOUCH_INNER: Bound = Bound::new("update groups set places_sequence = $3 where organization_id = $1 and number = $2");

impl ReadTransaction {
    /// Every group inside another one of the organization, by the outer and the inner group.
    pub(crate) async fn subgroups(&mut self) -> Result<Vec<Subgroup>, StoreError> {
        self.all(&SUBGROUPS.followed_by(" order by group_number, subgroup_number"), values![], read_subgroup).await
    }

    /// The groups right inside one, by number.
    pub(crate) async fn subgroups_of(&mut self, group: GroupNumber) -> Result<Vec<Subgroup>, StoreError> {
        let statement = SUBGROUPS.followed_by(" and group_number = $2 order by subgroup_number");
        self.all(&statement, values![group.get()], read_subgroup).await
    }

    /// The groups that one is right inside of, by number.
    pub(crate) async fn groups_right_around(&mut self, subgroup: GroupNumber) -> Result<Vec<Subgroup>, StoreError> {
        let statement = SUBGROUPS.followed_by(" and subgroup_number = $2 order by group_number");
        self.all(&statement, values![subgroup.get()], read_subgroup).await
    }

    /// Whether a group is right inside another.
    pub(crate) async fn is_nested(&mut self, subgroup: Subgroup) -> Result<bool, StoreError> {
        let statement = SUBGROUPS.followed_by(" and group_number = $2 and subgroup_number = $3");
        let found = self.first(&statement, values![subgroup.group.get(), subgroup.subgroup.get()], read_subgroup).await?;
        Ok(found.is_some())
    }

    /// All the groups that one is inside of, be it through others.
    pub(crate) async fn groups_around(&mut self, group: GroupNumber) -> Result<BTreeSet<GroupNumber>, StoreError> {
        Ok(self.all(&AROUND, values![group.get()], |row| number(row, 0)).await?.into_iter().collect())
    }
}

impl WriteTransaction {
    /// Puts a group into another one that it is not right inside of.
    pub(crate) async fn insert_subgroup(&mut self, subgroup: Subgroup) -> Result<(), StoreError> {
        self.execute(&INSERT, values![subgroup.group.get(), subgroup.subgroup.get()]).await.map(drop)
    }

    /// Takes a group out of another.
    pub(crate) async fn delete_subgroup(&mut self, subgroup: Subgroup) -> Result<(), StoreError> {
        self.execute(&DELETE, values![subgroup.group.get(), subgroup.subgroup.get()]).await.map(drop)
    }

    /// Takes note that one group has come into another, or has left it.
    pub(crate) async fn touch_nesting(&mut self, subgroup: Subgroup, sequence: i64) -> Result<(), StoreError> {
        self.execute(&TOUCH_OUTER, values![subgroup.group.get(), sequence]).await?;
        self.execute(&TOUCH_INNER, values![subgroup.subgroup.get(), sequence]).await.map(drop)
    }
}

fn read_subgroup(row: &Row<'_>) -> Result<Subgroup, StoreError> {
    Ok(Subgroup { group: number(row, 0)?, subgroup: number(row, 1)? })
}
