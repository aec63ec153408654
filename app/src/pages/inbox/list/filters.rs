//! What narrows the list: a form with all filters, and a chip for each that is set. All of them are in the address.

use crate::api::Whose;
use crate::browser;
use crate::pages::inbox::place::{Filters, Spot};
use crate::pages::inbox::screen::Screen;
use crate::parts::{Icon, Popover};
use crate::text;
use domain::conversation::control::OwnerKind;
use domain::view::WindowWord;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

const WINDOWS: [WindowWord; 3] = [WindowWord::Open, WindowWord::HumanAgent, WindowWord::Closed];

/// The button and the form.
#[component]
pub fn FilterMenu(screen: Screen) -> impl IntoView {
    let open = screen.filtering;
    let count = Memo::new(move |_| screen.place.spot.with(|spot| spot.filters.count()));
    let name = move || text::filter_button(count.get());
    view! {
        <div class="anchor filter">
            <button
                class="button"
                type="button"
                data-icon=""
                aria-haspopup="dialog"
                aria-label=name
                title=name
                aria-expanded=move || open.get().to_string()
                data-set=move || (count.get() > 0).then_some("")
                on:click=move |_| {
                    screen.prepare();
                    open.update(|open| *open = !*open);
                }
            >
                <Icon name="list-filter" />
            </button>
            <Popover open=open label=text::filter() place="down-end" opener=".filter > .button">
                {move || screen.part.get().map(|part| (part.filters)(screen))}
            </Popover>
        </div>
    }
}

/// All filters.
#[component]
pub fn FilterForm(screen: Screen) -> impl IntoView {
    Effect::new(|| request_animation_frame(|| browser::focus(".popover :is(input, select)")));
    let go = StoredValue::new(use_navigate());
    let spot = screen.place.spot;
    let set = move |change: &dyn Fn(&mut Filters)| {
        let mut next = spot.get_untracked();
        change(&mut next.filters);
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        go.with_value(|go| go(&next.address(), options));
    };
    let filters = Memo::new(move |_| spot.get().filters);
    let people = screen.people.get_value();
    let pages = screen.inbox.with_untracked(|inbox| inbox.pages.clone());
    let whose = [(Whose::Me.to_string(), text::me()), (Whose::Nobody.to_string(), text::nobody())];
    let me = screen.my_id();
    let others = people.agents.into_iter().filter(move |person| person.id != me);
    let whose: Vec<(String, String)> = whose
        .into_iter()
        .map(|(value, name)| (value, name.to_owned()))
        .chain(others.map(|person| (person.id.to_string(), person.name)))
        .collect();
    let teams = people.teams.into_iter().map(|team| (team.id.to_string(), team.name)).collect::<Vec<_>>();
    let pages = pages.into_iter().map(|page| (page.id.to_string(), page.name)).collect::<Vec<_>>();
    let owners =
        OwnerKind::ALL.map(|owner| (owner.as_str().to_owned(), text::owner_filter(owner).to_owned()));
    let windows = WINDOWS.map(|window| (window.as_str().to_owned(), text::window_filter(window).to_owned()));
    let (several_teams, several_pages) = (!teams.is_empty(), pages.len() > 1);
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || filters.get().unread
                on:change=move |event| set(&|filters| filters.unread = event_target_checked(&event))
            />
            <span>{text::only_unread()}</span>
        </label>
        <Choice
            label=text::filter_owner()
            choices=owners.to_vec()
            chosen=Signal::derive(move || filters.get().owner.map(|owner| owner.as_str().to_owned()))
            on_choose=Callback::new(move |value: String| {
                set(&|filters| filters.owner = OwnerKind::ALL.into_iter().find(|owner| owner.as_str() == value))
            })
        />
        <Choice
            label=text::filter_assignee()
            choices=whose
            chosen=Signal::derive(move || filters.get().assignee.map(|whose| whose.to_string()))
            on_choose=Callback::new(move |value: String| set(&|filters| filters.assignee = value.parse().ok()))
        />
        {several_teams.then(|| view! {
            <Choice
                label=text::filter_team()
                choices=teams
                chosen=Signal::derive(move || filters.get().team.map(|team| team.to_string()))
                on_choose=Callback::new(move |value: String| set(&|filters| filters.team = value.parse().ok()))
            />
        })}
        {several_pages.then(|| view! {
            <Choice
                label=text::filter_page()
                choices=pages
                chosen=Signal::derive(move || filters.get().page.map(|page| page.to_string()))
                on_choose=Callback::new(move |value: String| {
                    set(&|filters| filters.page = Some(value.as_str()).filter(|id| !id.is_empty()).map(Into::into))
                })
            />
        })}
        <Choice
            label=text::filter_window()
            choices=windows.to_vec()
            chosen=Signal::derive(move || filters.get().window.map(|window| window.as_str().to_owned()))
            on_choose=Callback::new(move |value: String| {
                set(&|filters| filters.window = WINDOWS.into_iter().find(|window| window.as_str() == value))
            })
        />
        <label class="field">
            <span class="label">{text::filter_handed_over()}</span>
            <input
                class="input"
                type="search"
                dir="auto"
                autocomplete="off"
                placeholder=text::filter_handed_over_hint()
                prop:value=move || filters.get().handed_over.unwrap_or_default()
                on:change=move |event| {
                    let said = event_target_value(&event).trim().to_owned();
                    set(&|filters| filters.handed_over = Some(said.clone()).filter(|said| !said.is_empty()));
                }
            />
        </label>
    }
}

/// One choice among several, or any of them.
#[component]
fn Choice(
    label: &'static str,
    choices: Vec<(String, String)>,
    chosen: Signal<Option<String>>,
    on_choose: Callback<String>,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|(value, name)| {
            let this = value.clone();
            let selected = move || chosen.get().as_deref() == Some(&*this);
            view! { <option value=value selected=selected>{name}</option> }
        })
        .collect_view();
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <select class="input" on:change=move |event| on_choose.run(event_target_value(&event))>
                <option value="" selected=move || chosen.get().is_none()>{text::any()}</option>
                {options}
            </select>
        </label>
    }
}

/// What is set, each to be taken away by itself.
#[component]
pub fn Chips(screen: Screen) -> impl IntoView {
    let spot = screen.place.spot;
    move || {
        let spot = spot.get();
        let set = set_filters(screen, &spot);
        let several = set.len() > 1;
        (!set.is_empty()).then(|| {
            let chips = set
                .into_iter()
                .map(|(name, without)| {
                    let label = text::without(&name);
                    view! {
                        <li>
                            <a class="chip-link" href=without.address() aria-label=label.clone() title=label>
                                <span>{name}</span>
                                <Icon name="x" size=14 />
                            </a>
                        </li>
                    }
                })
                .collect_view();
            let clear = Spot { filters: Filters::default(), ..spot.clone() }.address();
            view! {
                <ul class="chips" aria-label=text::filters_set()>
                    {chips}
                    {several.then(|| view! { <li><a class="link" href=clear>{text::clear_filters()}</a></li> })}
                </ul>
            }
        })
    }
}

/// Each filter that is set, in words, with the spot without it.
fn set_filters(screen: Screen, spot: &Spot) -> Vec<(String, Spot)> {
    let filters = spot.filters.clone();
    let without = |change: &dyn Fn(&mut Filters)| {
        let mut spot = spot.clone();
        change(&mut spot.filters);
        spot
    };
    let person = |id| {
        screen.people.with_value(|people| {
            people.agents.iter().find(|person| person.id == id).map(|person| person.name.clone())
        })
    };
    let team = |id| {
        screen
            .people
            .with_value(|people| people.teams.iter().find(|team| team.id == id).map(|team| team.name.clone()))
    };
    let mut set = Vec::new();
    if filters.unread {
        set.push((text::unread().to_owned(), without(&|filters| filters.unread = false)));
    }
    if let Some(owner) = filters.owner {
        set.push((text::owner_filter(owner).to_owned(), without(&|filters| filters.owner = None)));
    }
    if let Some(whose) = filters.assignee {
        let who = match whose {
            Whose::Me => text::me().to_owned(),
            Whose::Nobody => text::nobody().to_owned(),
            Whose::Person(id) => person(id).unwrap_or_else(|| text::somebody_else().to_owned()),
        };
        set.push((text::assigned_filter(&who), without(&|filters| filters.assignee = None)));
    }
    if let Some(id) = filters.team {
        let name = team(id).unwrap_or_else(|| text::another_team().to_owned());
        set.push((name, without(&|filters| filters.team = None)));
    }
    if let Some(id) = &filters.page {
        let name = screen.inbox.with_untracked(|inbox| inbox.page(id).map(|page| page.name.clone()));
        set.push((name.unwrap_or_else(|| id.to_string()), without(&|filters| filters.page = None)));
    }
    if let Some(window) = filters.window {
        set.push((text::window_filter(window).to_owned(), without(&|filters| filters.window = None)));
    }
    if let Some(said) = &filters.handed_over {
        set.push((text::handed_over_filter(said), without(&|filters| filters.handed_over = None)));
    }
    set
}
