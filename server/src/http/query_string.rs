//! Query strings, read strictly: percent signs must mean something, and a known key must not be given twice.

use percent_encoding::percent_decode_str;

/// The keys and values of one query string, decoded, in the order in which they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryString {
    pairs: Vec<(String, String)>,
}

/// Why a query string cannot be read. The words are for the client.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryFault {
    #[error("the query parameter {key:?} is not valid percent-encoded UTF-8")]
    Malformed { key: String },
    #[error("the query parameter {key:?} holds a zero byte")]
    ZeroByte { key: String },
    #[error("the query parameter {key:?} is given more than once")]
    Doubled { key: String },
}

impl QueryString {
    /// Reads `a=b&c=d`, where `+` is a blank. No query string is an empty one.
    pub fn parse(raw: Option<&str>) -> Result<Self, QueryFault> {
        let pairs = raw.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        pairs.map(pair).collect::<Result<_, _>>().map(|pairs| Self { pairs })
    }

    /// The value of a key that may be given once.
    pub fn get(&self, key: &str) -> Result<Option<&str>, QueryFault> {
        self.get_any(&[key])
    }

    /// The value of a parameter that has several names, of which one may be given once: `$filter` and `filter`.
    pub fn get_any(&self, keys: &[&str]) -> Result<Option<&str>, QueryFault> {
        let mut given = self.pairs.iter().filter(|(key, _)| keys.contains(&key.as_str()));
        match (given.next(), given.next()) {
            (Some(_), Some((key, _))) => Err(QueryFault::Doubled { key: key.clone() }),
            (first, _) => Ok(first.map(|(_, value)| value.as_str())),
        }
    }

    /// The keys and values themselves.
    pub fn into_pairs(self) -> Vec<(String, String)> {
        self.pairs
    }

    /// Every key, in the order in which they were sent, doubled ones doubled.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(key, _)| key.as_str())
    }
}

impl QueryFault {
    /// The parameter at fault.
    pub fn key(&self) -> &str {
        match self {
            Self::Malformed { key } | Self::ZeroByte { key } | Self::Doubled { key } => key,
        }
    }
}

fn pair(pair: &str) -> Result<(String, String), QueryFault> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let key = decoded(key).ok_or_else(|| QueryFault::Malformed { key: key.to_owned() })?;
    let Some(value) = decoded(value) else { return Err(QueryFault::Malformed { key }) };
    if key.contains('\0') || value.contains('\0') {
        return Err(QueryFault::ZeroByte { key: key.replace('\0', "") });
    }
    Ok((key, value))
}

/// The text, unless a percent sign stands without its two digits or the bytes are no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = text.as_bytes();
    let mut signs = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%').map(|(at, _)| at);
    if !signs.all(|at| is_digit(bytes.get(at + 1)) && is_digit(bytes.get(at + 2))) {
        return None;
    }
    percent_decode_str(&text.replace('+', " ")).decode_utf8().ok().map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(raw: &str) -> Result<QueryString, QueryFault> {
        QueryString::parse(Some(raw))
    }

    #[test]
    fn keys_and_values_are_decoded_and_plus_is_a_blank() {
        let query = parsed("%24filter=Name+eq+%27%C3%A9%2B%27&&flag&x=é").unwrap();

        let values = ["$filter", "flag", "x", "y"].map(|key| query.get(key).unwrap());
        assert_eq!(values, [Some("Name eq 'é+'"), Some(""), Some("é"), None]);
    }

    #[test]
    fn no_query_string_is_an_empty_one() {
        assert_eq!(QueryString::parse(None).unwrap().keys().count(), 0);
    }

    #[test]
    fn a_known_key_given_twice_is_a_fault_that_names_it() {
        let query = parsed("page=1&page=2&$filter=a&filter=b").unwrap();

        assert_eq!(query.get("page").unwrap_err().key(), "page");
        assert_eq!(query.get_any(&["$filter", "filter"]).unwrap_err().key(), "filter");
    }

    #[test]
    fn an_unknown_key_given_twice_harms_nobody() {
        assert_eq!(parsed("x=1&x=2&page=1").unwrap().get("page"), Ok(Some("1")));
    }

    #[test]
    fn what_does_not_decode_is_a_fault_that_names_its_key() {
        let keys = ["a=%ff", "a=%", "a=%zz", "a=%00", "a%00=1"].map(|raw| parsed(raw).unwrap_err().key().to_owned());

        assert_eq!(keys, ["a"; 5]);
    }
}
