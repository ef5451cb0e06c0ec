use super::*;
use rollcall_core::directory::Surroundings;
use rollcall_core::domain::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

/// A directory, and the clock in milliseconds that it goes by.
struct Place {
    directory: Directory,
    clock: Arc<AtomicI64>,
    _folder: TempDir,
}

impl Place {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(AtomicI64::new(0));
        let hand = Arc::clone(&clock);
        let surroundings = Surroundings::with_clock(move || Instant::from_milliseconds(hand.load(Ordering::SeqCst)).expect("an instant"));
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let directory = Directory::open(&url, surroundings).await.expect("a directory");
        Self { directory, clock, _folder: folder }
    }

    async fn give(&self, question: &Question<'_>) -> String {
        question.give(&self.directory, "after Jane").await.expect("a cursor")
    }

    /// The position, or the word for what is wrong.
    async fn take(&self, question: &Question<'_>, cursor: &str) -> Result<String, Option<ScimType>> {
        question.take(&self.directory, cursor).await.map_err(|error| error.scim_type())
    }
}

const QUESTION: Question<'static> = Question {
    organization: OrganizationId::new(7),
    endpoint: "/Users",
    filter: Some("active eq true"),
    sort_by: Some("userName"),
    is_descending: false,
    count: 10,
};

#[tokio::test]
async fn a_cursor_is_taken_back_as_often_as_it_comes_by_whom_it_was_given_for_the_same_question() {
    let place = Place::new().await;

    let cursor = place.give(&QUESTION).await;

    for _ in 0..2 {
        assert_eq!(place.take(&QUESTION, &cursor).await, Ok("after Jane".to_owned()));
    }
}

/// RFC 9865, section 2: unreserved characters of RFC 3986.
#[tokio::test]
async fn a_cursor_is_safe_in_an_address() {
    let cursor = Place::new().await.give(&QUESTION).await;

    assert!(cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)), "{cursor}");
}

#[tokio::test]
async fn a_cursor_of_another_question_is_invalid() {
    let place = Place::new().await;
    let others = [
        Question { organization: OrganizationId::new(8), ..QUESTION },
        Question { endpoint: "/Groups", ..QUESTION },
        Question { filter: None, ..QUESTION },
        Question { filter: Some("active eq false"), ..QUESTION },
        Question { sort_by: Some("id"), ..QUESTION },
        Question { is_descending: true, ..QUESTION },
    ];

    for other in others {
        let cursor = place.give(&other).await;

        assert_eq!(place.take(&QUESTION, &cursor).await, Err(Some(ScimType::InvalidCursor)), "{other:?}");
    }
}

#[tokio::test]
async fn a_cursor_that_is_changed_or_made_up_is_invalid() {
    let place = Place::new().await;
    let cursor = place.give(&QUESTION).await;
    let padded = format!("{cursor}=");
    let flipped = if cursor.starts_with('A') { cursor.replacen('A', "B", 1) } else { format!("A{}", &cursor[1..]) };

    for wrong in ["", "x", "é", "1", &cursor[..cursor.len() - 4], &padded, &flipped] {
        assert_eq!(place.take(&QUESTION, wrong).await, Err(Some(ScimType::InvalidCursor)), "{wrong}");
    }
}

#[tokio::test]
async fn a_cursor_expires_when_its_time_is_over() {
    let place = Place::new().await;
    let cursor = place.give(&QUESTION).await;
    let end = i64::try_from(CURSOR_SECONDS).expect("seconds") * 1000;

    place.clock.store(end - 1, Ordering::SeqCst);
    assert!(place.take(&QUESTION, &cursor).await.is_ok());
    place.clock.store(end, Ordering::SeqCst);
    assert_eq!(place.take(&QUESTION, &cursor).await, Err(Some(ScimType::ExpiredCursor)));
}

#[tokio::test]
async fn the_number_of_resources_stays_what_it_was() {
    let place = Place::new().await;
    let cursor = place.give(&QUESTION).await;

    let other = place.take(&Question { count: 11, ..QUESTION }, &cursor).await;

    assert_eq!(other, Err(Some(ScimType::InvalidCount)));
}

#[test]
fn a_walk_has_pages_of_0_to_the_most_there_may_be() {
    let most = i64::try_from(PAGE_MAX).expect("a number");
    let asked = |number: Option<i64>| count(number).map_err(|error| error.scim_type());

    assert_eq!([None, Some(-1), Some(0), Some(most)].map(asked), [Ok(PAGE_DEFAULT), Ok(0), Ok(0), Ok(PAGE_MAX)]);
    assert_eq!(asked(Some(most + 1)), Err(Some(ScimType::InvalidCount)));
}
