//! Who an item is about.

use super::lenient::{field, id};
use domain::{PageId, Psid};
use serde_json::Value;

/// The two sides of an item, sorted into page and person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties {
    pub page: PageId,
    pub psid: Option<Psid>,
    pub user_ref: Option<String>,
    /// Whether the page is the sender: then it is an echo, whatever else it says.
    pub from_page: bool,
}

/// Finds page and person. The page is the entry's; the person is whichever side is not the page.
pub fn of(item: &Value, entry_page: Option<&PageId>, is_echo: bool) -> Option<Parties> {
    let (sender, recipient) = (side(item, "sender"), side(item, "recipient"));
    let page = entry_page.map(|page| page.0.clone());
    let page = page.or_else(|| if is_echo { sender.clone() } else { recipient.clone() })?;
    let person = [&sender, &recipient].into_iter().flatten().find(|side| **side != page);
    Some(Parties {
        psid: person.cloned().map(Psid),
        user_ref: user_ref(item),
        from_page: sender.as_ref() == Some(&page),
        page: PageId(page),
    })
}

fn side(item: &Value, key: &str) -> Option<String> {
    id(field(item, key)?, "id")
}

/// A website plugin's stand-in for the person, in any of the places Meta puts it.
fn user_ref(item: &Value) -> Option<String> {
    let named =
        ["optin", "sender", "recipient"].into_iter().find_map(|key| id(field(item, key)?, "user_ref"));
    named.or_else(|| id(field(item, "prior_message")?, "identifier"))
}
