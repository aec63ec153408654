//! What a workflow does besides its steps: who may stop it, what ends a run early, and how it behaves when another app
//! has control.

use crate::{DAY, HOUR};
use serde::{Deserialize, Serialize};

/// The longest any waiting lasts, in milliseconds (B-13).
pub const LONGEST: i64 = 7 * DAY;

/// A workflow's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Agents may stop it for a contact (WF-33); may be changed while it runs (WF-34).
    pub may_be_stopped: bool,
    pub exits: ExitConditions,
    pub control: ControlPolicy,
}

impl Default for Settings {
    fn default() -> Self {
        Self { may_be_stopped: true, exits: ExitConditions::default(), control: ControlPolicy::default() }
    }
}

/// What ends a contact's run early (WF-59 to WF-68).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExitConditions {
    pub outgoing_message: bool,
    /// With `outgoing_message`: also what people write in Meta's own inbox (B-8).
    pub page_inbox_too: bool,
    pub incoming_message: bool,
    pub manual_assignment: bool,
}

/// What a step that writes does while another app has control. Nothing automatic is ever sent into it (CR-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when_not_ours", rename_all = "snake_case")]
pub enum ControlPolicy {
    /// Waits until the thread is ours, at most so many milliseconds; then the message counts as not sent.
    Wait {
        limit_ms: i64,
    },
    TakeOver {},
    /// The message counts as not sent.
    Fail {},
}

impl Default for ControlPolicy {
    fn default() -> Self {
        Self::Wait { limit_ms: 24 * HOUR }
    }
}

/// Why settings cannot be kept like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Waiting for control takes between one minute and 7 days.")]
pub struct BadSettings;

impl Settings {
    /// Checks what a person chose.
    pub fn check(&self) -> Result<(), BadSettings> {
        match self.control {
            ControlPolicy::Wait { limit_ms } if !(crate::MINUTE..=LONGEST).contains(&limit_ms) => {
                Err(BadSettings)
            }
            ControlPolicy::Wait { .. } | ControlPolicy::TakeOver {} | ControlPolicy::Fail {} => Ok(()),
        }
    }
}
