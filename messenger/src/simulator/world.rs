//! The simulated Messenger itself: pages, threads, messages and who controls what. No network, no clock, no tasks:
//! every function is told the time and returns what Meta would deliver because of it.
//!
//! [`routing`] holds the rules of conversation routing, [`send`] the Send API, [`customer`] what people do on their
//! phones, [`history`] what the reading calls answer.

pub mod customer;
mod files;
pub mod history;
mod login;
pub mod routing;
pub mod send;
mod thread;

pub use login::{Grant, Logins};
pub use thread::{Author, Control, Message, Thread};

use super::refusal::Refusal;
use super::setup::{AppSetup, CustomerSetup, PageSetup, Setup};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::conversation::evidence::Channel;
use domain::{AppId, Mid, PageId, Psid, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Everything the simulated Meta knows.
pub struct World {
    pub(super) pages: BTreeMap<PageId, Page>,
    pub(super) sends: Vec<SendRecord>,
    pub(super) expired_tokens: HashSet<String>,
    /// Permissions an administrator took back, by page token.
    pub(super) revoked: HashMap<String, BTreeSet<String>>,
    /// When page tokens end by the calendar.
    pub(super) token_ends: HashMap<String, Timestamp>,
    /// What the person at the keyboard may do on a page; everything where it is not said.
    pub(super) tasks: HashMap<PageId, Vec<String>>,
    pub(super) logins: Logins,
    pub(super) files: HashMap<String, files::KeptFile>,
    places: HashMap<Mid, (PageId, Psid)>,
    ids: Ids,
}

/// One page with its threads.
pub struct Page {
    pub setup: PageSetup,
    pub threads: HashMap<Psid, Thread>,
}

/// Who calls the Graph API, as their token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub page: PageId,
    pub app: AppId,
}

/// One event on its way to one app.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    pub page: PageId,
    pub app: AppId,
    pub psid: Psid,
    pub channel: Channel,
    pub item: Value,
}

impl Delivery {
    /// Whether it tells an app about a message of the page.
    pub fn is_echo(&self) -> bool {
        self.item["message"]["is_echo"] == true
    }
}

/// A message Meta accepted from an app, for tests that count them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SendRecord {
    pub page: PageId,
    pub psid: Psid,
    pub app: AppId,
    pub mid: Mid,
    pub at: Timestamp,
    pub text: String,
    /// The names of the files it carried.
    pub files: Vec<String>,
    /// The message it quotes.
    pub reply_to: Option<Mid>,
    pub metadata: Option<String>,
    pub messaging_type: String,
    pub tag: Option<String>,
}

impl World {
    /// A world with this cast, in which nothing has happened yet.
    pub fn new(setup: Setup) -> Self {
        let pages = setup.pages.into_iter().map(|page| (page.id.clone(), Page::new(page))).collect();
        let ids = Ids(StdRng::seed_from_u64(setup.seed));
        let mut world = Self {
            pages,
            sends: Vec::new(),
            expired_tokens: HashSet::new(),
            revoked: HashMap::new(),
            token_ends: HashMap::new(),
            tasks: HashMap::new(),
            logins: Logins::default(),
            files: HashMap::new(),
            places: HashMap::new(),
            ids,
        };
        for customer in setup.customers {
            world.add_customer(customer);
        }
        world
    }

    /// Lets somebody new appear; somebody known keeps their thread. Customers of unknown pages are ignored.
    pub fn add_customer(&mut self, customer: CustomerSetup) {
        let id = self.ids.thread();
        if let Some(page) = self.pages.get_mut(&customer.page) {
            page.threads.entry(customer.psid.clone()).or_insert_with(|| Thread::new(id, customer));
        }
    }

    /// The page and app a token stands for.
    pub fn caller(&self, token: &str) -> Option<Caller> {
        self.pages.values().find_map(|page| {
            let app = page.setup.apps.iter().find(|app| app.access_token == token)?;
            Some(Caller { page: page.setup.id.clone(), app: app.id.clone() })
        })
    }

    /// The app in control of a thread now; none when it is idle.
    pub fn owner(&self, page: &PageId, psid: &Psid, now: Timestamp) -> Option<AppId> {
        self.pages.get(page)?.threads.get(psid)?.owner(now).cloned()
    }

    /// An app as it is set up on a page.
    pub fn app(&self, page: &PageId, app: &AppId) -> Option<&AppSetup> {
        self.pages.get(page)?.setup.app(app)
    }

    /// The same, to turn its switches.
    pub fn app_mut(&mut self, page: &PageId, app: &AppId) -> Option<&mut AppSetup> {
        self.pages.get_mut(page)?.setup.apps.iter_mut().find(|each| each.id == *app)
    }

    /// Ends control that has run out and names the threads that became idle.
    pub fn expire(&mut self, now: Timestamp) -> Vec<(PageId, Psid, AppId)> {
        let mut idle = Vec::new();
        for (page, Page { threads, .. }) in &mut self.pages {
            for (psid, thread) in threads {
                idle.extend(thread.expire(now).map(|app| (page.clone(), psid.clone(), app)));
            }
        }
        idle
    }

    fn place(&mut self, page: &PageId, psid: &Psid) -> Result<(&PageSetup, &mut Thread), Refusal> {
        let Page { setup, threads } = self.pages.get_mut(page).ok_or_else(Refusal::no_such_object)?;
        Ok((setup, threads.get_mut(psid).ok_or_else(Refusal::no_such_person)?))
    }

    /// Whether a page token no longer counts at this moment.
    pub fn is_dead(&self, token: &str, now: Timestamp) -> bool {
        self.expired_tokens.contains(token) || self.token_ends.get(token).is_some_and(|end| *end <= now)
    }

    /// Whether a caller has a permission that an administrator can take back.
    pub fn permits(&self, caller: &Caller, permission: &str) -> bool {
        let token = self.app(&caller.page, &caller.app).map(|app| &app.access_token);
        !token.and_then(|token| self.revoked.get(token)).is_some_and(|revoked| revoked.contains(permission))
    }

    fn new_mid(&mut self, page: &PageId, psid: &Psid) -> Mid {
        let mid = self.ids.mid();
        self.places.insert(mid.clone(), (page.clone(), psid.clone()));
        mid
    }
}

impl Page {
    fn new(setup: PageSetup) -> Self {
        Self { setup, threads: HashMap::new() }
    }
}

impl PageSetup {
    /// An app connected to this page.
    pub fn app(&self, app: &AppId) -> Option<&AppSetup> {
        self.apps.iter().find(|each| each.id == *app)
    }
}

/// Draws the ids Meta would draw.
struct Ids(StdRng);

impl Ids {
    fn mid(&mut self) -> Mid {
        let mut bytes = [0_u8; 63];
        self.0.fill(&mut bytes[..]);
        Mid(format!("m_{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    fn file(&mut self) -> String {
        self.0.random_range(1_000_000_000_000_000_u64..10_000_000_000_000_000).to_string()
    }

    fn thread(&mut self) -> String {
        format!("t_{}", self.0.random_range(10_000_000_000_000_000_u64..100_000_000_000_000_000))
    }
}
