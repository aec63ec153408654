//! Being called, and why not.

use crate::attention::Outcome;
use crate::browser::{Permission, Sound};
#[cfg(feature = "hydrate")]
use domain::attention::{Call, Subject};
use domain::attention::{Event, Peace};
use domain::preferences::Channel;

words! {
    #[cfg(feature = "hydrate")]
    sound_is_locked: "Somebody wrote, but your browser keeps sound back until you click or type in this window.",
    rehearsal_title: "Baton can reach you",
    attention_rehearsal: "This is how a customer’s message calls you.",
    notifications_lead: "You are called for what waits for you: never for threads a bot answers, and not for what lies open before you.",
    check_title: "Can you be reached here?",
    check_sound: "Sound",
    check_desktop: "Notifications of the browser",
    test: "Test now",
    allow: "Allow notifications",
    last_sound: "Last heard",
    last_desktop: "Last shown",
    never_here: "not yet in this browser",
    matrix_title: "What calls you, and how",
    matrix_event: "Event",
    volume: "Volume",
    pause_title: "Pause",
    pause: "Pause for an hour",
    resume: "Resume now",
    lately_title: "Why was I called, or not?",
    lately_empty: "Nothing has happened in this browser yet. When a customer writes, it stands here with what came of it.",
    lately_open: "Open" as "deed",
    title_always: "The number in the window’s title and on its icon counts unread conversations that are yours or nobody’s.",
}

/// The name of an event.
pub fn event_name(event: Event) -> &'static str {
    match event {
        Event::Message => say!("A customer writes to you, or to nobody yet"),
        Event::HandedOver => say!("A bot hands its thread over to you, or to nobody yet"),
        Event::Woken => say!("A snoozed conversation is back"),
        Event::Assigned => say!("A conversation is assigned to you"),
        Event::Mentioned => say!("A colleague mentions you in a note"),
        Event::Failed => say!("A message of yours is not delivered"),
        Event::Page => say!("A page cannot send, or needs a manager"),
    }
}

/// An event in the list of what happened.
pub fn event_short(event: Event) -> &'static str {
    match event {
        Event::Message => say!("A customer wrote"),
        Event::HandedOver => say!("A bot handed over"),
        Event::Woken => say!("A snoozed conversation came back"),
        Event::Assigned => say!("A conversation was assigned to you"),
        Event::Mentioned => say!("You were mentioned"),
        Event::Failed => say!("A message of yours was not delivered"),
        Event::Page => say!("A page needed a manager"),
    }
}

/// The name of a way of being called.
pub fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Sound => say!("Sound"),
        Channel::Desktop => say!("Notification"),
    }
}

/// What came of an event, in words.
pub fn outcome(outcome: Outcome) -> String {
    match outcome {
        Outcome::Peace(peace) => say!("You were not called: {why_not}.", why_not = why_not(peace)),
        Outcome::Called { sound, desktop } => {
            let sound = match sound {
                Some(true) => say!("sound played"),
                Some(false) => say!("sound was blocked by the browser"),
                None => say!("no sound, as you wish"),
            };
            let desktop = match desktop {
                Some(true) => say!("notification shown"),
                Some(false) => say!("notification was not allowed"),
                None => say!("no notification, as you wish"),
            };
            say!("You were called: {sound}, {desktop}.", sound, desktop)
        }
    }
}

/// Why somebody was left in peace.
pub fn why_not(peace: Peace) -> &'static str {
    match peace {
        Peace::NotOurs => say!("a bot or the Page Inbox has the thread"),
        Peace::ColleaguesOwn => say!("a colleague has the conversation"),
        Peace::NotWaiting => say!("it does not wait for an answer"),
        Peace::Watching => say!("you had it open before you"),
        Peace::Quiet => say!("notifications were paused"),
        Peace::NotWanted => say!("you switched this event off"),
        Peace::OtherWindow => say!("another window of yours called"),
    }
}

/// How sound stands, and what to do.
pub fn sound(sound: Sound) -> &'static str {
    match sound {
        Sound::Ready => say!("Sound works in this window."),
        Sound::Locked => {
            say!("Your browser keeps sound back until you click or type here. Press “Test now”.")
        }
        Sound::Missing => say!("This browser makes no sound for pages. Use another one to hear customers."),
    }
}

/// How notifications stand, and what to do.
pub fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::Granted => say!("Your browser shows our notifications."),
        Permission::Open => {
            say!("Your browser has not been asked yet whether it may show our notifications.")
        }
        Permission::Denied => {
            say!(
                "Your browser blocks our notifications. Open the page’s permissions beside the address, allow notifications, and load this page again."
            )
        }
        Permission::Missing => {
            say!(
                "Notifications need an address that begins with https. Ask whoever runs Baton; sound works without."
            )
        }
    }
}

/// Title and words of a notification.
#[cfg(feature = "hydrate")]
pub fn notification(call: &Call) -> (String, String) {
    let who = &call.who;
    let title = match call.event {
        Event::Message => who.clone(),
        Event::HandedOver => say!("{who} was handed over by the bot", who),
        Event::Woken => say!("{who} is back from snooze", who),
        Event::Assigned => say!("{who} was assigned to you", who),
        Event::Mentioned => say!("{who} mentioned you", who),
        Event::Failed => say!("A message of yours was not delivered").into(),
        Event::Page => say!("{who} needs you", who),
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
    say!("Paused until {clock}. Unread conversations are still counted.", clock)
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
