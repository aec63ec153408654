use super::Shown;
use crate::api::pages::{WaitingMessage, discard_waiting, send_waiting};
use crate::clock::Clock;
use crate::pages::settings::doing::Doing;
use crate::parts::{Icon, Toasts};
use crate::text;
use leptos::prelude::*;

/// Messages that were kept back while the page was lost: somebody decides about each, or about all.
#[component]
pub fn WaitingMessages(shown: Shown) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let doing = Doing::nothing();
    let waiting = Memo::new(move |_| shown.detail.with(|detail| detail.waiting.clone()));
    let held = Memo::new(move |_| shown.detail.with(|detail| detail.card.held));
    let all = move |_| {
        doing.run(send_waiting(shown.id(), None), move |count| {
            toasts.say(text::pages::let_go(count));
            shown.reload();
        });
    };
    let title =
        move || if held.get() > 0 { text::pages::messages_wait() } else { text::pages::messages_paused() };
    view! {
        <section aria-labelledby="waiting" hidden=move || waiting.with(Vec::is_empty)>
            <header class="cluster">
                <h2 id="waiting">{title}</h2>
                <Show when=move || { held.get() > 0 }>
                    <button class="button push" type="button" data-kind="primary" disabled=move || doing.busy.get() on:click=all>
                        <Icon name="send" />
                        {text::pages::send_all()}
                    </button>
                </Show>
            </header>
            <p class="lead" hidden=move || held.get() == 0>{text::pages::messages_wait_words()}</p>
            {move || doing.problem.get().map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
            <ul class="waiting">
                <For each=move || waiting.get() key=|one| (one.message, one.held) let(one)>
                    <Line one=one shown=shown doing=doing />
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Line(one: WaitingMessage, shown: Shown, doing: Doing) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let clock = expect_context::<Clock>();
    let (message, at) = (one.message, one.at);
    let send = move |_| {
        doing.run(send_waiting(shown.id(), Some(message)), move |count| {
            toasts.say(text::pages::let_go(count));
            shown.reload();
        });
    };
    let discard = move |_| {
        doing.run(discard_waiting(shown.id(), message), move |()| {
            toasts.say(text::pages::discarded());
            shown.reload();
        });
    };
    let age = move || clock.now().map(|now| text::pages::waits_for(now - at));
    let label = |act: &str| format!("{act}: {}", one.customer);
    view! {
        <li data-waiting=message.to_string()>
            <div>
                <p class="what" dir="auto">{one.text.clone()}</p>
                <p class="whom">
                    <a class="link" href=format!("/inbox/all/{}", one.conversation) dir="auto">{one.customer.clone()}</a>
                    {one.author.clone().map(|author| format!(" · {author}"))}
                    <span>" · "{age}</span>
                </p>
            </div>
            {one
                .held
                .then(|| {
                    view! {
                        <button class="button" type="button" data-kind="outline" aria-label=label(text::pages::send_one()) disabled=move || doing.busy.get() on:click=send>{text::pages::send_one()}</button>
                        <button class="button" type="button" data-kind="danger" aria-label=label(text::pages::discard()) disabled=move || doing.busy.get() on:click=discard>{text::pages::discard()}</button>
                    }
                })}
        </li>
    }
}
