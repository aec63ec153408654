//! Menus the customer taps through.

use super::piece::{Piece, by_answer, choose, close, opened, say, to_team, when, workflow};
use super::{Category, Template};
use crate::workflow::exit::Exit;
use crate::workflow::step::StepKind;
use crate::workflow::steps::flow::TriggerWorkflow;
use crate::workflow::trigger::TriggerKind;

pub const MAIN: Template = Template {
    key: "main-menu",
    name: "Multi-Level Chat Menu (Main Menu)",
    purpose: "A menu whose lines answer, open a sub menu, or bring a person.",
    category: Category::Menus,
    needs: &["the options", "the sub menu's workflow", "the team"],
    build: || {
        let sub = Piece::new("Open the sub menu", StepKind::TriggerWorkflow(TriggerWorkflow::default()));
        let fork = by_answer("Chosen", "answer.menu", &["More", "Talk to somebody"])
            .on(Exit::Branch(1), vec![sub])
            .on(Exit::Branch(2), vec![to_team("To the team")]);
        workflow(opened(), vec![choose("Main menu", "How can we help?", &[], "menu"), fork])
    },
};

pub const SUB: Template = Template {
    key: "sub-menu",
    name: "Multi-Level Chat Menu (Sub Menu)",
    purpose: "The second level; the way back closes the conversation, so that the next message opens the main menu.",
    category: Category::Menus,
    needs: &["the options"],
    build: || {
        let back = vec![say("The way back", "Write anything to see the main menu again."), close("Close")];
        let fork = by_answer("Chosen", "answer.submenu", &["Back to main menu"]).on(Exit::Branch(1), back);
        workflow(
            when(TriggerKind::Manual {}),
            vec![choose("Sub menu", "What exactly?", &[], "submenu"), fork],
        )
    },
};

pub const TEAM_BY_CHOICE: Template = Template {
    key: "team-by-choice",
    name: "Multi-Team Routing: Multiple Choice by Contact",
    purpose: "The customer chooses the team.",
    category: Category::Menus,
    needs: &["the options", "the teams"],
    build: || {
        let fork = by_answer("Chosen team", "answer.team", &["First", "Second"])
            .on(Exit::Branch(1), vec![to_team("To the first team")])
            .on(Exit::Branch(2), vec![to_team("To the second team")]);
        workflow(opened(), vec![choose("Which team?", "Whom would you like to talk to?", &[], "team"), fork])
    },
};

pub const SIMPLE: Template = Template {
    key: "simple-menu",
    name: "Simple Chat Menu",
    purpose: "Answers frequent questions and brings a person when wanted.",
    category: Category::Menus,
    needs: &["the options", "the answers", "the team"],
    build: || {
        let fork = by_answer("Chosen", "answer.menu", &["First question", "Talk to somebody"])
            .on(Exit::Branch(1), vec![say("First answer", "")])
            .on(Exit::Branch(2), vec![to_team("To the team")]);
        workflow(opened(), vec![choose("Menu", "How can we help?", &[], "menu"), fork])
    },
};
