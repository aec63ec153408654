//! Who gets a conversation: people, teams, AI agents.

use super::piece::{
    Piece, agent, ask, assign, by_answer, choose, closed, comment, field, fork, from_ads, line, one, opened,
    say, shortcut, to_team, variable, way, workflow,
};
use super::{Category, Template};
use crate::workflow::condition::Operator;
use crate::workflow::exit::Exit;
use crate::workflow::field::{FieldKey, FieldType};
use crate::workflow::step::StepKind;
use crate::workflow::steps::agent::Outcome;
use crate::workflow::steps::assign::{AssignTo, DEFAULT_TIMEOUT, Logic, Target};
use crate::workflow::steps::flow::DateTime;
use crate::workflow::steps::http::{HttpRequest, Method};
use crate::workflow::steps::question::AnswerKind;
use crate::workflow::trigger::Mapping;

const AI_NEEDS: &[&str] = &["an AI connection", "instructions for the agent", "a team for the rest"];

fn collect(name: &'static str, objective: &str, what: &str, key: &str) -> Piece {
    let outcome = Outcome { what: what.into(), variable: key.into(), field: Some(FieldKey::builtin(key)) };
    agent(name, objective, vec![outcome])
}

pub const COLLECT_EMAIL_WITH_AI: Template = Template {
    key: "collect-email-with-ai",
    name: "Collect Contact Email with AI",
    purpose: "An AI agent asks for the e-mail address, checks it and keeps it; a person helps when it cannot.",
    category: Category::Ai,
    needs: AI_NEEDS,
    build: || {
        let ask = collect(
            "Collect the e-mail address",
            "Find out the customer's e-mail address.",
            "the e-mail address",
            "email",
        );
        // One person for both ways: the agent asks for one, or it does not work.
        workflow(
            opened(),
            vec![
                ask.on(Exit::Failure, vec![to_team("To a person")])
                    .on(Exit::HandOver, vec![to_team("To a person")]),
            ],
        )
    },
};

pub const COLLECT_PHONE_WITH_AI: Template = Template {
    key: "collect-phone-with-ai",
    name: "Collect Contact Phone Number with AI",
    purpose: "An AI agent asks for the phone number, checks it and keeps it; a person helps when it cannot.",
    category: Category::Ai,
    needs: AI_NEEDS,
    build: || {
        let ask = collect(
            "Collect the phone number",
            "Find out the customer's phone number.",
            "the phone number",
            "phone",
        );
        workflow(
            opened(),
            vec![
                ask.on(Exit::Failure, vec![to_team("To a person")])
                    .on(Exit::HandOver, vec![to_team("To a person")]),
            ],
        )
    },
};

pub const AI_AGENT: Template = Template {
    key: "ai-agent",
    name: "Assignment: AI Agent",
    purpose: "An AI agent answers first and hands over to a person when needed.",
    category: Category::Ai,
    needs: AI_NEEDS,
    build: || {
        let talk = agent("AI agent", "Answer the customer's question.", Vec::new());
        workflow(
            opened(),
            vec![
                talk.on(Exit::HandOver, vec![to_team("To a person")])
                    .on(Exit::Failure, vec![to_team("To a person")]),
            ],
        )
    },
};

pub const LEAST_OPEN: Template = Template {
    key: "least-open",
    name: "Assignment: Least Open Contacts",
    purpose: "Each new conversation goes to whoever of a team has the fewest open.",
    category: Category::Assignment,
    needs: &["a team"],
    build: || {
        let to = Target::Team { team: None, logic: Logic::LeastOpen };
        workflow(opened(), vec![assign("To the team", to)])
    },
};

pub const ROUND_ROBIN: Template = Template {
    key: "round-robin",
    name: "Assignment: Round Robin",
    purpose: "New conversations go to the people of a team in turn.",
    category: Category::Assignment,
    needs: &["a team"],
    build: || workflow(opened(), vec![to_team("To the team")]),
};

pub const ROUND_ROBIN_ONLINE: Template = Template {
    key: "round-robin-online",
    name: "Assignment: Round Robin + Online Only",
    purpose: "In turn, but only to people who are online; who waits too long is told so.",
    category: Category::Assignment,
    needs: &["a team"],
    build: || {
        let step = AssignTo {
            to: Target::Team { team: None, logic: Logic::RoundRobin },
            online_only: true,
            fewer_than: None,
            timeout_ms: DEFAULT_TIMEOUT,
        };
        let late = comment("Nobody was online", "Nobody of the team was online for 7 days.");
        let assign = Piece::new("To the team", StepKind::AssignTo(step)).on(Exit::Timeout, vec![late]);
        workflow(opened(), vec![assign])
    },
};

pub const UNASSIGN: Template = Template {
    key: "unassign-after-close",
    name: "Assignment: Unassign After Conversation Closes",
    purpose: "The next conversation of the same customer is nobody's yet.",
    category: Category::Assignment,
    needs: &[],
    build: || workflow(closed(), vec![assign("Unassign", Target::Unassign {})]),
};

pub const NEW_AND_RETURNING: Template = Template {
    key: "new-and-returning",
    name: "Routing: New & Returning Contacts",
    purpose: "Customers who were here before go to another team than new ones.",
    category: Category::Assignment,
    needs: &["a team for new contacts", "a team for returning contacts"],
    build: || {
        let first_time = |value| {
            let subject = crate::workflow::condition::Subject::Variable { name: "trigger.first_time".into() };
            one(subject, Operator::Equal, value)
        };
        let fork = fork(
            "New or returning?",
            vec![way("New", first_time("yes")), way("Returning", first_time("no"))],
        )
        .on(Exit::Branch(1), vec![to_team("New contacts")])
        .on(Exit::Branch(2), vec![to_team("Returning contacts")]);
        workflow(opened(), vec![fork])
    },
};

pub const SALES_AND_SUPPORT_AGENTS: Template = Template {
    key: "sales-and-support-agents",
    name: "Assignment: Sales and Support AI Agents",
    purpose: "The customer says what it is about, and the matching AI agent answers first.",
    category: Category::Ai,
    needs: &["an AI connection", "instructions for two agents", "two teams"],
    build: || {
        let talk = |name, about: &str, team| {
            agent(name, &format!("Answer questions about {about}."), Vec::new())
                .on(Exit::HandOver, vec![to_team(team)])
                .on(Exit::Failure, vec![to_team(team)])
        };
        let fork = by_answer("Sales or support?", "answer.topic", &["Sales", "Support"])
            .on(Exit::Branch(1), vec![talk("Sales agent", "what we sell", "To the sales team")])
            .on(Exit::Branch(2), vec![talk("Support agent", "what was bought", "To the support team")]);
        workflow(
            opened(),
            vec![choose("What is it about?", "What is it about?", &["Sales", "Support"], "topic"), fork],
        )
    },
};

pub const ADS_ASSIGNMENT: Template = Template {
    key: "ads-assignment",
    name: "Click to Chat Ads: Assignment",
    purpose: "Who comes from an ad goes straight to the team that knows the offer.",
    category: Category::Ads,
    needs: &["the ads", "the team"],
    build: || workflow(from_ads(), vec![to_team("To the expert team")]),
};

pub const ADS_PRODUCT_INFORMATION: Template = Template {
    key: "ads-product-information",
    name: "Click to Chat Ads: Share Product Information + Route to Sales",
    purpose: "Tells more about the advertised product, and brings who is interested to Sales.",
    category: Category::Ads,
    needs: &["the ads", "the product information", "the sales team"],
    build: || {
        let fork = by_answer("Interested?", "answer.interested", &["Yes", "No"])
            .on(Exit::Branch(1), vec![to_team("To Sales")])
            .on(Exit::Branch(2), vec![say("Thanks anyway", "All right. Write to us whenever you like.")]);
        let ask = choose(
            "Ask for interest",
            "Would you like to talk to somebody about it?",
            &["Yes", "No"],
            "interested",
        );
        workflow(from_ads(), vec![say("Product information", ""), ask, fork])
    },
};

pub const ESCALATION: Template = Template {
    key: "issue-escalation",
    name: "Issue Escalation",
    purpose: "An agent writes a summary and passes the conversation to the second level.",
    category: Category::Assignment,
    needs: &["the second-level teams"],
    build: || {
        let form = vec![
            line("Summary", "summary", FieldType::Text, &[]),
            line("Team", "team", FieldType::List, &["Finance", "Technical Support", "Other"]),
        ];
        let fork = by_answer("Which team?", "form.team", &["Finance", "Technical Support"])
            .on(Exit::Branch(1), vec![to_team("To Finance")])
            .on(Exit::Branch(2), vec![to_team("To Technical Support")])
            .on(Exit::Else, vec![to_team("To the other team")]);
        let trigger = shortcut("flag", "Escalate", "Passes the conversation to the second level", form);
        workflow(trigger, vec![comment("Note the summary", "Escalated: $form.summary|{no summary}"), fork])
    },
};

pub const SHIFTS: Template = Template {
    key: "shifts",
    name: "Multi-Team Routing: Shifts",
    purpose: "Each shift has its team.",
    category: Category::Assignment,
    needs: &["business hours for each shift", "a team for each shift"],
    build: || {
        let hours = |name| Piece::new(name, StepKind::DateTime(DateTime::BusinessHours { schedule: None }));
        let second = hours("Second shift")
            .on(Exit::Success, vec![to_team("To the second shift")])
            .on(Exit::Failure, vec![to_team("To the night shift")]);
        let first = hours("First shift")
            .on(Exit::Success, vec![to_team("To the first shift")])
            .on(Exit::Failure, vec![second]);
        workflow(opened(), vec![first])
    },
};

pub const SHIFT_TRANSFER: Template = Template {
    key: "shift-transfer",
    name: "Shift Transfer",
    purpose: "An agent whose shift ends leaves a summary and passes the conversation on.",
    category: Category::Assignment,
    needs: &["the next shift's team"],
    build: || {
        let form = vec![line("Summary", "summary", FieldType::Text, &[])];
        let trigger =
            shortcut("users", "Hand over to the next shift", "Leaves a summary for the next shift", form);
        workflow(
            trigger,
            vec![
                comment("Note the summary", "From the last shift: $form.summary|{no summary}"),
                to_team("To the next shift"),
            ],
        )
    },
};

pub const VIP: Template = Template {
    key: "vip-contacts",
    name: "Routing: VIP Contacts",
    purpose: "Asks your own data who this is, and brings the best customers to the best people.",
    category: Category::Assignment,
    needs: &["the address of your data", "a team for VIPs", "a team for everybody else"],
    build: || {
        let request = HttpRequest {
            method: Method::Get,
            url: "".into(),
            headers: Vec::new(),
            content_type: None,
            body: "".into(),
            mappings: vec![Mapping { path: "$.vip".into(), variable: "vip".into() }],
            save_status: None,
        };
        let fork = fork("A VIP?", vec![way("VIP", one(variable("http.vip"), Operator::Equal, "yes"))])
            .on(Exit::Branch(1), vec![to_team("To the VIP team")])
            .on(Exit::Else, vec![to_team("To the team")]);
        let look = Piece::new("Look the contact up", StepKind::HttpRequest(request))
            .on(Exit::Failure, vec![to_team("To the team")]);
        workflow(opened(), vec![look, fork])
    },
};

/// Asks for something the contact has not told yet.
pub fn ask_if_missing(name: &'static str, text: &str, key: &'static str, kind: AnswerKind) -> Piece {
    let save =
        crate::workflow::steps::question::Save { field: Some(FieldKey::builtin(key)), ..Default::default() };
    let missing = one(field(key), Operator::NotExists, "");
    fork("Known already?", vec![way("Missing", missing)])
        .on(Exit::Branch(1), vec![ask(name, text, kind, save)])
}
