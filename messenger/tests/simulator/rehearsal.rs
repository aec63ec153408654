//! The rehearsal of routing and the simulated Messenger decide alike, for every way in and every state.

use crate::harness::*;
use domain::routing::rehearsal::{Entry, Gets, Outcome, Plan, Thread, rehearse};
use domain::{AppId, DAY, HOUR, Psid};
use messenger::simulator::{Mode, Routing, Setup};
use serde_json::{Value, json};

/// Plans that differ in everything that may be chosen.
fn plans() -> Vec<Plan> {
    let (none, ours, bot) = (None, Some(AppId::from(OURS)), Some(AppId::from(BOT)));
    let mut plans = Vec::new();
    for default in [&none, &ours, &bot] {
        for social in [&none, &bot] {
            for (link, campaign) in [(None, None), (Some(AppId::from(BOT)), Some(AppId::from(BOT)))] {
                plans.push(Plan { default: default.clone(), social: social.clone(), link, campaign });
            }
        }
    }
    plans
}

fn routed(plan: &Plan) -> Routing {
    Routing {
        default_app: plan.default.clone(),
        social_app: plan.social.clone(),
        link_app: plan.link.clone(),
        campaign_app: plan.campaign.clone(),
        mode: if plan.default.is_some() { Mode::On } else { Mode::ZeroConfig },
    }
}

/// Both apps listen to everything that is addressed to them, and to nothing else.
fn all_ears(setup: Setup) -> Setup {
    let mut setup = setup.without_bots();
    for app in &mut setup.pages[0].apps {
        app.standby = false;
    }
    setup
}

/// Brings the thread into a state, under a page that lets anybody speak.
async fn prepare(shop: &Shop, psid: &Psid, thread: &Thread) {
    if *thread == Thread::New {
        return;
    }
    let open = Plan { default: Some(OURS.into()), ..Plan::default() };
    shop.simulator.set_routing(&page(), routed(&open));
    shop.simulator.customer_writes(&page(), psid, "Hello").await;
    let recipient = json!({ "recipient": { "id": psid } });
    let holder = match thread {
        Thread::Held(app) => app.clone(),
        Thread::New | Thread::Idle | Thread::Expired => OURS.into(),
    };
    let token = if holder.as_str() == OURS { OUR_TOKEN } else { BOT_TOKEN };
    assert!(call(shop, token, "take_thread_control", &recipient).await);
    match thread {
        Thread::Idle => assert!(call(shop, token, "release_thread_control", &recipient).await),
        Thread::Expired => shop.simulator.advance(DAY + HOUR).await,
        Thread::Held(_) | Thread::New => {}
    }
    shop.simulator.quiet().await;
}

async fn call(shop: &Shop, token: &str, edge: &str, body: &Value) -> bool {
    let answer = shop.post_raw(token, &format!("{}/{edge}", page()), body.clone()).await;
    answer.expect("the simulator answers").is_ok()
}

async fn happen(shop: &Shop, psid: &Psid, entry: Entry) {
    let (simulator, page) = (&shop.simulator, page());
    match entry {
        Entry::Message | Entry::Comment => drop(simulator.customer_writes(&page, psid, "Hello").await),
        Entry::Link => simulator.customer_opens_link(&page, psid, "spring").await,
        Entry::Ad => drop(simulator.customer_comes_from_ad(&page, psid, "23851", "Hello").await),
        Entry::Tap => drop(simulator.customer_taps(&page, psid, "Yes", "YES").await),
        Entry::OptIn => simulator.customer_opts_in(&page, psid, "newsletter").await,
    }
    simulator.quiet().await;
}

/// Who heard it directly, in the order of the page's apps.
fn heard(shop: &Shop, before: (usize, usize)) -> Vec<&'static str> {
    let mut apps = Vec::new();
    if shop.ours.heard().len() > before.0 {
        apps.push(OURS);
    }
    if shop.bot.heard().len() > before.1 {
        apps.push(BOT);
    }
    apps
}

fn expected(outcome: &Outcome) -> Vec<&str> {
    match &outcome.gets {
        Gets::Everybody => vec![OURS, BOT],
        Gets::One(app) => vec![app.as_str()],
    }
}

#[tokio::test]
async fn the_rehearsal_says_what_the_simulator_does() {
    let shop = Shop::with(all_ears).await;
    let threads =
        [Thread::New, Thread::Idle, Thread::Expired, Thread::Held(OURS.into()), Thread::Held(BOT.into())];
    let mut number = 0;
    for plan in plans() {
        for thread in &threads {
            for entry in Entry::ALL {
                number += 1;
                let psid = Psid(format!("55500000{number:06}"));
                prepare(&shop, &psid, thread).await;
                shop.simulator.set_routing(&page(), routed(&plan));
                let before = (shop.ours.heard().len(), shop.bot.heard().len());
                happen(&shop, &psid, entry).await;
                let outcome = rehearse(&plan, entry, thread);
                assert_eq!(heard(&shop, before), expected(&outcome), "{plan:?} {thread:?} {entry:?}");
                let owner = shop.simulator.owner(&page(), &psid);
                match (&outcome.gets, outcome.in_control) {
                    (Gets::One(app), true) => {
                        assert_eq!(owner.as_ref(), Some(app), "{plan:?} {thread:?} {entry:?}")
                    }
                    (Gets::One(_), false) => assert_eq!(owner, None, "{plan:?} {thread:?} {entry:?}"),
                    (Gets::Everybody, in_control) => {
                        let held = matches!(thread, Thread::Held(_));
                        assert_eq!(owner.is_some(), in_control || held, "{plan:?} {thread:?} {entry:?}");
                    }
                }
            }
        }
    }
}
