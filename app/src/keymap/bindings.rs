//! Which keys do what for one person.

use super::{Action, Keys, Reach, Stroke};
use crate::text;
use domain::preferences::Shortcuts;
use std::collections::BTreeMap;

/// The keys of every action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bindings {
    single_keys: bool,
    keys: BTreeMap<Action, Vec<Keys>>,
}

/// What a sequence of strokes leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Action(Action),
    /// It is the beginning of these.
    More(Vec<(Keys, Action)>),
    Nothing,
}

/// Why keys cannot be an action's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The word names no action.
    NoAction(String),
    /// The text names no keys.
    NoKeys(String),
    /// Another action has them, or begins with them.
    Taken {
        keys: Keys,
        by: Action,
    },
    /// The browser keeps them for itself, or everybody needs them to get around.
    Reserved(Keys),
    /// One types with them where the action is heard.
    Typed(Keys),
    TooMany,
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&text::misfit(self))
    }
}

/// An action has at most so many sequences.
const MOST: usize = 3;

/// What browsers do not let a page have, and what moves the focus.
const RESERVED: [&str; 17] = [
    "mod+w",
    "mod+t",
    "mod+n",
    "mod+q",
    "mod+r",
    "mod+l",
    "mod+c",
    "mod+v",
    "mod+x",
    "mod+z",
    "mod+shift+t",
    "tab",
    "shift+tab",
    "escape",
    "arrowup",
    "arrowdown",
    "space",
];

impl Bindings {
    /// The keys the product comes with.
    pub fn standard() -> Self {
        Self::of(&Shortcuts::default())
    }

    /// The keys of a person. What they chose comes first: a key the product comes with gives way to it.
    pub fn of(shortcuts: &Shortcuts) -> Self {
        let own = |action: Action| {
            let texts = shortcuts.own.get(action.as_str())?;
            Some(texts.iter().filter_map(|text| text.parse().ok()).collect::<Vec<Keys>>())
        };
        let mut keys: BTreeMap<Action, Vec<Keys>> =
            Action::all().filter_map(|action| Some((action, own(action)?))).collect();
        for action in Action::all().filter(|action| !shortcuts.own.contains_key(action.as_str())) {
            let free = |candidate: &Keys| {
                keys.iter()
                    .filter(|(other, _)| meet(action, **other))
                    .all(|(_, taken)| taken.iter().all(|taken| !taken.collides(candidate)))
            };
            let standard: Vec<Keys> =
                action.keys().iter().filter_map(|text| text.parse().ok()).filter(free).collect();
            keys.insert(action, standard);
        }
        Self { single_keys: shortcuts.single_keys, keys }
    }

    /// The keys of an action that work now, the first one to be shown.
    pub fn of_action(&self, action: Action) -> impl Iterator<Item = &Keys> {
        let all = self.keys.get(&action).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|keys| self.single_keys || !keys.is_single())
    }

    /// The keys of an action, whether single keys are on or not.
    pub fn chosen(&self, action: Action) -> &[Keys] {
        self.keys.get(&action).map(Vec::as_slice).unwrap_or_default()
    }

    /// What strokes lead to. `writing`: they came from the field where answers are written; other fields hear
    /// only strokes with Ctrl, ⌘ or Alt.
    pub fn find(&self, typed: &[Stroke], writing: bool) -> Found {
        let mut more = Vec::new();
        for action in Action::all().filter(|action| (action.reach() == Reach::Writing) <= writing) {
            for keys in self.of_action(action) {
                if keys.strokes() == typed {
                    return Found::Action(action);
                }
                if keys.strokes().starts_with(typed) {
                    more.push((keys.clone(), action));
                }
            }
        }
        if more.is_empty() { Found::Nothing } else { Found::More(more) }
    }

    /// Who has these keys, or keys that begin alike.
    pub fn taken(&self, keys: &Keys, action: Action) -> Option<Action> {
        let others = self.keys.iter().filter(|(other, _)| **other != action && meet(action, **other));
        others
            .into_iter()
            .find(|(_, taken)| taken.iter().any(|taken| taken.collides(keys)))
            .map(|(other, _)| *other)
    }

    /// Whether an action may have these keys.
    pub fn fits(&self, keys: &Keys, action: Action) -> Result<(), Misfit> {
        let text = keys.to_string();
        if RESERVED.contains(&&*text)
            || keys.strokes().iter().any(|stroke| RESERVED.contains(&&*stroke.to_string()))
        {
            return Err(Misfit::Reserved(keys.clone()));
        }
        if action.reach() == Reach::Writing && (keys.is_single() || keys.strokes().len() > 1) {
            return Err(Misfit::Typed(keys.clone()));
        }
        match self.taken(keys, action) {
            Some(by) => Err(Misfit::Taken { keys: keys.clone(), by }),
            None => Ok(()),
        }
    }
}

/// Checks what somebody wants to keep: every action exists, its keys can be its own, and nobody else has them.
pub fn check(shortcuts: &Shortcuts) -> Result<(), Misfit> {
    let bindings = Bindings::of(shortcuts);
    for (word, texts) in &shortcuts.own {
        let action = Action::of(word).ok_or_else(|| Misfit::NoAction(word.clone()))?;
        if texts.len() > MOST {
            return Err(Misfit::TooMany);
        }
        for text in texts {
            let keys: Keys = text.parse().map_err(|_| Misfit::NoKeys(text.clone()))?;
            bindings.fits(&keys, action)?;
        }
    }
    Ok(())
}

/// Whether the keys of two actions are ever heard in the same place.
fn meet(one: Action, other: Action) -> bool {
    let writing = |action: Action| action.reach() == Reach::Writing;
    writing(one) == writing(other) || one.reach() == Reach::Everywhere || other.reach() == Reach::Everywhere
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(Action, &[&str])]) -> Shortcuts {
        let own = pairs.iter().map(|(action, keys)| {
            (action.as_str().to_owned(), keys.iter().map(|&keys| keys.to_owned()).collect())
        });
        Shortcuts { own: own.collect(), ..Shortcuts::default() }
    }

    fn typed(text: &str) -> Vec<Stroke> {
        text.split(' ').map(|stroke| stroke.parse().unwrap()).collect()
    }

    #[test]
    fn the_keys_the_product_comes_with_do_not_collide() {
        let standard = Bindings::standard();
        for action in Action::all() {
            assert_eq!(standard.chosen(action).len(), action.keys().len(), "{action:?}");
            for keys in standard.chosen(action) {
                assert_eq!(standard.fits(keys, action), Ok(()));
            }
        }
    }

    #[test]
    fn a_sequence_waits_for_its_second_key() {
        let standard = Bindings::standard();
        assert!(matches!(standard.find(&typed("g"), false), Found::More(more) if more.len() == 8));
        assert_eq!(standard.find(&typed("g b"), false), Found::Action(Action::GoWithBot));
        assert_eq!(standard.find(&typed("b"), false), Found::Action(Action::ResetControl));
        assert_eq!(standard.find(&typed("g x"), false), Found::Nothing);
    }

    #[test]
    fn sending_is_heard_only_where_one_writes() {
        let standard = Bindings::standard();
        assert_eq!(standard.find(&typed("mod+enter"), true), Found::Action(Action::Send));
        assert_eq!(standard.find(&typed("mod+enter"), false), Found::Nothing);
    }

    #[test]
    fn without_single_keys_only_those_with_ctrl_or_enter_remain() {
        let quiet = Bindings::of(&Shortcuts { single_keys: false, ..Shortcuts::default() });
        assert_eq!(quiet.find(&typed("t"), false), Found::Nothing);
        assert_eq!(quiet.find(&typed("g"), false), Found::Nothing);
        assert_eq!(quiet.find(&typed("mod+k"), false), Found::Action(Action::Palette));
        assert_eq!(quiet.find(&typed("enter"), false), Found::Action(Action::Write));
    }

    #[test]
    fn what_somebody_chose_wins_over_what_the_product_came_with() {
        let swapped = Bindings::of(&own(&[(Action::TakeOver, &["e"]), (Action::ToggleClosed, &["t"])]));
        assert_eq!(swapped.find(&typed("e"), false), Found::Action(Action::TakeOver));
        assert_eq!(swapped.find(&typed("t"), false), Found::Action(Action::ToggleClosed));
        let newer = Bindings::of(&own(&[(Action::TakeOver, &["e"])]));
        assert_eq!(newer.chosen(Action::ToggleClosed), []);
    }

    #[test]
    fn keys_that_cannot_work_are_refused() {
        let refused = |action, keys| check(&own(&[(action, &[keys])]));
        assert!(matches!(refused(Action::TakeOver, "mod+w"), Err(Misfit::Reserved(_))));
        assert!(matches!(refused(Action::TakeOver, "tab"), Err(Misfit::Reserved(_))));
        assert!(matches!(refused(Action::Send, "s"), Err(Misfit::Typed(_))));
        assert_eq!(refused(Action::Send, "enter"), Ok(()));
        let twice = own(&[(Action::TakeOver, &["x"]), (Action::Resync, &["x"])]);
        assert!(matches!(check(&twice), Err(Misfit::Taken { .. })));
        assert!(matches!(refused(Action::TakeOver, "nonsense+x"), Err(Misfit::NoKeys(_))));
        let unknown = Shortcuts { own: [("fly".to_owned(), vec![])].into(), ..Shortcuts::default() };
        assert_eq!(check(&unknown), Err(Misfit::NoAction("fly".into())));
    }

    #[test]
    fn a_key_in_use_is_found_with_who_uses_it() {
        let standard = Bindings::standard();
        let keys = |text: &str| text.parse::<Keys>().unwrap();
        assert_eq!(standard.taken(&keys("e"), Action::TakeOver), Some(Action::ToggleClosed));
        assert!(standard.taken(&keys("g"), Action::TakeOver).is_some());
        assert_eq!(standard.taken(&keys("t"), Action::TakeOver), None);
    }
}
