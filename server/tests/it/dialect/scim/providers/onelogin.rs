//! Users, as OneLogin writes them: by a template whose places stay empty where it knows nothing.

use super::Provider;
use crate::support::TestServer;
use serde_json::{Value, json};

#[tokio::test]
async fn what_a_template_leaves_empty_is_absent() {
    let server = TestServer::start().await;
    let body = r#"{
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
        "userName": "ana@example.com",
        "name": {"familyName": "de Souza", "givenName": "Ana"},
        "title": "", "userType": "", "timezone": "",
        "emails": [{"value": "ana@example.com", "type": "work", "primary": true}],
        "addresses": [{"locality": "", "region": "", "country": ""}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
            "organization": "", "division": "", "department": "Board", "manager": {"value": "", "displayName": " "}}
    }"#;

    let answer = Provider::okta(&server).await.post("/Users", body).await;

    assert_eq!(answer.status, 201, "{}", answer.text());
    for member in ["title", "userType", "timezone", "addresses"] {
        assert_eq!(answer.at(&format!("/{member}")), Value::Null, "{member}");
    }
    assert_eq!(answer.at("/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"), json!({ "department": "Board" }));
}
