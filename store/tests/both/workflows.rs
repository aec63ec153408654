use crate::world::{T0, add_person, begin, id, open};
use domain::workflow::field::{Field, FieldKey, FieldType};
use domain::workflow::graph::{Graph, Place, StepId};
use domain::workflow::hours::Hours;
use domain::workflow::run::{Entry, NonStart, Progress, Reason, Run, State};
use domain::workflow::settings::Settings;
use domain::workflow::status::Status;
use domain::workflow::step::StepKind;
use domain::workflow::steps::content::Content;
use domain::workflow::steps::send::SendMessage;
use domain::workflow::trigger::{Trigger, TriggerKind};
use domain::workflow::turn::{Because, Hold, Input, Wait};
use domain::workflow::value::Value;
use domain::workflow::view::{Editor, Schedule};
use domain::{DAY, HOUR, RunId, ScheduleId, WorkflowId};
use std::collections::BTreeMap;
use store::workflows::{Record, WorkingCopy};
use store::{Db, Error, Tx, contacts, deleted_workflows, fields, runs, schedules, workflows};

on_both!(
    a_field_of_the_team_stands_behind_those_everybody_has,
    a_value_is_kept_until_it_is_empty,
    tags_are_one_whatever_their_case,
    business_hours_are_kept_by_name,
    a_workflow_is_saved_once_per_revision,
    names_are_unique_whatever_their_case,
    what_happens_finds_the_published_workflows_that_wait_for_it,
    a_published_version_stays_as_it_was,
    a_working_copy_is_everybodys_own,
    who_builds_is_told_while_it_is_recent,
    the_newest_broken_run_of_each_workflow_is_found,
    versions_are_counted_apart,
    a_contact_is_enrolled_once_and_remembered,
    a_run_is_found_by_what_it_waits_for,
    whoever_waits_longest_stands_first_in_each_line,
    an_end_is_for_good,
    a_log_is_read_as_it_was_written,
    a_removed_workflow_leaves_only_how_its_runs_ended,
);

fn graph(text: &str) -> Graph {
    let trigger = Trigger {
        kind: TriggerKind::ConversationOpened {},
        conditions: Default::default(),
        once_per_contact: false,
    };
    let mut graph = Graph { trigger: Some(trigger), ..Graph::default() };
    let say = StepKind::SendMessage(SendMessage { content: Content::text(text) });
    graph.insert(Place::First, "Hello".into(), say).unwrap();
    graph
}

async fn add(tx: &mut Tx, n: u128, name: &str) -> Record {
    let record = Record {
        id: WorkflowId(id(n)),
        name: name.into(),
        description: "For everybody".into(),
        status: Status::Draft,
        settings: Settings::default(),
        graph: graph("Hi"),
        revision: 1,
        version: 0,
        created_by: "Mia".into(),
        created_at: T0,
        published_by: None,
        published_at: None,
    };
    workflows::add(tx, &record).await.unwrap();
    record
}

async fn publish(tx: &mut Tx, record: &mut Record) {
    record.status = Status::Published;
    record.version += 1;
    (record.published_by, record.published_at) = (Some("Mia".into()), Some(T0 + HOUR));
    workflows::freeze(tx, record.id, record.version, &record.graph, "Mia", T0 + HOUR).await.unwrap();
    workflows::save(tx, record).await.unwrap();
}

/// A run of the nth customer.
async fn run(tx: &mut Tx, n: u128, workflow: WorkflowId) -> runs::Record {
    let conversation = open(tx, n).await;
    let entry = Entry {
        id: RunId(id(500 + n)),
        workflow,
        version: 1,
        contact: conversation.contact,
        conversation: conversation.id,
        found: BTreeMap::from([("trigger.source".to_owned(), "contact".into())]),
    };
    let run = Run::begin(entry, &graph("Hi"), T0);
    let record = runs::Record { run, ticket: None, lines: 0, test: false };
    assert!(runs::add(tx, &record).await.unwrap());
    record
}

fn wait(record: &mut runs::Record, wait: Wait) {
    let at = record.run.step().unwrap();
    record.run.state = State::Waiting { at, hold: Hold { wait, until: Some(T0 + DAY) } };
}

fn key(name: &str) -> FieldKey {
    FieldKey::new(name).unwrap()
}

async fn a_field_of_the_team_stands_behind_those_everybody_has(db: Db) {
    let mut tx = begin(&db).await;
    let field = Field {
        key: key("size"),
        name: "Shoe size".into(),
        kind: FieldType::List,
        options: vec!["39".into(), "40".into()],
        builtin: false,
    };
    fields::add(&mut tx, &field, T0).await.unwrap();
    assert!(matches!(fields::add(&mut tx, &field, T0).await, Err(Error::Conflict)));
    let known = Field { key: key("email"), ..field.clone() };
    assert!(matches!(fields::add(&mut tx, &known, T0).await, Err(Error::Conflict)));
    let renamed = Field { name: "Size".into(), ..field };
    assert!(fields::change(&mut tx, &renamed).await.unwrap());
    assert_eq!(fields::all(&mut tx).await.unwrap().last(), Some(&renamed));
    fields::remove(&mut tx, &renamed.key).await.unwrap();
    assert!(fields::all(&mut tx).await.unwrap().iter().all(|field| field.builtin));
    assert!(!fields::change(&mut tx, &renamed).await.unwrap());
}

async fn a_value_is_kept_until_it_is_empty(db: Db) {
    let mut tx = begin(&db).await;
    let contact = open(&mut tx, 1).await.contact;
    fields::set(&mut tx, contact, &key("points"), &Value::Number(120.0), T0).await.unwrap();
    fields::set(&mut tx, contact, &key("email"), &"maya@example.com".into(), T0).await.unwrap();
    fields::set(&mut tx, contact, &key("points"), &Value::Number(130.5), T0).await.unwrap();
    let values = contacts::known(&mut tx, contact).await.unwrap().unwrap().values;
    assert_eq!(values[&key("points")], Value::Number(130.5));
    assert_eq!(fields::uses(&mut tx, &key("points")).await.unwrap(), 1);
    fields::set(&mut tx, contact, &key("points"), &Value::Null, T0).await.unwrap();
    assert_eq!(contacts::known(&mut tx, contact).await.unwrap().unwrap().values.len(), 1);
}

async fn tags_are_one_whatever_their_case(db: Db) {
    let mut tx = begin(&db).await;
    let contact = open(&mut tx, 1).await.contact;
    assert!(fields::tag(&mut tx, contact, "VIP", T0).await.unwrap());
    assert!(!fields::tag(&mut tx, contact, " vip ", T0).await.unwrap());
    assert_eq!(contacts::known(&mut tx, contact).await.unwrap().unwrap().tags, ["VIP".to_owned()].into());
    assert!(fields::untag(&mut tx, contact, "Vip").await.unwrap());
    assert!(!fields::untag(&mut tx, contact, "Vip").await.unwrap());
    assert_eq!(fields::tags(&mut tx).await.unwrap(), ["VIP"]);
}

async fn business_hours_are_kept_by_name(db: Db) {
    let mut tx = begin(&db).await;
    let shop = Schedule { id: ScheduleId(id(1)), name: "Shop".into(), hours: Hours::office("Europe/Oslo") };
    schedules::put(&mut tx, &shop).await.unwrap();
    let longer = Schedule { name: "Long shop".into(), ..shop };
    schedules::put(&mut tx, &longer).await.unwrap();
    assert_eq!(schedules::all(&mut tx).await.unwrap(), vec![longer.clone()]);
    assert!(schedules::remove(&mut tx, longer.id).await.unwrap());
    assert!(!schedules::remove(&mut tx, longer.id).await.unwrap());
}

async fn a_workflow_is_saved_once_per_revision(db: Db) {
    let mut tx = begin(&db).await;
    let mut mine = add(&mut tx, 1, "Welcome").await;
    let mut theirs = mine.clone();
    mine.graph = graph("Hello");
    workflows::save(&mut tx, &mut mine).await.unwrap();
    assert!(matches!(workflows::save(&mut tx, &mut theirs).await, Err(Error::Conflict)));
    assert_eq!(workflows::find(&mut tx, mine.id).await.unwrap(), Some(mine.clone()));
    assert_eq!(workflows::lock(&mut tx, mine.id).await.unwrap(), Some(mine));
}

async fn names_are_unique_whatever_their_case(db: Db) {
    let mut tx = begin(&db).await;
    let welcome = add(&mut tx, 1, "Welcome").await;
    let again = Record { id: WorkflowId(id(2)), name: "WELCOME ".into(), ..welcome.clone() };
    assert!(matches!(workflows::add(&mut tx, &again).await, Err(Error::Conflict)));
    assert!(workflows::is_taken(&mut tx, "welcome", again.id).await.unwrap());
    assert!(!workflows::is_taken(&mut tx, "welcome", welcome.id).await.unwrap());
    assert_eq!(workflows::count(&mut tx).await.unwrap(), 1);
    assert_eq!(workflows::all(&mut tx).await.unwrap(), vec![welcome]);
}

async fn what_happens_finds_the_published_workflows_that_wait_for_it(db: Db) {
    let mut tx = begin(&db).await;
    let mut welcome = add(&mut tx, 1, "Welcome").await;
    add(&mut tx, 2, "Draft").await;
    assert_eq!(workflows::for_trigger(&mut tx, "conversation_opened").await.unwrap(), vec![]);
    publish(&mut tx, &mut welcome).await;
    let found = workflows::for_trigger(&mut tx, "conversation_opened").await.unwrap();
    assert_eq!(found, vec![welcome.clone()]);
    assert_eq!(workflows::for_trigger(&mut tx, "conversation_closed").await.unwrap(), vec![]);
    assert_eq!(workflows::published(&mut tx).await.unwrap(), vec![welcome]);
}

async fn a_published_version_stays_as_it_was(db: Db) {
    let mut tx = begin(&db).await;
    let mut welcome = add(&mut tx, 1, "Welcome").await;
    publish(&mut tx, &mut welcome).await;
    welcome.graph = graph("Something else");
    workflows::save(&mut tx, &mut welcome).await.unwrap();
    assert_eq!(workflows::version(&mut tx, welcome.id, 1).await.unwrap(), Some(graph("Hi")));
    assert_eq!(workflows::version(&mut tx, welcome.id, 2).await.unwrap(), None);
}

async fn a_working_copy_is_everybodys_own(db: Db) {
    let mut tx = begin(&db).await;
    let workflow = add(&mut tx, 1, "Welcome").await;
    let (mia, tom) = (add_person(&mut tx, 2, "Mia").await, add_person(&mut tx, 3, "Tom").await);
    let copy = WorkingCopy { graph: graph("Half"), revision: 1, updated_at: T0 };
    workflows::keep_copy(&mut tx, workflow.id, mia.id, &copy).await.unwrap();
    let newer = WorkingCopy { graph: graph("Half done"), ..copy };
    workflows::keep_copy(&mut tx, workflow.id, mia.id, &newer).await.unwrap();
    assert_eq!(workflows::copy(&mut tx, workflow.id, mia.id).await.unwrap(), Some(newer));
    assert_eq!(workflows::copy(&mut tx, workflow.id, tom.id).await.unwrap(), None);
    workflows::drop_copy(&mut tx, workflow.id, mia.id).await.unwrap();
    assert_eq!(workflows::copy(&mut tx, workflow.id, mia.id).await.unwrap(), None);
}

async fn who_builds_is_told_while_it_is_recent(db: Db) {
    let mut tx = begin(&db).await;
    let workflow = add(&mut tx, 1, "Welcome").await;
    let (mia, tom) = (add_person(&mut tx, 2, "Mia").await, add_person(&mut tx, 3, "Tom").await);
    for (person, at) in [(&mia, T0 + HOUR), (&tom, T0)] {
        let copy = WorkingCopy { graph: graph("Half"), revision: 1, updated_at: at };
        workflows::keep_copy(&mut tx, workflow.id, person.id, &copy).await.unwrap();
    }
    let editor = Editor { person: mia.id, name: "Mia".into(), at: T0 + HOUR };
    assert_eq!(workflows::editors(&mut tx, T0 + 1).await.unwrap(), [(workflow.id, editor)]);
    assert_eq!(workflows::editors(&mut tx, T0).await.unwrap().len(), 2);
}

async fn the_newest_broken_run_of_each_workflow_is_found(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (add(&mut tx, 1, "Welcome").await, add(&mut tx, 2, "Away").await);
    let broken = Reason::SendFailed { step: StepId(1), words: "blocked".into() };
    let ends = [
        (7, one.id, Reason::InternalError { step: None }, 1),
        (8, one.id, broken.clone(), 2),
        (9, one.id, Reason::Completed {}, 3),
        (10, two.id, broken, 0),
    ];
    for (n, workflow, reason, hours) in ends {
        let mut record = run(&mut tx, n, workflow).await;
        record.run.end(reason, T0 + hours * HOUR);
        runs::save(&mut tx, &record).await.unwrap();
    }
    let found = |records: Vec<runs::Record>| records.iter().map(|one| one.run.id).collect::<Vec<_>>();
    let all = runs::broken(&mut tx, T0).await.unwrap();
    assert_eq!(found(all), [RunId(id(508)), RunId(id(510))]);
    let later = runs::broken(&mut tx, T0 + HOUR).await.unwrap();
    assert_eq!(found(later), [RunId(id(508))]);
}

async fn versions_are_counted_apart(db: Db) {
    let mut tx = begin(&db).await;
    let mut welcome = add(&mut tx, 1, "Welcome").await;
    publish(&mut tx, &mut welcome).await;
    let first = run(&mut tx, 7, welcome.id).await;
    workflows::freeze(&mut tx, welcome.id, 2, &graph("Hello"), "Mia", T0 + HOUR).await.unwrap();
    let mut second = run(&mut tx, 8, welcome.id).await;
    assert_eq!(runs::versions(&mut tx, welcome.id).await.unwrap(), [(first.run.version, 2)]);
    second.run.end(Reason::Completed {}, T0 + HOUR);
    runs::save(&mut tx, &second).await.unwrap();
    let counted = runs::reasons(&mut tx, welcome.id, first.run.version).await.unwrap();
    assert_eq!(counted, [("completed".to_owned(), 1), ("going".to_owned(), 1)]);
    assert_eq!(runs::reasons(&mut tx, welcome.id, 2).await.unwrap(), []);
    let versions = workflows::versions(&mut tx, welcome.id).await.unwrap();
    assert_eq!(versions[0], (2, "Mia".to_owned(), T0 + HOUR));
    assert_eq!(versions.len(), 2);
}

async fn a_contact_is_enrolled_once_and_remembered(db: Db) {
    let mut tx = begin(&db).await;
    let workflow = add(&mut tx, 1, "Welcome").await;
    let mut first = run(&mut tx, 7, workflow.id).await;
    let contact = first.run.contact;
    assert_eq!(runs::enrolled(&mut tx, workflow.id, contact).await.unwrap(), (true, true));
    let mut second = first.clone();
    second.run.id = RunId(id(900));
    assert!(!runs::add(&mut tx, &second).await.unwrap());
    first.run.end(Reason::Completed {}, T0 + HOUR);
    runs::save(&mut tx, &first).await.unwrap();
    assert_eq!(runs::enrolled(&mut tx, workflow.id, contact).await.unwrap(), (false, true));
    assert!(runs::add(&mut tx, &second).await.unwrap());
    let not_again = NonStart::AlreadyEnrolled {};
    runs::stay_out(&mut tx, id(901), workflow.id, contact, &not_again, T0).await.unwrap();
    let reasons = runs::non_starts(&mut tx, contact, 10).await.unwrap();
    assert_eq!(reasons, vec![(workflow.id, T0, not_again)]);
    let counted = runs::non_start_reasons(&mut tx, workflow.id).await.unwrap();
    assert_eq!(counted, [("already_enrolled".to_owned(), 1)]);
    assert_eq!(runs::prune_non_starts(&mut tx, T0 + 1).await.unwrap(), 1);
}

async fn a_run_is_found_by_what_it_waits_for(db: Db) {
    let mut tx = begin(&db).await;
    let workflow = add(&mut tx, 1, "Welcome").await;
    let mut waiting = run(&mut tx, 7, workflow.id).await;
    let going = run(&mut tx, 8, workflow.id).await;
    wait(&mut waiting, Wait::Acceptance);
    waiting.ticket = Some(id(77));
    runs::save(&mut tx, &waiting).await.unwrap();
    assert_eq!(runs::by_ticket(&mut tx, id(77)).await.unwrap(), Some(waiting.clone()));
    assert_eq!(runs::due(&mut tx, T0 + DAY - 1, 10).await.unwrap(), vec![]);
    let place = |record: &runs::Record| (record.run.id, record.run.conversation);
    assert_eq!(runs::due(&mut tx, T0 + DAY, 10).await.unwrap(), vec![place(&waiting)]);
    assert_eq!(runs::next_due(&mut tx).await.unwrap(), Some(T0 + DAY));
    assert_eq!(runs::ready(&mut tx, 10).await.unwrap(), vec![place(&going)]);
    let conversation = waiting.run.conversation;
    assert_eq!(runs::going_of(&mut tx, conversation).await.unwrap(), vec![waiting.clone()]);
    assert_eq!(runs::of(&mut tx, conversation, 10).await.unwrap(), vec![waiting.clone()]);
    assert_eq!(runs::of_workflow(&mut tx, workflow.id, runs::Which::All, None, 10).await.unwrap().len(), 2);
    assert_eq!(runs::active_of_workflow(&mut tx, workflow.id, false, 10).await.unwrap().len(), 2);
    assert_eq!(runs::lock(&mut tx, waiting.run.id).await.unwrap(), Some(waiting));
}

async fn whoever_waits_longest_stands_first_in_each_line(db: Db) {
    let mut tx = begin(&db).await;
    let (one, two) = (add(&mut tx, 1, "Welcome").await, add(&mut tx, 2, "Away").await);
    let mut waiting = Vec::new();
    for (n, workflow) in [(7, one.id), (8, one.id), (9, two.id)] {
        let mut record = run(&mut tx, n, workflow).await;
        wait(&mut record, Wait::Assignee);
        runs::save(&mut tx, &record).await.unwrap();
        waiting.push(record.run);
    }
    let head = |run: &Run| (run.id, run.conversation, (run.workflow, 1, i64::from(run.step().unwrap().0)));
    let heads = runs::first_in_line(&mut tx, "assignee").await.unwrap();
    assert_eq!(heads, [head(&waiting[0]), head(&waiting[2])]);
    assert_eq!(runs::first_in_line(&mut tx, "control").await.unwrap(), []);
}

async fn an_end_is_for_good(db: Db) {
    let mut tx = begin(&db).await;
    let workflow = add(&mut tx, 1, "Welcome").await;
    let mut one = run(&mut tx, 7, workflow.id).await;
    let mut late = one.clone();
    one.run.end(Reason::StoppedForContact { by: "Mia".into() }, T0 + HOUR);
    runs::save(&mut tx, &one).await.unwrap();
    wait(&mut late, Wait::Time);
    assert!(matches!(runs::save(&mut tx, &late).await, Err(Error::Conflict)));
    assert_eq!(runs::find(&mut tx, one.run.id).await.unwrap(), Some(one));
    let reasons = runs::reasons(&mut tx, workflow.id, 1).await.unwrap();
    assert_eq!(reasons, vec![("stopped_for_contact".to_owned(), 1)]);
}

async fn a_log_is_read_as_it_was_written(db: Db) {
    let mut tx = begin(&db).await;
    let workflow = add(&mut tx, 1, "Welcome").await;
    let one = run(&mut tx, 7, workflow.id).await;
    let progress = Progress {
        step: one.run.step().unwrap(),
        effects: vec![],
        found: vec![("answer.size".into(), Value::Number(39.0))],
        because: Because::TimeIsUp {},
        exit: Some(domain::workflow::exit::Exit::Timeout),
    };
    let line = runs::Line { n: 1, at: T0, progress, input: Some(Input::Accepted), ticket: Some(id(77)) };
    runs::log(&mut tx, one.run.id, &line).unwrap();
    let lines = runs::lines(&mut tx, one.run.id).await.unwrap();
    assert_eq!(lines, vec![line]);
    assert_eq!(runs::reached(&mut tx, workflow.id, 1).await.unwrap(), vec![(1, 1)]);
}

async fn a_removed_workflow_leaves_only_how_its_runs_ended(db: Db) {
    let mut tx = begin(&db).await;
    let mut workflow = add(&mut tx, 1, "Welcome").await;
    publish(&mut tx, &mut workflow).await;
    let mut one = run(&mut tx, 7, workflow.id).await;
    one.run.end(Reason::WorkflowDeleted {}, T0 + HOUR);
    runs::save(&mut tx, &one).await.unwrap();
    deleted_workflows::keep(&mut tx, workflow.id, T0 + HOUR).await.unwrap();
    workflows::remove(&mut tx, workflow.id).await.unwrap();
    let left = deleted_workflows::runs_of(&mut tx, one.run.conversation, 10).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].id, left[0].name.as_str()), (one.run.id, "Welcome"));
    assert_eq!((&left[0].state, left[0].steps.len()), (&one.run.state, workflow.graph.steps.len()));
    assert_eq!(workflows::find(&mut tx, workflow.id).await.unwrap(), None);
    assert_eq!(runs::find(&mut tx, one.run.id).await.unwrap(), None);
    assert_eq!(workflows::version(&mut tx, workflow.id, 1).await.unwrap(), None);
}
