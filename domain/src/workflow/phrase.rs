//! Text with variables in it: `Hello $contact.firstname|there, it is $system.current_time`.
//!
//! A variable begins with `$` and may have a fallback behind `|`: a single word, or anything in braces. `$$` is a
//! dollar sign. What is not a variable stays as it is written.

use super::value::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A text as an author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phrase(pub String);

/// A piece of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    Variable { name: &'a str, fallback: Option<&'a str> },
}

/// Where variables come from.
pub trait Variables {
    /// The value of `contact.firstname`, `answer.size`…; nothing is known of other names.
    fn value(&self, name: &str) -> Option<Value>;
}

impl Phrase {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as its author wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is written.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The pieces in their order.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut rest = self.0.as_str();
        while let Some(at) = rest.find('$') {
            let (words, tail) = rest.split_at(at);
            push_words(&mut pieces, words);
            match variable(&tail[1..]) {
                Some((piece, length)) => {
                    pieces.push(piece);
                    rest = &tail[1 + length..];
                }
                None => {
                    let length = if tail[1..].starts_with('$') { 2 } else { 1 };
                    push_words(&mut pieces, "$");
                    rest = &tail[length..];
                }
            }
        }
        push_words(&mut pieces, rest);
        pieces
    }

    /// The names of its variables.
    pub fn names(&self) -> BTreeSet<&str> {
        self.variables().map(|(name, _)| name).collect()
    }

    /// Its variables that would leave a hole if they were empty.
    pub fn without_fallback(&self) -> BTreeSet<&str> {
        self.variables().filter(|(_, fallback)| fallback.is_none()).map(|(name, _)| name).collect()
    }

    fn variables(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.pieces().into_iter().filter_map(|piece| match piece {
            Piece::Variable { name, fallback } => Some((name, fallback)),
            Piece::Words(_) => None,
        })
    }

    /// The text with its values. A variable without value and fallback leaves nothing, never its own name.
    pub fn fill(&self, variables: &dyn Variables) -> String {
        let filled = self.pieces().into_iter().map(|piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Variable { name, fallback } => {
                let value = variables.value(name).filter(|value| !value.is_empty());
                value.map_or_else(|| fallback.unwrap_or_default().to_owned(), |value| value.to_string())
            }
        });
        filled.collect()
    }

    /// The value itself when the phrase is one variable and nothing else: a number stays a number.
    pub fn value(&self, variables: &dyn Variables) -> Value {
        if let [Piece::Variable { name, fallback }] = self.pieces()[..] {
            let value = variables.value(name).filter(|value| !value.is_empty());
            return value.or_else(|| fallback.map(Value::from)).unwrap_or_default();
        }
        self.fill(variables).into()
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

fn push_words<'a>(pieces: &mut Vec<Piece<'a>>, words: &'a str) {
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
}

/// A variable at the start of a text without its `$`, and how many bytes it takes.
fn variable(text: &str) -> Option<(Piece<'_>, usize)> {
    let length = name_length(text)?;
    let (name, rest) = text.split_at(length);
    let Some(rest) = rest.strip_prefix('|') else {
        return Some((Piece::Variable { name, fallback: None }, length));
    };
    let (fallback, taken) = match rest.strip_prefix('{').and_then(|inside| inside.split_once('}')) {
        Some((inside, _)) => (inside, inside.len() + 2),
        None => {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-');
            let word = &rest[..end.unwrap_or(rest.len())];
            (word, word.len())
        }
    };
    Some((Piece::Variable { name, fallback: Some(fallback) }, length + 1 + taken))
}

/// A name has a scope and a key, such as `contact.email`; a full stop behind it ends the sentence, not the name.
fn name_length(text: &str) -> Option<usize> {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_.".contains(letter);
    let end = text.find(|letter| !fits(letter)).unwrap_or(text.len());
    let name = text[..end].trim_end_matches('.');
    let (scope, key) = name.split_once('.')?;
    let plain = scope.starts_with(|first: char| first.is_ascii_lowercase());
    (plain && !key.is_empty() && !name.contains("..")).then_some(name.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Maya;
    impl Variables for Maya {
        fn value(&self, name: &str) -> Option<Value> {
            match name {
                "contact.firstname" => Some("Maya".into()),
                "contact.country" => Some(Value::Null),
                "answer.size" => Some(39.0.into()),
                _ => None,
            }
        }
    }

    fn filled(text: &str) -> String {
        Phrase::new(text).fill(&Maya)
    }

    #[test]
    fn variables_are_replaced_by_their_values() {
        assert_eq!(filled("Hi $contact.firstname, size $answer.size."), "Hi Maya, size 39.");
    }

    #[test]
    fn an_empty_variable_gives_its_fallback_and_never_its_name() {
        assert_eq!(filled("Greetings to $contact.country|Norway!"), "Greetings to Norway!");
        assert_eq!(filled("Greetings to $contact.country|{your country}!"), "Greetings to your country!");
        assert_eq!(filled("Greetings to $contact.country!"), "Greetings to !");
        assert_eq!(filled("Hi $contact.firstname|there"), "Hi Maya");
    }

    #[test]
    fn prices_and_lone_dollars_stay_as_they_are() {
        assert_eq!(filled("It costs $5.99 or $$contact.firstname"), "It costs $5.99 or $contact.firstname");
        assert_eq!(filled("$ $. $contact $contact."), "$ $. $contact $contact.");
    }

    #[test]
    fn a_phrase_that_is_one_variable_keeps_its_type() {
        assert_eq!(Phrase::new("$answer.size").value(&Maya), Value::Number(39.0));
        assert_eq!(Phrase::new("$answer.size!").value(&Maya), Value::from("39!"));
    }

    #[test]
    fn the_ones_that_may_leave_a_hole_are_named() {
        let phrase = Phrase::new("$contact.firstname|you $contact.country $answer.size");
        assert_eq!(phrase.without_fallback(), BTreeSet::from(["answer.size", "contact.country"]));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_losing_a_word(text in "\\PC*") {
            let phrase = Phrase::new(text.clone());
            let told: String = phrase.pieces().iter().map(|piece| match piece {
                Piece::Words(words) => (*words).to_owned(),
                Piece::Variable { name, fallback } => format!("${name}{}", fallback.unwrap_or_default()),
            }).collect();
            let marks = |text: &str| text.replace(['$', '|', '{', '}'], "");
            prop_assert_eq!(marks(&told), marks(&text));
        }
    }
}
