//! Conversation routing: who hears what, who may do what, and how control moves.

use super::{Caller, Delivery, Thread, World};
use crate::simulator::refusal::Refusal;
use crate::simulator::setup::{Mode, PageSetup};
use domain::conversation::evidence::Channel;
use domain::{AppId, PageId, Psid, SECOND, Timestamp};
use serde_json::{Value, json};

/// The longest extension, in seconds.
const LONGEST_EXTENSION: u64 = 7 * 24 * 60 * 60;
/// The longest note that may travel with control, in characters.
const LONGEST_METADATA: usize = 1_000;

/// A call that moves or keeps control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    Pass { to: AppId, metadata: Option<String> },
    Take { metadata: Option<String> },
    Release,
    Request { metadata: Option<String> },
    Extend { seconds: u64 },
}

impl Move {
    /// The last segment of the call's address.
    pub fn path(&self) -> &'static str {
        match self {
            Self::Pass { .. } => "pass_thread_control",
            Self::Take { .. } => "take_thread_control",
            Self::Release => "release_thread_control",
            Self::Request { .. } => "request_thread_control",
            Self::Extend { .. } => "extend_thread_control",
        }
    }
}

/// Which channels an event travels on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The app in control, and the listeners on standby.
    Everybody,
    /// Only the app in control: reactions and links never reach standby.
    Addressee,
}

impl World {
    /// Carries out a control call, or says why not.
    pub fn control(
        &mut self,
        caller: &Caller,
        psid: &Psid,
        step: Move,
        now: Timestamp,
    ) -> Result<Vec<Delivery>, Refusal> {
        let (setup, thread) = self.place(&caller.page, psid)?;
        let at = thread.tick(now);
        match step {
            Move::Pass { to, metadata } => setup.pass(thread, &caller.app, to, metadata, at),
            Move::Take { metadata } => setup.take(thread, &caller.app, metadata, at),
            Move::Release => release(thread, &caller.app, at),
            Move::Request { metadata } => setup.request(thread, &caller.app, metadata, at),
            Move::Extend { seconds } => extend(thread, &caller.app, seconds, at),
        }
    }

    /// What `thread_owner` answers: the app only to the owner and the default app, nothing for an idle thread.
    pub fn owner_answer(&self, caller: &Caller, psid: &Psid, now: Timestamp) -> Result<Value, Refusal> {
        let page = self.pages.get(&caller.page).ok_or_else(Refusal::no_such_object)?;
        let thread = page.threads.get(psid).ok_or_else(Refusal::no_such_person)?;
        let Some(control) = thread.control.as_ref().filter(|control| now < control.until) else {
            return Ok(json!({ "data": [] }));
        };
        let mut owner = json!({ "expiration": control.until.ms() / SECOND });
        if control.app == caller.app || page.setup.routing.default_app.as_ref() == Some(&caller.app) {
            owner["app_id"] = json!(control.app);
        }
        Ok(json!({ "data": [{ "thread_owner": owner }] }))
    }
}

impl PageSetup {
    /// The app that hears the customer directly while routing is on.
    fn addressee<'a>(&'a self, owner: Option<&'a AppId>) -> Option<&'a AppId> {
        owner.or(self.routing.default_app.as_ref())
    }

    fn channel(&self, owner: Option<&AppId>, app: &AppId) -> Channel {
        match self.routing.mode {
            Mode::ZeroConfig => Channel::Direct,
            Mode::On | Mode::Legacy if self.addressee(owner) == Some(app) => Channel::Direct,
            Mode::On | Mode::Legacy => Channel::Standby,
        }
    }

    /// One event for every app that is subscribed to it and may hear it.
    pub(super) fn announce(
        &self,
        owner: Option<&AppId>,
        psid: &Psid,
        field: &str,
        reach: Reach,
        item: &Value,
    ) -> Vec<Delivery> {
        let subscribed = |field: &str, fields: &[String]| fields.iter().any(|each| each == field);
        let mut deliveries = Vec::new();
        for app in self.apps.iter().filter(|app| subscribed(field, &app.fields)) {
            let channel = self.channel(owner, &app.id);
            let listens = app.standby && reach == Reach::Everybody && subscribed("standby", &app.fields);
            if channel == Channel::Direct || listens {
                let item = as_heard(channel, item);
                deliveries.push(delivery(&self.id, psid, &app.id, channel, item));
            }
        }
        deliveries
    }

    /// The social entry rule: one app gets a customer who enters an idle thread.
    pub(super) fn enter(&self, thread: &mut Thread, at: Timestamp) {
        if let (Mode::On, None, Some(social)) =
            (self.routing.mode, thread.owner(at), &self.routing.social_app)
        {
            thread.give(social.clone(), at);
        }
    }

    /// The rules for links and ads: the chosen app gets a thread that nobody has. Whether there is one.
    pub(super) fn lead(&self, thread: &mut Thread, chosen: Option<&AppId>, at: Timestamp) -> bool {
        match (thread.owner(at), chosen) {
            (None, Some(chosen)) => {
                thread.give(chosen.clone(), at);
                true
            }
            (Some(_), _) | (None, None) => false,
        }
    }

    /// Gives control to another app and tells that app.
    pub(super) fn pass(
        &self,
        thread: &mut Thread,
        from: &AppId,
        to: AppId,
        metadata: Option<String>,
        at: Timestamp,
    ) -> Result<Vec<Delivery>, Refusal> {
        let previous = thread.owner(at).cloned();
        let idle_for_all = self.routing.mode == Mode::ZeroConfig && previous.is_none();
        if previous.as_ref() != Some(from) && !idle_for_all {
            return Err(Refusal::not_yours_to_give());
        }
        check_metadata(metadata.as_deref())?;
        if self.app(&to).is_none() && !to.is_page_inbox() {
            return Err(Refusal::no_such_app());
        }
        thread.give(to.clone(), at);
        let event = json!({ "previous_owner_app_id": previous, "new_owner_app_id": to, "metadata": metadata.unwrap_or_default() });
        Ok(self.hand_over(&thread.psid, &to, "pass_thread_control", event, at))
    }

    fn take(
        &self,
        thread: &mut Thread,
        by: &AppId,
        metadata: Option<String>,
        at: Timestamp,
    ) -> Result<Vec<Delivery>, Refusal> {
        if self.routing.mode == Mode::ZeroConfig {
            return Err(Refusal::routing_off());
        }
        let may = match self.routing.mode {
            Mode::Legacy => thread.owner(at).is_none() || self.routing.default_app.as_ref() == Some(by),
            Mode::On | Mode::ZeroConfig => self.may_take(by),
        };
        if !may {
            return Err(Refusal::take_switched_off());
        }
        check_metadata(metadata.as_deref())?;
        Ok(self.seize(thread, by, metadata, at))
    }

    /// Whether "Take control of conversations" is on for an app.
    pub(super) fn may_take(&self, app: &AppId) -> bool {
        self.app(app).is_some_and(|app| app.take_control)
    }

    /// Moves control to an app and tells the one that lost it.
    pub(super) fn seize(
        &self,
        thread: &mut Thread,
        by: &AppId,
        metadata: Option<String>,
        at: Timestamp,
    ) -> Vec<Delivery> {
        let previous = thread.owner(at).cloned().filter(|owner| owner != by);
        thread.give(by.clone(), at);
        let Some(loser) = previous else { return Vec::new() };
        let event = json!({ "previous_owner_app_id": loser, "new_owner_app_id": by, "metadata": metadata.unwrap_or_default() });
        self.hand_over(&thread.psid, &loser, "take_thread_control", event, at)
    }

    /// Tells the app in control that somebody asks. Without a default app an idle thread goes to the first who asks.
    fn request(
        &self,
        thread: &mut Thread,
        by: &AppId,
        metadata: Option<String>,
        at: Timestamp,
    ) -> Result<Vec<Delivery>, Refusal> {
        check_metadata(metadata.as_deref())?;
        let owner = thread.owner(at).cloned();
        if owner.is_none() && self.routing.mode == Mode::ZeroConfig {
            thread.give(by.clone(), at);
        }
        let Some(asked) = self.addressee(owner.as_ref()).filter(|asked| *asked != by) else {
            return Ok(Vec::new());
        };
        let event = json!({ "requested_owner_app_id": by, "metadata": metadata.unwrap_or_default() });
        Ok(self.hand_over(&thread.psid, asked, "request_thread_control", event, at))
    }

    fn hand_over(&self, psid: &Psid, to: &AppId, kind: &str, event: Value, at: Timestamp) -> Vec<Delivery> {
        let hears = |app: &AppId| {
            self.app(app).is_some_and(|app| app.fields.iter().any(|field| field == "messaging_handovers"))
        };
        let mut item = json!({ "sender": { "id": psid }, "recipient": { "id": self.id }, "timestamp": at });
        item[kind] = event;
        hears(to).then(|| delivery(&self.id, psid, to, Channel::Direct, item)).into_iter().collect()
    }
}

/// Ends control; Meta tells nobody.
pub(super) fn release(thread: &mut Thread, by: &AppId, at: Timestamp) -> Result<Vec<Delivery>, Refusal> {
    if thread.owner(at) != Some(by) {
        return Err(Refusal::not_yours_to_give());
    }
    thread.control = None;
    Ok(Vec::new())
}

fn extend(thread: &mut Thread, by: &AppId, seconds: u64, at: Timestamp) -> Result<Vec<Delivery>, Refusal> {
    if thread.owner(at) != Some(by) {
        return Err(Refusal::not_yours_to_give());
    }
    if seconds == 0 || seconds > LONGEST_EXTENSION {
        return Err(Refusal::parameter("Param duration must be between 1 second and 7 days."));
    }
    if let Some(control) = &mut thread.control {
        control.until = control.until.max(at + i64::try_from(seconds).unwrap_or_default() * SECOND);
    }
    Ok(Vec::new())
}

fn check_metadata(metadata: Option<&str>) -> Result<(), Refusal> {
    let length = metadata.map_or(0, |metadata| metadata.chars().count());
    if length > LONGEST_METADATA {
        return Err(Refusal::parameter("Param metadata must be at most 1000 characters."));
    }
    Ok(())
}

/// On standby a button's payload is withheld: it belongs to the app that sent the button.
fn as_heard(channel: Channel, item: &Value) -> Value {
    let mut item = item.clone();
    if let (Channel::Standby, Some(postback)) =
        (channel, item.get_mut("postback").and_then(Value::as_object_mut))
    {
        postback.remove("payload");
    }
    item
}

fn delivery(page: &PageId, psid: &Psid, app: &AppId, channel: Channel, item: Value) -> Delivery {
    Delivery { page: page.clone(), app: app.clone(), psid: psid.clone(), channel, item }
}
