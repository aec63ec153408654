use super::door::{Door, Field, PasswordField, Problem};
use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Signing in: a plain form, so that it works before anything else has loaded.
#[component]
pub fn SignIn() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let problem = query.get_str("error").map(|error| text::sign_in_problem(error, query.get_str("minutes")));
    let again = problem.is_some();
    view! {
        <Title text=text::sign_in() />
        <Door title=text::sign_in_title() hint=text::sign_in_hint()>
            <form method="post" action="/sign-in" aria-describedby=again.then_some("problem")>
                {problem.map(|words| view! { <Problem words=words /> })}
                <input type="hidden" name="next" value=query.get("next").unwrap_or_default() />
                <Field
                    id="email"
                    label=text::email()
                    kind="email"
                    autocomplete="username"
                    value=query.get("email").unwrap_or_default()
                />
                <PasswordField autocomplete="current-password" />
                <button class="button" type="submit" data-kind="primary" data-size="40">{text::sign_in()}</button>
                <p class="aside">{text::forgotten()}</p>
            </form>
        </Door>
    }
}
