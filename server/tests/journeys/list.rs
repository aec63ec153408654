//! Putting away and coming back, and taking a list out of the product.

on_both!(
    a_snoozed_conversation_comes_back_at_its_time_on_top,
    a_customers_message_wakes_it_at_once,
    a_time_in_the_past_is_refused_and_nothing_changes,
    a_list_is_exported_as_it_is_filtered,
);

mod journeys {
    use crate::support::*;
    use app::api::{ConversationsDesk as _, Failure, ListQuery};
    use domain::conversation::standing::Status;
    use domain::person::{Actor, Person, Restrictions, Scope};
    use domain::view::View;
    use domain::{ConversationId, HOUR, MINUTE};
    use messenger::simulator::Setup;

    async fn two_customers(on: On) -> (Stage, ConversationId) {
        let stage = Stage::with(on, Setup::without_bots).await;
        stage.customer_writes(MAYA, "Hello?").await;
        stage.quiet().await;
        stage.clock.advance(MINUTE);
        stage.customer_writes(TOMAS, "=HYPERLINK(\"https://evil.example\")").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        (stage, id)
    }

    async fn listed(stage: &Stage, view: View) -> Vec<ConversationId> {
        let listing = stage.desk.list(&stage.mia, ListQuery::of(view)).await.expect("lists");
        listing.items.into_iter().map(|one| one.id).collect()
    }

    pub async fn a_snoozed_conversation_comes_back_at_its_time_on_top(on: On) {
        let (stage, id) = two_customers(on).await;
        let until = stage.node().clock.now() + HOUR;
        let snoozed = stage.desk.snooze(&stage.mia, id, Some(until)).await.expect("snoozed");
        assert_eq!((snoozed.status, snoozed.snoozed_until), (Status::Snoozed, Some(until)));
        assert!(snoozed.unread, "snoozing leaves the unread mark as it is");
        assert_eq!(listed(&stage, View::Snoozed).await, [id]);
        assert!(!listed(&stage, View::Open).await.contains(&id));
        let counters = stage.desk.counters(&stage.mia).await.expect("counts");
        assert_eq!((counters.snoozed.all, counters.open.all), (1, 1));
        stage.advance(59 * MINUTE).await;
        assert_eq!(listed(&stage, View::Snoozed).await, [id]);
        stage.advance(MINUTE).await;
        assert_eq!(listed(&stage, View::Open).await.first(), Some(&id));
        let woken = stage.of(MAYA).await;
        assert_eq!((woken.status, woken.woken_at, woken.unread), (Status::Open, Some(until), true));
        stage.desk.mark_read(&stage.mia, id).await.expect("read");
        assert_eq!(stage.of(MAYA).await.woken_at, None);
    }

    pub async fn a_customers_message_wakes_it_at_once(on: On) {
        let (stage, id) = two_customers(on).await;
        stage.desk.snooze(&stage.mia, id, None).await.expect("snoozed");
        assert_eq!(stage.of(MAYA).await.status, Status::Snoozed);
        stage.customer_writes(MAYA, "Are you there?").await;
        stage.quiet().await;
        assert_eq!(stage.of(MAYA).await.status, Status::Open);
        let until = stage.node().clock.now() + HOUR;
        stage.desk.snooze(&stage.mia, id, Some(until)).await.expect("snoozed");
        stage.customer_writes(MAYA, "Hello??").await;
        stage.quiet().await;
        let back = stage.of(MAYA).await;
        assert_eq!((back.status, back.snoozed_until), (Status::Open, None));
        stage.desk.close(&stage.mia, id).await.expect("closed");
        stage.advance(2 * HOUR).await;
        assert_eq!(stage.of(MAYA).await.status, Status::Closed, "an old alarm rings for nobody");
    }

    pub async fn a_time_in_the_past_is_refused_and_nothing_changes(on: On) {
        let (stage, id) = two_customers(on).await;
        let refused = stage.desk.snooze(&stage.mia, id, Some(stage.node().clock.now())).await;
        assert!(matches!(refused, Err(Failure::Invalid { .. })), "{refused:?}");
        assert_eq!(stage.of(MAYA).await.status, Status::Open);
    }

    pub async fn a_list_is_exported_as_it_is_filtered(on: On) {
        let (stage, _) = two_customers(on).await;
        let token =
            server::desk::set_up::add_token(stage.node(), "shop", Scope::Read).await.expect("a token");
        let get =
            |path: &str| client().get(format!("{}/api/v1/{path}", stage.base)).bearer_auth(&token).send();
        let answer = get("conversations/export?view=open").await.expect("an answer");
        assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
        let table = answer.text().await.expect("text");
        assert_eq!(table.lines().count(), 3, "{table}");
        assert!(table.contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\""), "{table}");
        let found = get("conversations/export?q=hello").await.expect("an answer").text().await.expect("text");
        assert_eq!(found.lines().count(), 2, "{found}");
        assert!(found.contains(MAYA));
        assert_eq!(get("conversations/export?view=nonsense").await.expect("an answer").status(), 422);
        let restrictions = Restrictions { no_export: true, ..Restrictions::default() };
        let mia = Actor::Person(Person { restrictions, ..stage.mia.person().expect("a person").clone() });
        let refused = stage.desk.export(&mia, ListQuery::of(View::Open)).await;
        assert_eq!(refused.expect_err("kept from it"), Failure::Forbidden);
    }
}
