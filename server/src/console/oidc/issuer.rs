//! An issuer: what it says of itself (OpenID Connect Discovery 1.0, section 4), its keys, and the exchange of a code.

use super::OpenIdError;
use crate::http::OpenIdSettings;
use jsonwebtoken::jwk::JwkSet;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// An issuer that takes longer is as good as away; somebody is waiting at a browser.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer: keys and tokens are a few KiB.
const ANSWER_BYTES_MAX: u64 = 256 * 1024;
/// How long what was learned counts. Keys are exchanged rarely, and an unknown key is asked for at once.
const LEARNED_TTL: Duration = Duration::from_secs(10 * 60);
/// How soon an unknown key may make us ask again: a forged token is no reason to be somebody's load.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(30);

/// What the issuer says of itself.
#[derive(Debug, Deserialize)]
pub struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// An issuer as it was learned at a moment.
#[derive(Debug)]
pub struct Learned {
    pub metadata: Metadata,
    pub keys: JwkSet,
    at: Instant,
}

#[derive(Deserialize)]
struct Exchanged {
    id_token: String,
}

/// The one issuer of this process, as it was learned last.
static LAST: LazyLock<Mutex<Option<Arc<Learned>>>> = LazyLock::new(|| Mutex::new(None));

/// What is known of the issuer, asked for where it is not, or no longer. It blocks: not for a worker's thread.
pub fn learned(settings: &OpenIdSettings) -> Result<Arc<Learned>, OpenIdError> {
    match last(settings) {
        Some(learned) if learned.at.elapsed() < LEARNED_TTL => Ok(learned),
        _ => learn(settings),
    }
}

/// The same, after a key was met that is not among the known ones.
pub fn learned_again(settings: &OpenIdSettings) -> Result<Arc<Learned>, OpenIdError> {
    match last(settings) {
        Some(learned) if learned.at.elapsed() < ASK_AGAIN_AFTER => Ok(learned),
        _ => learn(settings),
    }
}

/// The identity token for a code that the issuer gave.
pub fn exchange(settings: &OpenIdSettings, issuer: &Learned, code: &str, verifier: &str, back: &str) -> Result<String, OpenIdError> {
    let mut form = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back), ("code_verifier", verifier)];
    let mut request = agent().post(&issuer.metadata.token_endpoint);
    match &settings.client_secret {
        // The method that every issuer has unless it says otherwise (RFC 8414, section 2).
        Some(secret) if issuer.takes_basic() => request = request.header("Authorization", basic(&settings.client_id, secret)),
        Some(secret) => form.extend([("client_id", settings.client_id.as_str()), ("client_secret", secret)]),
        None => form.push(("client_id", &settings.client_id)),
    }
    let answer = request.send_form(form).map_err(unreachable)?;
    read::<Exchanged>(answer).map(|exchanged| exchanged.id_token)
}

impl Learned {
    fn takes_basic(&self) -> bool {
        let methods = &self.metadata.token_endpoint_auth_methods_supported;
        methods.is_empty() || methods.iter().any(|method| method == "client_secret_basic")
    }
}

fn last(settings: &OpenIdSettings) -> Option<Arc<Learned>> {
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
    last.filter(|learned| learned.metadata.issuer == settings.issuer)
}

fn learn(settings: &OpenIdSettings) -> Result<Arc<Learned>, OpenIdError> {
    let agent = agent();
    let address = format!("{}/.well-known/openid-configuration", settings.issuer.trim_end_matches('/'));
    let metadata: Metadata = read(agent.get(&address).call().map_err(unreachable)?)?;
    // Else one issuer could speak for another (Discovery, section 4.3).
    if metadata.issuer != settings.issuer {
        return Err(OpenIdError::Unsound(format!("it calls itself {:?}", metadata.issuer)));
    }
    let keys = read(agent.get(&metadata.jwks_uri).call().map_err(unreachable)?)?;
    let learned = Arc::new(Learned { metadata, keys, at: Instant::now() });
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&learned));
    Ok(learned)
}

fn read<T: DeserializeOwned>(mut answer: ureq::http::Response<ureq::Body>) -> Result<T, OpenIdError> {
    let text = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string().map_err(unreachable)?;
    serde_json::from_str(&text).map_err(|error| OpenIdError::Unsound(error.to_string()))
}

/// One that trusts whom this machine trusts, and is sent nowhere else.
fn agent() -> Agent {
    let found = rustls_native_certs::load_native_certs().certs;
    let roots = found.iter().map(|certificate| ureq::tls::Certificate::from_der(certificate).to_owned()).collect::<Vec<_>>();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = TlsConfig::builder().unversioned_rustls_crypto_provider(provider).root_certs(RootCerts::new_with_certs(&roots)).build();
    let config = Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).tls_config(tls).build();
    Agent::new_with_config(config)
}

/// HTTP Basic; both are form-urlencoded inside (RFC 6749, section 2.3.1).
fn basic(id: &str, secret: &str) -> String {
    use base64::Engine;
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(id), encoded(secret));
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
}

fn unreachable(error: ureq::Error) -> OpenIdError {
    OpenIdError::Unreachable(error.to_string())
}
