//! One workflow of the list.

use super::Board;
use super::deeds::do_it;
use crate::api::Me;
use crate::clock::Clock;
use crate::language::told;
use crate::parts::{Icon, Menu, MenuItem, Shape, When};
use crate::state::workflows::{Deed, Hindrance, deeds};
use crate::text::{flows as told, workflows as words};
use domain::WorkflowId;
use domain::workflow::view::{Breakdown, EDITS_FOR, Editor, WorkflowRow};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// A line of the table. `low`: it is so near the end that its menu opens upwards.
#[component]
pub fn Row(board: Board, row: WorkflowRow, low: bool) -> impl IntoView {
    let status = row.status;
    let address = format!("/workflows/{}", row.id);
    let id = row.id.to_string();
    let (name, created_by, incomplete) = (row.name.clone(), row.created_by.clone(), row.incomplete);
    let trigger = row.trigger.as_deref().map(|trigger| told(trigger).into_owned());
    let description = (!row.description.is_empty()).then(|| row.description.clone());
    let running = (row.running > 0).then(|| words::in_it(row.running));
    let runs = format!("/workflows/{}/runs?state=ongoing", row.id);
    let published_by = row.published_by.clone();
    let published_at = row.published_at;
    let created_at = row.created_at;
    let (editors, last_error) = (row.editors.clone(), row.last_error.clone());
    let workflow = row.id;
    view! {
        <tr data-workflow=id data-status=status.as_str()>
            <td><span class="status" data-status=status.as_str()>{words::status(status)}</span></td>
            <td>
                <a href=address dir="auto"><b>{name}</b></a>
                {description.map(|description| view! { <small class="description" dir="auto">{description}</small> })}
                <small class="about">
                    <span>{trigger.unwrap_or_else(|| words::no_trigger().to_owned())}</span>
                    {running.map(|running| view! { <a class="link" href=runs>{running}</a> })}
                </small>
                {(incomplete > 0).then(|| view! {
                    <small class="flaw"><Icon name="triangle-alert" size=14 />{words::incomplete(incomplete)}</small>
                })}
                {last_error.map(|broken| view! { <Broken workflow=workflow broken=*broken /> })}
                <Editing editors=editors />
            </td>
            <td class="hide" dir="auto">{published_by.unwrap_or_else(|| words::never().to_owned())}</td>
            <td class="hide">
                {match published_at {
                    Some(at) => view! { <When at=Signal::stored(at) shape=Shape::Short /> }.into_any(),
                    None => words::never().into_any(),
                }}
            </td>
            <td class="created hide" dir="auto">{created_by}</td>
            <td class="created hide"><When at=Signal::stored(created_at) shape=Shape::Short /></td>
            <td><Actions board=board row=row low=low /></td>
        </tr>
    }
}

/// The newest run that broke, with the way to its log.
#[component]
fn Broken(workflow: WorkflowId, broken: Breakdown) -> impl IntoView {
    let address = format!("/workflows/{workflow}/runs/{}", broken.run);
    let ending = told::ending(&broken.reason, broken.name.as_deref());
    view! {
        <small class="flaw" data-broken="">
            <Icon name="circle-alert" size=14 />
            <a class="link" href=address dir="auto">{words::last_error(&ending)}</a>
            <When at=Signal::stored(broken.at) shape=Shape::Short />
        </small>
    }
}

/// Who else builds it right now.
#[component]
fn Editing(editors: Vec<Editor>) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let me = use_context::<Me>().map(|me| me.person.id);
    let others: Vec<Editor> = editors.into_iter().filter(|editor| Some(editor.person) != me).collect();
    let now = move || {
        let late = |editor: &Editor| clock.now().is_some_and(|now| now - editor.at > EDITS_FOR);
        others.iter().filter(|editor| !late(editor)).map(|editor| editor.name.clone()).collect::<Vec<_>>()
    };
    move || {
        let names = now();
        (!names.is_empty()).then(|| view! {
            <small class="editing" data-editing=""><Icon name="pencil" size=14 /><span dir="auto">{words::editing(&names)}</span></small>
        })
    }
}

#[component]
fn Actions(board: Board, row: WorkflowRow, low: bool) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = words::actions_of(&row.name);
    let go = StoredValue::new(use_navigate());
    let offered = StoredValue::new(row);
    let items = move || {
        let row = offered.get_value();
        deeds(&row, board.is_full())
            .into_iter()
            .map(|(deed, hindrance)| {
                let row = row.clone();
                let detail = detail(deed, hindrance, &row);
                let choose = Callback::new(move |()| go.with_value(|go| do_it(board, deed, &row, go)));
                let line = matches!(deed, Deed::Open | Deed::Delete).then(|| view! { <hr /> });
                view! {
                    {line}
                    <MenuItem icon=icon(deed) name=title(deed) detail=detail unfit=hindrance.is_some() on_choose=choose />
                }
            })
            .collect_view()
    };
    view! {
        <div class="anchor">
            <button
                class="button"
                type="button"
                data-icon=""
                aria-haspopup="menu"
                aria-label=name.clone()
                title=name.clone()
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name="ellipsis" />
            </button>
            <Menu open=open label=name.clone() place=if low { "up-end" } else { "down-end" } opener=".workflows td > .anchor > .button[aria-expanded=true]">
                {items()}
            </Menu>
        </div>
    }
}

fn title(deed: Deed) -> &'static str {
    match deed {
        Deed::Publish => words::publish(),
        Deed::Stop => words::stop(),
        Deed::Open => words::open(),
        Deed::Runs => words::runs(),
        Deed::Rename => words::rename(),
        Deed::Settings => words::settings(),
        Deed::Clone => words::clone(),
        Deed::Export => words::export(),
        Deed::Delete => words::delete(),
    }
}

const fn icon(deed: Deed) -> &'static str {
    match deed {
        Deed::Publish => "play",
        Deed::Stop => "square",
        Deed::Open => "workflow",
        Deed::Runs => "chart-column",
        Deed::Rename => "pencil",
        Deed::Settings => "settings",
        Deed::Clone => "copy",
        Deed::Export => "download",
        Deed::Delete => "trash-2",
    }
}

fn detail(deed: Deed, hindrance: Option<Hindrance>, row: &WorkflowRow) -> Option<String> {
    match (hindrance, deed) {
        (Some(Hindrance::Incomplete(count)), _) => Some(words::incomplete(count)),
        (Some(Hindrance::Published), _) => Some(words::stop_first().to_owned()),
        (Some(Hindrance::Limit), _) => Some(words::limit_reached().to_owned()),
        (None, Deed::Stop) => Some(words::they_leave(row.running)),
        (None, _) => None,
    }
}
