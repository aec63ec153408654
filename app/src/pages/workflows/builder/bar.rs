//! The top bar: what it is called and how it stands, what is wrong with it, and what can be done with the whole.

use super::errors::Errors;
use super::keeping::Kept;
use super::screen::{Look, Screen};
use crate::browser;
use crate::parts::{Dialog, Icon, Menu, MenuItem, Shape, When};
use crate::text::builder as words;
use crate::text::workflows as list;
use domain::workflow::graph::Graph;
use domain::workflow::step::{Step, StepKind};
use domain::workflow::steps::agent::AiAgent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Below this many pixels the bar has no room for everything.
const NARROW: f64 = 1024.0;

#[component]
pub fn Bar(screen: Screen) -> impl IntoView {
    let name = move || screen.workflow.with(|workflow| workflow.name.clone());
    let status = move || screen.workflow.with(|workflow| list::status(workflow.status));
    view! {
        <header class="bar">
            <a class="button" data-icon="" href="/workflows" aria-label=words::to_workflows() title=words::to_workflows()>
                <Icon name="chevron-left" size=20 />
            </a>
            <div class="title">
                <h1>
                    <button type="button" title=list::rename_title() on:click=move |_| screen.naming.set(true)>
                        <span dir="auto">{name}</span>
                        <Icon name="pencil" size=14 />
                        <span class="visually-hidden">{list::rename_title()}</span>
                    </button>
                </h1>
                <p>{status}" · "<KeptLine screen=screen /></p>
            </div>
            <div class="cluster push">
                {view! { <LookSwitch screen=screen /> }.into_any()}
                {view! { <Errors screen=screen /> }.into_any()}
                {view! { <Instructions screen=screen /> }.into_any()}
                {view! { <Acts screen=screen /> }.into_any()}
            </div>
        </header>
    }
}

/// How far what was built has come.
#[component]
fn KeptLine(screen: Screen) -> impl IntoView {
    move || match screen.keeping.kept.get() {
        Kept::Nothing => view! { <span>{words::all_saved()}</span> }.into_any(),
        Kept::UnderWay => view! { <span>{words::keeping()}</span> }.into_any(),
        Kept::At(at) => {
            view! { <span>{words::kept()}" "<When at=at shape=Shape::Moment /></span> }.into_any()
        }
        Kept::Here => view! { <span class="warn">{words::kept_here()}</span> }.into_any(),
        Kept::Refused(why) => view! { <span class="warn" title=why>{words::kept_here()}</span> }.into_any(),
    }
}

#[component]
fn LookSwitch(screen: Screen) -> impl IntoView {
    let choice = move |look: Look, name: &'static str, icon: &'static str| {
        view! {
            <button
                class="button"
                type="button"
                data-icon=""
                aria-label=name
                title=name
                aria-pressed=move || (screen.look.get() == look).to_string()
                on:click=move |_| screen.look_as(look)
            >
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <div class="looks" role="group" aria-label=words::look()>
            {choice(Look::Canvas, words::as_canvas(), "workflow")}
            {choice(Look::Outline, words::as_outline(), "list-filter")}
        </div>
    }
}

/// How AI agents will act, for workflows that have one (WF-15).
#[component]
fn Instructions(screen: Screen) -> impl IntoView {
    let open = screen.instructing;
    let told = Memo::new(move |_| {
        screen.graph.with(|graph| {
            agents(graph)
                .map(|(step, agent)| (step.name.clone(), agent.told(), leads_to(graph, step)))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || told.with(|told| !told.is_empty())>
            <button class="button wide" type="button" on:click=move |_| open.set(true)>
                <Icon name="sparkles" />
                {words::show_instructions()}
            </button>
        </Show>
        <Dialog open=open title=words::show_instructions() wide=true>
            <p>{words::instructions_lead()}</p>
            {move || told.get().into_iter().map(|(name, told, ways)| view! {
                <section class="told">
                    <h3 dir="auto">{name}</h3>
                    <p dir="auto">{told}</p>
                    <ul>{ways.into_iter().map(|way| view! { <li dir="auto">{way}</li> }).collect_view()}</ul>
                </section>
            }).collect_view()}
            <footer>
                <span></span>
                <button class="button" type="button" data-size="32" data-kind="outline" on:click=move |_| open.set(false)>{words::close()}</button>
            </footer>
        </Dialog>
    }
}

/// The steps in which a model talks, in the order of the canvas.
fn agents(graph: &Graph) -> impl Iterator<Item = (&Step, &AiAgent)> {
    graph.walk().into_iter().filter_map(|id| match graph.steps.get(&id) {
        Some(step @ Step { kind: StepKind::AiAgent(agent), .. }) => Some((step, agent)),
        _ => None,
    })
}

/// What follows each way out of a step.
fn leads_to(graph: &Graph, step: &Step) -> Vec<String> {
    let next = |exit| Some(graph.steps.get(step.exits.get(&exit)?)?.name.as_str());
    let ways = step.kind.exits().into_iter();
    ways.map(|exit| words::leads_to(&words::exit_name(&step.kind, exit), next(exit))).collect()
}

/// Settings, test, save, publish or stop. On small screens the first ones are in a menu.
#[component]
fn Acts(screen: Screen) -> impl IntoView {
    let wrong = move || screen.flaws.with(|flaws| !flaws.is_empty());
    let why = move || wrong().then_some(words::resolve_first());
    let changed = Memo::new(move |_| screen.state.with(|state| state.is_changed()));
    let saved = move || !changed.get();
    let not_now = move || (wrong() || saved()).then_some("true");
    let why_not_saved = move || why().or(saved().then_some(words::nothing_to_save()));
    view! {
        {view! { <More screen=screen /> }.into_any()}
        <button class="button wide" type="button" data-icon="" aria-label=list::settings() title=list::settings() on:click=move |_| screen.setting.set(true)>
            <Icon name="settings" />
        </button>
        <button
            class="button wide"
            data-kind="outline"
            type="button"
            aria-disabled=move || wrong().then_some("true")
            title=why
            on:click=move |_| screen.begin_testing()
        >
            <Icon name="play" />
            {words::test()}
        </button>
        <Show when=move || !screen.locked.get()>
            <button
                class="button wide"
                data-kind="outline"
                type="button"
                aria-disabled=not_now
                title=why_not_saved
                aria-keyshortcuts="Control+S"
                on:click=move |_| screen.save()
            >
                {words::save()}
            </button>
            <button
                class="button"
                data-kind="primary"
                type="button"
                aria-disabled=move || wrong().then_some("true")
                title=why
                data-busy=move || screen.doing.busy.get().then_some("")
                on:click=move |_| screen.publish(false)
            >
                {words::publish()}
            </button>
        </Show>
        <Show when=move || screen.locked.get()>
            <button class="button" data-kind="danger" type="button" on:click=move |_| screen.stopping.set(true)>
                <Icon name="square" />
                {words::stop()}
            </button>
        </Show>
    }
}

/// What is done less often, and on small screens what the bar has no room for.
#[component]
fn More(screen: Screen) -> impl IntoView {
    let open = RwSignal::new(false);
    let act = move |act: fn(Screen)| Callback::new(move |()| act(screen));
    let go = StoredValue::new(use_navigate());
    let to_runs = Callback::new(move |()| {
        go.with_value(|go| go(&format!("/workflows/{}/runs", screen.id), NavigateOptions::default()));
    });
    let in_bar = move || {
        let wrong = screen.flaws.with_untracked(|flaws| !flaws.is_empty());
        let changed = screen.state.with_untracked(|state| state.is_changed());
        let resolve = wrong.then(|| words::resolve_first().to_owned());
        let unsaved = resolve.clone().or_else(|| (!changed).then(|| words::nothing_to_save().to_owned()));
        let speaks = screen.graph.with_untracked(|graph| agents(graph).next().is_some());
        let instructions = speaks.then(|| {
            let show = act(|screen| screen.instructing.set(true));
            view! { <MenuItem icon="sparkles" name=words::show_instructions() on_choose=show /> }
        });
        view! {
            <MenuItem icon="workflow" name=words::as_canvas() on_choose=act(|screen| screen.look_as(Look::Canvas)) />
            <MenuItem icon="list-filter" name=words::as_outline() on_choose=act(|screen| screen.look_as(Look::Outline)) />
            <hr />
            <MenuItem icon="pencil" name=list::rename_title() on_choose=act(|screen| screen.naming.set(true)) />
            <MenuItem icon="settings" name=list::settings() on_choose=act(|screen| screen.setting.set(true)) />
            {instructions}
            <MenuItem icon="play" name=words::test() detail=resolve unfit=wrong on_choose=act(Screen::begin_testing) />
            {(!screen.locked.get_untracked()).then(|| view! {
                <MenuItem icon="check" name=words::save() detail=unsaved unfit=wrong || !changed on_choose=act(Screen::save) />
            })}
            <hr />
        }
    };
    view! {
        <div class="anchor">
            <button
                class="button builder-more"
                type="button"
                data-icon=""
                aria-label=words::more()
                title=words::more()
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name="ellipsis" />
            </button>
            <Menu open=open label=words::more() place="down-end" opener=".builder-more">
                {browser::is_narrower_than(NARROW).then(in_bar)}
                <MenuItem icon="timer-reset" name=words::rehearse() on_choose=act(|screen| screen.rehearsing.set(true)) />
                <MenuItem icon="chart-column" name=list::runs() on_choose=to_runs />
                <MenuItem icon="undo-2" name=words::discard() unfit=!screen.state.with_untracked(|state| state.is_changed()) on_choose=act(Screen::discard) />
            </Menu>
        </div>
    }
}
