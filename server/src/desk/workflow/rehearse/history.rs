//! What is stored about a conversation, as a story: what could have set off a trigger and when, and how everything stood
//! at any moment.

use crate::desk::owner_name;
use crate::desk::workflow::engine;
use crate::desk::workflow::occurred::Moved;
use crate::desk::workflow::start::Which;
use domain::conversation::content::REFERRAL;
use domain::conversation::evidence::{ClosingNote, Evidence, What};
use domain::conversation::message::{AuthorKind, Direction};
use domain::conversation::standing::{Standing, Status};
use domain::conversation::window::WindowState;
use domain::view::{Activity, Message, WindowWord};
use domain::workflow::happening::Happening;
use domain::workflow::run::Noticed;
use domain::workflow::trigger::{Source, TagAction};
use domain::workflow::world::{Said, World};
use domain::{AppId, Timestamp};
use serde_json::Value as Json;
use store::conversations::Record;
use store::{Result, Tx, activity, evidence, messages, pages};

/// How many messages, and how many other events, of one conversation are looked at.
const MOST: i64 = 300;

/// Something that could have let the contact enter.
pub struct Moment {
    pub at: Timestamp,
    pub happening: Happening,
    pub which: Which,
}

/// A conversation's past.
pub struct History {
    /// In the order in which they happened.
    pub moments: Vec<Moment>,
    /// The oldest first.
    messages: Vec<Message>,
    /// How it stood from when on, the oldest first.
    standings: Vec<(Timestamp, Standing)>,
}

impl History {
    /// Reads what happened from one moment to another.
    pub async fn read(tx: &mut Tx, record: &Record, from: Timestamp, to: Timestamp) -> Result<Self> {
        let page = pages::find(tx, &record.page).await?;
        let Some(page) = page.map(|record| record.page) else {
            return Ok(Self { moments: Vec::new(), messages: Vec::new(), standings: Vec::new() });
        };
        let mut messages = messages::page(tx, record.id, None, MOST).await?;
        messages.retain(|message| (from..=to).contains(&message.at));
        messages.reverse();
        let place = (from, 0, "");
        let start = evidence::standing_before(tx, record.id, place).await?.unwrap_or_default();
        let story = evidence::from(tx, record.id, place).await?;
        let activities = activity::of(tx, record.id, MOST).await?;
        let mut history = Self { moments: Vec::new(), messages, standings: vec![(Timestamp(0), start)] };
        history.follow(tx, story, &page.app, &page.name).await?;
        history.hear_messages();
        history.hear_activities(activities.into_iter().filter(|one| (from..=to).contains(&one.at)));
        // What happened at one instant keeps its order: what opened a conversation before what was said.
        history.moments.sort_by_key(|moment| moment.at);
        Ok(history)
    }

    /// Folds the evidence, and notes what it meant to workflows.
    async fn follow(&mut self, tx: &mut Tx, story: Vec<Evidence>, ours: &AppId, page: &str) -> Result<()> {
        for piece in story {
            let before = self.standings.last().map(|(_, standing)| standing.clone()).unwrap_or_default();
            let after = before.clone().after(&piece, ours);
            let moved = Moved { what: piece.what, before, after };
            let at = piece.at;
            if let Some((source, which)) = engine::opened(&moved, false, self.came_from_ad(at)) {
                let wrote = matches!(moved.what, What::CustomerWrote { .. });
                let first_message = wrote.then(|| self.said_at(at)).flatten();
                let first_time = !moved.before.has_ended_once();
                let page = page.to_owned();
                let happening = Happening::ConversationOpened { source, first_message, page, first_time };
                self.moments.push(Moment { at, happening, which });
            }
            if moved.before.status != Status::Closed && moved.after.status == Status::Closed {
                let source = match &moved.what {
                    What::Closed { by: Some(_), .. } => Source::User,
                    _ => Source::Api,
                };
                let ClosingNote { category, summary } = engine::closing_note(&moved.what);
                self.all(at, Happening::ConversationClosed { source, category, summary });
            }
            self.hear_control(tx, at, &moved).await?;
            self.standings.push((at, moved.after));
        }
        Ok(())
    }

    async fn hear_control(&mut self, tx: &mut Tx, at: Timestamp, moved: &Moved) -> Result<()> {
        if let Some(happening) = engine::control_received(tx, moved).await? {
            self.all(at, happening);
        }
        if let Some(happening) = engine::control_lost(tx, moved).await? {
            self.all(at, happening);
        }
        Ok(())
    }

    fn hear_messages(&mut self) {
        let mut heard = Vec::new();
        for message in self.messages.iter().filter(|one| one.direction == Direction::In) {
            if let Some((ad, title, reference)) = ad_of(message) {
                heard.push((message.at, Happening::AdClicked { ad, title, reference }));
            }
            if let Some(text) = &message.text {
                heard.push((message.at, Happening::Message { text: text.clone() }));
            }
            if let Some(title) = &message.tapped {
                let happening = Happening::Postback { payload: String::new(), title: Some(title.clone()) };
                heard.push((message.at, happening));
            }
        }
        heard.into_iter().for_each(|(at, happening)| self.all(at, happening));
    }

    fn hear_activities(&mut self, activities: impl Iterator<Item = Activity>) {
        for Activity { at, act, detail, .. } in activities {
            let text = |path: &str| detail.pointer(path).and_then(Json::as_str).map(str::to_owned);
            let happening = match act.as_str() {
                "optin" => Some(Happening::OptIn { reference: text("/reference") }),
                "referral" => text("/referral/ad_id").map(|ad| Happening::AdClicked {
                    ad,
                    title: text("/referral/ads_context_data/ad_title"),
                    reference: text("/referral/ref"),
                }),
                "contact.tagged" => {
                    text("/tag").map(|tag| Happening::TagUpdated { action: TagAction::Added, tag })
                }
                "contact.untagged" => {
                    text("/tag").map(|tag| Happening::TagUpdated { action: TagAction::Removed, tag })
                }
                _ => None,
            };
            if let Some(happening) = happening {
                self.all(at, happening);
            }
        }
    }

    fn all(&mut self, at: Timestamp, happening: Happening) {
        self.moments.push(Moment { at, happening, which: Which::All });
    }

    fn said_at(&self, at: Timestamp) -> Option<String> {
        let said = self.messages.iter().find(|one| one.direction == Direction::In && one.at == at);
        said.and_then(|message| message.text.clone())
    }

    fn came_from_ad(&self, at: Timestamp) -> bool {
        self.messages.iter().any(|one| one.at == at && ad_of(one).is_some())
    }

    fn standing_at(&self, at: Timestamp) -> &Standing {
        let until = self.standings.partition_point(|(since, _)| *since <= at);
        // The first one stands from the beginning of time.
        &self.standings[until.max(1) - 1].1
    }

    /// Who had the thread at a moment, by name.
    pub async fn owner_at(&self, tx: &mut Tx, at: Timestamp) -> Result<String> {
        owner_name(tx, &self.standing_at(at).control.owner).await
    }

    /// When the thread came to where we may write, if it did until then.
    pub fn freed(&self, after: Timestamp, until: Timestamp) -> Option<Timestamp> {
        let mut later = self.standings.iter().filter(|(at, _)| (after..=until).contains(at));
        later.find(|(_, standing)| standing.control.owner.is_free_for_us()).map(|(at, _)| *at)
    }

    /// What the customer wrote next, if they did until then.
    pub fn next_answer(&self, after: Timestamp, until: Timestamp) -> Option<&Message> {
        self.messages.iter().find(|one| one.direction == Direction::In && one.at > after && one.at <= until)
    }

    /// What may have ended a run early between two moments, in its order. `answers`: what the customer wrote was waited
    /// for.
    pub fn noticed(
        &self,
        after: Timestamp,
        until: Timestamp,
        answers: bool,
    ) -> impl Iterator<Item = (Timestamp, Noticed)> {
        let between = self.messages.iter().filter(move |one| one.at > after && one.at < until);
        between.filter_map(move |one| match one.direction {
            Direction::In if answers => None,
            Direction::In => Some((one.at, Noticed::Incoming { message: one.id })),
            Direction::Out if matches!(one.author.kind, AuthorKind::Agent | AuthorKind::PageInbox) => {
                let (message, author, origin) = (one.id, one.author.kind, one.origin);
                Some((one.at, Noticed::Outgoing { message, author, origin }))
            }
            Direction::Out => None,
        })
    }

    /// What could be known at a moment.
    pub fn world_at(&self, base: &World<'static>, at: Timestamp) -> World<'static> {
        let mut world = base.clone();
        let standing = self.standing_at(at);
        let owner = &standing.control.owner;
        let before = || self.messages.iter().rev().filter(|message| message.at <= at);
        let last = |direction| before().find(|message| message.direction == direction);
        world.now = at;
        let thread = &mut world.thread;
        thread.status = standing.status;
        (thread.owner, thread.owner_app) = (owner.kind(), owner.app().cloned());
        thread.window = match standing.window.at(at) {
            WindowState::Open { .. } => WindowWord::Open,
            WindowState::HumanAgent { .. } => WindowWord::HumanAgent,
            WindowState::Closed => WindowWord::Closed,
        };
        thread.last_incoming = last(Direction::In).map(said);
        thread.last_outgoing = last(Direction::Out).map(said);
        thread.last_origin = last(Direction::Out).map(|message| message.origin);
        world
    }
}

fn said(message: &Message) -> Said {
    Said { text: message.text.clone().unwrap_or_default(), at: message.at }
}

/// The ad a message came from: its id, its title, and the words of its link.
fn ad_of(message: &Message) -> Option<(String, Option<String>, Option<String>)> {
    let payload = message.attachments.iter().find(|one| one.kind == REFERRAL)?.payload.as_ref()?;
    let text = |path: &str| payload.pointer(path).and_then(Json::as_str).map(str::to_owned);
    Some((text("/ad_id")?, text("/ads_context_data/ad_title"), text("/ref")))
}
