//! A workflow from a file: chosen, checked, and what had to be removed.

use super::Board;
use crate::api::workflows::{self as api, ImportReport};
use crate::browser::{self, Chosen};
use crate::pages::settings::Doing;
use crate::parts::{Icon, ProblemLine};
use crate::text::{self, workflows as words};
use domain::workflow::transfer::MOST_BYTES;
use leptos::html;
use leptos::prelude::*;

/// The form, and then the report (WF-43 to WF-48).
#[component]
pub fn Import(board: Board, open: RwSignal<bool>) -> impl IntoView {
    let report = RwSignal::new(None::<ImportReport>);
    move || match report.get() {
        None => view! { <Choose board=board open=open report=report /> }.into_any(),
        Some(found) => view! { <Report open=open report=found /> }.into_any(),
    }
}

#[component]
fn Choose(board: Board, open: RwSignal<bool>, report: RwSignal<Option<ImportReport>>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let file = StoredValue::new_local(None::<Chosen>);
    let named = RwSignal::new(None::<String>);
    let doing = Doing::nothing();
    let choose = move |_| {
        let chosen = field.get_untracked().and_then(|field| browser::chosen(&field).into_iter().next());
        let Some(chosen) = chosen else { return };
        let large = chosen.size > MOST_BYTES as u64;
        doing.problem.set(large.then(|| words::too_large(chosen.size)));
        named.set(Some(words::file(&chosen.name, chosen.size)));
        file.set_value((!large).then_some(chosen));
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(chosen) = file.get_value() else { return };
        browser::read_text(&chosen, move |text| match text {
            None => doing.problem.set(Some(words::not_read().to_owned())),
            Some(text) => doing.run(api::import_workflow(text), move |made| {
                board.put(made.workflow.clone());
                report.set(Some(made));
            }),
        });
    };
    let ready = move || {
        named.track();
        doing.problem.track();
        !doing.busy.get() && file.with_value(Option::is_some)
    };
    view! {
        <form class="form" on:submit=send>
            <p>{words::import_lead()}</p>
            <div class="browse">
                <label class="button" data-kind="outline" data-size="32">
                    <input class="visually-hidden" type="file" accept=".json,application/json" node_ref=field on:change=choose />
                    <Icon name="file" />
                    {words::browse()}
                </label>
                <span dir="auto">{named}</span>
            </div>
            <ProblemLine words=doing.problem />
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || !ready()>{words::do_import()}</button>
            </footer>
        </form>
    }
}

#[component]
fn Report(open: RwSignal<bool>, report: ImportReport) -> impl IntoView {
    let ImportReport { workflow, removed } = report;
    let lines = removed
        .iter()
        .map(|one| view! { <li><b dir="auto">{one.step.clone()}</b><span>{one.what.clone()}</span></li> });
    let lead = if removed.is_empty() { words::nothing_removed() } else { words::removed_lead() };
    view! {
        <div class="form" role="status">
            <p dir="auto">{words::imported(&workflow.name, workflow.steps)}</p>
            <p>{lead}</p>
            <ul class="removed">{lines.collect_view()}</ul>
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{words::close()}</button>
                <a class="button" data-kind="primary" data-size="32" href=format!("/workflows/{}", workflow.id)>{words::open()}</a>
            </footer>
        </div>
    }
}
