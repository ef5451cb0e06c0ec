//! Groups inside groups: no group is inside itself, be it through others.

use super::DirectoryError;
use super::recording::Recorder;
use crate::domain::{Group, GroupNumber, Subgroup};
use crate::store::{GroupKey, WriteTransaction};

/// Puts a group into another. `false`: it is right inside it already. Refuses, in the name of a field, what would put a
/// group into itself.
pub(super) async fn put_subgroup(
    tx: &mut WriteTransaction,
    recorder: &Recorder,
    subgroup: Subgroup,
    field: &str,
) -> Result<bool, DirectoryError> {
    if tx.is_nested(subgroup).await? {
        return Ok(false);
    }
    refuse_circle(tx, subgroup, field).await?;
    recorder.create_subgroup(tx, subgroup).await?;
    Ok(true)
}

/// Takes a group out of another, if it is right inside it.
pub(super) async fn remove_subgroup(tx: &mut WriteTransaction, recorder: &Recorder, subgroup: Subgroup) -> Result<(), DirectoryError> {
    if tx.is_nested(subgroup).await? { recorder.delete_subgroup(tx, subgroup).await } else { Ok(()) }
}

/// Takes a group out of every group around it, and lets go of the groups in it.
pub(super) async fn remove_from_nesting(tx: &mut WriteTransaction, recorder: &Recorder, group: GroupNumber) -> Result<(), DirectoryError> {
    let mut subgroups = tx.groups_right_around(group).await?;
    subgroups.extend(tx.subgroups_of(group).await?);
    for subgroup in subgroups {
        recorder.delete_subgroup(tx, subgroup).await?;
    }
    Ok(())
}

async fn refuse_circle(tx: &mut WriteTransaction, Subgroup { group, subgroup }: Subgroup, field: &str) -> Result<(), DirectoryError> {
    let reason = if group == subgroup {
        "is the group itself"
    } else if tx.groups_around(group).await?.contains(&subgroup) {
        "has this group inside it already"
    } else {
        return Ok(());
    };
    let inner = tx.group(&GroupKey::Number(subgroup)).await?;
    let named = inner.map_or_else(|| subgroup.to_string(), |Group { name, id, .. }| format!("{name} ({id})"));
    Err(DirectoryError::Invalid { field: field.to_owned(), reason: format!("must not hold the group {named}, which {reason}") })
}
