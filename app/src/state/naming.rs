//! Naming somebody while a note is typed: "@to" becomes "@Tom ".

use domain::writing::{Mention, Named};
use std::ops::Range;

/// How many are offered.
const OFFERED: usize = 8;

/// The letters after an "@" right before the caret, and where the whole stands in the text, in bytes. `caret` counts
/// UTF-16 units, as browsers do.
pub fn being_named(text: &str, caret: usize) -> Option<(Range<usize>, &str)> {
    let end = byte_at(text, caret);
    let start = text[..end].rfind('@')?;
    let letters = &text[start + 1..end];
    let before = text[..start].chars().next_back();
    let begins_a_word = before.is_none_or(|before| !before.is_alphanumeric());
    let still_a_name = !letters.contains('\n') && letters.chars().count() <= 30 && !letters.starts_with(' ');
    (begins_a_word && still_a_name).then_some((start..end, letters))
}

/// Who fits the letters: those whose name begins with them first, then those with another word that does.
pub fn who_fits(letters: &str, known: &[Mention]) -> Vec<Mention> {
    let wanted = letters.to_lowercase();
    let rank = |one: &Mention| {
        let name = one.name.to_lowercase();
        if name.starts_with(&wanted) {
            Some(0)
        } else if name.split_whitespace().any(|word| word.starts_with(&wanted)) {
            Some(1)
        } else {
            None
        }
    };
    let mut fitting: Vec<(u8, &Mention)> = known.iter().filter_map(|one| Some((rank(one)?, one))).collect();
    fitting.sort_by_key(|(rank, one)| (*rank, matches!(one.who, Named::Team(_))));
    fitting.into_iter().take(OFFERED).map(|(_, one)| one.clone()).collect()
}

/// The text with the name written out, and where the caret stands after it, in UTF-16 units.
pub fn with_name(text: &str, place: Range<usize>, name: &str) -> (String, usize) {
    let mut named = String::with_capacity(text.len() + name.len() + 1);
    named.push_str(&text[..place.start]);
    named.push('@');
    named.push_str(name);
    named.push(' ');
    let caret = named.encode_utf16().count();
    named.push_str(text[place.end..].strip_prefix(' ').unwrap_or(&text[place.end..]));
    (named, caret)
}

fn byte_at(text: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (byte, letter) in text.char_indices() {
        if units >= utf16 {
            return byte;
        }
        units += letter.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{PersonId, TeamId};
    use uuid::Uuid;

    fn known() -> Vec<Mention> {
        let person =
            |n, name: &str| Mention { who: Named::Person(PersonId(Uuid::from_u128(n))), name: name.into() };
        let team = Mention { who: Named::Team(TeamId(Uuid::from_u128(9))), name: "Tools".into() };
        vec![team, person(1, "Tom"), person(2, "Ann Tobin"), person(3, "Zoe")]
    }

    #[test]
    fn a_name_is_being_written_from_the_at_sign_to_the_caret() {
        assert_eq!(being_named("Ask @to", 7), Some((4..7, "to")));
        assert_eq!(being_named("🧦@to now", 5), Some((4..7, "to")));
        assert_eq!(being_named("mail a@to", 9), None);
        assert_eq!(being_named("no names", 8), None);
    }

    #[test]
    fn people_come_before_teams_and_beginnings_before_later_words() {
        let names: Vec<String> = who_fits("to", &known()).into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["Tom", "Tools", "Ann Tobin"]);
        assert_eq!(who_fits("", &known()).len(), 4);
    }

    #[test]
    fn the_name_takes_the_place_of_the_letters() {
        assert_eq!(with_name("Ask @to now", 4..7, "Tom"), ("Ask @Tom now".into(), 9));
        assert_eq!(with_name("🧦 @z", 5..7, "Zoe"), ("🧦 @Zoe ".into(), 8));
    }
}
