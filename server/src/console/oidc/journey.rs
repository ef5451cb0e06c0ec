//! What a browser carries while somebody is away at the issuer: sealed, for ten minutes, in a cookie.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rollcall_core::directory::{Directory, DirectoryError, random_word};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;

const PURPOSE: &str = "console sign-in with an issuer";
/// Long enough to find a password and a telephone.
pub const TTL: Duration = Duration::from_secs(10 * 60);

/// One way to the issuer and back.
#[derive(Debug, Serialize, Deserialize)]
pub struct Journey {
    /// Comes back in the address: it was this browser that set out.
    pub state: String,
    /// Comes back in the token: it was made for this journey.
    pub nonce: String,
    /// Goes with the code: whoever stole the code has not this (RFC 7636).
    pub verifier: String,
    /// The page to come to in the end.
    pub next: String,
}

impl Journey {
    pub fn begin(next: &str) -> Result<Self, DirectoryError> {
        // 256 bits: RFC 7636, section 4.1, wants 43 signs and more.
        let verifier = format!("{}{}", random_word()?, random_word()?);
        Ok(Self { state: random_word()?, nonce: random_word()?, verifier, next: next.to_owned() })
    }

    /// What is sent ahead of the verifier.
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.verifier))
    }

    /// As the cookie holds it.
    pub async fn sealed(&self, directory: &Directory) -> Result<String, DirectoryError> {
        let content = serde_json::to_vec(self).unwrap_or_default();
        Ok(URL_SAFE_NO_PAD.encode(directory.seal(PURPOSE, &content, TTL).await?))
    }

    /// What the cookie holds, if it is one of ours, and no older than it may be.
    pub async fn unsealed(directory: &Directory, cookie: &str) -> Option<Self> {
        let sealed = URL_SAFE_NO_PAD.decode(cookie).ok()?;
        serde_json::from_slice(&directory.unseal(PURPOSE, &sealed).await.ok()?).ok()
    }
}
