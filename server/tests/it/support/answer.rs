//! What the server said, read for assertions.

use serde_json::Value;

/// One answer of the server.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The one answer in everything that a connection gave before it closed.
    pub fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("the head of an answer");
        let head = std::str::from_utf8(&bytes[..end]).expect("a head of text");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut answer = Self { status, headers, body: bytes[end + 4..].to_vec() };
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.body = joined(&answer.body);
        }
        answer
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body of text")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {} {:?}", self.status, self.text()))
    }

    /// Everything that was said, without what differs between any two answers.
    pub fn said(&self) -> (u16, Vec<String>, String) {
        let ids: Vec<&str> = ["x-request-id", "x-trace-id"].iter().filter_map(|name| self.header(name)).collect();
        let scrubbed = |text: &str| ids.iter().fold(text.to_owned(), |text, id| text.replace(id, "ID"));
        let headers = self.headers.iter().filter(|(name, _)| name != "date").map(|(name, value)| scrubbed(&format!("{name}: {value}")));
        (self.status, headers.collect(), scrubbed(self.text()))
    }

    /// The value at a JSON pointer, `null` where there is none.
    pub fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// The records of a list.
    pub fn items(&self) -> Vec<Value> {
        assert_eq!(self.status, 200, "{}", self.text());
        match self.json() {
            Value::Array(items) => items,
            Value::Object(mut members) => match members.remove("Resources") {
                Some(Value::Array(items)) => items,
                _ => panic!("no list: {}", self.text()),
            },
            _ => panic!("no list: {}", self.text()),
        }
    }

    /// One member of each record of a list.
    pub fn column(&self, member: &str) -> Vec<Value> {
        self.items().iter().map(|item| item.get(member).cloned().unwrap_or_else(|| panic!("no {member} in {item}"))).collect()
    }

    /// The whole names of a list of people, whichever API it came by.
    pub fn names(&self) -> Vec<String> {
        self.items().iter().map(whole_name).collect()
    }

    /// The ids of a list, whichever API it came by.
    pub fn ids(&self) -> Vec<Value> {
        self.items().iter().map(|item| item.get("id").or(item.get("Id")).cloned().expect("an id")).collect()
    }

    /// The names of an object's members, sorted; of its first record if it is a list.
    pub fn members(&self) -> Vec<String> {
        let json = self.json();
        let object = json.get(0).unwrap_or(&json).as_object().unwrap_or_else(|| panic!("no object: {}", self.text()));
        let mut names: Vec<String> = object.keys().cloned().collect();
        names.sort();
        names
    }
}

fn whole_name(person: &Value) -> String {
    // SCIM shows no fallback, so the whole name may be there without its parts and the parts without it.
    if person.get("schemas").is_some() {
        let parts = ["/name/givenName", "/name/familyName"].map(|place| person.pointer(place).and_then(Value::as_str).unwrap_or_default());
        return person["displayName"].as_str().map_or_else(|| parts.join(" ").trim().to_owned(), str::to_owned);
    }
    let pairs = [("firstName", "lastName"), ("first_name", "last_name"), ("name", "surname"), ("Name", "")];
    let (given, family) = pairs.into_iter().find(|(given, _)| person.get(given).is_some()).unwrap_or_else(|| panic!("no name in {person}"));
    let parts = [given, family].map(|member| person.get(member).and_then(Value::as_str).unwrap_or_default());
    parts.join(" ").trim().to_owned()
}

/// A chunked body in one piece.
fn joined(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = bytes.windows(2).position(|window| window == b"\r\n") {
        let size =
            std::str::from_utf8(&bytes[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok()).expect("the size of a chunk");
        if size == 0 {
            break;
        }
        body.extend_from_slice(&bytes[end + 2..end + 2 + size]);
        bytes = &bytes[end + 2 + size + 2..];
    }
    body
}
