//! Lists of groups: by the condition alone where SQL decides it, else each asked in memory.

use super::{GROUPS, read_group};
use crate::domain::{Group, Member, NamedPerson};
use crate::query::{self, Filter, GroupQuery, GroupRecord, ListField, OrderTerm, WithMembers};
use crate::store::backend::Effort;
use crate::store::compile::{self, compile};
use crate::store::error::StoreError;
use crate::store::sieve::{Candidate, Sieve};
use crate::store::sql::Bound;
use crate::store::transaction::ReadTransaction;
use std::cmp::Ordering;

/// A group with what stands around it, as far as a filter or an order needs it.
struct GroupRow {
    group: Group,
    members: Vec<Member>,
    responsible: Option<NamedPerson>,
}

impl GroupRow {
    fn record(&self) -> GroupRecord<'_> {
        GroupRecord { group: &self.group, members: &self.members, responsible: self.responsible.as_ref() }
    }
}

impl Candidate for GroupRow {
    fn passes(&self, filter: &Filter) -> bool {
        filter.matches(&self.record())
    }

    fn compare(&self, other: &Self, order: &[OrderTerm]) -> Ordering {
        query::compare(order, &self.record(), &other.record())
    }
}

/// How many groups are read together with what stands around them; as many may be read in vain.
const LOOKED_AROUND_AT_ONCE: usize = 50;

const COUNT: Bound = Bound::new("select count(*) from groups where organization_id = $1");

impl ReadTransaction {
    /// How much listing these groups may cost.
    pub(crate) fn groups_effort(query: &GroupQuery, with_total: bool) -> Effort {
        if query.members != WithMembers::Nobody || with_total && query.filter == Filter::everything() {
            return Effort::Long;
        }
        compile::effort(&query.filter, &query.order, query.window, &compile::GROUPS)
    }

    /// The groups of a query, in its order; and how many there are outside the window too, where that is asked for.
    pub(crate) async fn groups(&mut self, query: &GroupQuery, with_total: bool) -> Result<(Vec<Group>, Option<u64>), StoreError> {
        let compiled = compile(&query.filter, &compile::GROUPS, self.connection(), 2);
        let order = compile::order_by(&query.order, &compile::GROUPS);
        let is_ordered = order.is_some();
        let ordered = GROUPS.followed_by(&format!("{}{}", compiled.condition, order.unwrap_or_default()));
        if !compiled.is_exact || !is_ordered {
            let sieve = Sieve::new(&query.filter, (!is_ordered).then_some(query.order.as_slice()), query.window, with_total);
            let candidates = self.all(&ordered, compiled.values, read_group).await?;
            return self.sift_groups(sieve, query, candidates).await;
        }
        let (window, values) = query.window.as_clause(compiled.values.clone());
        let groups = self.all(&ordered.followed_by(&window), values, read_group).await?;
        let total = match query.window.total_after(groups.len()) {
            _ if !with_total => None,
            Some(total) => Some(total),
            None => {
                let count = self.first(&COUNT.followed_by(&compiled.condition), compiled.values, |row| row.integer(0)).await?;
                Some(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
            }
        };
        Ok((groups, total))
    }

    /// Groups of a superset, each asked in memory with what stands around it.
    async fn sift_groups(
        &mut self,
        mut sieve: Sieve<'_, GroupRow>,
        query: &GroupQuery,
        candidates: Vec<Group>,
    ) -> Result<(Vec<Group>, Option<u64>), StoreError> {
        let members = ListField::Members;
        let needs_members = query.filter.mentions(&members) || query.order.iter().any(|term| term.mentions(&members));
        let mut candidates = candidates.into_iter().peekable();
        'sifting: while candidates.peek().is_some() {
            let some: Vec<Group> = candidates.by_ref().take(LOOKED_AROUND_AT_ONCE).collect();
            let wanted = if needs_members { WithMembers::All } else { WithMembers::Nobody };
            let mut members = self.members_of(&some, wanted, true).await?.shown;
            let responsible = self.people_numbered(some.iter().filter_map(|group| group.responsible)).await?;
            for group in some {
                let members = members.remove(&group.number).unwrap_or_default();
                let responsible = group.responsible.and_then(|number| responsible.get(&number)).map(NamedPerson::from);
                if sieve.offer(GroupRow { group, members, responsible })?.is_break() {
                    break 'sifting;
                }
            }
        }
        let (rows, total) = sieve.finish();
        Ok((rows.into_iter().map(|row| row.group).collect(), total))
    }

    /// How the database means to find the groups of a query.
    #[cfg(test)]
    pub(crate) async fn plan_of_groups(&mut self, query: &GroupQuery) -> Result<Vec<String>, StoreError> {
        let compiled = compile(&query.filter, &compile::GROUPS, self.connection(), 2);
        let order = compile::order_by(&query.order, &compile::GROUPS).unwrap_or_default();
        let (window, _) = query.window.as_clause(compiled.values);
        self.plan(&GROUPS.followed_by(&format!("{}{order}{window}", compiled.condition))).await
    }
}
