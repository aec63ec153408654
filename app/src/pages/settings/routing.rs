//! Whether a page routes conversations as it should, how its bots behave, and who would get what.

mod checks;
mod radar;
mod rehearsal;

use crate::api::{self, Failure, RoutingView, RunLine};
use crate::clock::Clock;
use crate::pages::address::piece;
use crate::parts::{AppMark, Empty, Icon, Shape, Toasts, When};
use crate::text;
use checks::Checks;
use domain::apps::Sighting;
use domain::{AppId, PageId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use radar::RadarView;
use rehearsal::RehearsalView;

/// The section at `/settings/pages/{page}/routing`.
#[component]
pub fn RoutingSection() -> impl IntoView {
    let id = piece(2);
    let page = Memo::new(move |_| PageId(id.get()));
    let loaded = Resource::new_blocking(move || page.get(), api::load_routing);
    let owner = Owner::current().unwrap_or_default();
    view! {
        <Title text=text::routing() />
        <Suspense>
            {move || {
                let owner = owner.clone();
                Suspend::new(async move {
                    let loaded = loaded.await;
                    owner.with(|| draw(page.get_untracked(), loaded))
                })
            }}
        </Suspense>
    }
}

fn draw(page: PageId, loaded: Result<RoutingView, Failure>) -> AnyView {
    match loaded {
        Ok(view) => view! { <Loaded shown=view /> }.into_any(),
        Err(failure) => {
            let again = format!("/settings/pages/{page}/routing");
            view! {
                <div class="page scroll">
                    <Empty title=text::routing_unavailable() words=failure.to_string()>
                        <a class="button" data-kind="primary" data-size="32" rel="external" href=again>{text::try_again()}</a>
                    </Empty>
                </div>
            }
            .into_any()
        }
    }
}

/// What the parts of the section look at.
#[derive(Clone, Copy)]
struct Screen {
    shown: RwSignal<RoutingView>,
    /// Whether Facebook is being asked.
    busy: RwSignal<bool>,
    toasts: Toasts,
}

impl Screen {
    /// Runs the check; what is on screen stays until the answer is there.
    fn run(self) {
        self.ask(api::check_routing);
    }

    /// Subscribes the page anew, then checks.
    fn subscribe(self) {
        self.ask(api::subscribe_again);
    }

    fn ask<F>(self, question: impl Fn(PageId) -> F + 'static)
    where
        F: Future<Output = Result<RoutingView, Failure>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let page = self.shown.with_untracked(|shown| shown.page.id.clone());
        spawn_local(async move {
            let answer = question(page).await;
            self.busy.set(false);
            match answer {
                Ok(view) => self.shown.set(view),
                Err(failure) => self.toasts.say(failure.to_string()),
            }
        });
    }

    /// What an app is called here.
    fn name(self, app: &AppId) -> String {
        self.shown.with(|shown| {
            let known = shown.apps.iter().find(|known| known.app == *app).map(|known| known.name.clone());
            match known {
                _ if *app == shown.ours => text::our_app().into(),
                Some(name) => name,
                None => say!("App {app}", app),
            }
        })
    }

    /// The page's bot, where there is exactly one.
    fn only_bot(self) -> Option<AppId> {
        self.shown.with(|shown| match bots(&shown.sightings).as_slice() {
            [only] => Some(only.app.clone()),
            _ => None,
        })
    }

    /// What the bot is called in sentences.
    fn bot(self) -> String {
        self.only_bot().map_or_else(|| text::the_bot().into(), |bot| self.name(&bot))
    }
}

fn bots(seen: &[Sighting]) -> Vec<&Sighting> {
    seen.iter().filter(|seen| !seen.app.is_page_inbox()).collect()
}

#[component]
fn Loaded(shown: RoutingView) -> impl IntoView {
    let clock = Clock::new();
    clock.set(shown.now);
    clock.wind();
    provide_context(clock);
    let address = format!("/settings/pages/{}", shown.page.id);
    let name = shown.page.name.clone();
    let toasts = expect_context::<Toasts>();
    let screen = Screen { shown: RwSignal::new(shown), busy: RwSignal::new(false), toasts };
    let checked = Memo::new(move |_| screen.shown.with(|shown| shown.latest.as_ref().map(|run| run.at)));
    view! {
        <div class="page scroll routing">
            <header class="bar">
                <a class="button" data-icon="" href=address aria-label=text::to_page(&name) title=text::to_page(&name)><Icon name="chevron-left" size=20 /></a>
                <div class="who"><h1>{text::routing()}</h1><p dir="auto">{name.clone()}</p></div>
                <span class="push"></span>
                {move || checked.get().map(|at| view! {
                    <span class="checked">{text::checked()}" "<When at=at shape=Shape::Moment /></span>
                    <button
                        class="button"
                        type="button"
                        data-kind="outline"
                        aria-busy=move || screen.busy.get().to_string()
                        data-busy=move || screen.busy.get().then_some("")
                        on:click=move |_| screen.run()
                    >
                        <Icon name="refresh-cw" />
                        {move || if screen.busy.get() { text::checking() } else { text::run_again() }}
                    </button>
                })}
            </header>
            <div class="page-body">
                {view! { <Checks screen=screen /> }.into_any()}
                {view! { <RadarView screen=screen /> }.into_any()}
                {view! { <RehearsalView screen=screen /> }.into_any()}
                {view! { <AppsHere screen=screen /> }.into_any()}
                <OneTool screen=screen />
                <History screen=screen />
                <WasCalled />
            </div>
        </div>
    }
}

/// Which apps were seen on the page, ours first.
#[component]
fn AppsHere(screen: Screen) -> impl IntoView {
    let rows = move || {
        let (ours, apps, seen) =
            screen.shown.with(|shown| (shown.ours.clone(), shown.apps.clone(), shown.sightings.clone()));
        let others = seen.into_iter().map(|seen| {
            let known = apps.iter().find(|known| known.app == seen.app).cloned();
            let mark = match known {
                _ if seen.app.is_page_inbox() => {
                    view! { <span class="app-mark" data-control="page_inbox"><Icon name="inbox" /></span> }.into_any()
                }
                Some(known) => view! { <AppMark colour=known.colour icon=known.icon /> }.into_any(),
                None => view! { <Icon name="bot" /> }.into_any(),
            };
            view! {
                <tr role="row">
                    <td role="cell" class="name"><div>{mark}<b dir="auto">{screen.name(&seen.app)}</b></div></td>
                    <td role="cell" data-label=text::app_id()><code>{seen.app.0.clone()}</code></td>
                    <td role="cell" data-label=text::app_last_seen()><When at=seen.last_at shape=Shape::Moment /></td>
                    <td role="cell" data-label=text::app_messages() class="end">{seen.messages}</td>
                    <td role="cell" data-label=text::threads_held() class="end">{seen.holds}</td>
                </tr>
            }
        });
        view! {
            <tr role="row">
                <td role="cell" class="name"><div>
                    <span class="app-mark" data-control="ours"><Icon name="baton" /></span>
                    <b>{text::our_app()}</b>
                </div></td>
                <td role="cell" data-label=text::app_id()><code>{ours.0}</code></td>
                <td role="cell"></td>
                <td role="cell"></td>
                <td role="cell"></td>
            </tr>
            {others.collect_view()}
        }
    };
    view! {
        <section aria-labelledby="apps-here">
            <header class="head">
                <h2 id="apps-here">{text::apps_on_page()}</h2>
                <a class="link push" href="/settings/apps">{text::name_apps()}</a>
            </header>
            <table class="table apps" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{text::app_name()}</th>
                        <th scope="col" role="columnheader">{text::app_id()}</th>
                        <th scope="col" role="columnheader">{text::app_last_seen()}</th>
                        <th scope="col" role="columnheader" class="end">{text::app_messages()}</th>
                        <th scope="col" role="columnheader" class="end">{text::threads_held()}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </section>
    }
}

/// Why a bot and our own automations do not go together (CR-30, CR-31).
#[component]
fn OneTool(screen: Screen) -> impl IntoView {
    move || {
        let beside_bot = screen.shown.with(|shown| !bots(&shown.sightings).is_empty());
        beside_bot.then(|| {
            view! {
                <section aria-labelledby="one-tool">
                    <h2 id="one-tool">{text::one_tool()}</h2>
                    <p class="lead">{text::one_tool_words()}</p>
                </section>
            }
        })
    }
}

/// The runs before the newest.
#[component]
fn History(screen: Screen) -> impl IntoView {
    let earlier = Memo::new(move |_| {
        screen.shown.with(|shown| shown.history.iter().skip(1).cloned().collect::<Vec<RunLine>>())
    });
    move || {
        let earlier = earlier.get();
        (!earlier.is_empty()).then(|| {
            let lines = earlier.into_iter().map(|run| {
                view! {
                    <li>
                        <When at=run.at shape=Shape::Moment />
                        <span>{text::run_line(run.wrong, run.unsure)}</span>
                        <small>{run.by}</small>
                    </li>
                }
            });
            view! {
                <details class="more-about">
                    <summary><Icon name="chevron-down" size=14 />{text::earlier_checks()}</summary>
                    <ol class="runs">{lines.collect_view()}</ol>
                </details>
            }
        })
    }
}

/// What it used to be called (CR-05).
#[component]
fn WasCalled() -> impl IntoView {
    view! {
        <details class="more-about">
            <summary><Icon name="chevron-down" size=14 />{text::was_called()}</summary>
            <p class="lead">
                {text::was_called_words()}" "
                <a class="link" href=text::METAS_ARTICLE_ADDRESS target="_blank" rel="noreferrer">{text::metas_article()}</a>
            </p>
        </details>
    }
}
