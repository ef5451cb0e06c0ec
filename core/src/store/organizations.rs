//! Statements about organizations.

use super::catalogue::instant;
use super::error::StoreError;
use super::sql::{Bound, Row, values};
use super::transaction::{ReadTransaction, SystemTransaction};
use crate::domain::{Address, Contact, Instant, Organization, OrganizationId, Slug, Text};

macro_rules! select_organizations {
    ($rest:literal) => {
        concat!(
            "select id, slug, name, email, invoice_email, street, city, postal_area, postal_code, country_subdivision, country_code,
                currency_code, contact_name, contact_phone, contact_email, contact_language, created_at,
                (select sequence from sequences where organization_id = organizations.id)
            from organizations ",
            $rest
        )
    };
}

const OWN: Bound = Bound::new(select_organizations!("where id = (select organization_id from sequences where organization_id = $1)"));

impl ReadTransaction {
    /// The organization that this transaction is bound to.
    pub(crate) async fn own_organization(&mut self) -> Result<Option<Organization>, StoreError> {
        self.first(&OWN, values![], read_organization).await
    }
}

impl SystemTransaction {
    /// Reads the least that shows the database and its schema to be there.
    pub(crate) async fn reach(&mut self) -> Result<(), StoreError> {
        self.first("select id from organizations limit 1", values![], |_| Ok(())).await.map(drop)
    }

    /// Every organization, by slug.
    pub(crate) async fn organizations(&mut self) -> Result<Vec<Organization>, StoreError> {
        self.all(select_organizations!("order by slug"), values![], read_organization).await
    }

    pub(crate) async fn organization_by_slug(&mut self, slug: &Slug) -> Result<Option<Organization>, StoreError> {
        self.first(select_organizations!("where slug = $1"), values![slug.as_str()], read_organization).await
    }

    /// Stores a new organization under the next free id, which it returns.
    pub(crate) async fn insert_organization(&mut self, slug: &Slug, name: &str, now: Instant) -> Result<OrganizationId, StoreError> {
        let last = self.first("select max(id) from organizations", values![], |row| row.optional_integer(0)).await?.flatten();
        let id = last.unwrap_or(0) + 1;
        self.execute(
            "insert into organizations (id, slug, name, created_at) values ($1, $2, $3, $4)",
            values![id, slug.as_str(), name, now.milliseconds()],
        )
        .await?;
        self.execute(
            "insert into sequences (organization_id, sequence, changed_at, person_number, group_number, role_number,
                job_title_number, level_number, price_list_number)
            values ($1, 0, $2, 0, 0, 0, 0, 0, 0)",
            values![id, now.milliseconds()],
        )
        .await?;
        Ok(OrganizationId::new(id))
    }
}

fn read_organization(row: &Row<'_>) -> Result<Organization, StoreError> {
    Ok(Organization {
        id: OrganizationId::new(row.integer(0)?),
        slug: Slug::stored(row.text(1)?),
        name: Text::stored(row.text(2)?),
        email: row.optional_text(3)?.map(Text::stored),
        invoice_email: row.optional_text(4)?.map(Text::stored),
        address: Address {
            street: row.optional_text(5)?.map(Text::stored),
            city: row.optional_text(6)?.map(Text::stored),
            postal_area: row.optional_text(7)?.map(Text::stored),
            postal_code: row.optional_text(8)?.map(Text::stored),
            country_subdivision: row.optional_text(9)?.map(Text::stored),
            country_code: row.optional_text(10)?.map(Text::stored),
        },
        currency_code: row.optional_text(11)?.map(Text::stored),
        contact: Contact {
            name: row.optional_text(12)?.map(Text::stored),
            phone: row.optional_text(13)?.map(Text::stored),
            email: row.optional_text(14)?.map(Text::stored),
            language: row.optional_text(15)?.map(Text::stored),
        },
        created_at: instant(row, 16)?,
        sequence: row.integer(17)?,
    })
}
