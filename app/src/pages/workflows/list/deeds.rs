//! What is done with a workflow of the list.

use super::{Ask, Board};
use crate::api::workflows::{self as api, Publishing};
use crate::browser;
use crate::state::workflows::Deed;
use crate::text::workflows as words;
use domain::workflow::view::WorkflowRow;
use leptos::prelude::*;
use leptos_router::NavigateOptions;

/// Does it at once, or asks first.
pub fn do_it(board: Board, deed: Deed, row: &WorkflowRow, go: &impl Fn(&str, NavigateOptions)) {
    let (id, row) = (row.id, row.clone());
    match deed {
        Deed::Publish => publish(board, row, false),
        Deed::Stop => board.ask(Ask::Stop(row)),
        Deed::Open => go(&format!("/workflows/{id}"), NavigateOptions::default()),
        Deed::Runs => go(&format!("/workflows/{id}/runs"), NavigateOptions::default()),
        Deed::Rename => board.ask(Ask::Rename(row)),
        Deed::Settings => board.ask(Ask::Settings(row)),
        Deed::Clone => board.at_once(api::clone_workflow(id), move |made| {
            board.toasts.say(words::cloned(&made.name));
            board.put(made);
        }),
        Deed::Export => {
            board.at_once(api::export_workflow(id), |file| browser::save_file(&file.name, &file.json))
        }
        Deed::Delete => board.ask(Ask::Delete(row)),
    }
}

/// Publishes it, or asks first when a bot writes to the same customers (CR-30). A loop is told beside the list.
pub fn publish(board: Board, row: WorkflowRow, confirmed: bool) {
    let id = row.id;
    let published = move |answer| match answer {
        Publishing::Published { workflow } => {
            if confirmed {
                board.asking.set(None);
            }
            board.toasts.say(words::published(&workflow.name));
            board.put(*workflow);
        }
        Publishing::Confirm { pages } => board.ask(Ask::Bots(row, pages)),
    };
    let publishing = api::publish_workflow(id, confirmed);
    if confirmed { board.doing.run(publishing, published) } else { board.at_once(publishing, published) }
}
