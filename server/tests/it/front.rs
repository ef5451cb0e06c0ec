//! Requests that are wrong before any handler sees them, each refused in the shape of the room that claims the path.

use crate::support::{Api, TestServer, people};

/// More bytes than a body may have.
const TOO_LARGE: usize = 1024 * 1024 + 1;

#[tokio::test]
async fn a_zero_byte_in_a_parameter_is_a_bad_request() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        let answer = server.reader().get(api, &format!("{}?{}=a%00b", api.people(), api.parameter())).await;

        api.assert_refusal(&answer, 400);
    }
}

#[tokio::test]
async fn a_zero_byte_in_the_path_is_a_bad_request() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        api.assert_refusal(&server.reader().get(api, &format!("{}/%00", api.people())).await, 400);
    }
}

#[tokio::test]
async fn a_known_parameter_given_twice_is_a_bad_request() {
    let server = TestServer::start().await;
    let values = |api| match api {
        Api::Seven => "Basic",
        Api::Modulo => "Login eq null",
        Api::Wethod | Api::ProofHub | Api::Scim => "1",
    };

    for api in Api::ALL {
        let pair = format!("{}={}", api.parameter(), values(api));
        let answer = server.reader().get(api, &format!("{}?{pair}&{pair}", api.people())).await;

        api.assert_refusal(&answer, 400);
    }
}

#[tokio::test]
async fn a_percent_sign_without_its_digits_in_a_known_parameter_is_a_bad_request() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        for value in ["%", "%4", "%zz", "%ff"] {
            let answer = server.reader().get(api, &format!("{}?{}={value}", api.people(), api.parameter())).await;

            api.assert_refusal(&answer, 400);
        }
    }
}

#[tokio::test]
async fn a_percent_sign_without_its_digits_in_the_path_is_a_bad_request() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        for tail in ["%", "%zz", "%ff"] {
            api.assert_refusal(&server.reader().get(api, &format!("{}/{tail}", api.people())).await, 400);
        }
    }
}

#[tokio::test]
async fn a_stranger_is_refused_before_the_parameters_are_read() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        for value in ["%zz", "%00", "nonsense", "1&limit=-1&page=0"] {
            let answer = server.anonymous().get(api, &format!("{}?{}={value}", api.people(), api.parameter())).await;

            api.assert_refusal(&answer, 401);
        }
    }
}

#[tokio::test]
async fn who_may_not_ask_is_refused_before_the_parameters_are_read() {
    let server = TestServer::start().await;
    let nobody = server.holder_of(&[]).await;

    for api in Api::ALL {
        let answer = nobody.get(api, &format!("{}?{}=%zz", api.people(), api.parameter())).await;

        api.assert_refusal(&answer, 403);
    }
}

#[tokio::test]
async fn an_unknown_parameter_harms_nobody() {
    let server = TestServer::with(people!["Jane"]).await;

    // Wethod's parameters are its filters, and an unknown filter is refused.
    for api in [Api::Seven, Api::Modulo, Api::ProofHub] {
        let answer = server.reader().get(api, &format!("{}?shoe=41&shoe=42", api.people())).await;

        assert_eq!(answer.items().len(), 1, "{api:?}");
    }
}

#[tokio::test]
async fn doubled_and_trailing_slashes_are_harmless() {
    let server = TestServer::with(people!["Jane"]).await;

    for api in Api::ALL {
        let doubled = api.people().replace('/', "//");

        assert_eq!(server.reader().get(api, &doubled).await.items().len(), 1, "{doubled}");
        assert_eq!(server.reader().get(api, &format!("{}/", api.people())).await.items().len(), 1, "{api:?}");
    }
}

#[tokio::test]
async fn an_encoded_slash_is_no_separator() {
    let server = TestServer::with(people!["Jane"]).await;

    for api in Api::ALL {
        let (base, place) = api.people().rsplit_once('/').expect("a path");
        let answer = server.reader().get(api, &format!("{base}%2F{place}")).await;

        assert_eq!(answer.status, 404, "{api:?}");
    }
}

#[tokio::test]
async fn a_method_that_no_route_knows_is_told_the_known_ones() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        for method in ["FOO", "TRACE", "OPTIONS", "PATCH"] {
            let answer = server.reader().call(api, method, api.people()).send().await;

            assert!(answer.header("allow").is_some_and(|allow| allow.starts_with("GET, HEAD")), "{api:?} {method}");
            api.assert_refusal(&answer, 405);
        }
    }
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let server = TestServer::with(people!["Jane"]).await;

    for api in Api::ALL {
        let answer = server.reader().call(api, "HEAD", api.people()).send().await;

        assert_eq!((answer.status, answer.body.len()), (200, 0), "{api:?}");
    }
}

#[tokio::test]
async fn a_body_of_more_than_a_mebibyte_is_refused() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        let answer = server.admin().call(api, "POST", api.people()).body("application/json", vec![b' '; TOO_LARGE]).send().await;

        api.assert_refusal(&answer, 413);
    }
}

#[tokio::test]
async fn a_body_announced_too_large_is_refused_unread() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        let answer = server.say(&format!("POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: {TOO_LARGE}\r\n\r\n", api.people())).await;

        api.assert_refusal(&answer, 413);
    }
}

#[tokio::test]
async fn a_body_that_grows_too_large_is_refused() {
    let server = TestServer::start().await;
    let chunk = format!("{TOO_LARGE:x}\r\n{}\r\n0\r\n\r\n", " ".repeat(TOO_LARGE));

    for (api, path) in [(Api::Seven, "/oauth/token"), (Api::Modulo, "/APIIntegration/token")] {
        let headers = "Host: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        let answer = server.say(&format!("POST {path} HTTP/1.1\r\n{headers}{chunk}")).await;

        assert_eq!(answer.status, 413, "{api:?}: {}", answer.text());
        assert!(answer.json().is_object(), "{api:?}");
    }
}

#[tokio::test]
async fn two_ways_to_frame_a_body_are_a_bad_request() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        let headers = "Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        let answer = server.say(&format!("POST {} HTTP/1.1\r\n{headers}", api.people())).await;

        api.assert_refusal(&answer, 400);
    }
}

#[tokio::test]
async fn a_missing_host_is_a_bad_request() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        let answer = server.say(&format!("GET {} HTTP/1.1\r\nConnection: close\r\n\r\n", api.people())).await;

        api.assert_refusal(&answer, 400);
    }
}

#[tokio::test]
async fn a_head_that_cannot_be_read_is_a_bad_request() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        for line in [format!("GET {}/<>", api.people()), format!("G@T {}", api.people())] {
            let answer = server.say(&format!("{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).await;

            api.assert_refusal(&answer, 400);
        }
    }
}

#[tokio::test]
async fn an_endless_address_is_refused() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        let answer = server.say(&format!("GET {}?{} HTTP/1.1\r\nHost: x\r\n\r\n", api.people(), "a".repeat(70_000))).await;

        api.assert_refusal(&answer, 431);
    }
}

#[tokio::test]
async fn a_doubled_host_is_a_bad_request() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        let answer = server.say(&format!("GET {} HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", api.people())).await;

        api.assert_refusal(&answer, 400);
    }
}

#[tokio::test]
async fn an_absent_place_is_refused_by_the_room_that_claims_it() {
    let server = TestServer::start().await;

    for api in Api::ALL {
        let place = format!("{}/1/nothing/here", api.people());

        api.assert_refusal(&server.reader().get(api, &place).await, 404);
        api.assert_refusal(&server.reader().get(api, &format!("/senate{place}")).await, 404);
    }
}

#[tokio::test]
async fn a_place_that_no_room_claims_is_json_too() {
    let server = TestServer::start().await;

    for target in ["/", "/nothing", "/senate", "/senate/nothing", "/api", "/v2/organization/people"] {
        let answer = server.call("GET", target).send().await;

        assert_eq!(answer.status, 404, "{target}");
        assert!(answer.json().is_object(), "{target}");
    }
}

#[tokio::test]
async fn every_answer_is_private() {
    let server = TestServer::with(people!["Jane"]).await;

    for api in Api::ALL {
        let answer = server.reader().people(api).await;

        // What has a tag may be kept, and is asked for before it is used.
        let kept = if answer.header("etag").is_some() { "private, no-cache" } else { "no-store" };
        let headers = ["cache-control", "x-content-type-options"].map(|name| answer.header(name));
        assert_eq!(headers, [Some(kept), Some("nosniff")], "{api:?}");
    }
}
