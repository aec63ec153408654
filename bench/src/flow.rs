//! Workflows that are there when the server starts: written past it, into its database, as publishing would.

use anyhow::{Context, Result};
use domain::workflow::graph::Graph;
use domain::workflow::settings::Settings;
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};

/// The version that is published.
pub const VERSION: i64 = 1;

/// The database of the server of a folder.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("data/baton.sqlite")
}

/// Publishes a workflow in the database of a server that does not run; its id.
///
/// # Errors
/// When the database refuses, or the graph has no trigger.
pub fn publish(folder: &Path, name: &str, graph: &Graph) -> Result<[u8; 16]> {
    let kind = serde_json::to_value(&graph.trigger.as_ref().context("a trigger")?.kind)?;
    let kind = kind["type"].as_str().context("the word of a trigger")?.to_owned();
    let (settings, graph) = (serde_json::to_string(&Settings::default())?, serde_json::to_string(graph)?);
    let id = 0xf10_u128.to_be_bytes();
    let database = Connection::open(database(folder))?;
    database.execute(
        "insert into workflow (id, name, name_folded, description, status, settings, graph, trigger_kind, revision,
            version, created_by, created_at, published_by, published_at)
         values (?1, ?2, lower(?2), '', 'published', ?3, ?4, ?5, 1, ?6, 'bench', 0, 'bench', 0)",
        params![id, name, settings, graph, kind, VERSION],
    )?;
    database.execute(
        "insert into workflow_version (workflow_id, version, graph, published_by, published_at)
         values (?1, ?2, ?3, 'bench', 0)",
        params![id, VERSION, graph],
    )?;
    Ok(id)
}
