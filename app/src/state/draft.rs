//! What is written here, and how it agrees with what the server keeps of it.
//!
//! Nothing typed is lost and nothing is silently overwritten: what another browser of the same person saved meanwhile
//! is taken over when nothing stands here or this sheet holds it too, and otherwise offered.

use domain::writing::{Draft, Sheet};
use serde::{Deserialize, Serialize};

/// One person's sheet in one conversation, as this browser has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Writ {
    pub sheet: Sheet,
    /// The version of the server's that this one goes on from; 0 before the first.
    pub version: i64,
    /// Written here and not with the server.
    pub unsaved: bool,
    /// What another browser wrote instead, until somebody decides. Nothing is saved before.
    pub other: Option<Draft>,
}

/// As this browser keeps it while it is not with the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub sheet: Sheet,
    pub version: i64,
}

/// What is to be done with what another browser wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Only what stands here counts.
    Mine,
    /// Only what the other wrote counts.
    Theirs,
    /// Mine, and theirs below it.
    Both,
}

impl Writ {
    /// As it was found in this browser.
    pub fn found(kept: Kept) -> Self {
        Self { sheet: kept.sheet, version: kept.version, unsaved: true, other: None }
    }

    /// As this browser has to keep it; nothing when the server has it all.
    pub fn to_keep(&self) -> Option<Kept> {
        self.unsaved.then(|| Kept { sheet: self.sheet.clone(), version: self.version })
    }

    /// Takes in what was typed.
    pub fn write(&mut self, sheet: Sheet) {
        if self.sheet != sheet {
            self.sheet = sheet;
            self.unsaved = true;
        }
    }

    /// Takes in what the server has. Answers whether what stands here has changed.
    pub fn hear(&mut self, draft: &Draft) -> bool {
        if draft.version <= self.version {
            return false;
        }
        if !self.unsaved || self.sheet.is_blank() || self.sheet == draft.sheet {
            let changed = self.sheet != draft.sheet;
            *self = Self { sheet: draft.sheet.clone(), version: draft.version, unsaved: false, other: None };
            return changed;
        }
        if draft.sheet.is_blank() || self.sheet.holds(&draft.sheet) {
            self.version = draft.version;
            self.other = None;
        } else {
            self.other = Some(draft.clone());
        }
        false
    }

    /// The server has kept this sheet. What was typed since is still to be saved.
    pub fn saved(&mut self, sheet: &Sheet, version: i64) {
        if version >= self.version {
            self.version = version;
            self.unsaved = self.sheet != *sheet;
        }
    }

    /// Follows what the reader decided about the other sheet.
    pub fn decide(&mut self, choice: Choice) {
        let Some(other) = self.other.take() else { return };
        self.version = other.version;
        match choice {
            Choice::Mine => {}
            Choice::Theirs => {
                self.sheet = other.sheet;
                self.unsaved = false;
            }
            Choice::Both => {
                self.sheet.reply = below(&self.sheet.reply, &other.sheet.reply);
                self.sheet.note = below(&self.sheet.note, &other.sheet.note);
                let new = other.sheet.files.into_iter();
                let known: Vec<_> = self.sheet.files.iter().map(|file| file.id).collect();
                self.sheet.files.extend(new.filter(|file| !known.contains(&file.id)));
            }
        }
    }

    /// Whether the server should be told now.
    pub fn wants_saving(&self) -> bool {
        self.unsaved && self.other.is_none()
    }
}

fn below(mine: &str, theirs: &str) -> String {
    match (mine.trim().is_empty(), theirs.trim().is_empty()) {
        (_, true) => mine.to_owned(),
        (true, _) => theirs.to_owned(),
        (false, false) => format!("{}\n{theirs}", mine.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{NOW, conversation_id};

    fn sheet(reply: &str) -> Sheet {
        Sheet { reply: reply.into(), ..Sheet::default() }
    }

    fn draft(reply: &str, version: i64) -> Draft {
        Draft { conversation_id: conversation_id(1), sheet: sheet(reply), version, updated_at: NOW }
    }

    fn written(reply: &str, version: i64) -> Writ {
        Writ::found(Kept { sheet: sheet(reply), version })
    }

    #[test]
    fn what_was_saved_here_follows_what_another_browser_goes_on_with() {
        let mut writ = written("Hello", 0);
        writ.saved(&sheet("Hello"), 1);
        assert!(writ.hear(&draft("Hello Maya", 2)));
        assert_eq!((writ.sheet.reply.as_str(), writ.to_keep()), ("Hello Maya", None));
        assert!(!writ.hear(&draft("old news", 1)));
    }

    #[test]
    fn what_is_not_saved_yet_is_never_overwritten() {
        let mut writ = written("Good morning", 3);
        assert!(!writ.hear(&draft("Hello Maya", 4)));
        assert_eq!(writ.sheet.reply, "Good morning");
        assert_eq!(writ.other, Some(draft("Hello Maya", 4)));
        assert!(!writ.wants_saving());
    }

    #[test]
    fn nothing_is_offered_that_stands_here_anyway() {
        let mut writ = written("Hello Maya", 3);
        writ.hear(&draft("Hello", 4));
        assert_eq!((writ.other.clone(), writ.version), (None, 4));
        writ.hear(&draft("", 5));
        assert_eq!((writ.sheet.reply.as_str(), writ.version, writ.wants_saving()), ("Hello Maya", 5, true));
    }

    #[test]
    fn each_choice_keeps_what_it_says() {
        let decided = |choice| {
            let mut writ = written("Good morning", 3);
            writ.hear(&draft("Hello Maya", 4));
            writ.decide(choice);
            (writ.sheet.reply.clone(), writ.version, writ.wants_saving())
        };
        assert_eq!(decided(Choice::Mine), ("Good morning".into(), 4, true));
        assert_eq!(decided(Choice::Theirs), ("Hello Maya".into(), 4, false));
        assert_eq!(decided(Choice::Both), ("Good morning\nHello Maya".into(), 4, true));
    }

    #[test]
    fn what_was_typed_while_saving_is_still_to_be_saved() {
        let mut writ = written("Hello", 0);
        writ.write(sheet("Hello Maya"));
        writ.saved(&sheet("Hello"), 1);
        assert!(writ.wants_saving());
        writ.saved(&sheet("Hello Maya"), 2);
        assert_eq!(writ.to_keep(), None);
    }
}
