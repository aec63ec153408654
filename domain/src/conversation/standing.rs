//! Where a conversation stands: the fold of all its evidence, in the order of the story.
//!
//! [`Standing::after`] is the whole control model. It is pure, and the story is sorted before it is folded, so neither
//! the order of delivery nor duplicates change where a conversation ends up. To teach it something new, add a kind of
//! [`What`] and its arm in `after`; the invariants at the end of this file must keep holding.

use super::control::{Control, Owner, Proof};
use super::evidence::{Answer, Channel, Evidence, What};
use super::window::Window;
use crate::{AppId, DAY, Timestamp};
use serde::{Deserialize, Serialize};

/// How long after our last message control goes back by itself (CR-19, B-4).
pub const RESET_AFTER: i64 = DAY;

/// How long control lasts after the customer's last message, unless Meta said more (Meta: conversation routing).
pub const CONTROL_LASTS: i64 = DAY;

/// Whether the team still has work to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    #[default]
    Open,
    Snoozed,
    Closed,
}

impl Status {
    pub const ALL: [Self; 3] = [Self::Open, Self::Snoozed, Self::Closed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Snoozed => "snoozed",
            Self::Closed => "closed",
        }
    }
}

/// Everything that follows from the evidence so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub control: Control,
    pub window: Window,
    pub status: Status,
    /// While it is snoozed: when it comes back by itself. Nothing: when the customer writes.
    #[serde(default)]
    pub snoozed_until: Option<Timestamp>,
    /// It came back by itself, and nobody has dealt with it since.
    #[serde(default)]
    pub woken_at: Option<Timestamp>,
    pub unread: bool,
    /// When the customer last asked something that is still unread.
    pub asked_at: Option<Timestamp>,
    /// The customer's newest message that went to another app.
    pub standby_at: Option<Timestamp>,
    /// Our last message by a person, while the thread is ours: the automatic reset counts from it.
    pub team_wrote_at: Option<Timestamp>,
    /// Another app wrote while the thread was ours (CR-28).
    pub conflict_at: Option<Timestamp>,
    /// When a bot last talked into a thread of ours, also after it has changed hands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talked_over_at: Option<Timestamp>,
    /// What the app that passed the thread to us said about it (CR-04).
    pub handed_over: Option<String>,
    /// History showed a customer's message that opened the conversation, and no webhook has told of it yet: workflows
    /// that wait for an opening hear of it with the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_unheard_at: Option<Timestamp>,
    /// It was closed at least once: the customer comes back.
    #[serde(default, skip_serializing_if = "is_false")]
    pub closed_before: bool,
    /// The owner is a guess; Meta should be asked.
    pub doubtful: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl Standing {
    /// Whether the customer was here before: something of theirs was closed. A conversation from before that was noted
    /// down is closed now, and was written in.
    pub fn has_ended_once(&self) -> bool {
        self.closed_before || (self.status == Status::Closed && self.window.human_until.is_some())
    }

    /// When control goes back by itself, unless something happens first.
    pub fn reset_at(&self) -> Option<Timestamp> {
        (self.control.owner == Owner::Ours).then_some(self.team_wrote_at).flatten().map(|at| at + RESET_AFTER)
    }

    /// The conversation after one more piece of evidence, which must be the latest in the story. `ours` is the app id
    /// of our inbox on this page.
    #[must_use]
    pub fn after(mut self, evidence: &Evidence, ours: &AppId) -> Self {
        let at = evidence.at;
        match &evidence.what {
            What::CustomerWrote { channel } => self.customer_wrote(*channel, at),
            What::CustomerAnswered { channel } => {
                self.window.customer_wrote(at);
                self.addressed(*channel, at);
                self.prolong(at);
            }
            What::CustomerActed { channel } => {
                self.window.customer_acted(at);
                self.addressed(*channel, at);
            }
            What::Found { from_customer: true } => self.found(at),
            // Whoever wrote for the page has answered what stood before.
            What::Found { from_customer: false } => self.read_through(at),
            What::OtherWrote { app, channel } => self.other_wrote(app.as_ref(), *channel, ours, at),
            What::TeamWrote { through, .. } => {
                self.we_wrote(at);
                self.team_wrote_at = Some(at);
                self.woken_at = None;
                self.read_through(*through);
            }
            What::ProgramWrote => self.we_wrote(at),
            What::Passed { from: _, to, metadata } => self.passed(to.as_ref(), metadata.as_deref(), ours, at),
            What::Taken { to, .. } => match to {
                Some(to) => self.give(Owner::of(to, ours), Proof::Taken, at),
                None => self.doubt(Proof::Taken, at),
            },
            What::Requested { .. } => {}
            What::Answered { answer, expires_at } => self.answered(answer, *expires_at, ours, at),
            What::AnswerFailed => {
                if self.control.expires_at.is_some_and(|until| until <= at) {
                    self.doubt(Proof::Expired, at);
                }
            }
            What::TookOver { by } => {
                self.give(Owner::Ours, Proof::TakenByUs, at);
                // Only a person opens by taking over. What a workflow says after the end opens nothing, nor does taking
                // control for it.
                if by.is_some() || self.status != Status::Closed {
                    self.turn(Status::Open);
                }
            }
            What::Reset { automatic, to, .. } => {
                let owner = to.as_ref().map_or(Owner::Idle, |app| Owner::of(app, ours));
                let proof = if *automatic { Proof::ResetAutomatically } else { Proof::ResetByUs };
                self.give(owner, proof, at);
                // A customer who waits for us is not forgotten because a day has passed.
                if !automatic {
                    self.read();
                }
            }
            What::RefusedNotOwner => {
                if matches!(self.control.owner, Owner::Ours | Owner::Idle) {
                    self.give(Owner::Unknown, Proof::RefusedNotOwner, at);
                }
                self.doubtful = true;
            }
            What::RefusedWindow => self.window.refused(at),
            What::Expired => {
                if self.control.expires_at.is_some_and(|until| until <= at) {
                    self.give(Owner::Idle, Proof::Expired, at);
                }
            }
            What::MarkedRead { through, .. } => {
                self.woken_at = None;
                self.read_through(*through);
            }
            What::MarkedUnread { .. } => {
                // A bot's thread never asks for attention (CR-03).
                if !self.control.owner.is_other() {
                    self.ask(at);
                }
            }
            What::Closed { through, .. } => {
                self.read_through(*through);
                if !self.unread {
                    self.turn(Status::Closed);
                    self.opened_unheard_at = None;
                }
            }
            What::Reopened { .. } => self.turn(Status::Open),
            What::Snoozed { until, through, .. } => {
                // What the customer asked meanwhile is not put away with the rest.
                if self.asked_at.is_none_or(|asked| asked <= *through) {
                    self.turn(Status::Snoozed);
                    self.snoozed_until = *until;
                }
            }
            What::Woken => {
                let due = self.snoozed_until.is_some_and(|until| until <= at);
                if self.status == Status::Snoozed && due {
                    self.turn(Status::Open);
                    self.woken_at = Some(at);
                }
            }
        }
        self
    }

    /// The fold of a whole story. The evidence may come in any order and more than once.
    pub fn of(story: &[Evidence], ours: &AppId) -> Self {
        let mut story: Vec<&Evidence> = story.iter().collect();
        story.sort_by(|a, b| a.place().cmp(&b.place()));
        story.dedup_by(|a, b| a.key == b.key);
        story.into_iter().fold(Self::default(), |standing, evidence| standing.after(evidence, ours))
    }

    fn customer_wrote(&mut self, channel: Channel, at: Timestamp) {
        self.opened_unheard_at = None;
        self.window.customer_wrote(at);
        self.turn(Status::Open);
        self.addressed(channel, at);
        self.prolong(at);
        match channel {
            Channel::Direct => self.ask(at),
            Channel::Standby => self.standby_at = Some(at),
        }
    }

    /// Meta counts a day from the customer's last message; it tells nobody that the end has moved.
    fn prolong(&mut self, at: Timestamp) {
        self.control.expires_at = self.control.expires_at.map(|until| until.max(at + CONTROL_LASTS));
    }

    /// The customer wrote and nobody told us: whoever has control keeps it, and a thread that is not another app's asks
    /// for attention.
    fn found(&mut self, at: Timestamp) {
        if self.status == Status::Closed || self.window.human_until.is_none() {
            self.opened_unheard_at = Some(at);
        }
        self.window.customer_wrote(at);
        self.status = Status::Open;
        self.control.expires_at = self.control.expires_at.map(|until| until.max(at + CONTROL_LASTS));
        match self.control.owner {
            Owner::Bot(_) | Owner::PageInbox => self.standby_at = Some(at),
            Owner::Ours | Owner::Idle | Owner::Unknown => self.ask(at),
        }
    }

    /// The channel of a customer's event shows whether another app holds the thread; no event tells of a release.
    fn addressed(&mut self, channel: Channel, at: Timestamp) {
        match (channel, &self.control.owner) {
            (Channel::Direct, Owner::Ours | Owner::Idle) => {}
            (Channel::Direct, Owner::Bot(_) | Owner::PageInbox | Owner::Unknown) => {
                self.give(Owner::Idle, Proof::AddressedToUs, at);
                self.doubtful = true;
            }
            (Channel::Standby, Owner::Bot(_) | Owner::PageInbox) => {}
            (Channel::Standby, Owner::Ours | Owner::Idle | Owner::Unknown) => {
                self.doubt(Proof::AddressedToOther, at)
            }
        }
    }

    fn other_wrote(&mut self, app: Option<&AppId>, channel: Channel, ours: &AppId, at: Timestamp) {
        let writer = app.map_or(Owner::PageInbox, |app| Owner::of(app, ours));
        match (&self.control.owner, &writer) {
            // A program of ours that writes past this inbox proves nothing about others.
            (_, Owner::Ours) => {}
            (owner, writer) if owner == writer => self.prove(Proof::OtherAppWrote, at),
            // A person answering in Meta's inbox becomes the owner by that.
            (Owner::Ours, Owner::Bot(_)) if channel == Channel::Direct => {
                self.conflict_at = Some(at);
                self.talked_over_at = Some(at);
            }
            (_, _) => {
                self.give(writer, Proof::OtherAppWrote, at);
                self.doubtful = true;
            }
        }
    }

    fn we_wrote(&mut self, at: Timestamp) {
        match self.control.owner {
            Owner::Ours => {}
            Owner::Bot(_) | Owner::PageInbox | Owner::Idle | Owner::Unknown => {
                self.give(Owner::Ours, Proof::OurMessageAccepted, at);
                self.doubtful = true;
            }
        }
    }

    fn passed(&mut self, to: Option<&AppId>, metadata: Option<&str>, ours: &AppId, at: Timestamp) {
        match to.map(|app| Owner::of(app, ours)) {
            Some(Owner::Ours) => {
                self.give(Owner::Ours, Proof::Passed, at);
                self.handed_over = metadata.map(str::to_owned);
                self.turn(Status::Open);
                self.ask(at);
            }
            Some(owner) => self.give(owner, Proof::Passed, at),
            None => self.doubt(Proof::Passed, at),
        }
    }

    fn answered(&mut self, answer: &Answer, expires_at: Option<Timestamp>, ours: &AppId, at: Timestamp) {
        match answer {
            Answer::Ours => {
                // A pass we were not told of.
                let missed = self.control.owner.is_other()
                    || (self.control.owner == Owner::Unknown && self.standby_at.is_some());
                self.give(Owner::Ours, Proof::MetaAnswered, at);
                if missed {
                    self.ask(at);
                }
            }
            Answer::Other(app) => self.give(Owner::of(app, ours), Proof::MetaAnswered, at),
            Answer::OtherUnnamed => match self.control.owner {
                Owner::Bot(_) | Owner::PageInbox => self.prove(Proof::MetaAnswered, at),
                Owner::Ours | Owner::Idle | Owner::Unknown => {
                    self.give(Owner::Unknown, Proof::MetaAnswered, at)
                }
            },
            Answer::Idle => self.give(Owner::Idle, Proof::MetaAnswered, at),
        }
        self.control.expires_at = expires_at;
        self.doubtful = false;
    }

    /// Makes somebody the owner, or proves the owner once more.
    fn give(&mut self, owner: Owner, proof: Proof, at: Timestamp) {
        self.doubtful = false;
        if self.control.owner == owner {
            return self.prove(proof, at);
        }
        if owner != Owner::Ours {
            self.team_wrote_at = None;
            self.handed_over = None;
        }
        if owner.is_other() {
            self.read();
        }
        self.conflict_at = None;
        self.control = Control { owner, since: at, expires_at: None, proof, proved_at: at };
    }

    fn prove(&mut self, proof: Proof, at: Timestamp) {
        self.control.proof = proof;
        self.control.proved_at = at;
    }

    fn doubt(&mut self, proof: Proof, at: Timestamp) {
        self.give(Owner::Unknown, proof, at);
        self.doubtful = true;
    }

    /// Opens, closes or puts away; what was said about snoozing is over by that.
    fn turn(&mut self, status: Status) {
        self.status = status;
        self.closed_before |= status == Status::Closed;
        self.snoozed_until = None;
        self.woken_at = None;
    }

    fn ask(&mut self, at: Timestamp) {
        self.unread = true;
        self.asked_at = Some(at);
    }

    fn read(&mut self) {
        self.unread = false;
        self.asked_at = None;
        self.standby_at = None;
    }

    /// Read as far as somebody saw; what the customer asked later stays unread.
    fn read_through(&mut self, through: Timestamp) {
        if self.asked_at.is_none_or(|asked| asked <= through) {
            self.read();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::ClosingNote;
    use super::*;
    use crate::{HOUR, MINUTE, PersonId, SECOND};
    use proptest::prelude::*;

    const T0: Timestamp = Timestamp(1_795_219_200_000);

    fn ours() -> AppId {
        "845120937761204".into()
    }
    fn bot() -> AppId {
        "611203984417755".into()
    }
    fn inbox() -> AppId {
        AppId::PAGE_INBOX.into()
    }
    fn mia() -> PersonId {
        PersonId(uuid::Uuid::from_u128(7))
    }

    /// Tells a story, one second between the lines.
    fn story(lines: Vec<What>) -> Standing {
        let story: Vec<Evidence> = (0..)
            .zip(lines)
            .map(|(n, what)| Evidence { at: T0 + n * SECOND, key: n.to_string(), what })
            .collect();
        Standing::of(&story, &ours())
    }
    fn after(n: i64) -> Timestamp {
        T0 + n * SECOND
    }
    fn wrote(channel: Channel) -> What {
        What::CustomerWrote { channel }
    }
    fn bot_wrote() -> What {
        What::OtherWrote { app: Some(bot()), channel: Channel::Standby }
    }
    fn found(from_customer: bool) -> What {
        What::Found { from_customer }
    }

    #[test]
    fn a_message_found_in_history_asks_for_attention_and_opens_the_window() {
        let standing = story(vec![found(true)]);
        assert!(standing.unread && standing.window.at(after(1)).label(true).is_some());
        assert_eq!(standing.control.owner, Standing::default().control.owner);
    }

    #[test]
    fn an_opening_that_history_showed_is_unheard_until_the_customer_is_heard() {
        let unheard = |all| story(all).opened_unheard_at.is_some();
        assert!(unheard(vec![found(true)]));
        assert!(!unheard(vec![found(true), wrote(Channel::Direct)]));
        assert!(!unheard(vec![wrote(Channel::Direct), found(true)]));
        let closed = || What::Closed { by: Some(mia()), through: after(9), note: ClosingNote::default() };
        assert!(unheard(vec![wrote(Channel::Direct), closed(), found(true)]));
        assert!(!unheard(vec![found(true), closed()]));
    }

    #[test]
    fn a_question_found_together_with_its_answer_asks_for_nothing() {
        assert!(!story(vec![found(true), found(false)]).unread);
        assert!(story(vec![found(true), found(false), found(true)]).unread);
    }

    #[test]
    fn an_answer_to_a_workflow_leaves_a_closed_conversation_closed_and_opens_the_window() {
        let closed = What::Closed { by: Some(mia()), through: after(9), note: ClosingNote::default() };
        let answered = What::CustomerAnswered { channel: Channel::Direct };
        let standing = story(vec![wrote(Channel::Direct), closed, answered]);
        assert_eq!((standing.status, standing.unread), (Status::Closed, false));
        assert_eq!(standing.window.open_until, Some(after(2) + super::super::window::STANDARD));
    }

    #[test]
    fn what_is_found_under_a_bot_leaves_the_thread_read() {
        let standing = story(vec![wrote(Channel::Standby), bot_wrote(), found(true)]);
        assert!(!standing.unread && standing.control.owner == Owner::Bot(bot()));
    }

    fn passed_to(app: AppId) -> What {
        What::Passed { from: Some(bot()), to: Some(app), metadata: Some("refund".into()) }
    }
    fn answered(answer: Answer) -> What {
        What::Answered { answer, expires_at: None }
    }
    fn team_wrote(through: Timestamp) -> What {
        What::TeamWrote { by: mia(), through }
    }

    #[test]
    fn the_typical_conversation_runs_through() {
        // CR-15: the bot answers first; the thread is read and locked.
        let lines = vec![wrote(Channel::Standby), bot_wrote()];
        let standing = story(lines.clone());
        assert_eq!((standing.control.owner.clone(), standing.unread), (Owner::Bot(bot()), false));
        // CR-16
        let lines = [lines, vec![wrote(Channel::Standby)]].concat();
        assert!(!story(lines.clone()).unread);
        // CR-17
        let lines = [lines, vec![passed_to(ours())]].concat();
        let standing = story(lines.clone());
        assert_eq!((standing.control.owner.clone(), standing.unread), (Owner::Ours, true));
        assert_eq!(standing.handed_over.as_deref(), Some("refund"));
        // CR-18
        let lines =
            [lines, vec![team_wrote(after(4)), What::Reset { by: Some(mia()), automatic: false, to: None }]]
                .concat();
        let standing = story(lines);
        assert_eq!(
            (standing.control.owner.clone(), standing.unread, standing.reset_at()),
            (Owner::Idle, false, None)
        );
    }

    #[test]
    fn the_automatic_reset_counts_from_our_last_message() {
        let standing = story(vec![
            passed_to(ours()),
            team_wrote(after(1)),
            wrote(Channel::Direct),
            team_wrote(after(3)),
        ]);
        assert_eq!(standing.reset_at(), Some(after(3) + RESET_AFTER));
    }

    #[test]
    fn the_automatic_reset_does_not_hide_a_customer_who_waits() {
        let standing = story(vec![
            passed_to(ours()),
            team_wrote(after(1)),
            wrote(Channel::Direct),
            What::Reset { by: None, automatic: true, to: None },
        ]);
        assert_eq!((standing.control.owner, standing.unread), (Owner::Idle, true));
    }

    #[test]
    fn after_a_silent_release_the_next_message_is_ours_and_unread() {
        // B-5: Meta tells nobody about a release.
        let standing = story(vec![wrote(Channel::Standby), bot_wrote(), wrote(Channel::Direct)]);
        assert_eq!((standing.control.owner, standing.unread, standing.doubtful), (Owner::Idle, true, true));
    }

    #[test]
    fn a_conflict_is_over_when_the_thread_changes_hands_and_is_remembered() {
        let standing = story(vec![
            passed_to(ours()),
            What::OtherWrote { app: Some(bot()), channel: Channel::Direct },
            passed_to(bot()),
        ]);
        assert_eq!((standing.conflict_at, standing.talked_over_at), (None, Some(after(1))));
    }

    #[test]
    fn a_bot_that_talks_into_our_thread_is_a_conflict_and_takes_nothing() {
        let standing =
            story(vec![passed_to(ours()), What::OtherWrote { app: Some(bot()), channel: Channel::Direct }]);
        assert_eq!((standing.control.owner, standing.conflict_at), (Owner::Ours, Some(after(1))));
        assert!(standing.unread);
    }

    #[test]
    fn a_person_answering_in_metas_inbox_becomes_the_owner() {
        let standing =
            story(vec![passed_to(ours()), What::OtherWrote { app: Some(inbox()), channel: Channel::Direct }]);
        assert_eq!((standing.control.owner, standing.unread), (Owner::PageInbox, false));
    }

    #[test]
    fn a_pass_we_missed_makes_the_thread_unread_when_meta_tells_us() {
        let standing = story(vec![wrote(Channel::Standby), bot_wrote(), answered(Answer::Ours)]);
        assert_eq!((standing.control.owner, standing.unread), (Owner::Ours, true));
    }

    #[test]
    fn a_late_message_nobody_has_seen_stays_unread_after_mark_as_read() {
        let seen = Evidence { at: after(1), key: "seen".into(), what: wrote(Channel::Direct) };
        let late = Evidence { at: after(2), key: "late".into(), what: wrote(Channel::Direct) };
        let read = Evidence {
            at: after(3),
            key: "read".into(),
            what: What::MarkedRead { by: Some(mia()), through: after(1) },
        };
        assert!(!Standing::of(&[seen.clone(), read.clone()], &ours()).unread);
        assert!(Standing::of(&[seen, read, late], &ours()).unread);
    }

    #[test]
    fn an_unanswered_question_about_the_owner_leaves_a_valid_proof_alone() {
        let proven = What::Answered { answer: Answer::Ours, expires_at: Some(T0 + HOUR) };
        assert_eq!(story(vec![proven.clone(), What::AnswerFailed]).control.owner, Owner::Ours);
        let late = Evidence { at: T0 + 2 * HOUR, key: "failed".into(), what: What::AnswerFailed };
        let first = Evidence { at: T0, key: "proven".into(), what: proven };
        assert_eq!(Standing::of(&[first, late], &ours()).control.owner, Owner::Unknown);
    }

    #[test]
    fn each_message_of_the_customer_moves_the_end_of_control() {
        let proven = What::Answered { answer: Answer::Ours, expires_at: Some(T0 + HOUR) };
        let standing = story(vec![proven, wrote(Channel::Direct)]);
        assert_eq!(standing.control.expires_at, Some(after(1) + CONTROL_LASTS));
    }

    #[test]
    fn a_refusal_because_of_the_owner_asks_for_a_re_sync() {
        let standing = story(vec![passed_to(ours()), What::RefusedNotOwner]);
        assert!(standing.doubtful);
        assert_eq!(standing.control.owner, Owner::Unknown);
        assert!(standing.unread);
    }

    #[test]
    fn closing_does_not_hide_a_message_that_came_meanwhile() {
        let standing = story(vec![
            wrote(Channel::Direct),
            wrote(Channel::Direct),
            What::Closed { by: Some(mia()), through: after(0), note: ClosingNote::default() },
        ]);
        assert_eq!((standing.status, standing.unread), (Status::Open, true));
    }

    fn snoozed(until: Option<Timestamp>) -> What {
        What::Snoozed { by: Some(mia()), until, through: after(0) }
    }

    #[test]
    fn a_snoozed_conversation_comes_back_at_its_time_and_stays_as_read_as_it_was() {
        let lines = vec![wrote(Channel::Direct), snoozed(Some(after(9)))];
        let standing = story(lines.clone());
        assert_eq!((standing.status, standing.snoozed_until), (Status::Snoozed, Some(after(9))));
        assert!(standing.unread);
        let due = Evidence { at: after(9), key: "due".into(), what: What::Woken };
        let woken = standing.after(&due, &ours());
        assert_eq!((woken.status, woken.snoozed_until, woken.woken_at), (Status::Open, None, Some(after(9))));
        assert!(woken.unread);
    }

    #[test]
    fn the_customers_message_wakes_and_an_alarm_that_was_put_off_does_not() {
        let woken = story(vec![wrote(Channel::Direct), snoozed(None), wrote(Channel::Standby)]);
        assert_eq!((woken.status, woken.woken_at), (Status::Open, None));
        let put_off =
            vec![wrote(Channel::Direct), snoozed(Some(after(2))), snoozed(Some(after(99))), What::Woken];
        assert_eq!(story(put_off).status, Status::Snoozed);
    }

    #[test]
    fn snoozing_does_not_put_away_what_nobody_has_seen() {
        let standing = story(vec![wrote(Channel::Direct), wrote(Channel::Direct), snoozed(None)]);
        assert_eq!((standing.status, standing.unread), (Status::Open, true));
    }

    fn any_channel() -> impl Strategy<Value = Channel> {
        prop_oneof![Just(Channel::Direct), Just(Channel::Standby)]
    }
    fn any_app() -> impl Strategy<Value = AppId> {
        prop_oneof![Just(ours()), Just(bot()), Just(inbox())]
    }
    fn any_what() -> impl Strategy<Value = What> {
        let through = (0..40i64).prop_map(|n| T0 + n * MINUTE);
        prop_oneof![
            4 => any_channel().prop_map(wrote),
            1 => any_channel().prop_map(|channel| What::CustomerActed { channel }),
            3 => (proptest::option::of(any_app()), any_channel()).prop_map(|(app, channel)| What::OtherWrote { app, channel }),
            2 => through.clone().prop_map(team_wrote),
            1 => Just(What::ProgramWrote),
            3 => proptest::option::of(any_app()).prop_map(|to| What::Passed { from: None, to, metadata: None }),
            2 => proptest::option::of(any_app()).prop_map(|to| What::Taken { from: None, to, metadata: None }),
            2 => prop_oneof![Just(Answer::Ours), Just(Answer::Idle), Just(Answer::OtherUnnamed), any_app().prop_map(Answer::Other)]
                .prop_map(|answer| What::Answered { answer, expires_at: Some(T0 + 20 * MINUTE) }),
            1 => Just(What::AnswerFailed),
            1 => Just(What::TookOver { by: Some(mia()) }),
            1 => any::<bool>().prop_map(|automatic| What::Reset { by: None, automatic, to: None }),
            1 => Just(What::RefusedNotOwner),
            1 => Just(What::RefusedWindow),
            1 => Just(What::Expired),
            1 => through.clone().prop_map(|through| What::MarkedRead { by: None, through }),
            1 => Just(What::MarkedUnread { by: None }),
            1 => through.prop_map(|through| What::Closed { by: None, through, note: ClosingNote::default() }),
            1 => Just(What::Reopened { by: None }),
            1 => proptest::option::of((0..40i64).prop_map(|n| T0 + n * MINUTE)).prop_map(snoozed),
            1 => Just(What::Woken),
        ]
    }
    fn any_story() -> impl Strategy<Value = Vec<Evidence>> {
        proptest::collection::vec((0..40i64, any_what()), 0..24).prop_map(|lines| {
            lines
                .into_iter()
                .enumerate()
                .map(|(n, (minute, what))| Evidence {
                    at: T0 + minute * MINUTE,
                    key: format!("{n:02}"),
                    what,
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn a_thread_of_another_app_is_never_unread(story in any_story()) {
            let standing = Standing::of(&story, &ours());
            prop_assert!(!(standing.control.owner.is_other() && standing.unread));
        }

        #[test]
        fn only_the_customer_or_a_pass_or_a_person_makes_a_thread_unread(story in any_story()) {
            let mut sorted = story.clone();
            sorted.sort_by(|a, b| a.place().cmp(&b.place()));
            let mut standing = Standing::default();
            for evidence in &sorted {
                let next = standing.clone().after(evidence, &ours());
                if next.unread && !standing.unread {
                    let addressed = matches!(evidence.what, What::CustomerWrote { channel: Channel::Direct })
                        && matches!(next.control.owner, Owner::Ours | Owner::Idle);
                    let passed = matches!(evidence.what, What::Passed { .. } | What::Answered { answer: Answer::Ours, .. })
                        && next.control.owner == Owner::Ours;
                    let by_hand = matches!(evidence.what, What::MarkedUnread { .. });
                    prop_assert!(addressed || passed || by_hand, "{:?}", evidence);
                }
                standing = next;
            }
        }

        #[test]
        fn the_order_of_delivery_changes_nothing((story, shuffled) in any_story().prop_flat_map(|story| (Just(story.clone()), Just(story).prop_shuffle()))) {
            prop_assert_eq!(Standing::of(&story, &ours()), Standing::of(&shuffled, &ours()));
        }

        #[test]
        fn duplicates_change_nothing(story in any_story(), again in any::<prop::sample::Index>()) {
            let mut twice = story.clone();
            if !story.is_empty() {
                twice.push(story[again.index(story.len())].clone());
            }
            prop_assert_eq!(Standing::of(&story, &ours()), Standing::of(&twice, &ours()));
        }

        #[test]
        fn the_automatic_reset_is_due_only_while_the_thread_is_ours(story in any_story()) {
            let standing = Standing::of(&story, &ours());
            prop_assert!(standing.reset_at().is_none() || standing.control.owner == Owner::Ours);
        }
    }
}
