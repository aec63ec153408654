//! Who would get a conversation: Facebook's routing rules applied to a case that has not happened (CR-10).
//!
//! The simulator routes by the same rules; a test compares both for every combination.

use crate::AppId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How a customer comes to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// From the page itself: a plain message, or Get Started.
    Message,
    /// After a comment on a post, or from a post.
    Comment,
    /// Through an m.me link with a `ref`.
    Link,
    /// From an ad or a campaign.
    Ad,
    /// By tapping a button or a quick reply of a message.
    Tap,
    /// Through a plugin on a website.
    OptIn,
}

impl Entry {
    pub const ALL: [Self; 6] = [Self::Message, Self::Comment, Self::Link, Self::Ad, Self::Tap, Self::OptIn];

    /// The word stored and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Comment => "comment",
            Self::Link => "link",
            Self::Ad => "ad",
            Self::Tap => "tap",
            Self::OptIn => "opt_in",
        }
    }
}

/// The text names no way to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a conversation begins with a message, a comment, a link, an ad, a tap or an opt-in")]
pub struct UnknownEntry;

impl FromStr for Entry {
    type Err = UnknownEntry;
    fn from_str(word: &str) -> Result<Self, UnknownEntry> {
        Self::ALL.into_iter().find(|entry| entry.as_str() == word).ok_or(UnknownEntry)
    }
}

/// Who has the thread when the customer comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thread {
    /// The customer has never written.
    New,
    /// Whoever had control gave it back.
    Idle,
    /// Control ran out, a day after the customer's last message.
    Expired,
    /// An app has control.
    Held(AppId),
}

/// What an administrator has set on the page, as far as one knows or wants to suppose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The default routing app. Without one, routing is off and every app hears everything.
    pub default: Option<AppId>,
    /// Who gets people who come from the page or from a post.
    pub social: Option<AppId>,
    /// Who gets people who come through this link.
    pub link: Option<AppId>,
    /// Who gets people who come from this ad.
    pub campaign: Option<AppId>,
}

/// Who gets the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gets {
    One(AppId),
    /// Every connected app hears it and may answer.
    Everybody,
}

/// The rule that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Who has control keeps it.
    Owner,
    Link,
    Campaign,
    Social,
    Default,
    /// No default app is set.
    Off,
}

/// What would happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub gets: Gets,
    pub rule: Rule,
    /// Whether the app has control at once, rather than with its first answer.
    pub in_control: bool,
}

/// Applies Facebook's rules, the first that fits.
pub fn rehearse(plan: &Plan, entry: Entry, thread: &Thread) -> Outcome {
    let Some(default) = &plan.default else { return unrouted(plan, entry, thread) };
    if let Thread::Held(owner) = thread {
        return Outcome { gets: Gets::One(owner.clone()), rule: Rule::Owner, in_control: true };
    }
    match chosen(plan, entry, thread) {
        Some((app, rule)) => Outcome { gets: Gets::One(app.clone()), rule, in_control: true },
        None => Outcome { gets: Gets::One(default.clone()), rule: Rule::Default, in_control: false },
    }
}

/// Without a default app only campaigns are routed; everybody hears everything all the same.
fn unrouted(plan: &Plan, entry: Entry, thread: &Thread) -> Outcome {
    let held = matches!(thread, Thread::Held(_));
    let by_campaign = entry == Entry::Ad && plan.campaign.is_some() && !held;
    Outcome {
        gets: Gets::Everybody,
        rule: if by_campaign { Rule::Campaign } else { Rule::Off },
        in_control: by_campaign,
    }
}

/// The app chosen for this way into a thread that nobody has.
fn chosen<'a>(plan: &'a Plan, entry: Entry, thread: &Thread) -> Option<(&'a AppId, Rule)> {
    let social = plan.social.as_ref().map(|app| (app, Rule::Social));
    match entry {
        Entry::Message | Entry::Comment | Entry::Tap => social,
        Entry::Link => match (&plan.link, thread) {
            (Some(app), _) => Some((app, Rule::Link)),
            // Somebody new meets Get Started, which is entering from the page.
            (None, Thread::New) => social,
            (None, Thread::Idle | Thread::Expired | Thread::Held(_)) => None,
        },
        Entry::Ad => plan.campaign.as_ref().map(|app| (app, Rule::Campaign)),
        Entry::OptIn => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan { default: Some("inbox".into()), social: Some("bot".into()), link: None, campaign: None }
    }

    fn gets(plan: &Plan, entry: Entry, thread: Thread) -> (String, Rule) {
        match rehearse(plan, entry, &thread) {
            Outcome { gets: Gets::One(app), rule, .. } => (app.0, rule),
            Outcome { gets: Gets::Everybody, rule, .. } => ("everybody".into(), rule),
        }
    }

    #[test]
    fn who_has_control_keeps_it_whatever_is_chosen() {
        let all = Plan { link: Some("shop".into()), campaign: Some("shop".into()), ..plan() };
        for entry in Entry::ALL {
            assert_eq!(gets(&all, entry, Thread::Held("inbox".into())), ("inbox".into(), Rule::Owner));
        }
    }

    #[test]
    fn people_from_the_page_get_the_social_app_before_the_default_app() {
        assert_eq!(gets(&plan(), Entry::Message, Thread::New), ("bot".into(), Rule::Social));
        assert_eq!(gets(&plan(), Entry::Comment, Thread::Expired), ("bot".into(), Rule::Social));
        let none = Plan { social: None, ..plan() };
        assert_eq!(gets(&none, Entry::Message, Thread::Idle), ("inbox".into(), Rule::Default));
    }

    #[test]
    fn a_link_or_an_ad_without_a_choice_of_its_own_goes_to_the_default_app() {
        assert_eq!(gets(&plan(), Entry::Link, Thread::Idle), ("inbox".into(), Rule::Default));
        assert_eq!(gets(&plan(), Entry::Ad, Thread::New), ("inbox".into(), Rule::Default));
        let chosen = Plan { link: Some("shop".into()), ..plan() };
        assert_eq!(gets(&chosen, Entry::Link, Thread::New), ("shop".into(), Rule::Link));
    }

    #[test]
    fn without_a_default_app_everybody_hears_everything() {
        let off = Plan { default: None, ..plan() };
        assert_eq!(gets(&off, Entry::Message, Thread::New), ("everybody".into(), Rule::Off));
        assert_eq!(gets(&off, Entry::Message, Thread::Held("bot".into())), ("everybody".into(), Rule::Off));
    }
}
