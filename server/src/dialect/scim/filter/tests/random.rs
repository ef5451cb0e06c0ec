//! Whatever is sent, the answer is a filter or an error with a place in the text.

use super::super::bind::{Scope, filter, order};
use super::super::{AttributePath, Error, Path};
use super::oracle::{mutated, some_filter, some_garbage};
use crate::dialect::scim::caller::Base;
use crate::dialect::scim::schema::ResourceSchema;
use proptest::prelude::*;
use rollcall_core::query::Direction;

/// Reads a text in every way.
fn errors(text: &str) -> Vec<Error> {
    let (user, group) = (ResourceSchema::user(&[]), ResourceSchema::group(&[]));
    let base = Base::new("https://people.example", None);
    let [users, groups] = [&user, &group].map(|schema| Scope { schema, roles: &[], base: &base });
    let results = [
        filter(text, users).err(),
        filter(text, groups).err(),
        order(text, Direction::Ascending, users).err(),
        Path::parse(text).err(),
        AttributePath::parse(text).err(),
    ];
    results.into_iter().flatten().collect()
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_at_a_place_in_it(text in prop_oneof![".{0,40}", some_garbage(), mutated(some_filter())]) {
        for error in errors(&text) {
            prop_assert!(text.is_char_boundary(error.position), "{text}: {error}");
            prop_assert!(error.message.chars().count() < 700, "{text}: {error}");
        }
    }
}
