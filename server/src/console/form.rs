//! A form that was sent from one of our own pages.

use super::page::Trouble;
use super::visit::{Member, SignedIn, Visit};
use crate::http::{AppState, Members, Refusal};
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;

/// Who may send a form, as they are known before it is read.
pub trait Sender: FromRequestParts<AppState, Rejection = Trouble> + Send {
    fn visit(&self) -> &Visit;
}

impl Sender for Visit {
    fn visit(&self) -> &Visit {
        self
    }
}

impl Sender for SignedIn {
    fn visit(&self) -> &Visit {
        &self.visit
    }
}

impl Sender for Member {
    fn visit(&self) -> &Visit {
        &self.visit
    }
}

/// A form, and who sent it. It has the key of the sender's forms: it was typed on one of our own pages.
#[derive(Debug)]
pub struct Form<S> {
    pub sender: S,
    members: Members,
}

impl<S: Sender> Form<S> {
    /// What was typed into a field; nothing is an empty text.
    pub fn text(&self, name: &str) -> Result<&str, Trouble> {
        let text = self.members.get(name).map_err(|refusal| Trouble::refused(refusal, self.sender.visit().texts))?;
        Ok(text.unwrap_or_default().trim())
    }

    /// The same without anything taken away at its ends: a password.
    pub fn exact(&self, name: &str) -> Result<&str, Trouble> {
        let text = self.members.get(name).map_err(|refusal| Trouble::refused(refusal, self.sender.visit().texts))?;
        Ok(text.unwrap_or_default())
    }
}

impl<S: Sender> FromRequest<AppState> for Form<S> {
    type Rejection = Trouble;

    async fn from_request(request: Request, app: &AppState) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let sender = S::from_request_parts(&mut parts, app).await?;
        let members = read(&parts, body).await.map_err(|refusal| Trouble::refused(refusal, sender.visit().texts))?;
        let key = members.get("form_key").map_err(|refusal| Trouble::refused(refusal, sender.visit().texts))?;
        if !sender.visit().is_own(key) {
            return Err(Trouble::stale(sender.visit()));
        }
        Ok(Self { sender, members })
    }
}

async fn read(parts: &Parts, body: Body) -> Result<Members, Refusal> {
    Members::read(parts.headers.get(CONTENT_TYPE), body).await
}
