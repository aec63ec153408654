//! Keys as text and as they are pressed.
//!
//! What counts is the character that is typed, not where its key sits: `?` is `?` on every keyboard. Only a letter
//! of another script stands for the Latin letter on its key, so that the map works in Greek or Cyrillic too.

use std::fmt;
use std::str::FromStr;

/// One key with what is held down beside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stroke {
    /// Ctrl, or ⌘ on a Mac.
    pub command: bool,
    pub alt: bool,
    /// Told only of keys that mean the same with it; `?` is not *Shift /*.
    pub shift: bool,
    /// In small letters: `k`, `/`, `enter`, `arrowdown`.
    pub key: String,
}

/// A key as the browser reports it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pressed<'a> {
    pub key: &'a str,
    pub code: &'a str,
    pub command: bool,
    pub alt: bool,
    pub shift: bool,
}

impl Stroke {
    /// The stroke of a press; nothing for a modifier alone or for a letter that is still being composed.
    pub fn of(pressed: Pressed<'_>) -> Option<Self> {
        let Pressed { key, code, command, alt, shift } = pressed;
        let mut letters = key.chars();
        let (key, shift) = match (letters.next(), letters.next()) {
            (Some(' '), None) => ("space".to_owned(), shift),
            (Some('+'), None) => ("plus".to_owned(), false),
            (Some(sign), None) => {
                let on_key =
                    code.strip_prefix("Key").filter(|_| alt || (sign.is_alphabetic() && !sign.is_ascii()));
                match on_key {
                    Some(letter) => (letter.to_lowercase(), shift),
                    None => (sign.to_lowercase().collect(), shift && sign.is_alphabetic()),
                }
            }
            (Some(_), Some(_)) if !SILENT.contains(&key) => (key.to_lowercase(), shift),
            _ => return None,
        };
        Some(Self { command, alt, shift, key })
    }

    /// Whether it is a letter, digit or sign pressed by itself: something one types (WCAG 2.1.4).
    pub fn is_single(&self) -> bool {
        !self.command
            && !self.alt
            && (self.key.chars().count() == 1 || self.key == "plus" || self.key == "space")
    }
}

/// Keys that say nothing by themselves.
const SILENT: [&str; 13] = [
    "Alt",
    "AltGraph",
    "CapsLock",
    "Control",
    "Dead",
    "Fn",
    "FnLock",
    "Meta",
    "NumLock",
    "Process",
    "Shift",
    "Symbol",
    "Unidentified",
];

impl fmt::Display for Stroke {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, word) in [(self.command, "mod+"), (self.alt, "alt+"), (self.shift, "shift+")] {
            if held {
                f.write_str(word)?;
            }
        }
        f.write_str(&self.key)
    }
}

impl FromStr for Stroke {
    type Err = NoKeys;
    fn from_str(text: &str) -> Result<Self, NoKeys> {
        let mut stroke = Self { command: false, alt: false, shift: false, key: String::new() };
        let mut parts: Vec<&str> = text.split('+').collect();
        let key = parts.pop().filter(|key| !key.is_empty() && key.chars().count() <= 16).ok_or(NoKeys)?;
        for part in parts {
            match part {
                "mod" => stroke.command = true,
                "alt" => stroke.alt = true,
                "shift" => stroke.shift = true,
                _ => return Err(NoKeys),
            }
        }
        stroke.key = key.to_lowercase();
        Ok(stroke)
    }
}

/// One or two strokes, one after the other: `t`, `mod+k`, `g b`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keys(Vec<Stroke>);

impl Keys {
    /// The most strokes in a row.
    pub const LONGEST: usize = 2;

    /// These strokes, when there are one or two of them.
    pub fn of(strokes: Vec<Stroke>) -> Option<Self> {
        (1..=Self::LONGEST).contains(&strokes.len()).then_some(Self(strokes))
    }

    pub fn strokes(&self) -> &[Stroke] {
        &self.0
    }

    /// Whether one of its strokes is something one types.
    pub fn is_single(&self) -> bool {
        self.0.iter().any(Stroke::is_single)
    }

    /// Whether one is the beginning of the other, or both are the same.
    pub fn collides(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(one, other)| one == other)
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let strokes: Vec<String> = self.0.iter().map(Stroke::to_string).collect();
        f.write_str(&strokes.join(" "))
    }
}

impl FromStr for Keys {
    type Err = NoKeys;
    fn from_str(text: &str) -> Result<Self, NoKeys> {
        let strokes: Result<Vec<Stroke>, NoKeys> = text.split(' ').map(str::parse).collect();
        Self::of(strokes?).ok_or(NoKeys)
    }
}

/// The text names no keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("keys are written like t, mod+k or g b")]
pub struct NoKeys;

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(key: &'static str, code: &'static str) -> Pressed<'static> {
        Pressed { key, code, ..Pressed::default() }
    }

    fn text(pressed: Pressed<'_>) -> Option<String> {
        Stroke::of(pressed).map(|stroke| stroke.to_string())
    }

    #[test]
    fn a_sign_is_the_sign_that_was_typed_wherever_its_key_sits() {
        let shifted = |key, code| text(Pressed { shift: true, ..pressed(key, code) });
        assert_eq!(shifted("?", "Slash").as_deref(), Some("?"));
        assert_eq!(shifted("?", "Minus").as_deref(), Some("?"));
        assert_eq!(shifted("/", "Digit7").as_deref(), Some("/"));
    }

    #[test]
    fn a_letter_of_another_script_is_the_latin_letter_on_its_key() {
        assert_eq!(text(pressed("е", "KeyT")).as_deref(), Some("t"));
        assert_eq!(text(pressed("ö", "Semicolon")).as_deref(), Some("ö"));
        assert_eq!(text(Pressed { alt: true, ..pressed("†", "KeyT") }).as_deref(), Some("alt+t"));
    }

    #[test]
    fn capitals_count_as_held_shift_not_as_locked_letters() {
        assert_eq!(text(pressed("J", "KeyJ")).as_deref(), Some("j"));
        assert_eq!(text(Pressed { shift: true, ..pressed("J", "KeyJ") }).as_deref(), Some("shift+j"));
        assert_eq!(text(pressed("Shift", "ShiftLeft")), None);
        assert_eq!(text(pressed("Dead", "Equal")), None);
    }

    #[test]
    fn keys_are_read_back_from_their_text() {
        for text in ["t", "mod+k", "g b", "mod+alt+shift+enter", "?", "plus"] {
            assert_eq!(text.parse::<Keys>().map(|keys| keys.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "a b c", "hyper+k", "mod+", "ctrl+k"] {
            assert_eq!(text.parse::<Keys>(), Err(NoKeys));
        }
    }

    #[test]
    fn what_begins_like_another_collides_with_it() {
        let keys = |text: &str| text.parse::<Keys>().unwrap();
        assert!(keys("g").collides(&keys("g b")) && keys("g b").collides(&keys("g b")));
        assert!(!keys("g m").collides(&keys("g b")) && !keys("b").collides(&keys("g b")));
    }
}
