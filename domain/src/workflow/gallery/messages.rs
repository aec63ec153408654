//! What is said: welcome, away, consent.

use super::assignment::ask_if_missing;
use super::piece::{
    Piece, ask, by_answer, close, fork, from_ads, one, opened, say, shortcut, tag, way, workflow,
};
use super::{Category, Template};
use crate::workflow::condition::{Conditions, Operator, Subject};
use crate::workflow::exit::Exit;
use crate::workflow::step::StepKind;
use crate::workflow::steps::contact::UpdateField;
use crate::workflow::steps::flow::DateTime;
use crate::workflow::steps::question::{AnswerKind, Save};

pub const AWAY: Template = Template {
    key: "away-message",
    name: "Away Message",
    purpose: "Tells everybody who writes that nobody is there; publish it when you leave, stop it when you are back.",
    category: Category::Welcome,
    needs: &["the text"],
    build: || workflow(opened(), vec![say("Away message", "")]),
};

pub const AWAY_WITH_HOURS: Template = Template {
    key: "away-message-hours",
    name: "Away Message with Business Hours",
    purpose: "Tells who writes outside business hours when you are back.",
    category: Category::Welcome,
    needs: &["business hours with their time zone", "the text"],
    build: || {
        let hours =
            Piece::new("Business hours", StepKind::DateTime(DateTime::BusinessHours { schedule: None }));
        workflow(opened(), vec![hours.on(Exit::Failure, vec![say("Away message", "")])])
    },
};

pub const ADS_APPOINTMENT: Template = Template {
    key: "ads-appointment",
    name: "Click to Chat Ads: Appointment Scheduling",
    purpose: "Sends who comes from an ad a link to choose a time.",
    category: Category::Ads,
    needs: &["the ads", "the text with the link to your calendar"],
    build: || workflow(from_ads(), vec![say("Send the calendar link", "")]),
};

pub const SPAM: Template = Template {
    key: "mark-as-spam",
    name: "Mark Contact as Spam",
    purpose: "One click tags the contact and closes the conversation.",
    category: Category::Housekeeping,
    needs: &["the tag"],
    build: || {
        let trigger = shortcut(
            "circle-slash",
            "Mark as spam",
            "Tags the contact and closes the conversation",
            Vec::new(),
        );
        workflow(trigger, vec![tag("Tag as spam", &[]), close("Close")])
    },
};

pub const WELCOME: Template = Template {
    key: "welcome",
    name: "Welcome Message",
    purpose: "Greets everybody who writes.",
    category: Category::Welcome,
    needs: &["the text"],
    build: || workflow(opened(), vec![say("Welcome", "")]),
};

pub const WELCOME_EMAIL: Template = Template {
    key: "welcome-email",
    name: "Welcome Message & Ask For Email",
    purpose: "Greets, and asks for the e-mail address if it is not known.",
    category: Category::Welcome,
    needs: &["the text"],
    build: || {
        let ask = ask_if_missing(
            "Ask for the e-mail address",
            "What is your e-mail address? Such as maya@example.com.",
            "email",
            AnswerKind::Email {},
        );
        workflow(opened(), vec![say("Welcome", ""), ask])
    },
};

pub const WELCOME_PHONE: Template = Template {
    key: "welcome-phone",
    name: "Welcome Message & Ask For Phone Number",
    purpose: "Greets, and asks for the phone number if it is not known.",
    category: Category::Welcome,
    needs: &["the text"],
    build: || {
        let ask = ask_if_missing(
            "Ask for the phone number",
            "What is your phone number? Such as +47 22 33 44 55.",
            "phone",
            AnswerKind::Phone {},
        );
        workflow(opened(), vec![say("Welcome", ""), ask])
    },
};

pub const CONSENT: Template = Template {
    key: "privacy-consent",
    name: "Request Consent: Privacy",
    purpose: "Asks once whether the customer agrees, and remembers the answer.",
    category: Category::Housekeeping,
    needs: &["the text", "the field that keeps the answer"],
    build: || {
        let options = vec!["Agree".to_owned(), "Decline".to_owned()];
        let save = Save { variable: Some("consent".into()), as_tag: true, ..Save::default() };
        let ask = ask("Ask for consent", "", AnswerKind::MultipleChoice { options }, save);
        let asked = Conditions {
            tests: one(Subject::ContactTags {}, Operator::AnyOf, "Agree").tests,
            ..Conditions::default()
        };
        let answer = by_answer("Agreed?", "answer.consent", &["Agree"])
            .on(Exit::Branch(1), vec![say("Thank you", "Thank you! How can we help?")])
            .on(
                Exit::Else,
                vec![say("Understood", "Understood. We cannot help you here without it."), close("Close")],
            );
        let keep = Piece::new(
            "Keep the answer",
            StepKind::UpdateContactField(UpdateField { field: None, value: "$answer.consent".into() }),
        );
        let fork =
            fork("Asked before?", vec![way("Agreed already", asked)]).on(Exit::Else, vec![ask, keep, answer]);
        workflow(opened(), vec![fork])
    },
};

pub const WELCOME_BY_CHANNEL: Template = Template {
    key: "welcome-by-channel",
    name: "Welcome Message: Channel Specific",
    purpose: "Greets differently on each page.",
    category: Category::Welcome,
    needs: &["the pages", "a text for each"],
    build: || {
        let page = one(Subject::Page {}, Operator::Equal, "");
        let fork = fork("Which page?", vec![way("This page", page)])
            .on(Exit::Branch(1), vec![say("Welcome on this page", "")])
            .on(Exit::Else, vec![say("Welcome elsewhere", "")]);
        workflow(opened(), vec![fork])
    },
};
