//! Files people attach: kept as soon as they are chosen, each its owner's until it is sent, forgotten when it is not.

use crate::desk::Refusal;
use crate::media::facts;
use crate::node::Node;
use bytes::Bytes;
use domain::conversation::file::{MAX_FILE, Upload, check_file};
use domain::person::Person;
use domain::{DAY, MediaId, UploadId};
use store::uploads;

/// The longest name a file keeps, in characters.
const NAME: usize = 120;
/// How long a file that was never sent is kept: as long as a forgotten draft may wait, in milliseconds.
const UNSENT_KEPT: i64 = 30 * DAY;
/// How many files one round of tidying forgets.
const ROUND: i64 = 200;

/// Keeps a file for a message that is still being written. The same id again answers with the first file.
pub async fn keep(
    node: &Node,
    person: &Person,
    id: UploadId,
    name: &str,
    content: Bytes,
) -> Result<Upload, Refusal> {
    if let Some(first) = uploads::find(&mut node.db.snapshot().await?, id).await? {
        return if first.person == person.id { Ok(first.upload) } else { Err(Refusal::Gone) };
    }
    let name = named(name);
    let size = content.len() as u64;
    let mime = kind(&name, &content);
    let kind = check_file(&name, &mime, size)
        .map_err(|refusal| Refusal::Invalid { message: refusal.to_string() })?;
    let upload = Upload { id, name, kind, mime, size };
    // Bytes first: a row never promises what is not there.
    node.config
        .files
        .put(MediaId(id.0), content)
        .await
        .map_err(|error| Refusal::Internal(error.to_string()))?;
    let mut tx = node.db.begin().await?;
    uploads::put(&mut tx, &upload, person.id, node.clock.now()).await?;
    tx.commit().await?;
    Ok(upload)
}

/// A file of this person's, with its bytes. Nobody else sees it before it is sent.
pub async fn show(node: &Node, person: &Person, id: UploadId) -> Result<(Upload, Bytes), Refusal> {
    let stored = uploads::find(&mut node.db.snapshot().await?, id).await?;
    let stored = stored.filter(|stored| stored.person == person.id).ok_or(Refusal::Gone)?;
    let content = node.config.files.get(MediaId(id.0), None).await;
    let content = content.map_err(|error| Refusal::Internal(error.to_string()))?;
    Ok((stored.upload, content.ok_or(Refusal::Gone)?))
}

/// Takes back a file that was not sent.
pub async fn remove(node: &Node, person: &Person, id: UploadId) -> Result<(), Refusal> {
    let mut tx = node.db.begin().await?;
    let removed = uploads::remove(&mut tx, id, person.id).await?;
    tx.commit().await?;
    match removed {
        true => forget_bytes(node, id).await,
        false => Ok(()),
    }
}

/// Forgets files that were never sent.
pub async fn tidy(node: &Node) -> Result<(), Refusal> {
    let before = node.clock.now() - UNSENT_KEPT;
    let old = uploads::unsent(&mut node.db.snapshot().await?, before, ROUND).await?;
    for id in old {
        let mut tx = node.db.begin().await?;
        let forgotten = uploads::forget(&mut tx, id).await?;
        tx.commit().await?;
        if forgotten {
            forget_bytes(node, id).await?;
        }
    }
    Ok(())
}

async fn forget_bytes(node: &Node, id: UploadId) -> Result<(), Refusal> {
    node.config.files.delete(MediaId(id.0)).await.map_err(|error| Refusal::Internal(error.to_string()))
}

/// The name without folders and control characters.
fn named(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|letter| !letter.is_control()).take(NAME).collect();
    if clean.trim().is_empty() { "file".into() } else { clean }
}

/// What a file is: by its content. Only plain text and the office formats that are packed like any other archive are
/// believed to be what their name says.
fn kind(name: &str, content: &[u8]) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let by_content = facts(content).kind;
    match (by_content.as_deref(), ending.as_str()) {
        (Some("application/zip"), "docx") => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
        (Some("application/zip"), "xlsx") => {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
        (Some("application/zip"), "pptx") => {
            "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        }
        (Some(kind), _) => kind,
        (None, "txt" | "csv" | "ics") if !is_text(content) => "application/octet-stream",
        (None, "txt") => "text/plain",
        (None, "csv") => "text/csv",
        (None, "ics") => "text/calendar",
        (None, _) => "application/octet-stream",
    }
    .to_owned()
}

fn is_text(content: &[u8]) -> bool {
    let whole = u64::try_from(content.len()).is_ok_and(|length| length <= MAX_FILE);
    whole && !content.contains(&0) && std::str::from_utf8(content).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says_and_not_what_it_is_called() {
        const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(kind("invoice.pdf", PNG), "image/png");
        assert_eq!(kind("list.csv", b"a;b\n1;2"), "text/csv");
        assert_eq!(kind("list.csv", b"a\0b"), "application/octet-stream");
        assert!(check_file("a.txt", &kind("a.txt", b"<!doctype html><script>"), 9).is_err());
        assert!(check_file("a.exe", &kind("a.exe", b"MZ\x90\0\x03\0\0\0"), 9).is_err());
    }

    #[test]
    fn a_name_brings_no_folders_along() {
        assert_eq!(named("../../etc/passwd"), "passwd");
        assert_eq!(named("C:\\photos\\so\ncks.png"), "socks.png");
        assert_eq!(named("/"), "file");
    }
}
