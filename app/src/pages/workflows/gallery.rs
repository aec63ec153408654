//! The template gallery, and the preview of one.

use crate::api::workflows::{self as api, TemplateCard, TemplatePreview};
use crate::language::told;
use crate::pages::address::piece;
use crate::pages::settings::{Doing, loaded};
use crate::pages::workflows::map::Map;
use crate::parts::{Empty, Icon, ProblemLine};
use crate::state::workflows::speaks_of;
use crate::text::workflows as words;
use domain::workflow::gallery::Lack;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use std::collections::BTreeSet;

/// All templates at `/workflows/templates`.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let templates = Resource::new_blocking(|| (), |()| api::load_templates());
    view! {
        <Title text=words::templates_label() />
        <main id="main" class="sheet page workflows">
            <header class="bar">
                <a class="button" data-icon="" href="/workflows" aria-label=words::to_list() title=words::to_list()><Icon name="chevron-left" size=20 /></a>
                <h1>{words::templates_label()}</h1>
            </header>
            <div class="scroll">{loaded(templates, |cards| view! { <Gallery cards=cards /> }.into_any())}</div>
        </main>
    }
}

/// What narrows the gallery: words, and one category.
#[derive(Clone, Debug, Default, PartialEq)]
struct Wanted {
    text: String,
    category: Option<String>,
}

impl Wanted {
    fn read(query: &ParamsMap) -> Self {
        Self { text: query.get("q").unwrap_or_default(), category: query.get("category") }
    }

    fn address(&self) -> String {
        let mut query = ParamsMap::new();
        if !self.text.trim().is_empty() {
            query.insert("q", self.text.clone());
        }
        if let Some(category) = &self.category {
            query.insert("category", category.clone());
        }
        format!("/workflows/templates{}", query.to_query_string())
    }

    fn keeps(&self, card: &TemplateCard) -> bool {
        let fits = self.category.as_ref().is_none_or(|category| *category == card.category);
        fits && speaks_of(&self.text, &[&card.name, &card.purpose, &card.trigger])
    }
}

#[component]
fn Gallery(cards: Vec<TemplateCard>) -> impl IntoView {
    let cards: Vec<_> = cards.into_iter().map(TemplateCard::shown).collect();
    let query = use_query_map();
    let go = StoredValue::new(use_navigate());
    let wanted = RwSignal::new(query.with_untracked(Wanted::read));
    Effect::watch(
        move || wanted.get(),
        move |wanted, _, _| {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            go.with_value(|go| go(&wanted.address(), options));
        },
        false,
    );
    let cards = StoredValue::new(cards);
    let shown = Memo::new(move |_| {
        let fits = |card: &&TemplateCard| wanted.with(|wanted| wanted.keeps(card));
        cards.with_value(|cards| cards.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    view! {
        <div class="page-body">
            <p class="lead">{words::templates_lead()}</p>
            <div class="filters">
                <label class="search">
                    <Icon name="search" />
                    <span class="visually-hidden">{words::templates_search()}</span>
                    <input
                        class="input"
                        type="search"
                        placeholder=words::templates_search()
                        prop:value=move || wanted.with(|wanted| wanted.text.clone())
                        on:input=move |event| wanted.update(|wanted| wanted.text = event_target_value(&event))
                    />
                </label>
                <Categories cards=cards wanted=wanted />
            </div>
            <p class="visually-hidden" role="status">{move || words::templates(shown.with(Vec::len))}</p>
            <Show when=move || shown.with(|shown| !shown.is_empty()) fallback=move || view! { <NoneFit wanted=wanted /> }>
                <ul class="templates">
                    <For each=move || shown.get() key=|card| card.key.clone() let(card)>
                        <Card card=card />
                    </For>
                </ul>
            </Show>
        </div>
    }
}

#[component]
fn Categories(cards: StoredValue<Vec<TemplateCard>>, wanted: RwSignal<Wanted>) -> impl IntoView {
    let mut names: Vec<String> = Vec::new();
    cards.with_value(|cards| {
        for card in cards {
            if !names.contains(&card.category) {
                names.push(card.category.clone());
            }
        }
    });
    let tab = move |category: Option<String>| {
        let name =
            category.as_deref().map_or_else(|| words::all().to_owned(), |name| told(name).into_owned());
        let mine = category.clone();
        let chosen = move || wanted.with(|wanted| wanted.category == mine);
        view! {
            <button
                type="button"
                aria-pressed=move || chosen().to_string()
                on:click=move |_| wanted.update(|wanted| wanted.category = category.clone())
            >
                {name}
            </button>
        }
    };
    let tabs = std::iter::once(None).chain(names.into_iter().map(Some)).map(tab).collect_view();
    view! { <div class="tabs" role="group" aria-label=words::category()>{tabs}</div> }
}

#[component]
fn NoneFit(wanted: RwSignal<Wanted>) -> impl IntoView {
    view! {
        <Empty title=words::no_template() words=words::no_hits_words()>
            <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| wanted.set(Wanted::default())>
                {words::show_all()}
            </button>
        </Empty>
    }
}

#[component]
fn Card(card: TemplateCard) -> impl IntoView {
    let address = format!("/workflows/templates/{}", card.key);
    let title = format!("template-{}", card.key);
    let described = title.clone();
    view! {
        <li class="template">
            <small class="about"><span>{told(&card.category).into_owned()}</span><span>{card.trigger}</span></small>
            <h2 id=title>{card.name}</h2>
            <p>{card.purpose}</p>
            <footer>
                <small>{words::steps(card.steps)}</small>
                <a class="button" data-kind="outline" href=address aria-describedby=described>{words::use_template()}</a>
            </footer>
        </li>
    }
}

/// One template at `/workflows/templates/{key}`: its steps before it is used (WF-09).
#[component]
pub fn TemplatePage() -> impl IntoView {
    let key = piece(2);
    let template = Resource::new_blocking(move || key.get(), api::load_template);
    view! {
        <main id="main" class="sheet page workflows">
            {loaded(template, |template| view! { <Preview template=template /> }.into_any())}
        </main>
    }
}

#[component]
fn Preview(template: TemplatePreview) -> impl IntoView {
    let TemplatePreview { card, graph, lacks } = template;
    let card = card.shown();
    let go = StoredValue::new(use_navigate());
    let doing = Doing::nothing();
    let key = card.key.clone();
    let make = move |_| {
        doing.run(api::use_template(key.clone()), move |made| {
            go.with_value(|go| go(&format!("/workflows/{}", made.id), NavigateOptions::default()));
        });
    };
    let needs = card.needs.iter().map(|need| view! { <li>{need.clone()}</li> }).collect_view();
    let lead = if card.needs.is_empty() { words::needs_nothing() } else { words::needs() };
    view! {
        <Title text=card.name.clone() />
        <header class="bar">
            <a class="button" data-icon="" href="/workflows/templates" aria-label=words::to_templates() title=words::to_templates()>
                <Icon name="chevron-left" size=20 />
            </a>
            <h1>{card.name.clone()}</h1>
            <button class="button push" type="button" data-kind="primary" data-size="32" disabled=move || doing.busy.get() on:click=make>
                {words::use_template()}
            </button>
        </header>
        <div class="scroll">
            <div class="page-body preview">
                <ProblemLine words=doing.problem />
                <section class="brief-of">
                    <p>{card.purpose}</p>
                    <h2>{lead}</h2>
                    <ul class="needs">{needs}</ul>
                    {(!lacks.is_empty()).then(|| view! { <Lacks lacks=lacks /> })}
                </section>
                <Map graph=graph />
            </div>
        </div>
    }
}

/// What there is nothing to choose of yet, and where it is made.
#[component]
fn Lacks(lacks: BTreeSet<Lack>) -> impl IntoView {
    let line = |lack: Lack| {
        let (words, address) = match lack {
            Lack::Page => (words::lacks_page(), "/settings/pages"),
            Lack::Team => (words::lacks_team(), "/settings/teams"),
            Lack::BusinessHours => (words::lacks_hours(), "/settings/hours"),
            Lack::Model => (words::lacks_model(), "/settings/connections"),
            Lack::Sheets => (words::lacks_sheets(), "/settings/connections"),
            Lack::Manual => (words::lacks_manual(), "/workflows"),
        };
        view! { <li><a class="link" href=address>{words}</a></li> }
    };
    view! {
        <h2>{words::lacks()}</h2>
        <ul class="needs lacks">{lacks.into_iter().map(line).collect_view()}</ul>
    }
}
