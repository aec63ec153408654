use super::Shown;
use crate::api::pages::fill_page;
use crate::pages::settings::doing::Doing;
use crate::parts::{Icon, Toasts};
use crate::text;
use leptos::prelude::*;

/// What came in and went out, and whether it balances.
#[component]
pub fn LedgerView(shown: Shown) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let doing = Doing::nothing();
    let ledger = Memo::new(move |_| shown.detail.with(|detail| detail.ledger));
    let rhythm = Memo::new(move |_| shown.detail.with(|detail| detail.rhythm));
    let fill = move |_| {
        doing.run(fill_page(shown.id()), move |found| {
            toasts.say(text::pages::filled(found));
            shown.reload();
        });
    };
    view! {
        <section aria-labelledby="ledger">
            <header class="cluster">
                <h2 id="ledger">{text::pages::ledger()}</h2>
                <button class="button push" type="button" data-kind="outline" disabled=move || doing.busy.get() on:click=fill>
                    <Icon name="search" />
                    {move || if doing.busy.get() { text::pages::checking() } else { text::pages::look_for_holes() }}
                </button>
            </header>
            <p class="lead">{text::pages::ledger_words()}</p>
            {move || doing.problem.get().map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
            {move || {
                let all = ledger.get();
                view! {
                    <div class="ledger">
                        <Side
                            title=text::pages::ledger_in()
                            side="in"
                            balances=all.incoming_balances()
                            rows=vec![
                                (text::pages::bodies(), all.bodies, true),
                                (text::pages::bodies_read(), all.bodies_read, false),
                                (text::pages::bodies_waiting(), all.bodies_waiting, false),
                                (text::pages::received(), all.received, true),
                                (text::pages::applied(), all.applied, false),
                                (text::pages::parked(), all.parked, false),
                                (text::pages::new_messages(), all.messages, true),
                                (text::pages::filled_label(), all.filled, true),
                            ]
                        />
                        <Side
                            title=text::pages::ledger_out()
                            side="out"
                            balances=all.outgoing_balances()
                            rows=vec![
                                (text::pages::asked(), all.asked, true),
                                (text::pages::accepted(), all.accepted, false),
                                (text::pages::failed(), all.failed, false),
                                (text::pages::still_waiting(), all.waiting, false),
                                (text::pages::unknown_fate(), all.unknown, false),
                                (text::pages::delivered(), all.delivered, true),
                                (text::pages::read(), all.read, true),
                            ]
                        />
                    </div>
                }
            }}
            <h3 class="rhythm">{text::pages::rhythm_label()}</h3>
            <p class="lead">
                {move || {
                    let rhythm = rhythm.get();
                    match rhythm.until {
                        None => text::pages::rhythm_new().to_owned(),
                        Some(_) => text::pages::rhythm(rhythm.lively, rhythm.chance),
                    }
                }}
            </p>
        </section>
    }
}

/// One side of the ledger. A row that is no part of the one above it stands by itself.
#[component]
fn Side(
    title: &'static str,
    side: &'static str,
    balances: bool,
    rows: Vec<(&'static str, i64, bool)>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(name, count, whole)| {
            view! { <tr data-part=(!whole).then_some("")><th scope="row">{name}</th><td class="end">{count}</td></tr> }
        })
        .collect_view();
    view! {
        <table data-side=side data-balances=balances.to_string()>
            <caption>
                <span>{title}</span>
                <span class="balance">
                    <Icon name=if balances { "circle-check" } else { "circle-x" } />
                    {if balances { text::pages::balances() } else { text::pages::does_not_balance() }}
                </span>
            </caption>
            <tbody>{rows}</tbody>
        </table>
    }
}
