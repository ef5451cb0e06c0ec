//! What no client means.

/// Bytes of a text that still fits into a body.
const LONG: usize = 1_000_000;

/// JSON values, as text, some of which are none.
pub fn values() -> Vec<String> {
    let plain = [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1",
        "1",
        "1.0",
        "1.5",
        "2147483648",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "1e308",
        "1e999",
        "NaN",
        "\"\"",
        "\" \"",
        "\"1\"",
        "\"+1\"",
        "\"١\"",
        "\"99999999999999999999\"",
        "\"x\"",
        "\"a@b.example\"",
        "\"a@b@c\"",
        "\"null\"",
        "\"Jane\"",
        "\"\\u0000\"",
        "\"a\\u0000b\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\u202e\\u200b\\ufeff\"",
        "\"\\u0007\\u001b[31m\"",
        "\"a\\r\\nX-Evil: 1\"",
        "\"e\\u0301\\u0301\\u0301\"",
        "\"'; drop table people; --\"",
        "\"6fe49ce4-56d4-475f-9483-000000000001\"",
        "\"6fe49ce4-56d4-475f-9483-00000000000g\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "[]",
        "[null]",
        "[[]]",
        "[1]",
        "[1,1]",
        "[\"1\"]",
        "[1,null]",
        "[-1]",
        "[1.5]",
        "[9000000001]",
        "[99999999999999999999]",
        "{}",
        "{\"id\":null}",
        "{\"id\":1}",
        "{\"id\":{\"id\":1}}",
        "{\"Id\":null,\"Name\":null}",
        "{\"Id\":\"x\"}",
        "{\"text\":null}",
        "{\"text\":{}}",
        "{\"text\":[1]}",
        "{\"\":1}",
        "{\"__proto__\":{}}",
        "[{\"VariableName\":\"text\"}]",
        "",
    ];
    plain.into_iter().map(str::to_owned).collect()
}

/// The same, of a size that is felt.
pub fn heavy_values() -> [String; 9] {
    [
        format!("\"{}\"", "x".repeat(100_000)),
        format!("\"{}\"", "é".repeat(401)),
        format!("\"{}@example.org\"", "x".repeat(300)),
        "[".repeat(60) + &"]".repeat(60),
        "[".repeat(70) + &"]".repeat(70),
        "{\"a\":".repeat(30) + "1" + &"}".repeat(30),
        format!("[{}1]", "1,".repeat(10_000)),
        format!("[{}{{}}]", "{},".repeat(2_000)),
        "9".repeat(10_000),
    ]
}

/// Whole bodies.
pub fn bodies() -> Vec<Vec<u8>> {
    let texts = [
        "",
        " ",
        "null",
        "true",
        "1",
        "\"x\"",
        "[]",
        "[[]]",
        "[{}]",
        "[null]",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{'a':1}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":1}",
        "{\"unknown\":1}",
        "{\"\":null}",
        "{\"\\u0000\":null}",
        "{\"$serde_json::private::RawValue\":\"1\"}",
        "\u{feff}{}",
        "// a comment\n{}",
        "name=x&email=y",
        "<person/>",
        "--x\r\n\r\n--x--",
        "\0",
    ];
    let made = [
        b"{\"a\":\"\xff\"}".to_vec(),
        b"\xff\xfe{\0}\0".to_vec(),
        "[".repeat(100_000).into_bytes(),
        "{\"a\":".repeat(100_000).into_bytes(),
        format!("{{{}\"z\":1}}", (0..10_000).map(|number| format!("\"m{number}\":1,")).collect::<String>()).into_bytes(),
        format!("{{\"{}\":1}}", "n".repeat(LONG)).into_bytes(),
        " ".repeat(LONG).into_bytes(),
    ];
    texts.into_iter().map(|text| text.as_bytes().to_vec()).chain(made).collect()
}

pub const KINDS: [&str; 12] = [
    "",
    "application/json; charset=utf-16",
    "application/json, text/plain",
    "text/plain",
    "text/html",
    "text/xml",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/json-patch+json",
    "*/*",
    "\"",
];

/// The kinds of body that a token endpoint reads.
pub const KINDS_OF_FORMS: [&str; 3] = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"];

/// Ids that are nobody's, in no spelling.
pub const IDS: [&str; 21] = [
    "0",
    "-1",
    "+1",
    "1.0",
    "1e0",
    "2147483648",
    "9223372036854775808",
    "99999999999999999999999",
    "null",
    "undefined",
    "%20",
    "1%2F2",
    "1%20",
    "..%2F1",
    "1;2",
    "é",
    "١",
    "'%20or%201=1",
    "{00000000-0000-0000-0000-000000000000}",
    "00000000-0000-0000-0000-00000000000",
    "%F0%9F%A6%80",
];

pub fn headers() -> Vec<(&'static str, String)> {
    let mut headers = vec![("Idempotency-Key", "k".repeat(10_000)), ("If-Match", format!("\"{}\"", "e".repeat(10_000)))];
    for value in ["", "\"", "\"\"", "a b", "\"a\\\"", "é", "1,2"] {
        headers.push(("Idempotency-Key", value.to_owned()));
    }
    for value in ["", "*", "\"", "\"\"", "W/\"1-1\"", "x", "\"1-1\", *", "\"-1--1\"", "\"ffffffffffffffffffff-1\"", ",,,"] {
        headers.push(("If-Match", value.to_owned()));
        headers.push(("If-None-Match", value.to_owned()));
    }
    for value in ["", "GET", "put", "BREW", "é", "PUT, DELETE"] {
        headers.push(("X-HTTP-Method-Override", value.to_owned()));
    }
    for value in ["gzip", "br", "identity, gzip", "x"] {
        headers.push(("Content-Encoding", value.to_owned()));
    }
    headers.extend([("Accept", "image/png".to_owned()), ("Accept", String::new()), ("Accept-Language", "x".repeat(5000))]);
    headers
}

/// A source of numbers that gives the same ones every time.
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        // xorshift64*, by Marsaglia and Vigna.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).expect("31 bits") % end.max(1)
    }

    /// Some JSON, so many levels deep at most.
    pub fn json(&mut self, depth: usize) -> String {
        match self.below(if depth == 0 { 5 } else { 7 }) {
            0 => "null".to_owned(),
            1 => ["true", "false"][self.below(2)].to_owned(),
            2 => self.below(usize::MAX).to_string(),
            3 => format!("-{}.{}e{}", self.below(1000), self.below(1000), self.below(40)),
            4 => self.text(),
            5 => {
                let items: Vec<String> = (0..self.below(5)).map(|_| self.json(depth - 1)).collect();
                format!("[{}]", items.join(","))
            }
            _ => {
                let members: Vec<String> = (0..self.below(5)).map(|_| format!("{}:{}", self.text(), self.json(depth - 1))).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    fn text(&mut self) -> String {
        let signs =
            ["a", "Z", "0", " ", "\\n", "\\u0000", "é", "🦀", "\\ud83e\\udd80", "\\ud800", "\\u200f", "@", ".", "-", "\\\"", "İ", "ß"];
        let text: String = (0..self.below(12)).map(|_| signs[self.below(signs.len())]).collect();
        format!("\"{text}\"")
    }
}
