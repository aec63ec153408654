//! PostgreSQL's programs, from which the tests start a throw-away cluster of their own.

use super::apt;
use crate::shell::exists;
use anyhow::Result;

/// Makes sure the tests find a PostgreSQL: a server named by `BATON_TEST_POSTGRES_URL`, or the programs to start one.
pub fn ensure() -> Result<()> {
    if std::env::var_os("BATON_TEST_POSTGRES_URL").is_some() || has_programs() {
        return Ok(());
    }
    apt::install(&["postgresql"], "every storage test also runs on PostgreSQL")
}

fn has_programs() -> bool {
    let packaged = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    exists("initdb")
        || packaged.filter_map(Result::ok).any(|release| release.path().join("bin/initdb").is_file())
}
