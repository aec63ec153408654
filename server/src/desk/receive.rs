//! What Meta tells us becomes messages, evidence and changes, once, in any order.

mod happening;

use super::amend::{Amendment, amend};
use super::intention::Intention;
use super::routing::apps::met;
use super::routing::watch;
use super::workflow::{self, Occurred};
use domain::conversation::content::{Piece, UNSUPPORTED};
use domain::conversation::control::Owner;
use domain::conversation::evidence::{Channel, Evidence, What};
use domain::conversation::message::{
    Attachment, Author, AuthorKind, Delivery, DeliveryState, Direction, Origin,
};
use domain::conversation::standing::Status;
use domain::page::ledger::Kind;
use domain::page::{Health, Page, PolicyWarning};
use domain::routing::sign::Sign;
use domain::view::{Activity, Message};
use domain::workflow::happening::Happening;
use domain::workflow::turn::Answer;
use domain::{AppId, ConversationId, MINUTE, MessageId, Mid, Timestamp};
use messenger::event::{Event, Inbound, PolicyAction, Referral};
use messenger::outgoing::Metadata;
use serde_json::Value;
use store::{Result, messages, outbox, pages, signs};
use uuid::Uuid;

/// A message this much older than the newest one came late, in milliseconds.
const LATE: i64 = MINUTE;

/// Applies one item of a webhook. What belongs to no page of ours is kept where a manager sees it.
pub async fn receive(intention: &mut Intention, app: &AppId, body: Uuid, item: Inbound) -> Result<()> {
    let now = intention.now();
    let page = match intention.page(&item.page).await? {
        Some(page) if page.page.app == *app && !page.page.health.is_removed() => page.page,
        _ => {
            let reason = format!("The page {} is not connected with the app {app}.", item.page);
            return intention.park(body, Some(item.page), item.raw.to_string(), reason).await;
        }
    };
    let id = page.id.clone();
    // Some events are about the page and name nobody.
    let of_page = matches!(item.event, Event::Policy { .. } | Event::AppRoles);
    intention.tx().heard(&id, now);
    if !of_page && item.psid.is_none() {
        let reason = "It names no customer.".into();
        return intention.park(body, Some(item.page), item.raw.to_string(), reason).await;
    }
    intention.tx().count(&id, now, Kind::Received, 1);
    match (&item.event, item.psid.clone()) {
        (Event::AppRoles, _) => signs::see(intention.tx(), &id, Sign::RolesGiven, item.at, None),
        (Event::Policy { action, reason }, _) => policy(intention, page, action, reason.as_deref()).await?,
        (_, Some(psid)) => {
            let conversation = intention.open(&page.id, &psid).await?;
            Receipt { intention, page, conversation, body }.take(item).await?;
        }
        (_, None) => {}
    }
    intention.tx().count(&id, now, Kind::Applied, 1);
    Ok(())
}

/// One item on its way into one conversation.
struct Receipt<'a> {
    intention: &'a mut Intention,
    page: Page,
    conversation: ConversationId,
    /// The stored webhook it came with.
    body: Uuid,
}

/// A message as it came, before it has a place.
struct Arrived {
    mid: Option<Mid>,
    direction: Direction,
    author: Author,
    text: Option<String>,
    attachments: Vec<Attachment>,
    reply_to: Option<Mid>,
    tapped: Option<String>,
}

impl Receipt<'_> {
    async fn take(&mut self, item: Inbound) -> Result<()> {
        self.watch(&item).await?;
        let happening = happening::of(&item);
        let Inbound { at, channel, key, event, raw, .. } = item;
        let is_news = match happening {
            Some((act, detail)) => self.happened(at, &key, act, detail).await?,
            None => false,
        };
        match event {
            Event::Message {
                mid, text, attachments, quick_reply, reply_to, unsupported, referral, ..
            } => {
                let attachments = if unsupported { vec![unsupported_attachment()] } else { attachments };
                let tapped = quick_reply.is_some().then(|| text.clone()).flatten();
                let words = text.clone();
                let arrived =
                    Arrived { text, attachments, reply_to, tapped, ..self.customers_own(Some(mid)) };
                if let Some(message) = self.message(at, arrived).await? {
                    self.said(message, words, quick_reply, referral.as_ref()).await?;
                }
                let wrote = self.wrote(channel).await?;
                self.evidence(at, key, wrote).await
            }
            Event::Postback { mid, title, payload, referral } => {
                let attachments = happening::came_from(&raw).into_iter().collect();
                let arrived = Arrived {
                    text: title.clone(),
                    tapped: title.clone(),
                    attachments,
                    ..self.customers_own(mid)
                };
                if self.is_new(&key).await?
                    && let Some(message) = self.message(at, arrived).await?
                {
                    self.said(message, title.clone(), payload.clone(), referral.as_ref()).await?;
                    if let Some(payload) = payload {
                        self.triggers(Happening::Postback { payload, title });
                    }
                }
                let wrote = self.wrote(channel).await?;
                self.evidence(at, key, wrote).await
            }
            Event::Echo { mid, app, metadata, text, attachments, reply_to, ai_generated } => {
                if self.is_our_own(&mid, metadata.as_deref(), at).await? {
                    return Ok(());
                }
                let author = self.author_of(app.as_ref(), ai_generated);
                let beside = match author.kind {
                    AuthorKind::Bot => app.clone(),
                    AuthorKind::PageInbox => Some(AppId::PAGE_INBOX.into()),
                    AuthorKind::Customer
                    | AuthorKind::Agent
                    | AuthorKind::Workflow
                    | AuthorKind::MetaAi
                    | AuthorKind::Unknown => None,
                };
                if let Some(app) = &beside {
                    // Before its first message, so that the message is announced under its name.
                    self.met(app, at, 0).await?;
                }
                let arrived = Arrived {
                    mid: Some(mid),
                    direction: Direction::Out,
                    author,
                    text,
                    attachments,
                    reply_to,
                    tapped: None,
                };
                let kind = arrived.author.kind;
                let new = self.message(at, arrived).await?;
                if let Some(message) = &new {
                    let wrote =
                        Occurred::Wrote { message: message.id, author: kind, origin: Origin::External };
                    self.intention.occurred(self.conversation, wrote);
                }
                if let Some(app) = beside.filter(|_| new.is_some()) {
                    self.met(&app, at, 1).await?;
                }
                self.evidence(at, key, What::OtherWrote { app, channel }).await
            }
            Event::Reaction { mid, emoji } => {
                let lets_us_write = emoji.is_some();
                self.amend(&mid, &key, at, Amendment::Reacted { emoji }).await?;
                match lets_us_write {
                    true => self.evidence(at, key, What::CustomerActed { channel }).await,
                    false => Ok(()),
                }
            }
            Event::Edit { mid, text: Some(text), num } => {
                let num = i64::from(num.unwrap_or(1));
                self.amend(&mid, &key, at, Amendment::Edited { text, num }).await
            }
            Event::Edit { text: None, .. } => Ok(()),
            Event::Deleted { mid } => self.amend(&mid, &key, at, Amendment::Withdrawn).await,
            Event::Delivery { watermark, .. } => self.receipt(watermark, DeliveryState::Delivered).await,
            Event::Read { watermark } => self.receipt(watermark, DeliveryState::Read).await,
            Event::Passed { from, to, metadata } => {
                self.met_all([&from, &to], at).await?;
                self.evidence(at, key, What::Passed { from, to, metadata }).await
            }
            Event::Taken { from, to, metadata } => {
                self.met_all([&from, &to], at).await?;
                self.evidence(at, key, What::Taken { from, to, metadata }).await
            }
            Event::Requested { by, metadata } => {
                self.met_all([&by, &None], at).await?;
                self.evidence(at, key, What::Requested { by, metadata }).await
            }
            other @ (Event::Order { .. } | Event::Referral(_) | Event::Optin(_)) => {
                if is_news {
                    self.consented(&other);
                }
                match other.opens_window() {
                    true => self.evidence(at, key, What::CustomerActed { channel }).await,
                    false => Ok(()),
                }
            }
            Event::AppRoles
            | Event::AccountLinking { .. }
            | Event::Policy { .. }
            | Event::Feedback { .. }
            | Event::Thumb { .. }
            | Event::LabelChanged { .. }
            | Event::Other { .. } => Ok(()),
        }
    }

    /// Notes what the event gives away about the page's routing, before it changes anything.
    async fn watch(&mut self, item: &Inbound) -> Result<()> {
        let (at, id) = (item.at, self.conversation);
        // Receipts come without a time of their own.
        let is_said =
            matches!(item.event, Event::Message { .. } | Event::Postback { .. } | Event::Echo { .. });
        if item.channel == Channel::Standby && is_said {
            signs::see(self.intention.tx(), &self.page.id, Sign::Overheard, at, Some(id));
        }
        if let Some(entry) = watch::entry(&item.event, self.intention.held(id))
            && self.is_new(&item.key).await?
        {
            let sign = watch::entered(entry, item.channel);
            signs::see(self.intention.tx(), &self.page.id, sign, at, Some(id));
        }
        Ok(())
    }

    fn customers_own(&self, mid: Option<Mid>) -> Arrived {
        let psid = self.intention.held(self.conversation).psid.to_string();
        Arrived {
            mid,
            direction: Direction::In,
            author: Author { kind: AuthorKind::Customer, id: Some(psid), name: None },
            text: None,
            attachments: Vec::new(),
            reply_to: None,
            tapped: None,
        }
    }

    /// Adds a message; nothing when it was known.
    async fn message(&mut self, at: Timestamp, arrived: Arrived) -> Result<Option<Message>> {
        let state = match arrived.direction {
            Direction::In => DeliveryState::Received,
            Direction::Out => DeliveryState::Sent,
        };
        let message = Message {
            id: MessageId(self.intention.node().clock.id()),
            mid: arrived.mid,
            conversation_id: self.conversation,
            at,
            direction: arrived.direction,
            author: arrived.author,
            text: arrived.text,
            attachments: arrived.attachments,
            origin: Origin::External,
            delivery: Delivery { state, error: None },
            tapped: arrived.tapped,
            reply_to: arrived.reply_to,
            edited: false,
            deleted: false,
            late: self.is_late(at),
            reaction: None,
        };
        let kept = self.intention.receive_message(message, self.body).await?;
        if kept.is_some() {
            let now = self.intention.now();
            self.intention.tx().count(&self.page.id, now, Kind::Messages, 1);
        }
        Ok(kept)
    }

    /// The apps a hand-over names, as far as they are beside us.
    async fn met_all(&mut self, apps: [&Option<AppId>; 2], at: Timestamp) -> Result<()> {
        for app in apps.into_iter().flatten() {
            if let Owner::Bot(app) = Owner::of(app, &self.page.app) {
                self.met(&app, at, 0).await?;
            }
        }
        Ok(())
    }

    async fn met(&mut self, app: &AppId, at: Timestamp, messages: i64) -> Result<()> {
        met(self.intention, &self.page.id, app, at, messages).await
    }

    /// Whether the thread already shows something newer by more than Meta's clocks differ.
    fn is_late(&self, at: Timestamp) -> bool {
        let last = self.intention.held(self.conversation).last.as_ref();
        last.is_some_and(|last| last.at > at + LATE)
    }

    /// Shows something that is no message as a line of the thread, once. `false`: it was known.
    async fn happened(&mut self, at: Timestamp, key: &str, act: &str, detail: Value) -> Result<bool> {
        let id = happening::id(&self.page.id, key);
        let activity = Activity { id, at, act: act.to_owned(), by: None, detail };
        self.intention.happened(self.conversation, activity).await
    }

    /// What the customer's words mean: the answer to a survey after the end opens nothing (WF-81).
    async fn wrote(&mut self, channel: Channel) -> Result<What> {
        let closed = self.intention.held(self.conversation).standing.status == Status::Closed;
        let asked = closed && workflow::asks(self.intention, self.conversation).await?;
        Ok(if asked { What::CustomerAnswered { channel } } else { What::CustomerWrote { channel } })
    }

    /// Lets workflows hear what the customer said or tapped.
    async fn said(
        &mut self,
        message: Message,
        text: Option<String>,
        payload: Option<String>,
        referral: Option<&Referral>,
    ) -> Result<()> {
        let attachments = &message.attachments;
        let answer = Answer {
            text: text.clone(),
            payload,
            location: attachments.iter().find_map(location),
            files: attachments.iter().flat_map(|one| &one.media).map(|file| file.id.to_string()).collect(),
            token: None,
        };
        let from_ad = referral.is_some_and(|referral| referral.ad.is_some());
        self.intention
            .occurred(self.conversation, Occurred::Said { message: Some(message.id), answer, from_ad });
        if let Some(referral) = referral {
            self.came_by(referral);
        }
        if let Some(text) = text {
            self.triggers(Happening::Message { text });
        }
        Ok(())
    }

    fn came_by(&mut self, referral: &Referral) {
        if let Some(ad) = &referral.ad {
            self.triggers(Happening::AdClicked {
                ad: ad.clone(),
                title: referral.ad_title.clone(),
                reference: referral.reference.clone(),
            });
        }
    }

    /// A link or a consent: who waits for the customer hears of it, and it may set off workflows.
    fn consented(&mut self, event: &Event) {
        match event {
            Event::Referral(referral) => self.came_by(referral),
            Event::Optin(optin) => {
                let answer = Answer {
                    text: optin.title.clone(),
                    payload: optin.payload.clone(),
                    token: optin.token.clone(),
                    ..Answer::default()
                };
                let said = Occurred::Said { message: None, answer, from_ad: false };
                self.intention.occurred(self.conversation, said);
                self.triggers(Happening::OptIn {
                    reference: optin.reference.clone().or_else(|| optin.payload.clone()),
                });
            }
            _ => {}
        }
    }

    fn triggers(&mut self, happening: Happening) {
        self.intention.occurred(self.conversation, Occurred::Happened(happening));
    }

    async fn is_new(&mut self, key: &str) -> Result<bool> {
        Ok(!store::evidence::exists(self.intention.tx(), self.conversation, key).await?)
    }

    async fn evidence(&mut self, at: Timestamp, key: String, what: What) -> Result<()> {
        self.intention.observe(self.conversation, Evidence { at, key, what }).await?;
        Ok(())
    }

    /// An echo that carries the id of a message of ours settles that message: it is out, whatever we knew before.
    async fn is_our_own(&mut self, mid: &Mid, metadata: Option<&str>, at: Timestamp) -> Result<bool> {
        let tx = self.intention.tx();
        let message = match metadata.and_then(Metadata::message) {
            Some(id) => messages::find(tx, id).await?,
            None => messages::by_mid(tx, &self.page.id, mid)
                .await?
                .filter(|message| message.origin != Origin::External),
        };
        let Some(message) = message.filter(|message| message.conversation_id == self.conversation) else {
            return Ok(false);
        };
        super::send::accepted(self.intention, &message, mid, Some(at)).await?;
        Ok(true)
    }

    fn author_of(&self, app: Option<&AppId>, ai_generated: bool) -> Author {
        let (kind, id) = match app.map(|app| Owner::of(app, &self.page.app)) {
            _ if ai_generated => (AuthorKind::MetaAi, None),
            None | Some(Owner::PageInbox) => (AuthorKind::PageInbox, None),
            Some(Owner::Bot(app)) => (AuthorKind::Bot, Some(app)),
            // Our app, but not this inbox: a program that uses the same app.
            Some(Owner::Ours | Owner::Idle | Owner::Unknown) => (AuthorKind::Unknown, app.cloned()),
        };
        Author { kind, id: id.map(|app| app.0), name: None }
    }

    async fn amend(&mut self, mid: &Mid, key: &str, at: Timestamp, amendment: Amendment) -> Result<()> {
        amend(self.intention, &self.page.id, mid, key, at, amendment).await
    }

    async fn receipt(&mut self, watermark: Timestamp, state: DeliveryState) -> Result<()> {
        let moved = messages::receipt(self.intention.tx(), self.conversation, watermark, state).await?;
        for id in moved {
            self.intention.message_changed(id).await?;
        }
        Ok(())
    }
}

/// Latitude and longitude of a place somebody sent.
fn location(attachment: &Attachment) -> Option<(String, String)> {
    match Piece::of(attachment) {
        Piece::Place { latitude, longitude } => Some((latitude, longitude)),
        _ => None,
    }
}

fn unsupported_attachment() -> Attachment {
    Attachment { kind: UNSUPPORTED.into(), title: None, url: None, payload: None, media: Vec::new() }
}

/// Meta warns a page, restricts it (its sends wait) or frees it. What a later version of Meta says is kept like a warning.
async fn policy(
    intention: &mut Intention,
    mut page: Page,
    action: &PolicyAction,
    reason: Option<&str>,
) -> Result<()> {
    let lost = match action {
        PolicyAction::Warning | PolicyAction::Other(_) => {
            let warning = PolicyWarning { at: intention.now(), reason: reason.map(str::to_owned) };
            pages::set_warning(intention.tx(), &page.id, Some(&warning)).await?;
            return intention.page_changed(&page.id).await;
        }
        PolicyAction::Block => Some(match reason {
            Some(reason) => format!("Facebook has restricted this page from messaging: {reason}"),
            None => {
                "Facebook has restricted this page from messaging. See Page Support Inbox on Facebook.".into()
            }
        }),
        PolicyAction::Unblock => {
            pages::set_warning(intention.tx(), &page.id, None).await?;
            None
        }
    };
    news_of_health(intention, &mut page, lost).await
}

/// Records that Meta says a page cannot send (`lost`: why not), or that it can again, and tells everybody.
pub(super) async fn news_of_health(
    intention: &mut Intention,
    page: &mut Page,
    lost: Option<String>,
) -> Result<()> {
    let health = page.health.after_news(lost, intention.now());
    set_health(intention, page, health).await
}

/// Records how a page is doing and tells everybody. What waited while it was lost is kept back until somebody
/// consents: hours later it may no longer be what the customer should read.
pub(super) async fn set_health(intention: &mut Intention, page: &mut Page, health: Health) -> Result<()> {
    if !pages::set_health(intention.tx(), &page.id, &health).await? {
        return Ok(());
    }
    let was_lost = matches!(page.health, Health::Disconnected { .. } | Health::Removed { .. });
    if was_lost && health.sends() {
        let now = intention.now();
        outbox::hold(intention.tx(), &page.id, now).await?;
    }
    page.health = health;
    intention.page_changed(&page.id).await
}
