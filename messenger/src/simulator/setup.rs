//! What a simulated Messenger starts with: pages, the apps connected to them, and people who write.

use super::bot::BotScript;
use domain::{AppId, PageId, Psid};
use serde::Deserialize;

/// The whole cast of a simulation.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Equal seeds give equal message ids.
    pub seed: u64,
    pub pages: Vec<PageSetup>,
    pub customers: Vec<CustomerSetup>,
}

/// A page, how it routes, and which apps are connected to it.
#[derive(Clone, Debug)]
pub struct PageSetup {
    pub id: PageId,
    pub name: String,
    pub routing: Routing,
    pub apps: Vec<AppSetup>,
}

/// How a page decides which app is in control.
#[derive(Clone, Debug)]
pub struct Routing {
    /// Answers when nobody controls a thread.
    pub default_app: Option<AppId>,
    /// Gets control when a customer enters an idle thread from the page itself.
    pub social_app: Option<AppId>,
    /// Gets control when a customer comes through any m.me link with a `ref`.
    pub link_app: Option<AppId>,
    /// Gets control when a customer comes from an ad.
    pub campaign_app: Option<AppId>,
    pub mode: Mode,
}

/// Whether the page has conversation routing configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A default app is set; only the app in control hears the customer directly.
    On,
    /// Nothing is configured: every app hears the customer and may answer.
    ZeroConfig,
    /// Not migrated yet (CR-06): the default app is the primary receiver. Nobody has to be let in to answer an idle
    /// thread, and only the primary receiver may take one from another app.
    Legacy,
}

/// One app on one page, with the switches an administrator sets on Facebook.
#[derive(Clone, Debug)]
pub struct AppSetup {
    pub id: AppId,
    pub name: String,
    pub secret: String,
    /// The page token Meta gave to this app.
    pub access_token: String,
    pub verify_token: String,
    /// Where events are posted; none for an app that does not listen over HTTP.
    pub webhook: Option<String>,
    /// "Access standby channel".
    pub standby: bool,
    /// "Take control of conversations".
    pub take_control: bool,
    /// The subscribed fields; an empty list means the page is not subscribed.
    pub fields: Vec<String>,
    /// A program that plays this app inside the simulator.
    pub bot: Option<BotScript>,
}

/// A person who may write to a page.
#[derive(Clone, Debug)]
pub struct CustomerSetup {
    pub psid: Psid,
    pub page: PageId,
    pub first_name: String,
    pub last_name: String,
}

/// How long the sample's bot thinks before it answers, in milliseconds (CR-12 asks for at least a second).
const THINKING_MS: u64 = 1_200;

impl Setup {
    /// A shoe shop with our inbox as its default app, a sales bot that greets first, and two customers.
    pub fn sample(baton_webhook: &str) -> Self {
        Self { seed: 1, pages: vec![PageSetup::shoe_shop(baton_webhook)], customers: sample_customers() }
    }

    /// The same cast and a second page of the same shop, which our app may serve but does not yet.
    pub fn with_outlet(mut self) -> Self {
        if let Some(shop) = self.pages.first().cloned() {
            let ours = shop.apps.into_iter().take(1).map(|app| AppSetup {
                access_token: "EAAGfixturePageTokenB".to_owned(),
                fields: Vec::new(),
                ..app
            });
            self.pages.push(PageSetup {
                id: "118877665544332".into(),
                name: "Shoe Shop Outlet".to_owned(),
                routing: Routing {
                    default_app: None,
                    link_app: None,
                    campaign_app: None,
                    social_app: None,
                    mode: Mode::ZeroConfig,
                },
                apps: ours.collect(),
            });
        }
        self
    }

    /// The same cast with bots that think for `ms` milliseconds; 0 lets tests run without waiting.
    pub fn with_bot_delay(mut self, ms: u64) -> Self {
        for app in self.pages.iter_mut().flat_map(|page| &mut page.apps) {
            if let Some(BotScript::Sales { delay_ms }) = &mut app.bot {
                *delay_ms = ms;
            }
        }
        self
    }

    /// The same cast, where every customer reaches the default app first and no bot speaks.
    pub fn without_bots(mut self) -> Self {
        for page in &mut self.pages {
            page.routing.social_app = None;
            for app in &mut page.apps {
                app.bot = None;
            }
        }
        self
    }
}

impl PageSetup {
    fn shoe_shop(baton_webhook: &str) -> Self {
        let (ours, bot) = (AppSetup::sample_inbox(baton_webhook), AppSetup::sample_bot());
        Self {
            id: "102034567890123".into(),
            name: "Shoe Shop".to_owned(),
            routing: Routing {
                default_app: Some(ours.id.clone()),
                social_app: Some(bot.id.clone()),
                link_app: None,
                campaign_app: None,
                mode: Mode::On,
            },
            apps: vec![ours, bot],
        }
    }
}

impl AppSetup {
    fn sample_inbox(webhook: &str) -> Self {
        Self {
            id: "845120937761204".into(),
            name: "Baton".to_owned(),
            secret: "3f9c1d7be0a24c58b6e1f0927d4a8c35".to_owned(),
            access_token: "EAAGfixturePageTokenA".to_owned(),
            verify_token: "vt_local_8d1f".to_owned(),
            webhook: Some(webhook.to_owned()),
            standby: true,
            take_control: true,
            fields: sample_fields(),
            bot: None,
        }
    }

    fn sample_bot() -> Self {
        Self {
            id: "611203984417755".into(),
            name: "SalesBot".to_owned(),
            secret: "b07d5a1f93c84e62a8f0d4c71e5b9236".to_owned(),
            access_token: "EAAGfixtureBotToken".to_owned(),
            verify_token: "vt_bot_51c0".to_owned(),
            webhook: None,
            standby: true,
            take_control: true,
            fields: sample_fields(),
            bot: Some(BotScript::Sales { delay_ms: THINKING_MS }),
        }
    }
}

fn sample_fields() -> Vec<String> {
    crate::FIELDS.iter().map(|field| (*field).to_owned()).collect()
}

fn sample_customers() -> Vec<CustomerSetup> {
    [("7204415592310846", "Maya", "Lindqvist"), ("6988120347715502", "Tomas", "Berg")]
        .map(|(psid, first_name, last_name)| CustomerSetup {
            psid: psid.into(),
            page: "102034567890123".into(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
        })
        .to_vec()
}
