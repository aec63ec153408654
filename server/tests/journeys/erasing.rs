//! Deleting: a conversation with everything known about its contact, and notes.

on_both!(
    a_deleted_conversation_leaves_nothing_behind_and_the_next_message_begins_anew,
    everybody_hears_at_once_that_a_conversation_is_deleted,
    a_message_that_waits_is_not_sent_once_its_conversation_is_deleted,
    whoever_is_kept_from_deleting_deletes_nothing,
    an_agent_deletes_own_notes_and_a_manager_anybodys,
);

mod journeys {
    use crate::support::*;
    use app::api::{
        ContactsDesk as _, ConversationsDesk as _, Failure, ListQuery, NewNote, ThreadDesk as _,
        WritingDesk as _,
    };
    use domain::live::Change;
    use domain::person::{Actor, Person, Restrictions, Role};
    use domain::view::View;
    use domain::writing::Sheet;
    use domain::{ConversationId, NoteId};
    use server::clock::Clock as _;

    async fn ours(on: On) -> (Stage, ConversationId) {
        let stage = Stage::with(on, messenger::simulator::Setup::without_bots).await;
        stage.customer_writes(MAYA, "My address is Elm Street 4").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        (stage, id)
    }

    fn agent(of: &Actor, restrictions: Restrictions) -> Actor {
        let person = of.person().expect("a person").clone();
        Actor::Person(Person { role: Role::Agent, restrictions, ..person })
    }

    fn note(stage: &Stage, text: &str) -> NewNote {
        NewNote { id: NoteId(stage.clock.id()), text: text.into(), mentions: vec![] }
    }

    async fn told(stage: &Stage) -> Vec<Change> {
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        let entries = store::changes::after(&mut tx, 0, 1_000).await.expect("the log");
        let read = |frame: String| {
            let frame: serde_json::Value = serde_json::from_str(&frame).expect("a frame");
            serde_json::from_value(frame["change"].clone()).expect("a change")
        };
        entries.into_iter().map(|entry| read(entry.frame)).collect()
    }

    async fn audited(stage: &Stage, act: &str) -> Vec<store::audit::Entry> {
        let search = store::audit::Search { act: Some(act.into()), limit: 100, ..Default::default() };
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        store::audit::search(&mut tx, &search).await.expect("entries")
    }

    pub async fn a_deleted_conversation_leaves_nothing_behind_and_the_next_message_begins_anew(on: On) {
        let (stage, id) = ours(on).await;
        stage.reply(&stage.mia, id, "Thank you, noted").await.expect("a reply");
        stage.quiet().await;
        stage.desk.add_note(&stage.mia, id, note(&stage, "@Ann Elm Street again")).await.expect("a note");
        stage.desk.set_contact_tag(&stage.mia, id, "vip".into(), true).await.expect("a tag");
        let sheet = Sheet { reply: "Elm".into(), ..Sheet::default() };
        stage.desk.save_draft(&stage.ann, id, sheet, 0).await.expect("a draft");
        stage.desk.assign(&stage.mia, id, stage.mia.person().map(|mia| mia.id), None).await.expect("hers");
        let holding = stage.desk.holding(&stage.mia, id).await.expect("told");
        assert_eq!((holding.messages, holding.notes, holding.waiting), (2, 1, 0));

        stage.desk.delete_conversation(&stage.mia, id).await.expect("deleted");
        stage.quiet().await;

        assert_eq!(stage.desk.thread(&stage.ann, id).await.err(), Some(Failure::Gone));
        assert_eq!(stage.desk.delete_conversation(&stage.mia, id).await, Err(Failure::Gone));
        let found = ListQuery { text: Some("elm".into()), ..ListQuery::of(View::All) };
        assert!(stage.desk.list(&stage.ann, found).await.expect("a list").items.is_empty());
        assert!(stage.desk.drafts(&stage.ann).await.expect("drafts").is_empty());
        assert!(stage.desk.notifications(&stage.ann).await.expect("calls").is_empty());
        let entry = audited(&stage, "conversation.deleted").await.remove(0);
        assert_eq!((entry.actor.as_str(), entry.conversation), ("Mia", None));
        assert!(
            !entry.detail.to_string().contains("Maya"),
            "who is forgotten is not named: {}",
            entry.detail
        );
        assert_eq!(audited(&stage, "assigned").await[0].conversation, None);

        stage.customer_writes(MAYA, "Hello again").await;
        stage.quiet().await;
        let anew = stage.of(MAYA).await;
        assert_ne!(anew.id, id);
        assert_eq!(stage.messages(anew.id).await.len(), 1);
    }

    pub async fn everybody_hears_at_once_that_a_conversation_is_deleted(on: On) {
        let (stage, id) = ours(on).await;
        let before = stage.desk.counters(&stage.ann).await.expect("numbers");
        assert_eq!(before.open.all, 1);
        stage.desk.delete_conversation(&stage.mia, id).await.expect("deleted");
        let last = told(&stage).await.pop();
        let hidden = matches!(&last, Some(Change::ConversationHidden { conversation_id, .. }) if *conversation_id == id);
        assert!(hidden, "{last:?}");
        // The numbers beside the views follow the log.
        assert_eq!(stage.desk.counters(&stage.ann).await.expect("numbers"), Default::default());
        stage.quiet().await;
        let inbox = stage.desk.inbox(&stage.ann, ListQuery::of(View::Open)).await.expect("an inbox");
        assert_eq!((inbox.counters, inbox.conversations.items.len()), (Default::default(), 0));
    }

    pub async fn a_message_that_waits_is_not_sent_once_its_conversation_is_deleted(on: On) {
        let (stage, id) = ours(on).await;
        let node = stage.node();
        let mut tx = node.db.begin().await.expect("a transaction");
        let lost = domain::page::Health::Disconnected { reason: "The token expired.".into(), since: START };
        store::pages::set_health(&mut tx, &PAGE.into(), &lost).await.expect("lost");
        tx.commit().await.expect("committed");
        let waiting = app::api::Reply { wait: true, ..stage.new_reply("Later") };
        stage.desk.reply(&stage.mia, id, waiting).await.expect("waits");
        assert_eq!(stage.desk.holding(&stage.mia, id).await.expect("told").waiting, 1);
        stage.desk.delete_conversation(&stage.mia, id).await.expect("deleted");
        stage.connect_page().await;
        stage.quiet().await;
        assert!(stage.simulator.sends().is_empty());
    }

    pub async fn whoever_is_kept_from_deleting_deletes_nothing(on: On) {
        let (stage, id) = ours(on).await;
        let (own, _) = stage.desk.add_note(&stage.mia, id, note(&stage, "Mine")).await.expect("a note");
        let kept = agent(&stage.mia, Restrictions { no_delete: true, ..Restrictions::default() });
        assert_eq!(stage.desk.delete_conversation(&kept, id).await, Err(Failure::Forbidden));
        assert_eq!(stage.desk.holding(&kept, id).await, Err(Failure::Forbidden));
        assert_eq!(stage.desk.delete_note(&kept, own.id).await, Err(Failure::Forbidden));
        let blind =
            agent(&stage.mia, Restrictions { reach: domain::person::Reach::Own, ..Restrictions::default() });
        assert_eq!(stage.desk.delete_conversation(&blind, id).await, Err(Failure::Gone));
        let bound = agent(&stage.mia, Restrictions { only_assigned: true, ..Restrictions::default() });
        assert_eq!(stage.desk.delete_conversation(&bound, id).await, Err(Failure::NotAssigned));
        assert_eq!(stage.desk.thread(&stage.ann, id).await.expect("a thread").notes.len(), 1);
    }

    pub async fn an_agent_deletes_own_notes_and_a_manager_anybodys(on: On) {
        let (stage, id) = ours(on).await;
        let (own, _) = stage.desk.add_note(&stage.mia, id, note(&stage, "@Ann mine")).await.expect("a note");
        let (other, _) = stage.desk.add_note(&stage.mia, id, note(&stage, "Another")).await.expect("a note");
        let (anns, _) = stage.desk.add_note(&stage.ann, id, note(&stage, "Ann's")).await.expect("a note");
        assert_eq!(stage.desk.delete_note(&stage.mia, anns.id).await, Err(Failure::Forbidden));
        stage.desk.delete_note(&stage.mia, own.id).await.expect("deleted");
        stage.desk.delete_note(&stage.mia, own.id).await.expect("gone already");
        assert!(stage.desk.notifications(&stage.ann).await.expect("calls").is_empty());
        stage.desk.delete_note(&stage.ann, other.id).await.expect("deleted by the owner");
        let thread = stage.desk.thread(&stage.ann, id).await.expect("a thread");
        assert_eq!(thread.notes.iter().map(|note| note.id).collect::<Vec<_>>(), [anns.id]);
        let marks: Vec<_> = thread.activity.iter().map(|one| (one.act.as_str(), &one.detail["of"])).collect();
        assert_eq!(marks, [("note.deleted", &"Mia".into()), ("note.deleted", &serde_json::Value::Null)]);
        let gone = Change::NoteDeleted { conversation_id: id, note_id: other.id };
        assert!(told(&stage).await.contains(&gone));
    }
}
