//! The typical conversation (CR-15 to CR-19), on both databases.

on_both!(
    the_bot_begins_hands_over_and_gets_the_thread_back,
    control_goes_back_by_itself_after_a_day,
    a_page_of_the_old_protocol_is_worked_in_the_same_way,
);

mod journeys {
    use crate::support::*;
    use app::api::{ConversationsDesk as _, Reply, Then};
    use domain::conversation::control::OwnerKind;
    use domain::conversation::message::{AuthorKind, DeliveryState};
    use domain::{DAY, HOUR, MINUTE, MessageId};
    use messenger::simulator::Mode;
    use server::clock::Clock as _;

    pub async fn the_bot_begins_hands_over_and_gets_the_thread_back(on: On) {
        let stage = Stage::new(on).await;
        // CR-15: the bot answers first; the thread is there, read and locked.
        stage.customer_writes(MAYA, "Hi! Do you have the Fjord Runner in 39?").await;
        stage.quiet().await;
        let conversation = stage.of(MAYA).await;
        assert_eq!(stands(&conversation), (OwnerKind::Bot, false));
        assert_eq!(conversation.control.app_name.as_deref(), Some("SalesBot"));
        assert_eq!(conversation.contact.name, "Maya Lindqvist");
        let authors: Vec<_> =
            stage.messages(conversation.id).await.iter().map(|one| one.author.kind).collect();
        assert_eq!(authors, [AuthorKind::Customer, AuthorKind::Bot]);
        // CR-16
        stage.customer_writes(MAYA, "Where is my order?").await;
        stage.quiet().await;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::Bot, false));
        // CR-17
        stage.customer_writes(MAYA, "I want to talk to a person").await;
        stage.quiet().await;
        let conversation = stage.of(MAYA).await;
        assert_eq!(stands(&conversation), (OwnerKind::Ours, true));
        assert!(conversation.handed_over.is_some_and(|said| said.contains("person")));
        // CR-18: the last answer gives control back in the same action.
        let id = MessageId(stage.clock.id());
        let reply = Reply { then: Some(Then::ResetControl), ..Reply::of(id, "Here you are. Bye!") };
        stage.desk.reply(&stage.ann, conversation.id, reply).await.expect("a reply");
        stage.quiet().await;
        let conversation = stage.of(MAYA).await;
        assert_eq!(stands(&conversation), (OwnerKind::Idle, false));
        assert_eq!(stage.owner(), None);
        let sent =
            stage.messages(conversation.id).await.into_iter().find(|one| one.id == id).expect("the reply");
        assert!(matches!(sent.delivery.state, DeliveryState::Sent | DeliveryState::Delivered), "{sent:?}");
        // The customer's next message starts with the bot again.
        stage.customer_writes(MAYA, "One more thing").await;
        stage.quiet().await;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::Bot, false));
    }

    /// CR-06: the same lock, the same read and unread, the same Re-sync, take-over and reset.
    pub async fn a_page_of_the_old_protocol_is_worked_in_the_same_way(on: On) {
        let stage = Stage::with(on, |mut setup| {
            setup.pages.iter_mut().for_each(|page| page.routing.mode = Mode::Legacy);
            setup
        })
        .await;
        // The page's primary receiver hears who comes to an idle thread; here that is us.
        stage.customer_writes(MAYA, "Hi!").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::Idle, true));
        stage.reply(&stage.mia, id, "Our bot knows that").await.expect("a reply");
        stage.quiet().await;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::Ours, false));
        assert_eq!(stage.owner().as_deref(), Some(APP));
        // There the bot is passed to by name: a thread that is only released comes back to the primary receiver.
        stage.desk.reset_control(&stage.mia, id, Some(BOT.into())).await.expect("passes");
        stage.quiet().await;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::Bot, false));
        stage.customer_writes(MAYA, "Where is my order?").await;
        stage.quiet().await;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::Bot, false));
        stage.customer_writes(MAYA, "I want to talk to a person").await;
        stage.quiet().await;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::Ours, true));
        // A thread the bot has can be taken over, and Re-sync knows it.
        stage.desk.reset_control(&stage.mia, id, Some(BOT.into())).await.expect("passes");
        stage.quiet().await;
        stage.desk.take_over(&stage.mia, id).await.expect("takes over");
        stage.quiet().await;
        let control = stage.desk.resync(&stage.mia, id).await.expect("asks");
        assert_eq!((control.owner, control.proof.as_str()), (OwnerKind::Ours, "meta_answered"));
        stage.desk.reset_control(&stage.mia, id, None).await.expect("resets");
        stage.quiet().await;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::Idle, false));
        assert_eq!(stage.owner(), None);
    }

    pub async fn control_goes_back_by_itself_after_a_day(on: On) {
        let stage = Stage::new(on).await;
        stage.customer_writes(MAYA, "A person please").await;
        stage.quiet().await;
        let conversation = stage.of(MAYA).await;
        stage.reply(&stage.mia, conversation.id, "Hello Maya").await.expect("a reply");
        stage.quiet().await;
        let due = stage.of(MAYA).await.reset_at.expect("a countdown");
        assert!((due - stage.clock.now() - DAY).abs() < MINUTE, "{due:?}");
        // A new message of ours restarts the clock.
        stage.advance(20 * HOUR).await;
        stage.customer_writes(MAYA, "Still there?").await;
        stage.quiet().await;
        stage.reply(&stage.mia, conversation.id, "Yes!").await.expect("a reply");
        stage.quiet().await;
        stage.advance(23 * HOUR).await;
        assert_eq!(stage.of(MAYA).await.control.owner, OwnerKind::Ours);
        stage.advance(2 * HOUR).await;
        let conversation = stage.of(MAYA).await;
        assert_eq!(stands(&conversation), (OwnerKind::Idle, false));
        assert_eq!(stage.owner(), None);
        let timeline = stage.desk.control(&stage.ann, conversation.id).await.expect("a timeline").items;
        assert!(timeline[0].by.is_none());
        assert!(
            ["reset_automatically", "expired", "meta_answered"].contains(&timeline[0].proof.as_str()),
            "{timeline:?}"
        );
    }
}
