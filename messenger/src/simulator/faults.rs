//! Things that go wrong on purpose, on the way in and on the way out.
//!
//! ```ignore
//! simulator.faults().next(Call::Send, 2, Fault::Refuse { status: 400, code: 2, subcode: None });
//! simulator.faults().sometimes(Call::Send, 0.1, Fault::AcceptThenDrop);
//! simulator.faults().webhooks(|webhooks| webhooks.duplicate = 0.3);
//! ```

use axum::http::StatusCode;
use domain::{PageId, SECOND, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Which Graph calls a fault applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// Every call.
    Any,
    /// Messages.
    Send,
    /// Typing, seen, reactions.
    Action,
    /// Files.
    Upload,
    Take,
    Pass,
    Release,
    Request,
    Extend,
    /// Who is in control?
    Owner,
    Profile,
    /// Conversations and their messages.
    History,
    /// Reading and changing what an app is subscribed to.
    Subscriptions,
    /// Tokens, pages and whatever else.
    Other,
    /// Fetching a file somebody sent.
    File,
}

/// One way in which a Graph call goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// Nothing is done; Meta's error object is answered.
    Refuse { status: u16, code: u32, subcode: Option<u32> },
    /// Nothing is done; the status comes with a page of HTML, as from a broken proxy.
    Http { status: u16 },
    /// It is done; the status comes with a page of HTML.
    AcceptThenHttp { status: u16 },
    /// It is done; the answer breaks off in the middle of its JSON.
    Truncated,
    /// It is done; the answer is `{}`.
    NoMessageId,
    /// Nothing is done and no answer ever comes.
    Hang,
    /// It is done and no answer ever comes.
    AcceptThenHang,
    /// Nothing is done; the connection breaks.
    Drop,
    /// It is done; the connection breaks, so that the caller cannot know.
    AcceptThenDrop,
    /// It is done at once; the answer comes late.
    AcceptThenDelay { ms: u64 },
    /// All is well, but late.
    Delay { ms: u64 },
}

/// A fault as planned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CallFault {
    pub call: Call,
    pub often: Often,
    pub fault: Fault,
}

/// How often a planned fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Often {
    /// To this many calls yet to come.
    Next { times: usize },
    /// To each call with a probability between 0 and 1.
    Sometimes { probability: f64 },
}

/// What goes wrong between Meta and the apps' webhooks. Probabilities lie between 0 and 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WebhookFaults {
    /// How often an event is delivered twice.
    pub duplicate: f64,
    /// How often an event waits until the next one of its thread has overtaken it.
    pub reorder: f64,
    /// How often an echo is never delivered.
    pub drop_echo: f64,
    /// How long every event is held back.
    pub delay_ms: u64,
    /// How a message's echo and the answer to its send follow each other.
    pub echo: EchoOrder,
}

/// How a message's echo and the answer to its send follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EchoOrder {
    /// Both leave at once, as Meta does it.
    #[default]
    Race,
    /// The echo is acknowledged before the answer leaves.
    BeforeAnswer,
    /// The echo leaves when the answer has had time to arrive.
    AfterAnswer,
}

/// The faults planned for a simulation. None at first.
pub struct Faults(Mutex<Plan>);

struct Plan {
    rng: StdRng,
    next: Vec<(Call, usize, Fault)>,
    sometimes: Vec<(Call, f64, Fault)>,
    webhooks: WebhookFaults,
    sends_per_second: Option<u32>,
    sent: HashMap<PageId, (i64, u32)>,
}

impl Faults {
    /// No faults; equal seeds draw equal lots.
    pub fn none(seed: u64) -> Self {
        Self(Mutex::new(Plan {
            rng: StdRng::seed_from_u64(seed),
            next: Vec::new(),
            sometimes: Vec::new(),
            webhooks: WebhookFaults::default(),
            sends_per_second: None,
            sent: HashMap::new(),
        }))
    }

    /// The next `times` calls of a kind go wrong this way.
    pub fn next(&self, call: Call, times: usize, fault: Fault) {
        self.plan().next.push((call, times, fault));
    }

    /// Calls of a kind go wrong this way with a probability between 0 and 1.
    pub fn sometimes(&self, call: Call, probability: f64, fault: Fault) {
        self.plan().sometimes.push((call, probability, fault));
    }

    /// Changes what goes wrong with webhooks.
    pub fn webhooks(&self, change: impl FnOnce(&mut WebhookFaults)) {
        change(&mut self.plan().webhooks);
    }

    /// Refuses messages of a page beyond this many a second with Meta's 613.
    pub fn limit_sends(&self, per_second: Option<u32>) {
        self.plan().sends_per_second = per_second;
    }

    /// All is well again.
    pub fn clear(&self) {
        let mut plan = self.plan();
        plan.next.clear();
        plan.sometimes.clear();
        plan.webhooks = WebhookFaults::default();
        plan.sends_per_second = None;
    }

    /// What goes wrong with this call: planned faults first, then a lot is drawn.
    pub(super) fn draw(&self, call: Call) -> Option<Fault> {
        let plan = &mut *self.plan();
        // Files do not come from the Graph.
        let applies = |to: Call| to == call || (to == Call::Any && call != Call::File);
        if let Some(index) = plan.next.iter().position(|(to, times, _)| applies(*to) && *times > 0) {
            let (_, times, fault) = &mut plan.next[index];
            *times -= 1;
            let fault = fault.clone();
            plan.next.retain(|(_, times, _)| *times > 0);
            return Some(fault);
        }
        let rng = &mut plan.rng;
        let drawn = plan.sometimes.iter().find(|(to, probability, _)| applies(*to) && lot(rng, *probability));
        drawn.map(|(_, _, fault)| fault.clone())
    }

    /// What a download answers instead of the file. Whatever else a fault would do, a file is not there.
    pub(super) fn of_file(&self) -> Option<StatusCode> {
        let status = match self.draw(Call::File)? {
            Fault::Refuse { status, .. } | Fault::Http { status } | Fault::AcceptThenHttp { status } => {
                status
            }
            _ => 503,
        };
        Some(StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE))
    }

    /// Whether a page's message of this moment is one too many.
    pub(super) fn is_too_fast(&self, page: &PageId, now: Timestamp) -> bool {
        let plan = &mut *self.plan();
        let Some(limit) = plan.sends_per_second else {
            return false;
        };
        let second = now.ms().div_euclid(SECOND);
        let (last, count) = plan.sent.entry(page.clone()).or_default();
        if *last != second {
            (*last, *count) = (second, 0);
        }
        *count += 1;
        *count > limit
    }

    /// The faults of webhooks as they stand.
    pub fn of_webhooks(&self) -> WebhookFaults {
        self.plan().webhooks.clone()
    }

    /// The faults of calls as they stand.
    pub fn of_calls(&self) -> Vec<CallFault> {
        let plan = self.plan();
        let fault = |call: Call, often: Often, fault: &Fault| CallFault { call, often, fault: fault.clone() };
        let next =
            plan.next.iter().map(|(call, times, what)| fault(*call, Often::Next { times: *times }, what));
        let sometimes = plan.sometimes.iter();
        next.chain(sometimes.map(|(call, probability, what)| {
            fault(*call, Often::Sometimes { probability: *probability }, what)
        }))
        .collect()
    }

    pub(super) fn happens(&self, probability: f64) -> bool {
        probability > 0.0 && lot(&mut self.plan().rng, probability)
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lot(rng: &mut StdRng, probability: f64) -> bool {
    rng.random_bool(probability.clamp(0.0, 1.0))
}
