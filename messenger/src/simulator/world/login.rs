//! Signing in with Facebook: what a person grants in the dialog, codes that count once, and tokens.

use super::World;
use crate::simulator::refusal::Refusal;
use domain::{AppId, PageId};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// What a person chose in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub app: AppId,
    /// Where the dialog leads back to; the code counts only with the very same address.
    pub redirect: String,
    pub pages: BTreeSet<PageId>,
    pub granted: Vec<String>,
    pub declined: Vec<String>,
}

/// Codes and tokens of people who signed in.
#[derive(Debug, Default)]
pub struct Logins {
    codes: HashMap<String, Grant>,
    used: BTreeSet<String>,
    tokens: HashMap<String, Grant>,
    count: usize,
}

impl World {
    /// The code for what was chosen in the dialog.
    pub fn grant(&mut self, grant: Grant) -> String {
        self.logins.count += 1;
        let code = format!("AQ{:06}code", self.logins.count);
        self.logins.codes.insert(code.clone(), grant);
        code
    }

    /// Makes a code useless, as after ten minutes.
    pub fn expire_codes(&mut self) {
        let codes = std::mem::take(&mut self.logins.codes);
        self.logins.used.extend(codes.into_keys());
    }

    /// `GET /oauth/access_token` with a code.
    pub fn redeem(
        &mut self,
        app: &AppId,
        secret: &str,
        redirect: &str,
        code: &str,
    ) -> Result<Value, Refusal> {
        self.knows(app, secret)?;
        if self.logins.used.contains(code) {
            return Err(Refusal::new(
                100,
                Some(36_009),
                "This authorization code has been used or has expired.",
            ));
        }
        let grant = self.logins.codes.get(code).cloned();
        let grant = grant.filter(|grant| grant.app == *app && grant.redirect == redirect);
        let grant =
            grant.ok_or_else(|| Refusal::new(100, Some(36_008), "Error validating verification code."))?;
        self.logins.codes.remove(code);
        self.logins.used.insert(code.to_owned());
        Ok(
            json!({ "access_token": self.user_token("Short", grant), "token_type": "bearer", "expires_in": 5180 }),
        )
    }

    /// `GET /oauth/access_token` with a short token: a long one.
    pub fn lengthen(&mut self, app: &AppId, secret: &str, token: &str) -> Result<Value, Refusal> {
        self.knows(app, secret)?;
        let grant = self.logins.tokens.get(token).cloned().ok_or_else(Refusal::bad_token)?;
        Ok(
            json!({ "access_token": self.user_token("Long", grant), "token_type": "bearer", "expires_in": 5_183_944 }),
        )
    }

    /// What the person behind a token chose.
    pub fn granted(&self, token: &str) -> Option<&Grant> {
        self.logins.tokens.get(token)
    }

    /// `GET /me/accounts`: the pages chosen in the dialog. A page token that had ended is made anew.
    pub fn chosen_pages(&mut self, grant: &Grant) -> Value {
        let mut data = Vec::new();
        for id in &grant.pages {
            let Some(app) = self.app(id, &grant.app).cloned() else { continue };
            let token = &app.access_token;
            let ended = self.expired_tokens.contains(token)
                || self.revoked.contains_key(token)
                || self.token_ends.contains_key(token);
            let token = if ended {
                self.logins.count += 1;
                format!("{}r{}", token, self.logins.count)
            } else {
                token.clone()
            };
            if let Some(app) = self.app_mut(id, &grant.app) {
                app.access_token.clone_from(&token);
            }
            if !grant.declined.is_empty() {
                self.revoked.insert(token.clone(), grant.declined.iter().cloned().collect());
            }
            let everything = ["MESSAGING", "MODERATE", "MANAGE"].map(str::to_owned).to_vec();
            let tasks = self.tasks.get(id).cloned().unwrap_or(everything);
            let name = self.pages.get(id).map(|page| page.setup.name.clone()).unwrap_or_default();
            data.push(json!({
                "id": id, "name": name, "category": "Shopping & retail", "tasks": tasks, "access_token": token,
            }));
        }
        json!({ "data": data })
    }

    fn user_token(&mut self, kind: &str, grant: Grant) -> String {
        self.logins.count += 1;
        let token = format!("EAAGuser{kind}{:06}", self.logins.count);
        self.logins.tokens.insert(token.clone(), grant);
        token
    }

    fn knows(&self, app: &AppId, secret: &str) -> Result<(), Refusal> {
        let mut apps = self.pages.values().flat_map(|page| &page.setup.apps);
        match apps.any(|one| one.id == *app && one.secret == secret) {
            true => Ok(()),
            false => Err(Refusal::new(1, None, "Error validating client secret.")),
        }
    }
}
