//! All workflows of the workspace: what each is, how it stands, and what can be done with it.

mod add;
mod asked;
mod deeds;
mod import;
mod naming;
mod row;
mod settings;

pub use naming::Rename;
pub use settings::SettingsForm;

use crate::api::Failure;
use crate::api::workflows::{self as api, Workflows};
use crate::pages::settings::{Doing, News, loaded};
use crate::pages::workflows::settle::settled;
use crate::parts::{Empty, Icon, ProblemLine, Toasts};
use crate::state::workflows::Narrowing;
use crate::text::workflows as words;
use add::Add;
use asked::{Ask, Asked};
use domain::live::Change;
use domain::workflow::status::Status;
use domain::workflow::view::WorkflowRow;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use row::Row;

/// The statuses in the order of their tabs.
const STATUSES: [Option<Status>; 4] =
    [None, Some(Status::Published), Some(Status::Draft), Some(Status::Stopped)];

/// The list at `/workflows`.
#[component]
pub fn ListPage() -> impl IntoView {
    let workflows = Resource::new_blocking(|| (), |()| api::load_workflows());
    view! {
        <Title text=words::title() />
        <main id="main" class="sheet page workflows">
            {loaded(workflows, |workflows| view! { <Listed workflows=workflows /> }.into_any())}
        </main>
    }
}

/// What the page shows and what is being done there.
#[derive(Clone, Copy)]
pub struct Board {
    pub rows: RwSignal<Vec<WorkflowRow>>,
    pub most: i64,
    pub narrowing: RwSignal<Narrowing>,
    /// What the open dialog is about.
    pub asking: RwSignal<Option<Ask>>,
    /// What is done without a dialog: what was refused, and whether something that was asked about is under way.
    pub doing: Doing,
    pub toasts: Toasts,
}

impl Board {
    /// Whether no other workflow can be added (WF-07).
    pub fn is_full(self) -> bool {
        self.rows.with(|rows| i64::try_from(rows.len()).is_ok_and(|count| count >= self.most))
    }

    /// Shows a workflow as it is now.
    pub fn put(self, row: WorkflowRow) {
        self.rows.update(|rows| crate::state::workflows::put(rows, row));
    }

    /// Asks something about a workflow, or for a new one.
    pub fn ask(self, ask: Ask) {
        self.doing.problem.set(None);
        self.asking.set(Some(ask));
    }

    /// Does something beside whatever else is being done; why it was refused stands above the list.
    pub fn at_once<T: 'static>(
        self,
        what: impl Future<Output = Result<T, Failure>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        self.doing.problem.set(None);
        leptos::task::spawn_local(async move {
            match what.await {
                Ok(answer) => done(answer),
                Err(failure) => {
                    self.doing.problem.try_set(Some(failure.to_string()));
                }
            }
        });
    }

    fn reload(self) {
        leptos::task::spawn_local(async move {
            // What cannot be read now is read with the next change.
            if let Ok(workflows) = api::load_workflows().await {
                self.rows.try_set(workflows.items);
            }
        });
    }

    /// Stays true while others work: what changes is read again, numbers a moment later.
    fn listen(self) {
        let Some(news) = use_context::<News>() else { return };
        let count_again = settled(move || self.reload());
        news.hear(move |change| match change {
            Change::Workflows => self.reload(),
            Change::Run { .. } => count_again(),
            _ => {}
        });
    }
}

#[component]
fn Listed(workflows: Workflows) -> impl IntoView {
    let query = use_query_map();
    let board = Board {
        rows: RwSignal::new(workflows.items),
        most: workflows.most,
        narrowing: RwSignal::new(query.with_untracked(read)),
        asking: RwSignal::new(None),
        doing: Doing::nothing(),
        toasts: expect_context(),
    };
    board.listen();
    follow(board.narrowing);
    let count = move || board.rows.with(|rows| words::counter(rows.len(), board.most));
    let none = Memo::new(move |_| board.rows.with(Vec::is_empty));
    view! {
        <header class="bar">
            <h1>{words::title()}</h1>
            <span class="num">{count}</span>
            <Add board=board />
        </header>
        <div class="scroll">
            <div class="page-body">
                <Show when=move || board.is_full()>
                    <p class="notice" role="status"><Icon name="circle-alert" /><span>{words::limit(board.most)}</span></p>
                </Show>
                <ProblemLine words=board.doing.problem />
                <Show when=move || !none.get() fallback=|| view! { <First /> }>
                    <Filters board=board />
                    <Table board=board />
                </Show>
            </div>
        </div>
        <Asked board=board />
    }
}

fn read(query: &ParamsMap) -> Narrowing {
    let status = query
        .get_str("status")
        .and_then(|word| STATUSES.into_iter().flatten().find(|status| status.as_str() == word));
    Narrowing { text: query.get("q").unwrap_or_default(), status }
}

/// The address says what is shown, so that it can be sent to a colleague.
fn follow(narrowing: RwSignal<Narrowing>) {
    let go = StoredValue::new(use_navigate());
    Effect::watch(
        move || narrowing.get(),
        move |now, _, _| {
            let mut query = ParamsMap::new();
            if !now.text.trim().is_empty() {
                query.insert("q", now.text.clone());
            }
            if let Some(status) = now.status {
                query.insert("status", status.as_str().to_owned());
            }
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            go.with_value(|go| go(&format!("/workflows{}", query.to_query_string()), options));
        },
        false,
    );
}

/// Before there is any: the templates.
#[component]
fn First() -> impl IntoView {
    view! {
        <Empty title=words::empty_title() words=words::empty_words()>
            <a class="button" data-kind="primary" data-size="32" href="/workflows/templates">
                <Icon name="layout-template" />
                {words::from_template()}
            </a>
        </Empty>
    }
}

#[component]
fn Filters(board: Board) -> impl IntoView {
    let tab = move |status: Option<Status>| {
        let name = status.map_or(words::all(), words::status);
        let count =
            move || board.rows.with(|rows| board.narrowing.with(|narrowing| narrowing.count(rows, status)));
        let chosen = move || board.narrowing.with(|narrowing| narrowing.status == status);
        view! {
            <button
                type="button"
                aria-pressed=move || chosen().to_string()
                on:click=move |_| board.narrowing.update(|narrowing| narrowing.status = status)
            >
                {name}
                <span class="num">{count}</span>
            </button>
        }
    };
    view! {
        <div class="filters">
            <label class="search">
                <Icon name="search" />
                <span class="visually-hidden">{words::search()}</span>
                <input
                    class="input"
                    type="search"
                    placeholder=words::search_hint()
                    dir="auto"
                    prop:value=move || board.narrowing.with(|narrowing| narrowing.text.clone())
                    on:input=move |event| board.narrowing.update(|narrowing| narrowing.text = event_target_value(&event))
                />
            </label>
            <div class="tabs" role="group" aria-label=words::status_label()>{STATUSES.map(tab).collect_view()}</div>
        </div>
    }
}

#[component]
fn Table(board: Board) -> impl IntoView {
    let shown = Memo::new(move |_| {
        board.narrowing.with(|narrowing| {
            let rows = board.rows.get();
            rows.into_iter().filter(|row| narrowing.keeps(row)).collect::<Vec<_>>()
        })
    });
    let nothing = move || shown.with(Vec::is_empty);
    view! {
        <Show when=move || !nothing() fallback=move || view! { <NoHits board=board /> }>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words::status_label()}</th>
                        <th scope="col">{words::name()}</th>
                        <th scope="col">{words::last_published_by()}</th>
                        <th scope="col">{words::last_published()}</th>
                        <th scope="col" class="created">{words::created_by()}</th>
                        <th scope="col" class="created">{words::date_created()}</th>
                        <th scope="col"><span class="visually-hidden">{words::actions()}</span></th>
                    </tr>
                </thead>
                <tbody>
                    // A row that differs in anything is drawn anew; the others stay as they are.
                    <For
                        each=move || {
                            let rows = shown.get();
                            let count = rows.len();
                            rows.into_iter().enumerate().map(move |(index, row)| (index + 3 > count && count > 6, row))
                        }
                        key=|(low, row)| (*low, format!("{row:?}"))
                        let((low, row))
                    >
                        <Row board=board row=row low=low />
                    </For>
                </tbody>
            </table>
        </Show>
    }
}

#[component]
fn NoHits(board: Board) -> impl IntoView {
    view! {
        <Empty title=words::no_hits() words=words::no_hits_words()>
            <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| board.narrowing.set(Narrowing::default())>
                {words::show_all()}
            </button>
        </Empty>
    }
}
