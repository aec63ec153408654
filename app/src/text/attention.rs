//! Being called, and why not.

use crate::attention::Outcome;
use crate::browser::{Permission, Sound};
#[cfg(feature = "hydrate")]
use domain::attention::{Call, Subject};
use domain::attention::{Event, Peace};
use domain::preferences::Channel;

#[cfg(feature = "hydrate")]
pub const SOUND_IS_LOCKED: &str =
    "Somebody wrote, but your browser keeps sound back until you click or type in this window.";
pub const REHEARSAL_TITLE: &str = "Baton can reach you";
pub const ATTENTION_REHEARSAL: &str = "This is how a customer’s message calls you.";
pub const NOTIFICATIONS_LEAD: &str = "You are called for what waits for you: never for threads a bot answers, and not for what lies open before you.";
pub const CHECK_TITLE: &str = "Can you be reached here?";
pub const CHECK_SOUND: &str = "Sound";
pub const CHECK_DESKTOP: &str = "Notifications of the browser";
pub const TEST: &str = "Test now";
pub const ALLOW: &str = "Allow notifications";
pub const LAST_SOUND: &str = "Last heard";
pub const LAST_DESKTOP: &str = "Last shown";
pub const NEVER_HERE: &str = "not yet in this browser";
pub const MATRIX_TITLE: &str = "What calls you, and how";
pub const MATRIX_EVENT: &str = "Event";
pub const VOLUME: &str = "Volume";
pub const PAUSE_TITLE: &str = "Pause";
pub const PAUSE: &str = "Pause for an hour";
pub const RESUME: &str = "Resume now";
pub const LATELY_TITLE: &str = "Why was I called, or not?";
pub const LATELY_EMPTY: &str =
    "Nothing has happened in this browser yet. When a customer writes, it stands here with what came of it.";
pub const LATELY_OPEN: &str = "Open";
pub const TITLE_ALWAYS: &str = "The number in the window’s title and on its icon counts unread conversations that are yours or nobody’s.";

/// The name of an event.
pub fn event_name(event: Event) -> &'static str {
    match event {
        Event::Message => "A customer writes to you, or to nobody yet",
        Event::HandedOver => "A bot hands its thread over to you, or to nobody yet",
        Event::Woken => "A snoozed conversation is back",
        Event::Assigned => "A conversation is assigned to you",
        Event::Mentioned => "A colleague mentions you in a note",
        Event::Failed => "A message of yours is not delivered",
        Event::Page => "A page cannot send, or needs a manager",
    }
}

/// An event in the list of what happened.
pub fn event_short(event: Event) -> &'static str {
    match event {
        Event::Message => "A customer wrote",
        Event::HandedOver => "A bot handed over",
        Event::Woken => "A snoozed conversation came back",
        Event::Assigned => "A conversation was assigned to you",
        Event::Mentioned => "You were mentioned",
        Event::Failed => "A message of yours was not delivered",
        Event::Page => "A page needed a manager",
    }
}

/// The name of a way of being called.
pub fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Sound => "Sound",
        Channel::Desktop => "Notification",
    }
}

/// What came of an event, in words.
pub fn outcome(outcome: Outcome) -> String {
    match outcome {
        Outcome::Peace(peace) => format!("You were not called: {}.", why_not(peace)),
        Outcome::Called { sound, desktop } => {
            let sound = match sound {
                Some(true) => "sound played",
                Some(false) => "sound was blocked by the browser",
                None => "no sound, as you wish",
            };
            let desktop = match desktop {
                Some(true) => "notification shown",
                Some(false) => "notification was not allowed",
                None => "no notification, as you wish",
            };
            format!("You were called: {sound}, {desktop}.")
        }
    }
}

/// Why somebody was left in peace.
pub fn why_not(peace: Peace) -> &'static str {
    match peace {
        Peace::NotOurs => "a bot or the Page Inbox has the thread",
        Peace::ColleaguesOwn => "a colleague has the conversation",
        Peace::NotWaiting => "it does not wait for an answer",
        Peace::Watching => "you had it open before you",
        Peace::Quiet => "notifications were paused",
        Peace::NotWanted => "you switched this event off",
        Peace::OtherWindow => "another window of yours called",
    }
}

/// How sound stands, and what to do.
pub fn sound(sound: Sound) -> &'static str {
    match sound {
        Sound::Ready => "Sound works in this window.",
        Sound::Locked => "Your browser keeps sound back until you click or type here. Press “Test now”.",
        Sound::Missing => "This browser makes no sound for pages. Use another one to hear customers.",
    }
}

/// How notifications stand, and what to do.
pub fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::Granted => "Your browser shows our notifications.",
        Permission::Open => "Your browser has not been asked yet whether it may show our notifications.",
        Permission::Denied => {
            "Your browser blocks our notifications. Open the page’s permissions beside the address, allow \
             notifications, and load this page again."
        }
        Permission::Missing => {
            "Notifications need an address that begins with https. Ask whoever runs Baton; sound works without."
        }
    }
}

/// Title and words of a notification.
#[cfg(feature = "hydrate")]
pub fn notification(call: &Call) -> (String, String) {
    let who = &call.who;
    let title = match call.event {
        Event::Message => who.clone(),
        Event::HandedOver => format!("{who} was handed over by the bot"),
        Event::Woken => format!("{who} is back from snooze"),
        Event::Assigned => format!("{who} was assigned to you"),
        Event::Mentioned => format!("{who} mentioned you"),
        Event::Failed => "A message of yours was not delivered".into(),
        Event::Page => format!("{who} needs you"),
    };
    (title, call.words.clone())
}

/// One notification per subject: the newer one replaces the older one.
#[cfg(feature = "hydrate")]
pub fn tag(subject: &Subject) -> String {
    match subject {
        Subject::Conversation(id) => format!("baton.conversation.{id}"),
        Subject::Page(id) => format!("baton.page.{id}"),
    }
}

/// "Sound when a customer writes …", the name of one switch of the matrix.
pub fn switch_name(event: Event, channel: Channel) -> String {
    format!("{}: {}", event_name(event), channel_name(channel))
}

/// "Paused until 15:02."
pub fn paused_until(clock: &str) -> String {
    format!("Paused until {clock}. Unread conversations are still counted.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_an_event_is_told_per_way() {
        let called = Outcome::Called { sound: Some(false), desktop: Some(true) };
        assert_eq!(outcome(called), "You were called: sound was blocked by the browser, notification shown.");
        assert_eq!(
            outcome(Outcome::Peace(Peace::NotOurs)),
            "You were not called: a bot or the Page Inbox has the thread."
        );
    }
}
