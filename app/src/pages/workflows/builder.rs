//! The builder: a workflow on its canvas, or as an outline, with the settings of each step beside it.

mod acting;
mod adding;
mod bar;
mod beside;
mod canvas;
mod conflict;
mod deleting;
mod drawer;
mod errors;
mod finding;
mod keeping;
mod keys;
mod naming;
mod outline;
mod publishing;
mod rehearsing;
mod screen;
mod testing;
mod tools;
mod trace;

use crate::api::Failure;
use crate::api::workflows::{self as api, Builder};
use crate::clock::Clock;
use crate::pages::workflows::runs::workflow_of_page;
use crate::parts::{Empty, Icon};
use crate::text;
use crate::text::builder as words;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use screen::{Look, Screen};

/// The page at `/workflows/{id}`.
#[component]
pub fn BuilderPage() -> impl IntoView {
    let id = workflow_of_page();
    let loaded = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::load_workflow(id).await,
                None => Err(Failure::Gone),
            }
        },
    );
    // What is drawn belongs to the page, not to the suspense that waits for it.
    let owner = Owner::current().unwrap_or_default();
    view! {
        <Suspense fallback=|| view! { <main id="main" class="sheet builder" aria-busy="true"></main> }>
            {move || {
                let owner = owner.clone();
                Suspend::new(async move {
                    let loaded = loaded.await;
                    owner.with(|| draw(loaded))
                })
            }}
        </Suspense>
    }
}

fn draw(loaded: Result<Builder, Failure>) -> AnyView {
    match loaded {
        Ok(builder) => view! { <Workbench builder=builder /> }.into_any(),
        Err(Failure::SignedOut) => view! { <Redirect path="/sign-in" /> }.into_any(),
        Err(failure) => view! {
            <main id="main" class="sheet builder">
                <Empty title=words::builder_unavailable() words=failure.to_string()>
                    <a class="button" data-kind="outline" data-size="32" href="/workflows">{words::to_workflows()}</a>
                    <a class="button" data-kind="primary" data-size="32" rel="external" href="">{text::try_again()}</a>
                </Empty>
            </main>
        }
        .into_any(),
    }
}

#[component]
fn Workbench(builder: Builder) -> impl IntoView {
    expect_context::<Clock>().set(builder.now);
    let screen = Screen::new(builder);
    screen.keep_copies();
    screen.follow_others();
    screen.follow_test();
    keys::listen(screen);
    let title = move || screen.workflow.with(|workflow| workflow.name.clone());
    // What is drawn from here on is placed by the browser; the server has no canvas.
    let drawn = RwSignal::new(false);
    Effect::new(move || {
        screen.begin();
        drawn.set(true);
    });
    let work = move || match screen.look.get() {
        Look::Canvas => view! { <canvas::Canvas screen=screen /> }.into_any(),
        Look::Outline => view! { <outline::Outline screen=screen /> }.into_any(),
    };
    view! {
        <Title text=title />
        <main id="main" class="sheet builder" data-look=move || screen.look.get().as_str()>
            {view! { <bar::Bar screen=screen /> }.into_any()}
            {view! { <Notices screen=screen /> }.into_any()}
            <div class="work" data-drawer=move || (screen.drawer.get() || screen.tracing.get()).then_some("")>
                <Show when=move || drawn.get() fallback=|| view! { <div class="canvas" aria-busy="true"></div> }>
                    {work}
                    {view! { <tools::Tools screen=screen /> }.into_any()}
                    {view! { <drawer::Drawer screen=screen /> }.into_any()}
                    {view! { <trace::Trace screen=screen /> }.into_any()}
                </Show>
            </div>
        </main>
        {view! { <adding::Adding screen=screen /> }.into_any()}
        {view! { <deleting::Deleting screen=screen /> }.into_any()}
        {view! { <conflict::Conflict screen=screen /> }.into_any()}
        {view! { <publishing::Dialogs screen=screen /> }.into_any()}
        {view! { <testing::Testing screen=screen /> }.into_any()}
        {view! { <rehearsing::Rehearsing screen=screen /> }.into_any()}
        {view! { <naming::Naming screen=screen /> }.into_any()}
        <p class="visually-hidden" role="status" aria-live="polite">{move || screen.said.get()}</p>
    }
}

/// What has to be known before anything is changed: that it runs, or that an earlier visit's work came back.
#[component]
fn Notices(screen: Screen) -> impl IntoView {
    let runs = move || screen.locked.get();
    let code = move || screen.test.with(|test| test.as_ref().map(|test| words::send_code(&test.code)));
    let count = move || screen.workflow.with(|workflow| words::running(workflow.running));
    view! {
        <Show when=runs>
            <div class="notice" role="note">
                <Icon name="lock" />
                <p><b>{words::published_notice()}</b>" "{count}</p>
                <button class="button push" type="button" data-kind="outline" on:click=move |_| screen.stopping.set(true)>
                    <Icon name="square" />
                    {words::stop_to_edit()}
                </button>
            </div>
        </Show>
        <Show when=move || screen.test.with(Option::is_some)>
            <div class="notice" role="note">
                <Icon name="play" />
                <p><b>{words::test_is_on()}</b>" "{code}</p>
                <button class="button push" type="button" data-kind="outline" on:click=move |_| screen.testing.set(true)>{words::show_code()}</button>
                <button class="button" type="button" data-kind="outline" aria-pressed=move || screen.tracing.get().to_string() on:click=move |_| screen.toggle_trace()>{words::trace()}</button>
                <button class="button" type="button" data-kind="danger" on:click=move |_| screen.end_test()>{words::end_test()}</button>
            </div>
        </Show>
        <Show when=move || screen.restored.get()>
            <div class="notice" role="note">
                <Icon name="refresh-cw" />
                <p><b>{words::restored()}</b>" "{words::restored_words()}</p>
                <button class="button push" type="button" data-kind="outline" on:click=move |_| screen.discard()>{words::discard()}</button>
                <button class="button" type="button" data-icon="" aria-label=text::dismiss() title=text::dismiss() on:click=move |_| screen.restored.set(false)>
                    <Icon name="x" />
                </button>
            </div>
        </Show>
    }
}
