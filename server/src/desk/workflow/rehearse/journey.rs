//! One contact's way through a workflow, with what the past holds for it: the answers that were given, the time that
//! passed, the app that had the thread.

use super::Stage;
use super::history::History;
use crate::desk::workflow::{ground, told};
use app::api::workflows::Rehearsed;
use domain::view::{Message, WindowWord};
use domain::workflow::run::{Entry, Progress, Run, State};
use domain::workflow::turn::{Answer, Because, Effect, Hold, Input, Sight, Wait};
use domain::workflow::value::Value;
use domain::workflow::world::World;
use domain::{RunId, Timestamp, WorkflowId};
use std::collections::BTreeMap;
use store::conversations::Record;
use store::runs::Line;
use store::{Result, Tx};
use uuid::Uuid;

/// The most turns of one journey.
const MOST_TURNS: usize = 200;

/// A run that is only imagined.
pub struct Traveller<'a> {
    stage: &'a Stage<'a>,
    base: &'a World<'static>,
    past: &'a History,
    run: Run,
    /// Since when control would be ours because the workflow took it.
    took: bool,
    pub messages: i64,
    pub closed_windows: i64,
    pub bot_owned: i64,
}

/// What comes next, and when.
enum Next {
    Input(Timestamp, Input),
    /// Nothing that is known of: it would still wait.
    Nothing,
}

impl<'a> Traveller<'a> {
    pub fn new(
        stage: &'a Stage<'a>,
        record: &Record,
        base: &'a World<'static>,
        past: &'a History,
        found: BTreeMap<String, Value>,
    ) -> Self {
        let entry = Entry {
            id: RunId(Uuid::nil()),
            workflow: WorkflowId(Uuid::nil()),
            version: ground::TEST_VERSION,
            contact: record.contact,
            conversation: record.id,
            found,
        };
        let run = Run::begin(entry, stage.plan.graph, stage.now);
        Self { stage, base, past, run, took: false, messages: 0, closed_windows: 0, bot_owned: 0 }
    }

    /// When it left; nothing while it would still be in it.
    pub fn left_at(&self) -> Option<Timestamp> {
        match self.run.state {
            State::Ended { at, .. } => Some(at),
            State::Going { .. } | State::Waiting { .. } => None,
        }
    }

    /// Goes on from a moment until it ends, or would wait for what has not happened. Meta takes every message, and what
    /// other people's servers would have answered nobody knows.
    pub async fn travel(&mut self, tx: &mut Tx, from: Timestamp, told_to: &mut Rehearsed) -> Result<()> {
        let mut at = from;
        for n in 1..=MOST_TURNS {
            let input = match &self.run.state {
                State::Ended { .. } => break,
                State::Going { .. } => None,
                State::Waiting { hold, .. } => match self.next(at, hold) {
                    Next::Nothing => {
                        let answers = hold.wait == Wait::Answer;
                        self.leaves_early(at, self.stage.now, answers);
                        break;
                    }
                    Next::Input(when, input) => {
                        let answers = matches!(input, Input::Said(_));
                        if self.leaves_early(at, when, answers) {
                            break;
                        }
                        at = when;
                        Some(input)
                    }
                },
            };
            let Some(progress) = self.turn(tx, at, input.as_ref()).await? else { break };
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            let line = Line { n, at, progress, input, ticket: None };
            told_to.lines.push(told::line(line, self.stage.plan.graph, self.stage.names));
        }
        told_to.then = Some(told::now(&self.run.state, self.stage.plan.graph));
        Ok(())
    }

    fn next(&self, at: Timestamp, hold: &Hold) -> Next {
        let end = hold.until.unwrap_or(Timestamp(i64::MAX));
        let time_is_up = match end <= self.stage.now {
            true => Next::Input(end, Input::TimeIsUp),
            false => Next::Nothing,
        };
        match hold.wait {
            Wait::Acceptance => Next::Input(at, Input::Accepted),
            Wait::Control if self.took => Next::Input(at, Input::ControlOurs),
            Wait::Control => match self.past.freed(at, end) {
                Some(when) => Next::Input(when, Input::ControlOurs),
                None => time_is_up,
            },
            Wait::Answer => match self.past.next_answer(at, end) {
                Some(message) => Next::Input(message.at, Input::Said(answer(message))),
                None => time_is_up,
            },
            Wait::Time | Wait::Assignee => time_is_up,
            Wait::Call => Next::Nothing,
        }
    }

    /// Ends it when the settings say that something on the way did.
    fn leaves_early(&mut self, after: Timestamp, until: Timestamp, answers: bool) -> bool {
        let exits = &self.stage.plan.settings.exits;
        let found = self.past.noticed(after, until, answers);
        let mut ends = found.filter_map(|(at, noticed)| Some((at, exits.end(&noticed)?)));
        match ends.next() {
            Some((at, reason)) => self.run.end(reason, at),
            None => false,
        }
    }

    async fn turn(&mut self, tx: &mut Tx, at: Timestamp, input: Option<&Input>) -> Result<Option<Progress>> {
        let mut world = self.past.world_at(self.base, at);
        if self.took {
            world.thread.owner = domain::conversation::control::OwnerKind::Ours;
        }
        let graph = self.stage.plan.graph;
        let kind = self.run.step().and_then(|step| graph.steps.get(&step)).map(|step| &step.kind);
        let candidates = ground::candidates(tx, kind, self.stage.now).await?;
        let (found, jumps) = (self.run.found.clone(), self.run.jumps.clone());
        let sight = Sight {
            world: &world,
            found: &found,
            policy: self.stage.plan.settings.control,
            jumps: &jumps,
            candidates: &candidates,
        };
        let progress = match input {
            Some(input) => self.run.resume(input, &self.stage.plan, &sight),
            None => self.run.enter(&self.stage.plan, &sight),
        };
        if let Some(progress) = &progress {
            self.count(progress, world.thread.window);
        }
        Ok(progress)
    }

    fn count(&mut self, progress: &Progress, window: WindowWord) {
        let sent = progress.effects.iter().filter(|effect| matches!(effect, Effect::Send { .. })).count();
        self.messages += i64::try_from(sent).unwrap_or(i64::MAX);
        self.took |= progress.effects.contains(&Effect::TakeControl {});
        let unsent = matches!(progress.because, Because::NotSent { .. }) && window != WindowWord::Open;
        self.closed_windows += i64::from(unsent);
        self.bot_owned += i64::from(matches!(progress.because, Because::NoControl { .. }));
    }
}

/// What the customer said, as a question takes it.
fn answer(message: &Message) -> Answer {
    let files = message.attachments.iter().flat_map(|one| &one.media).map(|file| file.id.to_string());
    Answer { text: message.text.clone(), files: files.collect(), ..Answer::default() }
}
