//! Choosing what is added: a step at a place, or the trigger.

use super::screen::Screen;
use crate::browser;
use crate::parts::{Dialog, Icon, open_while_asked};
use crate::state::builder::{STEPS, Spot, TRIGGERS, fresh_step, fresh_trigger};
use crate::text::builder as words;
use domain::workflow::graph::Place;
use leptos::prelude::*;

#[component]
pub fn Adding(screen: Screen) -> impl IntoView {
    let step = open_while_asked(screen.adding);
    view! {
        <Dialog open=step title=words::add_step() wide=true>
            {move || screen.adding.get().map(|place| view! { <Steps screen=screen place=place /> })}
        </Dialog>
        <Dialog open=screen.choosing title=words::choose_trigger() wide=true>
            {move || screen.choosing.get().then(|| view! { <Triggers screen=screen /> })}
        </Dialog>
    }
}

/// Goes on when the dialog has given the focus back to what opened it, which is selected by that.
fn once_closed(act: impl FnOnce() + 'static) {
    request_animation_frame(act);
}

/// One thing to choose.
struct Offer {
    number: usize,
    name: &'static str,
    what: &'static str,
    icon: &'static str,
    group: &'static str,
}

#[component]
fn Steps(screen: Screen, place: Place) -> impl IntoView {
    let offers = (0..STEPS)
        .filter_map(|number| {
            let kind = fresh_step(number)?;
            let (group, what) = words::offered_step(number);
            Some(Offer { number, name: words::step_name(&kind), what, icon: words::step_icon(&kind), group })
        })
        .collect();
    let choose = Callback::new(move |number: usize| {
        screen.adding.set(None);
        once_closed(move || {
            if let Some(kind) = fresh_step(number)
                && let Some(id) = screen.act(|state| state.add(place, kind))
            {
                screen.said.set(words::added(&screen.name_of(id)));
                screen.drawer.set(true);
                request_animation_frame(|| browser::focus(".drawer input, .drawer textarea, .drawer select"));
            }
        });
    });
    let pasting = screen.state.with_untracked(|state| {
        let name = match state.cut() {
            Some(id) => state.graph().steps.get(&id).map(|step| words::move_here(&step.name)),
            None => state.copied().map(|piece| words::paste_here(piece.name())),
        };
        name.filter(|_| state.may_paste())
    });
    let paste = move |_| {
        screen.adding.set(None);
        once_closed(move || screen.paste_at(place));
    };
    view! {
        {pasting.map(|name| view! {
            <button class="offer" type="button" data-paste="" on:click=paste>
                <span class="glyph"><Icon name="copy" /></span>
                <b dir="auto">{name}</b>
            </button>
        })}
        <Offers offers=offers choose=choose />
    }
}

#[component]
fn Triggers(screen: Screen) -> impl IntoView {
    let offers = (0..TRIGGERS)
        .filter_map(|number| {
            let kind = fresh_trigger(number)?.kind;
            let (group, what) = words::offered_trigger(number);
            Some(Offer {
                number,
                name: words::trigger_name(&kind),
                what,
                icon: words::trigger_icon(&kind),
                group,
            })
        })
        .collect();
    let choose = Callback::new(move |number: usize| {
        screen.choosing.set(false);
        once_closed(move || {
            if let Some(trigger) = fresh_trigger(number) {
                screen.act(|state| {
                    state.choose_trigger(trigger);
                    Ok(())
                });
                screen.open(Spot::Trigger);
            }
        });
    });
    view! { <Offers offers=offers choose=choose /> }
}

/// A searchable list in groups; arrows go through it.
#[component]
fn Offers(offers: Vec<Offer>, choose: Callback<usize>) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let offers = StoredValue::new(offers);
    let fits = move |offer: &Offer| {
        let wanted = wanted.get().trim().to_lowercase();
        wanted.is_empty()
            || offer.name.to_lowercase().contains(&wanted)
            || offer.what.to_lowercase().contains(&wanted)
    };
    let first =
        move || offers.with_value(|offers| offers.iter().find(|offer| fits(offer)).map(|one| one.number));
    let enter = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(number) = first() {
            choose.run(number);
        }
    };
    let groups = move || {
        offers.with_value(|offers| {
            let mut groups: Vec<(&'static str, Vec<&Offer>)> = Vec::new();
            for offer in offers.iter().filter(|offer| fits(offer)) {
                match groups.iter_mut().find(|(group, _)| *group == offer.group) {
                    Some((_, offers)) => offers.push(offer),
                    None => groups.push((offer.group, vec![offer])),
                }
            }
            let drawn = groups.into_iter().map(|(group, offers)| {
                let offers = offers.into_iter().map(|offer| {
                    let number = offer.number;
                    view! {
                        <li>
                            <button class="offer" type="button" on:click=move |_| choose.run(number)>
                                <span class="glyph"><Icon name=offer.icon /></span>
                                <b>{offer.name}</b>
                                <small>{offer.what}</small>
                            </button>
                        </li>
                    }
                });
                view! { <section><h3>{group}</h3><ul>{offers.collect_view()}</ul></section> }
            });
            drawn.collect_view()
        })
    };
    Effect::new(|| request_animation_frame(|| browser::focus("dialog[open] .offers input")));
    view! {
        <form class="offers" on:submit=enter>
            <label class="search">
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    aria-label=words::search()
                    placeholder=words::search()
                    prop:value=move || wanted.get()
                    on:input=move |event| wanted.set(event_target_value(&event))
                />
            </label>
            {groups}
            {move || first().is_none().then(|| view! { <p class="hint">{words::nothing_found()}</p> })}
        </form>
    }
}
