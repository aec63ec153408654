use crate::api::{self, Profile};
use crate::browser;
use crate::pages::settings::doing::Doing;
use crate::parts::{Avatar, Kind, ProblemLine, TextField, Toasts};
use crate::text;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Name and picture; what one is in the team is for managers to say.
#[component]
pub fn About(profile: RwSignal<Profile>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let person = profile.with_untracked(|profile| profile.person.clone());
    let name = RwSignal::new(person.name.clone());
    let doing = Doing::nothing();
    let teams = profile.with_untracked(|profile| profile.teams.clone());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = name.get_untracked();
        doing.run(api::rename(new.clone()), move |()| {
            profile.update(|profile| profile.person.name = new.trim().to_owned());
            toasts.say(text::saved());
        });
    };
    let unchanged = move || profile.with(|profile| profile.person.name == name.get());
    view! {
        <section class="block" aria-labelledby="about">
            <h2 id="about" class="visually-hidden">{text::about_you()}</h2>
            <Picture profile=profile />
            <form class="form" on:submit=save>
                <TextField id="own-name" label=text::name() value=name autocomplete="name" />
                <ProblemLine words=doing.problem />
                <div class="cluster">
                    <button class="button" type="submit" data-kind="outline" data-size="32" disabled=move || unchanged() || doing.busy.get()>{text::save_name()}</button>
                </div>
            </form>
            <dl class="facts">
                <dt>{text::email()}</dt><dd>{person.email}</dd>
                <dt>{text::role()}</dt><dd>{text::role_name(person.role)}</dd>
                <dt>{text::settings_teams()}</dt><dd dir="auto">{if teams.is_empty() { "–".to_owned() } else { teams.join(", ") }}</dd>
            </dl>
        </section>
    }
}

/// A plain form that is sent as soon as a file is chosen.
#[component]
fn Picture(profile: RwSignal<Profile>) -> impl IntoView {
    let problem = use_query_map().with_untracked(|query| query.get("picture"));
    let problem = RwSignal::new(problem);
    let doing = Doing::nothing();
    let has = move || profile.with(|profile| profile.picture.is_some());
    let remove = move |_| {
        doing.run(api::remove_picture(), |()| browser::reload_page());
    };
    view! {
        <div class="portrait">
            {move || profile.with(|profile| {
                let person = &profile.person;
                view! { <Avatar id=person.id.0 name=person.name.clone() kind=Kind::Agent size=48 /> }
            })}
            <form method="post" action="/profile/picture" enctype="multipart/form-data">
                <label class="button" data-kind="outline" data-size="32">
                    {text::choose_picture()}
                    <input
                        class="visually-hidden"
                        type="file"
                        name="picture"
                        accept="image/png,image/jpeg,image/webp"
                        on:change=|_| browser::submit(".portrait form")
                    />
                </label>
                <noscript><button class="button" type="submit" data-size="32">{text::save()}</button></noscript>
            </form>
            <Show when=has>
                <button class="button" type="button" data-size="32" on:click=remove>{text::remove_picture()}</button>
            </Show>
            <small>{text::picture_hint()}</small>
        </div>
        <ProblemLine words=problem />
        <ProblemLine words=doing.problem />
    }
}
