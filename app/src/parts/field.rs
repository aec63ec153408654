use super::Icon;
use domain::workflow::field::FieldType;
use leptos::prelude::*;

/// A line of a form, with its name above and a hint below.
#[component]
pub fn TextField(
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    /// The kind of field, such as `email` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                id=id
                type=kind
                autocomplete=autocomplete
                required=required
                dir=(kind == "text").then_some("auto")
                aria-describedby=hint.map(|_| hint_id.clone())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {hint.map(|hint| view! { <small id=hint_id>{hint}</small> })}
        </div>
    }
}

/// Something one switches on or off, with what it means.
#[component]
pub fn Check(
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(into)] on: Signal<bool>,
    #[prop(into, default = Signal::from(false))] disabled: Signal<bool>,
    set: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || on.get()
                checked=on.get_untracked()
                disabled=move || disabled.get()
                on:change=move |event| set.run(event_target_checked(&event))
            />
            <span dir="auto">{label}{hint.map(|hint| view! { <small>{hint}</small> })}</span>
        </label>
    }
}

/// Why something was not done, as long as there is a reason.
#[component]
pub fn ProblemLine(#[prop(into)] words: Signal<Option<String>>) -> impl IntoView {
    move || {
        words.get().map(|words| view! { <div class="problem" role="alert"><Icon name="circle-alert" /><span>{words}</span></div> })
    }
}

/// The kind of input a browser offers for a value of this type.
pub const fn input_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Date => "date",
        FieldType::Time => "time",
        FieldType::Phone => "tel",
        FieldType::Email => "email",
        FieldType::Url => "url",
        FieldType::Text | FieldType::Number | FieldType::Checkbox | FieldType::List => "text",
    }
}
