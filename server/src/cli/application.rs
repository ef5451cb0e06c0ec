//! `rollcall application`

use super::global::{Global, operator};
use super::output::print_json;
use super::token::scopes;
use super::{Failure, Outcome};
use clap::{Args, Subcommand};
use rollcall_core::directory::NewApplication;
use rollcall_core::domain::{RedirectUri, Scopes, Slug};
use serde::Serialize;

/// Register applications, which ask for tokens themselves (OAuth 2.0): their own, and those of people who sign in
#[derive(Debug, Subcommand)]
pub(super) enum Application {
    Create(Create),
}

/// Register an application; prints {"client_id":…,"client_secret":…}, the secret this once
#[derive(Debug, Args)]
pub(super) struct Create {
    /// An organization that the application enters; may be given several times
    #[arg(long, value_name = "SLUG", required = true, value_parser = Slug::parse)]
    organization: Vec<Slug>,
    /// What the application may do: people:read, people:write, groups:read, groups:write, organization:read,
    /// organization:admin
    #[arg(long, value_name = "SCOPE,…", value_parser = scopes)]
    scopes: Scopes,
    /// What to call the application, in lists and to the people who sign in
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    /// Where people who have signed in are sent back to, compared to the letter: https, or http to 127.0.0.1, [::1] or
    /// localhost; may be given several times. Without one the application acts by itself alone
    #[arg(long = "redirect-uri", value_name = "URI", value_parser = RedirectUri::parse)]
    redirects: Vec<RedirectUri>,
}

#[derive(Serialize)]
struct Registered<'a> {
    client_id: &'a str,
    client_secret: &'a str,
}

impl Application {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        let Self::Create(Create { organization: organizations, scopes, name, redirects }) = self;
        let directory = global.directory().await?;
        for slug in &organizations {
            operator(&directory, slug).await?;
        }
        let made = directory.create_application(NewApplication { organizations, scopes, name, redirects }).await?;
        print_json(&Registered { client_id: &made.client_id, client_secret: made.client_secret.reveal() })?;
        Ok(Outcome::Done)
    }
}
