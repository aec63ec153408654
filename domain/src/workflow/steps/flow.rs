//! Steps that only lead on: Jump To, Wait, Date & Time, Trigger Another Workflow.

use crate::workflow::exit::Exit;
use crate::workflow::field::date;
use crate::workflow::graph::StepId;
use crate::workflow::settings::LONGEST;
use crate::workflow::turn::{Because, Effect, Hold, Input, Next, Sight, Turn, Wait};
use crate::{ScheduleId, WorkflowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most often one jump is taken in a run.
pub const MOST_JUMPS: u8 = 10;

/// Goes on at another step. When it was taken often enough, the step behind it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JumpTo {
    #[serde(default)]
    pub target: Option<StepId>,
    /// 1 to 10.
    #[serde(default = "most_jumps")]
    pub times: u8,
}

fn most_jumps() -> u8 {
    MOST_JUMPS
}

impl JumpTo {
    pub fn check(&self, exists: &dyn Fn(StepId) -> bool) -> Vec<(&'static str, String)> {
        let mut flaws = Vec::new();
        if !self.target.is_some_and(exists) {
            flaws.push(("target", "Choose the step to jump to.".to_owned()));
        }
        if !(1..=MOST_JUMPS).contains(&self.times) {
            flaws.push(("times", "A jump is taken 1 to 10 times.".to_owned()));
        }
        flaws
    }

    pub fn enter(&self, id: StepId, sight: &Sight<'_, '_>) -> Turn {
        let taken = sight.jumps.get(&id).copied().unwrap_or(0);
        match self.target {
            Some(target) if taken < self.times => {
                Turn { next: Next::Jump(target), ..Turn::leave(Exit::Next) }
            }
            _ => Turn::leave(Exit::Next).because(Because::JumpedOut { times: taken }),
        }
    }
}

/// Waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitStep {
    /// Milliseconds; at most 7 days.
    pub duration_ms: i64,
}

impl WaitStep {
    pub fn check(&self) -> Vec<(&'static str, String)> {
        match (crate::SECOND..=LONGEST).contains(&self.duration_ms) {
            true => Vec::new(),
            false => vec![("duration", "Waiting takes between one second and 7 days.".into())],
        }
    }

    pub fn enter(self, sight: &Sight<'_, '_>) -> Turn {
        Turn::hold(Wait::Time, Some(sight.now() + self.duration_ms))
    }

    pub fn resume(self, hold: &Hold, input: &Input) -> Option<Turn> {
        let over = hold.wait == Wait::Time && *input == Input::TimeIsUp;
        over.then(|| Turn::leave(Exit::Next).because(Because::TimeIsUp {}))
    }
}

/// Whether it is the right time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum DateTime {
    BusinessHours {
        #[serde(default)]
        schedule: Option<ScheduleId>,
    },
    /// Both days included, as `YYYY-MM-DD`.
    DateRange { zone: String, from: String, to: String },
}

impl DateTime {
    pub fn check(&self, schedules: &dyn Fn(ScheduleId) -> bool) -> Vec<(&'static str, String)> {
        match self {
            Self::BusinessHours { schedule } if !schedule.is_some_and(schedules) => {
                vec![("schedule", "Choose the business hours.".into())]
            }
            Self::BusinessHours { .. } => Vec::new(),
            Self::DateRange { zone, from, to } => {
                let mut flaws = Vec::new();
                if zone.trim().is_empty() {
                    flaws.push(("zone", "Choose the time zone.".to_owned()));
                }
                match (date(from), date(to)) {
                    (Some(from), Some(to)) if from > to => {
                        flaws.push(("to", "The range ends before it begins.".to_owned()));
                    }
                    (Some(_), Some(_)) => {}
                    (_, _) => flaws.push(("from", "Choose the first and the last day.".to_owned())),
                }
                flaws
            }
        }
    }

    pub fn enter(&self, sight: &Sight<'_, '_>) -> Turn {
        let open = match self {
            Self::BusinessHours { schedule } => {
                schedule.and_then(|schedule| sight.world.is_open(schedule)).unwrap_or(false)
            }
            Self::DateRange { zone, from, to } => {
                let today = sight.world.local(zone).iso_date();
                date(from).is_some_and(|from| from <= today) && date(to).is_some_and(|to| today <= to)
            }
        };
        Turn::leave(if open { Exit::Success } else { Exit::Failure }).because(Because::Hours { open })
    }
}

/// Starts a workflow with a Manual Trigger for this contact; this run goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TriggerWorkflow {
    #[serde(default)]
    pub workflow: Option<WorkflowId>,
    /// The step of it to begin at; at the beginning when none is chosen, or when it is not there any more.
    #[serde(default)]
    pub step: Option<StepId>,
}

impl TriggerWorkflow {
    /// `manual`: the steps of a workflow that has the Manual Trigger; nothing for others.
    pub fn check<'a>(
        &self,
        manual: &dyn Fn(WorkflowId) -> Option<&'a BTreeSet<StepId>>,
    ) -> Vec<(&'static str, String)> {
        let Some(steps) = self.workflow.and_then(manual) else {
            return vec![("workflow", "Choose a workflow that has the Manual Trigger.".into())];
        };
        match self.step.is_none_or(|step| steps.contains(&step)) {
            true => Vec::new(),
            false => vec![("step", "The workflow has no such step any more. Choose another.".into())],
        }
    }

    pub fn enter(self) -> Turn {
        match self.workflow {
            Some(workflow) => Turn::leave(Exit::Next).doing(Effect::Start { workflow, step: self.step }),
            None => Turn::leave(Exit::Next),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DAY;
    use crate::workflow::hours::Hours;
    use crate::workflow::samples::{Stand, T0};

    #[test]
    fn a_jump_is_taken_so_often_and_then_the_step_behind_it_follows() {
        let mut stand = Stand::new();
        let jump = JumpTo { target: Some(StepId(1)), times: 2 };
        assert_eq!(jump.enter(StepId(5), &stand.sight()).next, Next::Jump(StepId(1)));
        stand.jumps.insert(StepId(5), 2);
        assert_eq!(jump.enter(StepId(5), &stand.sight()).next, Next::Leave(Exit::Next));
    }

    #[test]
    fn another_workflow_begins_at_a_step_it_has() {
        let other = WorkflowId(uuid::Uuid::from_u128(7));
        let steps = BTreeSet::from([StepId(1), StepId(4)]);
        let manual = |id| (id == other).then_some(&steps);
        let start = |step| TriggerWorkflow { workflow: Some(other), step };
        assert_eq!(start(None).check(&manual), []);
        assert_eq!(start(Some(StepId(4))).check(&manual), []);
        assert_eq!(start(Some(StepId(2))).check(&manual)[0].0, "step");
        assert_eq!(TriggerWorkflow::default().check(&manual)[0].0, "workflow");
        let effect = Effect::Start { workflow: other, step: Some(StepId(4)) };
        assert_eq!(start(Some(StepId(4))).enter().effects, [effect]);
    }

    #[test]
    fn waiting_ends_when_its_time_has_come() {
        let stand = Stand::new();
        let wait = WaitStep { duration_ms: DAY };
        let Next::Hold(hold) = wait.enter(&stand.sight()).next else { panic!("it waits") };
        assert_eq!(hold.until, Some(T0 + DAY));
        assert_eq!(wait.resume(&hold, &Input::ControlOurs), None);
        assert_eq!(wait.resume(&hold, &Input::TimeIsUp).unwrap().next, Next::Leave(Exit::Next));
        assert_eq!(WaitStep { duration_ms: 8 * DAY }.check().len(), 1);
    }

    #[test]
    fn hours_and_ranges_are_read_in_their_own_zone() {
        let mut stand = Stand::new();
        let schedule = ScheduleId(uuid::Uuid::from_u128(3));
        stand.world.schedules.insert(schedule, Hours::office("Europe/Oslo"));
        let hours = DateTime::BusinessHours { schedule: Some(schedule) };
        assert_eq!(hours.enter(&stand.sight()).next, Next::Leave(Exit::Failure));
        stand.world.now = T0 + 2 * DAY + 8 * crate::HOUR;
        assert_eq!(hours.enter(&stand.sight()).next, Next::Leave(Exit::Success));
        let range = |from: &str, to: &str| DateTime::DateRange {
            zone: "UTC".into(),
            from: from.into(),
            to: to.into(),
        };
        assert_eq!(range("2026-11-23", "2026-11-23").enter(&stand.sight()).next, Next::Leave(Exit::Success));
        assert_eq!(range("2026-11-24", "2026-11-30").enter(&stand.sight()).next, Next::Leave(Exit::Failure));
        assert_eq!(range("2026-11-24", "2026-11-23").check(&|_| true)[0].0, "to");
    }
}
