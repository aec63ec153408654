//! What people write that is no message yet, or never becomes one: drafts, notes for the team, who is told of them.

use crate::conversation::file::Upload;
use crate::person::Person;
use crate::{ConversationId, NoteId, NotificationId, PersonId, TeamId, Timestamp};
use serde::{Deserialize, Serialize};

/// The most characters a note or a draft keeps. Meta's limit does not bind notes; something must.
pub const MAX_NOTE: usize = 10_000;

/// One person's unsent words in one conversation: the answer, the note for the team, the files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    pub reply: String,
    pub note: String,
    /// Files already with the server, in the order they will be sent.
    #[serde(default)]
    pub files: Vec<Upload>,
}

impl Sheet {
    /// Whether nothing is written on it.
    pub fn is_blank(&self) -> bool {
        self.reply.trim().is_empty() && self.note.trim().is_empty() && self.files.is_empty()
    }

    /// Whether everything on the other sheet is on this one too, so that nothing is lost with the other.
    pub fn holds(&self, other: &Self) -> bool {
        self.reply.starts_with(other.reply.trim_end())
            && self.note.starts_with(other.note.trim_end())
            && other.files.iter().all(|file| self.files.iter().any(|mine| mine.id == file.id))
    }
}

/// A sheet as the server keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub conversation_id: ConversationId,
    pub sheet: Sheet,
    /// Counts the times it was saved or sent; a browser that knows an older one is told so.
    pub version: i64,
    pub updated_at: Timestamp,
}

/// Something the team wrote beside a conversation. It never goes to Meta.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    pub id: NoteId,
    pub conversation_id: ConversationId,
    pub at: Timestamp,
    pub author: NoteAuthor,
    pub text: String,
    /// Who is named in the text, each as "@" and the name.
    pub mentions: Vec<Mention>,
}

crate::object!(Note { id, conversation_id, at, author, text, mentions });

impl Note {
    /// Why it is somebody's to read: they are named, or a team of theirs is. Nobody is told by themselves.
    pub fn calls(&self, person: &Person) -> Option<Reason> {
        let named = |who: Named| self.mentions.iter().any(|mention| mention.who == who);
        if self.author.id == Some(person.id) {
            None
        } else if named(Named::Person(person.id)) {
            Some(Reason::Mentioned)
        } else {
            person.teams.iter().any(|team| named(Named::Team(*team))).then_some(Reason::TeamMentioned)
        }
    }
}

/// Who wrote a note: a person, or a program by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteAuthor {
    pub id: Option<PersonId>,
    pub name: String,
}

/// Somebody named in a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    pub who: Named,
    /// The name as it stands in the text.
    pub name: String,
}

/// A person, or all people of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Named {
    Person(PersonId),
    Team(TeamId),
}

crate::tagged!(Named by "kind" { "person" => Person(id), "team" => Team(id) });

/// A text taken apart: what is said, and who is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    Name(&'a str),
}

/// Who of these is named in a text. The longest name wins where one begins like another; `chosen` decides between
/// people of the same name.
pub fn mentions(text: &str, known: &[Mention], chosen: &[Named]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for name in names(text, known) {
        let same: Vec<&Mention> = known.iter().filter(|one| same_name(&one.name, name)).collect();
        let picked = same.iter().filter(|one| chosen.contains(&one.who)).copied().collect::<Vec<_>>();
        for one in if picked.is_empty() { same } else { picked } {
            if !found.iter().any(|there| there.who == one.who) {
                found.push(one.clone());
            }
        }
    }
    found
}

/// Takes a text apart at the names in it.
pub fn pieces<'a>(text: &'a str, known: &[Mention]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((start, length)) = next_name(rest, known) {
        if start > 0 {
            pieces.push(Piece::Words(&rest[..start]));
        }
        pieces.push(Piece::Name(&rest[start..start + length]));
        rest = &rest[start + length..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

fn names<'a>(text: &'a str, known: &[Mention]) -> Vec<&'a str> {
    let named = pieces(text, known).into_iter().filter_map(|piece| match piece {
        Piece::Name(name) => Some(&name[1..]),
        Piece::Words(_) => None,
    });
    named.collect()
}

/// Where the next "@Name" stands, and how long it is in bytes.
fn next_name(text: &str, known: &[Mention]) -> Option<(usize, usize)> {
    text.match_indices('@').find_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let after = &text[at + 1..];
        let lengths = known.iter().filter_map(|one| begins_with(after, &one.name));
        lengths.max().map(|length| (at, length + 1))
    })
}

/// How many bytes of the text are this name, whatever its case; nothing when the word goes on.
fn begins_with(text: &str, name: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in name.chars() {
        let (_, letter) = letters.next()?;
        if !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    match letters.next() {
        Some((_, letter)) if letter.is_alphanumeric() => None,
        Some((end, _)) => Some(end).filter(|end| *end > 0),
        None => Some(text.len()).filter(|end| *end > 0),
    }
}

fn same_name(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Something a person should look at, with the place it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notification {
    pub id: NotificationId,
    pub conversation_id: ConversationId,
    /// The customer's name.
    pub customer: String,
    pub note_id: NoteId,
    /// Who wrote it.
    pub by: String,
    /// The beginning of what it says.
    pub preview: String,
    pub reason: Reason,
    pub at: Timestamp,
    pub seen_at: Option<Timestamp>,
}

crate::object!(Notification { id, conversation_id, customer, note_id, by, preview, reason, at, seen_at });

/// Why somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// "@Tom"
    Mentioned,
    /// "@Returns", and Tom is on that team
    TeamMentioned,
}

impl Reason {
    /// The word stored: `mentioned`, `team_mentioned`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentioned => "mentioned",
            Self::TeamMentioned => "team_mentioned",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(number: u128, name: &str) -> Mention {
        Mention { who: Named::Person(PersonId(Uuid::from_u128(number))), name: name.into() }
    }

    fn named(text: &str, known: &[Mention]) -> Vec<String> {
        mentions(text, known, &[]).into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn people_are_found_by_their_names_in_the_text() {
        let known = [person(1, "Tom"), person(2, "Tom Berg"), person(3, "Zoë")];
        assert_eq!(named("@Tom Berg and @zoë, please look", &known), ["Tom Berg", "Zoë"]);
        assert_eq!(named("@Tommy is somebody else, and a@Tom is an address", &known), [""; 0]);
        assert_eq!(named("(@Tom) @Tom", &known), ["Tom"]);
    }

    #[test]
    fn of_two_people_with_one_name_the_chosen_one_is_meant() {
        let known = [person(1, "Tom"), person(2, "Tom")];
        assert_eq!(mentions("@Tom?", &known, &[known[1].who]), [known[1].clone()]);
        assert_eq!(mentions("@Tom?", &known, &[]).len(), 2);
    }

    #[test]
    fn a_text_taken_apart_is_the_same_text() {
        let known = [person(1, "Tom")];
        let text = "Ask @tom, not @@Tom. 🧦@Tom";
        let joined: String = pieces(text, &known)
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(words) | Piece::Name(words) => words,
            })
            .collect();
        assert_eq!(joined, text);
    }

    #[test]
    fn a_sheet_that_goes_on_where_the_other_ends_loses_nothing() {
        let sheet = |reply: &str| Sheet { reply: reply.into(), ..Sheet::default() };
        assert!(sheet("Hello Maya").holds(&sheet("Hello ")));
        assert!(!sheet("Hello Maya").holds(&sheet("Good morning")));
    }
}
