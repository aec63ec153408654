//! What somebody built and has not saved: in this browser until the server has it, and what to begin with.

use domain::workflow::graph::Graph;
use serde::{Deserialize, Serialize};

/// A graph the server may not have yet, and the revision it began from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unsaved {
    pub graph: Graph,
    pub revision: i64,
}

/// What the builder begins with.
#[derive(Clone, Debug, PartialEq)]
pub enum Begin {
    /// What was saved last.
    Saved,
    /// What the reader built on it.
    Built(Graph),
    /// What the reader built on an older save; somebody else saved since.
    Outdated(Graph),
}

/// Brings together what was saved last, the server's working copy and what this browser kept. The browser keeps
/// only what the server did not take, so that is the newer one.
pub fn begin(saved: &Graph, revision: i64, copy: Option<Unsaved>, kept: Option<Unsaved>) -> Begin {
    match kept.or(copy).filter(|built| built.graph != *saved) {
        None => Begin::Saved,
        Some(built) if built.revision < revision => Begin::Outdated(built.graph),
        Some(built) => Begin::Built(built.graph),
    }
}
