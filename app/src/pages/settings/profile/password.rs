use crate::api::{self, NewPassword, Profile};
use crate::pages::settings::doing::Doing;
use crate::parts::{ProblemLine, TextField, Toasts};
use crate::text;
use leptos::prelude::*;

/// Changing one's own password; the old one is the proof.
#[component]
pub fn Password(profile: RwSignal<Profile>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let doing = Doing::nothing();
    let email = profile.with_untracked(|profile| profile.person.email.clone());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let change = NewPassword { old: old.get_untracked(), new: new.get_untracked() };
        doing.run(api::change_password(change), move |()| {
            old.set(String::new());
            new.set(String::new());
            profile.update(|profile| profile.sessions.retain(|session| session.here));
            toasts.say(text::password_changed());
        });
    };
    view! {
        <section class="block" aria-labelledby="change-password">
            <h2 id="change-password">{text::change_password()}</h2>
            <form class="form" on:submit=save>
                // Tells a password manager whose password this is.
                <input type="hidden" autocomplete="username" value=email />
                <TextField id="old-password" label=text::old_password() value=old kind="password" autocomplete="current-password" />
                <TextField id="new-password" label=text::new_password() value=new kind="password" autocomplete="new-password" hint=text::password_hint() />
                <ProblemLine words=doing.problem />
                <p class="aside">{text::password_ends()}</p>
                <div class="cluster">
                    <button class="button" type="submit" data-kind="outline" data-size="32" disabled=move || doing.busy.get()>{text::change_password()}</button>
                </div>
            </form>
        </section>
    }
}
