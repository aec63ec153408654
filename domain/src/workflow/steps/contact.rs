//! Update Contact Tag and Update Contact Field.

use crate::workflow::exit::Exit;
use crate::workflow::field::{Field, FieldKey};
use crate::workflow::phrase::Phrase;
use crate::workflow::trigger::TagAction;
use crate::workflow::turn::{Because, Effect, Sight, Turn};
use serde::{Deserialize, Serialize};

/// Adds tags to the contact or takes them away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateTag {
    pub action: TagAction,
    #[serde(default)]
    pub tags: Vec<String>,
}

impl UpdateTag {
    pub fn check(&self) -> Vec<(&'static str, String)> {
        match self.tags.iter().all(|tag| tag.trim().is_empty()) {
            true => vec![("tags", "Choose a tag.".into())],
            false => Vec::new(),
        }
    }

    pub fn enter(&self) -> Turn {
        let tags = self.tags.clone();
        Turn::leave(Exit::Next).doing(match self.action {
            TagAction::Added => Effect::AddTags { tags },
            TagAction::Removed => Effect::RemoveTags { tags },
        })
    }
}

/// Writes a field of the contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateField {
    #[serde(default)]
    pub field: Option<FieldKey>,
    /// Empty: the field is emptied.
    #[serde(default)]
    pub value: Phrase,
}

impl UpdateField {
    pub fn check(&self, fields: &[Field]) -> Vec<(&'static str, String)> {
        let field = self.field.as_ref().and_then(|key| fields.iter().find(|field| field.key == *key));
        let Some(field) = field else {
            return vec![("field", "Choose the contact field to write.".into())];
        };
        // What is put together from variables is known only in a run.
        let fixed = self.value.names().is_empty().then(|| self.value.as_str().into());
        match fixed.map(|value| field.read(&value)) {
            Some(Err(misfit)) => vec![("value", misfit.to_string())],
            Some(Ok(_)) | None => Vec::new(),
        }
    }

    pub fn enter(&self, sight: &Sight<'_, '_>, fields: &[Field]) -> Turn {
        let field = self.field.as_ref().and_then(|key| fields.iter().find(|field| field.key == *key));
        let Some(field) = field else {
            return Turn::leave(Exit::Next)
                .because(Because::Invalid { words: "The contact field is gone.".into() });
        };
        match field.read(&self.value.value(&sight.scope())) {
            Ok(value) => Turn::leave(Exit::Next).doing(Effect::SetField { key: field.key.clone(), value }),
            // What does not fit is not kept (WF-79); the log says so and the contact goes on.
            Err(misfit) => Turn::leave(Exit::Next).because(Because::Invalid { words: misfit.to_string() }),
        }
    }
}
