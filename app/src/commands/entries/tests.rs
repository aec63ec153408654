use super::*;
use crate::state::samples::{NOW, ann, conversation};
use domain::person::{Person, Restrictions, Role};

fn situation(role: Role, owner: OwnerKind) -> Situation {
    let mut open = conversation(1, NOW);
    open.control.owner = owner;
    open.control.app_name = Some("SalesBot".into());
    open.contact.name = "Maya Lindqvist".into();
    let person = Person {
        id: ann(),
        email: "ann@example.test".into(),
        name: "Ann".into(),
        role,
        restrictions: Restrictions::default(),
        teams: vec![],
    };
    Situation { inbox: true, conversation: Some(open), bot: None, ..Situation::outside(person) }
}

fn offered(typed: &str, situation: &Situation, step: Step, recent: &[String]) -> Vec<Entry> {
    let mut ines = conversation(2, NOW);
    ines.contact.name = "Inês Carvalho".into();
    let mut ben = conversation(3, NOW);
    ben.contact.name = "Ben Okafor".into();
    let people = People {
        agents: vec![
            Named { id: ann(), name: "Ann".into() },
            Named { id: PersonId(uuid::Uuid::from_u128(2)), name: "Tom".into() },
        ],
        teams: vec![Named { id: TeamId(uuid::Uuid::from_u128(3)), name: "Returns".into() }],
    };
    Offer {
        step,
        typed,
        situation,
        bindings: &Bindings::standard(),
        rows: &[Arc::new(ines)],
        found: &[ben],
        people: &people,
        recent,
        offers: &offers(),
        pressable: &[
            ("Sign out".into(), None),
            ("Sign out everywhere else".into(), None),
            ("Pass to SalesBot".into(), Some("It goes on there".into())),
        ],
    }
    .entries()
}

fn offers() -> Offers {
    let shortcut = domain::workflow::view::Shortcut {
        workflow_id: domain::WorkflowId(uuid::Uuid::from_u128(9)),
        icon: "zap".into(),
        name: "Ask for the order".into(),
        description: String::new(),
        form: vec![],
    };
    Offers {
        snoozes: vec![("Tomorrow".into(), Some("tomorrow 09:00".into()), Some(NOW))],
        filters: vec![("Unread only", "/inbox/open?unread=true".into())],
        shortcuts: vec![shortcut],
        running: vec![],
    }
}

fn names(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.name.as_str()).collect()
}

#[test]
fn only_what_is_possible_and_permitted_is_offered() {
    let bots = offered("", &situation(Role::Agent, OwnerKind::Bot), Step::Anything, &[]);
    assert!(names(&bots).contains(&"Take over") && !names(&bots).contains(&"Reset control"));
    assert!(!names(&bots).contains(&"Settings: People"));
    let ours = offered("", &situation(Role::Manager, OwnerKind::Ours), Step::Anything, &[]);
    assert!(!names(&ours).contains(&"Take over") && names(&ours).contains(&"Reset control"));
    assert!(names(&ours).contains(&"Settings: People"));
}

#[test]
fn a_control_action_tells_its_consequence_and_its_key() {
    let entries = offered("take", &situation(Role::Agent, OwnerKind::Bot), Step::Anything, &[]);
    assert_eq!(entries[0].name, "Take over");
    assert_eq!(entries[0].detail.as_deref(), Some("SalesBot stops answering Maya; you write"));
    assert_eq!(entries[0].keys.as_ref().map(Keys::to_string).as_deref(), Some("t"));
}

#[test]
fn a_customer_is_found_by_name_here_and_on_the_server() {
    let entries = offered("inês", &situation(Role::Agent, OwnerKind::Ours), Step::Anything, &[]);
    assert_eq!(entries[0].deed, Deed::Open(ConversationId(uuid::Uuid::from_u128(2))));
    assert!(names(&entries).contains(&"Ben Okafor"), "the server found it in a message");
}

#[test]
fn what_was_done_lately_comes_first() {
    let recent = ["action:resync".to_owned(), "action:gone".to_owned()];
    let entries = offered("", &situation(Role::Agent, OwnerKind::Bot), Step::Anything, &recent);
    assert_eq!((entries[0].name.as_str(), entries[0].section), ("Re-sync", "Recent"));
    assert_eq!(names(&entries).iter().filter(|name| **name == "Re-sync").count(), 1);
}

#[test]
fn assigning_asks_for_people_and_nothing_else() {
    let entries = offered("", &situation(Role::Agent, OwnerKind::Ours), Step::Assign, &[]);
    assert_eq!(names(&entries).len(), 4);
    let tom = offered("tom", &situation(Role::Agent, OwnerKind::Ours), Step::Assign, &[]);
    assert_eq!(names(&tom), ["Tom"]);
    let at_once = offered("tom", &situation(Role::Agent, OwnerKind::Ours), Step::Anything, &[]);
    assert!(names(&at_once).contains(&"Assign to Tom"));
}

#[test]
fn entries_of_a_section_stand_together() {
    let entries = offered("a", &situation(Role::Manager, OwnerKind::Ours), Step::Anything, &[]);
    let sections: Vec<&str> = entries.iter().map(|entry| entry.section).collect();
    let mut seen = Vec::new();
    for section in sections {
        if seen.last() != Some(&section) {
            assert!(!seen.contains(&section), "{section} stands in two places");
            seen.push(section);
        }
    }
}

#[test]
fn a_time_to_snooze_until_a_shortcut_and_a_filter_are_found_by_name_with_what_follows() {
    let open = situation(Role::Agent, OwnerKind::Ours);
    let tomorrow = offered("tomorrow", &open, Step::Anything, &[]);
    assert_eq!(
        (tomorrow[0].name.as_str(), tomorrow[0].detail.as_deref()),
        ("Snooze: Tomorrow", Some("tomorrow 09:00"))
    );
    assert_eq!(tomorrow[0].deed, Deed::Choose(Choice::Snooze(Some(NOW))));
    let shortcut = offered("order", &open, Step::Anything, &[]);
    assert!(matches!(&shortcut[0].deed, Deed::Choose(Choice::Start(_))), "{shortcut:?}");
    assert_eq!(shortcut[0].detail.as_deref(), Some("It runs for Maya"));
    let filter = offered("unread only", &open, Step::Anything, &[]);
    assert_eq!(filter[0].deed, Deed::Go("/inbox/open?unread=true".into()));
}

#[test]
fn who_is_kept_from_workflows_is_offered_none() {
    let mut open = situation(Role::Agent, OwnerKind::Ours);
    open.person.restrictions.no_workflows = true;
    let entries = offered("order", &open, Step::Anything, &[]);
    assert!(!entries.iter().any(|entry| entry.section == text::section_flows()));
}

#[test]
fn the_buttons_of_the_page_can_be_pressed_by_name_unless_an_action_does_the_same() {
    let found = offered("pass", &situation(Role::Agent, OwnerKind::Ours), Step::Anything, &[]);
    let button = found.iter().find(|entry| entry.name == "Pass to SalesBot").expect("it is offered");
    assert_eq!(button.deed, Deed::Press("Pass to SalesBot".into()));
    assert_eq!(button.detail.as_deref(), Some("It goes on there"));
    let leaving = offered("sign out", &situation(Role::Agent, OwnerKind::Ours), Step::Anything, &[]);
    assert!(leaving.iter().all(|entry| entry.deed != Deed::Press("Sign out".into())), "the action does that");
    assert!(names(&leaving).contains(&"Sign out everywhere else"), "another deed than Sign out");
}

#[test]
fn settings_are_found_by_what_one_wants_to_do_there() {
    let mut manager = situation(Role::Manager, OwnerKind::Ours);
    manager.conversation = None;
    for (typed, section) in
        [("invite", Section::People), ("connect", Section::Pages), ("password", Section::Profile)]
    {
        let found = offered(typed, &manager, Step::Anything, &[]);
        assert!(found.iter().any(|entry| entry.deed == Deed::Section(section)), "{typed}");
    }
}
