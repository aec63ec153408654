//! Who did what. The search is in the address, so that it can be kept and shared.

use super::loaded::loaded;
use crate::api::{self, AuditEntry, AuditPage, AuditQuery};
use crate::clock::Clock;
use crate::pages::settings::doing::Doing;
use crate::parts::{Empty, Icon, ProblemLine, Shape, When};
use crate::text;
use domain::{DAY, Timestamp};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// The section at `/settings/audit`.
#[component]
pub fn AuditSection() -> impl IntoView {
    let address = use_query_map();
    let page = Resource::new_blocking(move || address.with(query), api::load_audit);
    let draw = move |page: AuditPage| view! { <Log page=page given=address.get_untracked() /> }.into_any();
    view! {
        <Title text=text::settings_audit() />
        <div class="page">
            <header class="bar">
                <h1>{text::settings_audit()}</h1>
                <a class="button push" data-kind="outline" data-size="32" rel="external" download="audit.csv" href=move || file(&address.with(query))>
                    <Icon name="download" />
                    {text::export()}
                </a>
            </header>
            {loaded(page, draw)}
        </div>
    }
}

/// What the address searches for. What cannot be read is not searched for.
fn query(address: &ParamsMap) -> AuditQuery {
    let given = |name: &str| address.get(name).filter(|text| !text.is_empty());
    AuditQuery {
        person: given("who").and_then(|id| id.parse().ok()),
        act: given("act"),
        from: given("from").as_deref().and_then(day),
        until: given("to").as_deref().and_then(day).map(|day| day + DAY),
        cursor: None,
    }
}

/// The beginning of a day such as `2026-11-21`, in UTC.
fn day(text: &str) -> Option<Timestamp> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, date) = (parts.next()??, parts.next()??, parts.next()??);
    let plausible = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&date);
    plausible.then(|| crate::calendar::start_of(year, month, date))
}

fn file(query: &AuditQuery) -> String {
    let mut pairs = Vec::new();
    pairs.extend(query.person.map(|person| format!("person={person}")));
    // An act is letters, dots and underscores; anything else finds nothing anyway.
    let plain =
        |act: &&String| act.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '_' | '-'));
    pairs.extend(query.act.as_ref().filter(plain).map(|act| format!("act={act}")));
    pairs.extend(query.from.map(|from| format!("from={}", from.ms())));
    pairs.extend(query.until.map(|until| format!("until={}", until.ms())));
    format!("/settings/audit.csv?{}", pairs.join("&"))
}

#[component]
fn Log(page: AuditPage, given: ParamsMap) -> impl IntoView {
    expect_context::<Clock>().set(page.now);
    let entries = RwSignal::new(page.entries);
    let cursor = RwSignal::new(page.next_cursor);
    let doing = Doing::nothing();
    let search = query(&given);
    let more = move |_| {
        let next = AuditQuery { cursor: cursor.get_untracked(), ..search.clone() };
        doing.run(api::load_audit(next), move |page| {
            entries.update(|entries| entries.extend(page.entries));
            cursor.set(page.next_cursor);
        });
    };
    let chosen = move |name: &str| given.get(name).unwrap_or_default();
    let (who, act) = (chosen("who"), chosen("act"));
    let people = page.people.into_iter().map(|one| {
        let id = one.id.to_string();
        view! { <option value=id.clone() selected=id == who>{one.name}</option> }
    });
    let people = people.collect_view();
    let acts = page
        .acts
        .into_iter()
        .map(|one| view! { <option value=one.clone() selected=one == act>{text::act_name(&one)}</option> });
    let acts = acts.collect_view();
    let rows = move || entries.get().into_iter().map(|entry| view! { <Entry entry=entry /> }).collect_view();
    view! {
        <div class="page-body">
            // A form that asks for an address: it works before the page does.
            <form class="filters" method="get" action="/settings/audit">
                <div class="field"><label for="who">{text::who()}</label><select class="input" id="who" name="who"><option value="">{text::anybody()}</option>{people}</select></div>
                <div class="field"><label for="act">{text::what()}</label><select class="input" id="act" name="act"><option value="">{text::anything()}</option>{acts}</select></div>
                <div class="field"><label for="from">{text::from()}</label><input class="input" type="date" id="from" name="from" value=chosen("from") /></div>
                <div class="field"><label for="to">{text::to()}</label><input class="input" type="date" id="to" name="to" value=chosen("to") /></div>
                <button class="button" type="submit" data-kind="outline" data-size="32">{text::search_log()}</button>
            </form>
            <Show when=move || entries.with(Vec::is_empty)>
                <Empty title=text::nothing_found() words=text::nothing_found_words()>
                    <a class="button" data-kind="outline" data-size="32" href="/settings/audit">{text::show_all()}</a>
                </Empty>
            </Show>
            <ul class="entries" data-kind="history">{rows}</ul>
            <ProblemLine words=doing.problem />
            <Show when=move || cursor.with(Option::is_some)>
                <div class="cluster"><button class="button" type="button" data-kind="outline" data-size="32" disabled=move || doing.busy.get() on:click=more.clone()>{text::older()}</button></div>
            </Show>
        </div>
    }
}

#[component]
fn Entry(entry: AuditEntry) -> impl IntoView {
    let link = entry.conversation.map(|id| {
        view! { " "<a class="link" href=format!("/inbox/all/{id}")>{text::conversation()}</a> }
    });
    let facts = entry.detail.into_iter().map(
        |(name, words)| view! { <div><dt>{text::detail_name(&name)}</dt><dd dir="auto">{words}</dd></div> },
    );
    let facts = facts.collect_view();
    view! {
        <li data-act=entry.act.clone()>
            <span class="what">
                <span dir="auto"><b>{entry.actor.clone()}</b>" "{text::act_name(&entry.act)}{link}</span>
                <dl>{facts}</dl>
            </span>
            <When at=entry.at shape=Shape::Moment />
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_the_address_is_read_or_left_out() {
        assert_eq!(day("2026-11-21"), Some(Timestamp(1_795_219_200_000)));
        assert_eq!(day("yesterday"), None);
        assert_eq!(day("2026-13-01"), None);
    }
}
