//! Hears what asks for attention while somebody is outside the inbox, and tells the page on screen.

use crate::api::{self, ListQuery};
use crate::attention::Attention;
use crate::browser;
use crate::live::{self, Line};
use crate::pages::settings::News;
use crate::state::{Frame, InboxState};
use domain::person::Person;
use domain::view::{Inbox, View};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Who listens, and how far it has heard.
#[derive(Clone, Copy)]
struct Ears {
    attention: Attention,
    inbox: RwSignal<Option<InboxState>>,
    me: StoredValue<Person>,
    /// For the page that is on screen.
    news: News,
}

/// Listens for as long as the page is on screen. What lies on it hears along by [`News`] in the context.
pub fn listen(me: Person) {
    let news = News::new();
    provide_context(news);
    let ears = Ears {
        news,
        attention: Attention::of_window(),
        inbox: RwSignal::new(None),
        me: StoredValue::new(me.clone()),
    };
    let page = Owner::current().unwrap_or_default();
    Effect::new(move || {
        ears.attention.listen(me.clone());
        let page = page.clone();
        spawn_local(async move {
            // Without the server there is nothing to hear; the inbox tells about the connection.
            if let Ok(inbox) = ears.load().await
                && ears.begin(inbox)
            {
                page.with(|| live::listen(ears.line()));
            }
        });
    });
    Effect::new(move || {
        if let Some(waiting) = ears.inbox.with(|inbox| inbox.as_ref().map(|inbox| inbox.counters.waiting())) {
            browser::badge(waiting);
        }
    });
}

impl Ears {
    /// The numbers beside the views, and up to which change they count.
    async fn load(self) -> Result<Inbox, api::Failure> {
        api::load_inbox(ListQuery { limit: 1, ..ListQuery::of(View::Mine) }).await
    }

    /// Whether the page is still on screen.
    fn begin(self, inbox: Inbox) -> bool {
        let fresh = |me: &Person| InboxState::fresh(ListQuery::of(View::Mine), me, inbox);
        let Some(state) = self.me.try_with_value(fresh) else { return false };
        self.inbox.try_set(Some(state)).is_none()
    }

    fn line(self) -> Line {
        Line {
            heard: Callback::new(move |()| {
                self.inbox.with_untracked(|inbox| inbox.as_ref().map_or(0, |inbox| inbox.as_of))
            }),
            hear: Callback::new(move |frame| self.hear(frame)),
            link: Callback::new(|_| {}),
        }
    }

    fn hear(self, frame: Frame) {
        match frame {
            Frame::Changes(changes) => {
                self.attention.hear(&changes, None);
                changes.iter().for_each(|change| self.news.tell(&change.change));
                self.inbox.update(|inbox| {
                    if let Some(inbox) = inbox {
                        changes.iter().for_each(|change| inbox.apply(change));
                    }
                });
            }
            Frame::Reload => spawn_local(async move {
                if let Ok(inbox) = self.load().await {
                    self.begin(inbox);
                }
            }),
            Frame::Ping(_) => {}
        }
    }
}
