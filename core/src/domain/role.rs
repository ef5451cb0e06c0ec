//! Roles: a named set of scopes inside one organization.

use super::{Code, Instant, InvalidText, LongLabel, RoleNumber, Scopes};

/// A role. ProofHub shows its number, Wethod its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub number: RoleNumber,
    pub code: Code,
    pub name: LongLabel,
    /// The role of a new person who is given none; one in each organization.
    pub is_default: bool,
    pub scopes: Scopes,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Role {
    /// The code of the role that may do everything, for ever.
    pub const OWNER: &str = "ROLE_OWNER";

    /// Whether this is the role that may do everything, for ever.
    pub fn is_owner(&self) -> bool {
        self.code.as_str() == Self::OWNER
    }

    /// A code as Wethod shows one: `ROLE_`, then A to Z, 0 to 9 and `_`.
    pub fn parse_code(text: &str) -> Result<Code, InvalidText> {
        let has_form = text.strip_prefix("ROLE_").is_some_and(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        });
        if has_form { Code::parse(text) } else { Err(InvalidText::new("code", "must look like ROLE_PROJECT_LEAD")) }
    }

    /// The code of a new role by its name: `Project lead` becomes `ROLE_PROJECT_LEAD`, or `ROLE_PROJECT_LEAD_2` where one
    /// of these roles has that.
    pub fn free_code(name: &str, taken: &[Self]) -> Result<Code, InvalidText> {
        let name = name.strip_prefix("ROLE_").unwrap_or(name);
        let word: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).take(40).collect();
        let codes = (1..).map(|try_number| if try_number == 1 { format!("ROLE_{word}") } else { format!("ROLE_{word}_{try_number}") });
        let free = codes.into_iter().find(|code| taken.iter().all(|role| role.code.as_str() != code)).unwrap_or_default();
        Code::parse(&free)
    }
}
