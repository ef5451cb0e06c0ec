//! What known identity providers send, word for word as their documentation prints it, and what they need to be answered.
//!
//! | module | whose client |
//! | --- | --- |
//! | [`entra_users`], [`entra_groups`], [`entra_validator`] | Microsoft Entra ID |
//! | [`okta_users`], [`okta_groups`], [`okta_spec_test`] | Okta |
//! | [`onelogin`] | OneLogin |

mod entra_groups;
mod entra_users;
mod entra_validator;
mod okta_groups;
mod okta_spec_test;
mod okta_users;
mod onelogin;

use crate::support::{Answer, Api, Client, TestServer};
use rollcall_core::domain::Scope;

/// What the documentation tells an operator to give a provider's token.
const PROVISIONING: [Scope; 4] = [Scope::PeopleRead, Scope::PeopleWrite, Scope::GroupsRead, Scope::GroupsWrite];

/// An identity provider with such a token.
struct Provider {
    client: Client,
    /// What it calls its bodies.
    media_type: &'static str,
}

impl Provider {
    async fn entra(server: &TestServer) -> Self {
        Self { client: server.holder_of(&PROVISIONING).await, media_type: "application/scim+json; charset=utf-8" }
    }

    async fn okta(server: &TestServer) -> Self {
        Self { client: server.holder_of(&PROVISIONING).await, media_type: "application/json" }
    }

    async fn get(&self, path: &str) -> Answer {
        self.client.get(Api::Scim, &format!("/scim/v2{path}")).await
    }

    async fn delete(&self, path: &str) -> Answer {
        self.client.call(Api::Scim, "DELETE", &format!("/scim/v2{path}")).send().await
    }

    async fn post(&self, path: &str, body: &str) -> Answer {
        self.write("POST", path, body).await
    }

    async fn put(&self, path: &str, body: &str) -> Answer {
        self.write("PUT", path, body).await
    }

    async fn patch(&self, path: &str, body: &str) -> Answer {
        self.write("PATCH", path, body).await
    }

    async fn write(&self, method: &str, path: &str, body: &str) -> Answer {
        self.client.call(Api::Scim, method, &format!("/scim/v2{path}")).body(self.media_type, body).send().await
    }

    /// Makes something, and says its id.
    async fn made(&self, path: &str, body: &str) -> String {
        let answer = self.post(path, body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.at("/id").as_str().expect("an id").to_owned()
    }

    /// The answer to a change that must have been carried out.
    async fn patched(&self, path: &str, operations: &str) -> Answer {
        let body = format!(r#"{{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":{operations}}}"#);
        let answer = self.patch(path, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer
    }

    /// A user with this name and nothing else.
    async fn user(&self, name: &str) -> String {
        self.made("/Users", &format!(r#"{{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{name}"}}"#)).await
    }

    /// The members of a group, by their ids.
    async fn members(&self, group: &str) -> Vec<String> {
        let answer = self.get(&format!("/Groups/{group}")).await;
        let members = answer.at("/members").as_array().cloned().unwrap_or_default();
        members.iter().map(|member| member["value"].as_str().expect("an id").to_owned()).collect()
    }
}
