//! What is written of a person.
//!
//! | module | what it reads |
//! | --- | --- |
//! | here | the whole resource, and what a client that replaces it cannot know |
//! | [`account`] | whether the person may take part |
//! | [`role`] | the one role |
//! | [`manager`] | whom the person reports to |
//! | [`stated`] | what has a default and is shown where it was said |

mod account;
mod manager;
mod role;
mod stated;

#[cfg(test)]
pub(in crate::dialect::scim) mod tests;

pub use manager::references;

use super::super::schema::{CUSTOM_USER, CustomAttribute, ENTERPRISE_USER, ROLLCALL_USER};
use super::replaced::keep_the_unknown;
use super::{Compared, Difference, Fault, Method, custom, entries};
use rollcall_core::directory::Catalogue;
use rollcall_core::domain::{Change, Login, Person, PersonChange, ProfileChange};
use serde_json::{Map, Value};

/// What stays as it is in a resource that is replaced without it: leaving it out never lets anybody in or takes a role. To
/// say that there is no role takes it; that `active` is null says nothing, and comes as left out.
const KEPT: [&str; 2] = ["active", "roles"];
const EXTENSIONS: [&str; 3] = [ENTERPRISE_USER, ROLLCALL_USER, CUSTOM_USER];

/// What a write of a person is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// `None`: the person is to be made.
    pub person: Option<&'a Person>,
    /// What was shown of it; nothing of who is to be made.
    pub shown: &'a Map<String, Value>,
    /// With the people whom [`references`] named.
    pub catalogue: &'a Catalogue,
    /// What the organization has defined for its people.
    pub custom: &'a [CustomAttribute],
}

/// The change that leads from what stands to what is written: a whole resource, checked against its schemas.
pub fn change(mut written: Map<String, Value>, method: Method, before: Before<'_>) -> Result<PersonChange, Fault> {
    if method == Method::Replace {
        keep_the_unknown(&mut written, before.shown, &KEPT, &EXTENSIONS);
    }
    let core = Compared::new(&written, before.shown);
    let name = core.object("name", "name.");
    let enterprise = core.object(ENTERPRISE_USER, "");
    let rollcall = core.object(ROLLCALL_USER, "");
    let (account, is_archived) = account::change(core)?;
    let (email, emails) = entries::beside_own(core, "emails", "work")?;
    let (phone, phones) = entries::beside_own(core, "phoneNumbers", "work")?;
    let (photo, photos) = entries::beside_own(core, "photos", "photo")?;
    let mut change = PersonChange {
        external_id: core.text("externalId")?,
        login: login(core, before.person)?,
        given_name: name.text("givenName")?,
        family_name: name.text("familyName")?,
        display_name: core.text("displayName")?,
        email,
        phone,
        photo,
        title: core.text("title")?,
        language: core.text("preferredLanguage")?,
        time_zone: core.text("timezone")?,
        account,
        is_archived,
        role: role::change(core, method, &before.catalogue.roles)?,
        employee_number: enterprise.text("employeeNumber")?,
        department: enterprise.text("department")?,
        manager: manager::change(enterprise, before.catalogue)?,
        description: rollcall.text("description")?,
        additional_information: rollcall.text("additionalInformation")?,
        initials: rollcall.text("initials")?,
        profile_color: rollcall.text("profileColor")?,
        job_title: rollcall.number("jobTitle")?,
        level: rollcall.number("level")?,
        price_list: rollcall.number("priceList")?,
        custom: custom::changes(core.object(CUSTOM_USER, ""), before.custom)?,
        profile: ProfileChange { emails, phones, photos, ..profile(core, name, enterprise)? },
        ..PersonChange::default()
    };
    stated::put(rollcall, before.person, &mut change)?;
    Ok(change)
}

/// What the profile alone keeps.
fn profile(core: Compared<'_>, name: Compared<'_>, enterprise: Compared<'_>) -> Result<ProfileChange, Fault> {
    Ok(ProfileChange {
        formatted_name: name.text("formatted")?,
        middle_name: name.text("middleName")?,
        honorific_prefix: name.text("honorificPrefix")?,
        honorific_suffix: name.text("honorificSuffix")?,
        nick_name: core.text("nickName")?,
        profile_url: core.text("profileUrl")?,
        user_type: core.text("userType")?,
        locale: core.text("locale")?,
        cost_center: enterprise.text("costCenter")?,
        division: enterprise.text("division")?,
        employer: enterprise.text("organization")?,
        ims: entries::alone(core, "ims")?,
        entitlements: entries::alone(core, "entitlements")?,
        certificates: entries::alone(core, "x509Certificates")?,
        addresses: entries::addresses(core, "addresses")?,
        ..ProfileChange::default()
    })
}

/// The login. Nobody is without a `userName`, so the id stands for none: written back, it is not stored.
fn login(core: Compared<'_>, person: Option<&Person>) -> Result<Change<Login>, Fault> {
    let is_own_id = |value: &Value| person.is_some_and(|person| value.as_str().is_some_and(|text| text == person.id.to_string()));
    match core.difference("userName") {
        Difference::Same if core.written("userName").is_some() => Ok(Change::Keep),
        Difference::Differs(value) if is_own_id(value) => Ok(Change::Clear),
        Difference::Same | Difference::Gone => Err(core.fault("userName", "is required")),
        Difference::Differs(_) => match core.text("userName")? {
            Change::Clear => Err(core.fault("userName", "must not be empty")),
            change => Ok(change),
        },
    }
}
