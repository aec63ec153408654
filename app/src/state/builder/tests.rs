use super::*;
use domain::workflow::check::At;
use domain::workflow::exit::Exit;
use domain::workflow::step::StepKind;
use domain::workflow::steps::branch::{Branch, Way};
use domain::workflow::steps::content::Content;
use domain::workflow::steps::send::SendMessage;

fn say(words: &str) -> StepKind {
    StepKind::SendMessage(SendMessage { content: Content::text(words) })
}

fn fork(ways: usize) -> StepKind {
    StepKind::Branch(Branch { branches: vec![Way::default(); ways] })
}

fn empty() -> BuilderState {
    BuilderState::fresh(Graph::default(), 3, None)
}

fn names(state: &BuilderState) -> Vec<String> {
    state.graph().walk().iter().map(|id| state.graph().steps[id].name.clone()).collect()
}

#[test]
fn everything_can_be_taken_back_and_done_again() {
    let mut state = empty();
    let one = state.add(Place::First, say("One")).unwrap();
    let two = state.add(Place::After(one, Exit::Next), fork(2)).unwrap();
    state.rename(two, "Which?".into()).unwrap();
    state.duplicate(one).unwrap();
    state.move_to(two, Place::First).unwrap();
    let doomed = state.doomed(two).unwrap();
    state.delete(&doomed).unwrap();
    state.choose_trigger(fresh_trigger(0).unwrap());
    let end = Graph::clone(state.graph());
    let mut steps = 0;
    while state.to_undo().is_some() {
        state.undo();
        assert!(state.graph().is_tree());
        steps += 1;
    }
    assert_eq!((steps, &**state.graph()), (7, &Graph::default()));
    while state.to_redo().is_some() {
        state.redo();
    }
    assert_eq!(**state.graph(), end);
}

#[test]
fn a_word_that_is_typed_is_one_entry() {
    let mut state = empty();
    let one = state.add(Place::First, say("")).unwrap();
    for words in ["H", "He", "Hey"] {
        state.change(one, "text", say(words)).unwrap();
    }
    state.seal();
    state.change(one, "text", say("Hey!")).unwrap();
    state.undo();
    assert_eq!(state.graph().steps[&one].kind, say("Hey"));
    assert_eq!(state.to_undo(), Some(Deed::Change(At::Step(one), "text")));
    state.undo();
    assert_eq!(state.graph().steps[&one].kind, say(""));
}

#[test]
fn what_was_cut_moves_and_what_was_copied_multiplies() {
    let mut state = empty();
    let one = state.add(Place::First, say("One")).unwrap();
    let two = state.add(Place::After(one, Exit::Next), say("Two")).unwrap();
    state.rename(one, "One".into()).unwrap();
    state.rename(two, "Two".into()).unwrap();
    state.mark_cut(two);
    state.paste(Place::First).unwrap();
    assert_eq!(names(&state), ["Two", "One"]);
    assert!(!state.may_paste());
    state.copy(one, false);
    state.paste(Place::First).unwrap();
    state.paste(Place::First).unwrap();
    assert_eq!(names(&state), ["One", "One", "Two", "One"]);
}

#[test]
fn a_new_step_has_a_name_of_its_own() {
    let mut state = empty();
    state.add(Place::First, say("")).unwrap();
    state.add(Place::First, say("")).unwrap();
    assert_eq!(names(&state), ["Send a Message (2)", "Send a Message"]);
}

#[test]
fn an_act_that_is_refused_leaves_no_entry() {
    let mut state = empty();
    let one = state.add(Place::First, say("One")).unwrap();
    let refused = state.move_to(one, Place::After(one, Exit::Next));
    assert!(refused.is_err());
    assert_eq!(state.to_undo(), Some(Deed::Add));
}

#[test]
fn deleting_selects_the_end_it_leaves() {
    let mut state = empty();
    let one = state.add(Place::First, say("One")).unwrap();
    let two = state.add(Place::After(one, Exit::Next), say("Two")).unwrap();
    let doomed = state.doomed(two).unwrap();
    state.delete(&doomed).unwrap();
    assert_eq!(state.selected(), Spot::End(Place::After(one, Exit::Next)));
    state.undo();
    assert_eq!(state.selected(), Spot::Step(two));
}

#[test]
fn arrows_walk_along_the_tree() {
    let mut state = empty();
    let one = state.add(Place::First, fork(2)).unwrap();
    let left = state.add(Place::After(one, Exit::Branch(1)), say("Left")).unwrap();
    let below = state.add(Place::After(left, Exit::Next), say("Below")).unwrap();
    state.select(Spot::Trigger);
    state.walk(Toward::Down);
    state.walk(Toward::Down);
    assert_eq!(state.selected(), Spot::Step(left));
    state.walk(Toward::Down);
    assert_eq!(state.selected(), Spot::Step(below));
    state.walk(Toward::Behind);
    assert_eq!(state.selected(), Spot::End(Place::After(one, Exit::Branch(2))));
    state.walk(Toward::Before);
    assert_eq!(state.selected(), Spot::Step(left));
    state.walk(Toward::Up);
    assert_eq!(state.selected(), Spot::Step(one));
}

#[test]
fn the_outline_has_every_step_and_every_end_once() {
    let mut state = empty();
    let one = state.add(Place::First, fork(2)).unwrap();
    state.add(Place::After(one, Exit::Branch(1)), say("Left")).unwrap();
    let lines = outline(state.graph());
    let levels: Vec<usize> = lines.iter().map(|line| line.level).collect();
    assert_eq!(levels, [1, 1, 2, 2, 2, 2]);
    assert_eq!(lines[2].way, Some((one, Exit::Branch(1))));
    assert_eq!((lines[1].among, lines[5].among), ((2, 2), (4, 4)));
}

#[test]
fn a_newer_save_loses_nobodys_work() {
    let mut mine = empty();
    mine.add(Place::First, say("Mine")).unwrap();
    let mut other = empty();
    other.add(Place::First, fork(1)).unwrap();
    let newer = Graph::clone(other.graph());
    let built = Graph::clone(mine.graph());

    let mut kept = mine.clone();
    kept.keep_mine(newer.clone(), 4);
    assert_eq!((&**kept.graph(), kept.revision(), kept.is_changed()), (&built, 4, true));
    kept.undo();
    assert_eq!(**kept.graph(), newer);

    mine.take_newer(newer.clone(), 4);
    assert_eq!((&**mine.graph(), mine.is_changed()), (&newer, false));
    mine.undo();
    assert_eq!(**mine.graph(), built);
}

#[test]
fn what_this_browser_kept_is_newer_than_the_servers_copy() {
    let built = |n: usize| {
        let mut state = empty();
        for _ in 0..n {
            state.add(Place::First, say("Hi")).unwrap();
        }
        Graph::clone(state.graph())
    };
    let unsaved = |n, revision| Some(Unsaved { graph: built(n), revision });
    let saved = built(0);
    assert_eq!(begin(&saved, 3, unsaved(1, 3), unsaved(2, 3)), Begin::Built(built(2)));
    assert_eq!(begin(&saved, 3, unsaved(1, 3), None), Begin::Built(built(1)));
    assert_eq!(begin(&saved, 4, unsaved(1, 3), None), Begin::Outdated(built(1)));
    assert_eq!(begin(&saved, 4, unsaved(0, 3), None), Begin::Saved);
}

#[test]
fn every_kind_is_offered_once() {
    let steps: std::collections::BTreeSet<&str> =
        (0..STEPS).map(|number| fresh_step(number).unwrap().name()).collect();
    assert_eq!((steps.len(), fresh_step(STEPS)), (STEPS, None));
    let triggers: std::collections::BTreeSet<&str> =
        (0..TRIGGERS).map(|number| fresh_trigger(number).unwrap().kind.name()).collect();
    assert_eq!((triggers.len(), fresh_trigger(TRIGGERS)), (TRIGGERS, None));
}

#[test]
fn the_canvas_is_seen_whole_and_never_larger_than_it_is() {
    let frame = CanvasFrame { width: 800.0, height: 600.0, ..CanvasFrame::default() };
    assert_eq!(frame.fit(400, 300), 100);
    assert_eq!(frame.fit(1600, 300), 50);
    assert_eq!(frame.fit(100_000, 300), SMALLEST);
    assert_eq!((zoomed(100, true), zoomed(100, false), zoomed(93, true)), (125, 80, 100));
    assert_eq!((zoomed(LARGEST, true), zoomed(SMALLEST, false)), (LARGEST, SMALLEST));
}
