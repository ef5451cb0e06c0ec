//! TLS to PostgreSQL, by rustls: what the server must prove, and the stream below the protocol.

use super::certificate::{self, Unverified};
use crate::store::error::StoreError;
use futures_util::future::BoxFuture;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, InvalidDnsNameError, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::Socket;
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// What a URL asks of TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Security {
    None,
    /// Encrypted where the server can do so, and else in the clear.
    Preferred {
        client: Option<ClientCertificate>,
    },
    /// Encrypted, with whoever answers.
    Encrypted {
        client: Option<ClientCertificate>,
    },
    /// Encrypted, with a server that an authority calls by the name in the URL.
    Verified {
        roots: Roots,
        client: Option<ClientCertificate>,
    },
}

/// The authorities that are trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Roots {
    System,
    /// A file of PEM.
    File(PathBuf),
}

/// Who this program is to the server: two files of PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClientCertificate {
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

/// Makes streams. Cheap to clone.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// Reads the files that the URL names. `None`: it wants no TLS.
    pub(super) fn new(security: &Security) -> Result<Option<Self>, StoreError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let (verifier, client) = match security {
            Security::None => return Ok(None),
            Security::Preferred { client } | Security::Encrypted { client } => (unverified(&provider), client),
            Security::Verified { roots, client } => (verified(roots, &provider)?, client),
        };
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| StoreError::failed("could not set up TLS", error))?;
        let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
        let config = match client {
            None => builder.with_no_client_auth(),
            Some(client) => builder
                .with_client_auth_cert(client.chain()?, client.key()?)
                .map_err(|error| StoreError::failed("could not use the client certificate", error))?,
        };
        Ok(Some(Self(Arc::new(config))))
    }
}

fn unverified(provider: &Arc<CryptoProvider>) -> Arc<dyn ServerCertVerifier> {
    Arc::new(Unverified::new(provider.signature_verification_algorithms))
}

fn verified(roots: &Roots, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, StoreError> {
    let mut store = RootCertStore::empty();
    let found = match roots {
        Roots::File(path) => certificates("could not read the file of sslrootcert", path)?,
        Roots::System => rustls_native_certs::load_native_certs().certs,
    };
    let (_, unusable) = store.add_parsable_certificates(found);
    if unusable > 0 {
        tracing::debug!(unusable, "some of the authorities to trust could not be read");
    }
    if store.is_empty() {
        let of = match roots {
            Roots::File(path) => path.display().to_string(),
            Roots::System => "the system's authorities".to_owned(),
        };
        return Err(StoreError::failed("there is no authority that could vouch for the server", format!("none is in {of}")));
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider)).build();
    Ok(verifier.map_err(|error| StoreError::failed("could not set up TLS", error))?)
}

impl ClientCertificate {
    fn chain(&self) -> Result<Vec<CertificateDer<'static>>, StoreError> {
        certificates("could not read the file of sslcert", &self.certificate)
    }

    fn key(&self) -> Result<PrivateKeyDer<'static>, StoreError> {
        PrivateKeyDer::from_pem_file(&self.key).map_err(|error| unreadable("could not read the file of sslkey", &self.key, &error))
    }
}

fn certificates(doing: &'static str, path: &Path) -> Result<Vec<CertificateDer<'static>>, StoreError> {
    let read = || CertificateDer::pem_file_iter(path)?.collect::<Result<_, _>>();
    read().map_err(|error| unreadable(doing, path, &error))
}

fn unreadable(doing: &'static str, path: &Path, error: &rustls::pki_types::pem::Error) -> StoreError {
    StoreError::failed(doing, format!("{}: {error}", path.display()))
}

impl MakeTlsConnect<Socket> for Tls {
    type Stream = Encrypted;
    type TlsConnect = Handshake;
    type Error = InvalidDnsNameError;

    fn make_tls_connect(&mut self, host: &str) -> Result<Handshake, InvalidDnsNameError> {
        let server = ServerName::try_from(host)?.to_owned();
        Ok(Handshake { server, connector: Arc::clone(&self.0).into() })
    }
}

/// The beginning of a stream.
pub(super) struct Handshake {
    server: ServerName<'static>,
    connector: TlsConnector,
}

impl TlsConnect<Socket> for Handshake {
    type Stream = Encrypted;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Encrypted>>;

    fn connect(self, socket: Socket) -> Self::Future {
        Box::pin(async move { self.connector.connect(self.server, socket).await.map(Encrypted) })
    }
}

/// A stream that nobody else can read.
pub(super) struct Encrypted(TlsStream<Socket>);

impl tokio_postgres::tls::TlsStream for Encrypted {
    /// Ties the proof of the password to this server's certificate, so that nobody can stand in between.
    fn channel_binding(&self) -> ChannelBinding {
        let certificate = self.0.get_ref().1.peer_certificates().and_then(<[_]>::first);
        let fingerprint = certificate.and_then(|certificate| certificate::fingerprint(certificate));
        fingerprint.map_or_else(ChannelBinding::none, ChannelBinding::tls_server_end_point)
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
