//! What an application asks of the person whom it sends here: the parameters of the address (RFC 6749, section 4.1.1;
//! RFC 7636, section 4.3).

use super::back::Back;
use super::page::Trouble;
use crate::http::{AppState, Chosen, QueryString};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rollcall_core::directory::{Challenge, SignInClient};

/// A sign-in that may go on: the application is known, and so is the way back to it.
#[derive(Debug)]
pub struct Asked {
    pub client: SignInClient,
    pub state: Option<String>,
    pub challenge: Option<Challenge>,
}

/// Why a sign-in does not go on.
#[derive(Debug)]
pub enum Refused {
    /// Nobody is sent anywhere.
    Here(Trouble),
    /// The application is told.
    Back(Box<Back>),
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refused> {
        let sent = Sent(QueryString::parse(parts.uri.query()).map_err(|_| Trouble::Unreadable)?);
        let (id, redirect) = (sent.only("client_id").map_err(|_| Trouble::Unreadable)?, sent.only("redirect_uri"));
        let redirect = redirect.map_err(|_| Trouble::Unreadable)?;
        let (Some(id), Some(redirect)) = (id, redirect) else { return Err(Trouble::UnknownClient.into()) };
        let chosen = parts.extensions.get::<Chosen>().and_then(|chosen| chosen.path.as_ref());
        let client = app.directory.sign_in_client(id, redirect, chosen).await.map_err(Trouble::of_client)?;
        let state = sent.only("state").ok().flatten().map(str::to_owned);
        match sent.details() {
            Ok(challenge) => Ok(Self { client, state, challenge }),
            Err((word, description)) => {
                let asked = Self { client, state, challenge: None };
                Err(Refused::Back(Box::new(Back::refused(&asked, word, description))))
            }
        }
    }
}

/// The parameters as they were sent.
struct Sent(QueryString);

/// A parameter that was given more than once.
struct Doubled;

/// A word of RFC 6749, section 4.1.2.1, and a sentence.
type Fault = (&'static str, &'static str);

impl Sent {
    /// The value of a parameter. An empty one was not sent (RFC 6749, section 3.1). Names have no case, as everywhere
    /// in this API.
    fn only(&self, name: &str) -> Result<Option<&str>, Doubled> {
        let keys: Vec<&str> = self.0.keys().filter(|key| key.eq_ignore_ascii_case(name)).collect();
        let value = self.0.get_any(&keys).map_err(|_| Doubled)?;
        Ok(value.filter(|value| !value.is_empty()))
    }

    /// Everything about which the application itself may be told. `scope` is accepted and means nothing.
    fn details(&self) -> Result<Option<Challenge>, Fault> {
        let only = |name| self.only(name).map_err(|Doubled| ("invalid_request", "A parameter is given more than once."));
        only("state")?;
        only("scope")?;
        match only("response_type")? {
            Some("code") => {}
            Some(_) => return Err(("unsupported_response_type", "The response_type must be code.")),
            None => return Err(("invalid_request", "The response_type is missing.")),
        }
        challenge(only("code_challenge")?, only("code_challenge_method")?)
    }
}

/// A challenge without a method would be the plain one, which proves nothing to whoever reads the address.
fn challenge(sent: Option<&str>, method: Option<&str>) -> Result<Option<Challenge>, Fault> {
    match (sent, method) {
        (None, None) => Ok(None),
        (Some(challenge), Some("S256")) => {
            let bytes = URL_SAFE_NO_PAD.decode(challenge).ok().and_then(|bytes| bytes.try_into().ok());
            bytes.map(Some).ok_or(("invalid_request", "The code_challenge must be the base64url of a SHA-256, without padding."))
        }
        (Some(_), _) => Err(("invalid_request", "The code_challenge_method must be S256.")),
        (None, Some(_)) => Err(("invalid_request", "The code_challenge is missing.")),
    }
}

impl From<Trouble> for Refused {
    fn from(trouble: Trouble) -> Self {
        Self::Here(trouble)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Here(trouble) => trouble.into_response(),
            Self::Back(back) => back.into_response(),
        }
    }
}
