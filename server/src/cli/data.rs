//! Pages, tokens, migrations and copies of the database.

use super::{Failed, open};
use crate::config::Sources;
use crate::desk::set_up::{self, NewPage};
use domain::person::Scope;
use serde::Deserialize;
use std::io::{IsTerminal, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use store::Db;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secrets {
    app_secret: String,
    verify_token: String,
    access_token: String,
}

/// `baton page add`
pub async fn add_page(
    sources: &Sources,
    page: String,
    name: String,
    app: String,
    from_stdin: bool,
) -> Result<(), Failed> {
    let config = sources.config()?;
    let secrets = secrets(from_stdin)?;
    let callback = format!("{}/webhooks/messenger/{app}", config.public_url);
    let node = open(config).await?;
    let new = NewPage {
        page: page.clone().into(),
        name: name.clone(),
        app: app.into(),
        app_secret: secrets.app_secret,
        verify_token: secrets.verify_token,
        access_token: secrets.access_token,
    };
    set_up::add_page(&node, new).await?;
    println!("{name} ({page}) is connected. Callback address for your Meta app:\n{callback}");
    match set_up::subscribe(&node, &page.into()).await {
        Ok(()) => println!("The page is subscribed to everything Baton needs."),
        Err(problem) => {
            eprintln!("The page is not subscribed yet: {problem} Run this again, or see baton doctor.")
        }
    }
    Ok(())
}

fn secrets(from_stdin: bool) -> Result<Secrets, Failed> {
    if from_stdin {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return serde_json::from_str(&text).map_err(|error| {
            Failed::Input(format!(
                "standard input is not JSON with app_secret, verify_token and access_token: {error}"
            ))
        });
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failed::Input(
            "no secrets: use --secrets-stdin, or run this in a terminal to be asked".into(),
        ));
    }
    Ok(Secrets {
        app_secret: rpassword::prompt_password("App secret: ")?,
        verify_token: rpassword::prompt_password("Verify token: ")?,
        access_token: rpassword::prompt_password("Page access token: ")?,
    })
}

/// `baton token add`
pub async fn add_token(sources: &Sources, name: &str, scopes: &[Scope]) -> Result<(), Failed> {
    // Each scope includes the ones before it.
    let scope = scopes
        .iter()
        .max()
        .copied()
        .ok_or_else(|| Failed::Input("name a scope: read, write or admin".into()))?;
    let node = open(sources.config()?).await?;
    println!("{}", set_up::add_token(&node, name, scope).await?);
    Ok(())
}

/// `baton migrate`
pub async fn migrate(sources: &Sources) -> Result<(), Failed> {
    Db::connect(&sources.config()?.database_url).await?;
    println!("The database is up to date.");
    Ok(())
}

/// `baton backup`
pub async fn backup(sources: &Sources, file: &Path) -> Result<(), Failed> {
    let config = sources.config()?;
    let Some(_) = sqlite_file(&config.database_url) else {
        return Err(Failed::Work(
            "on PostgreSQL use pg_dump: it copies consistently while Baton runs".into(),
        ));
    };
    if file.exists() {
        return Err(Failed::Input(format!("{} is there already; choose another name", file.display())));
    }
    let db = Db::connect(&config.database_url).await?;
    store::backup::backup(&db, file).await?;
    // Customers' words are in it.
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))?;
    println!(
        "Saved to {}. Keep {} with it: without the key, page tokens cannot be opened.",
        file.display(),
        config.data.join("secret.key").display()
    );
    Ok(())
}

/// `baton restore`
pub async fn restore(sources: &Sources, file: &Path, force: bool) -> Result<(), Failed> {
    let config = sources.config()?;
    let Some(target) = sqlite_file(&config.database_url) else {
        return Err(Failed::Work("on PostgreSQL use pg_restore".into()));
    };
    let mut head = [0; 16];
    std::fs::File::open(file)
        .and_then(|mut file| file.read_exact(&mut head))
        .map_err(|error| Failed::Input(format!("{} cannot be read: {error}", file.display())))?;
    if &head != b"SQLite format 3\0" {
        return Err(Failed::Input(format!("{} is not a copy made by baton backup", file.display())));
    }
    if target.exists() && !force {
        return Err(Failed::Input(format!("{} is there already; --force replaces it", target.display())));
    }
    // Written beside it first, and the old one is only moved away: whatever breaks off leaves one of them whole.
    let fresh = beside(&target, ".restoring");
    std::fs::copy(file, &fresh)?;
    std::fs::File::open(&fresh)?.sync_all()?;
    for part in ["", "-wal", "-shm"] {
        move_away(&beside(&target, part), &beside(&target, &format!("{part}.replaced")))?;
    }
    std::fs::rename(&fresh, &target)?;
    // Browsers that saw later numbers than the copy holds must load anew.
    let db = Db::connect(&config.database_url).await?;
    let mut tx = db.begin().await?;
    store::changes::start_anew(&mut tx).await?;
    tx.commit().await?;
    db.close().await;
    for part in ["", "-wal", "-shm"] {
        ignore_missing(std::fs::remove_file(beside(&target, &format!("{part}.replaced"))))?;
    }
    println!("Restored to {}.", target.display());
    Ok(())
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(suffix);
    name.into()
}

fn move_away(from: &Path, to: &Path) -> std::io::Result<()> {
    ignore_missing(std::fs::rename(from, to))
}

fn ignore_missing(done: std::io::Result<()>) -> std::io::Result<()> {
    match done {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn sqlite_file(url: &str) -> Option<std::path::PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(path.split('?').next().unwrap_or(path).into())
}
