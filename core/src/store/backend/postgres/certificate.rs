//! What is read of a server's certificate here, and what may be left unread.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature_with_raw_key};
use rustls::pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// DER's mark of the version of a certificate, which the first version leaves out.
const VERSION: u8 = 0xa0;

/// Takes any certificate, but only from whoever has its key: the proof of a password is tied to it.
#[derive(Debug)]
pub(super) struct Unverified(WebPkiSupportedAlgorithms);

impl Unverified {
    pub(super) const fn new(algorithms: WebPkiSupportedAlgorithms) -> Self {
        Self(algorithms)
    }
}

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.0)
    }

    /// By the key alone: many servers' certificates are of the first version, as the example in PostgreSQL's manual is.
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let key = public_key(certificate).ok_or(Error::InvalidCertificate(CertificateError::BadEncoding))?;
        verify_tls13_signature_with_raw_key(message, &SubjectPublicKeyInfoDer::from(key), signature, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}

/// The hash of a certificate that both ends can name, as RFC 5929 says: by the hash of its signature, and SHA-256 for older ones.
pub(super) fn fingerprint(certificate: &[u8]) -> Option<Vec<u8>> {
    let parts = Element::first(certificate)?;
    let algorithm = Element::first(Element::first(parts.content)?.rest)?;
    match Element::first(algorithm.content)?.content {
        // RSA with SHA-1 and SHA-256; ECDSA with the same.
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5 | 11]
        | [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1 | 3, 2]
        | [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1] => Some(Sha256::digest(certificate).to_vec()),
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12] | [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3] => {
            Some(Sha384::digest(certificate).to_vec())
        }
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13] | [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4] => {
            Some(Sha512::digest(certificate).to_vec())
        }
        _ => None,
    }
}

/// The key that a certificate is about: after its version, number, algorithm, issuer, time and subject.
fn public_key(certificate: &[u8]) -> Option<&[u8]> {
    let mut rest = Element::first(Element::first(certificate)?.content)?.content;
    if rest.first() == Some(&VERSION) {
        rest = Element::first(rest)?.rest;
    }
    for _ in 0..5 {
        rest = Element::first(rest)?.rest;
    }
    Element::first(rest).map(|key| key.whole)
}

/// One thing in DER: a tag, a length, and the content.
struct Element<'a> {
    whole: &'a [u8],
    content: &'a [u8],
    /// What comes after it.
    rest: &'a [u8],
}

impl<'a> Element<'a> {
    /// What the bytes begin with. `None`: it is not whole.
    fn first(bytes: &'a [u8]) -> Option<Self> {
        let (&length, after) = bytes.get(1..)?.split_first()?;
        let (length, after) = match length {
            0..=0x7f => (usize::from(length), after),
            // The length of the length, in big endian; no certificate needs more.
            0x81..=0x84 => {
                let (digits, after) = after.split_at_checked(usize::from(length - 0x80))?;
                (digits.iter().fold(0, |number, &digit| number << 8 | usize::from(digit)), after)
            }
            _ => return None,
        };
        let (content, rest) = after.split_at_checked(length)?;
        Some(Self { whole: &bytes[..bytes.len() - rest.len()], content, rest })
    }
}
