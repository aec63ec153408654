use crate::api::pages::{CheckedValues, PageValues, check_values, connect_page};
use crate::pages::settings::doing::Doing;
use crate::pages::settings::page::findings::FindingList;
use crate::parts::Icon;
use crate::text;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// A page id and a token: checked value by value, and stored only when all are right.
#[component]
pub fn ByHand(app: RwSignal<String>, page: String) -> impl IntoView {
    let page = RwSignal::new(page);
    let token = RwSignal::new(String::new());
    let checked = RwSignal::new(None::<CheckedValues>);
    let doing = Doing::nothing();
    let navigate = use_navigate();
    let values = move || PageValues {
        app: app.get_untracked().into(),
        page: page.get_untracked().trim().to_owned().into(),
        token: token.get_untracked().trim().to_owned(),
    };
    let check = move |event: ev::SubmitEvent| {
        event.prevent_default();
        checked.set(None);
        doing.run(check_values(values()), move |found| checked.set(Some(found)));
    };
    let connect = move |_| {
        let navigate = navigate.clone();
        doing.run(connect_page(values()), move |found| {
            if found.good {
                token.set(String::new());
                navigate(&format!("/settings/pages/{}", page.get_untracked().trim()), Default::default());
            } else {
                checked.set(Some(found));
            }
        });
    };
    let good =
        Memo::new(move |_| checked.with(|checked| checked.as_ref().is_some_and(|checked| checked.good)));
    // What was checked is not what is typed any more.
    let typed = move |field: RwSignal<String>, event: ev::Event| {
        field.set(event_target_value(&event));
        checked.set(None);
    };
    view! {
        <form class="values by-hand" on:submit=check aria-label=text::pages::by_hand()>
            <h3>{text::pages::by_hand()}</h3>
            <p class="lead">{text::pages::by_hand_words()}</p>
            {move || doing.problem.get().map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
            <div class="field">
                <label for="page-id">{text::pages::page_id()}</label>
                <input class="input" id="page-id" inputmode="numeric" autocomplete="off" required prop:value=page on:input=move |event| typed(page, event) />
                <small>{text::pages::page_id_hint()}</small>
            </div>
            <div class="field">
                <label for="page-token">{text::pages::page_token()}</label>
                <input class="input" id="page-token" type="password" autocomplete="off" required prop:value=token on:input=move |event| typed(token, event) />
                <small>{text::pages::page_token_hint()}</small>
            </div>
            {move || {
                checked
                    .get()
                    .map(|checked| {
                        view! {
                            <div role="status">
                                <h3 dir="auto">{checked.name.clone()}</h3>
                                <FindingList checkup=checked.checkup />
                            </div>
                        }
                    })
            }}
            <footer>
                <button class="button" type="submit" data-kind="outline" data-size="32" disabled=move || doing.busy.get()>
                    {move || if doing.busy.get() { text::pages::checking() } else { text::pages::check_values() }}
                </button>
                <button class="button" type="button" data-kind="primary" data-size="32" hidden=move || !good.get() disabled=move || doing.busy.get() on:click=connect>
                    {text::pages::connect_page()}
                </button>
            </footer>
        </form>
    }
}
