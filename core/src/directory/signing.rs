//! Sealing what clients are given to hand back, such as the place in a list where they stopped reading.
//!
//! The key is made once for each database and never leaves this module, so every process that serves the database takes
//! what another one has sealed, and nobody else can seal. What is sealed is not secret: whoever holds it may read it.

use super::{Directory, DirectoryError};
use crate::domain::Instant;
use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::time::Duration;

const SIGNATURE_BYTES: usize = 32;
const END_BYTES: usize = 8;

/// The key of a database: HMAC (RFC 2104) with SHA-256.
#[derive(Clone)]
pub(super) struct SigningKey([u8; 32]);

/// Why what a client hands back is not taken.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("it was not sealed here, or for something else")]
    Forged,
    #[error("its time is over")]
    Expired,
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// A signature, when the content may be used no longer, and the content.
    fn seal(&self, purpose: &str, content: &[u8], end: Instant) -> Vec<u8> {
        let dated = [&end.milliseconds().to_be_bytes(), content].concat();
        let signature = self.mac(purpose, &dated).finalize().into_bytes();
        [signature.as_slice(), &dated].concat()
    }

    /// The content, in the same time however much of the signature is right.
    fn unseal(&self, purpose: &str, sealed: &[u8], now: Instant) -> Result<Vec<u8>, SealError> {
        let (signature, dated) = sealed.split_at_checked(SIGNATURE_BYTES).ok_or(SealError::Forged)?;
        self.mac(purpose, dated).verify_slice(signature).map_err(|_| SealError::Forged)?;
        let (end, content) = dated.split_first_chunk::<END_BYTES>().ok_or(SealError::Forged)?;
        if i64::from_be_bytes(*end) <= now.milliseconds() { Err(SealError::Expired) } else { Ok(content.to_vec()) }
    }

    fn mac(&self, purpose: &str, dated: &[u8]) -> Hmac<Sha256> {
        // A key is as long as a block of the hash; a shorter one is filled up with zeros (RFC 2104, section 2).
        let mut block = Key::<Hmac<Sha256>>::default();
        block[..self.0.len()].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block);
        // The length goes first, so that no purpose and content are together the same bytes as others.
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(dated);
        mac
    }
}

impl Directory {
    /// Seals what a client is given to hand back within some time. `purpose` says what it is for: it is not taken for
    /// another one.
    pub async fn seal(&self, purpose: &str, content: &[u8], lifetime: Duration) -> Result<Vec<u8>, DirectoryError> {
        let end = self.now().plus_seconds(i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX));
        Ok(self.signing_key().await?.seal(purpose, content, end))
    }

    /// What [`Self::seal`] sealed for this purpose, in this process or another one.
    pub async fn unseal(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let now = self.now();
        self.signing_key().await?.unseal(purpose, sealed, now)
    }

    /// Read once and kept.
    async fn signing_key(&self) -> Result<&SigningKey, DirectoryError> {
        if let Some(key) = self.signing_key.get() {
            return Ok(key);
        }
        let secret = self.read_system(|tx| Box::pin(async move { Ok(tx.signing_secret().await?) })).await?;
        Ok(self.signing_key.get_or_init(|| SigningKey(secret)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: SigningKey = SigningKey([7; 32]);

    fn at(milliseconds: i64) -> Instant {
        Instant::from_milliseconds(milliseconds).expect("an instant")
    }

    fn opened(key: &SigningKey, purpose: &str, sealed: &[u8], now: i64) -> Result<Vec<u8>, String> {
        key.unseal(purpose, sealed, at(now)).map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn a_seal_holds_for_its_content_purpose_and_key_alone() {
        let sealed = KEY.seal("list", b"page 2", at(1000));
        let mut other = sealed.clone();
        *other.last_mut().expect("a byte") += 1;

        assert_eq!(opened(&KEY, "list", &sealed, 0), Ok(b"page 2".to_vec()));
        for (key, purpose, sealed) in [(KEY, "list", &other), (KEY, "lists", &sealed), (SigningKey([8; 32]), "list", &sealed)] {
            assert_eq!(opened(&key, purpose, sealed, 0), Err("Forged".to_owned()));
        }
    }

    #[test]
    fn a_seal_holds_until_its_end_which_nobody_can_put_off() {
        let sealed = KEY.seal("list", b"page 2", at(1000));
        let mut later = sealed.clone();
        later[SIGNATURE_BYTES] = 1;

        assert!(opened(&KEY, "list", &sealed, 999).is_ok());
        assert_eq!(opened(&KEY, "list", &sealed, 1000), Err("Expired".to_owned()));
        assert_eq!(opened(&KEY, "list", &later, 1000), Err("Forged".to_owned()));
    }

    #[test]
    fn what_is_cut_short_is_forged() {
        let sealed = KEY.seal("list", b"", at(1000));

        for length in 0..sealed.len() {
            assert_eq!(opened(&KEY, "list", &sealed[..length], 0), Err("Forged".to_owned()), "{length}");
        }
    }

    #[test]
    fn the_key_does_not_print_itself_in_logs() {
        assert_eq!(format!("{KEY:?}"), "SigningKey(…)");
    }
}
