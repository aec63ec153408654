//! An upgrade loses nothing: from every version that was ever released, on both databases, also when it is killed.

mod seeds;

use crate::{Db, Tx};
use crate::{contacts, conversations, drafts, inbound, messages, notes, outbox, pages, people, runs};
use domain::{ContactId, ConversationId, DAY, MessageId, PersonId, Timestamp};
use seeds::{NEWEST, T0};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

/// A database no version has seen.
async fn untouched(is_sqlite: bool) -> (String, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = match is_sqlite {
        true => format!("sqlite:{}", folder.path().join("baton.sqlite").display()),
        false => testkit::postgres().await,
    };
    (url, folder)
}

/// A connection past the store: what an old version had.
enum Old {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Old {
    async fn open(url: &str) -> Self {
        match url.starts_with("sqlite:") {
            true => {
                let options = url.parse::<sqlx::sqlite::SqliteConnectOptions>().unwrap();
                let options = options.create_if_missing(true).foreign_keys(true);
                Self::Sqlite(sqlx::ConnectOptions::connect(&options).await.unwrap())
            }
            false => Self::Postgres(PgConnection::connect(url).await.unwrap()),
        }
    }

    /// Brings the tables to where a version had them.
    async fn migrate(&mut self, version: i64) {
        let until = |all: Migrator| {
            let some = all.migrations.iter().filter(|one| one.version <= version).cloned().collect();
            Migrator { migrations: Cow::Owned(some), ..all }
        };
        match self {
            Self::Sqlite(old) => until(sqlx::migrate!("../migrations/sqlite")).run(old).await.unwrap(),
            Self::Postgres(old) => until(sqlx::migrate!("../migrations/postgres")).run(old).await.unwrap(),
        }
    }

    async fn run(&mut self, sql: &str) {
        let sql = self.spelled(sql);
        let done = match self {
            Self::Sqlite(old) => old.execute(AssertSqlSafe(sql.clone())).await.map(drop),
            Self::Postgres(old) => old.execute(AssertSqlSafe(sql.clone())).await.map(drop),
        };
        done.unwrap_or_else(|error| panic!("{error} in {sql}"));
    }

    /// Ids and bytes as the database spells them.
    fn spelled(&self, sql: &str) -> String {
        let mut text = String::new();
        for (n, part) in sql.split('~').enumerate() {
            if n % 2 == 1 {
                let hex: String = part.bytes().map(|byte| format!("{byte:02x}")).collect();
                text.push_str(&match self {
                    Self::Sqlite(_) => format!("x'{hex}'"),
                    Self::Postgres(_) => format!("'\\x{hex}'::bytea"),
                });
                continue;
            }
            let mut pieces = part.split('#');
            text.push_str(pieces.next().unwrap_or_default());
            for piece in pieces {
                let digits =
                    piece.len() - piece.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
                let id = Uuid::parse_str(&format!("{:0>32}", &piece[..digits])).unwrap();
                text.push_str(&match self {
                    Self::Sqlite(_) => format!("x'{}'", id.simple()),
                    Self::Postgres(_) => format!("'{id}'::uuid"),
                });
                text.push_str(&piece[digits..]);
            }
        }
        text
    }

    async fn texts(&mut self, sql: String) -> Vec<String> {
        match self {
            Self::Sqlite(old) => {
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(old).await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
            Self::Postgres(old) => {
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(old).await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
        }
    }

    /// The columns of each table of ours.
    async fn tables(&mut self) -> BTreeMap<String, Vec<String>> {
        let sql = match self {
            Self::Sqlite(_) => {
                "select t.name || ' ' || c.name from pragma_table_list() t, pragma_table_info(t.name) c
                 where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite_%' and t.name not like 'search_%'"
            }
            Self::Postgres(_) => {
                "select table_name || ' ' || column_name from information_schema.columns
                 where table_schema = 'public' and table_name not like 'search_%'"
            }
        };
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in self.texts(sql.into()).await {
            let (table, column) = line.split_once(' ').unwrap();
            if table != "_sqlx_migrations" {
                tables.entry(table.into()).or_default().push(column.into());
            }
        }
        tables
    }

    /// Every row of a table, as text.
    async fn rows(&mut self, table: &str, columns: &[String]) -> Vec<String> {
        let text = |column: &String| match self {
            Self::Sqlite(_) => format!("quote({column})"),
            Self::Postgres(_) => format!("coalesce({column}::text, 'null')"),
        };
        let columns: Vec<String> = columns.iter().map(text).collect();
        self.texts(format!("select {} from {table} order by 1", columns.join(" || ' ' || "))).await
    }

    /// What a life up to a version has left behind.
    async fn live_until(&mut self, version: i64) {
        for version in 1..=version {
            self.migrate(version).await;
            for sql in seeds::of(version) {
                self.run(&sql).await;
            }
        }
    }
}

fn id(text: &str) -> Uuid {
    Uuid::parse_str(&format!("{text:0>32}")).unwrap()
}

async fn nothing_is_lost(is_sqlite: bool) {
    for version in 1..=NEWEST {
        let (url, _folder) = untouched(is_sqlite).await;
        let mut old = Old::open(&url).await;
        old.live_until(version).await;
        let mut before = Vec::new();
        let tables = old.tables().await;
        Db::connect(&url).await.unwrap().close().await;
        // Read afterwards what was there before: columns that are gone were moved elsewhere.
        let now = old.tables().await;
        let (again, _folder) = untouched(is_sqlite).await;
        let mut same = Old::open(&again).await;
        same.live_until(version).await;
        for (table, columns) in &tables {
            let kept: Vec<String> = columns.iter().filter(|one| now[table].contains(one)).cloned().collect();
            let (was, is) = (same.rows(table, &kept).await, old.rows(table, &kept).await);
            before.push((table.clone(), was.len()));
            let lost: Vec<_> = was.iter().filter(|row| !is.contains(row)).collect();
            assert!(lost.is_empty(), "from {version}, {table}: {lost:?} became {is:?}");
        }
        assert!(before.iter().filter(|(_, rows)| *rows > 0).count() >= 20, "{before:?}");
        let db = Db::connect(&url).await.unwrap();
        everything_is_read(&mut db.snapshot().await.unwrap(), version).await;
        what_was_to_be_done_is_done(&mut db.begin().await.unwrap(), version).await;
        db.close().await;
    }
}

async fn everything_is_read(tx: &mut Tx, version: i64) {
    let team = people::all(tx).await.unwrap();
    let names: Vec<_> = team.iter().map(|person| (person.name.as_str(), person.teams.len())).collect();
    assert_eq!(names, [("Ann", 0), ("Mia", 1)]);
    let shops = pages::all(tx).await.unwrap();
    assert_eq!(
        shops.iter().map(|page| page.page.name.as_str()).collect::<Vec<_>>(),
        ["Shoe Shop", "Sock Shop"]
    );
    let (maya, thread) = (ContactId(id("10")), ConversationId(id("20")));
    let contact = contacts::find(tx, maya).await.unwrap().unwrap();
    assert_eq!(contact.name.as_deref(), Some("Maya Lindqvist"));
    let record = conversations::find(tx, thread).await.unwrap().unwrap();
    assert!(record.standing.unread && record.standing.snoozed_until.is_none());
    assert_eq!(record.assignee, Some(PersonId(id("2"))));
    let view = conversations::view(tx, thread, Timestamp(T0)).await.unwrap().unwrap();
    assert_eq!(view.last_message.unwrap().preview, "Where are my red shoes?");
    let said = messages::page(tx, thread, None, 10).await.unwrap();
    let said: Vec<_> = said.iter().filter_map(|message| message.text.as_deref()).collect();
    assert_eq!(said, ["They come tomorrow.", "On their way.", "Where are my red shoes?"]);
    assert_eq!(crate::changes::bounds(tx).await.unwrap(), (1, 2));
    let found = found(tx).await;
    assert_eq!(found, [thread.0], "what was said long ago is found");
    if version >= 8 {
        assert_eq!(notes::of(tx, thread, 5).await.unwrap().len(), 1);
        assert!(drafts::of(tx, thread, PersonId(id("2"))).await.unwrap().is_some());
    }
    if version >= 10 {
        assert_eq!(
            contacts::known(tx, maya).await.unwrap().unwrap().tags.into_iter().collect::<Vec<_>>(),
            ["VIP"]
        );
        assert_eq!(runs::of(tx, thread, 5).await.unwrap().len(), 1);
    }
}

/// Conversations in which somebody spoke of red shoes.
async fn found(tx: &mut Tx) -> Vec<Uuid> {
    let hits = match &mut tx.inner {
        crate::db::Inner::Sqlite(tx) => {
            sqlx::query_as(
                "select e.conversation_id from search_words w join search_entry e on e.n = w.rowid
                 where search_words match 'red'",
            )
            .fetch_all(&mut **tx)
            .await
        }
        crate::db::Inner::Postgres(tx) => {
            sqlx::query_as("select conversation_id from message where text_folded like '%red%'")
                .fetch_all(&mut **tx)
                .await
        }
    };
    let hits: Vec<(Uuid,)> = hits.unwrap();
    hits.into_iter().map(|(id,)| id).collect()
}

/// Work that waited in the old version is done by the new one.
async fn what_was_to_be_done_is_done(tx: &mut Tx, version: i64) {
    let (now, later) = (Timestamp(T0 + 2 * DAY), Timestamp(T0 + 3 * DAY));
    assert_eq!(inbound::waiting(tx).await.unwrap(), 1);
    assert_eq!(inbound::next(tx, 5).await.unwrap()[0].body, b"{\"object\":\"page\"}");
    let due = crate::timers::due(tx, now, 5).await.unwrap();
    assert_eq!(due.iter().map(|timer| timer.kind.as_str()).collect::<Vec<_>>(), ["reset"]);
    if version >= 5 {
        assert_eq!(outbox::let_all_go(tx, &"page-1".into(), now).await.unwrap(), 1);
    }
    let claimed = outbox::claim(tx, now, later, 5, 5).await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].id, id("33"));
    assert_eq!(claimed[0].started_at, Some(Timestamp(T0)), "nobody sends again what may have left");
    assert!(messages::find(tx, MessageId(id("33"))).await.unwrap().is_some());
}

/// The process this test kills: it upgrades what it is told to.
#[tokio::test]
#[ignore = "another test starts and kills it"]
#[expect(clippy::disallowed_methods, reason = "a process is told by its environment")]
async fn whoever_is_killed() {
    let url = std::env::var("BATON_TEST_UPGRADE").unwrap();
    Db::connect(&url).await.unwrap().close().await;
}

/// Upgrades in a process of its own that is killed after a while; `true`: it was quicker.
#[expect(clippy::disallowed_methods, reason = "the blow falls at a moment of the machine's time")]
fn upgrade_killed_after(url: &str, time: Duration) -> bool {
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "upgrade::whoever_is_killed", "--ignored"])
        .env("BATON_TEST_UPGRADE", url)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let end = std::time::Instant::now() + time;
    loop {
        if let Some(status) = victim.try_wait().unwrap() {
            assert!(status.success(), "an upgrade after a kill failed");
            return true;
        }
        if std::time::Instant::now() >= end {
            victim.kill().unwrap();
            victim.wait().unwrap();
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Killed again and again, a little later each time, an upgrade is finished by the next start.
async fn a_killed_upgrade_is_finished_by_the_next_start(is_sqlite: bool) {
    let (url, _folder) = untouched(is_sqlite).await;
    let mut old = Old::open(&url).await;
    old.live_until(1).await;
    many_messages(&mut old).await;
    drop(old);
    let (mut kills, mut time) = (0, Duration::from_millis(10));
    while !upgrade_killed_after(&url, time) {
        kills += 1;
        // However slow the machine is, sooner or later it is given the time it takes.
        time = time.mul_f64(1.15);
        assert!(time < Duration::from_secs(60), "it never ends");
    }
    assert!(kills > 0, "it was never killed");
    let db = Db::connect(&url).await.unwrap();
    everything_is_read(&mut db.snapshot().await.unwrap(), 1).await;
    what_was_to_be_done_is_done(&mut db.begin().await.unwrap(), 1).await;
    db.close().await;
    let mut now = Old::open(&url).await;
    let count = now.texts("select cast(count(*) as text) from message".into()).await;
    assert_eq!(count, [(4 + MANY).to_string()]);
    let done = now.texts("select cast(count(*) as text) from _sqlx_migrations where success".into()).await;
    let all = sqlx::migrate!("../migrations/sqlite").migrations.len();
    assert_eq!(done, [all.to_string()]);
    // What a migration computes from rows is there once.
    let asked = now.texts("select cast(sum(n) as text) from ledger where kind = 'asked'".into()).await;
    assert_eq!(asked, [(2 + MANY).to_string()]);
}

/// Enough for a migration to take a while.
const MANY: i64 = 8_000;

async fn many_messages(old: &mut Old) {
    let numbers = match old {
        Old::Sqlite(_) => {
            "with recursive one(n) as (select 1 union all select n + 1 from one where n < 8000)"
        }
        Old::Postgres(_) => "with one as (select generate_series(1, 8000) as n)",
    };
    let id = match old {
        Old::Sqlite(_) => "randomblob(16)",
        Old::Postgres(_) => "gen_random_uuid()",
    };
    let insert = format!(
        "insert into message (id, conversation_id, page_id, mid, at, direction, author_kind, text, text_folded,
            attachments, origin, state, edits, deleted)
         {numbers} select {id}, #21, 'page-1', 'm_many_' || n, {T0} - n, 'out', 'agent', 'blue ' || n, 'blue ' || n,
            '[]', 'inbox', 'sent', 0, false from one"
    );
    // PostgreSQL wants the query behind the insert, SQLite takes either.
    old.run(&insert).await;
}

/// The seeds know every migration there is.
#[test]
fn every_migration_has_its_rows() {
    let newest = sqlx::migrate!("../migrations/sqlite").migrations.iter().map(|one| one.version).max();
    assert_eq!(newest, Some(NEWEST), "say in upgrade/seeds.rs what the new version writes");
}

macro_rules! on_both {
    ($($name:ident),*) => { $(
        mod $name {
            #[tokio::test]
            async fn on_sqlite() { super::super::$name(true).await }
            #[tokio::test]
            async fn on_postgres() { super::super::$name(false).await }
        }
    )* };
}

mod upgrading {
    on_both!(nothing_is_lost, a_killed_upgrade_is_finished_by_the_next_start);
}
