//! What the query strings of this API may say. Every fault of a request is reported at once.
//!
//! Parameters that the API does not know are ignored: its clients send paging everywhere, and people have none.

use super::error::Error;
use super::wire::ValidationFault;
use crate::http::{AppState, QueryString, named_in_path};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rollcall_core::domain::PersonType;
use rollcall_core::query::{Comparison, Filter, NumberField, PersonQuery};
use std::str::FromStr;

/// The parameters of a request.
#[derive(Debug)]
pub struct Params<P>(pub P);

/// The id at the end of a path. What can be nobody's id is not found, like an id that is nobody's.
#[derive(Debug)]
pub struct Id<T>(pub T);

/// Of a list of people, and of one person.
#[derive(Debug, PartialEq, Eq)]
pub struct PeopleParams {
    pub person_type: Option<PersonType>,
}

/// Of the profile. Checked, and then of no consequence: the profile's schema has no place for a picture, and nothing
/// here is cached.
#[derive(Debug)]
pub struct ProfileParams;

/// Of the licences.
#[derive(Debug)]
pub struct LicenseParams {
    pub organization: Option<i64>,
    pub person: Option<i32>,
}

/// Of the identifiers.
#[derive(Debug)]
pub struct IdentifierParams {
    pub kind: Option<String>,
    pub is_confirmed: Option<bool>,
}

impl PeopleParams {
    pub fn into_query(self) -> PersonQuery {
        let of_type = |kind: PersonType| Filter::number(NumberField::PersonType, Comparison::Equal, kind.code());
        PersonQuery { filter: self.person_type.map_or(Filter::everything(), of_type), ..PersonQuery::default() }
    }
}

impl TryFrom<QueryString> for PeopleParams {
    type Error = Error;

    fn try_from(query: QueryString) -> Result<Self, Error> {
        let mut reader = Reader::new(query);
        let person_type = reader.read("personType", |text| PersonType::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or("enum"));
        reader.finish(Self { person_type })
    }
}

impl TryFrom<QueryString> for ProfileParams {
    type Error = Error;

    fn try_from(query: QueryString) -> Result<Self, Error> {
        let mut reader = Reader::new(query);
        for name in ["thumb", "bigthumb"] {
            reader.read(name, |text| if matches!(text, "true" | "false") { Ok(()) } else { Err("type") });
        }
        reader.read("maxAge", |text| match text.parse::<i32>() {
            Ok(0..) => Ok(()),
            Ok(_) => Err("minimum"),
            Err(_) => Err("type"),
        });
        reader.finish(Self)
    }
}

impl TryFrom<QueryString> for LicenseParams {
    type Error = Error;

    fn try_from(query: QueryString) -> Result<Self, Error> {
        let mut reader = Reader::new(query);
        let organization = reader.read("organizationId", |text| text.parse().map_err(|_| "type"));
        let person = reader.read("personId", |text| text.parse().map_err(|_| "type"));
        reader.finish(Self { organization, person })
    }
}

impl TryFrom<QueryString> for IdentifierParams {
    type Error = Error;

    fn try_from(query: QueryString) -> Result<Self, Error> {
        let mut reader = Reader::new(query);
        let kind = reader.read("type", |text| Ok(text.to_owned()));
        let is_confirmed = reader.read("status", |text| match text {
            "Confirmed" => Ok(true),
            "Unconfirmed" => Ok(false),
            _ => Err("enum"),
        });
        reader.finish(Self { kind, is_confirmed })
    }
}

impl<P: TryFrom<QueryString, Error = Error>> FromRequestParts<AppState> for Params<P> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        P::try_from(QueryString::parse(parts.uri.query())?).map(Self)
    }
}

impl<T: FromStr> FromRequestParts<AppState> for Id<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        let named = named_in_path(parts).await.and_then(|text| text.parse().ok());
        named.map(Self).ok_or(Error::NotFound)
    }
}

/// Reads parameters and collects what is wrong with them, in the vendor's words for it: JSON Schema's keywords.
struct Reader {
    query: QueryString,
    faults: Vec<ValidationFault>,
}

impl Reader {
    const fn new(query: QueryString) -> Self {
        Self { query, faults: Vec::new() }
    }

    fn read<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, &'static str>) -> Option<T> {
        let value = match self.query.get(name) {
            Ok(text) => text.map(parse).transpose().map_err(|keyword| ValidationFault { path: name.to_owned(), keyword }),
            Err(fault) => Err(ValidationFault::from(fault)),
        };
        value.unwrap_or_else(|fault| {
            self.faults.push(fault);
            None
        })
    }

    fn finish<T>(self, params: T) -> Result<T, Error> {
        if self.faults.is_empty() { Ok(params) } else { Err(Error::Validation(self.faults)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<P: TryFrom<QueryString, Error = Error>>(raw: &str) -> Result<P, Vec<(String, &'static str)>> {
        P::try_from(QueryString::parse(Some(raw)).expect("a query string")).map_err(|error| match error {
            Error::Validation(faults) => faults.into_iter().map(|fault| (fault.path, fault.keyword)).collect(),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn a_person_type_is_one_of_four_words_exactly() {
        let read = |raw| read::<PeopleParams>(raw).map(|params| params.person_type);

        assert_eq!(read("personType=External"), Ok(Some(PersonType::External)));
        assert_eq!(read("page=2"), Ok(None));
        for raw in ["personType=external", "personType=", "personType=Robot"] {
            assert_eq!(read(raw), Err(vec![("personType".to_owned(), "enum")]), "{raw}");
        }
    }

    #[test]
    fn every_fault_is_reported() {
        let faults = read::<ProfileParams>("thumb=1&bigthumb=yes&maxAge=-1").unwrap_err();

        assert_eq!(faults, [("thumb".to_owned(), "type"), ("bigthumb".to_owned(), "type"), ("maxAge".to_owned(), "minimum")]);
    }

    #[test]
    fn a_parameter_given_twice_is_a_fault() {
        assert!(read::<PeopleParams>("personType=Basic&personType=Client").is_err());
    }

    #[test]
    fn an_organization_has_64_bits_and_a_person_32() {
        let wide = read::<LicenseParams>("organizationId=543819716587312&personId=123").expect("parameters");

        assert_eq!((wide.organization, wide.person), (Some(543_819_716_587_312), Some(123)));
        assert!(read::<LicenseParams>("personId=543819716587312").is_err());
    }
}
