//! The room over a directory of two organizations.

mod bulk;
mod discovery;
mod groups;

use super::super::trial::Trial;
use super::ROOM;
use serde_json::json;

/// A token as a header.
struct Bearer(String);

impl Bearer {
    fn as_header(&self) -> (&str, &str) {
        ("authorization", &self.0)
    }
}

fn bearer(token: &str) -> Bearer {
    Bearer(format!("Bearer {token}"))
}

#[test]
fn the_room_claims_its_own_paths_and_no_others() {
    let claimed = ["/scim", "/scim/v2", "/scim/v2/Users", "/scim/v1/Users"].map(ROOM.claims);
    let others = ["/scimv2", "/SCIM/v2", "/api/scim", "/v2/Users", "/"].map(ROOM.claims);

    assert_eq!((claimed, others), ([true; 4], [false; 5]));
}

#[tokio::test]
async fn an_unknown_path_is_a_404_in_the_shape_of_scim() {
    let trial = Trial::new().await;

    for path in ["/scim", "/scim/v2/Nothing", "/scim/v1/Users", "/senate/scim/v2/users"] {
        let answer = trial.get(path, &[]).await;

        assert_eq!((answer.status, answer.header("content-type")), (404, Some("application/scim+json")), "{path}");
        assert_eq!(answer.json()["status"], json!("404"), "{path}");
    }
}
