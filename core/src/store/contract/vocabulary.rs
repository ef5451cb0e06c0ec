//! What an organization describes its people with: what is remembered is what is there, whoever changed it.

use super::{Ground, NOW, wait};
use crate::directory::{NewRole, StoredValues, Surroundings, Vocabulary};
use crate::domain::{AttributeObject, DefinitionChange, Instant, LongLabel, NewDefinition, Role, Scopes, VariableName};

fn name(text: &str) -> VariableName {
    VariableName::parse(text).expect("a name")
}

/// As somebody reads it who remembers nothing.
fn read(ground: &Ground) -> Vocabulary {
    let roles = wait(ground.directory.roles(&ground.operator)).expect("roles");
    let definitions = wait(ground.directory.attribute_definitions(&ground.operator, AttributeObject::Person)).expect("definitions");
    Vocabulary { roles, definitions }
}

#[test]
fn what_one_process_remembers_follows_what_another_writes() {
    let ground = Ground::new();
    let (directory, operator) = (&ground.directory, &ground.operator);
    let clock = || Instant::from_milliseconds(NOW).expect("an instant");
    let remembering = ground.database.open(Surroundings::with_clock(clock));
    let remembered = || wait(remembering.vocabulary(operator)).expect("a vocabulary");
    let new = |text: &str| NewDefinition::text(AttributeObject::Person, name(text));
    let label = |text: &str| LongLabel::parse(text).expect("a label");
    let writes: [&dyn Fn(); 5] = [
        &|| {
            drop(
                wait(directory.create_role(operator, NewRole { name: label("Chair"), code: None, scopes: Scopes::default() }))
                    .expect("a role"),
            )
        },
        &|| drop(wait(directory.change_role(operator, Role::parse_code("ROLE_CHAIR").expect("a code"), Scopes::all())).expect("a role")),
        &|| drop(wait(directory.create_attribute(operator, new("size"))).expect("an attribute")),
        &|| {
            let change = DefinitionChange { label: Some(label("How tall")), ..DefinitionChange::default() };
            drop(wait(directory.edit_attribute(operator, AttributeObject::Person, &name("size"), change)).expect("an attribute"));
        },
        &|| wait(directory.delete_attribute(operator, AttributeObject::Person, &name("size"), StoredValues::Keep)).map(drop).expect("gone"),
    ];

    for (place, write) in writes.iter().enumerate() {
        assert_eq!((&*remembered(), &*remembered()), (&read(&ground), &read(&ground)), "before {place}");
        write();
        assert_eq!(*remembered(), read(&ground), "after {place}");
    }
}
