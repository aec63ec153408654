//! The calls about apps: what they are subscribed to, where they listen, what their tokens are worth.

use crate::simulator::request::Request;
use crate::simulator::world::Caller;
use crate::simulator::{Refusal, Simulator};
use domain::AppId;
use serde_json::{Value, json};

/// Every name `subscribed_fields` takes in this simulation.
const SUBSCRIBABLE: [&str; 34] = [
    "messages",
    "message_echoes",
    "message_edits",
    "message_reactions",
    "message_reads",
    "message_deliveries",
    "message_context",
    "message_mention",
    "messaging_account_linking",
    "messaging_customer_information",
    "messaging_direct_sends",
    "messaging_fblogin_account_linking",
    "messaging_feedback",
    "messaging_game_plays",
    "messaging_handovers",
    "messaging_in_thread_lead_form_submit",
    "messaging_integrity",
    "messaging_optins",
    "messaging_optouts",
    "messaging_payments",
    "messaging_policy_enforcement",
    "messaging_postbacks",
    "messaging_pre_checkouts",
    "messaging_referrals",
    "messaging_appointments",
    "messaging_checkout_updates",
    "response_feedback",
    "send_cart",
    "standby",
    "inbox_labels",
    "feed",
    "mention",
    "leadgen",
    "conversations",
];

/// What an app is granted when nobody takes anything back.
const PERMISSIONS: [&str; 4] =
    ["pages_show_list", "pages_messaging", "pages_manage_metadata", "pages_read_engagement"];

impl Simulator {
    /// Calls that carry no page token: codes, and tokens of people. Nothing when it is none of them.
    pub(super) fn login_call(&self, request: &Request) -> Option<Result<Value, Refusal>> {
        let text = |name: &str| request.text(name).unwrap_or_default();
        let mut world = self.world();
        let app = AppId::from(text("client_id"));
        if request.segments()[..] == ["oauth", "access_token"] {
            let secret = text("client_secret");
            return Some(match request.text("code") {
                Some(code) => world.redeem(&app, secret, text("redirect_uri"), code),
                None => world.lengthen(&app, secret, text("fb_exchange_token")),
            });
        }
        let grant = world.granted(request.token.as_deref()?).cloned()?;
        match request.segments()[..] {
            ["me", "accounts"] => Some(Ok(world.chosen_pages(&grant))),
            ["me", "permissions"] => {
                let row = |name: &String, status| json!({ "permission": name, "status": status });
                let granted = grant.granted.iter().map(|name| row(name, "granted"));
                let declined = grant.declined.iter().map(|name| row(name, "declined"));
                Some(Ok(json!({ "data": granted.chain(declined).collect::<Vec<_>>() })))
            }
            _ => None,
        }
    }

    /// One unknown name fails the whole subscription.
    pub(super) fn subscribe(&self, caller: &Caller, request: &Request) -> Result<Value, Refusal> {
        let names: Vec<String> = match &request.params["subscribed_fields"] {
            Value::String(names) => names.split(',').map(|name| name.trim().to_owned()).collect(),
            Value::Array(names) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => return Err(Refusal::parameter("The parameter subscribed_fields is required.")),
        };
        match names.iter().find(|name| !SUBSCRIBABLE.contains(&name.as_str())) {
            Some(name) => Err(Refusal::parameter(&format!("Param subscribed_fields has no value {name}."))),
            None => Ok(self.set_fields(caller, names)),
        }
    }

    /// An empty list unsubscribes the page.
    pub(super) fn set_fields(&self, caller: &Caller, fields: Vec<String>) -> Value {
        let mut world = self.world();
        if let Some(app) = world.app_mut(&caller.page, &caller.app) {
            app.fields = fields;
        }
        json!({ "success": true })
    }

    /// `GET /debug_token`: whose a token is and whether it lives.
    pub(super) fn debug_token(&self, request: &Request) -> Value {
        let world = self.world();
        let token = request.text("input_token").unwrap_or_default();
        if let Some((id, secret)) = token.split_once('|') {
            let mut apps = world.pages.values().flat_map(|page| &page.setup.apps);
            return match apps.find(|app| app.id.as_str() == id && app.secret == secret) {
                Some(app) => {
                    json!({ "data": { "app_id": app.id, "application": app.name, "type": "APP", "is_valid": true, "scopes": [] } })
                }
                None => json!({ "data": { "type": "APP", "is_valid": false, "scopes": [] } }),
            };
        }
        let known =
            world.caller(token).and_then(|owner| world.app(&owner.page, &owner.app).zip(Some(owner.clone())));
        let dead = |app: &str, words: &str| {
            let error = json!({ "code": 190, "message": words, "subcode": 463 });
            json!({ "data": { "app_id": app, "type": "PAGE", "is_valid": false, "scopes": [], "error": error, "expires_at": 0 } })
        };
        match known {
            None => dead("", "The token is not known."),
            Some((app, _)) if world.is_dead(token, self.now()) => {
                dead(app.id.as_str(), "The session has expired.")
            }
            Some((app, owner)) => json!({ "data": {
                "app_id": app.id,
                "application": app.name,
                "type": "PAGE",
                "is_valid": true,
                "expires_at": world.token_ends.get(token).map_or(0, |end| end.ms() / 1_000),
                "data_access_expires_at": 0,
                "profile_id": owner.page,
                "scopes": PERMISSIONS.into_iter().filter(|one| world.permits(&owner, one)).collect::<Vec<_>>(),
            } }),
        }
    }

    /// `GET /me/accounts`: every page the calling app is connected to.
    pub(super) fn accounts(&self, caller: &Caller) -> Value {
        let world = self.world();
        let pages = world.pages.values().filter_map(|page| Some((&page.setup, page.setup.app(&caller.app)?)));
        let data: Vec<Value> = pages
            .map(|(page, app)| {
                json!({
                    "id": page.id,
                    "name": page.name,
                    "category": "Shopping & retail",
                    "tasks": ["MESSAGING", "MODERATE", "MANAGE"],
                    "access_token": app.access_token,
                })
            })
            .collect();
        json!({ "data": data })
    }

    /// `GET /{app}/subscriptions`: where an app listens.
    pub(super) fn subscription(&self, caller: &Caller, app: &AppId) -> Result<Value, Refusal> {
        let world = self.world();
        let app = world.app(&caller.page, app).ok_or_else(Refusal::no_such_object)?;
        let fields: Vec<Value> =
            app.fields.iter().map(|name| json!({ "name": name, "version": "v26.0" })).collect();
        let one = json!({ "object": "page", "callback_url": app.webhook, "active": app.webhook.is_some(), "fields": fields });
        Ok(json!({ "data": [one] }))
    }

    /// Points an app's webhook at `callback_url` once that address proved that it knows `verify_token`.
    pub(super) async fn set_subscription(&self, app: &AppId, request: &Request) -> Result<Value, Refusal> {
        let url =
            request.text("callback_url").ok_or_else(|| Refusal::parameter("callback_url is required."))?;
        let token = request.text("verify_token").unwrap_or_default();
        if !self.inner.depot.verifies(url, token).await {
            return Err(Refusal::new(2_200, None, "(#2200) Callback verification failed."));
        }
        for page in self.world().pages.values_mut() {
            for each in page.setup.apps.iter_mut().filter(|each| each.id == *app) {
                each.webhook = Some(url.to_owned());
                each.verify_token = token.to_owned();
            }
        }
        Ok(json!({ "success": true }))
    }
}
