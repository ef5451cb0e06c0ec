//! What may be asked for.

use super::{ANN, Asker, DORA, OLGA, World, ZOE};
use crate::access::requests::Kind;
use crate::support::Api;

/// Nobody's and nothing's number.
const ABSENT: i64 = 999_999;
/// ProofHub's built-in group.
const EVERYBODY: i64 = 9_000_000_001;
/// A role, a job title, a level and a price list that only the house has.
const ENTRY_ELSEWHERE: i64 = 5;

/// Something that may be asked for.
#[derive(Clone, Debug)]
pub struct Object {
    pub name: &'static str,
    /// As the API spells it; nothing where there is no such thing.
    pub id: Option<String>,
    pub number: i64,
    /// Whether nobody may be told that it is, or was, anywhere.
    pub is_missing: bool,
}

/// A record with both of its ids.
#[derive(Clone, Debug)]
pub struct Thing {
    pub number: i64,
    pub id: String,
}

/// The id of the person, or of nothing, with this number.
pub fn uuid(number: i64) -> String {
    format!("6fe49ce4-56d4-475f-9483-{number:012}")
}

/// Whether the API's records are known by uuids; otherwise they are by numbers.
const fn is_known_by_uuid(api: Api) -> bool {
    matches!(api, Api::Modulo | Api::Scim)
}

impl World {
    /// What may be asked for at a path of this kind.
    pub fn objects(&self, api: Api, kind: Kind) -> Vec<Object> {
        let person = |number| Thing { number, id: uuid(number) };
        let absent = person(ABSENT);
        let thing = |name, thing: &Thing| {
            let id = if is_known_by_uuid(api) { thing.id.clone() } else { thing.number.to_string() };
            Object { name, id: Some(id), number: thing.number, is_missing: false }
        };
        let missing = |name, found: &Thing| Object { is_missing: true, ..thing(name, found) };
        let named = |name, id: &str| Object { name, id: Some(id.to_owned()), number: 0, is_missing: false };
        let own = || Object { name: "own", id: None, number: 0, is_missing: false };
        let (nothing, malformed) = (named("", ""), named("malformed", "x"));
        match kind {
            Kind::None | Kind::Me => vec![nothing],
            Kind::Person | Kind::PersonInBody => vec![
                own(),
                thing("another", &person(ANN)),
                thing("an owner", &person(OLGA)),
                missing("absent", &absent),
                missing("elsewhere", &person(ZOE)),
                missing("deleted", &person(DORA)),
                malformed,
            ],
            Kind::Group => {
                let everybody = thing("everybody", &person(EVERYBODY));
                let present = [thing("present", &self.group)].into_iter().chain((api == Api::ProofHub).then_some(everybody));
                let absent = [
                    missing("absent", &absent),
                    missing("elsewhere", &self.group_elsewhere),
                    missing("deleted", &self.deleted_group),
                    malformed,
                ];
                present.chain(absent).collect()
            }
            Kind::ResourceType => vec![named("present", "User"), malformed],
            Kind::Schema => vec![named("present", "urn:ietf:params:scim:schemas:core:2.0:User"), malformed],
            Kind::Entry => {
                vec![thing("present", &person(1)), missing("absent", &absent), missing("elsewhere", &person(ENTRY_ELSEWHERE)), malformed]
            }
            Kind::Identifier | Kind::Licence => {
                let [own, others] = if kind == Kind::Identifier { &self.identifiers } else { &self.licences };
                let others = Object { is_missing: true, ..named("another's", others) };
                vec![named("own", own), others, Object { is_missing: true, ..named("absent", &absent.id) }, malformed]
            }
        }
    }

    /// The same for somebody, who has a record of their own and to whom the house may be no other organization.
    pub fn with_own(&self, asker: &Asker, api: Api, kind: Kind, mut objects: Vec<Object>) -> Vec<Object> {
        for object in &mut objects {
            match (object.name, asker.person) {
                (_, Some(number)) if kind == Kind::Me => object.number = number,
                ("own", Some(number)) if object.id.is_none() => {
                    object.id = Some(if is_known_by_uuid(api) { uuid(number) } else { number.to_string() });
                    object.number = number;
                }
                ("elsewhere", _) if asker.is_of_the_house => object.is_missing = false,
                _ => {}
            }
        }
        objects
    }
}
