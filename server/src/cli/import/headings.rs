//! The headings of a CSV file, as spreadsheets write them: what stands between them, and which columns they mean.
//!
//! In JSON lines, which programs write, columns have their exact names.

use rollcall_core::directory::ImportFile;

/// What may stand between cells. No name of a column holds one.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Other words for columns of people, in their plain form.
const SYNONYMS: [(&str, &str); 8] = [
    ("e_mail", "email"),
    ("first_name", "given_name"),
    ("last_name", "family_name"),
    ("surname", "family_name"),
    ("full_name", "display_name"),
    ("name", "display_name"),
    ("username", "login"),
    ("timezone", "time_zone"),
];

/// The first character of the headings that can stand between cells, outside quotes; a comma where there is none.
pub(super) fn separator_of(headings: &[u8]) -> u8 {
    let mut is_quoted = false;
    let found = headings.iter().find(|byte| {
        is_quoted ^= **byte == b'"';
        !is_quoted && SEPARATORS.contains(byte)
    });
    found.copied().unwrap_or(b',')
}

/// The column that a heading means: in any case, with blanks or hyphens for `_`, or by another word for it. What means
/// none stays as it is written.
pub(super) fn column_of(heading: &str, file: ImportFile) -> String {
    let heading = heading.trim();
    if let Some((prefix, name)) = heading.split_once('.')
        && prefix.eq_ignore_ascii_case("custom")
    {
        return format!("custom.{}", name.trim());
    }
    let plain: String = heading.chars().map(|c| if matches!(c, ' ' | '-') { '_' } else { c.to_ascii_lowercase() }).collect();
    let synonym = SYNONYMS.into_iter().find(|(word, _)| file == ImportFile::People && *word == plain);
    let column = synonym.map_or(plain, |(_, column)| column.to_owned());
    if file.columns().contains(&column.as_str()) { column } else { heading.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_means_its_column_however_a_spreadsheet_writes_it() {
        let means = |heading| column_of(heading, ImportFile::People);

        assert_eq!(
            ["E-mail", " External ID ", "First name", "surname", "Created-At"].map(means),
            ["email", "external_id", "given_name", "family_name", "created_at"]
        );
        assert_eq!(["Custom.Shoe-Size", "Shoe Size", "updated_at"].map(means), ["custom.Shoe-Size", "Shoe Size", "updated_at"]);
        assert_eq!(["Group Name", "name"].map(|heading| column_of(heading, ImportFile::Groups)), ["group_name", "name"]);
    }

    #[test]
    fn the_first_separator_outside_quotes_is_that_of_the_file() {
        let found = [&b"a;b,c"[..], b"a\tb", b"\"a;b\",c", b"login", b""].map(separator_of);

        assert_eq!(found, [b';', b'\t', b',', b',', b',']);
    }
}
