//! Taking over: by sending, by button, refused, raced, with an unknown owner.

on_both!(
    sending_takes_over_from_the_bot,
    the_button_takes_over_and_assigns,
    a_refusal_by_meta_sends_nothing_and_says_how_to_fix_it,
    the_second_of_two_takers_is_told_who_was_first,
    an_unknown_owner_is_asked_for_before_sending,
    an_old_proof_of_control_is_renewed_before_sending,
    writing_into_a_bots_thread_without_having_seen_it_is_refused,
    a_colleagues_newer_answer_stops_the_reply,
    somebody_in_metas_inbox_becomes_the_owner,
    resync_tells_what_meta_says_now,
    a_slow_answer_does_not_take_back_what_happened_meanwhile,
);

mod journeys {
    use crate::support::*;
    use app::api::{ConversationsDesk as _, Failure};
    use domain::SECOND;
    use domain::conversation::control::{OwnerKind, PROOF_GOOD_FOR};
    use messenger::simulator::{Call, Fault, Setup};

    async fn with_the_bot(on: On) -> Stage {
        let stage = Stage::new(on).await;
        stage.customer_writes(MAYA, "Hi!").await;
        stage.quiet().await;
        stage
    }

    /// The bot gets the thread and says nothing.
    fn with_a_silent_bot(mut setup: Setup) -> Setup {
        for app in setup.pages.iter_mut().flat_map(|page| &mut page.apps) {
            app.bot = None;
        }
        setup
    }

    pub async fn sending_takes_over_from_the_bot(on: On) {
        let stage = with_the_bot(on).await;
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.ann, id, "Hi Maya, this is Ann").await.expect("a reply");
        stage.quiet().await;
        let conversation = stage.of(MAYA).await;
        assert_eq!(stands(&conversation), (OwnerKind::Ours, false));
        assert_eq!(stage.owner().as_deref(), Some(APP));
        let texts: Vec<_> = stage.simulator.sends().into_iter().map(|send| send.text).collect();
        assert!(texts.iter().any(|text| text == "Hi Maya, this is Ann"), "{texts:?}");
    }

    pub async fn the_button_takes_over_and_assigns(on: On) {
        let stage = with_the_bot(on).await;
        let id = stage.of(MAYA).await.id;
        let control = stage.desk.take_over(&stage.mia, id).await.expect("taken");
        assert_eq!((control.owner, control.proof.as_str()), (OwnerKind::Ours, "taken_by_us"));
        assert_eq!(stage.of(MAYA).await.assignee.map(|who| who.name).as_deref(), Some("Mia"));
        let timeline = stage.desk.control(&stage.ann, id).await.expect("a timeline").items;
        assert_eq!((timeline[0].owner, timeline[0].by.as_deref()), (OwnerKind::Ours, Some("Mia")));
    }

    pub async fn a_refusal_by_meta_sends_nothing_and_says_how_to_fix_it(on: On) {
        let stage = with_the_bot(on).await;
        stage.simulator.set_take_control(&PAGE.into(), &APP.into(), false);
        let id = stage.of(MAYA).await.id;
        let refusal = stage.reply(&stage.ann, id, "Hi Maya").await.expect_err("refused");
        let Failure::RefusedByMeta { message } = refusal else { panic!("{refusal:?}") };
        assert!(message.contains("Take control of conversations"), "{message}");
        stage.quiet().await;
        assert!(stage.simulator.sends().iter().all(|send| send.text != "Hi Maya"));
        let conversation = stage.of(MAYA).await;
        assert_eq!(stands(&conversation), (OwnerKind::Bot, false));
        assert!(conversation.control.pending.is_none());
        assert!(stage.messages(id).await.iter().all(|message| message.text.as_deref() != Some("Hi Maya")));
    }

    pub async fn the_second_of_two_takers_is_told_who_was_first(on: On) {
        let stage = with_the_bot(on).await;
        let id = stage.of(MAYA).await.id;
        let (ann, mia) =
            tokio::join!(stage.desk.take_over(&stage.ann, id), stage.desk.take_over(&stage.mia, id));
        let (winner, loser) = match (ann, mia) {
            (Ok(_), Err(failure)) => ("Ann", failure),
            (Err(failure), Ok(_)) => ("Mia", failure),
            both => panic!("one wins: {both:?}"),
        };
        assert_eq!(loser, Failure::TakenBy { by: winner.into() });
        assert_eq!(stage.of(MAYA).await.assignee.map(|who| who.name).as_deref(), Some(winner));
    }

    pub async fn an_unknown_owner_is_asked_for_before_sending(on: On) {
        let stage = Stage::with(on, with_a_silent_bot).await;
        // The message went to the bot, which has not answered: nobody has told us who has control.
        let refusal = Fault::Refuse { status: 500, code: 2, subcode: None };
        stage.simulator.faults().next(Call::Owner, 1, refusal);
        stage.customer_writes(MAYA, "Hi!").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        assert_eq!(stage.of(MAYA).await.control.owner, OwnerKind::Unknown);
        let refusal = stage.reply(&stage.ann, id, "Hello").await.expect_err("the bot has control");
        assert_eq!(refusal, Failure::NotOwner { owner: "SalesBot".into() });
        assert_eq!(stage.of(MAYA).await.control.owner, OwnerKind::Bot);
        assert!(stage.simulator.sends().iter().all(|send| send.text != "Hello"));
    }

    pub async fn an_old_proof_of_control_is_renewed_before_sending(on: On) {
        let stage = Stage::with(on, Setup::without_bots).await;
        stage.customer_writes(MAYA, "Hi!").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        stage.reply(&stage.ann, id, "Hello").await.expect("a reply");
        stage.quiet().await;
        let proved = stage.of(MAYA).await.control.proved_at;
        stage.advance(PROOF_GOOD_FOR / 2).await;
        stage.reply(&stage.ann, id, "Are you there?").await.expect("a reply");
        stage.quiet().await;
        stage.advance(PROOF_GOOD_FOR + SECOND).await;
        let refusal = Fault::Refuse { status: 500, code: 2, subcode: None };
        stage.simulator.faults().next(Call::Owner, 1, refusal);
        stage.reply(&stage.ann, id, "Still?").await.expect("Meta not answering is no reason not to try");
        stage.quiet().await;
        stage.advance(PROOF_GOOD_FOR + SECOND).await;
        stage.reply(&stage.ann, id, "Bye").await.expect("a reply");
        let control = stage.of(MAYA).await.control;
        assert!(control.proved_at > proved, "{control:?}");
        stage.quiet().await;
        assert_eq!(stage.simulator.sends().len(), 4);
    }

    pub async fn writing_into_a_bots_thread_without_having_seen_it_is_refused(on: On) {
        let stage = with_the_bot(on).await;
        let id = stage.of(MAYA).await.id;
        let refusal = stage.desk.reply(&stage.ann, id, stage.new_reply("Hello")).await.expect_err("refused");
        assert_eq!(refusal, Failure::NotOwner { owner: "SalesBot".into() });
    }

    pub async fn a_colleagues_newer_answer_stops_the_reply(on: On) {
        let stage = with_the_bot(on).await;
        let id = stage.of(MAYA).await.id;
        let before = stage.desk.thread(&stage.mia, id).await.expect("a thread");
        stage.reply(&stage.ann, id, "I am on it").await.expect("a reply");
        stage.quiet().await;
        let mut late = stage.new_reply("Let me help");
        late.seen = Some(app::api::Seen {
            owner: OwnerKind::Ours,
            last_message_id: before.messages.last().map(|message| message.id),
        });
        let refusal = stage.desk.reply(&stage.mia, id, late.clone()).await.expect_err("stopped");
        assert!(matches!(&refusal, Failure::Stale { by, .. } if by == "Ann"), "{refusal:?}");
        // Having seen it, she may send.
        late.seen = None;
        stage.desk.reply(&stage.mia, id, late).await.expect("a reply");
    }

    pub async fn somebody_in_metas_inbox_becomes_the_owner(on: On) {
        let stage = with_the_bot(on).await;
        stage
            .simulator
            .inbox_person_writes(&PAGE.into(), &MAYA.into(), "Hello from the Page Inbox")
            .await
            .expect("written");
        stage.quiet().await;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::PageInbox, false));
    }

    pub async fn resync_tells_what_meta_says_now(on: On) {
        let stage = with_the_bot(on).await;
        let id = stage.of(MAYA).await.id;
        // Meta tells nobody about a release.
        stage.simulator.bot_releases(&PAGE.into(), &MAYA.into()).await.expect("released");
        stage.quiet().await;
        assert_eq!(stage.of(MAYA).await.control.owner, OwnerKind::Bot);
        let control = stage.desk.resync(&stage.ann, id).await.expect("an answer");
        assert_eq!((control.owner, control.proof.as_str()), (OwnerKind::Idle, "meta_answered"));
        assert!(!stage.of(MAYA).await.unread);
    }

    pub async fn a_slow_answer_does_not_take_back_what_happened_meanwhile(on: On) {
        let stage = with_the_bot(on).await;
        let id = stage.of(MAYA).await.id;
        stage.advance(SECOND).await;
        stage.simulator.faults().next(Call::Owner, 1, Fault::AcceptThenDelay { ms: 300 });
        let asked = {
            let (desk, ann) = (stage.desk.clone(), stage.ann.clone());
            tokio::spawn(async move { desk.resync(&ann, id).await })
        };
        while !stage.simulator.faults().of_calls().is_empty() {
            moment(2).await;
        }
        // Meta has answered that the bot has it, and the answer is on its way.
        stage.clock.advance(SECOND);
        stage
            .simulator
            .bot_passes(&PAGE.into(), &MAYA.into(), &APP.into(), "asks for a person")
            .await
            .expect("passed");
        stage.applied().await;
        asked.await.expect("a task").expect("an answer");
        stage.quiet().await;
        assert_eq!(stands(&stage.of(MAYA).await), (OwnerKind::Ours, true));
    }
}
