//! How somebody is called, whether it works here, and why they were or were not.

use crate::attention::{Attention, Entry, Outcome, entries, last};
use crate::browser::{self, Permission};
use crate::calendar;
use crate::clock::Clock;
use crate::commands::Commands;
use crate::parts::{Icon, Shape, Toasts, When};
use crate::text;
use domain::attention::{Event, Subject};
use domain::preferences::{Channel, Wishes};
use domain::{HOUR, Timestamp};
use leptos::prelude::*;
use leptos_meta::Title;
use std::time::Duration;

/// How often the page looks how sound and permission stand; browsers do not tell.
const LOOK: Duration = Duration::from_millis(1_000);

#[derive(Clone, Copy)]
struct Page {
    commands: Commands,
    attention: Attention,
    clock: Clock,
    toasts: Toasts,
    /// What the last self-test came to.
    rehearsed: RwSignal<Option<Outcome>>,
    /// Changes whenever sound or permission should be looked at anew.
    looked: RwSignal<u32>,
}

/// The settings' section at `/settings/notifications`.
#[component]
pub fn Notifications() -> impl IntoView {
    let clock = Clock::new();
    provide_context(clock);
    clock.wind();
    let page = Page {
        commands: Commands::of_window(),
        attention: Attention::of_window(),
        clock,
        toasts: expect_context(),
        rehearsed: RwSignal::new(None),
        looked: RwSignal::new(0),
    };
    Effect::new(move || {
        page.look();
        let looking = set_interval_with_handle(move || page.look(), LOOK);
        on_cleanup(move || {
            if let Ok(looking) = looking {
                looking.clear();
            }
        });
    });
    view! {
        <Title text=text::settings_notifications() />
        <div class="page">
            <header class="bar"><h1>{text::settings_notifications()}</h1></header>
            <div class="page-body">
                <p class="lead">{text::notifications_lead()}</p>
                <Check page=page />
                <Matrix page=page />
                <Pause page=page />
                <Lately page=page />
                <p class="lead">{text::title_always()}</p>
            </div>
        </div>
    }
}

/// The self-test: how each way stands here, and a button that tries both.
#[component]
fn Check(page: Page) -> impl IntoView {
    // The first picture is the server's, which knows nothing of this browser; the browser's own follows at once.
    let sound = Memo::new(move |_| match page.looked.get() {
        0 => browser::Sound::Missing,
        _ => browser::sound(),
    });
    let permission = Memo::new(move |_| match page.looked.get() {
        0 => Permission::Missing,
        _ => browser::permission(),
    });
    let journal = page.journal();
    let heard = Signal::derive(move || last(&journal.get(), false));
    let shown = Signal::derive(move || last(&journal.get(), true));
    view! {
        <section class="reach" aria-labelledby="reach-title">
            <h2 id="reach-title">{text::check_title()}</h2>
            <dl>
                <Way name=text::check_sound() good=Signal::derive(move || sound.get() == browser::Sound::Ready)
                    words=Signal::derive(move || text::sound(sound.get())) label=text::last_sound() last=heard />
                <Way name=text::check_desktop() good=Signal::derive(move || permission.get() == Permission::Granted)
                    words=Signal::derive(move || text::permission(permission.get())) label=text::last_desktop() last=shown />
            </dl>
            <div class="cluster">
                <button class="button" type="button" data-kind="primary" data-size="32" on:click=move |_| page.rehearse()>
                    {text::test()}
                </button>
                <Show when=move || permission.get() == Permission::Open>
                    <button
                        class="button"
                        type="button"
                        data-kind="outline"
                        data-size="32"
                        on:click=move |_| browser::ask_permission(move || page.look())
                    >
                        {text::allow()}
                    </button>
                </Show>
                <p role="status">{move || page.rehearsed.get().map(text::outcome)}</p>
            </div>
        </section>
    }
}

#[component]
fn Way(
    name: &'static str,
    good: Signal<bool>,
    words: Signal<&'static str>,
    label: &'static str,
    last: Signal<Option<Timestamp>>,
) -> impl IntoView {
    view! {
        <div data-good=move || good.get().then_some("")>
            <dt>
                {move || if good.get() { view! { <Icon name="circle-check" /> } } else { view! { <Icon name="circle-alert" /> } }}
                {name}
            </dt>
            <dd>
                {words}
                <small>
                    {label}": "
                    {move || match last.get() {
                        Some(at) => view! { <When at=Memo::new(move |_| at) shape=Shape::Moment /> }.into_any(),
                        None => text::never_here().into_any(),
                    }}
                </small>
            </dd>
        </div>
    }
}

/// Event by way.
#[component]
fn Matrix(page: Page) -> impl IntoView {
    let rows = Event::ALL.map(|event| {
        let cells = Channel::ALL
            .map(|channel| view! { <td class="centre"><Cell page=page event=event channel=channel /></td> });
        view! { <tr><th scope="row">{text::event_name(event)}</th>{cells.collect_view()}</tr> }
    });
    let volume = move || page.wishes().volume.to_string();
    view! {
        <section aria-labelledby="matrix-title">
            <h2 id="matrix-title">{text::matrix_title()}</h2>
            <table class="table matrix">
                <thead>
                    <tr>
                        <th scope="col">{text::matrix_event()}</th>
                        {Channel::ALL.map(|channel| view! { <th scope="col" class="centre">{text::channel_name(channel)}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <label class="volume">
                <span>{text::volume()}</span>
                <input
                    type="range"
                    min="0"
                    max="100"
                    step="5"
                    prop:value=volume
                    on:change=move |event| {
                        if let Ok(volume) = event_target_value(&event).parse() {
                            page.keep(|wishes| wishes.volume = volume);
                            browser::play(Event::Message, volume);
                        }
                    }
                />
                <output>{volume}</output>
            </label>
        </section>
    }
}

#[component]
fn Cell(page: Page, event: Event, channel: Channel) -> impl IntoView {
    let on = move || page.wishes().ways(event).by(channel);
    view! {
        <input
            type="checkbox"
            aria-label=text::switch_name(event, channel)
            prop:checked=on
            on:change=move |change| {
                let wanted = event_target_checked(&change);
                page.keep(|wishes| {
                    let ways = wishes.ways_mut(event);
                    *ways = ways.with(channel, wanted);
                });
            }
        />
    }
}

#[component]
fn Pause(page: Page) -> impl IntoView {
    let until = Memo::new(move |_| {
        let now = page.clock.now()?;
        page.wishes().quiet_until.filter(|until| *until > now)
    });
    let words = move || {
        let clock = calendar::time(page.clock.locale()?, until.get()?);
        Some(text::paused_until(&clock))
    };
    let toggle = move |_| {
        let paused = until.get_untracked().is_some();
        let now = page.clock.exactly();
        page.keep(move |wishes| wishes.quiet_until = (!paused).then_some(now + HOUR));
    };
    view! {
        <section aria-labelledby="pause-title">
            <h2 id="pause-title">{text::pause_title()}</h2>
            <div class="cluster">
                <button class="button" type="button" data-kind="outline" data-size="32" on:click=toggle>
                    {move || if until.get().is_some() { text::resume() } else { text::pause() }}
                </button>
                <p role="status">{words}</p>
            </div>
        </section>
    }
}

/// What happened in this browser, and what came of it.
#[component]
fn Lately(page: Page) -> impl IntoView {
    let journal = page.journal();
    let row = |entry: Entry| {
        let (at, address) = (entry.at, address(&entry.subject));
        view! {
            <li>
                <When at=Memo::new(move |_| at) shape=Shape::Moment />
                <span><b>{text::event_short(entry.event)}</b><small>{text::outcome(entry.outcome)}</small></span>
                <a class="link" href=address>{text::lately_open()}</a>
            </li>
        }
    };
    view! {
        <section aria-labelledby="lately-title">
            <h2 id="lately-title">{text::lately_title()}</h2>
            {move || {
                let journal = journal.get();
                if journal.is_empty() {
                    view! { <p class="lead">{text::lately_empty()}</p> }.into_any()
                } else {
                    view! { <ul class="lately">{journal.into_iter().map(row).collect_view()}</ul> }.into_any()
                }
            }}
        </section>
    }
}

/// Where what a call was about stands.
fn address(subject: &Subject) -> String {
    match subject {
        Subject::Conversation(id) => format!("/inbox/all/{id}"),
        Subject::Page(_) => "/settings/pages".into(),
    }
}

impl Page {
    fn wishes(self) -> Wishes {
        self.commands.preferences().with(|preferences| preferences.attention.clone())
    }

    fn keep(self, change: impl FnOnce(&mut Wishes)) {
        let mut wishes = self.commands.preferences().get_untracked().attention;
        change(&mut wishes);
        self.commands.keep_wishes(wishes, move |kept| {
            if let Err(failure) = kept {
                self.toasts.say(failure.to_string());
            }
        });
    }

    fn look(self) {
        self.looked.try_update(|looked| *looked += 1);
    }

    fn rehearse(self) {
        self.rehearsed.set(Some(self.attention.rehearse(Event::Message)));
        self.look();
    }

    fn journal(self) -> Memo<Vec<Entry>> {
        Memo::new(move |_| {
            self.looked.track();
            self.attention.written.track();
            self.commands.me().map(entries).unwrap_or_default()
        })
    }
}
