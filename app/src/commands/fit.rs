//! How well a name fits what was typed.

/// A score, the greater the better, or nothing when it does not fit. Every word typed must be found: at the start of a
/// word, inside one, as letters in order, or among the other words (`also`).
pub fn fit(typed: &str, name: &str, also: &str) -> Option<u32> {
    let (name, also) = (name.to_lowercase(), also.to_lowercase());
    let typed = typed.to_lowercase();
    let whole = typed.trim();
    let mut score = if name.starts_with(whole) { 40 } else { 0 };
    for word in whole.split_whitespace() {
        score += word_fits(word, &name, &also)?;
    }
    // Of two that fit alike the shorter one is meant.
    Some(score * 100 + 100 - u32::try_from(name.chars().count().min(99)).unwrap_or(99))
}

fn word_fits(word: &str, name: &str, also: &str) -> Option<u32> {
    let begins =
        |text: &str| text.split(|sign: char| !sign.is_alphanumeric()).any(|one| one.starts_with(word));
    if begins(name) {
        Some(20)
    } else if begins(also) {
        Some(12)
    } else if name.contains(word) {
        Some(8)
    } else if word.chars().count() > 1 && in_order(word, name) {
        Some(3)
    } else {
        None
    }
}

fn in_order(word: &str, name: &str) -> bool {
    let mut letters = name.chars();
    word.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_find_a_name_and_others_do_not() {
        assert!(fit("tkov", "Take over", "").is_some());
        assert!(fit("over take", "Take over", "").is_some());
        assert!(fit("zebra", "Take over", "").is_none());
        assert!(fit("release", "Reset control", "release pass back").is_some());
    }

    #[test]
    fn the_start_of_a_name_counts_most() {
        let best = |typed, names: [&'static str; 3]| {
            names.into_iter().max_by_key(|name| fit(typed, name, "")).unwrap()
        };
        assert_eq!(best("re", ["Take over", "Go to Unassigned", "Re-sync"]), "Re-sync");
        assert_eq!(best("close", ["Go to Closed", "Close", "Send and close"]), "Close");
    }

    #[test]
    fn nothing_typed_fits_everything() {
        assert!(fit("", "Take over", "").is_some());
    }
}
