//! What an attachment shows, whatever shape Meta gives it. Nothing is ever blank: what we do not know is named by
//! Meta's word.
//!
//! To draw a new kind: a variant of [`Piece`], its arm in [`Piece::of`], and a part of the screens.

use super::message::Attachment;
use crate::media::elements;
use crate::{SECOND, Timestamp};
use serde_json::Value;

/// The most cards, buttons or lines that are drawn of one attachment.
const MOST: usize = 30;

/// One thing a message shows besides its text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Picture,
    Sticker,
    Video,
    Audio,
    File {
        name: Option<String>,
    },
    /// Cards side by side, as in Messenger; a single one for most templates.
    Cards(Vec<Card>),
    /// A page somewhere: a shared link, post or reel.
    Link(Link),
    Place {
        latitude: String,
        longitude: String,
    },
    Appointment {
        /// Meta's word: `requested`, `confirmed`, `declined`, `cancelled`.
        status: String,
        from: Option<Timestamp>,
        until: Option<Timestamp>,
    },
    /// The customer came through an ad, a link or a product of the shop.
    Origin(Origin),
    /// What the customer could tap to answer.
    Choices(Vec<String>),
    /// Meta made this text from a lead form; it does not stand in the customer's thread.
    FromLeadForm,
    /// Meta does not show apps what was sent.
    Withheld,
    /// A kind nobody has met yet, by Meta's word.
    Unknown(String),
}

/// A card of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Which part of the attachment its picture is.
    pub part: String,
    pub has_picture: bool,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    /// Names and values, such as what was bought.
    pub rows: Vec<(String, String)>,
    pub buttons: Vec<Button>,
}

/// A button under a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub title: String,
    /// Where it leads, if it leads somewhere on the web.
    pub url: Option<String>,
}

/// A page somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub kind: LinkKind,
    pub title: Option<String>,
    /// Only `http` and `https`; everything else is nothing to open.
    pub url: Option<String>,
}

/// What kind of page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    Page,
    Post,
    Reel,
}

/// How the customer got here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub ad: bool,
    pub title: Option<String>,
    pub reference: Option<String>,
    pub product: Option<String>,
    pub has_picture: bool,
}

impl Piece {
    /// What an attachment shows.
    pub fn of(attachment: &Attachment) -> Self {
        let payload = attachment.payload.as_ref().unwrap_or(&Value::Null);
        match attachment.kind.as_str() {
            "image" => Self::Picture,
            "sticker" => Self::Sticker,
            "video" => Self::Video,
            "audio" => Self::Audio,
            "file" => Self::File { name: attachment.title.clone().filter(|title| !title.is_empty()) },
            "template" => Self::template(attachment, payload),
            "fallback" | "share" => Self::link(LinkKind::Page, attachment),
            "post" | "ig_post" => Self::link(LinkKind::Post, attachment),
            "reel" | "ig_reel" => Self::link(LinkKind::Reel, attachment),
            "location" => place(payload),
            "appointment_booking" => Self::Appointment {
                status: word(payload, "status").unwrap_or_default(),
                from: seconds(payload, "start_time"),
                until: seconds(payload, "end_time"),
            },
            REFERRAL => Self::Origin(origin(payload)),
            CHOICES => Self::Choices(words(payload)),
            LEAD_FORM => Self::FromLeadForm,
            UNSUPPORTED => Self::Withheld,
            other => Self::Unknown(other.to_owned()),
        }
    }

    fn link(kind: LinkKind, attachment: &Attachment) -> Self {
        let title = attachment.title.clone().filter(|title| !title.is_empty());
        Self::Link(Link { kind, title, url: attachment.url.as_deref().and_then(web) })
    }

    /// A template with nothing to show is a link to where Meta shows it.
    fn template(attachment: &Attachment, payload: &Value) -> Self {
        let cards = cards(payload);
        if cards.is_empty() { Self::link(LinkKind::Page, attachment) } else { Self::Cards(cards) }
    }

    /// The titles of the buttons it offers.
    pub fn offers(&self) -> Vec<&str> {
        match self {
            Self::Cards(cards) => {
                cards.iter().flat_map(|card| &card.buttons).map(|button| button.title.as_str()).collect()
            }
            Self::Choices(choices) => choices.iter().map(String::as_str).collect(),
            Self::Picture
            | Self::Sticker
            | Self::Video
            | Self::Audio
            | Self::File { .. }
            | Self::Link(_)
            | Self::Place { .. }
            | Self::Appointment { .. }
            | Self::Origin(_)
            | Self::FromLeadForm
            | Self::Withheld
            | Self::Unknown(_) => Vec::new(),
        }
    }
}

/// The kind of what brought the customer here; its payload is Meta's `referral`.
pub const REFERRAL: &str = "referral";
/// The kind of quick replies that were offered; its payload is the list of titles.
pub const CHOICES: &str = "quick_replies";
/// The kind that marks a text Meta made from a lead form.
pub const LEAD_FORM: &str = "lead_form";
/// The kind of what Meta does not show to apps.
pub const UNSUPPORTED: &str = "unsupported";

/// Cards with pictures and buttons; a text with buttons; a receipt; whatever else has words in it.
fn cards(payload: &Value) -> Vec<Card> {
    let elements = elements(payload);
    let kind = word(payload, "template_type").unwrap_or_default();
    if kind == "receipt" || kind == "order_status" {
        return vec![receipt(payload)];
    }
    if elements.is_empty() {
        let card = card(payload, "media");
        return if card == (Card { part: "media".into(), ..Card::default() }) {
            Vec::new()
        } else {
            vec![card]
        };
    }
    let cards = elements.iter().take(MOST).enumerate();
    let mut cards: Vec<Card> =
        cards.map(|(index, element)| card(element, &format!("elements/{index}"))).collect();
    // Lists and media templates have buttons beneath all their elements.
    if let Some(last) = cards.last_mut() {
        last.buttons.extend(buttons(payload));
    }
    cards
}

fn card(element: &Value, part: &str) -> Card {
    let told = |key| element.get(key).and_then(Value::as_str).is_some_and(|url| !url.is_empty());
    let text = |keys: [&str; 2]| keys.into_iter().find_map(|key| word(element, key));
    let kind =
        word(element, "media_type").map(|kind| if kind == "video" { "Video" } else { "Photo" }.to_owned());
    Card {
        part: part.to_owned(),
        has_picture: told("image_url") || told("media_url"),
        title: text(["title", "text"]).or(kind),
        subtitle: text(["subtitle", "description"]),
        rows: Vec::new(),
        buttons: buttons(element),
    }
}

fn receipt(payload: &Value) -> Card {
    let line = |element: &Value| {
        let name = word(element, "title")?;
        let count = number(element, "quantity").filter(|count| count != "1");
        let price = number(element, "price");
        let name = count.map_or(name.clone(), |count| format!("{count} × {name}"));
        Some((name, price.map_or(String::new(), |price| money(&price, payload))))
    };
    let mut rows: Vec<(String, String)> = elements(payload).iter().take(MOST).filter_map(line).collect();
    let total = payload.pointer("/summary/total_cost").and_then(plain);
    rows.extend(total.map(|total| ("Total".to_owned(), money(&total, payload))));
    let order = word(payload, "order_number").or_else(|| number(payload, "order_number"));
    Card {
        part: "media".into(),
        title: Some(order.map_or("Receipt".to_owned(), |order| format!("Receipt {order}"))),
        subtitle: word(payload, "recipient_name"),
        rows,
        ..Card::default()
    }
}

fn money(amount: &str, payload: &Value) -> String {
    match word(payload, "currency") {
        Some(currency) => format!("{amount} {currency}"),
        None => amount.to_owned(),
    }
}

fn buttons(of: &Value) -> Vec<Button> {
    let list = of.get("buttons").and_then(Value::as_array).into_iter().flatten();
    list.take(MOST)
        .map(|button| Button {
            title: word(button, "title")
                .unwrap_or_else(|| word(button, "type").unwrap_or_else(|| "Button".into()).replace('_', " ")),
            url: word(button, "url").as_deref().and_then(web),
        })
        .collect()
}

fn place(payload: &Value) -> Piece {
    let of = payload.get("coordinates").unwrap_or(payload);
    match (number(of, "lat"), number(of, "long")) {
        (Some(latitude), Some(longitude)) => Piece::Place { latitude, longitude },
        _ => Piece::Unknown("location".into()),
    }
}

fn origin(payload: &Value) -> Origin {
    let ad = payload.get("ads_context_data");
    Origin {
        ad: ad.is_some()
            || payload.get("ad_id").is_some()
            || word(payload, "source").as_deref() == Some("ADS"),
        title: ad.and_then(|ad| word(ad, "ad_title")),
        reference: word(payload, "ref"),
        product: payload.get("product").and_then(|product| number(product, "id")),
        has_picture: ad.is_some_and(|ad| word(ad, "photo_url").is_some()),
    }
}

/// An address a browser may open: nothing that runs, nothing on this machine.
pub fn web(url: &str) -> Option<String> {
    let lower = url.trim().to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then(|| url.trim().to_owned())
}

fn words(payload: &Value) -> Vec<String> {
    let list = payload.as_array().into_iter().flatten().take(MOST);
    list.filter_map(|word| word.as_str().map(str::to_owned).or_else(|| self::word(word, "title"))).collect()
}

fn word(of: &Value, key: &str) -> Option<String> {
    of.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A number, however Meta writes it.
fn number(of: &Value, key: &str) -> Option<String> {
    plain(of.get(key)?)
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn seconds(of: &Value, key: &str) -> Option<Timestamp> {
    let seconds: i64 = number(of, key)?.parse().ok()?;
    seconds.checked_mul(SECOND).map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn piece(kind: &str, payload: Value) -> Piece {
        let url = Some("https://shop.example/a".into());
        Piece::of(&Attachment {
            kind: kind.into(),
            title: None,
            url,
            payload: Some(payload),
            media: Vec::new(),
        })
    }

    #[test]
    fn a_template_shows_its_words_and_buttons() {
        let buttons = json!({"template_type": "button", "text": "What next?", "buttons": [
            {"type": "web_url", "url": "javascript:alert(1)", "title": "Open"}, {"type": "postback", "title": "A person"}]});
        let Piece::Cards(cards) = piece("template", buttons) else { panic!("cards") };
        assert_eq!(cards[0].title.as_deref(), Some("What next?"));
        assert_eq!(cards[0].buttons[0], Button { title: "Open".into(), url: None });
        let media =
            json!({"template_type": "media", "elements": [{"media_type": "image", "attachment_id": 7}]});
        let Piece::Cards(cards) = piece("template", media) else { panic!("cards") };
        assert_eq!(cards[0].title.as_deref(), Some("Photo"));
    }

    #[test]
    fn a_receipt_shows_what_was_bought() {
        let receipt = json!({"template_type": "receipt", "order_number": "4411", "currency": "SEK",
            "elements": [{"title": "Socks", "quantity": 2, "price": 258}], "summary": {"total_cost": 258}});
        let Piece::Cards(cards) = piece("template", receipt) else { panic!("cards") };
        assert_eq!(
            cards[0].rows,
            [("2 × Socks".into(), "258 SEK".into()), ("Total".into(), "258 SEK".into())]
        );
    }

    #[test]
    fn a_template_without_words_leads_to_where_meta_shows_it() {
        assert!(matches!(piece("template", json!({})), Piece::Link(Link { url: Some(_), .. })));
    }

    #[test]
    fn a_kind_from_the_future_is_named() {
        assert_eq!(piece("hologram", json!({"depth": 3})), Piece::Unknown("hologram".into()));
        assert_eq!(piece("location", json!({})), Piece::Unknown("location".into()));
        let place = piece("location", json!({"coordinates": {"lat": 59.33, "long": "18.06"}}));
        assert_eq!(place, Piece::Place { latitude: "59.33".into(), longitude: "18.06".into() });
    }
}
