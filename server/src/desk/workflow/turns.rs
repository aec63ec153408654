//! Moves one run: turn by turn until it waits or ends.

use super::ground::{self, Ground};
use super::{backdrop, effects, start, told};
use crate::desk::intention::Intention;
use domain::ConversationId;
use domain::live::Change;
use domain::view::Activity;
use domain::workflow::run::{Noticed, Plan, Progress, Reason, State};
use domain::workflow::turn::{Because, Effect, Input, Sight};
use domain::workflow::view::{RunNow, RunView};
use domain::workflow::world::World;
use serde_json::json;
use store::runs::{self, Line, Record};
use store::{Error, Result};
use uuid::Uuid;

/// The most turns of one run in one transaction. A run that has more to do goes on in the next.
const MOST_TURNS: usize = 60;

/// Goes on from the step it is about to enter. The row is there.
pub async fn go_on(intention: &mut Intention, record: &mut Record) -> Result<()> {
    let Some(ground) = stand(intention, record).await? else { return Ok(()) };
    walk(intention, record, &ground, None).await?;
    finish(intention, record, &ground).await
}

/// Takes the first turns of a run that was just added. `world`: what was looked at a moment ago.
pub async fn begin(
    intention: &mut Intention,
    record: &mut Record,
    ground: &Ground,
    world: Option<World<'static>>,
) -> Result<()> {
    walk(intention, record, ground, world).await?;
    finish(intention, record, ground).await
}

/// Hands it what came while it waits; `false`: it does not wait for that.
pub async fn resume(intention: &mut Intention, record: &mut Record, input: &Input) -> Result<bool> {
    if !matches!(record.run.state, State::Waiting { .. }) {
        return Ok(false);
    }
    let Some(ground) = stand(intention, record).await? else { return Ok(true) };
    let mut world = None;
    if !turn(intention, record, &ground, &mut world, Some(input)).await? {
        return Ok(false);
    }
    walk(intention, record, &ground, world).await?;
    finish(intention, record, &ground).await?;
    Ok(true)
}

/// Ends every run of a conversation whose settings say that this ends it.
pub async fn exit(intention: &mut Intention, id: ConversationId, noticed: &Noticed) -> Result<()> {
    for record in runs::lock_going_of(intention.tx(), id).await? {
        exit_one(intention, record, noticed).await?;
    }
    Ok(())
}

/// Ends a run if its settings say that this ends it.
pub async fn exit_one(intention: &mut Intention, mut record: Record, noticed: &Noticed) -> Result<()> {
    let workflow = backdrop::workflow(intention, record.run.workflow).await?;
    let reason = workflow.and_then(|workflow| workflow.settings.exits.end(noticed));
    match reason {
        Some(reason) => end(intention, &mut record, reason).await.map(drop),
        None => Ok(()),
    }
}

/// Ends a run from outside, wherever it is. `false`: it had ended.
pub async fn end(intention: &mut Intention, record: &mut Record, reason: Reason) -> Result<bool> {
    let now = intention.now();
    if !record.run.end(reason, now) || !runs::eject(intention.tx(), &record.run).await? {
        return Ok(false);
    }
    tell(intention, record).await?;
    Ok(true)
}

/// A line of the thread about a run that has ended. Tests are told in the builder, and of what somebody stopped it is
/// told who did.
async fn mark_end(intention: &mut Intention, run: &RunView) -> Result<()> {
    let RunNow::Ended { reason, .. } = &run.now else { return Ok(()) };
    if run.test || matches!(reason, Reason::StoppedForContact { .. }) {
        return Ok(());
    }
    let detail = json!({ "workflow": run.workflow, "reason": reason.as_str() });
    mark(intention, run.conversation_id, "run.ended", detail).await
}

/// A line of the thread about what a workflow did by itself.
pub async fn mark(
    intention: &mut Intention,
    conversation: ConversationId,
    act: &str,
    detail: serde_json::Value,
) -> Result<()> {
    let (id, at) = (intention.node().clock.id(), intention.now());
    intention
        .happened(conversation, Activity { id, at, act: act.to_owned(), by: None, detail })
        .await
        .map(drop)
}

/// Ends a run that cannot go on, through no fault of its author.
pub async fn fail(intention: &mut Intention, mut record: Record) -> Result<()> {
    let step = record.run.step();
    tracing::error!(run = %record.run.id, ?step, "a run could not go on and was ended");
    end(intention, &mut record, Reason::InternalError { step }).await.map(drop)
}

/// What it stands on. A run whose workflow was stopped meanwhile ends here.
async fn stand(intention: &mut Intention, record: &mut Record) -> Result<Option<Ground>> {
    let (workflow, version) = (record.run.workflow, record.run.version);
    match ground::of(intention, workflow, version).await? {
        Some(ground) if ground.carries(record.test) => Ok(Some(ground)),
        Some(_) | None => {
            end(intention, record, Reason::WorkflowStopped {}).await?;
            Ok(None)
        }
    }
}

async fn walk(
    intention: &mut Intention,
    record: &mut Record,
    ground: &Ground,
    mut world: Option<World<'static>>,
) -> Result<()> {
    for _ in 0..MOST_TURNS {
        if !matches!(record.run.state, State::Going { .. }) {
            return Ok(());
        }
        turn(intention, record, ground, &mut world, None).await?;
    }
    // The rest is due at once.
    intention.wake_timers();
    Ok(())
}

/// One turn with its effects and its line in the log; `false`: nothing was decided. `seen`: the world, as long as
/// nothing was done that could have changed it.
async fn turn(
    intention: &mut Intention,
    record: &mut Record,
    ground: &Ground,
    seen: &mut Option<World<'static>>,
    input: Option<&Input>,
) -> Result<bool> {
    let now = intention.now();
    let world = match seen.take() {
        Some(world) => world,
        None => ground::world_of(intention, record.run.conversation).await?,
    };
    let kind = record.run.step().and_then(|step| ground.graph.steps.get(&step)).map(|step| &step.kind);
    let candidates = ground::candidates(intention.tx(), kind, now).await?;
    let (found, jumps) = (record.run.found.clone(), record.run.jumps.clone());
    let sight = Sight {
        world: &world,
        found: &found,
        policy: ground.workflow.settings.control,
        jumps: &jumps,
        candidates: &candidates,
    };
    let plan = Plan { graph: &ground.graph, settings: &ground.workflow.settings, fields: &ground.fields };
    let progress = match input {
        Some(input) => record.run.resume(input, &plan, &sight),
        None => record.run.enter(&plan, &sight),
    };
    let Some(mut progress) = progress else { return Ok(record.run.is_over()) };
    let ticket = asks(&progress).then(|| intention.node().clock.id());
    record.ticket = ticket;
    record.lines += 1;
    explain_start(intention, record, ground, &mut progress).await?;
    let line = Line { n: record.lines, at: now, progress, input: input.cloned(), ticket };
    runs::log(intention.tx(), record.run.id, &line)?;
    let doer = effects::Doer { ground, run: &record.run, ticket: ticket.unwrap_or_else(Uuid::nil) };
    if line.progress.effects.is_empty() {
        *seen = Some(world);
    }
    intention.acting_for_workflow(true);
    let done = effects::apply(intention, &doer, line.progress.effects).await;
    intention.acting_for_workflow(false);
    done?;
    Ok(true)
}

/// Says in the log when a workflow that is to be started will not take the contact.
async fn explain_start(
    intention: &mut Intention,
    record: &Record,
    ground: &Ground,
    progress: &mut Progress,
) -> Result<()> {
    let started = progress.effects.iter().find_map(|effect| match effect {
        Effect::Start { workflow, .. } => Some(*workflow),
        _ => None,
    });
    let Some(workflow) = started else { return Ok(()) };
    let (id, by) = (record.run.conversation, &ground.workflow.name);
    if let Some((name, why)) = start::outlook(intention, id, workflow, by).await? {
        progress.because = Because::NotStarted { name, why };
    }
    Ok(())
}

/// Whether something of it comes back by a ticket.
fn asks(progress: &Progress) -> bool {
    progress.effects.iter().any(|effect| {
        matches!(
            effect,
            Effect::Send { .. }
                | Effect::TakeControl {}
                | Effect::PassControl { .. }
                | Effect::AskOwner {}
                | Effect::Request { .. }
                | Effect::AddRow { .. }
                | Effect::AskAgent { .. }
        )
    })
}

async fn finish(intention: &mut Intention, record: &mut Record, ground: &Ground) -> Result<()> {
    if !matches!(record.run.state, State::Waiting { .. }) {
        record.ticket = None;
    }
    match runs::save(intention.tx(), record).await {
        // Somebody stopped it in this very moment, and that counts.
        Err(Error::Conflict) => return Ok(()),
        saved => saved?,
    }
    if record.run.until().is_some() {
        intention.wake_timers();
    }
    let known = intention.contact(record.run.contact).await?;
    let contact = known.as_ref().map(|known| &known.contact);
    let run = told::as_view(contact, record, &ground.workflow, &ground.graph);
    mark_end(intention, &run).await?;
    intention.tell(Change::Run { run: Box::new(run) });
    Ok(())
}

/// Announces a run as it is now.
pub async fn tell(intention: &mut Intention, record: &Record) -> Result<()> {
    if let Some(run) = told::find(intention.tx(), record).await? {
        mark_end(intention, &run).await?;
        intention.tell(Change::Run { run: Box::new(run) });
    }
    Ok(())
}
