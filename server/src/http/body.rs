//! Reading a body within its limit.

use super::refusal::Refusal;
use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use http_body_util::{BodyExt, LengthLimitError, Limited};

/// Reads a whole body. The front has limited it already; a body that turns out longer is refused here.
pub async fn read(body: Body) -> Result<Bytes, Refusal> {
    match body.collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if is_over_limit(&error) => Err(Refusal::BodyTooLarge),
        Err(_) => Err(Refusal::bad_request("The body broke off or is not framed as its headers say.")),
    }
}

/// A body that ends in an error after so many bytes.
pub(super) fn limited(body: Body, bytes_max: usize) -> Body {
    Body::new(Limited::new(body, bytes_max))
}

/// Whether the headers announce more bytes than may come.
pub(super) fn is_announced_too_large(headers: &HeaderMap, bytes_max: usize) -> bool {
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    announced.is_some_and(|bytes| bytes > bytes_max as u64)
}

fn is_over_limit(error: &axum::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_turns_out_too_long_is_refused_as_that() {
        let body = limited(Body::from("four"), 3);

        assert_eq!(read(body).await, Err(Refusal::BodyTooLarge));
    }
}
