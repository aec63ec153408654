//! The truth about sending: how far a message has come, and never twice.

on_both!(
    a_message_goes_from_queued_to_read,
    the_same_id_twice_is_one_message,
    an_unknown_outcome_is_settled_by_the_echo_and_never_sent_again,
    an_unknown_outcome_without_echo_is_settled_by_history,
    a_dead_token_makes_sends_wait_until_the_page_is_back,
    one_bad_message_fails_alone_with_words,
    after_a_day_only_a_person_may_write_and_it_is_tagged,
    after_seven_days_nobody_may_write,
    replies_of_one_conversation_leave_in_order,
);

mod journeys {
    use crate::support::*;
    use app::api::{ConversationsDesk as _, Failure, PagesDesk as _};
    use domain::conversation::message::DeliveryState;
    use domain::page::Health;
    use domain::person::{Actor, Scope};
    use domain::view::{Message, View};
    use domain::{DAY, HOUR, MINUTE};
    use messenger::simulator::{Call, Fault};

    async fn ours(on: On) -> Stage {
        let stage = Stage::with(on, messenger::simulator::Setup::without_bots).await;
        stage.customer_writes(MAYA, "Hello?").await;
        stage.quiet().await;
        stage
    }

    async fn the(stage: &Stage, text: &str) -> Message {
        let id = stage.of(MAYA).await.id;
        let all = stage.messages(id).await;
        let mut found = all.into_iter().filter(|message| message.text.as_deref() == Some(text));
        let first = found.next().unwrap_or_else(|| panic!("no message “{text}”"));
        assert!(found.next().is_none(), "“{text}” is there twice");
        first
    }

    fn times_sent(stage: &Stage, text: &str) -> usize {
        stage.simulator.sends().iter().filter(|send| send.text == text).count()
    }

    pub async fn a_message_goes_from_queued_to_read(on: On) {
        let stage = ours(on).await;
        let id = stage.of(MAYA).await.id;
        let reply = stage.reply(&stage.ann, id, "Hello Maya").await.expect("a reply");
        assert_eq!(reply.delivery.state, DeliveryState::Queued);
        stage.quiet().await;
        assert_eq!(the(&stage, "Hello Maya").await.delivery.state, DeliveryState::Delivered);
        stage.advance(MINUTE).await;
        stage.simulator.customer_reads(&PAGE.into(), &MAYA.into()).await;
        stage.quiet().await;
        let message = the(&stage, "Hello Maya").await;
        assert_eq!(message.delivery.state, DeliveryState::Read);
        assert_eq!(message.author.name.as_deref(), Some("Ann"));
        assert!(message.mid.is_some());
    }

    pub async fn the_same_id_twice_is_one_message(on: On) {
        let stage = ours(on).await;
        let id = stage.of(MAYA).await.id;
        let reply = stage.new_reply("Once");
        let (_, is_new) = stage.desk.reply(&stage.ann, id, reply.clone()).await.expect("a reply");
        let (_, again) = stage.desk.reply(&stage.ann, id, reply).await.expect("the first result");
        assert!(is_new && !again);
        stage.quiet().await;
        assert_eq!(times_sent(&stage, "Once"), 1);
    }

    pub async fn an_unknown_outcome_is_settled_by_the_echo_and_never_sent_again(on: On) {
        let stage = ours(on).await;
        stage.simulator.faults().next(Call::Send, 1, Fault::AcceptThenDrop);
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.ann, id, "Did it go out?").await.expect("a reply");
        stage.quiet().await;
        let message = the(&stage, "Did it go out?").await;
        assert!(
            matches!(message.delivery.state, DeliveryState::Sent | DeliveryState::Delivered),
            "{message:?}"
        );
        stage.advance(10 * MINUTE).await;
        assert_eq!(times_sent(&stage, "Did it go out?"), 1);
    }

    pub async fn an_unknown_outcome_without_echo_is_settled_by_history(on: On) {
        let stage = ours(on).await;
        stage.simulator.faults().next(Call::Send, 1, Fault::AcceptThenDrop);
        stage.simulator.faults().webhooks(|webhooks| webhooks.drop_echo = 1.0);
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.ann, id, "Did it go out?").await.expect("a reply");
        stage.quiet().await;
        assert_eq!(the(&stage, "Did it go out?").await.delivery.state, DeliveryState::Unknown);
        assert!(stage.of(MAYA).await.failed);
        stage.advance(MINUTE).await;
        let message = the(&stage, "Did it go out?").await;
        assert!(
            matches!(message.delivery.state, DeliveryState::Sent | DeliveryState::Delivered),
            "{message:?}"
        );
        assert!(!stage.of(MAYA).await.failed);
        assert_eq!(times_sent(&stage, "Did it go out?"), 1);
    }

    pub async fn a_dead_token_makes_sends_wait_until_the_page_is_back(on: On) {
        let stage = ours(on).await;
        stage.simulator.expire_token(&PAGE.into(), &APP.into(), true);
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.ann, id, "Waiting").await.expect("a reply");
        stage.quiet().await;
        assert_eq!(the(&stage, "Waiting").await.delivery.state, DeliveryState::Queued);
        let inbox =
            stage.desk.inbox(&stage.ann, app::api::ListQuery::of(View::Open)).await.expect("an inbox");
        assert!(matches!(inbox.pages[0].health, Health::Disconnected { .. }));
        stage.simulator.expire_token(&PAGE.into(), &APP.into(), false);
        stage.connect_page().await;
        stage.quiet().await;
        // Hours may have passed: it leaves when somebody says so.
        assert_eq!(the(&stage, "Waiting").await.delivery.state, DeliveryState::Queued);
        assert_eq!(stage.desk.send_waiting(&stage.ann, PAGE.into(), None).await, Ok(1));
        stage.quiet().await;
        assert_eq!(the(&stage, "Waiting").await.delivery.state, DeliveryState::Delivered);
        assert_eq!(times_sent(&stage, "Waiting"), 1);
    }

    pub async fn one_bad_message_fails_alone_with_words(on: On) {
        let stage = ours(on).await;
        let refusal = Fault::Refuse { status: 400, code: 100, subcode: Some(2_018_001) };
        stage.simulator.faults().next(Call::Send, 1, refusal);
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.ann, id, "Bad").await.expect("a reply");
        stage.quiet().await;
        let bad = the(&stage, "Bad").await;
        assert_eq!(bad.delivery.state, DeliveryState::Failed);
        assert!(bad.delivery.error.is_some_and(|error| error.message.len() > 20));
        assert!(stage.of(MAYA).await.failed);
        stage.reply(&stage.ann, id, "Good").await.expect("a reply");
        stage.quiet().await;
        assert_eq!(the(&stage, "Good").await.delivery.state, DeliveryState::Delivered);
    }

    pub async fn after_a_day_only_a_person_may_write_and_it_is_tagged(on: On) {
        let stage = ours(on).await;
        let id = stage.of(MAYA).await.id;
        stage.advance(30 * HOUR).await;
        let token = Actor::Token { name: "shop".into(), scope: Scope::Write };
        let refusal = stage.desk.reply(&token, id, stage.new_reply("Automatic")).await.expect_err("refused");
        assert_eq!(refusal, Failure::WindowClosed);
        stage.reply(&stage.ann, id, "Sorry for the wait").await.expect("a reply");
        stage.quiet().await;
        let sends = stage.simulator.sends();
        let send = sends.iter().find(|send| send.text == "Sorry for the wait").expect("sent");
        assert_eq!(send.tag.as_deref(), Some("HUMAN_AGENT"));
    }

    pub async fn after_seven_days_nobody_may_write(on: On) {
        let stage = ours(on).await;
        let id = stage.of(MAYA).await.id;
        stage.advance(8 * DAY).await;
        let refusal = stage.reply(&stage.ann, id, "Too late").await.expect_err("refused");
        assert_eq!(refusal, Failure::WindowClosed);
    }

    pub async fn replies_of_one_conversation_leave_in_order(on: On) {
        let stage = ours(on).await;
        let id = stage.of(MAYA).await.id;
        stage.simulator.faults().next(Call::Send, 3, Fault::Delay { ms: 60 });
        for n in 0..12 {
            stage.desk.reply(&stage.ann, id, stage.new_reply(&format!("line {n}"))).await.expect("a reply");
        }
        stage.quiet().await;
        let lines: Vec<_> = stage
            .simulator
            .sends()
            .into_iter()
            .map(|send| send.text)
            .filter(|text| text.starts_with("line"))
            .collect();
        let numbers: Vec<usize> = lines.iter().map(|line| line[5..].parse().expect("a number")).collect();
        assert!(numbers == (0..12).collect::<Vec<_>>(), "{lines:?}");
    }
}
