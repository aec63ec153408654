//! What the workspace is set to, by key.

use crate::{Result, Tx};

statements! {
    GET = "select value from setting where key = $1";
    PUT = "
        insert into setting (key, value) values ($1, $2)
        on conflict (key) do update set value = excluded.value";
}

/// The value of a setting, when it was ever set.
pub async fn get(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = fetch_optional!(tx, GET, key);
    Ok(row.map(|(value,)| value))
}

/// Sets a setting.
pub async fn put(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    execute!(tx, PUT, key, value);
    Ok(())
}
