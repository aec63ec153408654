//! The settings of an Incoming Webhook: its address, who is meant, and what is kept of the call.

use crate::browser;
use crate::pages::workflows::builder::drawer::form::Form;
use crate::pages::workflows::builder::drawer::steps::mappings;
use crate::pages::workflows::builder::screen::Screen;
use crate::parts::Icon;
use crate::text;
use crate::text::builder as words;
use domain::workflow::trigger::{Identifier, Mapping, TriggerKind};
use leptos::prelude::*;

pub fn webhook(screen: Screen, kind: Form<TriggerKind>) -> AnyView {
    let value = Signal::derive(move || {
        kind.value.with(|kind| match kind {
            TriggerKind::IncomingWebhook { mappings, .. } => mappings.clone(),
            _ => Vec::new(),
        })
    });
    let put = Callback::new(move |(_, all): (&'static str, Vec<Mapping>)| {
        kind.edit("mappings", |kind| {
            if let TriggerKind::IncomingWebhook { mappings, .. } = kind {
                *mappings = all;
            }
        });
    });
    let kept = Form::new(kind.screen, kind.at, value, put);
    let address = screen.hook.get_value();
    let copied = address.clone();
    let copy = move |_| {
        if !browser::copy(&copied) {
            screen.toasts.say(text::not_copied());
        }
    };
    let identifiers = words::identifiers().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec();
    view! {
        <div class="field">
            <span class="label">{words::hook()}</span>
            <div class="cluster">
                <input class="input" readonly aria-label=words::hook() prop:value=address />
                <button class="button" type="button" data-icon="" aria-label=text::copy_it() title=text::copy_it() on:click=copy><Icon name="copy" /></button>
            </div>
            <small>{words::hook_hint()}</small>
        </div>
        {kind
            .field("identifier", words::identified_by(), |kind| match kind {
                TriggerKind::IncomingWebhook { identifier: Identifier::Email, .. } => "email".to_owned(),
                TriggerKind::IncomingWebhook { identifier: Identifier::Phone, .. } => "phone".to_owned(),
                _ => "contact_id".to_owned(),
            }, |kind, word| {
                if let TriggerKind::IncomingWebhook { identifier, .. } = kind {
                    *identifier = match word.as_str() {
                        "email" => Identifier::Email,
                        "phone" => Identifier::Phone,
                        _ => Identifier::ContactId,
                    };
                }
            })
            .choice(identifiers)}
        {kind
            .field("path", words::path(), |kind| match kind {
                TriggerKind::IncomingWebhook { path, .. } => path.clone(),
                _ => String::new(),
            }, |kind, text| {
                if let TriggerKind::IncomingWebhook { path, .. } = kind {
                    *path = text;
                }
            })
            .hint(words::path_hint())
            .line()}
        {mappings(kept)}
    }
    .into_any()
}
