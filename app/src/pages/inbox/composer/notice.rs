//! What has to be said about an answer before it leaves.

use crate::pages::inbox::thread::Open;
use crate::parts::Icon;
use crate::state::{Link, Stance};
use crate::text;
use domain::Timestamp;
use leptos::prelude::*;

/// Above the field: the human-agent label, the warning before an interruption, what waits.
#[component]
pub fn Notice(open: Open) -> impl IntoView {
    let screen = open.screen;
    let offline = Memo::new(move |_| matches!(screen.link.get(), Link::Offline { .. }));
    let said = move || {
        let line = |tone: Option<&'static str>, icon: &'static str, words: String| {
            view! { <p class="notice" data-tone=tone><Icon name=icon /><span>{words}</span></p> }.into_any()
        };
        match open.stance.get() {
            Stance::Interrupting { of, human_until } => {
                let words = text::interrupting(&of, &open.customer.get());
                let words = [Some(words), label(open, human_until).map(|label| format!("{label}."))];
                let words = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
                Some(view! {
                    <p class="notice" data-tone="warning">
                        <Icon name="triangle-alert" />
                        <span>{words}</span>
                        <button class="button" type="button" on:click=move |_| screen.interrupting.set(false)>
                            {text::let_it_talk()}
                        </button>
                    </p>
                }
                .into_any())
            }
            Stance::Open { human_until } => label(open, human_until).map(|words| line(None, "clock", words)),
            Stance::AskFirst { human_until } => {
                let words =
                    [Some(text::ask_first().to_owned()), label(open, human_until)].into_iter().flatten();
                let words = words.collect::<Vec<_>>().join(" ");
                Some(line(Some("warning"), "circle-question-mark", words))
            }
            Stance::Disconnected { .. } => {
                Some(line(Some("warning"), "clock", text::sends_wait().to_owned()))
            }
            Stance::Locked { .. } | Stance::Closed | Stance::Unassigned { .. } | Stance::Removed { .. } => {
                None
            }
        }
    };
    view! {
        {said}
        {move || offline.get().then(|| view! {
            <p class="notice" data-tone="warning"><Icon name="wifi-off" /><span>{text::offline_sends()}</span></p>
        })}
    }
}

fn label(open: Open, human_until: Option<Timestamp>) -> Option<String> {
    let left = human_until? - open.screen.clock.now()?;
    Some(text::as_human_agent(left))
}
