use domain::PersonId;
use leptos::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The versions of the pictures of the team: whoever has one is drawn with it, wherever a colleague is shown.
#[derive(Clone, Copy)]
pub struct Pictures(pub RwSignal<BTreeMap<PersonId, String>>);

impl Pictures {
    /// The pictures as they were just loaded.
    pub fn new(versions: BTreeMap<PersonId, String>) -> Self {
        Self(RwSignal::new(versions))
    }

    fn address(self, id: Uuid) -> Option<String> {
        let version = self.0.with(|versions| versions.get(&PersonId(id)).cloned())?;
        Some(format!("/people/{id}/picture?v={version}"))
    }
}

/// Who is drawn: customers are round, colleagues are rounded squares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Customer,
    Agent,
}

/// A person's initials on a colour that comes from the id, under the picture if a colleague has one.
#[component]
pub fn Avatar(
    id: Uuid,
    #[prop(into)] name: String,
    kind: Kind,
    /// 18, 24, 36 or 48 pixels.
    #[prop(optional)]
    size: Option<u8>,
    /// Where our copy of the picture is, if there is one.
    #[prop(optional_no_strip)]
    picture: Option<String>,
    /// What it says to who cannot see it; without it, it is decoration.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let (role, hidden) = if label.is_some() { (Some("img"), None) } else { (None, Some("true")) };
    let pictures = use_context::<Pictures>().filter(|_| kind == Kind::Agent);
    let picture = move || {
        let address = picture.clone().or_else(|| pictures.and_then(|pictures| pictures.address(id)));
        address.map(|address| view! { <img src=address alt="" loading="lazy" decoding="async" /> })
    };
    let most = if size == Some(18) { 1 } else { 2 };
    view! {
        <span
            class="avatar"
            style=format!("--hue:{}", hue(id))
            data-size=size.map(|size| size.to_string())
            data-kind=(kind == Kind::Agent).then_some("agent")
            role=role
            title=label.clone()
            aria-label=label
            aria-hidden=hidden
        >
            {initials(&name, most)}
            {picture}
        </span>
    }
}

/// A colour of the circle, in steps wide enough to tell neighbours apart.
fn hue(id: Uuid) -> u128 {
    id.as_u128() % 36 * 10
}

fn initials(name: &str, most: usize) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends = match words.as_slice() {
        [] => vec![],
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    let initials: String = ends
        .iter()
        .take(most)
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .collect();
    initials.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Maya Lindqvist", 2), "ML");
        assert_eq!(initials("Jean Paul (JP) Weber", 2), "JW");
        assert_eq!(initials("ann", 2), "A");
        assert_eq!(initials("Maya Lindqvist", 1), "M");
        assert_eq!(initials("", 2), "");
    }
}
