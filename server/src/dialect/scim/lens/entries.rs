//! Lists of addresses and numbers (RFC 7643, section 2.4).

use super::compared::text_of;
use super::{Compared, Difference, Fault};
use rollcall_core::domain::{Change, ENTRIES_MAX, Entry, PostalAddress, Text, TextKind};
use serde_json::{Map, Value};

/// A list that stands beside a field of the person: the change of the field, and of the list that keeps its place.
pub type Beside<K> = (Change<Text<K>>, Change<Vec<Entry<K>>>);

/// A list that stands beside a field of the person. `usual_kind` is what such a value is for where nobody says.
pub fn beside_own<K: TextKind>(compared: Compared<'_>, name: &str, usual_kind: &str) -> Result<Beside<K>, Fault> {
    Ok(match alone(compared, name)? {
        Change::Keep => (Change::Keep, Change::Keep),
        Change::Clear => (Change::Clear, Change::Clear),
        Change::Set(list) => {
            let (own, list) = Entry::split(list, usual_kind);
            (own.map_or(Change::Clear, Change::Set), Change::Set(list))
        }
    })
}

/// A list that stands beside no field. An entry without a value is none.
pub fn alone<K: TextKind>(compared: Compared<'_>, name: &str) -> Result<Change<Vec<Entry<K>>>, Fault> {
    list(compared, name, |item| {
        let value = item.required("value")?;
        let entry = Entry { value, kind: item.text("type")?, display: item.text("display")?, is_primary: item.primary()? };
        Ok(entry.value.is_some().then_some(entry))
    })
}

/// Postal addresses. One of which nothing is said is none.
pub fn addresses(compared: Compared<'_>, name: &str) -> Result<Change<Vec<PostalAddress>>, Fault> {
    list(compared, name, |item| {
        let address = PostalAddress {
            formatted: item.text("formatted")?,
            street: item.text("streetAddress")?,
            locality: item.text("locality")?,
            region: item.text("region")?,
            postal_code: item.text("postalCode")?,
            country: item.text("country")?,
            kind: item.text("type")?,
            is_primary: item.primary()?,
        };
        Ok((address != PostalAddress::default()).then_some(address))
    })
}

/// Every item of a list that differs from what was shown.
fn list<T>(compared: Compared<'_>, name: &str, read: impl Fn(Item<'_>) -> Result<Option<T>, Fault>) -> Result<Change<Vec<T>>, Fault> {
    let items = match compared.difference(name) {
        Difference::Same => return Ok(Change::Keep),
        Difference::Gone => return Ok(Change::Clear),
        Difference::Differs(value) => value.as_array().ok_or_else(|| compared.fault(name, "must be a list"))?,
    };
    if items.len() > ENTRIES_MAX {
        return Err(compared.fault(name, format!("must have at most {ENTRIES_MAX} values")));
    }
    let is_primary = |item: &Value| item.get("primary") == Some(&Value::Bool(true));
    if items.iter().filter(|item| is_primary(item)).count() > 1 {
        return Err(compared.fault(name, "must have one primary value at most"));
    }
    let mut all = Vec::with_capacity(items.len());
    for (item, place) in items.iter().zip(1..) {
        let members = item.as_object().ok_or_else(|| compared.fault(name, "must be a list of objects"))?;
        all.extend(read(Item { members, list: name, place })?);
    }
    Ok(if all.is_empty() { Change::Clear } else { Change::Set(all) })
}

/// One item of a list.
#[derive(Clone, Copy)]
struct Item<'a> {
    members: &'a Map<String, Value>,
    list: &'a str,
    /// Counted from 1.
    place: usize,
}

impl Item<'_> {
    /// A text; one that is empty is absent where the kind takes no empty text.
    fn text<K: TextKind>(self, name: &str) -> Result<Option<Text<K>>, Fault> {
        match self.members.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => text_of(value).map_err(|reason| self.fault(name, &reason)),
        }
    }

    /// A text that is absent where it is empty, whatever its kind.
    fn required<K: TextKind>(self, name: &str) -> Result<Option<Text<K>>, Fault> {
        match self.members.get(name) {
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            _ => self.text(name),
        }
    }

    fn primary(self) -> Result<Option<bool>, Fault> {
        match self.members.get("primary") {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(is_primary)) => Ok(Some(*is_primary)),
            Some(_) => Err(self.fault("primary", "must be true or false")),
        }
    }

    fn fault(self, name: &str, reason: &str) -> Fault {
        let Self { list, place, .. } = self;
        Fault::new(format!("{list}.{name}"), format!("{reason}, at place {place}"))
    }
}
