//! `rollcall token`

use super::global::{Global, operator};
use super::lifetime::Lifetime;
use super::output::{Output, print_line, say};
use super::{Failure, Outcome, quirks};
use clap::{ArgGroup, Args, Subcommand};
use rollcall_core::directory::{Directory, DirectoryError, NewToken, TokenOwner, TokenSummary};
use rollcall_core::domain::{IdentityId, PersonNumber, QuirkName, Quirks, Scope, Scopes, Slug, TokenId, UnknownScope};
use serde::Serialize;
use std::str::FromStr;

/// Make, list, set and revoke tokens, which work in every API
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    Create(Create),
    /// List tokens without their secrets, one JSON object a line
    List {
        /// Only those that enter this organization
        #[arg(long, value_name = "SLUG", value_parser = Slug::parse)]
        organization: Option<Slug>,
    },
    Quirks(SetQuirks),
    /// Revoke a token, at once
    Revoke {
        /// The token's id, as `token list` shows it
        #[arg(value_parser = id::<TokenId>)]
        id: TokenId,
    },
}

/// Make a token; prints the token alone, which is shown this once
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("owner").required(true).args(["organization", "identity"])))]
pub(super) struct Create {
    /// An organization that the token enters; may be given several times
    #[arg(long, value_name = "SLUG", value_parser = Slug::parse)]
    organization: Vec<Slug>,
    /// The identity that the token belongs to: it enters wherever the identity is linked, and does there what the role
    /// of its person allows at most
    #[arg(long, value_name = "ID", value_parser = id::<IdentityId>)]
    identity: Option<IdentityId>,
    /// What the token may do: people:read, people:write, groups:read, groups:write, organization:read, organization:admin
    #[arg(long, value_name = "SCOPE,…", value_parser = scopes)]
    scopes: Scopes,
    /// The person of the organization that the token belongs to: it does what that person's role allows at most
    #[arg(long, value_name = "NUMBER", requires = "organization", conflicts_with = "identity")]
    person: Option<PersonNumber>,
    /// How long the token lives: a number with s, m, h, d or w behind it, or never
    #[arg(long, value_name = "TIME", default_value = "365d", value_parser = Lifetime::parse)]
    expires: Lifetime,
    /// What to call the token in lists
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    /// Something that the token's clients are given otherwise than everybody else; may be given several times
    #[arg(long, value_name = "ROOM:NAME", value_parser = quirks::known, long_help = quirks::help())]
    quirk: Vec<QuirkName>,
}

/// Give a token exactly these quirks, from its next request on; without --quirk, none
#[derive(Debug, Args)]
pub(super) struct SetQuirks {
    /// The token's id, as `token list` shows it
    #[arg(value_parser = id::<TokenId>)]
    id: TokenId,
    /// Something that the token's clients are given otherwise than everybody else; may be given several times
    #[arg(long, value_name = "ROOM:NAME", value_parser = quirks::known, long_help = quirks::help())]
    quirk: Vec<QuirkName>,
}

#[derive(Serialize)]
struct Listed {
    id: String,
    name: String,
    scopes: Vec<&'static str>,
    organizations: Vec<String>,
    identity: Option<String>,
    person: Option<i64>,
    created_at: String,
    expires_at: Option<String>,
    revoked_at: Option<String>,
    last_used_at: Option<String>,
    quirks: Vec<String>,
}

impl Token {
    pub(super) async fn run(self, global: &Global) -> Result<Outcome, Failure> {
        match self {
            Self::Create(create) => create.run(global).await?,
            Self::List { organization } => list(&global.directory().await?, organization.as_ref()).await?,
            Self::Quirks(set) => set.run(global).await?,
            Self::Revoke { id } => revoke(&global.directory().await?, id).await?,
        }
        Ok(Outcome::Done)
    }
}

impl Create {
    async fn run(self, global: &Global) -> Result<(), Failure> {
        if self.person.is_some() && self.organization.len() > 1 {
            return Err(Failure::Usage("--person goes with one --organization: a number names a person inside one organization"));
        }
        let directory = global.directory().await?;
        for slug in &self.organization {
            operator(&directory, slug).await?;
        }
        // The organizations are there, so what is not found is the other thing that was named.
        let missing = match (self.person, self.identity) {
            (Some(person), _) => format!("there is no person {person} in this organization"),
            (None, Some(identity)) => format!("there is no identity {identity}"),
            (None, None) => "there is no such organization".to_owned(),
        };
        let new = NewToken {
            scopes: self.scopes,
            name: self.name.clone(),
            expires_in_seconds: self.expires.seconds(),
            quirks: Quirks::new(self.quirk.clone()),
            owner: self.owner(),
        };
        let secret = directory.create_token(new).await.map_err(|error| match error {
            DirectoryError::NotFound => Failure::Unusable(missing),
            other => other.into(),
        })?;
        print_line(secret.reveal())
    }

    fn owner(self) -> TokenOwner {
        let mut organizations = self.organization;
        match (self.identity, self.person) {
            (Some(identity), _) => TokenOwner::Identity(identity),
            (None, Some(person)) if organizations.len() == 1 => TokenOwner::Person(organizations.remove(0), person),
            (None, _) => TokenOwner::Organizations(organizations),
        }
    }
}

impl SetQuirks {
    async fn run(self, global: &Global) -> Result<(), Failure> {
        let (id, quirks) = (self.id, Quirks::new(self.quirk));
        let said = if quirks.is_empty() { "no quirks".to_owned() } else { format!("the quirks {quirks}") };
        global.directory().await?.set_token_quirks(id, quirks).await.map_err(|error| match error {
            DirectoryError::NotFound => Failure::Unusable(format!("there is no token {id}")),
            other => other.into(),
        })?;
        say(format_args!("token {id} has {said}"));
        Ok(())
    }
}

/// An id as a command line gives it.
pub(super) fn id<T: FromStr>(text: &str) -> Result<T, &'static str> {
    text.parse().map_err(|_| "must be a UUID, as the command that made it printed")
}

/// Scopes as a command line gives them: at least one.
pub(super) fn scopes(text: &str) -> Result<Scopes, UnknownScope> {
    let scopes = Scopes::parse(text)?;
    if scopes.is_empty() { Err(UnknownScope(text.to_owned())) } else { Ok(scopes) }
}

async fn list(directory: &Directory, organization: Option<&Slug>) -> Result<(), Failure> {
    if let Some(slug) = organization {
        operator(directory, slug).await?;
    }
    let mut output = Output::new();
    for token in directory.tokens(organization).await? {
        output.json(&Listed::from(token))?;
    }
    output.finish()
}

async fn revoke(directory: &Directory, id: TokenId) -> Result<(), Failure> {
    directory.revoke_token(id).await.map_err(|error| match error {
        DirectoryError::NotFound => Failure::Unusable(format!("there is no token {id} that is not revoked already")),
        other => other.into(),
    })?;
    say(format_args!("revoked token {id}"));
    Ok(())
}

impl From<TokenSummary> for Listed {
    fn from(token: TokenSummary) -> Self {
        Self {
            id: token.id.to_string(),
            name: token.name,
            scopes: token.scopes.iter().map(Scope::as_str).collect(),
            organizations: token.organizations.iter().map(Slug::to_string).collect(),
            identity: token.identity.map(|id| id.to_string()),
            person: token.person.map(PersonNumber::get),
            created_at: token.created_at.to_string(),
            expires_at: token.expires_at.map(|at| at.to_string()),
            revoked_at: token.revoked_at.map(|at| at.to_string()),
            last_used_at: token.last_used_at.map(|at| at.to_string()),
            quirks: token.quirks.iter().map(QuirkName::to_string).collect(),
        }
    }
}
