//! A workflow's name and description: of a new one, and of one that is there.

use crate::api::workflows::{self as api, Naming};
use crate::pages::settings::Doing;
use crate::parts::{Icon, ProblemLine, TextField};
use crate::text::{self, workflows as words};
use domain::workflow::view::WorkflowRow;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// A form for a new workflow; the builder opens with it.
#[component]
pub fn Create(open: RwSignal<bool>) -> impl IntoView {
    let go = StoredValue::new(use_navigate());
    let doing = Doing::nothing();
    let save = Callback::new(move |naming| {
        doing.run(api::create_workflow(naming), move |made| {
            open.set(false);
            go.with_value(|go| go(&format!("/workflows/{}", made.id), NavigateOptions::default()));
        });
    });
    view! {
        <NamingForm open=open naming=Naming::default() doing=doing verb=words::create() save=save />
        <p class="or">
            <a class="link" href="/workflows/templates"><Icon name="layout-template" size=14 />{words::from_template()}</a>
        </p>
    }
}

/// A form for the name of a workflow that is there; `put` takes it with its new one.
#[component]
pub fn Rename(open: RwSignal<bool>, row: WorkflowRow, put: Callback<WorkflowRow>) -> impl IntoView {
    let doing = Doing::nothing();
    let id = row.id;
    let save = Callback::new(move |naming| {
        doing.run(api::rename_workflow(id, naming), move |renamed| {
            put.run(renamed);
            open.set(false);
        });
    });
    let naming = Naming { name: row.name, description: row.description };
    view! { <NamingForm open=open naming=naming doing=doing verb=words::save() save=save /> }
}

#[component]
fn NamingForm(
    open: RwSignal<bool>,
    naming: Naming,
    doing: Doing,
    verb: &'static str,
    save: Callback<Naming>,
) -> impl IntoView {
    let name = RwSignal::new(naming.name);
    let description = RwSignal::new(naming.description);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save.run(Naming { name: name.get_untracked(), description: description.get_untracked() });
    };
    view! {
        <form class="form" on:submit=submit>
            <TextField id="workflow-name" label=words::name() value=name hint=words::name_hint() />
            <div class="field">
                <label for="workflow-description">{words::description()}</label>
                <textarea
                    class="input"
                    id="workflow-description"
                    rows="3"
                    maxlength="1000"
                    dir="auto"
                    aria-describedby="workflow-description-hint"
                    prop:value=move || description.get()
                    on:input=move |event| description.set(event_target_value(&event))
                ></textarea>
                <small id="workflow-description-hint">{words::description_hint()}</small>
            </div>
            <ProblemLine words=doing.problem />
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| open.set(false)>{text::cancel()}</button>
                <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || doing.busy.get()>{verb}</button>
            </footer>
        </form>
    }
}
