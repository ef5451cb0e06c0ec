//! The rules: in which part of the tree which paths may not be named.

use super::paths;
use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// In one part of the source tree, these paths may not be named.
#[derive(Debug)]
pub struct Rule {
    /// A folder or a file, from the workspace's root.
    pub within: Cow<'static, str>,
    forbidden: Vec<Cow<'static, str>>,
    /// Parts of `within` that have rules of their own.
    except: &'static [&'static str],
}

/// What only `core/src/store/backend` may name.
const DRIVERS: [&str; 5] = ["rusqlite", "tokio_postgres", "deadpool_postgres", "postgres", "sqlx"];

pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let outside = ["tokio", "std::fs", "std::net", "std::env", "std::process"];
    vec![
        Rule::new("core/src/domain", &["crate::query", "crate::directory", "crate::store"], &[]).and(&DRIVERS).and(&outside),
        Rule::new("core/src/query", &["crate::directory", "crate::store"], &[]).and(&DRIVERS).and(&outside),
        // The contract is compiled for tests alone, and fills its stores through the directory.
        Rule::new("core/src/store", &["crate::directory"], &["core/src/store/contract"]),
        Rule::new("core/src/store", &DRIVERS, &["core/src/store/backend"]),
        Rule::new("core/src/directory", &["crate::store::backend"], &[]).and(&DRIVERS),
        Rule::new("server/src", &DRIVERS, &[]),
        Rule::new("server/src/http", &["crate::dialect", "crate::cli", "crate::config", "crate::console"], &[]),
        Rule::new("server/src/config", &["crate::dialect", "crate::cli", "crate::console"], &[]),
        Rule::new("server/src/dialect", &["crate::cli", "crate::config", "crate::console"], &[]),
    ]
});

/// One rule for each room in this folder: it may not name the others.
pub fn rooms(folder: &Path) -> Vec<Rule> {
    let entries = fs::read_dir(folder).expect("the rooms").map(|entry| entry.expect("a room").path());
    let rooms: Vec<String> = entries.filter(|path| path.is_dir()).filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    let rule = |room: &String| {
        let others = rooms.iter().filter(|other| *other != room).map(|other| Cow::from(format!("crate::dialect::{other}")));
        let forbidden = others.chain([Cow::from("crate::dialect::ROOMS")]).collect();
        Rule { within: format!("server/src/dialect/{room}").into(), forbidden, except: &[] }
    };
    rooms.iter().map(rule).collect()
}

impl Rule {
    pub fn new(within: &'static str, forbidden: &[&'static str], except: &'static [&'static str]) -> Self {
        Self { within: within.into(), forbidden: Vec::new(), except }.and(forbidden)
    }

    #[must_use]
    fn and(mut self, forbidden: &[&'static str]) -> Self {
        self.forbidden.extend(forbidden.iter().map(|path| Cow::from(*path)));
        self
    }

    /// Every breach of this rule in the text of a file, as `file: path`.
    pub fn offences_in(&self, file: &str, text: &str) -> Vec<String> {
        if self.except.iter().any(|except| file.starts_with(except)) {
            return Vec::new();
        }
        let named = paths::named(text, &paths::module(file));
        named.into_iter().filter(|path| self.forbids(path)).map(|path| format!("{file}: {path}")).collect()
    }

    fn forbids(&self, path: &str) -> bool {
        let is_below = |forbidden: &str| path.strip_prefix(forbidden).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        self.forbidden.iter().any(|forbidden| is_below(forbidden))
    }
}
