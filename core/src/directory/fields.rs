//! Records as fields by their canonical names, for the history. What is absent is left out.

use crate::domain::{Attributes, Group, Instant, Membership, Person, Subgroup, Text, TextKind};
use serde_json::{Map, Value};

/// Fields by name.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Fields {
    fn put(mut self, name: &str, value: Option<impl Into<Value>>) -> Self {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), value.into());
        }
        self
    }

    fn text<K: TextKind>(self, name: &str, text: Option<&Text<K>>) -> Self {
        self.put(name, text.map(Text::as_str))
    }

    fn instant(self, name: &str, instant: Option<Instant>) -> Self {
        self.put(name, instant.map(Instant::to_milliseconds_text))
    }

    fn all(mut self, fields: Map<String, Value>) -> Self {
        self.0.extend(fields);
        self
    }

    fn custom(self, custom: &Attributes) -> Self {
        custom.iter().fold(self, |fields, (name, value)| fields.put(&format!("custom.{name}"), Some(value.to_json())))
    }
}

/// A person's fields, under the names that files of people use. When it was changed is the change's own to say.
pub(crate) fn person_fields(person: &Person) -> Map<String, Value> {
    // Taken apart, so that no field is ever forgotten here.
    let Person {
        id,
        number,
        external_id,
        identity,
        login,
        given_name,
        family_name,
        display_name,
        email,
        phone,
        title,
        job_title,
        level,
        price_list,
        manager,
        role,
        person_type,
        has_license,
        account,
        is_archived,
        description,
        additional_information,
        language,
        time_zone,
        time_zone_row,
        initials,
        photo,
        profile_color,
        send_invite,
        is_visible_in_people_allocation,
        has_timesheet_required,
        employee_number,
        department,
        projects,
        custom,
        profile,
        last_active_at,
        created_at,
        updated_at: _,
    } = person;
    Fields::default()
        .put("uuid", Some(id.to_string()))
        .put("number", Some(number.get()))
        .text("external_id", external_id.as_ref())
        .put("identity", identity.map(|identity| identity.to_string()))
        .text("login", login.as_ref())
        .text("given_name", given_name.as_ref())
        .text("family_name", family_name.as_ref())
        .text("display_name", display_name.as_ref())
        .text("email", email.as_ref())
        .text("phone", phone.as_ref())
        .text("title", title.as_ref())
        .put("job_title", job_title.map(|number| number.get()))
        .put("level", level.map(|number| number.get()))
        .put("price_list", price_list.map(|number| number.get()))
        .put("manager", manager.map(|number| number.get()))
        .put("role", role.map(|number| number.get()))
        .put("person_type", Some(person_type.as_str()))
        .put("has_license", Some(*has_license))
        .put("account", Some(account.as_str()))
        .put("archived", Some(*is_archived))
        .text("description", description.as_ref())
        .text("additional_information", additional_information.as_ref())
        .text("language", language.as_ref())
        .text("time_zone", time_zone.as_ref())
        .put("time_zone_row", time_zone_row.map(|row| row.get()))
        .text("initials", initials.as_ref())
        .text("photo", photo.as_ref())
        .text("profile_color", profile_color.as_ref())
        .put("send_invite", Some(*send_invite))
        .put("is_visible_in_people_allocation", Some(*is_visible_in_people_allocation))
        .put("has_timesheet_required", Some(*has_timesheet_required))
        .text("employee_number", employee_number.as_ref())
        .text("department", department.as_ref())
        .put("projects", Some(projects.clone()).filter(|projects| !projects.is_empty()))
        .custom(custom)
        .all(profile.to_json())
        .instant("last_active_at", *last_active_at)
        .instant("created_at", Some(*created_at))
        .0
}

/// A group's fields.
pub(crate) fn group_fields(group: &Group) -> Map<String, Value> {
    let Group { id, number, external_id, name, description, email, responsible, additional_information, custom, created_at, updated_at: _ } =
        group;
    Fields::default()
        .put("uuid", Some(id.to_string()))
        .put("number", Some(number.get()))
        .text("external_id", external_id.as_ref())
        .text("name", Some(name))
        .text("description", description.as_ref())
        .text("email", email.as_ref())
        .put("responsible", responsible.map(|number| number.get()))
        .text("additional_information", additional_information.as_ref())
        .custom(custom)
        .instant("created_at", Some(*created_at))
        .0
}

/// What a person is in a group.
pub(super) fn membership_fields(membership: &Membership) -> Map<String, Value> {
    Fields::default().put("group", Some(membership.group.get())).text("title", membership.title.as_ref()).0
}

/// Where a group is inside another.
pub(super) fn subgroup_fields(subgroup: Subgroup) -> Map<String, Value> {
    Fields::default().put("group", Some(subgroup.group.get())).0
}

/// What differs: as it was, and as it is. A field that came or went stands on one side alone.
pub(super) fn difference(mut before: Map<String, Value>, mut after: Map<String, Value>) -> (Map<String, Value>, Map<String, Value>) {
    before.retain(|name, old| match after.get(name) {
        Some(new) if new == old => {
            after.remove(name);
            false
        }
        _ => true,
    });
    (before, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn a_difference_holds_what_changed_came_and_went() {
        let before = object(json!({ "same": 1, "changed": "a", "went": true }));
        let after = object(json!({ "same": 1, "changed": "b", "came": "x" }));

        let (old, new) = difference(before, after);

        assert_eq!(Value::Object(old), json!({ "changed": "a", "went": true }));
        assert_eq!(Value::Object(new), json!({ "changed": "b", "came": "x" }));
    }
}
