//! The workspace: what it is called, where it is, and what is still to be done.

use super::doing::Doing;
use super::loaded::loaded;
use crate::api::{self, FirstSteps, Workspace, WorkspaceChange};
use crate::browser;
use crate::parts::{Icon, ProblemLine, TextField, Toasts};
use crate::text;
use crate::text::workflows as words;
use leptos::prelude::*;
use leptos_meta::Title;

/// The section at `/settings/workspace`.
#[component]
pub fn WorkspaceSection() -> impl IntoView {
    let workspace = Resource::new_blocking(|| (), |()| api::load_workspace());
    view! {
        <Title text=text::settings_workspace() />
        <div class="page">
            <header class="bar"><h1>{text::settings_workspace()}</h1></header>
            {loaded(workspace, |workspace| view! { <Blocks workspace=workspace /> }.into_any())}
        </div>
    }
}

#[component]
fn Blocks(workspace: Workspace) -> impl IntoView {
    let workspace = RwSignal::new(workspace);
    view! {
        <div class="page-body">
            <Steps workspace=workspace />
            <About workspace=workspace />
        </div>
    }
}

/// What to do first, each with the way there. It stays for as long as something is left.
#[component]
fn Steps(workspace: RwSignal<Workspace>) -> impl IntoView {
    let steps = Memo::new(move |_| workspace.with(|workspace| workspace.steps.clone()));
    view! {
        <section class="block" aria-labelledby="steps">
            <h2 id="steps">{text::first_steps()}</h2>
            <p class="lead">{move || text::steps_left(list(&steps.get()).iter().filter(|step| !step.done).count())}</p>
            <ol class="entries">
                {move || list(&steps.get()).into_iter().map(|step| view! { <StepLine step=step /> }).collect_view()}
            </ol>
        </section>
    }
}

struct Step {
    name: &'static str,
    why: &'static str,
    done: bool,
    address: String,
}

fn list(steps: &FirstSteps) -> Vec<Step> {
    let routing = steps.routing.as_ref().map(|page| format!("/settings/pages/{page}/routing"));
    let step =
        |(name, why): (&'static str, &'static str), done, address: String| Step { name, why, done, address };
    vec![
        step(text::step_page(), steps.page, "/settings/pages/connect".into()),
        step(
            text::step_routing(),
            steps.page && routing.is_none(),
            routing.unwrap_or_else(|| "/settings/pages".into()),
        ),
        step(text::step_people(), steps.people, "/settings/people".into()),
        step(text::step_zone(), steps.zone, "#workspace-zone".into()),
        step(text::step_hours(), steps.hours, "/settings/hours".into()),
    ]
}

#[component]
fn StepLine(step: Step) -> impl IntoView {
    let Step { name, why, done, address } = step;
    let (icon, state) =
        if done { ("circle-check", text::step_done()) } else { ("circle", text::step_open()) };
    view! {
        <li data-done=done.then_some("")>
            <Icon name=icon label=state />
            <span class="what"><b>{name}</b><small>{why}</small></span>
            {(!done).then(|| view! { <a class="button" data-kind="outline" href=address aria-label=text::go_to_step(name)>{text::step_go()}</a> })}
        </li>
    }
}

#[component]
fn About(workspace: RwSignal<Workspace>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (name, zone) = workspace.with_untracked(|workspace| (workspace.name.clone(), workspace.zone.clone()));
    let chosen = workspace.with_untracked(|workspace| workspace.steps.zone);
    let (name, zone) = (RwSignal::new(name), RwSignal::new(zone));
    // Nobody has said where the workspace is: probably where its first manager sits.
    Effect::new(move || {
        let here = browser::time_zone();
        if !chosen && !here.is_empty() {
            zone.set(here);
        }
    });
    // Only the browser knows them, so they come once it has taken over.
    let zones = RwSignal::new(Vec::new());
    Effect::new(move || zones.set(browser::time_zones()));
    let doing = Doing::nothing();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let change =
            WorkspaceChange { name: name.get_untracked(), zone: zone.get_untracked().trim().to_owned() };
        doing.run(api::keep_workspace(change), move |kept| {
            workspace.set(kept);
            toasts.say(text::saved());
        });
    };
    view! {
        <section class="block" aria-labelledby="about-workspace">
            <h2 id="about-workspace">{text::about_workspace()}</h2>
            <form class="form" novalidate=true on:submit=save>
                <TextField id="workspace-name" label=words::name() value=name />
                <div class="field">
                    <label for="workspace-zone">{words::zone()}</label>
                    <input
                        class="input"
                        id="workspace-zone"
                        list="zones"
                        aria-describedby="workspace-zone-hint"
                        prop:value=move || zone.get()
                        on:input=move |event| zone.set(event_target_value(&event))
                    />
                    <datalist id="zones">
                        {move || zones.get().into_iter().map(|zone: String| view! { <option value=zone></option> }).collect_view()}
                    </datalist>
                    <small id="workspace-zone-hint">{text::workspace_zone_hint()}</small>
                </div>
                <ProblemLine words=doing.problem />
                <div class="cluster">
                    <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || doing.busy.get()>{text::save()}</button>
                </div>
            </form>
        </section>
    }
}
