//! Name and description (WF-55).

use super::screen::Screen;
use crate::api::workflows::{self as api, Naming as NewName};
use crate::parts::{Dialog, ProblemLine, TextField};
use crate::text;
use crate::text::builder as words;
use leptos::prelude::*;

#[component]
pub fn Naming(screen: Screen) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let description = RwSignal::new(String::new());
    Effect::new(move || {
        if screen.naming.get() {
            let (named, described) = screen
                .workflow
                .with_untracked(|workflow| (workflow.name.clone(), workflow.description.clone()));
            name.set(named);
            description.set(described);
            screen.doing.problem.set(None);
        }
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let naming = NewName { name: name.get_untracked(), description: description.get_untracked() };
        screen.doing.run(api::rename_workflow(screen.id, naming), move |workflow| {
            screen.workflow.set(workflow);
            screen.naming.set(false);
        });
    };
    view! {
        <Dialog open=screen.naming title=words::RENAME>
            <form class="form" on:submit=save>
                <TextField id="workflow-name" label=text::NAME value=name />
                <label class="field">
                    <span class="label">{words::DESCRIPTION}</span>
                    <textarea
                        class="input"
                        rows="3"
                        dir="auto"
                        maxlength="1000"
                        prop:value=move || description.get()
                        on:input=move |event| description.set(event_target_value(&event))
                    ></textarea>
                </label>
                <ProblemLine words=screen.doing.problem />
                <footer>
                    <button class="button" type="button" data-size="32" on:click=move |_| screen.naming.set(false)>{text::CANCEL}</button>
                    <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || screen.doing.busy.get()>{words::SAVE}</button>
                </footer>
            </form>
        </Dialog>
    }
}
