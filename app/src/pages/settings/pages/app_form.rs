use super::copy::Copyable;
use crate::api::pages::{MetaAppView, NewApp, SavedApp, save_app};
use crate::pages::settings::doing::Doing;
use crate::parts::Icon;
use crate::text;
use leptos::ev;
use leptos::prelude::*;

/// A Meta app to add or to change. `saved` hears what was stored.
#[component]
pub fn AppForm(#[prop(optional)] app: Option<MetaAppView>, saved: Callback<MetaAppView>) -> impl IntoView {
    let known = app.is_some();
    let id = RwSignal::new(app.map(|app| app.id.0).unwrap_or_default());
    let (secret, verify) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<&'static str>);
    let made_up = RwSignal::new(None::<(String, MetaAppView)>);
    let doing = Doing::nothing();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        wrong.set(None);
        let new = NewApp {
            id: id.get_untracked().trim().to_owned().into(),
            secret: secret.get_untracked(),
            verify_token: verify.get_untracked(),
        };
        doing.run(save_app(new), move |SavedApp { check, app, verify_token }| {
            wrong.set(text::pages::app_problem(&check));
            let Some(app) = app else { return };
            secret.set(String::new());
            verify.set(String::new());
            match verify_token {
                Some(token) => made_up.set(Some((token, app))),
                None => saved.run(app),
            }
        });
    };
    let problem = move || doing.problem.get().or_else(|| wrong.get().map(str::to_owned));
    let keep = known.then_some(text::pages::keep_secret());
    view! {
        <form class="values" on:submit=submit aria-label=text::pages::meta_apps() hidden=move || made_up.get().is_some()>
            {move || problem().map(|words| view! { <p class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> })}
            <div class="field">
                <label for="app-id">{text::pages::app_id()}</label>
                <input class="input" id="app-id" inputmode="numeric" autocomplete="off" required readonly=known prop:value=id on:input=move |event| id.set(event_target_value(&event)) />
                <small>{text::pages::app_id_hint()}</small>
            </div>
            <div class="field">
                <label for="app-secret">{text::pages::app_secret()}</label>
                <input class="input" id="app-secret" type="password" autocomplete="off" required=!known prop:value=secret on:input=move |event| secret.set(event_target_value(&event)) />
                <small>{text::pages::app_secret_hint()}" "{keep}</small>
            </div>
            <div class="field">
                <label for="verify-token">{text::pages::verify_token()}</label>
                <input class="input" id="verify-token" autocomplete="off" prop:value=verify on:input=move |event| verify.set(event_target_value(&event)) />
                <small>{if known { text::pages::keep_secret() } else { text::pages::verify_token_hint() }}</small>
            </div>
            <footer>
                <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || doing.busy.get()>
                    {move || if doing.busy.get() { text::pages::checking() } else { text::pages::save_app() }}
                </button>
            </footer>
        </form>
        {move || {
            made_up
                .get()
                .map(|(token, app)| {
                    view! {
                        <div class="values">
                            <p class="notice" role="status"><Icon name="circle-check" /><span>{text::pages::app_right()}" "{text::pages::made_up_token()}</span></p>
                            <Copyable label=text::pages::verify_token() value=token />
                            <Copyable label=text::pages::callback() hint=text::pages::callback_hint() value=app.callback.clone() />
                            <footer>
                                <button class="button" type="button" data-kind="primary" data-size="32" on:click=move |_| saved.run(app.clone())>
                                    {text::done()}
                                </button>
                            </footer>
                        </div>
                    }
                })
        }}
    }
}
