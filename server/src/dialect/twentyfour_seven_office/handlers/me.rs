//! The caller's own profile, identifiers and licences. All of them need the token of an identity.

use crate::dialect::twentyfour_seven_office::caller::LoggedIn;
use crate::dialect::twentyfour_seven_office::error::Error;
use crate::dialect::twentyfour_seven_office::media::Media;
use crate::dialect::twentyfour_seven_office::params::{Id, IdentifierParams, LicenseParams, Params, ProfileParams};
use crate::dialect::twentyfour_seven_office::wire::{
    IdentifierDocument, LicenseDocument, LicenseOrganizationDocument, ProfileDocument, kind_word,
};
use crate::http::AppState;
use axum::extract::State;
use axum::response::Response;
use uuid::Uuid;

/// GET /v1/me
pub async fn profile(login: LoggedIn, media: Media, _: Params<ProfileParams>, State(app): State<AppState>) -> Result<Response, Error> {
    let identity = app.directory.identity(&login.credential).await?;
    let person = match &login.actor {
        Some(actor) => Some(app.directory.own_person(actor).await?.person),
        None => None,
    };
    media.render(&ProfileDocument::new(identity.id, person.as_ref()))
}

/// GET /v1/me/identifiers
pub async fn identifiers(
    login: LoggedIn,
    media: Media,
    Params(params): Params<IdentifierParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let identity = app.directory.identity(&login.credential).await?;
    let asked = identity.identifiers.iter().filter(|identifier| {
        params.kind.as_deref().is_none_or(|kind| kind == kind_word(identifier.kind))
            && params.is_confirmed.is_none_or(|is_confirmed| is_confirmed == identifier.is_confirmed)
    });
    media.render(&asked.map(IdentifierDocument::from).collect::<Vec<_>>())
}

/// GET /v1/me/identifiers/{id}
pub async fn identifier(login: LoggedIn, media: Media, Id(id): Id<Uuid>, State(app): State<AppState>) -> Result<Response, Error> {
    let identity = app.directory.identity(&login.credential).await?;
    let identifier = identity.identifiers.iter().find(|identifier| identifier.id == id).ok_or(Error::NotFound)?;
    media.render(&IdentifierDocument::from(identifier))
}

/// GET /v1/me/licenses
pub async fn licenses(
    login: LoggedIn,
    media: Media,
    Params(params): Params<LicenseParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let licences = app.directory.licences(&login.credential).await?;
    let asked = licences.iter().filter(|licence| {
        params.organization.is_none_or(|organization| organization == licence.organization.get())
            && params.person.is_none_or(|person| i64::from(person) == licence.person.get())
    });
    media.render(&asked.map(LicenseDocument::from).collect::<Vec<_>>())
}

/// GET /v1/me/licenses/{id}/organization
pub async fn license_organization(login: LoggedIn, media: Media, Id(id): Id<Uuid>, State(app): State<AppState>) -> Result<Response, Error> {
    let licences = app.directory.licences(&login.credential).await?;
    let licence = licences.iter().find(|licence| licence.id() == id).ok_or(Error::NotFound)?;
    media.render(&LicenseOrganizationDocument::from(licence))
}
