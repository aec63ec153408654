use crate::browser;
use leptos::prelude::*;

/// Where the picture sheet lies. The server knows it from the build, the browser reads it from the document.
#[derive(Clone, Debug)]
pub struct Icons(String);

impl Icons {
    /// The attribute of the document's root that carries the address.
    pub const ATTRIBUTE: &str = "data-icons";

    /// The sheet at this address.
    pub fn at(address: impl Into<String>) -> Self {
        Self(address.into())
    }

    /// The sheet this page uses.
    pub fn of_page() -> Self {
        use_context().unwrap_or_else(|| Self(browser::root_attribute(Self::ATTRIBUTE).unwrap_or_default()))
    }

    fn address(&self, name: &str) -> String {
        format!("{}#{name}", self.0)
    }
}

/// A picture from the sheet. Without a label it is decoration.
#[component]
pub fn Icon(
    name: &'static str,
    /// 14, 16 or 20 pixels.
    #[prop(optional)]
    size: Option<u8>,
    #[prop(optional)] solid: bool,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let address = use_context::<Icons>().unwrap_or_else(Icons::of_page).address(name);
    let (role, hidden) = if label.is_some() { (Some("img"), None) } else { (None, Some("true")) };
    view! {
        <svg class="icon" data-size=size.map(|size| size.to_string()) data-solid=solid.then_some("") role=role aria-label=label aria-hidden=hidden>
            <use_ href=address></use_>
        </svg>
    }
}
