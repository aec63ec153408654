use super::address::piece;
use super::door::{Door, Field, PasswordField, Problem};
use crate::api::{self, Failure, Welcome};
use crate::language::told;
use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Joining the team with an invitation: a plain form, so that it works before anything else has loaded.
#[component]
pub fn Join() -> impl IntoView {
    let token = piece(1).get_untracked();
    let query = use_query_map().get_untracked();
    let (error, name) = (query.get("error"), query.get("name"));
    let found = {
        let token = token.clone();
        Resource::new_blocking(move || token.clone(), api::read_invitation)
    };
    let page = Owner::current().unwrap_or_default();
    view! {
        <Title text=text::join() />
        <Suspense>
            {move || {
                let (page, token, error, name) = (page.clone(), token.clone(), error.clone(), name.clone());
                Suspend::new(async move {
                    let found = found.await;
                    page.with(|| draw(found, token, error, name))
                })
            }}
        </Suspense>
    }
}

fn draw(
    found: Result<Welcome, Failure>,
    token: String,
    error: Option<String>,
    typed: Option<String>,
) -> AnyView {
    let (title, words) = match found {
        Ok(Welcome::Open { workspace, email, name, role, by }) => {
            let name = typed.unwrap_or(name);
            let hint = text::join_hint(&by, &workspace, role);
            return view! { <Form token=token email=email name=name hint=hint error=error /> }.into_any();
        }
        Ok(Welcome::Expired { by }) => (text::join_expired_label(), text::join_expired(&by)),
        Ok(Welcome::Used) => (text::join_used(), text::join_used_words().to_owned()),
        Ok(Welcome::Unknown) => (text::join_unknown(), text::join_unknown_words().to_owned()),
        Err(failure) => (text::join_unavailable(), failure.to_string()),
    };
    view! {
        <Door title=title hint=words>
            <a class="button" data-kind="outline" data-size="40" rel="external" href="/sign-in">{text::to_sign_in()}</a>
        </Door>
    }
    .into_any()
}

#[component]
fn Form(token: String, email: String, name: String, hint: String, error: Option<String>) -> impl IntoView {
    let again = error.is_some();
    view! {
        <Door title=text::join_title() hint=hint>
            <form method="post" action="/join" aria-describedby=again.then_some("problem")>
                {error.map(|words| view! { <Problem words=told(&words).into_owned() /> })}
                <input type="hidden" name="token" value=token />
                // A password manager keeps the password under the address.
                <div class="field">
                    <label for="email">{text::email()}</label>
                    <input class="input" data-size="40" id="email" type="email" autocomplete="username" value=email readonly />
                </div>
                <Field id="name" label=text::your_name() autocomplete="name" value=name hint=text::your_name_hint() />
                <PasswordField autocomplete="new-password" hint=text::password_hint() />
                <button class="button" type="submit" data-kind="primary" data-size="40">{text::join()}</button>
            </form>
        </Door>
    }
}
