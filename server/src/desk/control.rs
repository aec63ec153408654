//! Control by hand: take over, reset, re-sync. Meta's answer is the proof; until then the chip says "taking over…".

use super::history;
use super::intention::Intention;
use super::receive::news_of_health;
use super::routing::watch;
use super::together::intend;
use super::workflow::Occurred;
use super::{Refusal, meta_refused, sight};
use crate::node::{NoCredentials, Node};
use crate::work::jobs::Job;
use domain::conversation::control::Owner;
use domain::conversation::evidence::{Answer, Evidence, What};
use domain::person::Actor;
use domain::routing::sign::Sign;
use domain::view::PendingKind;
use domain::workflow::turn::{CallResult, Input};
use domain::workflow::value::Value;
use domain::{AppId, ConversationId, PersonId, SECOND, Timestamp};
use messenger::error::{Error, Verdict};
use messenger::{Credentials, OwnerAnswer, Remembered};
use std::sync::Arc;
use store::conversations::PendingRecord;
use store::outbox::{self, Job as Row, NewJob};
use store::people;
use uuid::Uuid;

/// How long Meta may take to answer before somebody else may try, in milliseconds.
const PATIENCE: i64 = 35 * SECOND;
/// How often a reset nobody waits for is tried: with doubling pauses, for about an hour.
const TRIES: i64 = 14;
/// How many messages a re-sync fetches; Meta gives details of the newest 20.
const HISTORY: u32 = 25;

/// Takes the thread and gives the conversation to the person who asks (CR-22). The second of two takers is told who
/// was first.
pub async fn take_over(node: &Arc<Node>, actor: &Actor, id: ConversationId) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let now = intention.now();
    let record = sight::lock(&mut intention, actor, id).await?;
    let me = actor.person().map(|person| person.id);
    if let Some(pending) = record.pending.as_ref().filter(|pending| pending.until > now) {
        return Err(Refusal::TakenBy { by: pending.by_name.clone() });
    }
    if record.standing.control.owner == Owner::Ours {
        return match record.assignee.filter(|assignee| Some(*assignee) != me) {
            Some(other) => {
                let other = store::people::find(intention.tx(), other).await?;
                Err(Refusal::TakenBy {
                    by: other.map_or_else(|| "Somebody else".into(), |person| person.name),
                })
            }
            None => Ok(()),
        };
    }
    sight::take(actor, &record)?;
    let job = Job::Take { conversation: id, by: me, ticket: None };
    let row = begin(&mut intention, id, &job, PendingKind::TakingOver, actor).await?;
    intention.commit().await?;
    perform(node, row, job).await
}

/// Gives control back (CR-29); what waits to be sent goes out first.
pub async fn reset(
    node: &Arc<Node>,
    actor: &Actor,
    id: ConversationId,
    to: Option<AppId>,
) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    let record = sight::lock(&mut intention, actor, id).await?;
    match &record.standing.control.owner {
        Owner::Idle if to.is_none() => return Ok(()),
        Owner::Ours | Owner::Idle | Owner::Unknown => {}
        owner @ (Owner::Bot(_) | Owner::PageInbox) => {
            let owner = super::owner_name(intention.tx(), owner).await?;
            return Err(Refusal::NotOwner { owner });
        }
    }
    let job = Job::Release {
        conversation: id,
        by: actor.person().map(|person| person.id),
        automatic: false,
        to,
        words: None,
        ticket: None,
    };
    if outbox::pending_of(intention.tx(), id).await? > 0 {
        intention.job(job, &record.page, Some(id)).await?;
        return Ok(intention.commit().await?);
    }
    let row = begin(&mut intention, id, &job, PendingKind::Resetting, actor).await?;
    intention.commit().await?;
    perform(node, row, job).await
}

/// Writes down what we are about to ask, locked for this node: should it die, a worker carries on.
async fn begin(
    intention: &mut Intention,
    id: ConversationId,
    job: &Job,
    kind: PendingKind,
    actor: &Actor,
) -> store::Result<Uuid> {
    let until = intention.now() + PATIENCE;
    let by = actor.person().map(|person| person.id);
    let record = intention.held_mut(id);
    record.pending = Some(PendingRecord { kind, by, by_name: actor.name().to_owned(), until });
    let page = record.page.clone();
    let row = intention.node().clock.id();
    let new = NewJob {
        id: row,
        conversation: Some(id),
        page,
        kind: job.kind().to_owned(),
        payload: job.payload(),
        run_at: intention.now(),
    };
    outbox::put(intention.tx(), &new, Some(until)).await?;
    Ok(row)
}

/// Asks Meta and records the answer, whatever it is.
async fn perform(node: &Arc<Node>, row: Uuid, job: Job) -> Result<(), Refusal> {
    match call(node, row, &job).await? {
        Ok(()) => Ok(granted(node, row, &job).await?),
        Err(error) => {
            denied(node, row, &job, &error).await?;
            Err(meta_refused(&error))
        }
    }
}

/// Carries out a reset by timer, a reset that waited behind a message, or what a node that died had begun. Nobody
/// waits for the answer: while Meta does not give one, it is asked again.
pub async fn carry_out(node: &Arc<Node>, row: &Row, job: Job) -> Result<(), Refusal> {
    match call(node, row.id, &job).await? {
        Ok(()) => Ok(granted(node, row.id, &job).await?),
        Err(error) if is_for_later(&error) && row.attempts < TRIES => {
            let pause = SECOND << row.attempts.clamp(0, 9);
            let mut tx = node.db.begin().await?;
            outbox::retry(&mut tx, row.id, node.clock.now() + pause, true).await?;
            Ok(tx.commit().await?)
        }
        Err(error) => Ok(denied(node, row.id, &job, &error).await?),
    }
}

/// Taking and giving back twice is as good as once, so an open outcome is asked for again.
fn is_for_later(error: &Error) -> bool {
    matches!(error.kind, Verdict::Retry { .. } | Verdict::OutcomeUnknown)
}

/// Meta's answer; the job ends here when the conversation or its page is gone.
async fn call(node: &Arc<Node>, row: Uuid, job: &Job) -> Result<Result<(), Error>, Refusal> {
    let (Job::Take { conversation: id, .. } | Job::Release { conversation: id, .. }) = *job else {
        return Err(Refusal::Internal("only control jobs are performed here".into()));
    };
    let (credentials, psid) = match credentials(node, id).await {
        Ok(found) => found,
        Err(refusal) => {
            forget(node, id, row).await?;
            return Err(refusal);
        }
    };
    let messenger = &node.messenger;
    Ok(match job {
        Job::Release { to: Some(app), words, .. } => {
            let summary = match words {
                Some(words) => words.clone(),
                None => super::handover::summary(node, id).await?,
            };
            messenger.pass(&credentials, &psid, app, Some(&summary)).await
        }
        Job::Release { .. } => messenger.release(&credentials, &psid).await,
        _ => messenger.take(&credentials, &psid, None).await,
    })
}

async fn granted(node: &Arc<Node>, row: Uuid, job: &Job) -> store::Result<()> {
    let Some(id) = job.conversation() else { return Ok(()) };
    let mut intention = Intention::begin(node).await?;
    if intention.lock(id).await?.is_none() {
        return Ok(());
    }
    let what = match job {
        Job::Release { by, automatic, to, .. } => {
            What::Reset { by: *by, automatic: *automatic, to: to.clone() }
        }
        Job::Take { by, .. } => {
            if let Some(by) = by {
                give_to(&mut intention, id, *by).await?;
            }
            What::TookOver { by: *by }
        }
        Job::Send { .. } | Job::Ask { .. } | Job::Call { .. } | Job::Settle { .. } | Job::Profile { .. } => {
            return Ok(());
        }
    };
    intention.note(id, format!("{}:{row}", job.kind()), what).await?;
    let page = intention.held(id).page.clone();
    intention.held_mut(id).pending = None;
    answer_run(&mut intention, id, job, None);
    outbox::done(intention.tx(), row).await?;
    intention.commit().await?;
    match job {
        Job::Take { .. } => watch::note(node, &page, Sign::TakeAccepted, Some(id)).await,
        _ => Ok(()),
    }
}

/// Whoever takes over has the conversation from then on: an assignment by hand, also to workflows (WF-66).
async fn give_to(intention: &mut Intention, id: ConversationId, person: PersonId) -> store::Result<()> {
    if intention.held(id).assignee == Some(person) {
        return Ok(());
    }
    intention.held_mut(id).assignee = Some(person);
    if let Some(found) = people::find(intention.tx(), person).await? {
        intention.occurred(id, Occurred::Assigned { by: found.name });
    }
    Ok(())
}

async fn denied(node: &Arc<Node>, row: Uuid, job: &Job, error: &Error) -> store::Result<()> {
    let Some(id) = job.conversation() else { return Ok(()) };
    let mut intention = Intention::begin(node).await?;
    let Some(record) = intention.lock(id).await? else { return Ok(()) };
    let page = record.page.clone();
    intention.held_mut(id).pending = None;
    note_health(&mut intention, &page, error).await?;
    answer_run(&mut intention, id, job, Some(error.words()));
    // Whatever Meta thinks now, it is not what we thought.
    intention.job(Job::Ask { conversation: id, ticket: None }, &page, None).await?;
    outbox::done(intention.tx(), row).await?;
    intention.commit().await?;
    match (job, watch::of_refusal(error)) {
        (Job::Take { .. }, Some(sign)) => watch::note(node, &page, sign, Some(id)).await,
        _ => Ok(()),
    }
}

/// Tells the run that waits for it what came of a call about control. `refused`: why not.
fn answer_run(intention: &mut Intention, id: ConversationId, job: &Job, refused: Option<String>) {
    let (Job::Take { ticket: Some(ticket), .. } | Job::Release { ticket: Some(ticket), .. }) = job else {
        return;
    };
    let result = match refused {
        Some(words) => CallResult::Failed { words },
        None => CallResult::Answered { status: None, values: Vec::new() },
    };
    intention.occurred(id, Occurred::Answered { ticket: *ticket, input: Input::Called(result) });
}

async fn forget(node: &Arc<Node>, id: ConversationId, row: Uuid) -> store::Result<()> {
    let mut intention = Intention::begin(node).await?;
    if intention.lock(id).await?.is_some() {
        intention.held_mut(id).pending = None;
    }
    outbox::done(intention.tx(), row).await?;
    intention.commit().await
}

/// Marks the page disconnected when that is what an error means.
pub async fn note_health(
    intention: &mut Intention,
    page: &domain::PageId,
    error: &Error,
) -> store::Result<()> {
    if !error.page_is_disconnected() {
        return Ok(());
    }
    if let Some(mut page) = intention.page(page).await? {
        news_of_health(intention, &mut page.page, Some(error.words())).await?;
    }
    Ok(())
}

/// What it takes to ask Meta about a conversation.
pub async fn credentials(node: &Node, id: ConversationId) -> Result<(Credentials, domain::Psid), Refusal> {
    let (credentials, psid, _) = question(node, id).await?;
    Ok((credentials, psid))
}

/// The same, with the place of the answer in the story: after what is known now. What happens while Meta answers is
/// newer than the answer, which would take it back otherwise.
async fn question(
    node: &Node,
    id: ConversationId,
) -> Result<(Credentials, domain::Psid, Timestamp), Refusal> {
    let mut tx = node.db.snapshot().await?;
    let record = store::conversations::find(&mut tx, id).await?.ok_or(Refusal::Gone)?;
    let known = record.latest.as_ref().map_or(Timestamp::default(), |(at, ..)| *at + 1);
    let asked_at = node.clock.now().max(known);
    let page = store::pages::find(&mut tx, &record.page).await?.ok_or(Refusal::Gone)?;
    match node.credentials(&mut tx, &page).await {
        Ok(credentials) => Ok((credentials, record.psid, asked_at)),
        Err(NoCredentials::Store(error)) => Err(error.into()),
        Err(error) => Err(Refusal::ByMeta { message: error.to_string() }),
    }
}

/// Asks Meta who has control right now (CR-24), and fetches messages we may have missed. `key` names the answer.
pub async fn resync(node: &Arc<Node>, id: ConversationId, key: Uuid) -> Result<bool, Refusal> {
    let (credentials, psid, asked_at) = question(node, id).await?;
    let (owner, history) = tokio::join!(
        node.messenger.owner(&credentials, &psid),
        node.messenger.history(&credentials, &psid, HISTORY),
    );
    watch_answer(node, &credentials, id, &owner).await?;
    let key = if key.is_nil() { node.clock.id() } else { key };
    let told = history.is_ok();
    record_answer(node, id, (key, asked_at), owner, history.unwrap_or_default()).await?;
    Ok(told)
}

/// Asks only who has control; for doubts of our own. Whether it has to be tried again, and after how many
/// milliseconds.
pub async fn ask(
    node: &Arc<Node>,
    id: ConversationId,
    key: Uuid,
    ticket: Option<Uuid>,
) -> Result<Option<i64>, Refusal> {
    let (credentials, psid, asked_at) = match question(node, id).await {
        Ok(found) => found,
        Err(Refusal::Gone) => return Ok(None),
        Err(Refusal::ByMeta { message }) => {
            answer_asked(node, id, ticket, Err(message)).await?;
            return Ok(None);
        }
        Err(other) => return Err(other),
    };
    let answer = node.messenger.owner(&credentials, &psid).await;
    watch_answer(node, &credentials, id, &answer).await?;
    let again = match &answer {
        Err(Error { kind: Verdict::Retry { after_ms }, .. }) => {
            Some(after_ms.map_or(SECOND, |ms| i64::try_from(ms).unwrap_or(SECOND)))
        }
        _ => None,
    };
    let told = match &answer {
        Ok(answer) => Ok(answer.answer.clone()),
        Err(error) => Err(error.words()),
    };
    let recorded = record_answer(node, id, (key, asked_at), answer, Vec::new()).await;
    if again.is_none() {
        answer_asked(node, id, ticket, told).await?;
    }
    match recorded {
        Ok(()) | Err(Refusal::ByMeta { .. } | Refusal::MetaUnreachable) => Ok(again),
        Err(other) => Err(other),
    }
}

/// Tells the run that asked who has control. It is asked again until there is an answer; the run itself gives up first.
async fn answer_asked(
    node: &Arc<Node>,
    id: ConversationId,
    ticket: Option<Uuid>,
    answer: Result<Answer, String>,
) -> Result<(), Refusal> {
    let Some(ticket) = ticket else { return Ok(()) };
    let mut intention = Intention::begin(node).await?;
    if intention.lock(id).await?.is_none() {
        return Ok(());
    }
    let result = match answer {
        Err(words) => CallResult::Failed { words },
        Ok(answer) => {
            let (owner, app) = match answer {
                Answer::Ours => ("ours", None),
                Answer::Other(app) if app.as_str() == AppId::PAGE_INBOX => ("page_inbox", Some(app)),
                Answer::Other(app) => ("bot", Some(app)),
                Answer::OtherUnnamed => ("unknown", None),
                Answer::Idle => ("idle", None),
            };
            let app = app.map_or_else(Value::default, |app| app.0.into());
            let values = vec![("owner".to_owned(), owner.into()), ("app".to_owned(), app)];
            CallResult::Answered { status: None, values }
        }
    };
    intention.occurred(id, Occurred::Answered { ticket, input: Input::Called(result) });
    Ok(intention.commit().await?)
}

/// Notes what an answer gives away about the page, before it is recorded: an app it names is known by then.
async fn watch_answer(
    node: &Arc<Node>,
    credentials: &Credentials,
    id: ConversationId,
    answer: &Result<OwnerAnswer, Error>,
) -> store::Result<()> {
    match answer {
        Ok(answer) => watch::answered(node, &credentials.page, Some(id), &answer.answer).await,
        Err(_) => Ok(()),
    }
}

/// Keeps an answer under its key, at the place in the story at which it was asked for.
async fn record_answer(
    node: &Arc<Node>,
    id: ConversationId,
    (key, at): (Uuid, Timestamp),
    owner: Result<OwnerAnswer, Error>,
    history: Vec<Remembered>,
) -> Result<(), Refusal> {
    let refusal = owner.as_ref().err().map(meta_refused);
    let told = Arc::new((owner, history));
    let recorded = intend(node, move |intention| {
        let told = told.clone();
        Box::pin(async move {
            let Some(record) = intention.lock(id).await? else { return Ok(false) };
            let page = record.page.clone();
            let (owner, history) = &*told;
            history::merge(intention, id, history.clone()).await?;
            let what = match owner {
                Ok(answer) => What::Answered { answer: answer.answer.clone(), expires_at: answer.expires_at },
                Err(error) => {
                    note_health(intention, &page, error).await?;
                    What::AnswerFailed
                }
            };
            intention.observe(id, Evidence { at, key: format!("answer:{key}"), what }).await?;
            Ok(true)
        })
    });
    match recorded.await? {
        true => refusal.map_or(Ok(()), Err),
        false => Err(Refusal::Gone),
    }
}

/// The reset that nobody asked for: 24 h after our last message (CR-19).
pub fn automatic_release(id: ConversationId) -> Job {
    Job::Release {
        conversation: id,
        by: None::<PersonId>,
        automatic: true,
        to: None,
        words: None,
        ticket: None,
    }
}
