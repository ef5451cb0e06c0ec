//! Statements about memberships: who is in which group.

use super::catalogue::number;
use super::error::StoreError;
use super::record;
use super::sql::{Bound, Row, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{Group, GroupId, GroupNumber, Member, MemberId, Membership, PersonId, PersonNumber, Text, Title};
use crate::query::WithMembers;
use std::collections::HashMap;
use uuid::Uuid;

/// The members that come along with groups.
#[derive(Debug, Default)]
pub(crate) struct Members {
    /// The numbers of people, ascending.
    pub(crate) people: HashMap<GroupNumber, Vec<PersonNumber>>,
    /// People by number, then groups by number. A group that has more than were asked for is not here.
    pub(crate) shown: HashMap<GroupNumber, Vec<Member>>,
}

const MEMBERSHIPS: Bound = Bound::new("select group_number, person_number, title from memberships where organization_id = $1");
const PEOPLE: Bound =
    Bound::new("select person_number from memberships where organization_id = $1 and group_number = $2 order by person_number");
const SHOWN_PEOPLE: Bound = Bound::new(
    "select people.id, people.record from memberships join people
        on people.organization_id = memberships.organization_id and people.number = memberships.person_number
    where memberships.organization_id = $1 and memberships.group_number = $2
    order by memberships.person_number",
);
const SHOWN_GROUPS: Bound = Bound::new(
    "select groups.id, groups.name from subgroups join groups
        on groups.organization_id = subgroups.organization_id and groups.number = subgroups.subgroup_number
    where subgroups.organization_id = $1 and subgroups.group_number = $2
    order by subgroups.subgroup_number",
);
/// Counted in the keys alone, and no further than it says.
const COUNT_UP_TO: Bound = Bound::new(
    "select count(*) from (
        select person_number as number from memberships where organization_id = $1 and group_number = $2
        union all
        select subgroup_number from subgroups where organization_id = $1 and group_number = $2
        limit $3
    ) as members",
);
const SHOWN_PERSON: Bound = Bound::new(
    "select people.id, people.record from memberships join people
        on people.organization_id = memberships.organization_id and people.number = memberships.person_number
    where memberships.organization_id = $1 and memberships.group_number = $2 and people.id = $3",
);
const SHOWN_GROUP: Bound = Bound::new(
    "select groups.id, groups.name from subgroups join groups
        on groups.organization_id = subgroups.organization_id and groups.number = subgroups.subgroup_number
    where subgroups.organization_id = $1 and subgroups.group_number = $2 and groups.id = $3",
);
const INSERT: Bound = Bound::new(
    "insert into memberships (organization_id, group_number, person_number, title) values ($1, $2, $3, $4)
    on conflict (organization_id, group_number, person_number) do update set title = excluded.title",
);
const DELETE: Bound = Bound::new("delete from memberships where organization_id = $1 and group_number = $2 and person_number = $3");
const TOUCH_GROUP: Bound = Bound::new("update groups set memberships_sequence = $3 where organization_id = $1 and number = $2");

/// The greatest number of groups whose members are asked for one by one.
const SINGLE_LOOKUPS_MAX: usize = 1000;

impl ReadTransaction {
    /// One person's memberships, by group.
    pub(crate) async fn memberships_of_person(&mut self, person: PersonNumber) -> Result<Vec<Membership>, StoreError> {
        let statement = MEMBERSHIPS.followed_by(" and person_number = $2 order by group_number");
        self.all(&statement, values![person.get()], read_membership).await
    }

    /// One group's memberships, by person.
    pub(crate) async fn memberships_of_group(&mut self, group: GroupNumber) -> Result<Vec<Membership>, StoreError> {
        let statement = MEMBERSHIPS.followed_by(" and group_number = $2 order by person_number");
        self.all(&statement, values![group.get()], read_membership).await
    }

    /// One person's place in one group.
    pub(crate) async fn membership(&mut self, group: GroupNumber, person: PersonNumber) -> Result<Option<Membership>, StoreError> {
        let statement = MEMBERSHIPS.followed_by(" and group_number = $2 and person_number = $3");
        self.first(&statement, values![group.get(), person.get()], read_membership).await
    }

    /// Every membership of the organization, by group and person.
    pub(crate) async fn memberships(&mut self) -> Result<Vec<Membership>, StoreError> {
        self.all(&MEMBERSHIPS.followed_by(" order by group_number, person_number"), values![], read_membership).await
    }

    /// The members of these groups that are asked for; people with their names only for whoever `sees_people`.
    pub(crate) async fn members_of(&mut self, groups: &[Group], wanted: WithMembers, sees_people: bool) -> Result<Members, StoreError> {
        let mut members = Members::default();
        match wanted {
            WithMembers::Nobody => {}
            WithMembers::People if groups.len() > SINGLE_LOOKUPS_MAX => {
                for membership in self.memberships().await? {
                    members.people.entry(membership.group).or_default().push(membership.person);
                }
            }
            WithMembers::People => {
                members.people = groups.iter().map(|group| (group.number, Vec::new())).collect();
                let sets = groups.iter().map(|group| values![group.number.get()]).collect();
                let take = |of: usize, row: &Row<'_>| {
                    members.people.entry(groups[of].number).or_default().push(number(row, 0)?);
                    Ok(())
                };
                self.for_each_of(&PEOPLE, sets, take).await?;
            }
            WithMembers::All => members.shown = self.members_shown(groups.iter().map(|group| group.number), sees_people).await?,
            WithMembers::AtMost(limit) => {
                let few = self.groups_of_at_most(limit, groups).await?;
                members.shown = self.members_shown(few.into_iter(), sees_people).await?;
            }
        }
        Ok(members)
    }

    /// The members of a group as they are shown: people by number, then groups by number.
    pub(crate) async fn shown_members(&mut self, group: GroupNumber, sees_people: bool) -> Result<Vec<Member>, StoreError> {
        Ok(self.members_shown(std::iter::once(group), sees_people).await?.remove(&group).unwrap_or_default())
    }

    async fn members_shown(
        &mut self,
        groups: impl Iterator<Item = GroupNumber>,
        sees_people: bool,
    ) -> Result<HashMap<GroupNumber, Vec<Member>>, StoreError> {
        let groups: Vec<GroupNumber> = groups.collect();
        let sets = || groups.iter().map(|group| values![group.get()]).collect();
        let mut shown = vec![Vec::new(); groups.len()];
        let take_person = |of: usize, row: &Row<'_>| read_person(row, sees_people).map(|member| shown[of].push(member));
        self.for_each_of(&SHOWN_PEOPLE, sets(), take_person).await?;
        let take_group = |of: usize, row: &Row<'_>| read_group(row).map(|member| shown[of].push(member));
        self.for_each_of(&SHOWN_GROUPS, sets(), take_group).await?;
        Ok(groups.into_iter().zip(shown).collect())
    }

    /// Those of the groups that have no more members than this.
    async fn groups_of_at_most(&mut self, limit: u64, groups: &[Group]) -> Result<Vec<GroupNumber>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sets = groups.iter().map(|group| values![group.number.get(), limit.saturating_add(1)]).collect();
        let mut few = Vec::new();
        let take = |of: usize, row: &Row<'_>| {
            if row.integer(0)? <= limit {
                few.push(groups[of].number);
            }
            Ok(())
        };
        self.for_each_of(&COUNT_UP_TO, sets, take).await?;
        Ok(few)
    }

    /// The member of a group that has this uuid, as it is shown.
    pub(crate) async fn shown_member(&mut self, group: GroupNumber, id: Uuid, sees_people: bool) -> Result<Option<Member>, StoreError> {
        let person = self.first(&SHOWN_PERSON, values![group.get(), id], |row| read_person(row, sees_people)).await?;
        match person {
            Some(person) => Ok(Some(person)),
            None => self.first(&SHOWN_GROUP, values![group.get(), id], read_group).await,
        }
    }
}

impl WriteTransaction {
    /// Puts a person into a group, or changes its title there.
    pub(crate) async fn put_membership(&mut self, membership: &Membership) -> Result<(), StoreError> {
        let row = values![membership.group.get(), membership.person.get(), membership.title.as_ref().map(Title::as_str)];
        self.execute(&INSERT, row).await.map(drop)
    }

    /// Takes a person out of a group.
    pub(crate) async fn delete_membership(&mut self, group: GroupNumber, person: PersonNumber) -> Result<(), StoreError> {
        self.execute(&DELETE, values![group.get(), person.get()]).await.map(drop)
    }

    /// Takes note that a group's memberships have changed.
    pub(crate) async fn touch_group(&mut self, group: GroupNumber, sequence: i64) -> Result<(), StoreError> {
        self.execute(&TOUCH_GROUP, values![group.get(), sequence]).await.map(drop)
    }
}

fn read_membership(row: &Row<'_>) -> Result<Membership, StoreError> {
    Ok(Membership { group: number(row, 0)?, person: number(row, 1)?, title: row.optional_text(2)?.map(Text::stored) })
}

fn read_person(row: &Row<'_>, sees_people: bool) -> Result<Member, StoreError> {
    let name = if sees_people { record::display_name(row.bytes(1)?)? } else { None };
    Ok(Member { id: MemberId::Person(PersonId::new(row.uuid(0)?)), name })
}

fn read_group(row: &Row<'_>) -> Result<Member, StoreError> {
    Ok(Member { id: MemberId::Group(GroupId::new(row.uuid(0)?)), name: Some(row.text(1)?.to_owned()) })
}
