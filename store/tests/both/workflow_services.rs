use crate::world::{T0, add_person, begin, id, open, shop};
use domain::person::Team;
use domain::workflow::field::FieldKey;
use domain::workflow::graph::Graph;
use domain::workflow::run::{Entry, Reason, Run};
use domain::workflow::settings::Settings;
use domain::workflow::status::Status;
use domain::{HOUR, MINUTE, RunId, TeamId, WorkflowId};
use std::collections::BTreeMap;
use store::connections::{Connection, Kind};
use store::runs::Which;
use store::workflow_tests::Session;
use store::workflows::Record;
use store::{
    Db, Tx, candidates, connections, conversations, fields, people, runs, workflow_tests, workflows,
};

on_both!(
    who_fits_is_told_with_how_much_they_have,
    a_connection_is_kept_and_changed,
    a_test_is_found_by_its_code_until_it_ends,
    runs_come_in_pages_by_whether_they_go_on,
    whoever_is_ejected_stays_out_and_is_counted,
    a_contact_is_found_by_what_the_team_knows,
);

async fn workflow(tx: &mut Tx, status: Status) -> WorkflowId {
    let mut record = Record {
        id: WorkflowId(id(1)),
        name: "Welcome".into(),
        description: String::new(),
        status: Status::Draft,
        settings: Settings::default(),
        graph: Graph::default(),
        revision: 1,
        version: 0,
        created_by: "Mia".into(),
        created_at: T0,
        published_by: None,
        published_at: None,
    };
    workflows::add(tx, &record).await.unwrap();
    record.status = status;
    workflows::save(tx, &mut record).await.unwrap();
    record.id
}

/// A run of the nth customer that waits at nothing in particular.
async fn run(tx: &mut Tx, n: u128, workflow: WorkflowId) -> runs::Record {
    let conversation = open(tx, n).await;
    let entry = Entry {
        id: RunId(id(500 + n)),
        workflow,
        version: 1,
        contact: conversation.contact,
        conversation: conversation.id,
        found: BTreeMap::new(),
    };
    let mut run = Run::begin(entry, &Graph::default(), T0 + i64::try_from(n).unwrap());
    run.state = domain::workflow::run::State::Going { to: domain::workflow::graph::StepId(1) };
    let record = runs::Record { run, ticket: None, lines: 0, test: false };
    assert!(runs::add(tx, &record).await.unwrap());
    record
}

async fn who_fits_is_told_with_how_much_they_have(db: Db) {
    let mut tx = begin(&db).await;
    let (mia, tom) = (add_person(&mut tx, 2, "Mia").await, add_person(&mut tx, 3, "Tom").await);
    let team = Team { id: TeamId(id(9)), name: "Returns".into() };
    people::add_team(&mut tx, &team).await.unwrap();
    people::join(&mut tx, team.id, tom.id).await.unwrap();
    people::seen(&mut tx, mia.id, T0).await.unwrap();
    let mut conversation = open(&mut tx, 7).await;
    conversation.assignee = Some(mia.id);
    conversations::save(&mut tx, &mut conversation).await.unwrap();
    candidates::given(&mut tx, tom.id, T0).await.unwrap();
    candidates::given(&mut tx, tom.id, T0 + MINUTE).await.unwrap();
    let all = candidates::everybody(&mut tx, T0 - MINUTE).await.unwrap();
    let told: Vec<_> = all.iter().map(|one| (one.id, one.online, one.open, one.last_assigned_at)).collect();
    assert_eq!(told, [(mia.id, true, 1, None), (tom.id, false, 0, Some(T0 + MINUTE))]);
    assert!(!candidates::one(&mut tx, mia.id, T0 + 1).await.unwrap()[0].online);
    let team = candidates::of_team(&mut tx, team.id, T0).await.unwrap();
    assert_eq!(team.iter().map(|one| one.id).collect::<Vec<_>>(), [tom.id]);
}

async fn a_connection_is_kept_and_changed(db: Db) {
    let mut tx = begin(&db).await;
    let ai = Connection {
        name: "Main".into(),
        kind: Kind::Ai,
        address: "https://ai.example".into(),
        model: "small".into(),
        secret: "sealed".into(),
        updated_at: T0,
    };
    connections::put(&mut tx, &ai).await.unwrap();
    let larger = Connection { model: "large".into(), updated_at: T0 + 1, ..ai };
    connections::put(&mut tx, &larger).await.unwrap();
    assert_eq!(connections::find(&mut tx, "Main").await.unwrap(), Some(larger.clone()));
    assert_eq!(connections::all(&mut tx).await.unwrap(), vec![larger]);
    assert!(connections::remove(&mut tx, "Main").await.unwrap());
    assert!(!connections::remove(&mut tx, "Main").await.unwrap());
}

async fn a_test_is_found_by_its_code_until_it_ends(db: Db) {
    let mut tx = begin(&db).await;
    let session = Session {
        workflow: workflow(&mut tx, Status::Draft).await,
        code: "TEST1234".into(),
        page: shop(),
        variables: [("trigger.source".to_owned(), "user".into())].into(),
        graph: Graph::default(),
        started_by: "Mia".into(),
        started_at: T0,
    };
    assert!(workflow_tests::add(&mut tx, &session).await.unwrap());
    assert!(!workflow_tests::add(&mut tx, &session).await.unwrap());
    assert_eq!(workflow_tests::of(&mut tx, session.workflow).await.unwrap(), Some(session.clone()));
    assert_eq!(workflow_tests::by_code(&mut tx, "TEST1234", &shop()).await.unwrap(), Some(session.clone()));
    assert_eq!(workflow_tests::by_code(&mut tx, "TEST1234", &"page-2".into()).await.unwrap(), None);
    assert!(workflow_tests::end(&mut tx, session.workflow).await.unwrap());
    assert!(!workflow_tests::end(&mut tx, session.workflow).await.unwrap());
}

async fn runs_come_in_pages_by_whether_they_go_on(db: Db) {
    let mut tx = begin(&db).await;
    let workflow = workflow(&mut tx, Status::Published).await;
    assert!(workflows::hold(&mut tx, workflow).await.unwrap());
    let mut first = run(&mut tx, 7, workflow).await;
    run(&mut tx, 8, workflow).await;
    first.run.end(Reason::Completed {}, T0 + HOUR);
    runs::save(&mut tx, &first).await.unwrap();
    let mut ids = Vec::new();
    for (which, before) in [
        (Which::All, None),
        (Which::All, Some((T0 + 8, id(508)))),
        (Which::Ongoing, None),
        (Which::Ended, None),
    ] {
        let page = runs::of_workflow(&mut tx, workflow, which, before, 1).await.unwrap();
        ids.push(page.into_iter().map(|record| record.run.id).collect::<Vec<_>>());
    }
    let (seven, eight) = (RunId(id(507)), RunId(id(508)));
    assert_eq!(ids, [vec![eight], vec![seven], vec![eight], vec![seven]]);
    assert_eq!(runs::running(&mut tx).await.unwrap(), vec![(workflow, 1)]);
    assert_eq!(runs::ways(&mut tx, workflow, 1).await.unwrap(), vec![]);
}

async fn whoever_is_ejected_stays_out_and_is_counted(db: Db) {
    let mut tx = begin(&db).await;
    let workflow = workflow(&mut tx, Status::Stopped).await;
    assert!(!workflows::hold(&mut tx, workflow).await.unwrap());
    let mut one = run(&mut tx, 7, workflow).await;
    assert_eq!(runs::left_behind(&mut tx).await.unwrap(), vec![workflow]);
    let conversation = one.run.conversation;
    assert_eq!(runs::lock_going_of(&mut tx, conversation).await.unwrap(), vec![one.clone()]);
    assert!(!runs::eject(&mut tx, &one.run).await.unwrap(), "it has not ended");
    one.run.end(Reason::WorkflowStopped {}, T0 + HOUR);
    assert!(runs::eject(&mut tx, &one.run).await.unwrap());
    assert!(!runs::eject(&mut tx, &one.run).await.unwrap());
    assert_eq!(runs::find(&mut tx, one.run.id).await.unwrap(), Some(one));
    assert_eq!(runs::left_behind(&mut tx).await.unwrap(), vec![]);
    assert_eq!(runs::lock_going_of(&mut tx, conversation).await.unwrap(), vec![]);
}

async fn a_contact_is_found_by_what_the_team_knows(db: Db) {
    let mut tx = begin(&db).await;
    let conversation = open(&mut tx, 7).await;
    let email = FieldKey::new("email").unwrap();
    fields::set(&mut tx, conversation.contact, &email, &"maya@example.com".into(), T0).await.unwrap();
    let found = fields::contact_with(&mut tx, &email, &"maya@example.com".into()).await.unwrap();
    assert_eq!(found, Some(conversation.contact));
    assert_eq!(fields::contact_with(&mut tx, &email, &"tom@example.com".into()).await.unwrap(), None);
    let home = conversations::of_contact(&mut tx, conversation.contact).await.unwrap();
    assert_eq!(home, Some(conversation.id));
}
