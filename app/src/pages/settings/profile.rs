//! One's own profile.

mod about;
mod language;
mod password;
mod region;
mod sessions;
mod two_factor;

use super::loaded::loaded;
use crate::api::{self, Profile, Theme};
use crate::clock::Clock;
use crate::parts::Icon;
use crate::text;
use about::About;
use language::LanguageChoice;
use leptos::prelude::*;
use leptos_meta::Title;
use password::Password;
use region::RegionChoice;
use sessions::Sessions;
use two_factor::TwoFactorBlock;

/// The section at `/settings/profile`.
#[component]
pub fn ProfileSection() -> impl IntoView {
    let profile = Resource::new_blocking(|| (), |()| api::load_profile());
    view! {
        <Title text=text::settings_profile() />
        <div class="page">
            <header class="bar"><h1>{text::settings_profile()}</h1></header>
            {loaded(profile, |profile| view! { <Blocks profile=profile /> }.into_any())}
        </div>
    }
}

#[component]
fn Blocks(profile: Profile) -> impl IntoView {
    expect_context::<Clock>().set(profile.now);
    let profile = RwSignal::new(profile);
    view! {
        <div class="page-body">
            <About profile=profile />
            <Looks />
            <Password profile=profile />
            <TwoFactorBlock profile=profile />
            <Sessions profile=profile />
        </div>
    }
}

#[component]
fn Looks() -> impl IntoView {
    let theme = RwSignal::new(Theme::System);
    // Only the browser knows what it wears.
    Effect::new(move || theme.set(Theme::of_page()));
    let choice = move |one: Theme| {
        let choose = move |_| {
            theme.set(one);
            one.put_on();
        };
        view! {
            <label class="check">
                <input type="radio" name="theme" value=one.as_str() prop:checked=move || theme.get() == one on:change=choose />
                <Icon name=one.icon() />
                <span>{one.name()}</span>
            </label>
        }
    };
    view! {
        <section class="block" aria-labelledby="looks">
            <h2 id="looks">{text::looks()}</h2>
            <fieldset class="choices" data-row=""><legend class="visually-hidden">{text::theme()}</legend>{Theme::ALL.map(choice).collect_view()}</fieldset>
            <LanguageChoice />
            <RegionChoice />
            <p class="aside"><a class="link" href="/settings/shortcuts">{text::shortcuts()}</a></p>
        </section>
    }
}
