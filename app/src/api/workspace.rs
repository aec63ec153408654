//! The workspace: its name, its time zone, and what is still to be done before it can answer customers.

use super::Failure;
#[cfg(feature = "ssr")]
use super::{answer, caller};
use crate::api::codec::Json;
#[cfg(feature = "ssr")]
use domain::person::Actor;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The workspace as managers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    pub name: String,
    /// The time zone's IANA name, such as `Europe/Oslo`.
    pub zone: String,
    pub steps: FirstSteps,
}

/// What a new workspace does first, and whether it is done. Nothing is ticked by hand: it is read from what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstSteps {
    /// A page is connected.
    pub page: bool,
    /// A page whose routing was not checked yet, or was found wrong; nothing when all are well, or there is none.
    pub routing: Option<String>,
    /// Somebody besides the owner is here, or invited.
    pub people: bool,
    /// The time zone was chosen.
    pub zone: bool,
    /// There are business hours.
    pub hours: bool,
}

/// How the workspace is to be called, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceChange {
    /// 1 to 80 characters.
    pub name: String,
    pub zone: String,
}

/// The desk's side of it. All of it is for those who configure the workspace.
#[cfg(feature = "ssr")]
#[async_trait::async_trait]
pub trait WorkspaceDesk: Send + Sync + 'static {
    /// The workspace with its first steps.
    async fn workspace(&self, actor: &Actor) -> Result<Workspace, Failure>;
    /// Changes name and time zone; [`Failure::Invalid`] says what cannot be.
    async fn keep_workspace(&self, actor: &Actor, change: WorkspaceChange) -> Result<Workspace, Failure>;
}

/// The workspace with its first steps.
#[server(prefix = "/rpc", endpoint = "workspace", input = Json, output = Json)]
pub async fn load_workspace() -> Result<Workspace, Failure> {
    let caller = caller()?;
    answer(caller.desk.workspace(&caller.actor).await)
}

/// Changes the name and the time zone of the workspace.
#[server(prefix = "/rpc", endpoint = "keep-workspace", input = Json, output = Json)]
pub async fn keep_workspace(change: WorkspaceChange) -> Result<Workspace, Failure> {
    let caller = caller()?;
    answer(caller.desk.keep_workspace(&caller.actor, change).await)
}
