//! A page of the inbox, a search, and a start, with a hundred thousand conversations and a million messages.

use super::{Stage, Turn, args};
use crate::baton::Baton;
use crate::load::event::PAGE;
use crate::load::http;
use crate::load::post::Posted;
use crate::process::{Part, SERVER, Server, on_core};
use crate::report::{Row, Unit};
use anyhow::{Result, bail};
use domain::conversation::control::{Control, Owner, Proof};
use domain::conversation::standing::Standing;
use domain::conversation::window::Window;
use domain::{HOUR, Timestamp};
use rusqlite::{Connection, params};
use std::fmt::Display;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

const MESSAGES_EACH: i64 = 10;

/// What is asked, and what it is called.
const QUESTIONS: [(&str, &str); 5] = [
    ("inbox page", "view=open&limit=50"),
    ("inbox page, unread, window open", "view=open&unread=true&window=open&limit=50"),
    ("inbox page, of a bot", "view=all&owner=bot&limit=50"),
    ("search, a word of one message", "q=word77777&limit=50"),
    ("search, a word of every message", "q=hello&limit=50"),
];

/// Alternates the real server with a bare query over the same file.
///
/// # Errors
/// When a server does not start or refuses a question.
pub fn measure(stage: &Stage) -> Result<Vec<Row>> {
    let (large, file) = fill_large(stage)?;
    let megabytes = std::fs::metadata(&file)?.len() / 1_000_000;
    let mut rows: Vec<Row> =
        QUESTIONS.iter().map(|(name, _)| Row::new(name, Unit::PerSecond, must(name))).collect();
    let mut start =
        Row::new(&format!("start with {megabytes} MB, to the first answer"), Unit::Millis, "≤ 1000 ms");
    let mut memory = Row::new("resident memory after the start", Unit::Kibibytes, "≤ 120 MB");
    for round in 1..=stage.rounds {
        let weather = stage.look(&format!("list {round}, Baton"))?;
        let begun = Instant::now();
        let baton = Baton::again(&large.folder, large.graph)?;
        http::get(baton.server.address, "/readyz")?;
        start.ours(begun.elapsed().as_secs_f64() * 1e3, weather);
        memory.ours(baton.server.memory()?, weather);
        for (row, (_, question)) in rows.iter_mut().zip(QUESTIONS) {
            let path = format!("/api/v1/conversations?{question}");
            row.ours(ask(baton.server.address, &path, &baton.token, stage.seconds)?, weather);
        }
        drop(baton);
        let weather = stage.look(&format!("list {round}, anchor"))?;
        let server = anchor(&file, &large.folder)?;
        let rate = ask(server.address, "/list", "none", stage.seconds)?;
        rows.iter_mut().for_each(|row| row.anchor(rate, weather));
    }
    rows.extend([start, memory]);
    Ok(rows)
}

fn must(name: &str) -> &'static str {
    if name.starts_with("inbox") { "≥ 2290/s" } else { "–" }
}

fn anchor(file: &Path, folder: &Path) -> Result<Server> {
    let address = crate::machine::free_address()?;
    let mut command = on_core(SERVER, std::env::current_exe()?);
    command.args(["anchor-list", "--listen", &address.to_string(), "--file"]).arg(file);
    Server::start(command, address, &folder.join("anchor.log"))
}

fn ask(to: SocketAddr, path: &str, token: &str, seconds: f64) -> Result<f64> {
    let words: [&dyn Display; 9] =
        [&"get", &"--to", &to, &"--path", &path, &"--token", &token, &"--seconds", &seconds];
    let got: Posted = serde_json::from_str(&Part::start(&args(&words))?.hear()?)?;
    if got.refused > 0 {
        bail!("{path} was refused {} times", got.refused);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of some seconds")]
    let rate = got.acknowledged as f64 / got.seconds;
    eprintln!("  {path}: {rate:.0}/s, the load used {:.0} % of its core", got.busy * 100.0);
    Ok(rate)
}

/// A workspace with a hundred thousand conversations, and its database. No server runs on it.
///
/// # Errors
/// When the server does not start or the disk cannot be written.
pub fn fill_large(stage: &Stage) -> Result<(Turn, PathBuf)> {
    let large = stage.turn("filling a large database")?;
    drop(Baton::start(&large.folder, large.graph)?);
    let file = large.folder.join("data/baton.sqlite");
    fill(&file)?;
    Ok((large, file))
}

/// Meta's id of a customer of the large database, the higher the later they wrote.
pub fn customer(n: i64) -> String {
    format!("8{n:015}")
}

/// How many customers it has.
pub const CONVERSATIONS: i64 = 100_000;

/// Writes what a busy shop has after a year, past the server: it would take an hour by webhooks.
fn fill(file: &Path) -> Result<()> {
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let mut database = Connection::open(file)?;
    let tx = database.transaction()?;
    {
        let mut contact = tx.prepare(
            "insert into contact (id, page_id, psid, name, name_folded, profile_at) values (?1, ?2, ?3, ?4, ?5, 0)",
        )?;
        let mut conversation = tx.prepare(
            "insert into conversation (id, page_id, psid, contact_id, status, owner, owner_app, unread, standing,
                last_message_id, last_author_kind, last_preview, last_at, failed, updated_at, version, open_until,
                human_until)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'customer', ?11, ?12, 0, ?12, 1, ?13, ?14)",
        )?;
        let mut message = tx.prepare(
            "insert into message (id, conversation_id, page_id, mid, at, direction, author_kind, text, text_folded,
                attachments, origin, state, edits, deleted)
             values (?1, ?2, ?3, ?4, ?5, 'in', 'customer', ?6, ?6, '[]', 'external', 'received', 0, false)",
        )?;
        let mut entry =
            tx.prepare("insert into search_entry (conversation_id, message_id) values (?1, ?2)")?;
        let mut words =
            tx.prepare("insert into search_words (rowid, text) values (last_insert_rowid(), ?1)")?;
        for n in 0..CONVERSATIONS {
            let at = now - (CONVERSATIONS - n) * HOUR / 12;
            let id = |kind: i64, m: i64| {
                (i128::from(kind) << 96 | i128::from(n) << 32 | i128::from(m)).to_be_bytes()
            };
            let (psid, name) = (customer(n), format!("customer {n}"));
            contact.execute(params![id(1, 0), PAGE, psid, name, name])?;
            let standing = standing(n, Timestamp(at));
            let status = standing.status.as_str();
            let owner = standing.control.owner.kind().as_str();
            let app = standing.control.owner.app().map(|app| app.as_str());
            let text = |m: i64| format!("hello, where is my order word{}", n * MESSAGES_EACH + m);
            conversation.execute(params![
                id(2, 0),
                PAGE,
                psid,
                id(1, 0),
                status,
                owner,
                app,
                standing.unread,
                serde_json::to_string(&standing)?,
                id(3, MESSAGES_EACH - 1),
                text(MESSAGES_EACH - 1),
                at,
                standing.window.open_until.map(Timestamp::ms),
                standing.window.human_until.map(Timestamp::ms),
            ])?;
            for m in 0..MESSAGES_EACH {
                let mid = format!("m_fill_{n}_{m}");
                message.execute(params![
                    id(3, m),
                    id(2, 0),
                    PAGE,
                    mid,
                    at - (MESSAGES_EACH - 1 - m) * 1_000,
                    text(m)
                ])?;
                entry.execute(params![id(2, 0), id(3, m)])?;
                words.execute(params![text(m)])?;
            }
        }
    }
    tx.commit()?;
    database.execute_batch("pragma wal_checkpoint(truncate)")?;
    Ok(())
}

fn standing(n: i64, at: Timestamp) -> Standing {
    let owner = if n % 3 == 0 { Owner::Bot("611203984417755".into()) } else { Owner::Ours };
    let mut window = Window::default();
    window.customer_wrote(at);
    let status = domain::conversation::standing::Status::ALL[usize::from(n % 5 == 0) * 2];
    let unread = n % 3 != 0 && n % 7 == 0;
    let control = Control { owner, since: at, expires_at: None, proof: Proof::Passed, proved_at: at };
    Standing { control, window, status, unread, ..Standing::default() }
}
