use super::{Apps, Icon, Pieces, Shape, When};
use crate::language::told;
use crate::state::Line;
use crate::text;
use domain::conversation::message::{Attachment, Author, AuthorKind, DeliveryState, Direction};
use domain::view::Message;
use domain::{AppId, MessageId, Timestamp};
use leptos::either::Either;
use leptos::prelude::*;
use std::sync::Arc;

/// What can be done about a message.
#[derive(Clone, Copy)]
pub struct Acts {
    /// Sends the same words again.
    pub again: Callback<Arc<Message>>,
    /// Settles whether it arrived.
    pub check: Callback<()>,
    /// Has a file that did not come fetched again.
    pub fetch: Callback<domain::MediaId>,
    /// Goes to another message.
    pub jump: Callback<MessageId>,
    pub copy: Callback<Arc<Message>>,
    /// Quotes it in the answer being written.
    pub reply: Callback<Arc<Message>>,
    /// Whether an answer may quote now.
    pub may_reply: Signal<bool>,
    /// Quotes it in the note being written.
    pub note: Callback<Arc<Message>>,
    /// Shows what it said before it was edited.
    pub wordings: Callback<MessageId>,
    /// Shows it as Facebook sent it; for managers alone.
    pub original: Option<Callback<MessageId>>,
}

/// A message with its author, its time, and how far it has come.
#[component]
pub fn Bubble(
    /// The line of this message; it never becomes another message.
    line: Memo<Option<Line>>,
    first: Arc<Message>,
    #[prop(into)] customer: String,
    /// The message that was jumped to.
    #[prop(into)]
    marked: Signal<Option<MessageId>>,
    /// Since when we have had the thread, if a bot has written into it all the same (CR-28).
    #[prop(into)]
    talked_over: Signal<Option<Timestamp>>,
    acts: Acts,
) -> impl IntoView {
    let this = first.id;
    let id = this.to_string();
    let kind = first.author.kind;
    let side = if first.direction == Direction::In { "customer" } else { "page" };
    let fallback = Arc::clone(&first);
    let message = Memo::new(move |_| match line.get() {
        Some(Line::Message { message, .. }) => message,
        Some(Line::Day(_) | Line::Events(_) | Line::Unseen | Line::Note(_)) | None => Arc::clone(&fallback),
    });
    let ends = Memo::new(move |_| match line.get() {
        Some(Line::Message { first, last, .. }) => (first, last),
        Some(Line::Day(_) | Line::Events(_) | Line::Unseen | Line::Note(_)) | None => (true, true),
    });
    let delivery = Memo::new(move |_| message.get().delivery.clone());
    let around = customer.clone();
    let content = Memo::new(move |_| match line.get() {
        Some(Line::Message { message, quoted, tapped, .. }) => {
            Content::of(&message, quoted.as_ref(), tapped, &around)
        }
        Some(Line::Day(_) | Line::Events(_) | Line::Unseen | Line::Note(_)) | None => {
            Content::of(&message.get(), None, None, &around)
        }
    });
    // An app may be given another name while its messages are on screen.
    let author = Memo::new(move |_| message.get().author.clone());
    let talks_over = Memo::new(move |_| {
        let at = message.with(|message| message.at);
        kind == AuthorKind::Bot && talked_over.get().is_some_and(|since| at >= since)
    });
    let who = Memo::new(move |_| text::author(&author.get(), &customer));
    let header = header(kind, author, who);
    view! {
        <article
            class="group"
            data-side=side
            data-first=move || ends.get().0.to_string()
            data-last=move || ends.get().1.to_string()
            aria-label=who
        >
            {header}
            <div
                class="bubble"
                data-message=id
                data-author=kind.as_str()
                data-delivery=move || delivery.get().state.as_str()
                data-marked=move || (marked.get() == Some(this)).then_some("")
                dir="auto"
            >
                {move || content.get().view(side, acts)}
            </div>
            <Tools message=message acts=acts />
            {move || message.get().reaction.clone().map(|reaction| view! { <span class="reaction">{reaction}</span> })}
            <Trouble delivery=delivery message=message on_again=acts.again on_check=acts.check />
            <footer>
                {signature(kind, who)}
                {move || edited(&message.get(), acts)}
                {move || talks_over.get().then(|| view! { <span class="late"><Icon name="triangle-alert" size=14 />{text::routing_conflict()}</span><span aria-hidden="true">"·"</span> })}
                {move || message.get().late.then(|| view! { <span class="late"><Icon name="clock" size=14 />{text::late()}</span><span aria-hidden="true">"·"</span> })}
                <When at=Signal::derive(move || message.get().at) shape=Shape::Clock />
                {move || progress(side, delivery.get().state)}
            </footer>
        </article>
    }
}

/// That it was edited; what it said before is one click away.
fn edited(message: &Message, acts: Acts) -> Option<impl IntoView + use<>> {
    let id = message.id;
    (message.edited && !message.deleted).then(|| {
        view! {
            <button class="link" type="button" title=text::wordings() on:click=move |_| acts.wordings.run(id)>{text::edited()}</button>
            <span aria-hidden="true">"·"</span>
        }
    })
}

/// What can be done with a message, under the pointer and for the keyboard.
#[component]
fn Tools(message: Memo<Arc<Message>>, acts: Acts) -> impl IntoView {
    let has_words = Memo::new(move |_| message.with(|message| message.text.is_some() && !message.deleted));
    let at_meta = Memo::new(move |_| message.with(|message| message.mid.is_some() && !message.deleted));
    view! {
        <div class="tools" role="group" aria-label=text::message_actions()>
            <Show when=move || at_meta.get() && acts.may_reply.get()>
                <button class="button" type="button" data-icon="" aria-label=text::reply_to_this() title=text::reply_to_this() on:click=move |_| acts.reply.run(message.get_untracked())>
                    <Icon name="corner-up-left" size=14 />
                </button>
            </Show>
            <Show when=move || has_words.get()>
                <button class="button" type="button" data-icon="" aria-label=text::copy() title=text::copy() on:click=move |_| acts.copy.run(message.get_untracked())>
                    <Icon name="copy" size=14 />
                </button>
            </Show>
            <Show when=move || has_words.get()>
                <button class="button" type="button" data-icon="" aria-label=text::quote_in_note() title=text::quote_in_note() on:click=move |_| acts.note.run(message.get_untracked())>
                    <Icon name="lock-eye" size=14 />
                </button>
            </Show>
            {acts.original.map(|original| view! {
                <button class="button" type="button" data-icon="" aria-label=text::original() title=text::original() on:click=move |_| original.run(message.get_untracked().id)>
                    <Icon name="braces" size=14 />
                </button>
            })}
        </div>
    }
}

/// What a bubble says.
#[derive(Clone, PartialEq)]
struct Content {
    text: Option<String>,
    attachments: Vec<Attachment>,
    /// The title of what the customer tapped to say this.
    tapped: Option<String>,
    /// The title of the button of this message that the customer tapped.
    chosen: Option<String>,
    quote: Option<Quote>,
    deleted: bool,
}

/// The message a message answers.
#[derive(Clone, PartialEq)]
struct Quote {
    /// What it said and who said it; nothing while it is not loaded.
    said: Option<(MessageId, String, String)>,
}

impl Content {
    fn of(message: &Message, quoted: Option<&Arc<Message>>, chosen: Option<String>, customer: &str) -> Self {
        let said = quoted.map(|quoted| (quoted.id, text::author(&quoted.author, customer), in_short(quoted)));
        Self {
            text: message.text.clone().filter(|text| !text.is_empty()),
            attachments: message.attachments.clone(),
            tapped: message.tapped.clone(),
            chosen,
            quote: message.reply_to.is_some().then_some(Quote { said }),
            deleted: message.deleted,
        }
    }

    fn view(self, side: &'static str, acts: Acts) -> impl IntoView {
        if self.deleted {
            let words = if side == "customer" { text::deleted() } else { text::deleted_ours() };
            return Either::Left(view! { <p class="absent"><Icon name="circle-slash" size=14 />{words}</p> });
        }
        let nothing = self.text.is_none() && self.attachments.is_empty() && self.tapped.is_none();
        // A tapped button repeats its title as text; it is said once.
        let text = self.text.filter(|text| self.tapped.as_ref() != Some(text));
        let pieces = (!self.attachments.is_empty()).then(|| {
            view! { <Pieces attachments=self.attachments tapped=self.chosen on_fetch=acts.fetch /> }
        });
        Either::Right(view! {
            {self.quote.map(|quote| quote.view(acts))}
            {self.tapped.map(|title| view! {
                <p class="tapped"><Icon name="check" size=14 label=text::tapped() />{title}</p>
            })}
            {text.map(|text| view! { <p class="words">{text}</p> })}
            {pieces}
            {nothing.then(|| view! { <p class="absent">{text::not_told()}</p> })}
        })
    }
}

impl Quote {
    fn view(self, acts: Acts) -> impl IntoView {
        match self.said {
            None => {
                Either::Left(view! { <p class="aside"><Icon name="undo-2" size=14 />{text::is_reply()}</p> })
            }
            Some((id, who, words)) => Either::Right(view! {
                <button class="quote" type="button" title=text::go_to_quoted() on:click=move |_| acts.jump.run(id)>
                    <b>{who}</b>
                    <span dir="auto">{words}</span>
                </button>
            }),
        }
    }
}

/// A message in one line, for whoever answers it.
pub fn in_short(message: &Message) -> String {
    if message.deleted {
        return text::deleted_ours().to_owned();
    }
    let words = message.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    match (words, message.attachments.first()) {
        (Some(words), _) => words.chars().take(140).collect(),
        (None, Some(attachment)) => text::attachment(attachment),
        (None, None) => text::not_told().to_owned(),
    }
}

/// Who speaks, above the first bubble, for everybody whose name does not stand underneath.
fn header(kind: AuthorKind, author: Memo<Author>, who: Memo<String>) -> Option<impl IntoView> {
    let icon = match kind {
        AuthorKind::Customer | AuthorKind::Agent => return None,
        AuthorKind::Bot => None,
        AuthorKind::MetaAi => Some("sparkles"),
        AuthorKind::Workflow => Some("workflow"),
        AuthorKind::PageInbox => Some("inbox"),
        AuthorKind::Unknown => Some("circle-question-mark"),
    };
    let apps = Apps::of_page();
    let app = Memo::new(move |_| author.get().id.filter(|_| kind == AuthorKind::Bot).map(AppId));
    let icon = Memo::new(move |_| icon.unwrap_or_else(|| apps.icon(app.get().as_ref())));
    Some(view! {
        <header data-author=kind.as_str() data-colour=move || apps.colour(app.get().as_ref())>
            {move || view! { <Icon name=icon.get() size=14 /> }}
            <b>{who}</b>
        </header>
    })
}

/// The agent's name underneath (CR-27).
fn signature(kind: AuthorKind, who: Memo<String>) -> Option<impl IntoView> {
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
                let again = view! { <button class="button" type="button" on:click=again>{text::try_again()}</button> };
                (format!("{} {}", text::failed(), told(&reason)), Either::Left(again))
            }
            DeliveryState::Unknown => {
                let check = move |_| on_check.run(());
                let check = view! {
                    <button class="button" type="button" on:click=check>{text::check_with_facebook()}</button>
                };
                (text::uncertain().to_owned(), Either::Right(check))
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
