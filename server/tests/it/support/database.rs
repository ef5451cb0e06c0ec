//! A throw-away database, of the kind that the environment asks for.

use tempfile::TempDir;

/// A database of its own for one test, gone with this value.
#[derive(Debug)]
pub struct Database {
    pub url: String,
    _folder: TempDir,
}

impl Database {
    /// A new, empty one of the backend in `ROLLCALL_TEST_BACKEND`; the embedded one unless set.
    pub fn new() -> Self {
        match std::env::var("ROLLCALL_TEST_BACKEND").as_deref() {
            Ok("sqlite") | Err(_) => Self::sqlite(),
            Ok(other) => panic!("no test database of the backend {other:?}"),
        }
    }

    fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { url: format!("sqlite:{}", folder.path().join("test.db").display()), _folder: folder }
    }
}
