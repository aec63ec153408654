//! Brings what happened in the world to the apps: over HTTP through the courier, or to a bot in this process.

use super::bot::{self, BotScript, Memory};
use super::clock::wait;
use super::faults::EchoOrder;
use super::world::send::Sent;
use super::world::{Caller, Delivery, World, routing};
use super::{Inner, Refusal, Simulator};
use domain::{AppId, Mid, PageId, Psid};
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long an answer needs to arrive before its echo is sent, when the echo is to come last.
const ANSWER_FIRST: Duration = Duration::from_millis(40);

/// A bot's seat in one thread.
type Seat = (PageId, AppId, Psid);

/// What the bots have yet to answer and what they remember.
#[derive(Default)]
pub(super) struct Stage {
    heard: Mutex<HashMap<Seat, VecDeque<Delivery>>>,
    memories: Mutex<HashMap<Seat, Memory>>,
}

impl Simulator {
    /// Sends events on their way; the answers resolve as webhooks acknowledge. Called while the world is still locked,
    /// so that the events of a thread leave in the order in which they happened.
    pub(super) fn dispatch(&self, world: &World, deliveries: Vec<Delivery>) -> Vec<oneshot::Receiver<()>> {
        let mut under_way = Vec::new();
        for delivery in deliveries {
            let Some(app) = world.app(&delivery.page, &delivery.app) else { continue };
            if let Some(script) = &app.bot {
                self.bot_hears(script.clone(), delivery.clone());
            }
            if app.webhook.is_some() {
                under_way.push(self.inner.courier.send(delivery));
            }
        }
        under_way
    }

    /// Sends the events of an accepted message on their way, in the order the faults ask for.
    /// The answer to the sender waits for what this returns.
    pub(super) fn dispatch_sent(
        &self,
        world: &World,
        deliveries: Vec<Delivery>,
    ) -> Vec<oneshot::Receiver<()>> {
        match self.faults().of_webhooks().echo {
            EchoOrder::BeforeAnswer => return self.dispatch(world, deliveries),
            EchoOrder::Race => drop(self.dispatch(world, deliveries)),
            EchoOrder::AfterAnswer => {
                let simulator = self.clone();
                self.inner.depot.pending.begin();
                tokio::spawn(async move {
                    wait(ANSWER_FIRST).await;
                    simulator.dispatch(&simulator.world(), deliveries);
                    simulator.inner.depot.pending.end();
                });
            }
        }
        Vec::new()
    }

    /// Calls the Send API as an app that runs in this process.
    pub(super) fn send_as(&self, caller: &Caller, body: &Value) -> Result<Mid, Refusal> {
        let mut world = self.world();
        let sent = world.send(caller, body, self.now());
        let answer = sent.as_ref().map(|sent| sent.answer.clone()).map_err(Clone::clone);
        self.journal_call(caller, "POST messages", &answer, body);
        let Sent { mid, deliveries, .. } = sent?;
        self.dispatch(&world, deliveries);
        mid.ok_or_else(Refusal::no_such_object)
    }

    /// Moves control as an app that runs in this process.
    pub(super) fn move_as(&self, caller: &Caller, psid: &Psid, step: routing::Move) -> Result<(), Refusal> {
        let title = format!("POST {}", step.path());
        let mut world = self.world();
        let moved = world.control(caller, psid, step, self.now());
        let body = json!({ "recipient": { "id": psid } });
        self.journal_call(caller, &title, &moved.clone().map(|_| json!({ "success": true })), &body);
        self.dispatch(&world, moved?);
        Ok(())
    }

    fn bot_hears(&self, script: BotScript, delivery: Delivery) {
        let seat = (delivery.page.clone(), delivery.app.clone(), delivery.psid.clone());
        let mut heard = self.inner.stage.heard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = heard.get_mut(&seat) {
            waiting.push_back(delivery);
            return;
        }
        heard.insert(seat.clone(), VecDeque::from([delivery]));
        drop(heard);
        self.inner.depot.pending.begin();
        tokio::spawn(play(Arc::downgrade(&self.inner), script, seat));
    }

    /// The next event a bot has heard and what it does about it. Nothing left: its work is over.
    fn next_moves(&self, script: &BotScript, seat: &Seat) -> Option<(Delivery, Vec<bot::Move>)> {
        let name = self.first_name(&seat.0, &seat.2);
        let mut heard = self.inner.stage.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(event) = heard.get_mut(seat).and_then(VecDeque::pop_front) else {
            heard.remove(seat);
            self.inner.depot.pending.end();
            return None;
        };
        let mut memories = self.inner.stage.memories.lock().unwrap_or_else(PoisonError::into_inner);
        let moves = script.hears(memories.entry(seat.clone()).or_default(), &event, &name);
        Some((event, moves))
    }

    /// Carries out a bot's moves up to the first one that is refused.
    fn carry_out(&self, (page, app, psid): &Seat, moves: Vec<bot::Move>) -> Result<(), Refusal> {
        let caller = Caller { page: page.clone(), app: app.clone() };
        for step in moves {
            match step {
                bot::Move::Say(text) => drop(self.send_as(&caller, &plain(psid, &text))?),
                bot::Move::Release => self.move_as(&caller, psid, routing::Move::Release)?,
                bot::Move::Pass { metadata } => {
                    let to = self.default_app(page).ok_or_else(Refusal::no_such_app)?;
                    self.move_as(&caller, psid, routing::Move::Pass { to, metadata: Some(metadata) })?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn default_app(&self, page: &PageId) -> Option<AppId> {
        self.world().pages.get(page)?.setup.routing.default_app.clone()
    }

    fn first_name(&self, page: &PageId, psid: &Psid) -> String {
        let world = self.world();
        let thread = world.pages.get(page).and_then(|page| page.threads.get(psid));
        thread.map(|thread| thread.first_name.clone()).unwrap_or_default()
    }
}

/// A plain text message inside the window.
pub(super) fn plain(psid: &Psid, text: &str) -> Value {
    json!({ "recipient": { "id": psid }, "messaging_type": "RESPONSE", "message": { "text": text } })
}

/// Lets a bot answer what it heard in one thread, one event after the other, until nothing is left.
/// Holds the simulation only while it acts, so that a thinking bot does not keep it alive.
async fn play(stage: Weak<Inner>, script: BotScript, seat: Seat) {
    let simulator = || stage.upgrade().map(|inner| Simulator { inner });
    while let Some((event, moves)) = simulator().and_then(|simulator| simulator.next_moves(&script, &seat)) {
        if moves.is_empty() {
            continue;
        }
        wait(Duration::from_millis(script.delay_ms())).await;
        let Some(simulator) = simulator() else { return };
        if simulator.carry_out(&seat, moves).is_err() {
            simulator.note(&event.app, "the bot keeps silent: another app is in control".to_owned());
        }
    }
}
