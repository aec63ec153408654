//! The 30 ready-made workflows (WF-10). Each creates a draft in which exactly the steps its author has to complete are
//! incomplete.

mod assignment;
mod menus;
mod messages;
mod piece;
mod surveys;

use super::check::Workspace;
use super::condition::Subject;
use super::graph::Graph;
use super::step::StepKind;
use super::steps::assign::{AssignTo, Target};
use super::steps::flow::DateTime;
use crate::PageId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A ready-made workflow.
#[derive(Clone, Copy)]
pub struct Template {
    /// Stable, such as `away-message`; part of addresses.
    pub key: &'static str,
    /// Exactly as the requirements name it.
    pub name: &'static str,
    /// What for, in one sentence.
    pub purpose: &'static str,
    pub category: Category,
    /// What has to be filled in, in words; shown before it is used.
    pub needs: &'static [&'static str],
    /// Makes its graph.
    pub build: fn() -> Graph,
}

/// How the gallery is filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Welcome,
    Assignment,
    Menus,
    Ads,
    Ai,
    Feedback,
    Housekeeping,
}

impl Category {
    pub const ALL: [Self; 7] = [
        Self::Welcome,
        Self::Assignment,
        Self::Menus,
        Self::Ads,
        Self::Ai,
        Self::Feedback,
        Self::Housekeeping,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Welcome => "Welcome",
            Self::Assignment => "Assignment",
            Self::Menus => "Menus",
            Self::Ads => "Ads",
            Self::Ai => "AI",
            Self::Feedback => "Feedback",
            Self::Housekeeping => "Housekeeping",
        }
    }
}

/// All of them, in the order of the requirements (WF-T01 to WF-T30).
pub fn all() -> [Template; 30] {
    [
        assignment::COLLECT_EMAIL_WITH_AI,
        assignment::COLLECT_PHONE_WITH_AI,
        assignment::AI_AGENT,
        assignment::LEAST_OPEN,
        assignment::ROUND_ROBIN,
        assignment::ROUND_ROBIN_ONLINE,
        assignment::UNASSIGN,
        messages::AWAY,
        messages::AWAY_WITH_HOURS,
        messages::ADS_APPOINTMENT,
        messages::SPAM,
        assignment::NEW_AND_RETURNING,
        messages::WELCOME,
        messages::WELCOME_EMAIL,
        messages::WELCOME_PHONE,
        assignment::SALES_AND_SUPPORT_AGENTS,
        assignment::ADS_ASSIGNMENT,
        assignment::ADS_PRODUCT_INFORMATION,
        assignment::ESCALATION,
        menus::MAIN,
        menus::SUB,
        menus::TEAM_BY_CHOICE,
        assignment::SHIFTS,
        messages::CONSENT,
        assignment::SHIFT_TRANSFER,
        menus::SIMPLE,
        messages::WELCOME_BY_CHANNEL,
        surveys::WAREHOUSE,
        surveys::SHEET,
        assignment::VIP,
    ]
}

/// The template with this key.
pub fn find(key: &str) -> Option<Template> {
    all().into_iter().find(|template| template.key == key)
}

/// Lets conditions that ask for a page ask for this one: where only one page is connected, nothing is left to choose.
pub fn settle_on(graph: &mut Graph, page: &PageId) {
    for step in graph.steps.values_mut() {
        let StepKind::Branch(branch) = &mut step.kind else { continue };
        let tests = branch.branches.iter_mut().flat_map(|way| &mut way.conditions.tests);
        for test in tests.filter(|test| test.subject == Subject::Page {} && test.values.is_empty()) {
            test.values.push(page.to_string().as_str().into());
        }
    }
}

/// Something steps are to choose from and a workspace has none of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    Page,
    Team,
    BusinessHours,
    /// An AI connection.
    Model,
    /// A Google account.
    Sheets,
    /// A workflow others may start.
    Manual,
}

/// What has to be made elsewhere before a workflow can be filled in here.
pub fn lacks(graph: &Graph, here: &Workspace) -> BTreeSet<Lack> {
    let asks = |subject: &Subject| match subject {
        Subject::Page {} => Some(Lack::Page),
        Subject::BusinessHours { .. } => Some(Lack::BusinessHours),
        _ => None,
    };
    let of_step = |kind: &StepKind| match kind {
        StepKind::AssignTo(AssignTo { to: Target::Team { .. }, .. }) => vec![Lack::Team],
        StepKind::DateTime(DateTime::BusinessHours { .. }) => vec![Lack::BusinessHours],
        StepKind::AiAgent(_) => vec![Lack::Model],
        StepKind::AddSheetRow(_) => vec![Lack::Sheets],
        StepKind::TriggerWorkflow(_) => vec![Lack::Manual],
        StepKind::Branch(branch) => {
            let tests = branch.branches.iter().flat_map(|way| &way.conditions.tests);
            tests.filter_map(|test| asks(&test.subject)).collect()
        }
        _ => Vec::new(),
    };
    let is_missing = |lack: &Lack| match lack {
        Lack::Page => here.pages.is_empty(),
        Lack::Team => here.teams.is_empty(),
        Lack::BusinessHours => here.schedules.is_empty(),
        Lack::Model => here.connections.is_empty(),
        Lack::Sheets => here.accounts.is_empty(),
        Lack::Manual => here.manual.is_empty(),
    };
    graph.steps.values().flat_map(|step| of_step(&step.kind)).filter(is_missing).collect()
}

#[cfg(test)]
mod tests {
    use super::super::check::{At, check};
    use super::super::field;
    use super::*;

    #[test]
    fn what_a_template_needs_and_the_workspace_has_none_of_is_named() {
        let of = |key: &str, here: &Workspace| {
            lacks(&(find(key).unwrap().build)(), here).into_iter().collect::<Vec<_>>()
        };
        let empty = Workspace::default();
        assert_eq!(of("new-and-returning", &empty), [Lack::Team]);
        assert_eq!(of("sales-and-support-agents", &empty), [Lack::Team, Lack::Model]);
        assert_eq!(of("welcome", &empty), []);
        let team = crate::TeamId(uuid::Uuid::from_u128(1));
        assert_eq!(of("new-and-returning", &Workspace { teams: [team].into(), ..empty }), []);
    }

    /// The names of the incomplete steps in an empty workspace.
    fn red(template: &Template) -> Vec<String> {
        let graph = (template.build)();
        let workspace = Workspace { fields: field::builtin(), ..Workspace::default() };
        let flawed: BTreeSet<At> = check(&graph, &workspace).into_iter().map(|flaw| flaw.at).collect();
        flawed
            .into_iter()
            .map(|at| match at {
                At::Trigger => "Trigger".to_owned(),
                At::Step(id) => graph.steps[&id].name.clone(),
            })
            .collect()
    }

    #[test]
    fn names_and_keys_are_unique_and_every_graph_is_a_tree() {
        let all = all();
        assert_eq!(all.iter().map(|one| one.name).collect::<BTreeSet<_>>().len(), 30);
        assert_eq!(all.iter().map(|one| one.key).collect::<BTreeSet<_>>().len(), 30);
        for template in all {
            assert!((template.build)().is_tree(), "{}", template.name);
            assert!(!(template.build)().steps.is_empty(), "{}", template.name);
        }
    }

    #[test]
    fn the_red_steps_are_exactly_those_an_author_has_to_complete() {
        let expected: [(&str, &[&str]); 30] = [
            ("Collect Contact Email with AI", &["Collect the e-mail address", "To a person"]),
            ("Collect Contact Phone Number with AI", &["Collect the phone number", "To a person"]),
            ("Assignment: AI Agent", &["AI agent", "To a person"]),
            ("Assignment: Least Open Contacts", &["To the team"]),
            ("Assignment: Round Robin", &["To the team"]),
            ("Assignment: Round Robin + Online Only", &["To the team"]),
            ("Assignment: Unassign After Conversation Closes", &[]),
            ("Away Message", &["Away message"]),
            ("Away Message with Business Hours", &["Business hours", "Away message"]),
            ("Click to Chat Ads: Appointment Scheduling", &["Trigger", "Send the calendar link"]),
            ("Mark Contact as Spam", &["Tag as spam"]),
            ("Routing: New & Returning Contacts", &["New contacts", "Returning contacts"]),
            ("Welcome Message", &["Welcome"]),
            ("Welcome Message & Ask For Email", &["Welcome"]),
            ("Welcome Message & Ask For Phone Number", &["Welcome"]),
            (
                "Assignment: Sales and Support AI Agents",
                &["Sales agent", "To the sales team", "Support agent", "To the support team"],
            ),
            ("Click to Chat Ads: Assignment", &["Trigger", "To the expert team"]),
            (
                "Click to Chat Ads: Share Product Information + Route to Sales",
                &["Trigger", "Product information", "To Sales"],
            ),
            ("Issue Escalation", &["To Finance", "To Technical Support", "To the other team"]),
            ("Multi-Level Chat Menu (Main Menu)", &["Main menu", "Open the sub menu", "To the team"]),
            ("Multi-Level Chat Menu (Sub Menu)", &["Sub menu"]),
            (
                "Multi-Team Routing: Multiple Choice by Contact",
                &["Which team?", "To the first team", "To the second team"],
            ),
            (
                "Multi-Team Routing: Shifts",
                &[
                    "First shift",
                    "To the first shift",
                    "Second shift",
                    "To the second shift",
                    "To the night shift",
                ],
            ),
            ("Request Consent: Privacy", &["Ask for consent", "Keep the answer"]),
            ("Shift Transfer", &["To the next shift"]),
            ("Simple Chat Menu", &["Menu", "First answer", "To the team"]),
            (
                "Welcome Message: Channel Specific",
                &["Which page?", "Welcome on this page", "Welcome elsewhere"],
            ),
            ("CSAT to Data Warehouse", &["Send to the warehouse"]),
            ("CSAT to Google Sheets", &["Add to the sheet"]),
            ("Routing: VIP Contacts", &["Look the contact up", "To the VIP team", "To the team"]),
        ];
        for (template, (name, steps)) in all().iter().zip(expected) {
            assert_eq!(template.name, name);
            let wanted: BTreeSet<&str> = steps.iter().copied().collect();
            let found = red(template);
            let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
            assert_eq!(found, wanted, "{name}");
            assert_eq!(template.needs.is_empty(), steps.is_empty(), "{name}");
        }
    }

    #[test]
    fn no_template_is_a_loop_by_itself() {
        for template in all() {
            let graph = (template.build)();
            let node = super::super::loops::Node {
                id: crate::WorkflowId(uuid::Uuid::from_u128(1)),
                name: template.name,
                graph: &graph,
            };
            assert_eq!(super::super::loops::find(node, &[]), None, "{}", template.name);
        }
    }
}
