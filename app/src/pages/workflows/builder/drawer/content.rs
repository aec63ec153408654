//! What a step says: text, a file, buttons, quick replies.

use super::form::Form;
use super::rows::Rows;
use crate::text::builder as words;
use domain::workflow::phrase::Phrase;
use domain::workflow::steps::content::{
    Action, Button, Content, File, FileKind, MOST_BUTTONS, MOST_QUICK_REPLIES, MOST_TEXT,
    MOST_TEXT_WITH_BUTTONS, QuickReply,
};
use leptos::prelude::*;

const FILES: [(FileKind, &str); 4] = [
    (FileKind::Image, "image"),
    (FileKind::Video, "video"),
    (FileKind::Audio, "audio"),
    (FileKind::File, "file"),
];

/// The form of a message. `replies`: whether it offers quick replies; a question brings its own.
pub fn content(form: Form<Content>, replies: bool) -> AnyView {
    let left = move || {
        form.value.with(|content| {
            let most = if content.buttons.is_empty() { MOST_TEXT } else { MOST_TEXT_WITH_BUTTONS };
            words::letters(content.text.as_str().chars().count(), most)
        })
    };
    let kind = Memo::new(move |_| form.value.with(|content| content.file.as_ref().map(|file| file.kind)));
    let mut kinds = vec![(String::new(), words::no_file().to_owned())];
    kinds.extend(FILES.map(|(kind, word)| (word.to_owned(), words::file_kind(kind).to_owned())));
    let buttons = Rows {
        name: "buttons",
        title: words::buttons(),
        add: words::add_button(),
        hint: None,
        most: MOST_BUTTONS,
    };
    let quick = Rows {
        name: "quick_replies",
        title: words::quick_replies(),
        add: words::add_reply(),
        hint: Some(words::quick_replies_hint()),
        most: MOST_QUICK_REPLIES,
    };
    let fresh_button =
        || Button { title: String::new(), action: Action::Postback { payload: String::new() } };
    let fresh_reply = || QuickReply { title: String::new(), payload: None };
    let text = form.field(
        "text",
        words::message_label(),
        |content| content.text.as_str().to_owned(),
        |content, text| content.text = Phrase::new(text),
    );
    view! {
        {text.phrase(4)}
        <p class="hint count">{left}</p>
        {form
            .field("kind", words::file(), |content| file_word(content).to_owned(), |content, word| {
                let kind = FILES.into_iter().find(|(_, one)| *one == word).map(|(kind, _)| kind);
                let url = content.file.take().map(|file| file.url).unwrap_or_default();
                content.file = kind.map(|kind| File { kind, url });
            })
            .choice(kinds)}
        {move || kind.get().map(|_| form
            .field("file", words::file_address(), |content| content.file.as_ref().map(|file| file.url.as_str().to_owned()).unwrap_or_default(), |content, text| {
                if let Some(file) = &mut content.file {
                    file.url = Phrase::new(text);
                }
            })
            .hint(words::file_hint())
            .phrase(1))}
        {form.rows(buttons, |content| &content.buttons, |content| &mut content.buttons, fresh_button, button)}
        {replies.then(|| form.rows(quick, |content| &content.quick_replies, |content| &mut content.quick_replies, fresh_reply, reply))}
    }
    .into_any()
}

fn file_word(content: &Content) -> &'static str {
    let kind = content.file.as_ref().map(|file| file.kind);
    FILES.into_iter().find(|(one, _)| Some(*one) == kind).map_or("", |(_, word)| word)
}

fn action_word(action: &Action) -> &'static str {
    match action {
        Action::Postback { .. } => "postback",
        Action::Link { .. } => "link",
        Action::Call { .. } => "call",
    }
}

fn button(form: Form<Button>) -> AnyView {
    let kind = Memo::new(move |_| form.value.with(|button| action_word(&button.action)));
    let actions = words::actions().map(|(word, name)| (word.to_owned(), name.to_owned())).to_vec();
    let what = move || match kind.get() {
        "link" => form
            .field("", words::address(), argument, |button, text| {
                button.action = Action::Link { url: Phrase::new(text) }
            })
            .phrase(1),
        "call" => form
            .field("", words::phone(), argument, |button, phone| button.action = Action::Call { phone })
            .line(),
        _ => form
            .field("", words::payload(), argument, |button, payload| {
                button.action = Action::Postback { payload }
            })
            .hint(words::payload_hint())
            .line(),
    };
    view! {
        {form.field("", words::title(), |button| button.title.clone(), |button, text| button.title = text).line()}
        {form
            .field("", words::does(), |button| action_word(&button.action).to_owned(), |button, word| {
                button.action = match word.as_str() {
                    "link" => Action::Link { url: Phrase::default() },
                    "call" => Action::Call { phone: String::new() },
                    _ => Action::Postback { payload: String::new() },
                };
            })
            .choice(actions)}
        {what}
    }
    .into_any()
}

fn argument(button: &Button) -> String {
    match &button.action {
        Action::Postback { payload } => payload.clone(),
        Action::Link { url } => url.as_str().to_owned(),
        Action::Call { phone } => phone.clone(),
    }
}

fn reply(form: Form<QuickReply>) -> AnyView {
    view! {
        {form.field("", words::title(), |reply| reply.title.clone(), |reply, text| reply.title = text).line()}
        {form
            .field("", words::payload(), |reply| reply.payload.clone().unwrap_or_default(), |reply, text| reply.payload = (!text.is_empty()).then_some(text))
            .line()}
    }
    .into_any()
}
