use super::avatar::{Avatar, Kind};
use super::{Icon, Lock, Shape, When};
use crate::calendar::{self, brief_span};
use crate::clock::Clock;
use crate::text;
use domain::conversation::message::AuthorKind;
use domain::conversation::standing::Status;
use domain::conversation::window::WindowState;
use domain::view::{Conversation, LastMessage};
use domain::{HOUR, PersonId, Timestamp};
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use std::sync::Arc;

/// From when on a row says how long one may still answer.
const WINDOW_MATTERS: i64 = 4 * HOUR;

/// What a row of the list shows.
#[derive(Clone, Debug)]
pub struct RowState {
    pub conversation: Arc<Conversation>,
    /// Where it leads.
    pub address: String,
    pub selected: bool,
    /// Whether the Tab key reaches this row.
    pub reachable: bool,
    pub draft: Option<String>,
    /// Where it stands in the list, from 0.
    pub index: usize,
    /// How many there are, as far as that is known.
    pub total: Option<usize>,
}

impl PartialEq for RowState {
    fn eq(&self, other: &Self) -> bool {
        // A row that did not change keeps its place in memory, so it is seldom looked into.
        let same =
            Arc::ptr_eq(&self.conversation, &other.conversation) || self.conversation == other.conversation;
        same && (self.selected, self.reachable, self.index, self.total)
            == (other.selected, other.reachable, other.index, other.total)
            && self.draft == other.draft
            && self.address == other.address
    }
}

/// A conversation in the list. `state` is the row's own: what it reads must not outlive it, or a list that is scrolled
/// for long would go on telling rows that are gone.
#[component]
pub fn Row(
    state: ArcRwSignal<RowState>,
    me: Option<PersonId>,
    /// Whether it comes while somebody looks.
    arrives: bool,
) -> impl IntoView {
    let id = state.with_untracked(|state| state.conversation.id);
    let state = RwSignal::from(state);
    let shown = Signal::derive(move || state.with(|state| Arc::clone(&state.conversation)));
    let draft = Signal::derive(move || state.with(|state| state.draft.clone()));
    let selected = Memo::new(move |_| state.with(|state| state.selected));
    let reachable = Memo::new(move |_| state.with(|state| state.reachable));
    let place = Memo::new(move |_| state.with(|state| (state.index, state.total)));
    let address = Memo::new(move |_| state.with(|state| state.address.clone()));
    let contact = Memo::new(move |_| shown.get().contact.clone());
    let control = Memo::new(move |_| shown.get().control.clone());
    let unread = Memo::new(move |_| shown.get().unread);
    let updated_at = Memo::new(move |_| shown.get().updated_at);
    view! {
        <a
            class="row"
            role="option"
            href=move || address.get()
            tabindex=move || if reachable.get() { "0" } else { "-1" }
            aria-selected=move || selected.get().to_string()
            aria-posinset=move || (place.get().0 + 1).to_string()
            aria-setsize=move || place.get().1.map_or("-1".to_owned(), |total| total.to_string())
            data-arrives=arrives.then_some("")
            data-conversation=id.to_string()
            data-control=move || control.get().owner.as_str()
            data-unread=move || unread.get().to_string()
        >
            {move || view! { <Avatar id=contact.get().id.0 name=contact.get().name kind=Kind::Customer picture=contact.get().picture_url /> }}
            <div>
                <div class="line">
                    <Lock control=control />
                    <span class="name" dir="auto">{move || contact.get().name}</span>
                    <When at=updated_at shape=Shape::Short />
                </div>
                <div class="line">
                    <Preview shown=shown draft=draft me=me />
                    <span class="meta">
                        <Snoozed shown=shown />
                        <Deadlines shown=shown />
                        {move || shown.get().failed.then(|| view! {
                            <span class="badge" data-kind="danger" title=text::failed_mark()>
                                <Icon name="circle-alert" size=14 label=text::failed_mark() />
                            </span>
                        })}
                        {move || shown.get().assignee.clone().map(|person| {
                            let label = text::assigned_filter(&person.name);
                            view! { <Avatar id=person.id.0 name=person.name kind=Kind::Agent size=18 label=label /> }
                        })}
                        {move || unread.get().then(|| view! {
                            <span class="badge" data-kind="unread"><span class="visually-hidden">{text::unread()}</span></span>
                        })}
                    </span>
                </div>
            </div>
        </a>
    }
}

/// What was said last, and by whom.
#[component]
fn Preview(
    shown: Signal<Arc<Conversation>>,
    draft: Signal<Option<String>>,
    me: Option<PersonId>,
) -> impl IntoView {
    let last = Memo::new(move |_| shown.get().last_message.clone());
    let failed = Memo::new(move |_| shown.get().failed);
    let customer = Memo::new(move |_| shown.get().contact.name.clone());
    move || match (draft.get(), last.get()) {
        (Some(draft), _) => EitherOf3::A(view! {
            <span class="preview" dir="auto"><span class="draft">{text::draft()}</span>" "{draft}</span>
        }),
        (None, Some(last)) => {
            let speaker = speaker(&last, me, &customer.get());
            let not_sent = failed.get() && last.author.kind == AuthorKind::Agent;
            let who = if not_sent {
                Either::Left(view! { <span class="failed">{text::not_sent()}": "</span> })
            } else {
                Either::Right(speaker.map(|speaker| view! { <b>{speaker}": "</b> }))
            };
            EitherOf3::B(view! { <span class="preview" dir="auto">{who}{last.preview}</span> })
        }
        (None, None) => EitherOf3::C(view! { <span class="preview"></span> }),
    }
}

/// Who wrote last, unless it is the customer, whose name stands above.
fn speaker(last: &LastMessage, me: Option<PersonId>, customer: &str) -> Option<String> {
    let mine = last.author.id.is_some() && last.author.id == me.map(|me| me.to_string());
    match last.author.kind {
        AuthorKind::Customer => None,
        AuthorKind::Agent if mine => Some(text::you().into()),
        AuthorKind::Agent => last.author.name.as_deref().map(|name| text::first_name(name).to_owned()),
        AuthorKind::PageInbox => Some("Page Inbox".into()),
        AuthorKind::Bot | AuthorKind::Workflow | AuthorKind::MetaAi | AuthorKind::Unknown => {
            Some(text::author(&last.author, customer))
        }
    }
}

/// Until when it is put away, or that it came back by itself.
#[component]
fn Snoozed(shown: Signal<Arc<Conversation>>) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let state = Memo::new(move |_| {
        let shown = shown.get();
        (shown.status == Status::Snoozed, shown.snoozed_until, shown.woken_at)
    });
    move || {
        let (words, brief) = match state.get() {
            (true, Some(until), _) => {
                let (locale, now) = (clock.locale()?, clock.now()?);
                (
                    text::snoozed_until(&calendar::coming(locale, now, until)),
                    Some(brief_span((until - now).max(0))),
                )
            }
            (true, None, _) => (text::snoozed_until_reply().to_owned(), None),
            (false, _, Some(_)) => (text::woken().to_owned(), None),
            (false, _, None) => return None,
        };
        let woken = matches!(state.get(), (false, ..)).then_some("woken");
        Some(view! {
            <span class="badge" data-kind=woken title=words.clone()>
                <Icon name="alarm-clock" size=14 label=words.clone() />
                {brief}
            </span>
        })
    }
}

/// How long one may still answer, when that is short; how long until control goes back by itself.
#[component]
fn Deadlines(shown: Signal<Arc<Conversation>>) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let window = move || {
        let left = clock.now().and_then(|now| answerable_for(&shown.get(), now))?;
        let words = text::left_to_reply(left);
        Some(view! {
            <span class="badge" data-kind=(left < HOUR).then_some("danger") title=words.clone()>
                <Icon name="clock" size=14 label=words.clone() />
                {brief_span(left)}
            </span>
        })
    };
    let reset = move || {
        let left = shown.get().reset_at? - clock.now()?;
        let words = text::resets_in(left);
        (left > 0).then(|| {
            view! {
                <span class="badge" title=words.clone()>
                    <Icon name="timer-reset" size=14 label=words.clone() />
                    {brief_span(left)}
                </span>
            }
        })
    };
    view! {
        {window}
        {reset}
    }
}

/// Milliseconds left to answer an unread conversation, when they are few.
fn answerable_for(conversation: &Conversation, now: Timestamp) -> Option<i64> {
    let left = match conversation.window.deadlines.at(now) {
        WindowState::Open { expires_at } | WindowState::HumanAgent { expires_at } => expires_at - now,
        WindowState::Closed => return None,
    };
    (left < WINDOW_MATTERS).then_some(left)
}
