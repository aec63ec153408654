//! Frozen versions this node has read: they never change, so they are read once.

use domain::WorkflowId;
use domain::workflow::graph::Graph;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// How many a node keeps; a workspace has 100 workflows.
const MOST: usize = 400;

/// The versions a node keeps in memory.
#[derive(Debug, Default)]
pub struct Versions {
    known: Mutex<HashMap<(WorkflowId, i64), Arc<Graph>>>,
}

impl Versions {
    /// A version, if it was read before.
    pub fn find(&self, workflow: WorkflowId, version: i64) -> Option<Arc<Graph>> {
        self.known.lock().expect("no code panics while it looks").get(&(workflow, version)).cloned()
    }

    /// Keeps a version that was read.
    pub fn keep(&self, workflow: WorkflowId, version: i64, graph: Arc<Graph>) {
        let mut known = self.known.lock().expect("no code panics while it looks");
        if known.len() >= MOST {
            known.clear();
        }
        known.insert((workflow, version), graph);
    }
}
