//! The values a form shows and changes: a part of the workflow, read and written as one piece.

use super::fields::Field;
use crate::pages::workflows::builder::screen::Screen;
use crate::parts::Check;
use domain::workflow::check::At;
use domain::workflow::graph::StepId;
use domain::workflow::step::StepKind;
use leptos::prelude::*;

/// A part of the workflow in a form. `put` takes the field that was changed, for undo, and the new value.
pub struct Form<T: Clone + Send + Sync + 'static> {
    pub screen: Screen,
    pub at: At,
    pub value: Signal<T>,
    put: Callback<(&'static str, T)>,
}

// By hand: a derive would ask for `T: Copy`.
impl<T: Clone + Send + Sync + 'static> Clone for Form<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + Send + Sync + 'static> Copy for Form<T> {}

impl<T: Clone + Send + Sync + PartialEq + 'static> Form<T> {
    pub fn new(screen: Screen, at: At, value: Signal<T>, put: Callback<(&'static str, T)>) -> Self {
        Self { screen, at, value, put }
    }

    /// Changes it; `field` names what, so that a word that is typed is one entry of the history.
    pub fn edit(self, field: &'static str, change: impl FnOnce(&mut T)) {
        let mut value = self.value.get_untracked();
        change(&mut value);
        self.put.run((field, value));
    }

    /// A line of the form.
    pub fn field(
        self,
        name: &'static str,
        label: &'static str,
        get: fn(&T) -> String,
        set: fn(&mut T, String),
    ) -> Field {
        Field {
            screen: self.screen,
            at: self.at,
            name,
            label,
            hint: None,
            value: Signal::derive(move || self.value.with(get)),
            put: Callback::new(move |text| self.edit(name, |value| set(value, text))),
        }
    }

    /// Something to switch on or off.
    pub fn switch(
        self,
        name: &'static str,
        label: &'static str,
        hint: Option<&'static str>,
        get: fn(&T) -> bool,
        set: fn(&mut T, bool),
    ) -> AnyView {
        let on = Signal::derive(move || self.value.with(get));
        let put = Callback::new(move |on| self.edit(name, |value| set(value, on)));
        match hint {
            Some(hint) => view! { <Check label=label hint=hint on=on set=put /> }.into_any(),
            None => view! { <Check label=label on=on set=put /> }.into_any(),
        }
    }

    /// A part of it as a form of its own; changes are told under this name.
    pub fn part<U: Clone + Send + Sync + PartialEq + 'static>(
        self,
        name: &'static str,
        get: fn(&T) -> &U,
        get_mut: fn(&mut T) -> &mut U,
    ) -> Form<U> {
        Form {
            screen: self.screen,
            at: self.at,
            value: Signal::derive(move || self.value.with(|value| get(value).clone())),
            put: Callback::new(move |(_, part)| self.edit(name, |value| *get_mut(value) = part)),
        }
    }
}

/// The settings of a step of one kind. `fresh` stands in while the step is on its way out.
pub fn of_step<T: Clone + Send + Sync + PartialEq + 'static>(
    screen: Screen,
    id: StepId,
    fresh: T,
    read: fn(&StepKind) -> Option<&T>,
    make: fn(T) -> StepKind,
) -> Form<T> {
    let value = Memo::new(move |before: Option<&T>| {
        let now = screen.graph.with(|graph| graph.steps.get(&id).and_then(|step| read(&step.kind)).cloned());
        now.or_else(|| before.cloned()).unwrap_or_else(|| fresh.clone())
    });
    let put = Callback::new(move |(field, value)| {
        screen.act(|state| state.change(id, field, make(value)));
    });
    Form::new(screen, At::Step(id), value.into(), put)
}
