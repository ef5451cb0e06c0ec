//! Persistence. Private to this crate: [`crate::directory`] is the only caller.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`sql`] | values, rows, and statements that are bound to one organization by type |
//! | [`transaction`] | a unit of work bound to one organization, or to none |
//! | [`people`], [`groups`], … | the statements, by what they are about |
//! | `held` | what a transaction writes late, many at once |
//! | `standing` | what the database stood at, for whatever is remembered |
//! | [`record`] | a person packed into one value |
//! | [`compile`] | a filter turned into SQL |
//! | [`ranks`] | where in a list its people stand |
//! | [`search`] | the memory index of text |
//! | `kept` | whether a piece of work has kept a change |
//! | [`migrate`] | the one timeline of the schema |
//! | [`copying`] | everything moved to another database |
//! | [`backend`] | the only files that name a driver |

mod attributes;
mod backend;
mod backups;
mod bin;
mod catalogue;
mod changes;
mod compile;
#[cfg(test)]
mod contract;
mod copying;
mod credentials;
mod entries;
mod error;
mod groups;
mod held;
mod identities;
mod kept;
mod memberships;
mod migrate;
mod nesting;
mod numbers;
mod organizations;
mod other_contacts;
mod people;
mod places;
mod ranks;
mod record;
mod repeats;
mod search;
mod sieve;
mod sign_ins;
mod signing_keys;
mod sql;
mod standing;
mod transaction;
mod verify;

pub use backend::{DatabaseOptions, DatabaseUrl, InvalidDatabaseUrl, InvalidPostgresUrl, Vitals};
pub(crate) use backend::{Effort, OpenMode, Store, at_one_moment, back_up, restore};
pub use backups::{BackupError, Existing, Holdings, Restored};
pub(crate) use bin::{BinnedPerson, Places};
pub(crate) use changes::{ChangeRow, Numbered, StoredChange};
pub(crate) use copying::copy;
pub use copying::{CopiedTable, CopyError, CopyProgress, CopyReport};
pub(crate) use credentials::{ApplicationRow, SecretHash, TokenRow};
pub(crate) use entries::EntryRow;
pub(crate) use error::StoreError;
pub(crate) use groups::{GroupKey, GroupSequences};
pub(crate) use held::NewPerson;
pub use kept::noting_changes;
pub(crate) use memberships::Members;
pub(crate) use people::{GroupsOf, Holder, PersonKey, PersonRow};
pub use people::{PackedName, PackedNames};
pub use places::{PagePlaces, PlacesOf};
pub use record::{PackedPeople, PackedPerson, PackedRecord, PersonField, UnreadableRecord};
pub(crate) use repeats::{Fingerprint, RepeatKey, RepeatRow};
pub(crate) use search::{LookedFor, Search};
pub(crate) use sign_ins::SignInRow;
pub use standing::{CredentialsMoment, OrganizationMoment, Standing};
pub(crate) use transaction::{ReadTransaction, SystemTransaction, Work, WriteTransaction};
