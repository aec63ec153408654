//! The two databases must not drift apart: every statement prepares on both and answers the same columns, and both
//! folders of migrations describe the same tables.

use crate::db::{Inner, Pools};
use crate::sql::Sql;
use crate::{Db, Tx};
use sqlx::{Column, Executor, SqlStr, Statement};

/// Every statement of the crate, by module.
const STATEMENTS: &[(&str, &[(&str, Sql)])] = &[
    ("activity", crate::activity::STATEMENTS),
    ("amendments", crate::amendments::STATEMENTS),
    ("apps", crate::apps::STATEMENTS),
    ("audit", crate::audit::STATEMENTS),
    ("candidates", crate::candidates::STATEMENTS),
    ("chain", crate::chain::STATEMENTS),
    ("changes", crate::changes::STATEMENTS),
    ("checks", crate::checks::STATEMENTS),
    ("connections", crate::connections::STATEMENTS),
    ("contacts", crate::contacts::STATEMENTS),
    ("conversations", crate::conversations::STATEMENTS),
    ("deleted_workflows", crate::deleted_workflows::STATEMENTS),
    ("drafts", crate::drafts::STATEMENTS),
    ("edits", crate::edits::STATEMENTS),
    ("erasure", crate::erasure::STATEMENTS),
    ("evidence", crate::evidence::STATEMENTS),
    ("fields", crate::fields::STATEMENTS),
    ("hand_overs", crate::hand_overs::STATEMENTS),
    ("inbound", crate::inbound::STATEMENTS),
    ("inbox", crate::inbox::STATEMENTS),
    ("invitations", crate::invitations::STATEMENTS),
    ("ledger", crate::ledger::STATEMENTS),
    ("logins", crate::logins::STATEMENTS),
    ("marks", crate::marks::STATEMENTS),
    ("media", crate::media::STATEMENTS),
    ("messages", crate::messages::STATEMENTS),
    ("messages::receipts", crate::messages::RECEIPTS),
    ("notes", crate::notes::STATEMENTS),
    ("notifications", crate::notifications::STATEMENTS),
    ("outbox", crate::outbox::STATEMENTS),
    ("page_tasks", crate::page_tasks::STATEMENTS),
    ("pages", crate::pages::STATEMENTS),
    ("people", crate::people::STATEMENTS),
    ("runs", crate::runs::STATEMENTS),
    ("schedules", crate::schedules::STATEMENTS),
    ("preferences", crate::preferences::STATEMENTS),
    ("pictures", crate::pictures::STATEMENTS),
    ("search", crate::search::STATEMENTS),
    ("radar", crate::radar::STATEMENTS),
    ("sessions", crate::sessions::STATEMENTS),
    ("settings", crate::settings::STATEMENTS),
    ("signs", crate::signs::STATEMENTS),
    ("timers", crate::timers::STATEMENTS),
    ("tokens", crate::tokens::STATEMENTS),
    ("workflow_tests", crate::workflow_tests::STATEMENTS),
    ("workflows", crate::workflows::STATEMENTS),
    ("two_factor", crate::two_factor::STATEMENTS),
    ("uploads", crate::uploads::STATEMENTS),
];

/// The columns a statement answers with.
async fn columns(tx: &mut Tx, sql: Sql) -> Result<Vec<String>, sqlx::Error> {
    fn names<C: Column>(columns: &[C]) -> Vec<String> {
        columns.iter().map(|column| column.name().to_owned()).collect()
    }
    Ok(match &mut tx.inner {
        Inner::Sqlite(tx) => names((**tx).prepare(SqlStr::from_static(sql.sqlite)).await?.columns()),
        Inner::Postgres(tx) => names((**tx).prepare(SqlStr::from_static(sql.postgres)).await?.columns()),
    })
}

async fn both() -> (Db, Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Db::connect(&format!("sqlite:{}", folder.path().join("drift.db").display())).await.unwrap();
    let postgres = Db::connect(&testkit::postgres().await).await.unwrap();
    (sqlite, postgres, folder)
}

#[tokio::test]
async fn every_statement_answers_with_the_same_columns_on_both() {
    let (sqlite, postgres, _folder) = both().await;
    let (mut sqlite, mut postgres) = (sqlite.begin().await.unwrap(), postgres.begin().await.unwrap());
    for (module, statements) in STATEMENTS {
        for (name, sql) in *statements {
            let here =
                columns(&mut sqlite, *sql).await.unwrap_or_else(|error| panic!("{module}::{name}: {error}"));
            let there = columns(&mut postgres, *sql)
                .await
                .unwrap_or_else(|error| panic!("{module}::{name}: {error}"));
            let unnamed = |columns: Vec<String>| if columns.len() == 1 { Vec::new() } else { columns };
            assert_eq!(unnamed(here), unnamed(there), "{module}::{name}");
        }
    }
}

/// Table, column, whether it may be empty. The search has its own tables in each database, by the nature of the matter.
type Columns = Vec<(String, String, bool)>;

#[tokio::test]
async fn both_schemas_describe_the_same_tables() {
    let (sqlite, postgres, _folder) = both().await;
    let (Pools::Sqlite { read, .. }, Pools::Postgres(pool)) = (sqlite.pools, postgres.pools) else {
        panic!("one of each");
    };
    let mut here: Columns = sqlx::query_as(
        "select t.name, c.name, c.\"notnull\" = 0 from sqlite_master t join pragma_table_info(t.name) c
         where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like '_sqlx%'
            and t.name not like 'search%'",
    )
    .fetch_all(&read)
    .await
    .unwrap();
    let mut there: Columns = sqlx::query_as(
        "select table_name::text, column_name::text, is_nullable = 'YES' from information_schema.columns
         where table_schema = 'public' and table_name not like '_sqlx%'
            and table_name not like 'search%'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    here.sort();
    there.sort();
    assert_eq!(here, there);
}
