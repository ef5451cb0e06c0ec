//! Statements about the bin: people who were deleted, and where they stood.

use super::catalogue::number;
use super::error::StoreError;
use super::record;
use super::sql::{Bound, Row, Value, values};
use super::transaction::{ReadTransaction, WriteTransaction};
use crate::domain::{GroupNumber, Instant, Membership, Person, PersonId, PersonNumber, Text, Title};
use serde::{Deserialize, Serialize};

/// Somebody in the bin.
#[derive(Clone, Debug)]
pub(crate) struct BinnedPerson {
    /// `None` once the person is erased.
    pub(crate) person: Option<Person>,
    pub(crate) places: Places,
}

/// Where a person stood in the organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) memberships: Vec<Membership>,
    /// Whose manager the person was.
    pub(crate) reports: Vec<PersonNumber>,
    /// Which groups the person was responsible for.
    pub(crate) responsible_for: Vec<GroupNumber>,
}

/// [`Places`] as they are stored.
#[derive(Debug, Default, Serialize, Deserialize)]
struct StoredPlaces {
    memberships: Vec<(i64, Option<String>)>,
    reports: Vec<i64>,
    responsible_for: Vec<i64>,
}

const BINNED: Bound = Bound::new("select number, record, places from bin where organization_id = $1");
const INSERT: Bound =
    Bound::new("insert into bin (organization_id, number, id, deleted_at, record, places) values ($1, $2, $3, $4, $5, $6)");
const DELETE: Bound = Bound::new("delete from bin where organization_id = $1 and number = $2");
const UPDATE: Bound = Bound::new("update bin set record = $3 where organization_id = $1 and number = $2");
const MOVE: Bound = Bound::new("update bin set places = $3 where organization_id = $1 and number = $2");
const ERASE: Bound = Bound::new("update bin set record = null, places = null where organization_id = $1 and number = $2");

impl ReadTransaction {
    /// Somebody in the bin, or a tombstone there.
    pub(crate) async fn binned_person(&mut self, person: PersonNumber) -> Result<Option<BinnedPerson>, StoreError> {
        self.first(&BINNED.followed_by(" and number = $2"), values![person.get()], read_binned).await
    }

    /// Whether a number or an id belongs to somebody in the bin, or did before that person was erased.
    pub(crate) async fn is_in_bin(&mut self, person: Option<PersonNumber>, id: Option<PersonId>) -> Result<bool, StoreError> {
        let statement = BINNED.followed_by(" and (number = $2 or id = $3)");
        let values = values![person.map_or(0, PersonNumber::get), id.map(PersonId::uuid)];
        Ok(self.first(&statement, values, |_| Ok(())).await?.is_some())
    }

    /// Whether nobody was ever deleted for good or for now.
    pub(crate) async fn is_bin_empty(&mut self) -> Result<bool, StoreError> {
        Ok(self.first(&BINNED.followed_by(" limit 1"), values![], |_| Ok(())).await?.is_none())
    }
}

impl WriteTransaction {
    pub(crate) async fn put_into_bin(&mut self, person: &Person, places: &Places, at: Instant) -> Result<(), StoreError> {
        let row: Vec<Value> = values![person.number.get(), person.id.uuid(), at.milliseconds(), record::encode(person), packed(places)?];
        self.execute(&INSERT, row).await.map(drop)
    }

    /// Stores somebody who stays in the bin and has changed there.
    pub(crate) async fn update_in_bin(&mut self, person: &Person) -> Result<(), StoreError> {
        self.execute(&UPDATE, values![person.number.get(), record::encode(person)]).await.map(drop)
    }

    /// Remembers other places for somebody in the bin.
    pub(crate) async fn update_places_in_bin(&mut self, person: PersonNumber, places: &Places) -> Result<(), StoreError> {
        let row: Vec<Value> = values![person.get(), packed(places)?];
        self.execute(&MOVE, row).await.map(drop)
    }

    pub(crate) async fn take_out_of_bin(&mut self, person: PersonNumber) -> Result<(), StoreError> {
        self.execute(&DELETE, values![person.get()]).await.map(drop)
    }

    /// Leaves a tombstone: the number and the id, which are never given again.
    pub(crate) async fn erase_in_bin(&mut self, person: PersonNumber) -> Result<(), StoreError> {
        self.execute(&ERASE, values![person.get()]).await.map(drop)
    }
}

fn packed(places: &Places) -> Result<String, StoreError> {
    serde_json::to_string(&StoredPlaces::from(places)).map_err(|error| StoreError::failed("could not pack places", error))
}

impl From<&Places> for StoredPlaces {
    fn from(places: &Places) -> Self {
        let title = |membership: &Membership| membership.title.as_ref().map(|title| title.as_str().to_owned());
        Self {
            memberships: places.memberships.iter().map(|membership| (membership.group.get(), title(membership))).collect(),
            reports: places.reports.iter().map(|person| person.get()).collect(),
            responsible_for: places.responsible_for.iter().map(|group| group.get()).collect(),
        }
    }
}

impl StoredPlaces {
    fn into_places(self, person: PersonNumber) -> Result<Places, StoreError> {
        let unreadable = |_| StoreError::Unreadable { what: "place in the bin" };
        let membership = |(group, title): (i64, Option<String>)| {
            let title: Option<Title> = title.as_deref().map(Text::stored);
            Ok(Membership { group: GroupNumber::new(group).map_err(unreadable)?, person, title })
        };
        Ok(Places {
            memberships: self.memberships.into_iter().map(membership).collect::<Result<_, StoreError>>()?,
            reports: self.reports.into_iter().map(PersonNumber::new).collect::<Result<_, _>>().map_err(unreadable)?,
            responsible_for: self.responsible_for.into_iter().map(GroupNumber::new).collect::<Result<_, _>>().map_err(unreadable)?,
        })
    }
}

fn read_binned(row: &Row<'_>) -> Result<BinnedPerson, StoreError> {
    let person = row.optional_bytes(1)?.map(record::decode).transpose()?;
    let stored: Option<StoredPlaces> = row
        .optional_text(2)?
        .map(|text| serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what: "place in the bin" }))
        .transpose()?;
    Ok(BinnedPerson { person, places: stored.unwrap_or_default().into_places(number(row, 0)?)? })
}
