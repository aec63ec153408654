//! Who would get a conversation, supposing what is set on Facebook.

use super::{Screen, bots};
use crate::api::RoutingView;
use crate::parts::Icon;
use crate::text;
use domain::AppId;
use domain::routing::check::{Check, Verdict};
use domain::routing::rehearsal::{Entry, Gets, Plan, Thread, rehearse};
use domain::routing::sign::Sign;
use leptos::prelude::*;

/// The rehearsal. It runs in the browser with the rule the simulator and the tests use.
#[component]
pub fn RehearsalView(screen: Screen) -> impl IntoView {
    let plan = RwSignal::new(screen.shown.with_untracked(supposed));
    let entry = RwSignal::new(Entry::Message);
    let thread = RwSignal::new(Thread::New);
    let apps = screen.shown.with_untracked(|shown| {
        let others = shown.sightings.iter().map(|seen| seen.app.clone());
        let inbox = AppId::from(AppId::PAGE_INBOX);
        let mut apps: Vec<AppId> = std::iter::once(shown.ours.clone()).chain(others).collect();
        if !apps.contains(&inbox) {
            apps.push(inbox);
        }
        apps
    });
    let apps = StoredValue::new(apps);
    let outcome = Memo::new(move |_| rehearse(&plan.get(), entry.get(), &thread.get()));
    let name = move || match outcome.get().gets {
        Gets::One(app) => screen.name(&app),
        Gets::Everybody => String::new(),
    };
    let before = move || {
        let (ours, others) = screen.shown.with(|shown| {
            let times =
                |to_us| shown.signs.of(Sign::Entered(entry.get(), to_us)).map_or(0, |seen| seen.times);
            (times(true), times(false))
        });
        text::seen_before(
            ours,
            others,
            &screen.only_bot().map_or_else(|| text::another_app().to_owned(), |bot| screen.name(&bot)),
        )
    };
    let icon = move || match outcome.get().gets {
        Gets::One(app) if screen.shown.with(|shown| shown.ours == app) => ("baton", "ours"),
        Gets::One(app) if app.is_page_inbox() => ("inbox", "page_inbox"),
        Gets::One(_) => ("bot", "bot"),
        Gets::Everybody => ("users", "unknown"),
    };
    view! {
        <section aria-labelledby="rehearsal" class="rehearsal">
            <h2 id="rehearsal">{text::rehearsal()}</h2>
            <p class="lead">{text::rehearsal_lead()}</p>
            <div class="case">
                <Choice
                    id="entry"
                    label=text::how_they_come()
                    options=Entry::ALL.into_iter().map(|each| (each.as_str().to_owned(), text::entry(each).to_owned())).collect()
                    chosen=Signal::derive(move || entry.get().as_str().to_owned())
                    on_choose=Callback::new(move |word: String| if let Ok(each) = word.parse() { entry.set(each) })
                />
                <Choice
                    id="thread"
                    label=text::who_has_it()
                    options=threads(screen, &apps.get_value())
                    chosen=Signal::derive(move || word_of(&thread.get()))
                    on_choose=Callback::new(move |word: String| thread.set(thread_of(&word)))
                />
            </div>
            <fieldset class="case">
                <legend>{text::supposed()}</legend>
                <Supposed id="default" label=text::supposed_default() screen=screen apps=apps plan=plan of=|plan| &mut plan.default />
                <Supposed id="social" label=text::supposed_social() screen=screen apps=apps plan=plan of=|plan| &mut plan.social />
                <Show when=move || entry.get() == Entry::Link>
                    <Supposed id="link" label=text::supposed_link() screen=screen apps=apps plan=plan of=|plan| &mut plan.link />
                </Show>
                <Show when=move || entry.get() == Entry::Ad>
                    <Supposed id="campaign" label=text::supposed_campaign() screen=screen apps=apps plan=plan of=|plan| &mut plan.campaign />
                </Show>
            </fieldset>
            <div class="outcome" role="status" data-control=move || icon().1>
                {move || view! { <Icon name=icon().0 size=20 /> }}
                <div>
                    <b>{move || text::gets(&outcome.get(), &name())}</b>
                    <p>{move || text::rule(outcome.get().rule, &name())}</p>
                    <p class="before">{before}</p>
                </div>
            </div>
        </section>
    }
}

/// One choice with its label.
#[component]
fn Choice(
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: Signal<String>,
    on_choose: Callback<String>,
) -> impl IntoView {
    let id = format!("rehearsal-{id}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id class="input" on:change=move |event| on_choose.run(event_target_value(&event))>
                {options.into_iter().map(|(word, name)| {
                    let is_chosen = { let word = word.clone(); move || chosen.get() == word };
                    view! { <option value=word selected=is_chosen>{name}</option> }
                }).collect_view()}
            </select>
        </div>
    }
}

/// What is set on Facebook, as one supposes it.
#[component]
fn Supposed(
    id: &'static str,
    label: &'static str,
    screen: Screen,
    apps: StoredValue<Vec<AppId>>,
    plan: RwSignal<Plan>,
    of: fn(&mut Plan) -> &mut Option<AppId>,
) -> impl IntoView {
    let nobody = (String::new(), text::none_set().to_owned());
    let named = apps.get_value().into_iter().map(|app| (app.0.clone(), screen.name(&app)));
    let options = std::iter::once(nobody).chain(named).collect();
    let chosen =
        move || plan.with(|plan| of(&mut plan.clone()).as_ref().map(|app| app.0.clone()).unwrap_or_default());
    let choose =
        move |word: String| plan.update(|plan| *of(plan) = Some(AppId(word)).filter(|app| !app.0.is_empty()));
    view! {
        <Choice id=id label=label options=options chosen=Signal::derive(chosen) on_choose=Callback::new(choose) />
    }
}

const HELD: &str = "held:";

fn threads(screen: Screen, apps: &[AppId]) -> Vec<(String, String)> {
    let free = [
        (Thread::New, text::new()),
        (Thread::Idle, text::idle()),
        (Thread::Expired, text::control_expired()),
    ];
    let free = free.into_iter().map(|(thread, name)| (word_of(&thread), name.to_owned()));
    let held = apps.iter().map(|app| (word_of(&Thread::Held(app.clone())), text::held_by(&screen.name(app))));
    free.chain(held).collect()
}

fn word_of(thread: &Thread) -> String {
    match thread {
        Thread::New => "new".into(),
        Thread::Idle => "idle".into(),
        Thread::Expired => "expired".into(),
        Thread::Held(app) => format!("{HELD}{app}"),
    }
}

fn thread_of(word: &str) -> Thread {
    match (word, word.strip_prefix(HELD)) {
        (_, Some(app)) => Thread::Held(app.into()),
        ("idle", None) => Thread::Idle,
        ("expired", None) => Thread::Expired,
        (_, None) => Thread::New,
    }
}

/// What events have shown of the page's settings, as a first supposition.
fn supposed(shown: &RoutingView) -> Plan {
    let bot = match bots(&shown.sightings).as_slice() {
        [only] => Some(only.app.clone()),
        _ => None,
    };
    let findings = shown.latest.as_ref().map(|run| run.report.findings.as_slice()).unwrap_or_default();
    let wrong = |check| findings.iter().any(|one| one.check == check && one.verdict == Verdict::Wrong);
    let went_elsewhere = |entry| {
        let newest = shown.signs.newest(&[Sign::Entered(entry, true), Sign::Entered(entry, false)]);
        newest.is_some_and(|seen| seen.sign == Sign::Entered(entry, false))
    };
    let chosen_for = |entry| bot.clone().filter(|_| went_elsewhere(entry));
    let routing_off = shown.mode == domain::routing::check::Mode::Unconfigured;
    Plan {
        default: if routing_off {
            None
        } else if wrong(Check::DefaultApp) {
            bot.clone()
        } else {
            Some(shown.ours.clone())
        },
        social: chosen_for(Entry::Message),
        link: chosen_for(Entry::Link),
        campaign: chosen_for(Entry::Ad),
    }
}
