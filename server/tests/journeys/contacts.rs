//! Under which name a customer is seen: what the team wrote, what Facebook tells, and what stands in.

on_both!(
    a_customer_is_seen_everywhere_under_the_name_the_team_wrote,
    a_name_facebook_does_not_tell_is_explained_and_can_be_written_down,
    what_facebook_tells_later_does_not_undo_what_the_team_wrote,
    tags_are_named_anew_made_one_and_removed,
);

mod journeys {
    use crate::support::*;
    use app::api::{ContactsDesk as _, ConversationsDesk as _, Failure, ListQuery};
    use domain::ConversationId;
    use domain::view::View;
    use domain::workflow::field::{FieldKey, NAME};
    use domain::workflow::value::Value;
    use messenger::simulator::{Call, Fault};

    const NO_ACCESS: Fault = Fault::Refuse { status: 400, code: 10, subcode: Some(2_018_247) };

    async fn write_name(stage: &Stage, id: ConversationId, name: Value) {
        let key = FieldKey::new(NAME).expect("a key");
        stage.desk.set_contact_field(&stage.mia, id, key, name).await.expect("it is written");
        stage.quiet().await;
    }

    async fn found(stage: &Stage, text: &str) -> usize {
        let query = ListQuery { text: Some(text.into()), limit: 10, ..ListQuery::of(View::Open) };
        stage.desk.list(&stage.mia, query).await.expect("a list").items.len()
    }

    pub async fn a_customer_is_seen_everywhere_under_the_name_the_team_wrote(on: On) {
        let stage = Stage::new(on).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let before = stage.of(MAYA).await;
        write_name(&stage, before.id, "Majken Berg".into()).await;
        let named = stage.of(MAYA).await;
        assert_eq!(named.contact.name, "Majken Berg");
        assert!(named.version > before.version, "every browser hears of it");
        assert_eq!((found(&stage, "majken").await, found(&stage, &before.contact.name).await), (1, 0));
        write_name(&stage, before.id, Value::Null).await;
        assert_eq!(stage.of(MAYA).await.contact.name, before.contact.name);
    }

    pub async fn a_name_facebook_does_not_tell_is_explained_and_can_be_written_down(on: On) {
        let stage = Stage::new(on).await;
        stage.simulator.faults().next(Call::Profile, 1, NO_ACCESS);
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        assert!(stage.of(MAYA).await.contact.name.starts_with("Messenger user "));
        let why = stage.desk.contact_details(&stage.mia, id).await.expect("details").nameless;
        assert!(why.is_some_and(|why| why.contains("Business Asset User Profile Access")));
        write_name(&stage, id, "Maya".into()).await;
        assert_eq!(stage.of(MAYA).await.contact.name, "Maya");
        assert_eq!(stage.desk.contact_details(&stage.mia, id).await.expect("details").nameless, None);
    }

    pub async fn tags_are_named_anew_made_one_and_removed(on: On) {
        let stage = Stage::new(on).await;
        for (customer, tag) in [(MAYA, "VIP"), (TOMAS, "Regular")] {
            stage.customer_writes(customer, "Hi").await;
            stage.quiet().await;
            let id = stage.of(customer).await.id;
            stage.desk.set_contact_tag(&stage.mia, id, tag.into(), true).await.expect("tags");
        }
        let desk = &stage.desk;
        let uses = async || {
            let uses = desk.tag_uses(&stage.ann).await.expect("tags");
            uses.into_iter().map(|one| (one.name, one.contacts)).collect::<Vec<_>>()
        };
        desk.put_tag(&stage.ann, Some("VIP".into()), "V.I.P.".into()).await.expect("renames");
        assert_eq!(uses().await, [("Regular".to_owned(), 1), ("V.I.P.".to_owned(), 1)]);
        desk.put_tag(&stage.ann, Some("V.I.P.".into()), "regular".into()).await.expect("makes them one");
        assert_eq!(uses().await, [("Regular".to_owned(), 2)]);
        let details = desk.contact_details(&stage.mia, stage.of(MAYA).await.id).await.expect("details");
        assert_eq!(details.tags, ["Regular"]);
        let again = desk.put_tag(&stage.ann, None, " REGULAR ".into()).await;
        assert!(matches!(again, Err(Failure::Invalid { message }) if message.contains("already")));
        assert_eq!(desk.put_tag(&stage.mia, None, "New".into()).await, Err(Failure::Forbidden));
        desk.remove_tag(&stage.ann, "Regular".into()).await.expect("removes");
        assert_eq!(uses().await, []);
        assert_eq!(desk.remove_tag(&stage.ann, "Regular".into()).await, Err(Failure::Gone));
    }

    pub async fn what_facebook_tells_later_does_not_undo_what_the_team_wrote(on: On) {
        let stage = Stage::new(on).await;
        stage.simulator.faults().next(Call::Profile, 1, Fault::Http { status: 503 });
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        write_name(&stage, id, "Majken".into()).await;
        stage.advance(2 * domain::MINUTE).await;
        stage.quiet().await;
        assert_eq!(stage.of(MAYA).await.contact.name, "Majken");
        write_name(&stage, id, Value::Null).await;
        assert_eq!(stage.of(MAYA).await.contact.name, "Maya Lindqvist");
    }
}
