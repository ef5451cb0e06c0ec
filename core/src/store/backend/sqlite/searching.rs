//! The index of text: trigrams of the folded columns, in tables of SQLite's own.
//!
//! That of people says who has three letters, and not in which column or in what order, so it is small and soon filled; whom it
//! finds is asked once more. A row's place is `organization_id * 2^31 + number`, so that a search reads the part of one
//! organization alone. New people are put into it here, and changed and deleted ones by triggers.

use super::SqliteConnection;
use crate::store::error::StoreError;
use crate::store::sql::Value;
use std::collections::{BTreeSet, HashMap};

/// Parameters are those of [`texts_of`].
const INDEX: &str = "insert into people_search (rowid, name_folded, login_folded, email_folded, phone_folded, description_folded,
        additional_information_folded)
    values ($1 * 2147483648 + $2, $3, case when instr($5, $4) > 0 then null else $4 end, $5, $6, $7, $8)";
/// Where the texts stand among the values of the statement that inserts a person, after its organization and number.
const TEXTS_INSERTED: std::ops::Range<usize> = 7..13;
const INDEX_ALL: &str = "insert into people_search (people_search) values ('delete-all');
    insert into people_search (rowid, name_folded, login_folded, email_folded, phone_folded, description_folded,
        additional_information_folded)
    select organization_id * 2147483648 + number, name_folded,
        case when instr(email_folded, login_folded) > 0 then null else login_folded end,
        email_folded, phone_folded, description_folded, additional_information_folded
    from people order by organization_id, number";
const TEXTS: &str = "select name_folded, login_folded, email_folded, phone_folded, description_folded, additional_information_folded
    from people";
const TEXT_COLUMNS: usize = 6;

/// Trigrams of a needle that are looked up at most: each is one more list to walk, and a few leave hardly anybody.
const TRIGRAMS_MAX: usize = 12;

impl SqliteConnection {
    /// Puts people into the index, each as [`texts_of`] says.
    pub(super) fn index(&self, people: &[Vec<Value>]) -> rusqlite::Result<()> {
        if people.is_empty() {
            return Ok(());
        }
        self.run_each(&mut self.connection.prepare_cached(INDEX)?, people).map(drop)
    }

    /// Fills the index anew.
    pub(in crate::store::backend) fn make_all_searchable(&self) -> Result<(), StoreError> {
        self.batch(INDEX_ALL)
    }

    /// The index only marks what is taken out, until it is merged.
    pub(in crate::store::backend) fn forget_deleted_people(&self) -> Result<(), StoreError> {
        self.batch("insert into people_search (people_search) values ('optimize')")
    }

    /// Trigrams that the index says of more or of fewer people than have them.
    pub(super) fn wrong_trigrams(&self) -> rusqlite::Result<usize> {
        // The index notices what others wrote when it is asked for rows.
        self.connection.query_row(
            "select count(*) from people_search where people_search match '\"aaa\"' and rowid = 0",
            [],
            |_| Ok(()),
        )?;
        let mut people = self.people_by_trigram()?;
        // What is made here is the connection's own; for SQLite it is a write all the same.
        let is_reader = self.connection.pragma_query_value(None, "query_only", |row| row.get::<_, bool>(0))?;
        self.connection.pragma_update(None, "query_only", false)?;
        self.connection.execute_batch("create virtual table temp.people_trigrams using fts5vocab (main, people_search, row)")?;
        let mut indexed = || -> rusqlite::Result<usize> {
            let mut statement = self.connection.prepare("select term, doc from temp.people_trigrams")?;
            let mut rows = statement.query([])?;
            let mut wrong = 0;
            while let Some(row) = rows.next()? {
                let has = people.remove(&row.get::<_, String>(0)?).unwrap_or(0);
                wrong += usize::from(has != row.get::<_, i64>(1)?);
            }
            Ok(wrong)
        };
        let wrong = indexed();
        self.connection.execute_batch("drop table temp.people_trigrams")?;
        self.connection.pragma_update(None, "query_only", is_reader)?;
        Ok(wrong? + people.len())
    }

    /// How many people have each trigram in any column.
    fn people_by_trigram(&self) -> rusqlite::Result<HashMap<String, i64>> {
        let mut people = HashMap::new();
        let mut statement = self.connection.prepare(TEXTS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut own = BTreeSet::new();
            for column in 0..TEXT_COLUMNS {
                if let Some(text) = row.get_ref(column)?.as_str_or_null()? {
                    own.extend(trigrams(text));
                }
            }
            for trigram in own {
                *people.entry(trigram).or_default() += 1;
            }
        }
        Ok(people)
    }
}

/// What the index says of a person: organization, number and texts, of a row as it was inserted.
pub(super) fn texts_of(row: &[Value]) -> Vec<Value> {
    row.iter().take(2).chain(row.get(TEXTS_INSERTED).into_iter().flatten()).cloned().collect()
}

/// Every three letters of a text. SQLite reads U+FFFE and U+FFFF as U+FFFD.
fn trigrams(text: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> =
        text.chars().map(|letter| if matches!(letter, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { letter }).collect();
    (0..letters.len().saturating_sub(2)).map(move |start| letters[start..start + 3].iter().collect())
}

pub(in crate::store::backend) fn holds_text(table: &str, column: &str, needle: &str, parameter: usize) -> (String, Value) {
    let condition = format!(
        "number in (select rowid - $1 * 2147483648 from {table}_search where {table}_search match ${parameter} \
         and rowid between $1 * 2147483648 and $1 * 2147483648 + 2147483647)"
    );
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let question = if finds_text_surely(table) {
        format!("{column} : {}", quoted(needle))
    } else {
        let all: BTreeSet<String> = trigrams(needle).collect();
        all.iter().take(TRIGRAMS_MAX).map(|trigram| quoted(trigram)).collect::<Vec<_>>().join(" AND ")
    };
    (condition, Value::Text(question))
}

pub(in crate::store::backend) fn finds_text_surely(table: &str) -> bool {
    table != "people"
}
