//! Roles: who makes them, and who says what they allow.
//!
//! A role's name, code, number and default flag never change, because clients keep them; its scopes may. Nobody gives a
//! role a scope that they do not hold themselves, nor takes one away.

use super::recording::Recorder;
use super::{Action, Actor, Directory, DirectoryError, Object};
use crate::domain::{Code, Instant, LongLabel, Role, RoleNumber, Scopes, folded};
use crate::store::{Numbered, WriteTransaction};
use serde_json::{Map, Value};

/// A role to be made.
#[derive(Clone, Debug)]
pub struct NewRole {
    pub name: LongLabel,
    /// As [`Role::parse_code`] takes it; `None`: one that is made of the name.
    pub code: Option<Code>,
    pub scopes: Scopes,
}

impl Directory {
    /// Makes a role.
    pub async fn create_role(&self, actor: &Actor, new: NewRole) -> Result<Role, DirectoryError> {
        actor.may(Action::Write, Object::Organization)?;
        actor.holds(new.scopes)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let recorder = Recorder::begin(tx, &actor, now).await?;
                let role = role_to_be(tx, new, recorder.at()).await?;
                tx.insert_role(&role).await?;
                let after = Some(fields(&role.name, role.scopes));
                recorder.note_fields(tx, ("create", "role"), role.number.get(), None, after).await?;
                Ok(role)
            })
        })
        .await
    }

    /// Says anew what a role allows. Telling it what it allows already changes nothing; the owners' role keeps
    /// everything.
    pub async fn change_role(&self, actor: &Actor, code: Code, scopes: Scopes) -> Result<Role, DirectoryError> {
        actor.may(Action::Write, Object::Organization)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(actor.organization(), move |tx| {
            Box::pin(async move {
                let role = tx.roles().await?.into_iter().find(|role| role.code == code).ok_or(DirectoryError::NotFound)?;
                if role.scopes == scopes {
                    return Ok(role);
                }
                if role.is_owner() {
                    let reason = "of the owners' role are all there are, and stay so".to_owned();
                    return Err(DirectoryError::Invalid { field: "scopes".to_owned(), reason });
                }
                actor.holds(role.scopes.difference(scopes))?;
                let recorder = Recorder::begin(tx, &actor, now).await?;
                tx.set_scopes_of_role(role.number, scopes, recorder.at()).await?;
                let (before, after) = (fields(&role.name, role.scopes), fields(&role.name, scopes));
                recorder.note_fields(tx, ("update", "role"), role.number.get(), Some(before), Some(after)).await?;
                Ok(Role { scopes, updated_at: recorder.at(), ..role })
            })
        })
        .await
    }
}

/// The role with a number of its own, if its name and code are free.
async fn role_to_be(tx: &mut WriteTransaction, new: NewRole, now: Instant) -> Result<Role, DirectoryError> {
    let roles = tx.roles().await?;
    let code = match new.code {
        Some(code) => Role::parse_code(code.as_str())?,
        None => Role::free_code(new.name.as_str(), &roles)?,
    };
    if roles.iter().any(|role| role.code == code) {
        return Err(DirectoryError::Conflict { field: "code", holder: None });
    }
    let key = folded(new.name.as_str());
    if roles.iter().any(|role| folded(role.name.as_str()) == key) {
        return Err(DirectoryError::Conflict { field: "name", holder: None });
    }
    let number = tx.next_number(Numbered::Role).await?.and_then(|number| RoleNumber::new(number).ok());
    let number = number.ok_or_else(|| DirectoryError::used_up("role"))?;
    Ok(Role { number, code, name: new.name, is_default: false, scopes: new.scopes, created_at: now, updated_at: now })
}

/// A role's fields that may ever differ, with its name.
fn fields(name: &LongLabel, scopes: Scopes) -> Map<String, Value> {
    Map::from_iter([("name".to_owned(), name.as_str().into()), ("scopes".to_owned(), scopes.to_string().into())])
}

#[cfg(test)]
mod tests;
