//! The panel's tab about workflows: what runs for the contact, what could, and what has ended (WF-36).

mod form;

use super::beside::Reach;
use super::thread::Open;
use crate::api;
use crate::browser;
use crate::language::told;
use crate::pages::settings::Doing;
use crate::parts::{Icon, ProblemLine, RowsSkeleton, Shape, When};
use crate::state::RunsState;
use crate::text::builder::picture;
use crate::text::flows as words;
use domain::workflow::view::{RunNow, RunView, Shortcut};
use form::ShortcutForm;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The tab. It is drawn only for who may see runs (WF-37).
#[component]
pub fn Flows(open: Open) -> impl IntoView {
    let beside = open.screen.beside;
    let mine = move |runs: &Option<RunsState>| runs.as_ref().is_some_and(|runs| runs.conversation == open.id);
    let there = Memo::new(move |_| beside.runs.with(mine));
    Effect::new(move || {
        if !beside.runs.with_untracked(mine) {
            beside.runs.set(None);
            open.screen.load_runs(open.id);
        }
    });
    view! {
        <Show when=move || there.get() fallback=move || view! { <NotYet open=open /> }>
            <Ongoing open=open />
            <Shortcuts open=open />
            <Published open=open />
            <Ended open=open />
            <StayedOut open=open />
        </Show>
    }
}

#[component]
fn NotYet(open: Open) -> impl IntoView {
    let problem = open.screen.beside.runs_problem;
    move || {
        match problem.get() {
        None => view! { <RowsSkeleton /> }.into_any(),
        Some(failure) => view! {
            <section class="section">
                <h3>{words::runs_unavailable()}</h3>
                <p class="soft">{failure.to_string()}</p>
                <button class="button" type="button" data-kind="outline" on:click=move |_| open.screen.load_runs(open.id)>
                    {crate::text::try_again()}
                </button>
            </section>
        }
        .into_any(),
    }
    }
}

/// A part of what is known; nothing when it is not there.
fn part<T: Default + Clone + PartialEq + Send + Sync + 'static>(
    open: Open,
    read: impl Fn(&RunsState) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let runs = open.screen.beside.runs;
    Memo::new(move |_| runs.with(|runs| runs.as_ref().map(&read).unwrap_or_default()))
}

#[component]
fn Ongoing(open: Open) -> impl IntoView {
    let runs = part(open, |state| state.runs.ongoing.clone());
    view! {
        <section class="section">
            <h3>{words::ongoing()}</h3>
            <Show
                when=move || runs.with(|runs| !runs.is_empty())
                fallback=|| view! { <p class="soft">{words::none_ongoing()}</p> }
            >
                <ul class="flow">
                    <For each=move || runs.get() key=|run| format!("{run:?}") let(run)>
                        <Going open=open run=run />
                    </For>
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn Going(open: Open, run: RunView) -> impl IntoView {
    let id = run.id;
    let stopping = part(open, move |state| state.stopping.contains(&id));
    let may_open = part(open, |state| state.runs.may_open_runs);
    let until = match &run.now {
        RunNow::Waiting { until, .. } => *until,
        RunNow::Going { .. } | RunNow::Ended { .. } => None,
    };
    let fixed = !run.may_be_stopped;
    let why = format!("why-{id}");
    let name = run.workflow.clone();
    let address = format!("/workflows/{}/runs/{id}", run.workflow_id);
    let title = StoredValue::new((address, name.clone()));
    view! {
        <li data-run=id.to_string()>
            <header>
                <b dir="auto">
                    {move || {
                        let (address, name) = title.get_value();
                        if may_open.get() { view! { <a href=address>{name}</a> }.into_any() } else { name.into_any() }
                    }}
                </b>
                {run.test.then(|| view! { <span class="badge" data-kind="label">{words::test_run()}</span> })}
                <button
                    class="button"
                    type="button"
                    data-kind="outline"
                    aria-label=words::stop_named(&name)
                    aria-describedby=fixed.then(|| why.clone())
                    disabled=move || fixed || stopping.get()
                    on:click=move |_| open.screen.stop_run(open.id, id)
                >
                    {move || if stopping.get() { words::stopping() } else { words::stop() }}
                </button>
            </header>
            <p dir="auto">
                {where_it_is(&run.now)}
                {until.map(|at| view! { " "{words::until()}" "<When at=Signal::stored(at) shape=Shape::Coming /> })}
            </p>
            <small>{words::started_label()}" "<When at=Signal::stored(run.started_at) shape=Shape::Moment /></small>
            {fixed.then(|| view! { <small id=why>{words::may_not_be_stopped()}</small> })}
        </li>
    }
}

fn where_it_is(now: &RunNow) -> String {
    match now {
        RunNow::Going { name, .. } => words::at_step(name),
        RunNow::Waiting { name, wait, .. } => words::waits_at_step(name, *wait),
        RunNow::Ended { reason, name, .. } => words::ending(reason, name.as_deref()),
    }
}

#[component]
fn Shortcuts(open: Open) -> impl IntoView {
    let shortcuts = part(open, |state| state.runs.shortcuts.clone());
    let asked = RwSignal::new(None::<Shortcut>);
    Effect::new(move || {
        let reach = open.screen.beside.reach;
        if reach.get() == Some(Reach::Shortcut) && shortcuts.with(|shortcuts| !shortcuts.is_empty()) {
            reach.set(None);
            request_animation_frame(|| browser::focus(".shortcuts-here button"));
        }
    });
    let doing = Doing::nothing();
    let start = move |shortcut: Shortcut| {
        if !shortcut.form.is_empty() {
            return asked.set(Some(shortcut));
        }
        doing.run(api::start_shortcut(open.id, shortcut.workflow_id, BTreeMap::new()), move |run| {
            open.screen.toasts.say(words::started(&run.workflow));
            open.screen.put_run(&run);
        });
    };
    view! {
        <Show when=move || shortcuts.with(|shortcuts| !shortcuts.is_empty())>
            <section class="section">
                <h3>{words::shortcuts()}</h3>
                <ul class="shortcuts-here">
                    <For each=move || shortcuts.get() key=|shortcut| format!("{shortcut:?}") let(shortcut)>
                        {
                            let chosen = shortcut.clone();
                            view! {
                                <li>
                                    <button class="button" type="button" data-kind="outline" disabled=move || doing.busy.get() aria-label=words::start_named(&shortcut.name) on:click=move |_| start(chosen.clone())>
                                        <Icon name=picture(&shortcut.icon) />
                                        <span dir="auto">{shortcut.name.clone()}</span>
                                    </button>
                                    {(!shortcut.description.is_empty()).then(|| view! { <small dir="auto">{shortcut.description.clone()}</small> })}
                                </li>
                            }
                        }
                    </For>
                </ul>
                <ProblemLine words=doing.problem />
            </section>
        </Show>
        {move || asked.get().map(|shortcut| view! { <ShortcutForm open=open shortcut=shortcut asked=asked /> })}
    }
}

#[component]
fn Published(open: Open) -> impl IntoView {
    let published = part(open, |state| state.runs.published.clone());
    view! {
        <section class="section">
            <h3>{words::not_running()}</h3>
            <Show
                when=move || published.with(|published| !published.is_empty())
                fallback=|| view! { <p class="soft">{words::none_published()}</p> }
            >
                <ul class="plain">
                    <For each=move || published.get() key=|one| one.workflow_id let(one)>
                        <li><Icon name="workflow" /><span dir="auto">{one.name}</span><small>{told(&one.trigger).into_owned()}</small></li>
                    </For>
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn Ended(open: Open) -> impl IntoView {
    let ended = part(open, |state| (state.runs.may_open_runs, state.runs.ended.clone()));
    view! {
        <section class="section">
            <h3>{words::ended()}</h3>
            <Show
                when=move || ended.with(|(_, ended)| !ended.is_empty())
                fallback=|| view! { <p class="soft">{words::none_ended()}</p> }
            >
                <ul class="flow">
                    <For
                        each=move || { let (may, runs) = ended.get(); runs.into_iter().map(move |run| (may, run)) }
                        key=|(may, run)| format!("{may}{run:?}")
                        let((may, run))
                    >
                        {over(&run, may)}
                    </For>
                </ul>
            </Show>
        </section>
    }
}

fn over(run: &RunView, may_open: bool) -> impl IntoView + use<> {
    let name = run.workflow.clone();
    let title = match may_open && run.has_log() {
        true => {
            let address = format!("/workflows/{}/runs/{}", run.workflow_id, run.id);
            view! { <a href=address>{name}</a> }.into_any()
        }
        false => name.into_any(),
    };
    let at = match &run.now {
        RunNow::Ended { at, .. } => *at,
        RunNow::Going { .. } | RunNow::Waiting { .. } => run.started_at,
    };
    view! {
        <li data-run=run.id.to_string() data-over="">
            <header>
                <b dir="auto">{title}</b>
                {run.test.then(|| view! { <span class="badge" data-kind="label">{words::test_run()}</span> })}
                <When at=Signal::stored(at) shape=Shape::Moment />
            </header>
            <p dir="auto">{where_it_is(&run.now)}</p>
        </li>
    }
}

/// For managers: why nothing started although something happened that could have started it.
#[component]
fn StayedOut(open: Open) -> impl IntoView {
    let stayed = part(open, |state| state.runs.stayed_out.clone());
    view! {
        <Show when=move || stayed.with(|stayed| !stayed.is_empty())>
            <section class="section">
                <h3>{words::stayed_out_label()}</h3>
                <ul class="flow">
                    <For each=move || stayed.get() key=|one| format!("{one:?}") let(one)>
                        <li data-over="">
                            <header><b dir="auto">{one.name}</b><When at=Signal::stored(one.at) shape=Shape::Moment /></header>
                            <p dir="auto">{words::stayed_out(&one.why)}</p>
                        </li>
                    </For>
                </ul>
            </section>
        </Show>
    }
}
