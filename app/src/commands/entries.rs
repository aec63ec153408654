//! What the palette offers.

use super::fit::fit;
use super::{Choice, Offers, Step};
use crate::api::People;
use crate::keymap::{Action, Bindings, Keys, Situation};
use crate::pages::settings::Section;
use crate::text;
use domain::conversation::control::OwnerKind;
use domain::view::{Conversation, Named};
use domain::{ConversationId, PersonId, TeamId};
use std::sync::Arc;

/// What choosing an entry does.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Act(Action),
    Open(ConversationId),
    Section(Section),
    Give(Option<Named<PersonId>>, Option<Named<TeamId>>),
    Choose(Choice),
    /// Goes to an address of the product.
    Go(String),
    /// Presses the button of the page that has this name.
    Press(String),
}

/// One line of the palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Tells it from the others, and is remembered.
    pub id: String,
    pub section: &'static str,
    pub icon: &'static str,
    /// May be hostile text.
    pub name: String,
    /// What follows from it, or what was said last. May be hostile text.
    pub detail: Option<String>,
    pub keys: Option<Keys>,
    pub deed: Deed,
    score: u32,
}

/// What entries are made from.
pub struct Offer<'a> {
    pub step: Step,
    pub typed: &'a str,
    pub situation: &'a Situation,
    pub bindings: &'a Bindings,
    /// The conversations of the list on screen.
    pub rows: &'a [Arc<Conversation>],
    /// What the server found for what was typed.
    pub found: &'a [Conversation],
    pub people: &'a People,
    pub recent: &'a [String],
    pub offers: &'a Offers,
    /// The buttons of the page on screen, with what their tips add.
    pub pressable: &'a [(String, Option<String>)],
}

/// At most so many conversations are offered.
const CONVERSATIONS: usize = 8;

impl Offer<'_> {
    /// The entries in the order they are shown; those of a section stand together.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries = match self.step {
            Step::Assign => self.people(true),
            Step::Anything if self.typed.trim().is_empty() => return self.unasked(),
            Step::Anything => {
                let mut entries = self.actions();
                entries.extend(self.buttons(&entries));
                entries.extend(self.conversations());
                entries.extend(self.sections());
                entries.extend(self.people(false));
                entries.extend(self.choices());
                entries
            }
        };
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.score));
        together(entries)
    }

    /// Before anything is typed: what was done lately, then what can be done.
    fn unasked(&self) -> Vec<Entry> {
        let mut rest = self.actions();
        rest.extend(self.buttons(&rest));
        rest.extend(self.sections());
        let mut entries = Vec::new();
        for id in self.recent {
            if let Some(index) = rest.iter().position(|entry| entry.id == *id) {
                entries.push(Entry { section: text::section_recent(), ..rest.remove(index) });
            }
        }
        entries.extend(rest);
        entries
    }

    fn actions(&self) -> Vec<Entry> {
        let offered = Action::all().filter(|action| {
            !matches!(action, Action::Palette | Action::Next | Action::Previous | Action::Write)
                && self.situation.allows(*action).is_ok()
        });
        let mut entries: Vec<Entry> = offered
            .filter_map(|action| {
                let name = self.situation.name(action);
                Some(Entry {
                    id: format!("action:{}", action.as_str()),
                    section: text::section_actions(),
                    icon: text::action_icon(action),
                    score: fit(self.typed, name, text::action_synonyms(action))?,
                    name: name.to_owned(),
                    detail: self.situation.consequence(action),
                    keys: self.bindings.of_action(action).next().cloned(),
                    deed: Deed::Act(action),
                })
            })
            .collect();
        if self.situation.conversation.is_some() {
            // With a conversation open, what concerns it comes first.
            entries.sort_by_key(|entry| !matches!(entry.deed, Deed::Act(action) if action.reach() != crate::keymap::Reach::Everywhere));
        }
        entries
    }

    /// What else can be done on this page: whatever its buttons do that no action does.
    fn buttons(&self, actions: &[Entry]) -> Vec<Entry> {
        let known = |name: &str| actions.iter().any(|action| action.name == *name);
        let buttons = self.pressable.iter().filter(|(name, _)| !known(name));
        buttons
            .filter_map(|(name, tip)| {
                Some(Entry {
                    id: format!("button:{name}"),
                    section: text::section_page(),
                    icon: "chevron-right",
                    score: fit(self.typed, name, "")?,
                    name: name.clone(),
                    detail: tip.clone(),
                    keys: None,
                    deed: Deed::Press(name.clone()),
                })
            })
            .collect()
    }

    fn conversations(&self) -> Vec<Entry> {
        let here = self.rows.iter().filter_map(|row| Some((fit(self.typed, &row.contact.name, "")?, &**row)));
        let mut entries: Vec<Entry> = Vec::new();
        for (score, conversation) in here.chain(self.found.iter().map(|found| {
            // The server also finds what was said; a name that fits counts more.
            (fit(self.typed, &found.contact.name, "").unwrap_or(1), found)
        })) {
            let id = format!("conversation:{}", conversation.id);
            let open = self.situation.conversation.as_ref().is_some_and(|open| open.id == conversation.id);
            if open || entries.iter().any(|entry| entry.id == id) {
                continue;
            }
            let with_bot = conversation.control.owner == OwnerKind::Bot;
            entries.push(Entry {
                id,
                section: text::section_conversations(),
                icon: if with_bot { "lock" } else { "message-square" },
                name: conversation.contact.name.clone(),
                detail: conversation.last_message.as_ref().map(|last| last.preview.clone()),
                keys: None,
                deed: Deed::Open(conversation.id),
                score,
            });
        }
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.score));
        entries.truncate(CONVERSATIONS);
        entries
    }

    fn sections(&self) -> Vec<Entry> {
        let offered = Section::ALL.into_iter().filter(|section| section.is_for(&self.situation.person));
        offered
            .filter_map(|section| {
                let name = format!("{}: {}", text::settings(), section.name());
                Some(Entry {
                    id: format!("section:{}", section.as_str()),
                    section: text::section_views(),
                    icon: section.icon(),
                    score: fit(self.typed, &name, section.synonyms())?,
                    name,
                    detail: None,
                    keys: None,
                    deed: Deed::Section(section),
                })
            })
            .collect()
    }

    /// Times to snooze until, workflows to start and to stop, filters.
    fn choices(&self) -> Vec<Entry> {
        let entry = |id: String, section, icon, name: String, synonyms: &str, detail, deed| {
            let score = fit(self.typed, &name, synonyms)?;
            Some(Entry { id, section, icon, name, detail, keys: None, deed, score })
        };
        let conversation = self.situation.conversation.as_ref();
        let customer = conversation.map(|one| text::first_name(&one.contact.name)).unwrap_or_default();
        let open = conversation.is_some();
        let snoozes = self
            .offers
            .snoozes
            .iter()
            .enumerate()
            .filter(|_| open && self.situation.allows(Action::Snooze).is_ok());
        let snoozes = snoozes.filter_map(|(index, (name, until, at))| {
            let detail = Some(until.clone().unwrap_or_else(|| text::after_snooze(customer)));
            let deed = Deed::Choose(Choice::Snooze(*at));
            let name = text::snooze_entry(name);
            entry(
                format!("snooze:{index}"),
                text::section_actions(),
                "alarm-clock",
                name,
                say!("later remind"),
                detail,
                deed,
            )
        });
        let flows = open && self.situation.allows(Action::Workflows).is_ok();
        let starts = self.offers.shortcuts.iter().filter(|_| flows).filter_map(|shortcut| {
            let id = format!("start:{}", shortcut.workflow_id);
            let deed = Deed::Choose(Choice::Start(Box::new(shortcut.clone())));
            let detail = Some(text::after_start(customer, shortcut.form.len()));
            let name = text::flows::start_named(&shortcut.name);
            entry(id, text::section_flows(), "zap", name, say!("workflow shortcut run"), detail, deed)
        });
        let stops = self.offers.running.iter().filter(|_| flows).filter_map(|run| {
            let deed = Deed::Choose(Choice::Stop(run.id));
            let detail = Some(text::after_stop(customer));
            let name = text::flows::stop_named(&run.workflow);
            entry(
                format!("stop:{}", run.id),
                text::section_flows(),
                "circle-slash",
                name,
                say!("workflow end"),
                detail,
                deed,
            )
        });
        let filters = self.offers.filters.iter().filter_map(|(name, address)| {
            let deed = Deed::Go(address.clone());
            let synonyms = text::section_filters();
            entry(
                format!("filter:{name}"),
                text::section_filters(),
                "list-filter",
                (*name).to_owned(),
                synonyms,
                None,
                deed,
            )
        });
        snoozes.chain(starts).chain(stops).chain(filters).collect()
    }

    /// To whom the open conversation can be given. `asked`: the palette asks for nothing else.
    fn people(&self, asked: bool) -> Vec<Entry> {
        if self.situation.allows(Action::Assign).is_err() {
            return Vec::new();
        }
        let entry = |id: String, icon, name: String, detail, deed| {
            let whole = if asked { name.clone() } else { text::assign_to(&name) };
            Some(Entry {
                id,
                section: text::section_people(),
                icon,
                score: fit(self.typed, &name, if asked { "" } else { text::section_people() })?,
                name: whole,
                detail,
                keys: None,
                deed,
            })
        };
        let me = self.situation.person.id;
        let people = self.people.agents.iter().filter_map(|person| {
            let detail = (person.id == me).then(|| text::you().to_owned());
            let give = Deed::Give(Some(person.clone()), None);
            entry(format!("person:{}", person.id), "user", person.name.clone(), detail, give)
        });
        let teams = self.people.teams.iter().filter_map(|team| {
            let give = Deed::Give(None, Some(team.clone()));
            let detail = Some(text::team().to_owned());
            entry(format!("team:{}", team.id), "users", team.name.clone(), detail, give)
        });
        let nobody = asked
            .then(|| {
                entry("nobody".into(), "circle", text::nobody().to_owned(), None, Deed::Give(None, None))
            })
            .flatten();
        people.chain(teams).chain(nobody).collect()
    }
}

/// Sections in the order of their best entry.
fn together(entries: Vec<Entry>) -> Vec<Entry> {
    let mut order: Vec<&'static str> = Vec::new();
    for entry in &entries {
        if !order.contains(&entry.section) {
            order.push(entry.section);
        }
    }
    let mut entries = entries;
    entries.sort_by_key(|entry| order.iter().position(|section| *section == entry.section));
    entries
}

#[cfg(test)]
mod tests;
