//! What the server says of itself. These answers are small and carry no entity tags.
//!
//! A `filter` is refused, so that nobody takes the whole list for what was found; everything else that chooses from a
//! list is ignored (RFC 7644, section 4).

use super::super::caller::Caller;
use super::super::discovery::{Choices, ProviderConfig, ResourceTypeDocument, SchemaDocument};
use super::super::error::Error;
use super::super::list_response::ListResponse;
use super::super::media::Scim;
use super::super::schema::{OF_ITSELF, ResourceSchema, ResourceType, Schema};
use crate::http::{AppState, QueryString, named_in_path};
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use rollcall_core::directory::DirectoryError;

/// The proof that no filter was sent.
#[derive(Clone, Copy, Debug)]
pub struct Unfiltered;

/// What stands in the place of the path's `{…}`.
#[derive(Clone, Debug)]
pub struct Named(Option<String>);

impl FromRequestParts<AppState> for Unfiltered {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        match QueryString::parse(parts.uri.query())?.keys().any(|key| key.eq_ignore_ascii_case("filter")) {
            true => Err(Error::forbidden("What a server says of itself is not filtered: ask again without filter.")),
            false => Ok(Self),
        }
    }
}

impl FromRequestParts<AppState> for Named {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        Ok(Self(named_in_path(parts).await))
    }
}

/// GET /scim/v2/ServiceProviderConfig
pub async fn provider_config(caller: Caller, _: Unfiltered, State(app): State<AppState>) -> Scim<ProviderConfig> {
    Scim(ProviderConfig::new(&caller.base, app.settings.body_bytes_max))
}

/// GET /scim/v2/ResourceTypes
pub async fn resource_types(caller: Caller, _: Unfiltered, State(app): State<AppState>) -> Result<Response, Error> {
    let types = every_type(&caller, &app).await?;
    let documents = types.iter().map(|schema| ResourceTypeDocument::new(schema, &caller.base)).collect();
    Ok(Scim(ListResponse::whole(documents)).into_response())
}

/// GET /scim/v2/ResourceTypes/{id}
pub async fn resource_type(caller: Caller, Named(id): Named, _: Unfiltered, State(app): State<AppState>) -> Result<Response, Error> {
    let kind = id.and_then(|id| ResourceType::named(&id)).ok_or_else(Error::not_found)?;
    let schema = known(&caller, &app, kind).await?;
    Ok(Scim(ResourceTypeDocument::new(&schema, &caller.base)).into_response())
}

/// GET /scim/v2/Schemas
pub async fn schemas(caller: Caller, _: Unfiltered, State(app): State<AppState>) -> Result<Response, Error> {
    let types = every_type(&caller, &app).await?;
    let choices = choices(&caller, &app).await?;
    let documents = types
        .iter()
        .flat_map(every_schema)
        .chain(OF_ITSELF.iter())
        .map(|schema| SchemaDocument::new(schema, &choices, &caller.base))
        .collect();
    Ok(Scim(ListResponse::whole(documents)).into_response())
}

/// GET /scim/v2/Schemas/{urn}
pub async fn schema(caller: Caller, Named(urn): Named, _: Unfiltered, State(app): State<AppState>) -> Result<Response, Error> {
    let urn = urn.ok_or_else(Error::not_found)?;
    let types = every_type(&caller, &app).await?;
    let known = types.iter().flat_map(every_schema).chain(OF_ITSELF.iter()).find(|schema| schema.is_called(&urn));
    let schema = known.ok_or_else(Error::not_found)?;
    Ok(Scim(SchemaDocument::new(schema, &choices(&caller, &app).await?, &caller.base)).into_response())
}

/// The schemas of a type, as this caller may know them: what the organization has defined is for those who may read what
/// it is defined for.
async fn known(caller: &Caller, app: &AppState, kind: ResourceType) -> Result<ResourceSchema, DirectoryError> {
    if caller.actor.scopes().contains(kind.read()) {
        ResourceSchema::of(&app.directory, &caller.actor, kind).await
    } else {
        Ok(ResourceSchema::new(kind, &[]))
    }
}

/// What the organization's lists let choose from, for who may read the people that have it.
async fn choices(caller: &Caller, app: &AppState) -> Result<Choices, DirectoryError> {
    if caller.actor.scopes().contains(ResourceType::User.read()) {
        Choices::of(&app.directory, &caller.actor).await
    } else {
        Ok(Choices::default())
    }
}

async fn every_type(caller: &Caller, app: &AppState) -> Result<Vec<ResourceSchema>, DirectoryError> {
    let mut types = Vec::with_capacity(ResourceType::ALL.len());
    for kind in ResourceType::ALL {
        types.push(known(caller, app, kind).await?);
    }
    Ok(types)
}

fn every_schema(schema: &ResourceSchema) -> impl Iterator<Item = &Schema> {
    std::iter::once(schema.core()).chain(schema.extensions())
}
