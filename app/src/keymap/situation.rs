//! When an action is possible, and what follows from it.

use super::Action;
use crate::text;
use domain::conversation::control::OwnerKind;
use domain::conversation::standing::Status;
use domain::person::Person;
use domain::view::Conversation;

/// What an action would be done with.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    pub person: Person,
    /// Whether the inbox is on screen.
    pub inbox: bool,
    /// Whether a conversation was chosen that is not here yet.
    pub opening: bool,
    /// The open conversation.
    pub conversation: Option<Conversation>,
    /// The bot seen last in it.
    pub bot: Option<String>,
    /// Whether Facebook is being asked about it already.
    pub asking: bool,
    /// Whether something is written and not sent.
    pub written: bool,
    /// Whether notifications pause.
    pub quiet: bool,
}

/// Why an action is not offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It belongs to another screen.
    Elsewhere,
    NotPermitted,
    /// The conversation it is about is on its way.
    Soon,
    /// It makes no sense now; the words say why.
    Now(&'static str),
}

impl Situation {
    /// Elsewhere than in the inbox.
    pub fn outside(person: Person) -> Self {
        Self {
            person,
            inbox: false,
            opening: false,
            conversation: None,
            bot: None,
            asking: false,
            written: false,
            quiet: false,
        }
    }

    /// Whether an action is possible.
    pub fn allows(&self, action: Action) -> Result<(), Unfit> {
        if !self.person.may(action.act()) {
            return Err(Unfit::NotPermitted);
        }
        use Action as A;
        match action {
            A::Palette | A::Help | A::Quiet | A::ThemeLight | A::ThemeDark | A::ThemeSystem | A::SignOut => {
                Ok(())
            }
            A::GoOpen
            | A::GoMine
            | A::GoUnassigned
            | A::GoWithBot
            | A::GoSnoozed
            | A::GoClosed
            | A::GoWorkflows
            | A::GoSettings => Ok(()),
            A::Search | A::Next | A::Previous | A::Filter | A::Export | A::CollapseList if self.inbox => {
                Ok(())
            }
            A::Search | A::Next | A::Previous | A::Filter | A::Export | A::CollapseList => {
                Err(Unfit::Elsewhere)
            }
            _ if !self.inbox => Err(Unfit::Elsewhere),
            _ if self.opening => Err(Unfit::Soon),
            _ => match &self.conversation {
                Some(conversation) => self.allows_with(action, conversation),
                None => Err(Unfit::Now(text::open_one_first())),
            },
        }
    }

    fn allows_with(&self, action: Action, conversation: &Conversation) -> Result<(), Unfit> {
        let owner = conversation.control.owner;
        let assignee = conversation.assignee.as_ref().map(|person| person.id);
        let unless = |hindrance: bool, words| if hindrance { Err(Unfit::Now(words)) } else { Ok(()) };
        match action {
            Action::TakeOver | Action::ResetControl | Action::Resync if self.asking => {
                Err(Unfit::Now(text::facebook_is_asked()))
            }
            Action::TakeOver => unless(owner == OwnerKind::Ours, text::control_is_ours()),
            Action::ResetControl => unless(owner != OwnerKind::Ours, text::control_is_not_ours()),
            Action::AssignToMe => unless(assignee == Some(self.person.id), text::yours_already()),
            Action::ToggleUnread => {
                let bots = matches!(owner, OwnerKind::Bot | OwnerKind::PageInbox);
                unless(bots && !conversation.unread, text::stays_read())
            }
            Action::Wake => unless(conversation.status != Status::Snoozed, text::not_snoozed()),
            Action::CloseWithNote => unless(conversation.status == Status::Closed, text::closed_already()),
            Action::Send | Action::SendAndReset | Action::SendAndClose | Action::SendAndSnooze => {
                unless(!self.written, text::nothing_written())
            }
            _ => Ok(()),
        }
    }

    /// The name of an action as it would be done now.
    pub fn name(&self, action: Action) -> &'static str {
        let conversation = self.conversation.as_ref();
        match action {
            Action::ToggleClosed => match conversation.map(|conversation| conversation.status) {
                Some(Status::Closed) => text::reopen(),
                Some(Status::Open | Status::Snoozed) => text::close(),
                None => text::action_name(action),
            },
            Action::ToggleUnread => match conversation.map(|conversation| conversation.unread) {
                Some(true) => text::mark_read(),
                Some(false) => text::mark_unread(),
                None => text::action_name(action),
            },
            Action::Quiet if self.quiet => text::quiet_end(),
            other => text::action_name(other),
        }
    }

    /// What follows from an action, in words; nothing where the name says it all.
    pub fn consequence(&self, action: Action) -> Option<String> {
        match action {
            Action::Export => return Some(text::export_detail().into()),
            Action::Quiet => return (!self.quiet).then(|| text::after_quiet().into()),
            _ => {}
        }
        let conversation = self.conversation.as_ref()?;
        let customer = text::first_name(&conversation.contact.name);
        let control = &conversation.control;
        match action {
            Action::TakeOver => Some(text::after_take_over(control, customer)),
            Action::ResetControl | Action::SendAndReset => {
                Some(text::after_reset(self.bot.as_deref(), customer))
            }
            Action::Resync => Some(text::who_has_control(control)),
            Action::ToggleClosed if conversation.status != Status::Closed => {
                Some(text::after_close(customer))
            }
            Action::ToggleUnread => Some(text::for_the_team().into()),
            Action::AssignToMe => Some(text::after_assign_to_me().into()),
            Action::Snooze => Some(text::after_snooze(customer)),
            Action::Wake => Some(text::after_wake().into()),
            Action::CloseWithNote => Some(text::after_close_with_note().into()),
            Action::Delete => Some(text::after_delete().into()),
            Action::Note => Some(text::after_note(customer)),
            Action::Attach => Some(text::after_attach().into()),
            Action::Shortcut => Some(text::after_shortcut(customer)),
            Action::SendAndClose => Some(text::after_close(customer)),
            Action::SendAndSnooze => Some(text::after_snooze(customer)),
            Action::ToggleClosed => Some(text::after_reopen().into()),
            Action::Reply | Action::Write | Action::Send => Some(text::write_to(&conversation.contact.name)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{NOW, ann, conversation};
    use domain::person::{Restrictions, Role};

    fn situation(owner: OwnerKind, restrictions: Restrictions) -> Situation {
        let mut conversation = conversation(1, NOW);
        conversation.contact.name = "Maya Lindqvist".into();
        conversation.control.owner = owner;
        conversation.control.app_name = (owner == OwnerKind::Bot).then(|| "SalesBot".into());
        let person = Person {
            id: ann(),
            email: "ann@example.test".into(),
            name: "Ann".into(),
            role: Role::Agent,
            restrictions,
            teams: vec![],
        };
        let inside = Situation::outside(person);
        Situation { inbox: true, conversation: Some(conversation), bot: Some("SalesBot".into()), ..inside }
    }

    #[test]
    fn what_is_asked_of_a_conversation_that_is_on_its_way_waits_for_it() {
        let opening = Situation {
            opening: true,
            conversation: None,
            ..situation(OwnerKind::Bot, Restrictions::default())
        };
        assert_eq!(opening.allows(Action::TakeOver), Err(Unfit::Soon));
        assert_eq!(opening.allows(Action::Next), Ok(()));
    }

    #[test]
    fn control_is_taken_from_others_and_given_back_by_us() {
        let bots = situation(OwnerKind::Bot, Restrictions::default());
        assert_eq!(bots.allows(Action::TakeOver), Ok(()));
        assert!(matches!(bots.allows(Action::ResetControl), Err(Unfit::Now(_))));
        let ours = situation(OwnerKind::Ours, Restrictions::default());
        assert!(matches!(ours.allows(Action::TakeOver), Err(Unfit::Now(_))));
        assert_eq!(ours.allows(Action::ResetControl), Ok(()));
        assert_eq!(
            ours.consequence(Action::ResetControl).as_deref(),
            Some("SalesBot answers Maya’s next message")
        );
    }

    #[test]
    fn what_is_not_permitted_is_not_offered() {
        let kept = situation(OwnerKind::Bot, Restrictions { no_take_over: true, ..Restrictions::default() });
        assert_eq!(kept.allows(Action::TakeOver), Err(Unfit::NotPermitted));
        assert_eq!(kept.allows(Action::Resync), Ok(()));
    }

    #[test]
    fn outside_the_inbox_one_can_only_go_places() {
        let Situation { person, .. } = situation(OwnerKind::Ours, Restrictions::default());
        let outside = Situation::outside(person);
        assert_eq!(outside.allows(Action::GoMine), Ok(()));
        assert_eq!(outside.allows(Action::TakeOver), Err(Unfit::Elsewhere));
        assert_eq!(outside.allows(Action::Next), Err(Unfit::Elsewhere));
    }

    #[test]
    fn a_toggle_is_called_what_it_would_do() {
        let mut open = situation(OwnerKind::Ours, Restrictions::default());
        assert_eq!(open.name(Action::ToggleClosed), "Close");
        if let Some(conversation) = &mut open.conversation {
            conversation.status = Status::Closed;
        }
        assert_eq!(open.name(Action::ToggleClosed), "Reopen");
    }
}
