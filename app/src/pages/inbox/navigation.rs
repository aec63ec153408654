//! The views, and who looks at them.

use super::bell::Bell;
use super::place::Spot;
use super::screen::Screen;
use crate::api::Theme;
use crate::calendar;
use crate::commands::Commands;
use crate::keymap::Action;
use crate::pages::door::BatonMark;
use crate::parts::{Avatar, Icon, Kind, Menu, MenuItem};
use crate::text;
use domain::person::Act;
use domain::view::View;
use leptos::prelude::*;

/// The views with their numbers, and the profile.
#[component]
pub fn Navigation(screen: Screen) -> impl IntoView {
    let workspace = screen.me.with_value(|me| me.workspace.clone());
    let manages = screen.me.with_value(|me| me.person.may(Act::Configure));
    let views =
        View::SHOWN.map(|view| view! { <li><ViewLink screen=screen view=view /></li> }).collect_view();
    view! {
        <nav class="nav" aria-label=text::main()>
            <p class="brand"><span class="mark"><BatonMark /></span><span>{workspace}</span></p>
            <ul>{views}</ul>
            <ul class="end">
                <li>{view! { <Bell screen=screen /> }.into_any()}</li>
                {manages.then(|| view! {
                    <li class="roomy">
                        <a class="item" href="/workflows" title=text::workflows()>
                            <Icon name="workflow" />
                            <span>{text::workflows()}</span>
                        </a>
                    </li>
                })}
                <li>
                    <a class="item" href="/settings" title=text::settings()>
                        <Icon name="settings" />
                        <span>{text::settings()}</span>
                    </a>
                </li>
            </ul>
            <Profile screen=screen />
        </nav>
    }
}

#[component]
fn ViewLink(screen: Screen, view: View) -> impl IntoView {
    let place = screen.place;
    let count = Memo::new(move |_| {
        screen.inbox.with(|inbox| inbox.counters.clone().of(view).copied().unwrap_or_default())
    });
    let current = move || (place.view.get() == view).then_some("page");
    let address = Spot::of(view).address();
    view! {
        <a class="item" href=address title=text::view_name(view) aria-current=current data-view=view.as_str()>
            <Icon name=icon_of(view) />
            <span>{text::view_name(view)}</span>
            {move || {
                let count = count.get();
                let shown = if count.unread > 0 { count.unread } else { count.all };
                (shown > 0).then(|| view! {
                    <span class="num" data-unread=(count.unread > 0).then_some("")>
                        {screen.clock.locale().map_or_else(|| shown.to_string(), |locale| calendar::number(locale.region, shown))}
                        {(count.unread > 0).then(|| view! { <span class="visually-hidden">" unread"</span> })}
                    </span>
                })
            }}
        </a>
    }
}

/// The picture of a view.
pub fn icon_of(view: View) -> &'static str {
    match view {
        View::Mine => "user",
        View::Unassigned => "hand",
        View::Open | View::All => "inbox",
        View::WithBot => "bot",
        View::Closed => "circle-check",
        View::Snoozed => "alarm-clock",
    }
}

#[component]
fn Profile(screen: Screen) -> impl IntoView {
    let open = RwSignal::new(false);
    let person = screen.me.get_value().person;
    let role = text::role_name(person.role);
    let help = Commands::of_window().help;
    view! {
        <div class="me anchor">
            <button
                class="item"
                type="button"
                title=text::profile()
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Avatar id=person.id.0 name=person.name.clone() kind=Kind::Agent size=24 />
                <span>
                    {text::first_name(&person.name).to_owned()}
                    <small>{role}</small>
                    <span class="visually-hidden">{text::profile()}</span>
                </span>
            </button>
            <Menu open=open label=text::profile() place="up-start" opener=".me > .item">
                <ThemeChoice />
                <hr />
                <MenuItem
                    icon="keyboard"
                    name=text::shortcuts()
                    action=Action::Help
                    on_choose=Callback::new(move |()| help.set(true))
                />
                <hr />
                <SignOut everywhere=false />
                <SignOut everywhere=true />
            </Menu>
        </div>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let now = Theme::of_page();
    Theme::ALL
        .map(|theme| {
            let choose = Callback::new(move |()| theme.put_on());
            let chosen = theme == now;
            view! { <MenuItem icon=theme.icon() name=theme.name() chosen=chosen on_choose=choose /> }
        })
        .collect_view()
}

/// A plain form, so that it ends the session even when nothing else works.
#[component]
fn SignOut(everywhere: bool) -> impl IntoView {
    let words = if everywhere { text::sign_out_everywhere() } else { text::sign_out() };
    view! {
        <form method="post" action="/sign-out" role="none">
            {everywhere.then(|| view! { <input type="hidden" name="everywhere" value="1" /> })}
            <button type="submit" role="menuitem" tabindex="-1"><Icon name="log-out" /><span>{words}</span></button>
        </form>
    }
}
