//! How did we do? The answer goes where you keep such things.

use super::piece::{Piece, ask, closed_by_user, workflow};
use super::{Category, Template};
use crate::workflow::step::StepKind;
use crate::workflow::steps::http::{HttpRequest, Method};
use crate::workflow::steps::question::{AnswerKind, Save};
use crate::workflow::steps::sheet::{AddSheetRow, Column};

fn questions() -> Vec<Piece> {
    let save = |variable: &str| Save { variable: Some(variable.to_owned()), ..Save::default() };
    vec![
        ask(
            "How did we do?",
            "How did we do, from 1 (badly) to 5 (very well)?",
            AnswerKind::Rating {},
            save("rating"),
        ),
        ask(
            "Anything else?",
            "Thank you! Is there anything you would like to add?",
            AnswerKind::Text {},
            save("comment"),
        ),
    ]
}

pub const WAREHOUSE: Template = Template {
    key: "csat-warehouse",
    name: "CSAT to Data Warehouse",
    purpose: "Asks for a rating after somebody closed the conversation, and sends it to your own data.",
    category: Category::Feedback,
    needs: &["the address and what it expects"],
    build: || {
        let request = HttpRequest {
            method: Method::Post,
            url: "".into(),
            headers: Vec::new(),
            content_type: None,
            body: r#"{"contact": "$contact.id", "rating": "$answer.rating|none", "comment": "$answer.comment|none"}"#.into(),
            mappings: Vec::new(),
            save_status: None,
        };
        let mut pieces = questions();
        pieces.push(Piece::new("Send to the warehouse", StepKind::HttpRequest(request)));
        workflow(closed_by_user(), pieces)
    },
};

pub const SHEET: Template = Template {
    key: "csat-sheet",
    name: "CSAT to Google Sheets",
    purpose: "Asks for a rating after somebody closed the conversation, and adds it to a sheet.",
    category: Category::Feedback,
    needs: &["the Google account", "the sheet and its columns"],
    build: || {
        let column = |name: &str, value: &str| Column { name: name.into(), value: value.into() };
        let row = AddSheetRow {
            columns: vec![
                column("Contact", "$contact.name"),
                column("Rating", "$answer.rating|none"),
                column("Comment", "$answer.comment|none"),
            ],
            ..AddSheetRow::default()
        };
        let mut pieces = questions();
        pieces.push(Piece::new("Add to the sheet", StepKind::AddSheetRow(row)));
        workflow(closed_by_user(), pieces)
    },
};
