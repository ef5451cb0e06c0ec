//! The paths that a source file names, whole from the root of its crate.

/// The module of a file: `core/src/query/eval/mod.rs` is `["crate", "query", "eval"]`.
pub fn module(file: &str) -> Vec<String> {
    let inside = file.split_once("src/").map_or(file, |(_, inside)| inside).trim_end_matches(".rs");
    let names = inside.split('/').filter(|name| !matches!(*name, "mod" | "lib" | "main"));
    std::iter::once("crate").chain(names).map(str::to_owned).collect()
}

/// Every path in the text, with `super` and `self` resolved in the file's module, and groups in braces spread out.
///
/// `super` inside a module that is written inside a file may resolve one step too high, which can only forbid more.
pub fn named(text: &str, module: &[String]) -> Vec<String> {
    let words = words(text);
    let mut paths = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let starts = is_name(&words[at]) && (at == 0 || words[at - 1] != "::");
        let is_use = words[at] == "use" && words.get(at + 1).is_some_and(|next| next == "{");
        if is_use {
            tree(&words, at + 1, &[], &mut paths);
        } else if starts {
            let after_use = at > 0 && matches!(words[at - 1].as_str(), "use" | "crate");
            let is_path = words.get(at + 1).is_some_and(|next| next == "::");
            if is_path || after_use {
                tree(&words, at, &[], &mut paths);
            }
        }
        at += 1;
    }
    paths.iter().map(|path| resolved(path, module)).collect()
}

/// Reads a path or a group that starts here; gives where it ends.
fn tree(words: &[String], mut at: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    loop {
        match words.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while words.get(at).is_some_and(|word| word != "}") {
                    at = if words[at] == "," { at + 1 } else { tree(words, at, &path, paths).max(at + 1) };
                }
                return at + 1;
            }
            Some(name) if is_name(name) => path.push(name.to_owned()),
            _ => {}
        }
        at += 1;
        if words.get(at).is_none_or(|word| word != "::") {
            break;
        }
        at += 1;
    }
    paths.push(path);
    // `as other` is no part of the path.
    if words.get(at).is_some_and(|word| word == "as") { at + 2 } else { at }
}

fn resolved(path: &[String], module: &[String]) -> String {
    let ups = path.iter().take_while(|name| *name == "super").count();
    let is_self = path.first().is_some_and(|name| name == "self");
    let base = if ups > 0 || is_self { &module[..module.len().saturating_sub(ups)] } else { &[] };
    let rest = &path[ups + usize::from(is_self)..];
    base.iter().chain(rest).cloned().collect::<Vec<_>>().join("::")
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphanumeric() || first == '_')
}

/// Names and signs, without comments and texts.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if first == '"' {
            quoted(rest)
        } else if rest.starts_with("::") {
            words.push("::".to_owned());
            2
        } else if is_name(rest) {
            let length = rest.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(rest.len());
            words.push(rest[..length].to_owned());
            length
        } else {
            if !first.is_whitespace() {
                words.push(first.to_string());
            }
            // `'"'` is a sign, not the start of a text.
            if rest.starts_with("'\"'") { 3 } else { first.len_utf8() }
        };
        rest = &rest[length..];
    }
    words
}

/// How long the text is that starts here, its quotation marks included.
fn quoted(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            '\\' if !is_escaped => is_escaped = true,
            '"' if !is_escaped => return at + 1,
            _ => is_escaped = false,
        }
    }
    text.len()
}
