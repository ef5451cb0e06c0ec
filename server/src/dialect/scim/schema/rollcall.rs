//! What the other APIs have and SCIM lacks: two extensions of our own.
//!
//! What a client cannot write is shown only where it is asked for, so that an extension which a client has written comes
//! back as it was sent, and one that it has removed is gone.

use super::attribute::{Attribute, Kind, Uniqueness};
use super::enterprise::person;
use super::{ROLLCALL_GROUP, ROLLCALL_USER, Schema};
use std::sync::LazyLock;

/// Colors that go well with white letters; every other one may be written too.
const COLORS: [&str; 8] = ["#781f1f", "#40a8c5", "#1f6f54", "#7a4fa3", "#b3541e", "#2b5c9e", "#8a6d1a", "#9c2f5f"];

pub(super) static USER: LazyLock<Schema> = LazyLock::new(|| Schema {
    id: ROLLCALL_USER,
    name: "RollcallUser",
    description: "What the other APIs have of a person",
    attributes: user(),
});

pub(super) static GROUP: LazyLock<Schema> = LazyLock::new(|| Schema {
    id: ROLLCALL_GROUP,
    name: "RollcallGroup",
    description: "What the other APIs have of a group",
    attributes: group(),
});

fn user() -> Vec<Attribute> {
    let kinds = ["organization", "external", "basic", "client"];
    vec![
        number(),
        Attribute::string("personType", "What the person is to the organization: one of these words, no other").usually(&kinds),
        Attribute::boolean("hasLicense", "Whether the person has a licence"),
        Attribute::string("account", "Whether the person may sign in; changed through active")
            .usually(&["active", "blocked", "none"])
            .read_only()
            .on_request(),
        Attribute::boolean("archived", "Whether the person is archived; changed through active").read_only().on_request(),
        Attribute::string("description", "What there is to say about the person"),
        Attribute::string("additionalInformation", "What else there is to say about the person"),
        Attribute::string("initials", "The initials of the person"),
        Attribute::string("profileColor", "The color of the person where no picture is, such as #40a8c5").usually(&COLORS),
        // Only texts have canonical values, so numbers to choose from are texts.
        Attribute::string("jobTitle", "The number of the job title, in the list of the organization"),
        Attribute::string("level", "The number of the level, in the list of the organization"),
        Attribute::string("priceList", "The number of the price list, in the list of the organization"),
        Attribute::boolean("sendInvite", "Whether the person is to be invited by mail"),
        Attribute::boolean("isVisibleInPeopleAllocation", "Whether the person is shown where people are planned"),
        Attribute::boolean("hasTimesheetRequired", "Whether the person must fill in timesheets"),
        Attribute::integer("projects", "The numbers of the person's projects, which are kept elsewhere").many().read_only().on_request(),
        Attribute::string("identity", "The id of the login that is linked to the person").exact().read_only().on_request(),
        Attribute::new("lastActiveAt", Kind::DateTime, "When the person was last seen").read_only().on_request(),
    ]
}

fn group() -> Vec<Attribute> {
    vec![
        number(),
        Attribute::string("description", "What there is to say about the group"),
        Attribute::complex("email", vec![Attribute::string("value", "The address")], "The e-mail address of the group"),
        Attribute::string("additionalInformation", "What else there is to say about the group"),
        Attribute::complex("responsible", person(), "Who is responsible for the group"),
    ]
}

fn number() -> Attribute {
    Attribute::integer("number", "What other APIs know it by: given by the server, never reused")
        .read_only()
        .on_request()
        .unique(Uniqueness::Server)
}
