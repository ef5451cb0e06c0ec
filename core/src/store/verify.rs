//! Whether what is stored is sound: on disk, and in its own terms.

use super::attributes;
use super::error::StoreError;
use super::other_contacts;
use super::people::{COLUMNS, row_values};
use super::record;
use super::sql::{Bound, Row, Value, values};
use super::transaction::{ReadTransaction, SystemTransaction};
use crate::domain::{AttributeObject, Attributes, Definition, GroupNumber, Quirks, Subgroup, folded};
use std::collections::BTreeSet;
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
const SHARED_LOGINS: Bound = Bound::new(
    "select count(*) from (
        select 1 from people where organization_id = $1 and login_folded is not null
        group by coalesce(login_key, login_folded) having count(*) > 1
    ) as shared",
);
const CHANGES: Bound =
    Bound::new("select count(*), coalesce(min(sequence), 1), coalesce(max(sequence), 0) from changes where organization_id = $1");
const GROUPS: Bound = Bound::new(
    "select number, name, description, email, additional_information,
        name_folded, description_folded, email_folded, additional_information_folded, custom
    from groups where organization_id = $1 order by number",
);
const LOST_SUBGROUPS: Bound = Bound::new(
    "select count(*) from subgroups
    where organization_id = $1 and (
        not exists (select 1 from groups where groups.organization_id = $1 and groups.number = subgroups.group_number)
        or not exists (select 1 from groups where groups.organization_id = $1 and groups.number = subgroups.subgroup_number)
    )",
);
const GREATEST_NUMBERS: Bound = Bound::new(
    "select person_number - (select coalesce(max(number), 0) from
            (select number from people where organization_id = $1 union all select number from bin where organization_id = $1) as numbers),
        group_number - (select coalesce(max(number), 0) from groups where organization_id = $1),
        role_number - (select coalesce(max(number), 0) from roles where organization_id = $1),
        job_title_number - (select coalesce(max(number), 0) from job_titles where organization_id = $1),
        level_number - (select coalesce(max(number), 0) from levels where organization_id = $1),
        price_list_number - (select coalesce(max(number), 0) from price_lists where organization_id = $1),
        attribute_number - (select coalesce(max(number), 0) from attributes where organization_id = $1)
    from sequences where organization_id = $1",
);
const NUMBERED: [&str; 7] = ["person", "group", "role", "job title", "level", "price list", "attribute"];
const EARLY_RECORDS: Bound = Bound::new(
    "select (select count(*) from people where organization_id = $1 and sequence > sequences.sequence)
        + (select count(*) from groups where organization_id = $1 and sequence > sequences.sequence)
        + (select count(*) from people where organization_id = $1 and memberships_sequence > sequences.sequence)
        + (select count(*) from groups where organization_id = $1 and memberships_sequence > sequences.sequence)
        + (select count(*) from groups where organization_id = $1 and subgroups_sequence > sequences.sequence)
        + (select count(*) from groups where organization_id = $1 and places_sequence > sequences.sequence)
    from sequences where organization_id = $1",
);
const RISEN: Bound = Bound::new(
    "select count(*) from bin join people on people.organization_id = bin.organization_id
        and (people.number = bin.number or people.id = bin.id)
    where bin.organization_id = $1",
);
const BIN: Bound = Bound::new("select number, id, record from bin where organization_id = $1 and record is not null order by number");
const UNLINKED_PEOPLE: Bound = Bound::new(
    "select count(*) from people
    where organization_id = $1 and identity_id is not null and not exists (
        select 1 from identity_links
        where identity_links.organization_id = $1 and identity_links.identity_id = people.identity_id
            and identity_links.person_number = people.number
    )",
);
const BROKEN_LINKS: Bound = Bound::new(
    "select count(*) from identity_links
    where organization_id = $1 and not exists (
        select 1 from people
        where people.organization_id = $1 and people.number = identity_links.person_number
            and people.identity_id = identity_links.identity_id
    )",
);

/// Which columns are uuids and which are text, by their place in [`ROWS`], after the record; the others are numbers.
const BYTES: [usize; 2] = [2, 4];
const TEXTS: [usize; 9] = [3, 5, 6, 7, 8, 9, 10, 11, 12];

/// What no token may be, with the words for those that are.
const BROKEN_TOKENS: [(&str, &str); 3] = [
    (
        "select count(*) from tokens join sign_ins on sign_ins.id = tokens.sign_in_id
        where tokens.identity_id is null or tokens.application_id is null
            or tokens.identity_id <> sign_ins.identity_id or tokens.application_id <> sign_ins.application_id",
        "tokens are of another identity or application than the sign-in that gave them",
    ),
    (
        "select count(*) from tokens join sign_ins on sign_ins.id = tokens.sign_in_id
        where sign_ins.revoked_at is not null and tokens.revoked_at is null",
        "tokens live although the sign-in that gave them is revoked",
    ),
    (
        "select count(*) from refresh_tokens join sign_ins on sign_ins.id = refresh_tokens.sign_in_id
        where sign_ins.code_used_at is null",
        "refresh tokens are of a sign-in whose code was never redeemed",
    ),
];

impl SystemTransaction {
    /// What is wrong with the credentials that belong to no organization.
    pub(crate) async fn verify_credentials(&mut self) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Vec::new();
        for (sql, words) in BROKEN_TOKENS {
            let broken = self.first(sql, values![], |row| row.integer(0)).await?.unwrap_or(0);
            if broken > 0 {
                findings.push(format!("{broken} {words}"));
            }
        }
        let read = |row: &Row<'_>| Ok(row.optional_text(0)?.is_some_and(|words| Quirks::parse(words).is_ok()));
        let quirks = self.all("select quirks from tokens where quirks is not null", values![], read).await?;
        let broken = quirks.iter().filter(|is_readable| !**is_readable).count();
        if broken > 0 {
            findings.push(format!("{broken} tokens have quirks that cannot be read"));
        }
        match self.signing_secret().await {
            Ok(_) => {}
            Err(StoreError::Unreadable { .. }) => findings.push("there is no key to sign with, or one that cannot be read".to_owned()),
            Err(error) => return Err(error),
        }
        Ok(findings)
    }

    /// What the database itself finds wrong on disk.
    pub(crate) async fn faults(&mut self) -> Result<Vec<Finding>, StoreError> {
        self.connection_mut().faults().await
    }
}

impl ReadTransaction {
    /// What is wrong with one organization, and how many people were looked at.
    pub(crate) async fn verify(&mut self) -> Result<(u64, Vec<Finding>), StoreError> {
        let mut findings = Vec::new();
        let definitions = self.definitions().await?;
        let people = self.verify_people(&definitions, &mut findings).await?;
        self.verify_groups(&definitions, &mut findings).await?;
        self.verify_nesting(&mut findings).await?;
        self.verify_sequence(&mut findings).await?;
        self.verify_links(&mut findings).await?;
        self.verify_bin(&definitions, &mut findings).await?;
        Ok((people, findings))
    }

    /// Every record is equal to the columns beside it, and its attributes fit their definitions.
    async fn verify_people(&mut self, definitions: &[Definition], findings: &mut Vec<Finding>) -> Result<u64, StoreError> {
        let mut people = 0;
        let mut contacts = BTreeSet::new();
        let compare = |row: &Row<'_>| {
            people += 1;
            let number = row.integer(1)?;
            match record::decode(row.bytes(0)?) {
                Ok(person) => {
                    let expected = row_values(&person, row.integer(21)?);
                    for (place, column) in COLUMNS.iter().enumerate().filter(|(_, column)| **column != "record") {
                        if stored(row, place + 1)? != expected[place] {
                            findings.push(format!("person {number}: the record and the column {column} differ"));
                        }
                    }
                    contacts.extend(other_contacts::rows_of(&person).into_iter().map(|(kind, value)| (number, kind, value)));
                    findings.extend(misfits(definitions, AttributeObject::Person, number, &person.custom));
                }
                Err(_) => findings.push(format!("person {number}: the record cannot be read")),
            }
            Ok(ControlFlow::Continue(()))
        };
        self.for_each(&ROWS, values![], compare).await?;
        let shared = self.first(&SHARED_LOGINS, values![], |row| row.integer(0)).await?.unwrap_or(0);
        if shared > 0 {
            findings.push(format!("{shared} logins are those of several people"));
        }
        let odd = self.other_contacts().await?.symmetric_difference(&contacts).map(|(number, ..)| *number).collect::<BTreeSet<_>>();
        findings.extend(odd.iter().map(|number| format!("person {number}: the record and the other addresses and numbers differ")));
        Ok(people)
    }

    /// Every folded column is equal to the text beside it, and attributes fit their definitions.
    async fn verify_groups(&mut self, definitions: &[Definition], findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let compare = |row: &Row<'_>| {
            let number = row.integer(0)?;
            for text in 1..=4 {
                if row.optional_text(text)?.map(folded).as_deref() != row.optional_text(text + 4)? {
                    findings.push(format!("group {number}: a text and its folded column differ"));
                }
            }
            match attributes::unpacked(row.text(9)?.as_bytes()) {
                Ok(custom) => findings.extend(misfits(definitions, AttributeObject::Group, number, &custom)),
                Err(_) => findings.push(format!("group {number}: the custom attributes cannot be read")),
            }
            Ok(ControlFlow::Continue(()))
        };
        self.for_each(&GROUPS, values![], compare).await
    }

    /// Groups are inside groups that are there, and none is inside itself.
    async fn verify_nesting(&mut self, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let lost = self.first(&LOST_SUBGROUPS, values![], |row| row.integer(0)).await?.unwrap_or(0);
        if lost > 0 {
            findings.push(format!("{lost} groups inside groups are not there, or their groups are not"));
        }
        for group in circles(self.subgroups().await?) {
            findings.push(format!("group {group} is inside itself"));
        }
        Ok(())
    }

    /// The sequence has no gap, no record is ahead of it, and no number can be given twice.
    async fn verify_sequence(&mut self, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let (sequence, _) = self.sequence().await?;
        let changes = self.first(&CHANGES, values![], |row| Ok((row.integer(0)?, row.integer(1)?, row.integer(2)?))).await?;
        if changes != Some((sequence, 1, sequence)) {
            findings.push(format!("the change sequence stands at {sequence}, but the changes are not 1 to {sequence}"));
        }
        let early = self.first(&EARLY_RECORDS, values![], |row| row.integer(0)).await?.unwrap_or(0);
        if early > 0 {
            findings.push(format!("{early} records are ahead of the change sequence"));
        }
        let slack = |row: &Row<'_>| (0..NUMBERED.len()).map(|column| row.integer(column)).collect::<Result<Vec<_>, _>>();
        let slack = self.first(&GREATEST_NUMBERS, values![], slack).await?.unwrap_or_default();
        for (kind, slack) in NUMBERED.iter().zip(slack) {
            if slack < 0 {
                findings.push(format!("a number in use could be given to another {kind}"));
            }
        }
        Ok(())
    }

    /// Nobody is in the bin and out of it, and whoever is in it can be brought back.
    async fn verify_bin(&mut self, definitions: &[Definition], findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let risen = self.first(&RISEN, values![], |row| row.integer(0)).await?.unwrap_or(0);
        if risen > 0 {
            findings.push(format!("{risen} people have the number or the uuid of somebody in the bin"));
        }
        let compare = |row: &Row<'_>| {
            let (number, id) = (row.integer(0)?, row.uuid(1)?);
            match record::decode(row.bytes(2)?) {
                Ok(person) if person.number.get() == number && person.id.uuid() == id => {
                    findings.extend(misfits(definitions, AttributeObject::Person, number, &person.custom));
                }
                _ => findings.push(format!("person {number} in the bin: the record cannot be read, or is another person's")),
            }
            Ok(ControlFlow::Continue(()))
        };
        self.for_each(&BIN, values![], compare).await
    }

    /// Every identity enters as the person that it is, and every person's identity enters.
    async fn verify_links(&mut self, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let broken = self.first(&BROKEN_LINKS, values![], |row| row.integer(0)).await?.unwrap_or(0);
        if broken > 0 {
            findings.push(format!("{broken} links of identities lead to no person or to another"));
        }
        let unlinked = self.first(&UNLINKED_PEOPLE, values![], |row| row.integer(0)).await?.unwrap_or(0);
        if unlinked > 0 {
            findings.push(format!("{unlinked} people have an identity that may not enter as them"));
        }
        Ok(())
    }
}

/// The groups that are inside themselves, or between two that are: what is left when whoever has nothing inside it is taken away, again and again,
/// and then whoever is inside nothing.
fn circles(mut subgroups: Vec<Subgroup>) -> BTreeSet<GroupNumber> {
    loop {
        let outer: BTreeSet<GroupNumber> = subgroups.iter().map(|pair| pair.group).collect();
        let inner: BTreeSet<GroupNumber> = subgroups.iter().map(|pair| pair.subgroup).collect();
        let count = subgroups.len();
        subgroups.retain(|pair| outer.contains(&pair.subgroup) && inner.contains(&pair.group));
        if subgroups.len() == count {
            return inner;
        }
    }
}

/// Values of one record that no definition allows.
fn misfits<'a>(
    definitions: &'a [Definition],
    object: AttributeObject,
    number: i64,
    custom: &'a Attributes,
) -> impl Iterator<Item = Finding> + 'a {
    custom.iter().filter_map(move |(name, value)| {
        match Definition::find(definitions, object, name).map(|definition| definition.check(value)) {
            Some(Ok(())) => None,
            Some(Err(misfit)) => Some(format!("{object} {number}: {misfit}")),
            None => Some(format!("{object} {number}: custom.{name} is not defined")),
        }
    })
}

fn stored(row: &Row<'_>, column: usize) -> Result<Value, StoreError> {
    if BYTES.contains(&column) {
        return Ok(row.optional_uuid(column)?.into());
    }
    if TEXTS.contains(&column) {
        return Ok(row.optional_text(column)?.into());
    }
    Ok(row.optional_integer(column)?.into())
}
