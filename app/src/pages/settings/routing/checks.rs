//! The items of the check with their evidence and their fixes.

use super::Screen;
use crate::browser;
use crate::parts::{Empty, Icon, Shape, When};
use crate::text;
use domain::routing::check::{Check, Finding, Verdict};
use leptos::prelude::*;

/// What the newest run found; before the first, an invitation.
#[component]
pub fn Checks(screen: Screen) -> impl IntoView {
    let findings = Memo::new(move |_| {
        screen.shown.with(|shown| shown.latest.as_ref().map(|run| run.report.findings.clone()))
    });
    move || match findings.get() {
        None => view! {
            <Empty title=text::never_checked() words=text::never_checked_words()>
                <button
                    class="button"
                    type="button"
                    data-kind="primary"
                    data-size="32"
                    aria-busy=move || screen.busy.get().to_string()
                    on:click=move |_| screen.run()
                >
                    {move || if screen.busy.get() { text::checking() } else { text::run_check() }}
                </button>
            </Empty>
        }
        .into_any(),
        Some(findings) => view! { <Findings screen=screen findings=findings /> }.into_any(),
    }
}

#[component]
fn Findings(screen: Screen, findings: Vec<Finding>) -> impl IntoView {
    let bot = screen.bot();
    let mode = screen.shown.with(|shown| shown.mode);
    let summary = text::check_summary(&findings);
    let lead = text::check_lead(&findings, &bot);
    let items =
        findings.into_iter().map(|finding| view! { <Item screen=screen finding=finding /> }).collect_view();
    view! {
        <section aria-labelledby="checks">
            <header class="head">
                <h2 id="checks"><span role="status">{summary}</span></h2>
                <p class="mode push">{text::mode_label()}": "<b>{text::mode(mode)}</b></p>
            </header>
            <p class="lead">{lead}</p>
            <ul class="checks">{items}</ul>
        </section>
    }
}

#[component]
fn Item(screen: Screen, finding: Finding) -> impl IntoView {
    let bot = screen.bot();
    let (mode, page, ours) =
        screen.shown.with(|shown| (shown.mode, shown.page.name.clone(), shown.ours.clone()));
    let icon = match finding.verdict {
        Verdict::Ok => "circle-check",
        Verdict::Wrong => "circle-x",
        Verdict::CannotVerify => "circle-question-mark",
    };
    let evidence = text::found(&finding, &bot);
    let see = finding.conversation.map(|id| format!("/inbox/all/{id}"));
    let steps = (finding.verdict != Verdict::Ok).then(|| text::fix(finding.check, &page, &ours, &bot, mode));
    view! {
        <li data-check=finding.check.as_str() data-verdict=finding.verdict.as_str()>
            <Icon name=icon size=20 />
            <b>{text::check_name(finding.check, &bot, mode)}</b>
            <span class="verdict">{text::verdict(finding.verdict)}</span>
            <p>
                {evidence}
                {finding.at.map(|at| view! { " " <When at=at shape=Shape::Moment /> })}
                {see.map(|see| view! { " " <a class="link" href=see>{text::see_conversation()}</a> })}
            </p>
            {steps.map(|steps| match finding.verdict {
                Verdict::Wrong => view! {
                    <div class="fix">
                        <h3>{text::how_to_fix()}</h3>
                        <Steps screen=screen check=finding.check steps=steps />
                    </div>
                }
                .into_any(),
                Verdict::CannotVerify | Verdict::Ok => view! {
                    <details class="fix">
                        <summary><Icon name="chevron-down" size=14 />{text::how_to_look()}</summary>
                        <Steps screen=screen check=finding.check steps=steps />
                    </details>
                }
                .into_any(),
            })}
        </li>
    }
}

#[component]
fn Steps(screen: Screen, check: Check, steps: Vec<String>) -> impl IntoView {
    let plain = steps
        .iter()
        .enumerate()
        .map(|(n, step)| format!("{}. {}", n + 1, step.replace("**", "")))
        .collect::<Vec<_>>()
        .join("\n");
    let copy = move |_| {
        let copied = browser::copy(&plain);
        screen.toasts.say(if copied { text::steps_copied() } else { text::steps_not_copied() });
    };
    view! {
        <ol>{steps.into_iter().map(|step| view! { <li><span>{with_names(&step)}</span></li> }).collect_view()}</ol>
        <div class="cluster">
            {matches!(check, Check::Fields | Check::Connected).then(|| view! {
                <button
                    class="button"
                    type="button"
                    data-kind="primary"
                    data-size="32"
                    disabled=move || screen.busy.get()
                    on:click=move |_| screen.subscribe()
                >
                    <Icon name="refresh-cw" />
                    {text::subscribe_again()}
                </button>
            })}
            {text::fix_address(check).map(|address| view! {
                <a class="button" data-kind="outline" data-size="32" href=address target="_blank" rel="noreferrer">
                    <Icon name="external-link" />
                    {text::open_facebook()}
                </a>
            })}
            <button class="button" type="button" data-kind="outline" data-size="32" on:click=copy>
                <Icon name="copy" />
                {text::copy_steps()}
            </button>
        </div>
    }
}

/// A step with Facebook's menu names in bold.
fn with_names(step: &str) -> impl IntoView + use<> {
    let parts: Vec<AnyView> = step
        .split("**")
        .enumerate()
        .map(|(n, part)| {
            let part = part.to_owned();
            if n % 2 == 1 { view! { <b>{part}</b> }.into_any() } else { part.into_any() }
        })
        .collect();
    parts
}
