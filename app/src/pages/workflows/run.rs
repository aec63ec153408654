//! One run: the path it took, and every turn with what it found, decided and did.

use super::map::{Map, Trail};
use crate::api::Failure;
use crate::api::workflows::{self as api, RunDetail};
use crate::pages::address::piece;
use crate::pages::settings::{News, loaded};
use crate::parts::{Icon, Shape, When};
use crate::text::{flows as told, workflows as words};
use domain::RunId;
use domain::live::Change;
use domain::workflow::graph::Graph;
use domain::workflow::layout::exit_name;
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
        RunNow::Going { name, .. } => format!("At “{name}”"),
        RunNow::Waiting { name, wait, .. } => format!("At “{name}”, {}", told::waiting(*wait)),
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
            <a class="button" data-icon="" href=back aria-label=words::TO_RUNS title=words::TO_RUNS><Icon name="chevron-left" size=20 /></a>
            <h1 dir="auto">{title.clone()}</h1>
            {test.then(|| view! { <span class="badge" data-kind="label">{told::TEST_RUN}</span> })}
            <a class="button push" data-kind="outline" href=conversation aria-label=words::TO_CONVERSATION title=words::TO_CONVERSATION>
                <Icon name="message-square" />
                <span class="wide">{words::TO_CONVERSATION}</span>
            </a>
        </header>
        <div class="scroll">
            <div class="page-body run-page">
                <p class="standing" role="status" data-over=move || over().then_some("")>
                    {move || if over() { view! { <Icon name="flag" /> } } else { view! { <Icon name="hourglass" /> } }}
                    <span dir="auto">
                        {move || now.with(state_in_words)}
                        {move || until(&now.get()).map(|at| view! { " "{told::UNTIL}" "<When at=Signal::stored(at) shape=Shape::Coming /> })}
                    </span>
                    <small>{words::STARTED}" "<When at=Signal::stored(started) shape=Shape::Moment />" · "{words::VERSION}" "{version}</small>
                </p>
                <section>
                    <h2>{words::LOG}</h2>
                    <Log detail=detail graph=graph />
                </section>
                <section>
                    <h2>{words::PATH}</h2>
                    <p class="lead">{words::PATH_WORDS}</p>
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
            fallback=|| view! { <p class="lead">{words::NOTHING_YET}</p> }
        >
            <table class="table log-of">
                <thead>
                    <tr>
                        <th scope="col">{words::TIME}</th>
                        <th scope="col">{words::STEP}</th>
                        <th scope="col">{words::INPUT}</th>
                        <th scope="col">{words::DECISION}</th>
                        <th scope="col">{words::OUTPUT}</th>
                        <th scope="col">{words::WAY}</th>
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
        Some(step) => exit_name(&step.kind, exit),
        None => exit.to_string(),
    });
    view! {
        <tr data-step=line.step.to_string()>
            <td><When at=Signal::stored(line.at) shape=Shape::Moment /></td>
            <td><b dir="auto">{line.name}</b><small>{line.kind}</small></td>
            <td data-label=words::INPUT>{several(told::input(line.input.as_ref()))}</td>
            <td data-label=words::DECISION>{several(told::decision(&line.because, &line.names))}</td>
            <td data-label=words::OUTPUT>
                {several(output)}
                {message.map(|id| view! { <small class="message-id">{words::MESSAGE_ID}" "<code>{id}</code></small> })}
            </td>
            <td data-label=words::WAY dir="auto">{way.unwrap_or_else(|| words::STAYED.to_owned())}</td>
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
