//! Writes: what a client sends, read strictly, and turned into a change of the record as it stands.
//!
//! Reading finds everything that is wrong at once and names the members of the contract. Putting is pure: it is given
//! the record and says what changes. Three laws hold for it, which `tests` tries on random records and writes:
//!
//! 1. what is put is shown; an empty text is shown as null, and a `Name` that only repeats a fallback stays one;
//! 2. putting back what was shown changes nothing;
//! 3. nothing changes that this API cannot show.
//!
//! | module | what it reads |
//! | --- | --- |
//! | [`people`] | a person that is created or edited |
//! | [`groups`] | a group that is created or edited |
//! | [`references`] | people that a group's members or its responsible person are to be |
//! | [`usernames`] | a username for a person |
//! | [`attributes`] | `CustomAttributes` of all of them |
//! | [`body`] | JSON, its members and what is wrong with them |

pub mod attributes;
pub mod body;
pub mod groups;
pub mod people;
pub mod references;
#[cfg(test)]
mod tests;
pub mod usernames;

pub use body::{Fault, FromBody, Unreadable};
pub use groups::{GroupEdit, NewGroup};
pub use people::{NewPerson, PersonEdit};
pub use references::Members;
pub use usernames::Username;

use rollcall_core::domain::{Change, Text, TextKind};

/// What a text asks of a field: what stands already is no change.
fn differing<T: PartialEq>(written: Change<T>, standing: Option<&T>) -> Change<T> {
    match (&written, standing) {
        (Change::Set(text), Some(standing)) if text == standing => Change::Keep,
        (Change::Clear, None) => Change::Keep,
        _ => written,
    }
}

/// The same where an empty text clears: one that stands is shown as `""`, so writing `""` leaves it.
fn differing_text<K: TextKind>(written: Change<Text<K>>, standing: Option<&Text<K>>) -> Change<Text<K>> {
    match (&written, standing) {
        (Change::Clear, Some(text)) if text.as_str().is_empty() => Change::Keep,
        _ => differing(written, standing),
    }
}

/// The contract's name of a canonical field, as the directory's refusals name it.
pub fn member(field: &str) -> String {
    let member = match field {
        "name" | "display_name" => "Name",
        "email" => "Email",
        "phone" => "Phone",
        "description" => "Description",
        "additional_information" => "AdditionalInformation",
        "login" => "Login",
        "responsible" => "Responsible",
        "members" => references::MEMBERS,
        other => return other.strip_prefix("custom.").map_or_else(|| other.to_owned(), |name| format!("{}.{name}", attributes::MEMBER)),
    };
    member.to_owned()
}
