//! `roles`: a person has one role in its organization, known by its code.

use super::super::{Compared, Fault, Method};
use rollcall_core::domain::{Change, Role, RoleNumber};
use serde_json::Value;

/// Characters of a code that an error repeats: as many as a code may have.
const CODE_SHOWN_MAX: usize = 50;

/// What becomes of the role. To add one to the one that stands is to change it for that.
pub fn change(core: Compared<'_>, method: Method, roles: &[Role]) -> Result<Change<RoleNumber>, Fault> {
    let shown = core.shown("roles").map_or_else(Vec::new, codes);
    let is_shown = |code: &String| shown.iter().any(|shown| shown.eq_ignore_ascii_case(code));
    let mut written = core.written("roles").map_or_else(Vec::new, codes);
    if method == Method::Modify && written.len() > 1 {
        written.retain(|code| !is_shown(code));
    }
    match written.as_slice() {
        [] if shown.is_empty() => Ok(Change::Keep),
        [] => Ok(Change::Clear),
        [code] if is_shown(code) => Ok(Change::Keep),
        [code] => {
            let role = roles.iter().find(|role| role.code.as_str().eq_ignore_ascii_case(code));
            let shown: String = code.chars().take(CODE_SHOWN_MAX).collect();
            role.map(|role| Change::Set(role.number)).ok_or_else(|| Fault::new("roles.value", format!("names no role: {shown}")))
        }
        _ => Err(Fault::new("roles", "must be one role at most")),
    }
}

/// The codes of a list of roles, each once.
fn codes(roles: &Value) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in roles.as_array().into_iter().flatten().filter_map(code) {
        if !codes.iter().any(|known| known.eq_ignore_ascii_case(&code)) {
            codes.push(code);
        }
    }
    codes
}

/// The code of one role. One without a code is none. Entra's complex assignments send the object once more as the text of
/// its value.
fn code(role: &Value) -> Option<String> {
    let text = role.get("value").unwrap_or(role).as_str()?.trim();
    let inner = text.starts_with('{').then(|| serde_json::from_str::<Value>(text).ok()).flatten();
    let code = inner.as_ref().map_or(Some(text), |inner| inner.get("value")?.as_str())?;
    (!code.is_empty()).then(|| code.to_owned())
}
