//! Whatever anybody does in whatever order, the rules of routing hold.

use crate::harness::{BOT, OURS, T0, maya, page};
use domain::conversation::evidence::Channel;
use domain::{AppId, HOUR, Timestamp};
use messenger::simulator::Setup;
use messenger::simulator::world::customer::Act;
use messenger::simulator::world::routing::Move;
use messenger::simulator::world::{Caller, World};
use proptest::prelude::*;
use serde_json::json;

#[derive(Clone, Debug)]
enum Step {
    CustomerWrites,
    InboxWrites,
    Sends { app: &'static str, as_person: bool },
    Moves { app: &'static str, step: Move },
    Waits { hours: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    let app = || prop_oneof![Just(OURS), Just(BOT)];
    let target = prop_oneof![Just(OURS), Just(BOT), Just(AppId::PAGE_INBOX), Just("4711")];
    let moves = prop_oneof![
        target.prop_map(|to| Move::Pass { to: to.into(), metadata: None }),
        Just(Move::Take { metadata: None }),
        Just(Move::Release),
        Just(Move::Request { metadata: None }),
        (0..200_000_u64).prop_map(|seconds| Move::Extend { seconds }),
    ];
    prop_oneof![
        4 => Just(Step::CustomerWrites),
        1 => Just(Step::InboxWrites),
        4 => (app(), any::<bool>()).prop_map(|(app, as_person)| Step::Sends { app, as_person }),
        4 => (app(), moves).prop_map(|(app, step)| Step::Moves { app, step }),
        2 => (1..200_i64).prop_map(|hours| Step::Waits { hours }),
    ]
}

struct Observed {
    world: World,
    now: Timestamp,
    customer_wrote: Option<Timestamp>,
}

impl Observed {
    fn new(social: bool) -> Self {
        let mut setup = Setup::sample("http://127.0.0.1:1/").without_bots();
        setup.pages[0].routing.social_app = social.then(|| BOT.into());
        Self { world: World::new(setup), now: T0, customer_wrote: None }
    }

    fn owner(&self) -> Option<AppId> {
        self.world.owner(&page(), &maya(), self.now)
    }

    fn take(&mut self, step: Step) {
        // Every step has a minute of its own, so that order is never in doubt.
        self.now = self.now + 60_000;
        let before = self.owner();
        match step {
            Step::Waits { hours } => self.now = self.now + hours * HOUR,
            Step::CustomerWrites => self.customer_writes(before),
            Step::InboxWrites => {
                self.world.inbox_writes(&page(), &maya(), "Hi", self.now).unwrap();
                assert!(self.owner().unwrap().is_page_inbox());
            }
            Step::Sends { app, as_person } => self.sends(before, app, as_person),
            Step::Moves { app, step } => self.moves(before, app, step),
        }
    }

    fn customer_writes(&mut self, before: Option<AppId>) {
        let act = Act::Write { text: "Hello".to_owned(), reply_to: None };
        let (mid, deliveries) = self.world.customer(&page(), &maya(), act, self.now).unwrap();
        self.customer_wrote = Some(self.now);
        assert!(mid.is_some());
        let direct: Vec<_> = deliveries.iter().filter(|each| each.channel == Channel::Direct).collect();
        let addressee = self.owner().unwrap_or(OURS.into());
        let expected = if addressee.is_page_inbox() { vec![] } else { vec![&addressee] };
        assert_eq!(
            direct.iter().map(|each| &each.app).collect::<Vec<_>>(),
            expected,
            "exactly one app is meant"
        );
        assert!(before.is_none() || before == self.owner(), "a message never moves control away");
    }

    fn sends(&mut self, before: Option<AppId>, app: &'static str, as_person: bool) {
        let label = if as_person { "MESSAGE_TAG" } else { "RESPONSE" };
        let mut body =
            json!({ "recipient": { "id": maya() }, "messaging_type": label, "message": { "text": "Hi" } });
        if as_person {
            body["tag"] = json!("HUMAN_AGENT");
        }
        let result = self.world.send(&caller(app), &body, self.now);
        let age = self.customer_wrote.map(|wrote| self.now - wrote);
        let may_own = before == Some(app.into()) || (before.is_none() && app == OURS) || as_person;
        let days = if as_person { 7 } else { 1 };
        let in_window = age.is_some_and(|age| age < days * 24 * HOUR);
        assert_eq!(result.is_ok(), may_own && in_window, "{app} {label} {before:?} {age:?}");
        let after = if result.is_ok() { Some(app.into()) } else { before };
        assert_eq!(self.owner(), after);
    }

    fn moves(&mut self, before: Option<AppId>, app: &'static str, step: Move) {
        let result = self.world.control(&caller(app), &maya(), step.clone(), self.now);
        let owns = before == Some(app.into());
        let expected = match &step {
            Move::Take { .. } => Some(Some(app.into())),
            Move::Request { .. } => Some(before.clone()),
            Move::Pass { to, .. } if owns && to.as_str() != "4711" => Some(Some(to.clone())),
            Move::Release if owns => Some(None),
            Move::Extend { seconds } if owns && *seconds > 0 => Some(before.clone()),
            Move::Pass { .. } | Move::Release | Move::Extend { .. } => None,
        };
        assert_eq!(result.is_ok(), expected.is_some(), "{app} {step:?} {before:?}");
        assert_eq!(self.owner(), expected.unwrap_or(before));
    }
}

fn caller(app: &str) -> Caller {
    Caller { page: page(), app: app.into() }
}

proptest! {
    #[test]
    fn no_order_of_events_breaks_a_rule(social in any::<bool>(), steps in prop::collection::vec(step(), 1..60)) {
        let mut observed = Observed::new(social);
        for step in steps {
            observed.take(step);
        }
    }
}
