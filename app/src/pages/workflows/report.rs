//! What came of a workflow: how many entered, how they left, and where they dropped off.

use super::runs::{Head, load_row, workflow_of_page};
use crate::api::Failure;
use crate::api::workflows::{self as api, StepReport, VersionRuns, WorkflowReport};
use crate::pages::settings::loaded;
use crate::parts::{Empty, Shape, When};
use crate::text::builder::branch_name;
use crate::text::{flows as told, workflows as words};
use domain::WorkflowId;
use domain::workflow::exit::Exit;
use domain::workflow::view::WorkflowRow;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// The report at `/workflows/{id}/report`.
#[component]
pub fn ReportPage() -> impl IntoView {
    let id = workflow_of_page();
    let query = use_query_map();
    let version =
        Memo::new(move |_| query.with(|query| query.get_str("version").and_then(|word| word.parse().ok())));
    let report = Resource::new_blocking(move || (id.get(), version.get()), |(id, version)| load(id, version));
    view! {
        <main id="main" class="sheet page workflows">
            {loaded(report, |(row, report)| view! { <Report row=row report=report /> }.into_any())}
        </main>
    }
}

async fn load(
    id: Option<WorkflowId>,
    version: Option<i64>,
) -> Result<(WorkflowRow, WorkflowReport), Failure> {
    let row = load_row(id).await?;
    let report = api::load_workflow_report(row.id, version).await?;
    Ok((row, report))
}

#[component]
fn Report(row: WorkflowRow, report: WorkflowReport) -> impl IntoView {
    let early = report.entered - report.running - report.finished;
    let tile = |name: &'static str, number: i64| view! { <div><dt>{name}</dt><dd>{number}</dd></div> };
    let nobody = report.entered == 0;
    let non_starts = report.non_starts.clone();
    let (id, version, versions) = (row.id, report.version, report.versions.clone());
    view! {
        <Title text=format!("{}: {}", words::report_title(), row.name) />
        <Head row=row report=true />
        <div class="scroll">
            <div class="page-body report">
                {(versions.len() > 1).then(|| view! { <Versions id=id version=version versions=versions /> })}
                <dl class="tiles">
                    {tile(words::entered(), report.entered)}
                    {tile(words::running(), report.running)}
                    {tile(words::finished(), report.finished)}
                    {tile(words::left_early(), early.max(0))}
                </dl>
                {if nobody {
                    view! { <Empty title=words::no_entries() words=words::no_entries_words() /> }.into_any()
                } else {
                    view! { <Numbers report=report /> }.into_any()
                }}
                {(!non_starts.is_empty()).then(|| view! { <NonStarts counted=non_starts /> })}
            </div>
        </div>
    }
}

/// Which version the numbers are of: those of several drawings do not add up.
#[component]
fn Versions(id: WorkflowId, version: i64, versions: Vec<VersionRuns>) -> impl IntoView {
    let go = StoredValue::new(use_navigate());
    let choose = move |event: leptos::ev::Event| {
        let address = format!("/workflows/{id}/report?version={}", event_target_value(&event));
        go.with_value(|go| go(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() }));
    };
    let published = versions.iter().find(|one| one.version == version).cloned();
    let options = versions.into_iter().map(|one| {
        let name = words::version(one.version, one.entered);
        view! { <option value=one.version.to_string() selected=one.version == version>{name}</option> }
    });
    view! {
        <div class="version">
            <label for="report-version">{words::version_label()}</label>
            <select class="input" id="report-version" on:change=choose>{options.collect_view()}</select>
            {published.map(|one| view! {
                <small>
                    {words::published_by(&one.published_by)}" "<When at=Signal::stored(one.published_at) shape=Shape::Moment />
                </small>
            })}
        </div>
    }
}

#[component]
fn Numbers(report: WorkflowReport) -> impl IntoView {
    let ended: i64 = report.reasons.iter().map(|(_, count)| count).sum();
    let reasons = report.reasons.iter().map(|(word, count)| {
        view! {
            <tr>
                <th scope="row">{told::reason(word)}</th>
                <td class="chart"><Bar part=*count whole=ended /></td>
                <td class="end">{*count}</td>
                <td class="end">{words::share(*count, ended)}</td>
            </tr>
        }
    });
    let entered = report.entered;
    let steps = report.steps.iter().map(|step| view! { <StepLine step=step.clone() entered=entered /> });
    view! {
        <section>
            <h2>{words::reasons()}</h2>
            {match report.reasons.is_empty() {
                true => view! { <p class="lead">{words::no_reasons()}</p> }.into_any(),
                false => view! { <table class="table numbers"><tbody>{reasons.collect_view()}</tbody></table> }.into_any(),
            }}
        </section>
        <section>
            <h2>{words::drop_off()}</h2>
            <p class="lead">{words::drop_off_words()}" "{words::report_note()}</p>
            <table class="table numbers">
                <thead>
                    <tr>
                        <th scope="col">{words::step()}</th>
                        <th scope="col"><span class="visually-hidden">{words::share_label()}</span></th>
                        <th scope="col" class="end">{words::reached()}</th>
                        <th scope="col" class="end">{words::share_label()}</th>
                        <th scope="col">{words::went_on()}</th>
                        <th scope="col" class="end">{words::lost()}</th>
                    </tr>
                </thead>
                <tbody>{steps.collect_view()}</tbody>
            </table>
        </section>
    }
}

/// Why somebody the trigger was about did not enter.
#[component]
fn NonStarts(counted: Vec<(String, i64)>) -> impl IntoView {
    let all: i64 = counted.iter().map(|(_, count)| count).sum();
    let lines = counted.iter().map(|(word, count)| {
        view! {
            <tr data-non-start=word.clone()>
                <th scope="row">{told::non_start(word)}</th>
                <td class="chart"><Bar part=*count whole=all /></td>
                <td class="end">{*count}</td>
                <td class="end">{words::share(*count, all)}</td>
            </tr>
        }
    });
    view! {
        <section>
            <h2>{words::non_starts()}</h2>
            <p class="lead">{words::non_starts_words()}</p>
            <table class="table numbers"><tbody>{lines.collect_view()}</tbody></table>
        </section>
    }
}

#[component]
fn StepLine(step: StepReport, entered: i64) -> impl IntoView {
    let on: i64 = step.ways.iter().map(|(_, count)| count).sum();
    let ways: Vec<String> =
        step.ways.iter().map(|(exit, count)| format!("{}: {count}", exit_words(*exit))).collect();
    view! {
        <tr>
            <th scope="row" dir="auto">{step.name}</th>
            <td class="chart"><Bar part=step.reached whole=entered /></td>
            <td class="end">{step.reached}</td>
            <td class="end">{words::share(step.reached, entered)}</td>
            <td class="words">{if ways.is_empty() { "–".to_owned() } else { ways.join(" · ") }}</td>
            <td class="end">{(step.reached - on).max(0)}</td>
        </tr>
    }
}

fn exit_words(exit: Exit) -> String {
    match exit {
        Exit::Branch(number) => branch_name(usize::from(number)),
        Exit::Next => say!("Next").into(),
        Exit::Success => say!("Success").into(),
        Exit::Else => say!("Else").into(),
        Exit::Failure => say!("Failure").into(),
        Exit::Timeout => say!("Timeout").into(),
        Exit::MessageFailure => say!("Not sent").into(),
        Exit::HandOver => say!("Wants a person").into(),
    }
}

/// A part of a whole as a length; the number beside it says the same.
#[component]
fn Bar(part: i64, whole: i64) -> impl IntoView {
    let length = if whole > 0 { (part * 100 / whole).clamp(0, 100) } else { 0 };
    view! {
        <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="part" width=length height="6" />
        </svg>
    }
}
