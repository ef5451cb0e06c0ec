//! Secrets that machines carry: 256 random bits behind a prefix, with a checksum at the end.
//!
//! `rollcall_` + 64 hex digits + 8 hex digits of checksum. The prefix lets scanners recognize a leaked one; the checksum
//! lets a mistyped one be refused without asking the store. Only the SHA-256 of the text is ever stored.

use super::DirectoryError;
use crate::store::SecretHash;
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

const PREFIX: &str = "rollcall_";
const RANDOM_BYTES: usize = 32;
const CHECKSUM_BYTES: usize = 4;

/// A random word of 128 bits: 32 lower-case hex digits. For what lives a few minutes: codes, keys of forms.
pub fn random_word() -> Result<String, DirectoryError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| DirectoryError::Store(Box::new(error)))?;
    Ok(hex(&random))
}

/// A secret, whole. Shown once, to whoever asked for it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new one, from the operating system's source of randomness.
    pub(super) fn random() -> Result<Self, DirectoryError> {
        let mut random = [0; RANDOM_BYTES];
        getrandom::fill(&mut random).map_err(|error| DirectoryError::Store(Box::new(error)))?;
        let body = format!("{PREFIX}{}", hex(&random));
        let checksum = hex(&checksum(&body));
        Ok(Self(body + &checksum))
    }

    /// Text of the right form. Says nothing of whether it was ever given out.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(PREFIX)?;
        let has_form = digits.len() == 2 * (RANDOM_BYTES + CHECKSUM_BYTES) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !has_form {
            return None;
        }
        let (body, sum) = text.split_at(text.len() - 2 * CHECKSUM_BYTES);
        (hex(&checksum(body)) == sum).then(|| Self(text.to_owned()))
    }

    /// What would be stored in place of this text, if it is as long as a secret. Says nothing of whether it is one.
    pub(super) fn hash_of(text: &str) -> Option<SecretHash> {
        let has_length = text.len() == PREFIX.len() + 2 * (RANDOM_BYTES + CHECKSUM_BYTES);
        has_length.then(|| Sha256::digest(text.as_bytes()).into())
    }

    /// What is stored in its place.
    pub(super) fn hash(&self) -> SecretHash {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// Whether this is the secret behind a stored hash; takes the same time whatever the answer.
    pub(super) fn has_hash(&self, stored: &[u8]) -> bool {
        self.hash().as_slice().ct_eq(stored).into()
    }

    /// The text to hand out.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

fn checksum(body: &str) -> [u8; CHECKSUM_BYTES] {
    let digest: [u8; 32] = Sha256::digest(body.as_bytes()).into();
    [digest[0], digest[1], digest[2], digest[3]]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_recognized_by_its_form_and_checksum() {
        let secret = Secret::random().expect("randomness");
        let mistyped = secret.reveal().replace(['a', '1'], "b");

        assert_eq!(Secret::parse(secret.reveal()), Some(secret));
        assert_eq!(Secret::parse(&mistyped), None);
        assert_eq!(Secret::parse(""), None);
        assert_eq!(Secret::parse("rollcall_é"), None);
    }

    #[test]
    fn two_secrets_differ() {
        assert_ne!(Secret::random().expect("randomness"), Secret::random().expect("randomness"));
    }

    #[test]
    fn a_secret_does_not_print_itself_in_logs() {
        assert_eq!(format!("{:?}", Secret::random().expect("randomness")), "Secret(…)");
    }
}
