//! The list of workflows: what narrows it, and what can be done with each.

use domain::workflow::status::Status;
use domain::workflow::view::WorkflowRow;

/// What narrows the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    pub text: String,
    pub status: Option<Status>,
}

impl Narrowing {
    /// Whether a workflow is in the list: by its status, and with every word in its name or description (WF-04).
    pub fn keeps(&self, row: &WorkflowRow) -> bool {
        self.status.is_none_or(|status| row.status == status) && self.speaks_of(row)
    }

    fn speaks_of(&self, row: &WorkflowRow) -> bool {
        speaks_of(&self.text, &[&row.name, &row.description])
    }

    /// How many would be shown with each status, and with any, for what is searched now.
    pub fn count(&self, rows: &[WorkflowRow], status: Option<Status>) -> usize {
        let narrowed = Self { text: self.text.clone(), status };
        rows.iter().filter(|row| narrowed.keeps(row)).count()
    }
}

/// Whether every word that was typed is in one of the texts, whatever its case.
pub fn speaks_of(typed: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let typed = typed.to_lowercase();
    typed.split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}

/// Something that can be done with a workflow from the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Publish,
    Stop,
    Open,
    Runs,
    Rename,
    Settings,
    Clone,
    Export,
    Delete,
}

/// Why something that is offered cannot be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// So many steps are not complete.
    Incomplete(usize),
    /// It has to be stopped first.
    Published,
    /// There are as many workflows as there can be.
    Limit,
}

/// What the menu of a workflow offers, in its order (WF-51 to WF-53). `full`: no other workflow can be added.
pub fn deeds(row: &WorkflowRow, full: bool) -> Vec<(Deed, Option<Hindrance>)> {
    let publish = (row.incomplete > 0).then_some(Hindrance::Incomplete(row.incomplete));
    let first = match row.status.may_publish() {
        true => (Deed::Publish, publish),
        false => (Deed::Stop, None),
    };
    vec![
        first,
        (Deed::Open, None),
        (Deed::Runs, None),
        (Deed::Rename, None),
        (Deed::Settings, None),
        (Deed::Clone, full.then_some(Hindrance::Limit)),
        (Deed::Export, None),
        (Deed::Delete, (!row.status.may_change()).then_some(Hindrance::Published)),
    ]
}

/// Puts a workflow where it belongs: in place of its older self, else by its name.
pub fn put(rows: &mut Vec<WorkflowRow>, row: WorkflowRow) {
    rows.retain(|other| other.id != row.id);
    let name = row.name.to_lowercase();
    let place = rows.partition_point(|other| other.name.to_lowercase() <= name);
    rows.insert(place, row);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::workflow;

    fn offered(row: &WorkflowRow) -> Vec<Deed> {
        deeds(row, false).into_iter().map(|(deed, _)| deed).collect()
    }

    #[test]
    fn a_search_finds_every_word_in_name_or_description() {
        let row = WorkflowRow { description: "Greets and asks".into(), ..workflow(1, "Welcome customers") };
        for (typed, found) in
            [("", true), ("wel", true), ("ASKS welcome", true), ("greets refund", false), ("  ", true)]
        {
            let narrowing = Narrowing { text: typed.into(), status: None };
            assert_eq!(narrowing.keeps(&row), found, "{typed}");
        }
    }

    #[test]
    fn numbers_beside_the_statuses_count_what_is_searched() {
        let published = WorkflowRow { status: Status::Published, ..workflow(2, "Away") };
        let rows = [workflow(1, "Welcome"), published];
        let narrowing = Narrowing { text: "a".into(), status: Some(Status::Draft) };
        assert_eq!(narrowing.count(&rows, None), 1);
        assert_eq!(narrowing.count(&rows, Some(Status::Published)), 1);
        assert_eq!(narrowing.count(&rows, Some(Status::Draft)), 0);
    }

    #[test]
    fn publish_is_there_only_in_draft_or_stopped_and_stop_only_when_published() {
        for (status, publish) in [(Status::Draft, true), (Status::Stopped, true), (Status::Published, false)]
        {
            let row = WorkflowRow { status, ..workflow(1, "Welcome") };
            assert_eq!(offered(&row).contains(&Deed::Publish), publish);
            assert_eq!(offered(&row).contains(&Deed::Stop), !publish);
        }
    }

    #[test]
    fn the_other_entries_are_always_there() {
        for status in [Status::Draft, Status::Stopped, Status::Published] {
            let row = WorkflowRow { status, ..workflow(1, "Welcome") };
            let rest = [Deed::Rename, Deed::Open, Deed::Export, Deed::Settings, Deed::Clone, Deed::Delete];
            assert!(rest.iter().all(|deed| offered(&row).contains(deed)));
        }
    }

    #[test]
    fn what_cannot_be_done_says_why() {
        let hindrance = |row: &WorkflowRow, full, deed| {
            deeds(row, full).into_iter().find(|(one, _)| *one == deed).and_then(|(_, why)| why)
        };
        let draft = WorkflowRow { incomplete: 2, ..workflow(1, "Welcome") };
        assert_eq!(hindrance(&draft, false, Deed::Publish), Some(Hindrance::Incomplete(2)));
        assert_eq!(hindrance(&draft, true, Deed::Clone), Some(Hindrance::Limit));
        assert_eq!(hindrance(&draft, false, Deed::Delete), None);
        let running = WorkflowRow { status: Status::Published, ..workflow(1, "Welcome") };
        assert_eq!(hindrance(&running, false, Deed::Delete), Some(Hindrance::Published));
    }

    #[test]
    fn a_workflow_stands_by_its_name_and_only_once() {
        let mut rows = vec![workflow(1, "away"), workflow(2, "Welcome")];
        put(&mut rows, workflow(3, "Returns"));
        put(&mut rows, workflow(1, "Zebra"));
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Returns", "Welcome", "Zebra"]);
    }
}
