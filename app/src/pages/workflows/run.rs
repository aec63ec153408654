//! One run: the path it took, and every turn with what it found, decided and did.

use super::map::{Map, Trail};
use crate::api::Failure;
use crate::api::workflows::{self as api, RunDetail};
use crate::pages::address::piece;
use crate::pages::settings::{News, loaded};
use crate::parts::{Icon, Shape, When};
use crate::text::{builder as steps, flows as told, workflows as words};
use domain::RunId;
use domain::live::Change;
use domain::workflow::graph::Graph;
use domain::workflow::turn::{Because, Effect};
use domain::workflow::view::{RunLine, RunNow};
use leptos::prelude::*;
use leptos_meta::Title;

/// The run at `/workflows/{id}/runs/{run}`.
#[component]
pub fn RunPage() -> impl IntoView {
    let run = piece(3);
    let id = Memo::new(move |_| run.with(|id| id.parse::<RunId>().ok()));
    let detail = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::load_run(id).await,
                None => Err(Failure::Gone),
            }
        },
    );
    view! {
        <main id="main" class="sheet page workflows">
            {loaded(detail, |detail| view! { <Run detail=detail /> }.into_any())}
        </main>
    }
}

/// Where a run is, in one sentence. Until when it waits stands behind it.
pub fn state_in_words(now: &RunNow) -> String {
    match now {
        RunNow::Going { name, .. } => told::at_step(name),
        RunNow::Waiting { name, wait, .. } => told::waits_at_step(name, *wait),
        RunNow::Ended { reason, name, .. } => told::ending(reason, name.as_deref()),
    }
}

#[component]
fn Run(detail: RunDetail) -> impl IntoView {
    let id = detail.run.id;
    let title = words::run_of(&detail.run.contact, &detail.run.workflow);
    let back = format!("/workflows/{}/runs", detail.run.workflow_id);
    let conversation = format!("/inbox/all/{}", detail.run.conversation_id);
    let graph = StoredValue::new(detail.graph.clone());
    let detail = RwSignal::new(detail);
    listen(id, detail);
    let now = Memo::new(move |_| detail.with(|detail| detail.run.now.clone()));
    let trail = Memo::new(move |_| detail.with(|detail| Trail::of(&detail.lines, &detail.run.now)));
    let over = move || now.with(|now| matches!(now, RunNow::Ended { .. }));
    let (test, version, started) =
        detail.with_untracked(|detail| (detail.run.test, detail.run.version, detail.run.started_at));
    view! {
        <Title text=title.clone() />
        <header class="bar">
            <a class="button" data-icon="" href=back aria-label=words::to_runs() title=words::to_runs()><Icon name="chevron-left" size=20 /></a>
            <h1 dir="auto">{title.clone()}</h1>
            {test.then(|| view! { <span class="badge" data-kind="label">{told::test_run()}</span> })}
            <a class="button push" data-kind="outline" href=conversation aria-label=words::to_conversation() title=words::to_conversation()>
                <Icon name="message-square" />
                <span class="wide">{words::to_conversation()}</span>
            </a>
        </header>
        <div class="scroll">
            <div class="page-body run-page">
                <p class="standing" role="status" data-over=move || over().then_some("")>
                    {move || if over() { view! { <Icon name="flag" /> } } else { view! { <Icon name="hourglass" /> } }}
                    <span dir="auto">
                        {move || now.with(state_in_words)}
                        {move || until(&now.get()).map(|at| view! { " "{told::until()}" "<When at=Signal::stored(at) shape=Shape::Coming /> })}
                    </span>
                    <small>{words::started()}" "<When at=Signal::stored(started) shape=Shape::Moment />" · "{words::version_label()}" "{version}</small>
                </p>
                <section>
                    <h2>{words::log()}</h2>
                    <Log detail=detail graph=graph />
                </section>
                <section>
                    <h2>{words::path()}</h2>
                    <p class="lead">{words::path_words()}</p>
                    {move || view! { <Map graph=graph.get_value() trail=trail.get() /> }}
                </section>
            </div>
        </div>
    }
}

fn until(now: &RunNow) -> Option<domain::Timestamp> {
    match now {
        RunNow::Waiting { until, .. } => *until,
        RunNow::Going { .. } | RunNow::Ended { .. } => None,
    }
}

/// Reads the log again when the run moves.
fn listen(id: RunId, detail: RwSignal<RunDetail>) {
    let Some(news) = use_context::<News>() else { return };
    news.hear(move |change| {
        let Change::Run { run } = change else { return };
        if run.id != id {
            return;
        }
        leptos::task::spawn_local(async move {
            // What cannot be read now is read when the run moves again.
            if let Ok(found) = api::load_run(id).await {
                detail.try_set(found);
            }
        });
    });
}

#[component]
fn Log(detail: RwSignal<RunDetail>, graph: StoredValue<Graph>) -> impl IntoView {
    let lines = Memo::new(move |_| detail.with(|detail| detail.lines.clone()));
    view! {
        <Show
            when=move || lines.with(|lines| !lines.is_empty())
            fallback=|| view! { <p class="lead">{words::nothing_yet()}</p> }
        >
            <table class="table log-of">
                <thead>
                    <tr>
                        <th scope="col">{words::time()}</th>
                        <th scope="col">{words::step()}</th>
                        <th scope="col">{words::input()}</th>
                        <th scope="col">{words::decision()}</th>
                        <th scope="col">{words::output()}</th>
                        <th scope="col">{words::way()}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || lines.get() key=|line| line.n let(line)>
                        {graph.with_value(|graph| row(line, graph))}
                    </For>
                </tbody>
            </table>
        </Show>
    }
}

fn row(line: RunLine, graph: &Graph) -> impl IntoView + use<> {
    let found: Vec<String> =
        line.found.iter().map(|(name, value)| format!("${name} = {}", told::shown(value))).collect();
    let message = line
        .message
        .as_ref()
        .map(|(id, mid)| mid.as_ref().map_or_else(|| id.to_string(), ToString::to_string));
    let output: Vec<String> = output(&line).into_iter().chain(found).collect();
    let way = line.exit.map(|exit| match graph.steps.get(&line.step) {
        Some(step) => steps::exit_name(&step.kind, exit),
        None => exit.to_string(),
    });
    view! {
        <tr data-step=line.step.to_string()>
            <td><When at=Signal::stored(line.at) shape=Shape::Moment /></td>
            <td><b dir="auto">{line.name}</b><small>{line.kind}</small></td>
            <td data-label=words::input()>{several(told::input(line.input.as_ref()))}</td>
            <td data-label=words::decision()>{several(told::decision(&line.because, &line.names))}</td>
            <td data-label=words::output()>
                {several(output)}
                {message.map(|id| view! { <small class="message-id">{words::message_id()}" "<code>{id}</code></small> })}
            </td>
            <td data-label=words::way() dir="auto">{way.unwrap_or_else(|| words::stayed().to_owned())}</td>
        </tr>
    }
}

/// What a turn did. What it only meant to do is told by its decision.
pub fn output(line: &RunLine) -> Vec<String> {
    let not_started = matches!(line.because, Because::NotStarted { .. });
    let done = line.effects.iter().filter(|effect| !(not_started && matches!(effect, Effect::Start { .. })));
    done.map(|effect| told::effect(effect, &line.names)).collect()
}

fn several(lines: Vec<String>) -> AnyView {
    match lines.is_empty() {
        true => "–".into_any(),
        false => {
            let lines = lines.into_iter().map(|line| view! { <li dir="auto">{line}</li> });
            view! { <ul>{lines.collect_view()}</ul> }.into_any()
        }
    }
}
