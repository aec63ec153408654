use super::{Icon, Shape, When};
use crate::state::Line;
use crate::text;
use domain::conversation::message::{Attachment, AuthorKind, DeliveryState, Direction};
use domain::view::Message;
use leptos::either::Either;
use leptos::prelude::*;
use std::sync::Arc;

/// A message with its author, its time, and how far it has come.
#[component]
pub fn Bubble(
    /// The line of this message; it never becomes another message.
    line: Memo<Option<Line>>,
    first: Arc<Message>,
    #[prop(into)] customer: String,
    /// Sends the same words again.
    on_again: Callback<Arc<Message>>,
    /// Settles whether it arrived.
    on_check: Callback<()>,
) -> impl IntoView {
    let id = first.id.to_string();
    let kind = first.author.kind;
    let side = if first.direction == Direction::In { "customer" } else { "page" };
    let who = text::author(&first.author, &customer);
    let fallback = Arc::clone(&first);
    let message = Memo::new(move |_| match line.get() {
        Some(Line::Message { message, .. }) => message,
        Some(Line::Day(_) | Line::Control(_)) | None => Arc::clone(&fallback),
    });
    let ends = Memo::new(move |_| match line.get() {
        Some(Line::Message { first, last, .. }) => (first, last),
        Some(Line::Day(_) | Line::Control(_)) | None => (true, true),
    });
    let delivery = Memo::new(move |_| message.get().delivery.clone());
    let content = Memo::new(move |_| Content::of(&message.get()));
    let header = header(kind, &who);
    let footer = who.clone();
    view! {
        <article
            class="group"
            data-side=side
            data-first=move || ends.get().0.to_string()
            data-last=move || ends.get().1.to_string()
            aria-label=who.clone()
        >
            {header}
            <div
                class="bubble"
                data-message=id
                data-author=kind.as_str()
                data-delivery=move || delivery.get().state.as_str()
                dir="auto"
            >
                {move || content.get().view(side)}
            </div>
            {move || message.get().reaction.clone().map(|reaction| view! { <span class="reaction">{reaction}</span> })}
            <Trouble delivery=delivery message=message on_again=on_again on_check=on_check />
            <footer>
                {signature(kind, &footer)}
                {move || message.get().edited.then(|| view! { <span>{text::EDITED}</span><span aria-hidden="true">"·"</span> })}
                <When at=Signal::derive(move || message.get().at) shape=Shape::Clock />
                {move || progress(side, delivery.get().state)}
            </footer>
        </article>
    }
}

/// What a bubble says.
#[derive(Clone, PartialEq)]
struct Content {
    text: Option<String>,
    attachments: Vec<Attachment>,
    tapped: Option<String>,
    is_reply: bool,
    deleted: bool,
}

impl Content {
    fn of(message: &Message) -> Self {
        Self {
            text: message.text.clone().filter(|text| !text.is_empty()),
            attachments: message.attachments.clone(),
            tapped: message.tapped.clone(),
            is_reply: message.reply_to.is_some(),
            deleted: message.deleted,
        }
    }

    fn view(self, side: &'static str) -> impl IntoView {
        if self.deleted {
            let words = if side == "customer" { text::DELETED } else { text::DELETED_OURS };
            return Either::Left(view! { <p class="absent">{words}</p> });
        }
        let nothing = self.text.is_none() && self.attachments.is_empty() && self.tapped.is_none();
        // A tapped button repeats its title as text; it is said once.
        let text = self.text.filter(|text| self.tapped.as_ref() != Some(text));
        Either::Right(view! {
            {self.is_reply.then(|| view! { <p class="aside"><Icon name="undo-2" size=14 />{text::IS_REPLY}</p> })}
            {self.tapped.map(|title| view! {
                <p class="tapped"><Icon name="check" size=14 label=text::TAPPED />{title}</p>
            })}
            {text.map(|text| view! { <p class="words">{text}</p> })}
            {self.attachments.iter().map(attached).collect_view()}
            {nothing.then(|| view! { <p class="absent">{text::NOT_TOLD}</p> })}
        })
    }
}

/// An attachment as a chip: what it is, never its content, which lies on other people's servers.
fn attached(attachment: &Attachment) -> impl IntoView + use<> {
    let icon = match attachment.kind.as_str() {
        "image" | "sticker" => "image",
        "video" | "reel" | "ig_reel" => "video",
        "audio" => "mic",
        "file" => "file",
        "template" => "layout-template",
        "location" => "map-pin",
        _ => "paperclip",
    };
    view! { <p class="attached"><Icon name=icon />{text::attachment(attachment)}</p> }
}

/// Who speaks, above the first bubble, for everybody whose name does not stand underneath.
fn header(kind: AuthorKind, who: &str) -> Option<impl IntoView + use<>> {
    let icon = match kind {
        AuthorKind::Customer | AuthorKind::Agent => return None,
        AuthorKind::Bot => "bot",
        AuthorKind::MetaAi => "sparkles",
        AuthorKind::Workflow => "workflow",
        AuthorKind::PageInbox => "inbox",
        AuthorKind::Unknown => "circle-question-mark",
    };
    let who = who.to_owned();
    Some(view! { <header data-author=kind.as_str()><Icon name=icon size=14 /><b>{who}</b></header> })
}

/// The agent's name underneath (CR-27).
fn signature(kind: AuthorKind, who: &str) -> Option<impl IntoView + use<>> {
    let who = who.to_owned();
    (kind == AuthorKind::Agent)
        .then(|| view! { <span class="author">{who}</span><span aria-hidden="true">"·"</span> })
}

/// How far a message of the page has come, as a picture with a name.
fn progress(side: &str, state: DeliveryState) -> Option<impl IntoView + use<>> {
    let icon = match state {
        DeliveryState::Received => return None,
        DeliveryState::Queued | DeliveryState::Sending => "clock",
        DeliveryState::Sent => "check",
        DeliveryState::Delivered => "check-check",
        DeliveryState::Read => "eye",
        DeliveryState::Failed => "circle-alert",
        DeliveryState::Unknown => "circle-question-mark",
    };
    let name = text::delivery(state);
    (side == "page")
        .then(|| view! { <span class="progress" title=name><Icon name=icon size=14 label=name /></span> })
}

/// What went wrong, what is safe, what to do now.
#[component]
fn Trouble(
    delivery: Memo<domain::conversation::message::Delivery>,
    message: Memo<Arc<Message>>,
    on_again: Callback<Arc<Message>>,
    on_check: Callback<()>,
) -> impl IntoView {
    move || {
        let delivery = delivery.get();
        let (words, action) = match delivery.state {
            DeliveryState::Failed => {
                let reason = delivery.error.map(|error| error.message).unwrap_or_default();
                let again = move |_| on_again.run(message.get_untracked());
                let again =
                    view! { <button class="button" type="button" on:click=again>{text::TRY_AGAIN}</button> };
                (format!("{} {reason}", text::FAILED), Either::Left(again))
            }
            DeliveryState::Unknown => {
                let check = move |_| on_check.run(());
                let check = view! {
                    <button class="button" type="button" on:click=check>{text::CHECK_WITH_FACEBOOK}</button>
                };
                (text::UNCERTAIN.to_owned(), Either::Right(check))
            }
            DeliveryState::Received
            | DeliveryState::Queued
            | DeliveryState::Sending
            | DeliveryState::Sent
            | DeliveryState::Delivered
            | DeliveryState::Read => return None,
        };
        Some(view! {
            <div class="failure">
                <p><Icon name="circle-alert" size=14 /><span>{words}</span></p>
                <div class="cluster">{action}</div>
            </div>
        })
    }
}
