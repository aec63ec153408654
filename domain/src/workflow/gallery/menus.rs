//! Menus the customer taps through.

use super::piece::{Piece, back_to, by_number, choose, close, opened, say, to_team, when, workflow};
use super::{Category, Template};
use crate::workflow::exit::Exit;
use crate::workflow::step::StepKind;
use crate::workflow::steps::flow::TriggerWorkflow;
use crate::workflow::trigger::TriggerKind;

pub const MAIN: Template = Template {
    key: "main-menu",
    name: "Multi-Level Chat Menu (Main Menu)",
    purpose: "A menu: the first option is answered at once, the second opens a sub menu, the third brings a person.",
    category: Category::Menus,
    needs: &["the options", "the sub menu's workflow", "the team"],
    build: || {
        let sub = Piece::new("Open the sub menu", StepKind::TriggerWorkflow(TriggerWorkflow::default()));
        let fork = by_number("Chosen", "answer.menu", &["A question", "More", "Talk to somebody"])
            .on(
                Exit::Branch(1),
                vec![say("Answer", "Thank you for asking! We are here from Monday to Friday.")],
            )
            .on(Exit::Branch(2), vec![sub])
            .on(Exit::Branch(3), vec![to_team("To the team")]);
        workflow(opened(), vec![choose("Main menu", "How can we help?", &[], "menu"), fork])
    },
};

pub const SUB: Template = Template {
    key: "sub-menu",
    name: "Multi-Level Chat Menu (Sub Menu)",
    purpose: "The second level: the first option is answered and asked again; the second is the way back, which closes the conversation, so that the next message opens the main menu.",
    category: Category::Menus,
    needs: &["the options"],
    build: || {
        let answer = say("Answer", "Thank you for asking! Is there anything else?");
        let back = vec![say("The way back", "Write anything to see the main menu again."), close("Close")];
        let fork = by_number("Chosen", "answer.submenu", &["A question", "Back to the main menu"])
            .on(Exit::Branch(1), vec![answer, back_to("Ask again", "Sub menu")])
            .on(Exit::Branch(2), back);
        workflow(
            when(TriggerKind::Manual {}),
            vec![choose("Sub menu", "What exactly?", &[], "submenu"), fork],
        )
    },
};

pub const TEAM_BY_CHOICE: Template = Template {
    key: "team-by-choice",
    name: "Multi-Team Routing: Multiple Choice by Contact",
    purpose: "The customer chooses the team: the first option is the first team's, the second the second's.",
    category: Category::Menus,
    needs: &["the options", "the teams"],
    build: || {
        let fork = by_number("Chosen team", "answer.team", &["First team", "Second team"])
            .on(Exit::Branch(1), vec![to_team("To the first team")])
            .on(Exit::Branch(2), vec![to_team("To the second team")]);
        workflow(opened(), vec![choose("Which team?", "Whom would you like to talk to?", &[], "team"), fork])
    },
};

pub const SIMPLE: Template = Template {
    key: "simple-menu",
    name: "Simple Chat Menu",
    purpose: "The first option is a frequent question and answered at once, the second brings a person.",
    category: Category::Menus,
    needs: &["the options", "the answers", "the team"],
    build: || {
        let fork = by_number("Chosen", "answer.menu", &["A question", "Talk to somebody"])
            .on(Exit::Branch(1), vec![say("First answer", "")])
            .on(Exit::Branch(2), vec![to_team("To the team")]);
        workflow(opened(), vec![choose("Menu", "How can we help?", &[], "menu"), fork])
    },
};
