//! What one can do with a conversation. What will almost surely be agreed to is shown at once.

use super::beside::{Reach, Tab};
use super::screen::{Busy, Screen};
use super::writing::Audience;
use crate::api::{self, Failure, Then};
use crate::browser;
use crate::keymap::Action;
use crate::text;
use domain::conversation::control::OwnerKind;
use domain::conversation::evidence::ClosingNote;
use domain::conversation::standing::Status;
use domain::view::{ControlView, Conversation, Named};
use domain::{AppId, ConversationId, PersonId, TeamId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// What can be done with the message that has the focus, or with the newest one.
const MESSAGE_TOOLS: [&str; 2] =
    [".log > .group:focus-within .tools button", ".log > .group:nth-last-child(1 of .group) .tools button"];

impl Screen {
    /// Does what a key or the palette asks for with the open conversation. What needs none never comes here.
    pub(super) fn act_on_open(self, action: Action) {
        match action {
            Action::Write | Action::Reply => self.write_to(Audience::Customer),
            Action::Note => self.write_to(Audience::Team),
            Action::SearchThread => self.search_thread(),
            Action::TakeOver => self.take_over(),
            Action::Resync => self.resync(),
            Action::ResetControl => self.reset_control(),
            Action::AssignToMe => self.assign_to_me(),
            Action::ToggleClosed => self.toggle_closed(),
            Action::ToggleUnread => self.toggle_unread(),
            Action::Snooze => self.snoozing.set(true),
            Action::Wake => self.wake(),
            Action::CloseWithNote => {
                request_animation_frame(|| browser::click(".closing > .button[aria-haspopup]"))
            }
            Action::Delete => {
                self.beside.tab.set(Tab::Contact);
                self.details.set(true);
                request_animation_frame(|| browser::click(".erase > .button"));
            }
            Action::Details => self.details.update(|open| *open = !*open),
            Action::MessageActions => browser::focus_first(MESSAGE_TOOLS),
            Action::Attach => {
                self.write_to(Audience::Customer);
                request_animation_frame(|| browser::click(".composer input[type=file]"));
            }
            Action::Tags => self.reach_for(Reach::Tag),
            Action::Workflows => self.show_workflows(),
            Action::Shortcut => self.reach_for(Reach::Shortcut),
            Action::Send => self.send_written(None),
            Action::SendAndReset => self.send_written(Some(Then::ResetControl)),
            Action::SendAndClose => self.send_written(Some(Then::Close)),
            Action::SendAndSnooze => self.send_written(Some(Then::Snooze)),
            Action::Search
            | Action::Filter
            | Action::Export
            | Action::CollapseList
            | Action::Next
            | Action::Previous
            | Action::Palette
            | Action::Help
            | Action::Assign
            | Action::Quiet
            | Action::ThemeLight
            | Action::ThemeDark
            | Action::ThemeSystem
            | Action::GoOpen
            | Action::GoMine
            | Action::GoUnassigned
            | Action::GoWithBot
            | Action::GoSnoozed
            | Action::GoClosed
            | Action::GoWorkflows
            | Action::GoSettings
            | Action::SignOut => {}
        }
    }

    /// Sends what is written in the open conversation, in the way the composer would.
    fn send_written(self, then: Option<Then>) {
        let open = self.place.conversation.get_untracked();
        if let Some((_, send)) = self.sends.get_value().filter(|(id, _)| Some(*id) == open) {
            send.run(then);
        }
    }

    /// Opens the search in the open conversation.
    fn search_thread(self) {
        let open = self.place.conversation.get_untracked();
        if let Some((_, search)) = self.searches.get_value().filter(|(id, _)| Some(*id) == open) {
            search.run(());
        }
    }

    /// The open conversation, as it stands now.
    pub fn conversation(self) -> Option<Conversation> {
        self.thread
            .with_untracked(|thread| thread.as_ref().map(|thread| Conversation::clone(&thread.conversation)))
    }

    /// Takes the open thread from whoever has control.
    pub fn take_over(self) {
        let Some(id) = self.free() else { return };
        self.ask(id, Busy::TakingOver, api::take_over(id), move |_| {
            self.interrupting.set(false);
            self.write_to(Audience::Customer);
        });
    }

    /// Gives control of the open thread back.
    pub fn reset_control(self) {
        let Some(id) = self.free() else { return };
        self.ask(id, Busy::Resetting, api::reset_control(id, None::<AppId>), |_| {});
    }

    /// Gives control of the open thread to a bot.
    pub fn pass_control(self, app: AppId) {
        let Some(id) = self.free() else { return };
        self.ask(id, Busy::Resetting, api::reset_control(id, Some(app)), |_| {});
    }

    /// Asks Facebook who has control of the open thread.
    pub fn resync(self) {
        let Some(id) = self.free() else { return };
        self.ask(id, Busy::Resyncing, api::resync(id), move |control| {
            self.toasts.say(text::who_has_control(control));
        });
    }

    /// The open conversation, unless Facebook is being asked about it already.
    fn free(self) -> Option<ConversationId> {
        let idle = self.busy.get_untracked().is_none();
        self.conversation().map(|conversation| conversation.id).filter(|_| idle)
    }

    fn ask(
        self,
        id: ConversationId,
        busy: Busy,
        answer: impl Future<Output = Result<ControlView, Failure>> + 'static,
        then: impl FnOnce(&ControlView) + 'static,
    ) {
        self.busy.set(Some(busy));
        self.problem.set(None);
        spawn_local(async move {
            let answer = answer.await;
            let still_open = self.place.conversation.try_get_untracked() == Some(Some(id));
            if still_open {
                self.busy.set(None);
            }
            match answer {
                Ok(control) => {
                    if still_open {
                        then(&control);
                    }
                    self.with_thread(id, |thread| thread.put_answer(control));
                }
                Err(failure) => self.refused(failure, still_open),
            }
        });
    }

    /// Says why something was not done: where the reader looks, when it is about the open conversation.
    pub fn refused(self, failure: Failure, still_open: bool) {
        match failure {
            Failure::SignedOut => self.ended.set(true),
            other if still_open => self.problem.set(Some(self.as_problem(&other))),
            other => self.toasts.say(other.to_string()),
        }
    }

    /// Gives the open conversation to a person or a team, or to nobody.
    pub fn assign(self, agent: Option<Named<PersonId>>, team: Option<Named<TeamId>>) {
        let Some(before) = self.conversation() else { return };
        let after = Conversation { assignee: agent.clone(), team: team.clone(), ..before.clone() };
        let (agent, team) = (agent.map(|agent| agent.id), team.map(|team| team.id));
        self.change(before.clone(), after, api::assign(before.id, agent, team));
    }

    /// Gives the open conversation to the one who looks at it.
    pub fn assign_to_me(self) {
        let team = self.conversation().and_then(|conversation| conversation.team);
        self.assign(Some(Named { id: self.my_id(), name: self.my_name() }), team);
    }

    /// Takes the team's unread mark from the open conversation, or puts it back.
    pub fn toggle_unread(self) {
        let Some(before) = self.conversation() else { return };
        let id = before.id;
        // A bot's thread never asks for attention (CR-03); the server would leave it read.
        if !before.unread && matches!(before.control.owner, OwnerKind::Bot | OwnerKind::PageInbox) {
            return self.toasts.say(text::stays_read());
        }
        let after = Conversation { unread: !before.unread, ..before.clone() };
        if before.unread {
            self.change(before, after, api::mark_read(id));
        } else {
            self.change(before, after, api::mark_unread(id));
        }
    }

    /// Closes the open conversation, or opens it again.
    pub fn toggle_closed(self) {
        let Some(before) = self.conversation() else { return };
        let id = before.id;
        match before.status {
            Status::Open | Status::Snoozed => self.close(ClosingNote::default()),
            Status::Closed => {
                let after = Conversation { status: Status::Open, ..before.clone() };
                self.change(before, after, api::reopen(id));
            }
        }
    }

    /// Closes the open conversation with what it was about.
    pub fn close(self, note: ClosingNote) {
        let Some(before) = self.conversation() else { return };
        let id = before.id;
        let after = Conversation { status: Status::Closed, unread: false, ..before.clone() };
        self.change(before, after, api::close(id, note));
    }

    pub(super) fn change(
        self,
        before: Conversation,
        after: Conversation,
        answer: impl Future<Output = Result<Conversation, Failure>> + 'static,
    ) {
        self.put(&after);
        spawn_local(async move {
            match answer.await {
                Ok(conversation) => self.put(&conversation),
                Err(failure) => {
                    self.put(&before);
                    self.failed(failure);
                }
            }
        });
    }

    /// Remembers how far this person has looked. The team's unread mark stays (B-18), and nobody minds if it fails.
    pub fn seen(self, id: ConversationId) {
        spawn_local(async move {
            if let Err(Failure::SignedOut) = api::seen(id).await {
                self.ended.set(true);
            }
        });
    }

    /// Loads the messages before those on screen.
    pub fn load_earlier(self, loading: RwSignal<bool>) {
        let wanted = self.thread.with_untracked(|thread| {
            thread.as_ref().and_then(|thread| Some((thread.id(), thread.earlier.clone()?)))
        });
        let Some((id, before)) = wanted.filter(|_| !loading.get_untracked()) else { return };
        loading.set(true);
        spawn_local(async move {
            let page = api::earlier(id, before).await;
            match page {
                Ok(page) => self.with_thread(id, |thread| thread.prepend(page)),
                Err(failure) => self.failed(failure),
            }
            // Busy until they are laid out: so long the style sheet keeps the browser from following what it moves.
            request_animation_frame(move || {
                request_animation_frame(move || {
                    let _gone_meanwhile = loading.try_set(false);
                });
            });
        });
    }
}
