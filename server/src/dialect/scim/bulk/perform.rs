//! One operation, carried out as a request of its own would be: by the same functions, with the same permissions.
//!
//! What has become of a resource is told with its version, so whoever writes needs the scope to read too.

use super::super::caller::{Caller, Guards};
use super::super::error::Error;
use super::super::params::id;
use super::super::quirks::PATCH_NO_CONTENT;
use super::super::schema::ResourceType;
use super::super::{groups, people};
use super::Target;
use crate::http::{AppState, Conditions, Refusal};
use axum::http::{Method, StatusCode};
use rollcall_core::directory::{DirectoryError, GroupKey, PersonKey, Shown, Version};
use rollcall_core::domain::{GroupId, PersonId};
use serde_json::{Map, Value};
use std::fmt::Display;

/// Something to do, when all that it refers to is there.
#[derive(Clone, Debug)]
pub struct Task<'a> {
    pub method: &'a Method,
    pub path: &'a str,
    pub version: Option<&'a str>,
    pub data: Map<String, Value>,
}

/// What it has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub status: StatusCode,
    pub kind: ResourceType,
    pub id: String,
    /// The entity tag of the resource, unless it is gone.
    pub version: Option<String>,
}

/// Carries it out, whole or not at all.
pub async fn perform(app: &AppState, caller: &Caller, task: Task<'_>) -> Result<Done, Error> {
    let Task { method, path, version, data } = task;
    let target = Target::of(path).ok_or_else(Error::not_found)?;
    let Guards(conditions) = Guards::of_version(version)?;
    if *method != Method::DELETE {
        caller.actor.require(target.kind().read())?;
    }
    match (target, *method == Method::POST) {
        (Target::Endpoint(ResourceType::User), true) => {
            let id = people::create(app, caller, data, None).await?;
            user(app, caller, id, StatusCode::CREATED).await
        }
        (Target::Endpoint(ResourceType::Group), true) => {
            let id = groups::create(app, caller, data, None).await?;
            group(app, caller, id, StatusCode::CREATED).await
        }
        (Target::Resource(ResourceType::User, name), false) => {
            write_user(app, caller, id(name).ok_or_else(Error::not_found)?, method, &conditions, data).await
        }
        (Target::Resource(ResourceType::Group, name), false) => {
            write_group(app, caller, id(name).ok_or_else(Error::not_found)?, method, &conditions, data).await
        }
        (Target::Endpoint(_), false) => Err(Refusal::MethodNotAllowed { allow: "POST".to_owned() }.into()),
        (Target::Resource(..), true) => Err(Refusal::MethodNotAllowed { allow: "PUT, PATCH, DELETE".to_owned() }.into()),
    }
}

async fn write_user(
    app: &AppState,
    caller: &Caller,
    id: PersonId,
    method: &Method,
    conditions: &Conditions,
    data: Map<String, Value>,
) -> Result<Done, Error> {
    let (key, precondition) = (PersonKey::Id(id), conditions.precondition(Shown::Record));
    match *method {
        Method::DELETE => {
            app.directory.delete_person(&caller.actor, key, &precondition).await?;
            return Ok(deleted(ResourceType::User, id));
        }
        Method::PUT => people::replace(app, caller, key, precondition, data).await?,
        _ => people::modify(app, caller, key, precondition, data).await?,
    }
    user(app, caller, id, changed(caller, method)).await
}

async fn write_group(
    app: &AppState,
    caller: &Caller,
    id: GroupId,
    method: &Method,
    conditions: &Conditions,
    data: Map<String, Value>,
) -> Result<Done, Error> {
    let (key, precondition) = (GroupKey::Id(id), conditions.precondition(Shown::Nested));
    match *method {
        Method::DELETE => {
            app.directory.delete_group(&caller.actor, key, &precondition).await?;
            return Ok(deleted(ResourceType::Group, id));
        }
        Method::PUT => groups::replace(app, caller, key, precondition, data).await?,
        _ => groups::modify(app, caller, key, precondition, data).await?,
    }
    group(app, caller, id, changed(caller, method)).await
}

async fn user(app: &AppState, caller: &Caller, id: PersonId, status: StatusCode) -> Result<Done, Error> {
    let version = app.directory.person_version(&caller.actor, PersonKey::Id(id), Shown::Record).await;
    written(caller, ResourceType::User, id, version, status)
}

async fn group(app: &AppState, caller: &Caller, id: GroupId, status: StatusCode) -> Result<Done, Error> {
    let version = app.directory.group_version(&caller.actor, GroupKey::Id(id), Shown::Nested).await;
    written(caller, ResourceType::Group, id, version, status)
}

fn written(
    caller: &Caller,
    kind: ResourceType,
    id: impl Display,
    version: Result<Version, DirectoryError>,
    status: StatusCode,
) -> Result<Done, Error> {
    let version = match version {
        Ok(version) => Some(caller.tag(version).to_text()),
        // Somebody has deleted it since, or the database went away since; what was asked is done.
        Err(DirectoryError::NotFound | DirectoryError::Unavailable(_)) => None,
        Err(error) => return Err(error.into()),
    };
    Ok(Done { status, kind, id: id.to_string(), version })
}

fn deleted(kind: ResourceType, id: impl Display) -> Done {
    Done { status: StatusCode::NO_CONTENT, kind, id: id.to_string(), version: None }
}

fn changed(caller: &Caller, method: &Method) -> StatusCode {
    if *method == Method::PATCH && PATCH_NO_CONTENT.applies(&caller.actor) { StatusCode::NO_CONTENT } else { StatusCode::OK }
}
