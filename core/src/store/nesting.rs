//! Statements about groups inside groups.
//!
//! They say `cross join` where they walk: SQLite keeps to its order, and so never reads all groups to find a few.

use super::catalogue::number;
use super::error::StoreError;
use super::sql::{Bound, Row, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{GroupId, GroupNumber, PersonNumber, Place, Subgroup, Text};
use std::collections::BTreeSet;

const SUBGROUPS: Bound = Bound::new("select group_number, subgroup_number from subgroups where organization_id = $1");
const AROUND: Bound = Bound::new(
    "with recursive around (number) as (
        select group_number from subgroups where organization_id = $1 and subgroup_number = $2
        union
        select subgroups.group_number from around cross join subgroups
        where subgroups.organization_id = $1 and subgroups.subgroup_number = around.number
    )
    select number from around",
);
const DIRECT_PLACES: Bound = Bound::new(
    "select groups.number, groups.id, groups.name, groups.sequence, groups.places_sequence from memberships cross join groups
    where memberships.organization_id = $1 and memberships.person_number = $2
        and groups.organization_id = $1 and groups.number = memberships.group_number
    order by memberships.group_number",
);
/// The groups around those that a person is a member of, be they its own too or not.
const PLACES_AROUND: Bound = Bound::new(
    "with recursive around (number) as (
        select subgroups.group_number from memberships cross join subgroups
        where memberships.organization_id = $1 and memberships.person_number = $2
            and subgroups.organization_id = $1 and subgroups.subgroup_number = memberships.group_number
        union
        select subgroups.group_number from around cross join subgroups
        where subgroups.organization_id = $1 and subgroups.subgroup_number = around.number
    )
    select groups.number, groups.id, groups.name, groups.sequence, groups.places_sequence from around cross join groups
    where groups.organization_id = $1 and groups.number = around.number
    order by groups.number",
);
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

    /// The groups that a person is in, directly or by nesting, by number; and the last change of any of them, or of which
    /// groups they are inside.
    pub(crate) async fn places_of_person(&mut self, person: PersonNumber) -> Result<(Vec<Place>, i64), StoreError> {
        Ok(self.places_of_people(&[person]).await?.pop().unwrap_or_default())
    }

    /// The same for each of several people, in their order.
    pub(crate) async fn places_of_people(&mut self, people: &[PersonNumber]) -> Result<Vec<(Vec<Place>, i64)>, StoreError> {
        let sets = || people.iter().map(|person| values![person.get()]).collect();
        let mut found = vec![(Vec::new(), 0); people.len()];
        let mut take = |of: usize, row: &Row<'_>, is_direct| {
            let (places, newest) = &mut found[of];
            *newest = row.integer(3)?.max(row.integer(4)?).max(*newest);
            let number = number(row, 0)?;
            // The direct ones come first.
            if is_direct || !places.iter().any(|place: &Place| place.number == number) {
                places.push(Place { number, id: GroupId::new(row.uuid(1)?), name: Text::stored(row.text(2)?), is_direct });
            }
            Ok(())
        };
        self.for_each_of(&DIRECT_PLACES, sets(), |of, row| take(of, row, true)).await?;
        self.for_each_of(&PLACES_AROUND, sets(), |of, row| take(of, row, false)).await?;
        for (places, _) in &mut found {
            places.sort_unstable_by_key(|place| place.number);
        }
        Ok(found)
    }
}

#[cfg(test)]
impl ReadTransaction {
    /// How the database means to find the groups that a person is in.
    pub(crate) async fn plan_of_places(&mut self) -> Result<Vec<String>, StoreError> {
        let mut plan = self.plan(&DIRECT_PLACES).await?;
        plan.extend(self.plan(&PLACES_AROUND).await?);
        Ok(plan)
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
