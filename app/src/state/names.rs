//! Where the name of an app beside us stands, so that a new name shows everywhere at once.

use domain::apps::KnownApp;
use domain::conversation::message::{Author, AuthorKind};
use domain::view::Conversation;

/// Whether a message is by this app.
pub fn is_by(app: &KnownApp, author: &Author) -> bool {
    author.kind == AuthorKind::Bot && author.id.as_deref() == Some(app.app.as_str())
}

/// Whether a conversation names this app.
pub fn is_named_in(app: &KnownApp, conversation: &Conversation) -> bool {
    conversation.control.app_id.as_ref() == Some(&app.app)
        || conversation.last_message.as_ref().is_some_and(|last| is_by(app, &last.author))
}

/// Puts the app's name of today into a conversation.
pub fn rename(app: &KnownApp, conversation: &mut Conversation) {
    if conversation.control.app_id.as_ref() == Some(&app.app) {
        conversation.control.app_name = Some(app.name.clone());
    }
    if let Some(last) = conversation.last_message.as_mut().filter(|last| is_by(app, &last.author)) {
        last.author.name = Some(app.name.clone());
    }
}
