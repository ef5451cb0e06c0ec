//! The organization and its people.

use crate::dialect::twentyfour_seven_office::caller::Caller;
use crate::dialect::twentyfour_seven_office::error::Error;
use crate::dialect::twentyfour_seven_office::media::Media;
use crate::dialect::twentyfour_seven_office::params::{Id, Params, PeopleParams};
use crate::dialect::twentyfour_seven_office::wire::{OrganizationDocument, PersonDocument};
use crate::http::AppState;
use axum::extract::State;
use axum::response::Response;
use rollcall_core::directory::PersonKey;
use rollcall_core::domain::PersonNumber;

/// GET /v1/organization/people
pub async fn people(
    caller: Caller,
    media: Media,
    Params(params): Params<PeopleParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let page = app.directory.people(&caller.actor, &params.into_query()).await?;
    media.render(&page.people.iter().map(PersonDocument::from).collect::<Vec<_>>())
}

/// GET /v1/organization/people/{id}
pub async fn person(
    caller: Caller,
    media: Media,
    Id(number): Id<PersonNumber>,
    Params(params): Params<PeopleParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let person = app.directory.person(&caller.actor, PersonKey::Number(number)).await?.person;
    // The filter is the list's: somebody of another type is not among the people asked for.
    if params.person_type.is_some_and(|kind| kind != person.person_type) {
        return Err(Error::NotFound);
    }
    media.render(&PersonDocument::from(&person))
}

/// GET /v1/organization/information
pub async fn information(caller: Caller, media: Media, State(app): State<AppState>) -> Result<Response, Error> {
    let organization = app.directory.organization(&caller.actor).await?;
    media.render(&OrganizationDocument::from(&organization))
}
