//! What tests, the demo and the phone page make people, bots and administrators do.

use super::setup::{CustomerSetup, Routing};
use super::stage::plain;
use super::world::customer::Act;
use super::world::{Caller, routing};
use super::{Refusal, Simulator};
use domain::{AppId, Mid, PageId, Psid, Timestamp};

/// What customers do. Somebody who does not exist yet appears with a made-up name.
///
/// # Panics
/// When the page is not part of the setup, or a reaction names no message of the thread.
impl Simulator {
    /// Writes a text.
    pub async fn customer_writes(&self, page: &PageId, psid: &Psid, text: &str) -> Mid {
        self.makes_message(page, psid, Act::Write { text: text.to_owned(), reply_to: None })
    }

    /// Quotes a message.
    pub async fn customer_replies(&self, page: &PageId, psid: &Psid, text: &str, to: &Mid) -> Mid {
        self.makes_message(page, psid, Act::Write { text: text.to_owned(), reply_to: Some(to.clone()) })
    }

    /// Taps a button; the payload reaches only the app in control.
    pub async fn customer_taps(&self, page: &PageId, psid: &Psid, title: &str, payload: &str) -> Mid {
        self.makes_message(page, psid, Act::Tap { title: title.to_owned(), payload: payload.to_owned() })
    }

    /// Taps a quick reply.
    pub async fn customer_picks(&self, page: &PageId, psid: &Psid, title: &str, payload: &str) -> Mid {
        self.makes_message(page, psid, Act::Pick { title: title.to_owned(), payload: payload.to_owned() })
    }

    /// Sends a file; `kind` is Meta's `image`, `video`, `audio` or `file`.
    pub async fn customer_sends_attachment(&self, page: &PageId, psid: &Psid, kind: &str, url: &str) -> Mid {
        self.makes_message(page, psid, Act::Attach { kind: kind.to_owned(), url: url.to_owned() })
    }

    /// Reacts to a message, which opens the window.
    pub async fn customer_reacts(&self, page: &PageId, psid: &Psid, mid: &Mid, emoji: &str) {
        self.happens(page, psid, Act::React { mid: mid.clone(), emoji: emoji.to_owned() });
    }

    /// Looks at everything so far: read receipts go out.
    pub async fn customer_reads(&self, page: &PageId, psid: &Psid) {
        self.happens(page, psid, Act::Read);
    }

    /// Follows an m.me link with this `ref`.
    pub async fn customer_opens_link(&self, page: &PageId, psid: &Psid, reference: &str) {
        self.happens(page, psid, Act::OpenLink { reference: reference.to_owned() });
    }

    /// Comes from an ad and writes.
    pub async fn customer_comes_from_ad(&self, page: &PageId, psid: &Psid, ad: &str, text: &str) -> Mid {
        self.makes_message(page, psid, Act::ComeFromAd { ad: ad.to_owned(), text: text.to_owned() })
    }

    /// Opts in through a plugin on a website.
    pub async fn customer_opts_in(&self, page: &PageId, psid: &Psid, reference: &str) {
        self.happens(page, psid, Act::OptIn { reference: reference.to_owned() });
    }

    /// Lets somebody new appear; somebody known stays as they are.
    pub fn add_customer(&self, customer: CustomerSetup) {
        self.world().add_customer(customer);
    }

    fn makes_message(&self, page: &PageId, psid: &Psid, act: Act) -> Mid {
        self.happens(page, psid, act).expect("this act makes a message")
    }

    fn happens(&self, page: &PageId, psid: &Psid, act: Act) -> Option<Mid> {
        self.add_customer(CustomerSetup {
            psid: psid.clone(),
            page: page.clone(),
            first_name: "Customer".to_owned(),
            last_name: psid.as_str().chars().skip(psid.as_str().len().saturating_sub(4)).collect(),
        });
        self.customer_acts(page, psid, act)
            .expect("the page is part of the setup, and the message of the thread")
    }

    pub(super) fn customer_acts(&self, page: &PageId, psid: &Psid, act: Act) -> Result<Option<Mid>, Refusal> {
        let mut world = self.world();
        let (mid, deliveries) = world.customer(page, psid, act, self.now())?;
        self.dispatch(&world, deliveries);
        Ok(mid)
    }
}

/// What other apps do. The bot is the first app of the page that plays a script, else the first that is not the
/// default app; it obeys the same rules as every app.
///
/// # Errors
/// What the Graph API would answer.
impl Simulator {
    /// The bot sends a text, if it is in control.
    pub async fn bot_writes(&self, page: &PageId, psid: &Psid, text: &str) -> Result<Mid, Refusal> {
        self.send_as(&self.bot_of(page)?, &plain(psid, text))
    }

    /// The bot gives control to another app, with a note.
    pub async fn bot_passes(
        &self,
        page: &PageId,
        psid: &Psid,
        to: &AppId,
        metadata: &str,
    ) -> Result<(), Refusal> {
        let step = routing::Move::Pass { to: to.clone(), metadata: Some(metadata.to_owned()) };
        self.move_as(&self.bot_of(page)?, psid, step)
    }

    /// The bot lets go: the thread is idle.
    pub async fn bot_releases(&self, page: &PageId, psid: &Psid) -> Result<(), Refusal> {
        self.move_as(&self.bot_of(page)?, psid, routing::Move::Release)
    }

    /// The bot takes control, if its switch is on.
    pub async fn bot_takes(&self, page: &PageId, psid: &Psid) -> Result<(), Refusal> {
        self.move_as(&self.bot_of(page)?, psid, routing::Move::Take { metadata: None })
    }

    /// The bot asks whoever is in control, with a note.
    pub async fn bot_requests(&self, page: &PageId, psid: &Psid, metadata: &str) -> Result<(), Refusal> {
        let step = routing::Move::Request { metadata: Some(metadata.to_owned()) };
        self.move_as(&self.bot_of(page)?, psid, step)
    }

    /// Somebody answers in Meta Business Suite, which takes the thread.
    pub async fn inbox_person_writes(&self, page: &PageId, psid: &Psid, text: &str) -> Result<Mid, Refusal> {
        let mut world = self.world();
        let (mid, deliveries) = world.inbox_writes(page, psid, text, self.now())?;
        self.dispatch(&world, deliveries);
        mid.ok_or_else(Refusal::no_such_object)
    }

    fn bot_of(&self, page: &PageId) -> Result<Caller, Refusal> {
        let world = self.world();
        let setup = &world.pages.get(page).ok_or_else(Refusal::no_such_object)?.setup;
        let scripted = setup.apps.iter().find(|app| app.bot.is_some());
        let other = || setup.apps.iter().find(|app| setup.routing.default_app.as_ref() != Some(&app.id));
        let app = scripted.or_else(other).ok_or_else(Refusal::no_such_app)?;
        Ok(Caller { page: page.clone(), app: app.id.clone() })
    }
}

/// What an administrator does on Facebook. Unknown pages and apps are ignored.
impl Simulator {
    /// Turns "Take control of conversations" on or off for an app.
    pub fn set_take_control(&self, page: &PageId, app: &AppId, on: bool) {
        self.world().app_mut(page, app).map(|app| app.take_control = on).unwrap_or_default();
    }

    /// Turns "Access standby channel" on or off for an app.
    pub fn set_standby(&self, page: &PageId, app: &AppId, on: bool) {
        self.world().app_mut(page, app).map(|app| app.standby = on).unwrap_or_default();
    }

    /// Points an app's webhook elsewhere; deliveries that are being repeated follow. None: the app stops listening.
    pub fn set_webhook(&self, page: &PageId, app: &AppId, url: Option<String>) {
        self.world().app_mut(page, app).map(|app| app.webhook = url).unwrap_or_default();
    }

    /// Lets an app's page token expire, or makes it good again.
    pub fn expire_token(&self, page: &PageId, app: &AppId, expired: bool) {
        let mut world = self.world();
        let Some(token) = world.app(page, app).map(|app| app.access_token.clone()) else {
            return;
        };
        if expired {
            world.expired_tokens.insert(token);
        } else {
            world.expired_tokens.remove(&token);
        }
    }

    /// Takes a permission back from an app's page token, or gives it again.
    pub fn set_permission(&self, page: &PageId, app: &AppId, permission: &str, on: bool) {
        let mut world = self.world();
        let Some(token) = world.app(page, app).map(|app| app.access_token.clone()) else {
            return;
        };
        let revoked = world.revoked.entry(token).or_default();
        if on {
            revoked.remove(permission);
        } else {
            revoked.insert(permission.to_owned());
        }
    }

    /// Says when an app's page token ends by the calendar.
    pub fn end_token(&self, page: &PageId, app: &AppId, at: Option<Timestamp>) {
        let mut world = self.world();
        let Some(token) = world.app(page, app).map(|app| app.access_token.clone()) else {
            return;
        };
        match at {
            Some(at) => world.token_ends.insert(token, at),
            None => world.token_ends.remove(&token),
        };
    }

    /// Says what the person who signs in may do on a page, in Meta's words such as `MESSAGING`.
    pub fn set_tasks(&self, page: &PageId, tasks: &[&str]) {
        let tasks = tasks.iter().map(|task| (*task).to_owned()).collect();
        self.world().tasks.insert(page.clone(), tasks);
    }

    /// Which fields an app is subscribed to.
    pub fn fields_of(&self, page: &PageId, app: &AppId) -> Vec<String> {
        self.world().app(page, app).map(|app| app.fields.clone()).unwrap_or_default()
    }

    /// Gives an app another secret on all its pages, as "Reset" in Meta's dashboard does.
    pub fn reset_secret(&self, app: &AppId, secret: &str) {
        for page in self.world().pages.values_mut() {
            for each in page.setup.apps.iter_mut().filter(|each| each.id == *app) {
                each.secret = secret.to_owned();
            }
        }
    }

    /// Makes every code that was not redeemed useless, as time does.
    pub fn expire_codes(&self) {
        self.world().expire_codes();
    }

    /// Changes how a page routes.
    pub fn set_routing(&self, page: &PageId, routing: Routing) {
        self.world().pages.get_mut(page).map(|page| page.setup.routing = routing).unwrap_or_default();
    }

    /// How a page routes.
    pub fn routing(&self, page: &PageId) -> Option<Routing> {
        self.world().pages.get(page).map(|page| page.setup.routing.clone())
    }

    /// Subscribes an app to other fields; an empty list disconnects it from the page.
    pub fn set_fields_of(&self, page: &PageId, app: &AppId, fields: &[&str]) {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        self.world().app_mut(page, app).map(|app| app.fields = fields).unwrap_or_default();
    }
}
