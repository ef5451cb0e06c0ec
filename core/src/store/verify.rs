//! Whether what is stored is sound: on disk, and in its own terms.

use super::error::StoreError;
use super::people::row_values;
use super::record;
use super::sql::{Bound, Row, Value, values};
use super::transaction::{ReadTransaction, SystemTransaction};
use std::ops::ControlFlow;

/// Something that is not as it should be, in words.
pub(crate) type Finding = String;

const ROWS: Bound = Bound::new(
    "select record, number, id, external_id, identity_id, login_key, email_key,
        name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded,
        account, person_type, role_number, job_title_number, level_number, price_list_number, manager_number,
        updated_at, sequence
    from people where organization_id = $1 order by number",
);
const CHANGES: Bound =
    Bound::new("select count(*), coalesce(min(sequence), 1), coalesce(max(sequence), 0) from changes where organization_id = $1");
const GREATEST_NUMBERS: Bound = Bound::new(
    "select person_number - (select coalesce(max(number), 0) from people where organization_id = $1),
        group_number - (select coalesce(max(number), 0) from groups where organization_id = $1)
    from sequences where organization_id = $1",
);
const BROKEN_LINKS: Bound = Bound::new(
    "select count(*) from identity_links
    where organization_id = $1 and not exists (
        select 1 from people
        where people.organization_id = $1 and people.number = identity_links.person_number
            and people.identity_id = identity_links.identity_id
    )",
);

/// Columns of [`ROWS`] that hold what kind of value, after the record.
const COLUMNS: usize = 21;
const BYTES: [usize; 2] = [2, 4];
const INTEGERS: [usize; 10] = [1, 13, 14, 15, 16, 17, 18, 19, 20, 21];

impl SystemTransaction {
    /// What the database itself finds wrong on disk.
    pub(crate) async fn faults(&mut self) -> Result<Vec<Finding>, StoreError> {
        self.connection_mut().faults()
    }
}

impl ReadTransaction {
    /// What is wrong with one organization, and how many people were looked at.
    pub(crate) async fn verify(&mut self) -> Result<(u64, Vec<Finding>), StoreError> {
        let mut findings = Vec::new();
        let people = self.verify_people(&mut findings).await?;
        self.verify_sequence(&mut findings).await?;
        Ok((people, findings))
    }

    /// Every record is equal to the columns beside it.
    async fn verify_people(&mut self, findings: &mut Vec<Finding>) -> Result<u64, StoreError> {
        let mut people = 0;
        let compare = |row: &Row<'_>| {
            people += 1;
            let number = row.integer(1)?;
            match record::decode(row.bytes(0)?) {
                Ok(person) => {
                    let expected = row_values(&person, row.integer(21)?);
                    for column in 1..=COLUMNS {
                        if stored(row, column)? != expected[column - 1] {
                            findings.push(format!("person {number}: the record and column {column} differ"));
                        }
                    }
                }
                Err(_) => findings.push(format!("person {number}: the record cannot be read")),
            }
            Ok(ControlFlow::Continue(()))
        };
        self.for_each(&ROWS, values![], compare).await?;
        Ok(people)
    }

    /// The sequence has no gap, no number can be given twice, and every identity enters as the person that it is.
    async fn verify_sequence(&mut self, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let (sequence, _) = self.sequence().await?;
        let changes = self.first(&CHANGES, values![], |row| Ok((row.integer(0)?, row.integer(1)?, row.integer(2)?))).await?;
        if changes != Some((sequence, 1, sequence)) {
            findings.push(format!("the change sequence stands at {sequence}, but the changes are not 1 to {sequence}"));
        }
        let slack = self.first(&GREATEST_NUMBERS, values![], |row| Ok((row.integer(0)?, row.integer(1)?))).await?;
        if slack.is_none_or(|(people, groups)| people < 0 || groups < 0) {
            findings.push("a number in use could be given to another record".to_owned());
        }
        let broken = self.first(&BROKEN_LINKS, values![], |row| row.integer(0)).await?.unwrap_or(0);
        if broken > 0 {
            findings.push(format!("{broken} links of identities lead to no person or to another"));
        }
        Ok(())
    }
}

fn stored(row: &Row<'_>, column: usize) -> Result<Value, StoreError> {
    if BYTES.contains(&column) {
        return Ok(row.optional_uuid(column)?.into());
    }
    if INTEGERS.contains(&column) {
        return Ok(row.optional_integer(column)?.into());
    }
    Ok(row.optional_text(column)?.into())
}
