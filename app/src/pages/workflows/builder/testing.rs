//! The test dialog: a page, sample values, then a code to send (WF-16 to WF-24).

use super::screen::Screen;
use crate::api::pages::load_pages;
use crate::api::workflows::{self as api, Surroundings, TestSession, TestSettings};
use crate::browser;
use crate::parts::{Dialog, Icon, ProblemLine};
use crate::text;
use crate::text::builder as words;
use domain::PageId;
use domain::page::Untestable;
use domain::workflow::value::Value;
use leptos::prelude::*;
use std::collections::BTreeMap;

impl Screen {
    /// Opens the dialog; what is tested is what was saved.
    pub fn begin_testing(self) {
        if self.flaws.with_untracked(|flaws| !flaws.is_empty()) {
            self.toasts.say(words::resolve_first());
            self.next_flaw();
        } else {
            self.doing.problem.set(None);
            self.testing.set(true);
        }
    }

    /// Ends the test: its code does nothing any more (WF-24).
    pub fn end_test(self) {
        let answer = async move {
            let answer = api::end_workflow_test(self.id).await;
            if let Err(failure) = &answer {
                self.toasts.say(failure.to_string());
            }
            answer
        };
        self.doing.run(answer, move |()| {
            self.test.set(None);
            self.testing.set(false);
            self.toasts.say(words::test_ended());
        });
    }
}

#[component]
pub fn Testing(screen: Screen) -> impl IntoView {
    view! {
        <Dialog open=screen.testing title=words::test_title() wide=true>
            {move || screen.testing.get().then(|| match screen.test.get() {
                Some(test) => view! { <Running screen=screen test=test /> }.into_any(),
                None => view! { <Beginning screen=screen /> }.into_any(),
            })}
        </Dialog>
    }
}

#[component]
fn Beginning(screen: Screen) -> impl IntoView {
    let (pages, others) = screen.around.with_value(channels);
    let page = RwSignal::new(pages.first().map(|(id, _)| id.to_string()).unwrap_or_default());
    let variables: Vec<(String, &'static str)> = screen.graph.with_untracked(|graph| {
        graph.trigger.as_ref().map(|trigger| trigger.kind.variables()).unwrap_or_default()
    });
    let values = RwSignal::new(BTreeMap::<String, Value>::new());
    let unsaved = screen.state.with_untracked(|state| state.is_changed());
    let next = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let settings = TestSettings { page: PageId(page.get_untracked()), variables: values.get_untracked() };
        let session = api::start_workflow_test(screen.id, settings);
        screen.doing.run(session, move |session| screen.test.set(Some(session)));
    };
    let none = pages.is_empty();
    let options = pages
        .into_iter()
        .map(|(id, name)| view! { <option value=id.to_string()>{name}</option> })
        .collect_view();
    let fields = variables.clone().into_iter().map(|(name, what)| {
        let key = name.clone();
        let put = move |event: leptos::ev::Event| {
            let value = event_target_value(&event);
            values.update(|values| {
                if value.is_empty() {
                    values.remove(&key);
                } else {
                    values.insert(key.clone(), Value::Text(value));
                }
            });
        };
        view! {
            <label class="field">
                <span class="label"><code>{format!("${name}")}</code></span>
                <input class="input" dir="auto" placeholder=words::null() on:input=put />
                <small>{what}</small>
            </label>
        }
    });
    view! {
        <form class="form" on:submit=next>
            <p>{words::test_lead()}</p>
            {unsaved.then(|| view! { <p class="hint">{words::test_saved_only()}</p> })}
            <label class="field">
                <span class="label">{words::channel()}</span>
                <select class="input" on:change=move |event| page.set(event_target_value(&event))>{options}</select>
                <small>{if none { words::no_channel() } else { words::channel_hint() }}</small>
            </label>
            {(!others.is_empty()).then(|| view! { <Untested others=others /> })}
            {(!variables.is_empty()).then(|| view! {
                <details class="more-about">
                    <summary><Icon name="chevron-down" size=14 />{words::trigger_variables()}</summary>
                    <div class="form">{fields.collect_view()}</div>
                </details>
            })}
            <ProblemLine words=screen.doing.problem />
            <footer>
                <button class="button" type="button" data-size="32" on:click=move |_| screen.testing.set(false)>{text::cancel()}</button>
                <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || none || screen.doing.busy.get()>{words::next()}</button>
            </footer>
        </form>
    }
}

/// Pages that are not offered, by name.
type Others = Vec<(String, Untestable)>;

/// The pages one can test on, and the others, each with the reason.
fn channels(around: &Surroundings) -> (Vec<(PageId, String)>, Others) {
    let (mut fit, mut unfit) = (Vec::new(), Others::new());
    for page in &around.pages {
        match around.channel.testable(&page.health) {
            Ok(()) => fit.push((page.id.clone(), page.name.clone())),
            Err(why) => unfit.push((page.name.clone(), why)),
        }
    }
    (fit, unfit)
}

/// Why some pages are not among the channels (WF-18).
#[component]
fn Untested(others: Others) -> impl IntoView {
    let lines = others.into_iter().map(|(name, why)| {
        view! { <li><b dir="auto">{name}</b>" "<span dir="auto">{why.to_string()}</span></li> }
    });
    view! {
        <div class="untested">
            <p>{words::untested()}</p>
            <ul>{lines.collect_view()}</ul>
        </div>
    }
}

#[component]
fn Running(screen: Screen, test: TestSession) -> impl IntoView {
    let link = test.link.clone();
    let code = test.code.clone();
    let copy = move |_| {
        if !browser::copy(&code) {
            screen.toasts.say(text::not_copied());
        }
    };
    let simulator = RwSignal::new(None::<String>);
    leptos::task::spawn_local(async move {
        // Without an answer the chat's own link is there.
        if let Ok(pages) = load_pages().await {
            simulator.try_set(pages.simulator);
        }
    });
    let chat = StoredValue::new(link);
    let open = move || match simulator.get() {
        Some(address) => (address, words::open_simulator()),
        None => (chat.get_value(), words::open_chat()),
    };
    // A picture in an `img` runs no script, whatever is in it.
    let picture = format!("data:image/svg+xml,{}", escape(&test.qr));
    view! {
        <div class="test-code">
            <img src=picture alt=words::qr_alt() width="168" height="168" />
            <div>
                <p>{words::test_send()}</p>
                <p class="code"><code>{test.code}</code></p>
                <div class="cluster">
                    <a class="button" data-kind="primary" data-size="32" href=move || open().0 target="_blank" rel="noreferrer">
                        <Icon name="external-link" />
                        {move || open().1}
                    </a>
                    <button class="button" type="button" data-kind="outline" data-size="32" on:click=copy><Icon name="copy" />{text::copy_it()}</button>
                </div>
                <p class="hint">{words::test_again()}</p>
            </div>
        </div>
        <ProblemLine words=screen.doing.problem />
        <footer>
            <button class="button" type="button" data-kind="danger" data-size="32" on:click=move |_| screen.end_test()>{words::end_test()}</button>
            <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| screen.testing.set(false)>{words::keep_testing()}</button>
        </footer>
    }
}

/// What may not stand in an address as it is.
fn escape(svg: &str) -> String {
    svg.replace('%', "%25").replace('#', "%23").replace('"', "'").replace('<', "%3C").replace('>', "%3E")
}
