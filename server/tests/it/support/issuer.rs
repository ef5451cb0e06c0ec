//! An issuer of OpenID Connect, as far as signing in needs one. It says of people what a test tells it to.

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rollcall::http::OpenIdSettings;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// A key of P-256 that signs nothing but these tests, and its public half.
const KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSjr4fzoF2dLdhTuWLKXvuOjpbEN2XOR2PNnQ5V3mzJChRANCAAR6SGZR6YS9tb3FrS33S2uS\
                   fTkbcVqasXmZaT0LbCJYfm7LBsRW5vKYsJO/HWLyWSel7g+YZ5HyD7wSOqWOxEzp";
const X: &str = "ekhmUemEvbW9xa0t90trkn05G3FamrF5mWk9C2wiWH4";
const Y: &str = "bssGxFbm8piwk78dYvJZJ6XuD5hnkfIPvBI6pY7ETOk";

/// A moment that these tests will not see, in seconds since 1970.
const FAR_AWAY: u64 = 4_102_444_800;

/// A running issuer.
#[derive(Clone, Debug)]
pub struct Issuer {
    pub address: String,
    tokens: Arc<Mutex<Tokens>>,
}

/// The identity token that is given next, and what must have been sent ahead for it.
#[derive(Debug, Default)]
struct Tokens {
    next: String,
    challenge: String,
}

impl Issuer {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let issuer = Self { address, tokens: Arc::default() };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    /// How a server is known here.
    pub fn settings(&self) -> OpenIdSettings {
        OpenIdSettings {
            issuer: self.address.clone(),
            client_id: "rollcall".to_owned(),
            client_secret: Some("a secret".to_owned()),
            name: "Example".to_owned(),
        }
    }

    /// Says who comes next, in answer to this question: what is usual, with these claims in its place.
    pub fn answer(&self, question: &HashMap<String, String>, claims: &Value) {
        let mut all = json!({
            "iss": self.address, "aud": "rollcall", "sub": "1", "exp": FAR_AWAY, "iat": 1_767_225_600,
            "nonce": question["nonce"], "email": "owner@example.com", "email_verified": true,
        });
        for (name, value) in claims.as_object().expect("claims") {
            all[name] = value.clone();
        }
        let header = Header { kid: Some("key".to_owned()), ..Header::new(Algorithm::ES256) };
        let key = EncodingKey::from_ec_der(&STANDARD.decode(KEY).expect("a key"));
        let next = encode(&header, &all, &key).expect("a token");
        *self.tokens.lock().expect("the tokens") = Tokens { next, challenge: question["code_challenge"].clone() };
    }
}

async fn metadata(State(issuer): State<Issuer>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", issuer.address);
    Json(
        json!({ "issuer": issuer.address, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"), "jwks_uri": at("/keys") }),
    )
}

async fn keys() -> Json<Value> {
    Json(json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "key", "use": "sig", "alg": "ES256", "x": X, "y": Y }] }))
}

/// Gives the token to whoever has what was sent ahead.
async fn token(State(issuer): State<Issuer>, Form(sent): Form<HashMap<String, String>>) -> Json<Value> {
    let tokens = issuer.tokens.lock().expect("the tokens");
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&sent["code_verifier"]));
    let is_right = challenge == tokens.challenge && sent["code"] == "code";
    Json(if is_right { json!({ "id_token": tokens.next, "token_type": "Bearer" }) } else { json!({ "error": "invalid_grant" }) })
}
