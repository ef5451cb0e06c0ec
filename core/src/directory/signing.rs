//! Signing what clients are given to hand back, such as the place in a list where they stopped reading.
//!
//! The key is made once for each database and never leaves this module, so that every process that serves the database
//! takes what another one has signed, and nobody else can sign. What is signed is not secret: whoever holds it may read it.

use super::{Directory, DirectoryError};
use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// How long a signature is, in bytes.
pub const SIGNATURE_BYTES: usize = 32;

/// The key of a database: HMAC (RFC 2104) with SHA-256.
#[derive(Clone)]
pub struct SigningKey([u8; 32]);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// The signature of a message. `purpose` says what the message is for: what is signed for one purpose does not hold
    /// for another.
    pub fn sign(&self, purpose: &str, message: &[u8]) -> [u8; SIGNATURE_BYTES] {
        self.mac(purpose, message).finalize().into_bytes().into()
    }

    /// Whether this key has signed the message for this purpose; takes the same time however much of the signature is
    /// right.
    pub fn has_signed(&self, purpose: &str, message: &[u8], signature: &[u8]) -> bool {
        self.mac(purpose, message).verify_slice(signature).is_ok()
    }

    fn mac(&self, purpose: &str, message: &[u8]) -> Hmac<Sha256> {
        // A key is as long as a block of the hash; a shorter one is filled up with zeros (RFC 2104, section 2).
        let mut block = Key::<Hmac<Sha256>>::default();
        block[..self.0.len()].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block);
        // The length goes first, so that no purpose and message are together the same bytes as others.
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(message);
        mac
    }
}

impl Directory {
    /// The key of this database, the same in all processes that have it open. Read once and kept.
    pub async fn signing_key(&self) -> Result<SigningKey, DirectoryError> {
        if let Some(key) = self.signing_key.get() {
            return Ok(key.clone());
        }
        let secret = self.read_system(|tx| Box::pin(async move { Ok(tx.signing_secret().await?) })).await?;
        Ok(self.signing_key.get_or_init(|| SigningKey(secret)).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_message_purpose_and_key_alone() {
        let key = SigningKey([7; 32]);

        let signature = key.sign("list", b"page 2");

        let holds = |key: &SigningKey, purpose, message| key.has_signed(purpose, message, &signature);
        assert!(holds(&key, "list", b"page 2"));
        assert!(!holds(&key, "list", b"page 3"));
        assert!(!holds(&key, "listp", b"age 2"));
        assert!(!holds(&SigningKey([8; 32]), "list", b"page 2"));
    }

    #[test]
    fn part_of_a_signature_is_none() {
        let key = SigningKey([7; 32]);
        let signature = key.sign("list", b"page 2");

        assert!(!key.has_signed("list", b"page 2", &signature[..16]));
        assert!(!key.has_signed("list", b"page 2", b""));
    }

    #[test]
    fn the_key_does_not_print_itself_in_logs() {
        assert_eq!(format!("{:?}", SigningKey([7; 32])), "SigningKey(…)");
    }
}
