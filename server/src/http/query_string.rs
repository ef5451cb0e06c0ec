//! Query strings, read strictly: percent signs must mean something, and a known key must not be given twice.

/// The keys and values of one query string, decoded, in the order in which they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryString {
    /// Keys and values, one behind the other.
    text: String,
    pairs: Vec<Pair>,
}

/// Where a key and its value end in the text. The key begins where the pair before ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    key_end: usize,
    end: usize,
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
        let Some(raw) = raw.filter(|raw| !raw.is_empty()) else { return Ok(Self::default()) };
        let mut query = Self { text: String::with_capacity(raw.len()), pairs: Vec::new() };
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            query.push(pair)?;
        }
        Ok(query)
    }

    fn push(&mut self, pair: &str) -> Result<(), QueryFault> {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let start = self.text.len();
        push_decoded(&mut self.text, key).ok_or_else(|| QueryFault::Malformed { key: key.to_owned() })?;
        let key_end = self.text.len();
        if push_decoded(&mut self.text, value).is_none() {
            return Err(QueryFault::Malformed { key: self.text[start..key_end].to_owned() });
        }
        if self.text[start..].contains('\0') {
            return Err(QueryFault::ZeroByte { key: self.text[start..key_end].replace('\0', "") });
        }
        self.pairs.push(Pair { key_end, end: self.text.len() });
        Ok(())
    }

    /// The value of a key that may be given once.
    pub fn get(&self, key: &str) -> Result<Option<&str>, QueryFault> {
        self.get_any(&[key])
    }

    /// The value of a parameter that has several names, of which one may be given once: `$filter` and `filter`.
    pub fn get_any(&self, keys: &[&str]) -> Result<Option<&str>, QueryFault> {
        self.get_where(|key| keys.contains(&key))
    }

    /// The value of a parameter whose names are those that pass, of which one may be given once.
    pub fn get_where(&self, is_it: impl Fn(&str) -> bool) -> Result<Option<&str>, QueryFault> {
        let mut given = self.pairs().filter(|(key, _)| is_it(key));
        match (given.next(), given.next()) {
            (Some(_), Some((key, _))) => Err(QueryFault::Doubled { key: key.to_owned() }),
            (first, _) => Ok(first.map(|(_, value)| value)),
        }
    }

    /// The keys and values themselves.
    pub fn into_pairs(self) -> Vec<(String, String)> {
        self.pairs().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    /// Every key, in the order in which they were sent, doubled ones doubled.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.pairs().map(|(key, _)| key)
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let starts = std::iter::once(0).chain(self.pairs.iter().map(|pair| pair.end));
        starts.zip(&self.pairs).map(|(start, pair)| (&self.text[start..pair.key_end], &self.text[pair.key_end..pair.end]))
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

/// Appends the decoded text; `None`, with nothing appended, where a percent sign stands without its two digits or the bytes
/// are no UTF-8.
fn push_decoded(text: &mut String, raw: &str) -> Option<()> {
    let bytes = raw.as_bytes();
    if !bytes.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        text.push_str(raw);
        return Some(());
    }
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => (digit(rest.next())? << 4) | digit(rest.next())?,
            byte => *byte,
        });
    }
    text.push_str(std::str::from_utf8(&decoded).ok()?);
    Some(())
}

fn digit(byte: Option<&u8>) -> Option<u8> {
    char::from(*byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
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

    proptest::proptest! {
        #[test]
        fn any_query_string_is_read_like_a_form(raw in "([a-c$=&+é]|%2[0-9a-fA-F]|%C3%A9){0,24}") {
            let read = QueryString::parse(Some(&raw)).map(QueryString::into_pairs);

            // A form reads every text, and differs in nothing else.
            let form: Vec<(String, String)> = form_urlencoded::parse(raw.as_bytes()).into_owned().collect();
            proptest::prop_assert_eq!(read, Ok(form));
        }
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
