//! The organization and its people. A read asks first whether the client has it already.

use crate::dialect::twentyfour_seven_office::caller::Caller;
use crate::dialect::twentyfour_seven_office::error::Error;
use crate::dialect::twentyfour_seven_office::media::Media;
use crate::dialect::twentyfour_seven_office::params::{Id, Params, PeopleParams};
use crate::dialect::twentyfour_seven_office::wire::{OrganizationDocument, push_person};
use crate::http::json_bytes::push_array;
use crate::http::{AppState, Conditions};
use axum::extract::State;
use axum::response::Response;
use rollcall_core::directory::{Beside, PersonField, PersonKey};
use rollcall_core::domain::PersonNumber;

/// About what one person takes.
const PERSON_BYTES: usize = 192;

/// GET /v1/organization/people
pub async fn people(
    caller: Caller,
    media: Media,
    conditions: Conditions,
    Params(params): Params<PeopleParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    let version = app.directory.version(&caller.actor).await?;
    if let Some(known) = conditions.answer(&caller.tag(version, media))? {
        return Ok(known);
    }
    listed(&app, &caller, media, params).await
}

/// Everybody of a type, or of all.
pub async fn listed(app: &AppState, caller: &Caller, media: Media, params: PeopleParams) -> Result<Response, Error> {
    let page = app.directory.packed_people(&caller.actor, &params.into_query(), false).await?;
    let mut people = Vec::with_capacity(page.people.len() * PERSON_BYTES);
    push_array(&mut people, page.people.iter(), |bytes, person| push_person(bytes, &person));
    Ok(caller.tag(page.version, media).onto(media.answer(people)))
}

/// GET /v1/organization/people/{id}
pub async fn person(
    caller: Caller,
    media: Media,
    conditions: Conditions,
    Id(number): Id<PersonNumber>,
    Params(params): Params<PeopleParams>,
    State(app): State<AppState>,
) -> Result<Response, Error> {
    shown(&app, &caller, media, (number, &params), &conditions).await
}

/// One person, if it is of the type that is asked for.
pub async fn shown(
    app: &AppState,
    caller: &Caller,
    media: Media,
    (number, params): (PersonNumber, &PeopleParams),
    conditions: &Conditions,
) -> Result<Response, Error> {
    let found = app.directory.packed_person(&caller.actor, PersonKey::Number(number), Beside::Nothing).await?;
    let person = found.record.packed();
    // The filter is the list's: somebody of another type is not among the people asked for.
    if params.person_type.is_some_and(|kind| person.number(PersonField::PersonType) != Some(kind.code())) {
        return Err(Error::NotFound);
    }
    let tag = caller.tag(found.version, media);
    match conditions.answer(&tag)? {
        Some(known) => Ok(known),
        None => {
            let mut bytes = Vec::with_capacity(PERSON_BYTES);
            push_person(&mut bytes, &person);
            Ok(tag.onto(media.answer(bytes)))
        }
    }
}

/// GET /v1/organization/information
pub async fn information(caller: Caller, media: Media, conditions: Conditions, State(app): State<AppState>) -> Result<Response, Error> {
    let tag = caller.tag(app.directory.version(&caller.actor).await?, media);
    if let Some(known) = conditions.answer(&tag)? {
        return Ok(known);
    }
    let organization = app.directory.organization(&caller.actor).await?;
    Ok(tag.onto(media.render(&OrganizationDocument::from(&organization))?))
}
