//! The runs of a workflow: who is in it, who was, and how it ended.

use super::run::state_in_words;
use crate::api::Failure;
use crate::api::workflows::{self as api, RunsOf};
use crate::pages::address::piece;
use crate::pages::settings::{Doing, News, loaded};
use crate::parts::{Empty, Icon, ProblemLine, Shape, When};
use crate::text::{flows as told, workflows as words};
use domain::WorkflowId;
use domain::live::Change;
use domain::view::Listing;
use domain::workflow::view::{RunView, WorkflowRow};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// How many runs are loaded at a time.
const AT_ONCE: u32 = 50;

/// The runs at `/workflows/{id}/runs?state=ongoing|ended`.
#[component]
pub fn RunsPage() -> impl IntoView {
    let (id, query) = (workflow_of_page(), use_query_map());
    let which = Memo::new(move |_| query.with(|query| read(query.get_str("state"))));
    let runs = Resource::new_blocking(move || (id.get(), which.get()), |(id, which)| load(id, which));
    view! {
        <main id="main" class="sheet page workflows">
            {loaded(runs, move |(row, runs)| view! { <Runs row=row which=which.get_untracked() runs=runs /> }.into_any())}
        </main>
    }
}

/// The workflow the address names.
pub fn workflow_of_page() -> Memo<Option<WorkflowId>> {
    let id = piece(1);
    Memo::new(move |_| id.with(|id| id.parse().ok()))
}

/// A workflow by itself, for the head of its pages.
pub async fn load_row(id: Option<WorkflowId>) -> Result<WorkflowRow, Failure> {
    let rows = api::load_workflows().await?.items;
    rows.into_iter().find(|row| Some(row.id) == id).ok_or(Failure::Gone)
}

async fn load(id: Option<WorkflowId>, which: RunsOf) -> Result<(WorkflowRow, Listing<RunView>), Failure> {
    let row = load_row(id).await?;
    let runs = api::load_workflow_runs(row.id, which, None, AT_ONCE).await?;
    Ok((row, runs))
}

fn read(word: Option<&str>) -> RunsOf {
    match word {
        Some("ongoing") => RunsOf::Ongoing,
        Some("ended") => RunsOf::Ended,
        _ => RunsOf::All,
    }
}

/// The head of the pages about what came of a workflow.
#[component]
pub fn Head(row: WorkflowRow, report: bool) -> impl IntoView {
    let base = format!("/workflows/{}", row.id);
    let current = |here: bool| here.then_some("page");
    view! {
        <header class="bar">
            <a class="button" data-icon="" href="/workflows" aria-label=words::to_list() title=words::to_list()><Icon name="chevron-left" size=20 /></a>
            <h1 dir="auto">{row.name.clone()}</h1>
            <span class="status" data-status=row.status.as_str()>{words::status(row.status)}</span>
            <nav class="tabs push" aria-label=words::runs()>
                <a href=format!("{base}/runs") aria-current=current(!report)>{words::runs_title()}</a>
                <a href=format!("{base}/report") aria-current=current(report)>{words::report_title()}</a>
            </nav>
            <a class="button" data-kind="outline" href=base aria-label=words::open() title=words::open()><Icon name="workflow" /><span class="wide">{words::open()}</span></a>
        </header>
    }
}

#[component]
fn Runs(row: WorkflowRow, which: RunsOf, runs: Listing<RunView>) -> impl IntoView {
    let id = row.id;
    let base = format!("/workflows/{id}/runs");
    let items = RwSignal::new(runs.items);
    let next = RwSignal::new(runs.next_cursor);
    let doing = Doing::nothing();
    let more = move |_| {
        doing.run(api::load_workflow_runs(id, which, next.get_untracked(), AT_ONCE), move |page| {
            items.update(|items| items.extend(page.items));
            next.set(page.next_cursor);
        });
    };
    listen(id, which, items);
    let tab = |name, of: RunsOf, address: String| {
        view! { <a href=address aria-current=(of == which).then_some("true")>{name}</a> }
    };
    view! {
        <Title text=format!("{}: {}", words::runs_title(), row.name) />
        <Head row=row report=false />
        <div class="scroll">
            <div class="page-body">
                <nav class="tabs" aria-label=words::state()>
                    {tab(words::all(), RunsOf::All, base.clone())}
                    {tab(words::ongoing(), RunsOf::Ongoing, format!("{base}?state=ongoing"))}
                    {tab(words::ended(), RunsOf::Ended, format!("{base}?state=ended"))}
                </nav>
                <Show
                    when=move || items.with(|items| !items.is_empty())
                    fallback=|| view! { <Empty title=words::no_runs() words=words::no_runs_words() /> }
                >
                    <table class="table runs">
                        <thead>
                            <tr>
                                <th scope="col">{told::contact()}</th>
                                <th scope="col">{words::state()}</th>
                                <th scope="col">{words::started()}</th>
                                <th scope="col" class="end">{words::version_label()}</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || items.get() key=|run| format!("{run:?}") let(run)>
                                <Line run=run />
                            </For>
                        </tbody>
                    </table>
                </Show>
                <ProblemLine words=doing.problem />
                <Show when=move || next.with(Option::is_some)>
                    <button class="button" type="button" data-kind="outline" disabled=move || doing.busy.get() on:click=more>{words::more()}</button>
                </Show>
            </div>
        </div>
    }
}

/// Runs on screen move with what happens; one that starts comes to the top.
fn listen(workflow: WorkflowId, which: RunsOf, items: RwSignal<Vec<RunView>>) {
    let Some(news) = use_context::<News>() else { return };
    news.hear(move |change| {
        let Change::Run { run } = change else { return };
        if run.workflow_id == workflow {
            items.update(|items| fold(items, run, which));
        }
    });
}

fn fold(items: &mut Vec<RunView>, run: &RunView, which: RunsOf) {
    let belongs = match which {
        RunsOf::All => true,
        RunsOf::Ongoing => !run.is_over(),
        RunsOf::Ended => run.is_over(),
    };
    let place = items.iter().position(|known| known.id == run.id);
    match (place, belongs) {
        (Some(place), true) => items[place] = run.clone(),
        (Some(place), false) => {
            items.remove(place);
        }
        (None, true) => {
            let place = items.partition_point(|known| known.started_at > run.started_at);
            items.insert(place, run.clone());
        }
        (None, false) => {}
    }
}

#[component]
fn Line(run: RunView) -> impl IntoView {
    let address = format!("/workflows/{}/runs/{}", run.workflow_id, run.id);
    let until = match &run.now {
        domain::workflow::view::RunNow::Waiting { until, .. } => *until,
        _ => None,
    };
    view! {
        <tr data-run=run.id.to_string() data-over=run.is_over().then_some("")>
            <td>
                <a href=address dir="auto"><b>{run.contact.clone()}</b></a>
                {run.test.then(|| view! { <span class="badge" data-kind="label">{told::test_run()}</span> })}
            </td>
            <td class="words" dir="auto">
                {state_in_words(&run.now)}
                {until.map(|until| view! { " "{told::until()}" "<When at=Signal::stored(until) shape=Shape::Coming /> })}
            </td>
            <td><When at=Signal::stored(run.started_at) shape=Shape::Moment /></td>
            <td class="end">{run.version}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{run, run_ended};

    #[test]
    fn a_run_that_ends_leaves_the_ongoing_ones_and_joins_the_others() {
        let (mut ongoing, mut ended, mut all) = (vec![run(1, 1)], Vec::new(), vec![run(1, 1)]);
        fold(&mut ongoing, &run_ended(1, 1), RunsOf::Ongoing);
        fold(&mut ended, &run_ended(1, 1), RunsOf::Ended);
        fold(&mut all, &run_ended(1, 1), RunsOf::All);
        assert!(ongoing.is_empty());
        assert_eq!((ended.len(), all.len()), (1, 1));
        assert!(all[0].is_over());
    }
}
