//! The page: what it shows, what protects it, and what comes of the form.

use super::{EMAIL, FORM, PAGE, PASSWORD, Place, form, parameter};
use crate::support::TestServer;
use rollcall::http::LimitSettings;

#[tokio::test]
async fn the_page_is_a_form_that_anybody_can_use() {
    let place = Place::new().await;

    let page = place.server.call("GET", &format!("{PAGE}?{}", place.query(""))).send().await;

    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    for part in [
        "<html lang=\"en\">",
        "<title>Sign in</title>",
        "<label for=\"email\">",
        "<label for=\"password\">",
        "type=\"password\"",
        "autocomplete=\"current-password\"",
        ">Cancel</button>",
        "https://app.example.com",
    ] {
        assert!(page.text().contains(part), "{part}");
    }
}

#[tokio::test]
async fn the_page_is_protected() {
    let place = Place::new().await;

    let page = place.server.call("GET", &format!("{PAGE}?{}", place.query(""))).send().await;

    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("x-frame-options"), Some("DENY"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    let policy = page.header("content-security-policy").expect("a policy");
    for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self' https:;"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !page.text().contains("<script"));
    let cookie = page.header("set-cookie").expect("a cookie");
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/APIIntegration/AuthorizeFeatures;"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn what_others_wrote_is_text_on_the_page() {
    let place = Place::new().await;
    let page = format!("{PAGE}?{}", place.query("&state=%22%3E%3Cb%3E"));
    let opened = place.open(&page).await;

    let again = place.send(&opened, &[("email", "\"><b>x"), ("password", "wrong")]).await;

    assert!(again.text().contains("Audit &lt;tool&gt;") && again.text().contains("value=\"&quot;&gt;&lt;b&gt;x\""), "{}", again.text());
    assert!(!again.text().contains("<b>"));
}

#[tokio::test]
async fn a_cookie_belongs_to_the_organization_of_its_page() {
    let place = Place::new().await;

    let page = place.server.call("GET", &format!("/senate//apiintegration/authorizefeatures/?{}", place.query(""))).send().await;

    assert!(page.header("set-cookie").expect("a cookie").contains("; Path=/senate/APIIntegration/AuthorizeFeatures;"));
    assert!(page.text().contains("action=\"/senate/APIIntegration/AuthorizeFeatures?"));
}

#[tokio::test]
async fn who_signs_in_is_sent_back_with_a_code_and_the_state() {
    let place = Place::new().await;

    let answer = place.sign_in_at(&format!("{PAGE}?{}", place.query("&state=a%20%26b%3D%C3%A9&scope=x"))).await;

    assert!(answer.header("location").expect("a place").starts_with("https://app.example.com/back?from=rollcall&code="));
    assert_eq!(parameter(&answer, "state").as_deref(), Some("a &b=é"));
    assert_eq!(parameter(&answer, "code").map(|code| code.len()), Some(32));
    // The password must not travel on with the redirect (RFC 9700, section 4.12).
    assert_eq!(answer.status, 303);
    assert_eq!((answer.header("cache-control"), answer.header("referrer-policy")), (Some("no-store"), Some("no-referrer")));
    assert!(answer.header("set-cookie").expect("a cookie").contains("=; Path=/APIIntegration/AuthorizeFeatures; Max-Age=0"));
}

#[tokio::test]
async fn who_cancels_is_sent_back_without_a_code() {
    let place = Place::new().await;
    let opened = place.open(&format!("{PAGE}?{}", place.query("&state=s"))).await;

    let answer = place.send(&opened, &[("email", ""), ("password", ""), ("action", "cancel")]).await;

    assert_eq!(parameter(&answer, "error").as_deref(), Some("access_denied"));
    assert!(parameter(&answer, "error_description").is_some());
    assert_eq!((parameter(&answer, "state").as_deref(), parameter(&answer, "code")), (Some("s"), None));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_show_the_same_page() {
    let place = Place::new().await;
    let opened = place.open(&format!("{PAGE}?{}", place.query(""))).await;

    let wrong = place.send(&opened, &[("email", EMAIL), ("password", "wrong horse")]).await;
    let unknown = place.send(&opened, &[("email", "jana@example.com"), ("password", PASSWORD)]).await;

    let without = |text: &str, email: &str| {
        let main = text.split_once("<main>").expect("a page").1.to_owned();
        main.replace(email, "EMAIL")
    };
    assert_eq!((wrong.status, unknown.status), (403, 403));
    assert_eq!(without(wrong.text(), EMAIL), without(unknown.text(), "jana@example.com"));
    assert!(wrong.text().contains("role=\"alert\""));
    assert!(!wrong.text().contains("wrong horse"));
}

#[tokio::test]
async fn a_form_without_its_cookie_or_key_does_nothing() {
    let place = Place::new().await;
    let opened = place.open(&format!("{PAGE}?{}", place.query(""))).await;
    let other = place.open(&format!("{PAGE}?{}", place.query(""))).await;
    let good = form([("form_key", opened.key.as_str()), ("email", EMAIL), ("password", PASSWORD)].iter());
    let keyless = form([("email", EMAIL), ("password", PASSWORD)].iter());
    let call = || place.server.call("POST", &opened.action);

    let answers = [
        call().body(FORM, good.clone()).send().await,
        call().header("Cookie", &other.cookie).body(FORM, good.clone()).send().await,
        call().header("Cookie", &opened.cookie).body(FORM, keyless).send().await,
        call().header("Cookie", &opened.cookie).header("Sec-Fetch-Site", "cross-site").body(FORM, good.clone()).send().await,
    ];
    let own = call().header("Cookie", &opened.cookie).header("Sec-Fetch-Site", "same-origin").body(FORM, good).send().await;

    assert_eq!(answers.map(|answer| (answer.status, answer.header("location").is_some())), [(403, false); 4]);
    assert_eq!(own.status, 303);
}

#[tokio::test]
async fn a_page_that_is_opened_twice_keeps_its_key() {
    let place = Place::new().await;
    let page = format!("{PAGE}?{}", place.query(""));
    let first = place.open(&page).await;

    let second = place.server.call("GET", &page).header("Cookie", &first.cookie).send().await;

    assert!(second.text().contains(&first.key));
}

#[tokio::test]
async fn who_may_enter_none_of_the_organizations_is_sent_back_without_a_code() {
    let place = Place::new().await;
    let operator = place.server.directory.operator(&crate::support::slug("house")).await.expect("an organization");
    place.server.directory.unlink_identity(&operator, place.identity).await.expect("unlinked");

    let answer = place.sign_in_at(&format!("/house{PAGE}?{}", place.query(""))).await;

    assert_eq!(parameter(&answer, "error").as_deref(), Some("access_denied"));
}

#[tokio::test]
async fn an_incomplete_form_is_shown_again() {
    let place = Place::new().await;
    let opened = place.open(&format!("{PAGE}?{}", place.query(""))).await;

    for members in [[("email", EMAIL), ("password", "")], [("email", ""), ("password", PASSWORD)]] {
        assert_eq!(place.send(&opened, &members).await.status, 400);
    }
    let unreadable = place.server.call("POST", &opened.action).header("Cookie", &opened.cookie).body(FORM, "%zz=1").send().await;
    assert_eq!((unreadable.status, unreadable.header("content-type")), (400, Some("text/html; charset=utf-8")));
}

#[tokio::test]
async fn too_many_wrong_passwords_make_wait_and_a_right_one_passes_again_later() {
    let limits = LimitSettings { failed_logins_per_minute: 4, ..LimitSettings::off() };
    let place = Place::on(TestServer::limited(limits).await).await;
    let opened = place.open(&format!("{PAGE}?{}", place.query(""))).await;
    let wrong = [("email", EMAIL), ("password", "wrong horse")];
    let right = [("email", EMAIL), ("password", PASSWORD)];

    let (first, second) = (place.send(&opened, &wrong).await, place.send(&opened, &right).await);
    place.server.clock.advance_seconds(60);

    assert_eq!((first.status, second.status), (403, 429));
    assert!(second.header("retry-after").is_some_and(|seconds| seconds.parse::<u64>().is_ok_and(|seconds| seconds > 0)));
    assert_eq!(second.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(place.send(&opened, &right).await.status, 303);
}
