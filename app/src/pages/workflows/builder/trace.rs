//! What a test does while it does it: the newest run of the code, turn by turn, beside its path on the canvas.

use super::screen::Screen;
use crate::api::workflows::{self as api, RunDetail, RunsOf};
use crate::browser;
use crate::pages::settings::News;
use crate::pages::workflows::run::{output, state_in_words};
use crate::parts::{Icon, Shape, When};
use crate::text::builder as words;
use crate::text::flows as told;
use domain::RunId;
use domain::live::Change;
use domain::workflow::check::At;
use domain::workflow::graph::Graph;
use domain::workflow::view::{RunLine, RunNow};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How many of the newest runs are looked through for one of the test.
const NEWEST: u32 = 20;

impl Screen {
    /// Follows the test's runs for as long as the builder is on screen.
    pub fn follow_test(self) {
        let Some(news) = use_context::<News>() else { return };
        news.hear(move |change| {
            if let Change::Run { run } = change
                && run.test
                && run.workflow_id == self.id
                && self.test.with_untracked(Option::is_some)
            {
                self.show_run(run.id);
            }
        });
        Effect::new(move || {
            if let Some(since) = self.test.with(|test| test.as_ref().map(|test| test.started_at)) {
                self.find_run(since);
            } else {
                self.trace.set(None);
                self.tracing.set(false);
            }
        });
    }

    /// Shows the turns of the newest run, or no longer.
    pub fn toggle_trace(self) {
        self.drawer.set(false);
        self.tracing.update(|tracing| *tracing = !*tracing);
    }

    /// A run the test made before this page was loaded.
    fn find_run(self, since: domain::Timestamp) {
        spawn_local(async move {
            // What cannot be read now is read with the next turn.
            let Ok(runs) = api::load_workflow_runs(self.id, RunsOf::All, None, NEWEST).await else { return };
            let newest = runs.items.into_iter().find(|run| run.test && run.started_at >= since);
            if let Some(run) = newest {
                self.show_run(run.id);
            }
        });
    }

    fn show_run(self, id: RunId) {
        spawn_local(async move {
            let Ok(detail) = api::load_run(id).await else { return };
            let newer = |shown: &Option<RunDetail>| {
                shown.as_ref().is_none_or(|shown| shown.run.started_at <= detail.run.started_at)
            };
            if self.trace.try_with_untracked(newer) != Some(true) {
                return;
            }
            let first = self.trace.with_untracked(|shown| shown.as_ref().is_none_or(|one| one.run.id != id));
            if first {
                self.said.set(words::test_began(&detail.run.contact));
                self.testing.set(false);
                self.drawer.set(false);
                self.tracing.set(true);
            }
            if !first {
                self.said.set(state_in_words(&detail.run.now));
            }
            self.trace.set(Some(detail));
        });
    }
}

/// The runs of the test as a list of turns; it stands where the settings of steps stand.
#[component]
pub fn Trace(screen: Screen) -> impl IntoView {
    let open = move || screen.tracing.get() && !screen.drawer.get() && screen.test.with(Option::is_some);
    let close = move |_| {
        screen.tracing.set(false);
        browser::focus_spot(screen.selected.get_untracked());
    };
    view! {
        <Show when=open>
            <aside class="drawer trace" aria-label=words::trace()>
                <header class="bar">
                    <span class="glyph"><Icon name="play" /></span>
                    <h2>{words::trace()}</h2>
                    <div class="cluster push">
                        <button class="button" type="button" data-icon="" aria-label=words::close() title=words::close() on:click=close><Icon name="x" /></button>
                    </div>
                </header>
                <div class="scroll" tabindex="0" role="group" aria-label=words::trace()>
                    {move || screen.trace.get().map_or_else(|| nothing(screen), |detail| run(screen, detail))}
                </div>
            </aside>
        </Show>
    }
}

fn nothing(screen: Screen) -> AnyView {
    let send = move || screen.test.with(|test| test.as_ref().map(|test| words::send_code(&test.code)));
    view! { <p class="hint">{send}</p> }.into_any()
}

fn run(screen: Screen, detail: RunDetail) -> AnyView {
    let RunDetail { run, lines, graph } = detail;
    let over = run.is_over();
    let until = match &run.now {
        RunNow::Waiting { until, .. } => *until,
        RunNow::Going { .. } | RunNow::Ended { .. } => None,
    };
    let conversation = format!("/inbox/all/{}", run.conversation_id);
    let turns = lines.into_iter().map(|line| turn(screen, line, &graph)).collect_view();
    view! {
        <p class="with">
            <a class="link" href=conversation dir="auto">{run.contact.clone()}</a>
            " · "
            <When at=Signal::stored(run.started_at) shape=Shape::Moment />
        </p>
        <ol class="turns">{turns}</ol>
        <p class="now" role="status" data-over=over.then_some("")>
            <Icon name=if over { "flag" } else { "hourglass" } size=14 />
            <span dir="auto">
                {state_in_words(&run.now)}
                {until.map(|until| view! { " "{told::until()}" "<When at=Signal::stored(until) shape=Shape::Coming /> })}
            </span>
        </p>
    }
    .into_any()
}

/// One turn: the step, what it found, decided and did, and the way it took.
pub fn turn(screen: Screen, line: RunLine, graph: &Graph) -> AnyView {
    let step = line.step;
    let found = line.found.iter().map(|(name, value)| format!("${name} = {}", told::shown(value)));
    let decision = told::decision(&line.because, &line.names).into_iter();
    let all: Vec<String> = decision.chain(found).chain(output(&line)).collect();
    let way = line.exit.and_then(|exit| {
        let step = graph.steps.get(&line.step)?;
        (step.kind.exits().len() > 1).then(|| words::exit_name(&step.kind, exit))
    });
    let icon = graph.steps.get(&step).map_or("flag", |step| words::step_icon(&step.kind));
    let show = move |_| {
        screen.rehearsing.set(false);
        screen.reveal(At::Step(step));
    };
    let here = move || screen.graph.with(|graph| graph.steps.contains_key(&step));
    view! {
        <li>
            <span class="glyph"><Icon name=icon size=14 /></span>
            <div>
                <button class="link" type="button" dir="auto" disabled=move || !here() on:click=show>{line.name}</button>
                {way.map(|way| view! { <span class="lane" dir="auto">{way}</span> })}
                {all.into_iter().map(|line| view! { <small dir="auto">{line}</small> }).collect_view()}
            </div>
        </li>
    }
    .into_any()
}
