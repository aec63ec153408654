use super::Icon;
use domain::AppId;
use domain::apps::{Colour, KnownApp, Mark};
use leptos::prelude::*;

/// How the team shows the apps beside us. A screen that knows puts it into the context; elsewhere all look alike.
#[derive(Clone, Copy)]
pub struct Apps(Signal<Vec<KnownApp>>);

impl Apps {
    /// Apps that may come to look different.
    pub fn new(apps: impl Into<Signal<Vec<KnownApp>>>) -> Self {
        Self(apps.into())
    }

    /// The apps the screen knows.
    pub fn of_page() -> Self {
        use_context().unwrap_or_else(|| Self(Signal::stored(Vec::new())))
    }

    /// The word for `data-colour`; nothing for what wears the bots' own green.
    pub fn colour(self, app: Option<&AppId>) -> Option<&'static str> {
        self.find(app).map(|app| app.colour).filter(|colour| *colour != Colour::Green).map(Colour::as_str)
    }

    /// The name of the app's picture.
    pub fn icon(self, app: Option<&AppId>) -> &'static str {
        picture(self.find(app).map(|app| app.icon).unwrap_or_default())
    }

    fn find(self, app: Option<&AppId>) -> Option<KnownApp> {
        let app = app?;
        self.0.with(|apps| apps.iter().find(|known| known.app == *app).cloned())
    }
}

/// The picture of the sheet that a mark stands for.
pub fn picture(mark: Mark) -> &'static str {
    match mark {
        Mark::Bot => "bot",
        Mark::Sparkles => "sparkles",
        Mark::Zap => "zap",
        Mark::Package => "package",
        Mark::Ticket => "ticket",
        Mark::Calendar => "calendar",
        Mark::Message => "message-square",
        Mark::Globe => "globe",
    }
}

/// An app's picture in its colour.
#[component]
pub fn AppMark(
    colour: Colour,
    icon: Mark,
    /// 14, 16 or 20 pixels.
    #[prop(optional)]
    size: Option<u8>,
) -> impl IntoView {
    view! {
        <span class="app-mark" data-colour=colour.as_str()>
            {match size {
                Some(size) => view! { <Icon name=picture(icon) size=size /> },
                None => view! { <Icon name=picture(icon) /> },
            }}
        </span>
    }
}
