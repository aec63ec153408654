//! The dialog over the list: one at a time, gone when it is closed.

use super::Board;
use super::deeds::publish;
use super::import::Import;
use super::naming::{Create, Rename};
use super::settings::SettingsForm;
use crate::api::workflows as api;
use crate::pages::settings::Doing;
use crate::parts::{Confirm, Dialog, while_asked};
use crate::text::workflows as words;
use domain::workflow::view::WorkflowRow;
use leptos::prelude::*;

/// What a dialog is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    Create,
    Import,
    Rename(WorkflowRow),
    Settings(WorkflowRow),
    Stop(WorkflowRow),
    Delete(WorkflowRow),
    /// It writes to customers of these pages, and a bot does, too.
    Bots(WorkflowRow, Vec<String>),
}

/// The open dialog.
#[component]
pub fn Asked(board: Board) -> impl IntoView {
    let put = Callback::new(move |row| board.put(row));
    move || {
        let ask = board.asking.get()?;
        let open = while_asked(board.asking);
        Some(match ask {
            Ask::Create => view! { <Dialog open=open title=words::create_title()><Create open=open /></Dialog> }.into_any(),
            Ask::Import => view! { <Dialog open=open title=words::import_title()><Import board=board open=open /></Dialog> }.into_any(),
            Ask::Rename(row) => {
                view! { <Dialog open=open title=words::rename_title()><Rename open=open row=row put=put /></Dialog> }.into_any()
            }
            Ask::Settings(row) => {
                view! { <Dialog open=open title=words::settings_title()><SettingsForm open=open row=row put=put /></Dialog> }.into_any()
            }
            Ask::Stop(row) => view! { <Stop board=board open=open row=row /> }.into_any(),
            Ask::Delete(row) => view! { <Delete board=board open=open row=row /> }.into_any(),
            Ask::Bots(row, pages) => view! { <Bots board=board open=open row=row pages=pages /> }.into_any(),
        })
    }
}

#[component]
fn Stop(board: Board, open: RwSignal<bool>, row: WorkflowRow) -> impl IntoView {
    let doing = Doing::nothing();
    let id = row.id;
    let go = Callback::new(move |()| {
        doing.run(api::stop_workflow(id), move |stopped| {
            board.toasts.say(words::stopped(&stopped.name));
            board.put(stopped);
            open.set(false);
        });
    });
    let question = words::stop_words(&row.name, row.running);
    view! { <Confirm open=open title=words::stop_title() question=question verb=words::stop() busy=doing.busy problem=doing.problem go=go /> }
}

#[component]
fn Delete(board: Board, open: RwSignal<bool>, row: WorkflowRow) -> impl IntoView {
    let doing = Doing::nothing();
    let (id, name) = (row.id, row.name.clone());
    let go = Callback::new(move |()| {
        let name = name.clone();
        doing.run(api::delete_workflow(id), move |()| {
            board.toasts.say(words::deleted(&name));
            board.rows.update(|rows| rows.retain(|row| row.id != id));
            open.set(false);
        });
    });
    let question = words::delete_words(&row.name, row.running);
    view! { <Confirm open=open title=words::delete_title() question=question verb=words::delete() busy=doing.busy problem=doing.problem go=go /> }
}

#[component]
fn Bots(board: Board, open: RwSignal<bool>, row: WorkflowRow, pages: Vec<String>) -> impl IntoView {
    let go = Callback::new(move |()| publish(board, row.clone(), true));
    view! {
        <Confirm open=open title=words::bots_title() question=words::bots_words(&pages) verb=words::publish_anyway() busy=board.doing.busy problem=board.doing.problem go=go />
    }
}
