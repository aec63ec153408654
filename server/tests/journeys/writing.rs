//! Writing: drafts follow their author, notes stay with the team, files and states of the composer.

on_both!(
    a_draft_follows_its_author_to_another_browser_and_nobody_else,
    a_draft_is_gone_once_its_answer_is_handed_in,
    what_was_typed_since_stays_a_draft,
    two_browsers_of_one_person_never_overwrite_each_other,
    a_note_reaches_the_team_and_never_meta,
    whoever_is_named_in_a_note_is_told_once_and_until_they_have_looked,
    somebody_who_cannot_see_the_conversation_is_not_told_behind_the_authors_back,
    a_message_waits_for_a_disconnected_page_only_with_its_authors_consent,
    words_and_files_leave_as_messages_of_their_own_in_order,
    an_answer_quotes_a_message_of_its_own_conversation_and_no_other,
    an_answer_can_put_the_conversation_away_until_the_customer_writes,
    a_file_is_its_owners_until_it_is_sent_and_the_teams_afterwards,
    a_refused_file_says_why_and_is_handed_over_again_when_it_is_sent_again,
    a_crash_while_a_file_is_handed_over_loses_nothing_and_doubles_nothing,
    what_messenger_does_not_take_is_refused_by_its_content,
    the_customer_sees_typing_only_where_we_have_control,
);

mod journeys {
    use crate::support::*;
    use app::api::{
        ConversationsDesk as _, Enclosed, Failure, NewNote, PagesDesk as _, Reply, Saved, Then,
        WritingDesk as _,
    };
    use bytes::Bytes;
    use domain::conversation::file::Upload;
    use domain::conversation::message::DeliveryState;
    use domain::conversation::standing::Status;
    use domain::live::Change;
    use domain::person::{Actor, Reach, Restrictions, Scope};
    use domain::writing::{Draft, Named, Reason, Sheet};
    use domain::{ConversationId, MINUTE, MessageId, NoteId, UploadId};
    use messenger::simulator::{Call, Fault};
    use server::clock::Clock as _;

    async fn ours(on: On) -> (Stage, ConversationId) {
        let stage = Stage::with(on, messenger::simulator::Setup::without_bots).await;
        stage.customer_writes(MAYA, "Hello?").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        (stage, id)
    }

    fn sheet(reply: &str) -> Sheet {
        Sheet { reply: reply.into(), ..Sheet::default() }
    }

    async fn save(stage: &Stage, who: &Actor, id: ConversationId, reply: &str, based_on: i64) -> Saved {
        stage.desk.save_draft(who, id, sheet(reply), based_on).await.expect("saved or told")
    }

    async fn drafts(stage: &Stage, who: &Actor) -> Vec<Draft> {
        stage.desk.drafts(who).await.expect("drafts")
    }

    fn note(stage: &Stage, text: &str) -> NewNote {
        NewNote { id: NoteId(stage.clock.id()), text: text.into(), mentions: vec![] }
    }

    async fn told(stage: &Stage) -> Vec<Change> {
        let mut tx = stage.node().db.snapshot().await.expect("a snapshot");
        let frames = store::changes::after(&mut tx, 0, 1_000).await.expect("the log");
        let read = |frame: String| {
            let frame: serde_json::Value = serde_json::from_str(&frame).expect("a frame");
            serde_json::from_value(frame["change"].clone()).expect("a change")
        };
        frames.into_iter().map(|entry| read(entry.frame)).collect()
    }

    pub async fn a_draft_follows_its_author_to_another_browser_and_nobody_else(on: On) {
        let (stage, id) = ours(on).await;
        assert_eq!(save(&stage, &stage.mia, id, "Hello Ma", 0).await, Saved::Kept { version: 1 });
        assert_eq!(save(&stage, &stage.mia, id, "Hello Maya", 1).await, Saved::Kept { version: 2 });
        let mine = drafts(&stage, &stage.mia).await;
        assert_eq!((mine.len(), &mine[0].sheet, mine[0].conversation_id), (1, &sheet("Hello Maya"), id));
        assert_eq!(drafts(&stage, &stage.ann).await, []);
        // Others hear at most that there is one.
        let news: Vec<Change> =
            told(&stage).await.into_iter().filter(|change| matches!(change, Change::Draft { .. })).collect();
        assert!(matches!(news[..], [Change::Draft { any: true, .. }]), "{news:?}");
        let program = Actor::Token { name: "shop".into(), scope: Scope::Admin };
        assert!(stage.desk.save_draft(&program, id, sheet("x"), 0).await.is_err());
    }

    pub async fn a_draft_is_gone_once_its_answer_is_handed_in(on: On) {
        let (stage, id) = ours(on).await;
        save(&stage, &stage.mia, id, "Hello Maya ", 0).await;
        stage.reply(&stage.mia, id, "Hello Maya").await.expect("a reply");
        let left = drafts(&stage, &stage.mia).await;
        assert!(left.iter().all(|draft| draft.sheet.is_blank() && draft.version == 2), "{left:?}");
        let last = told(&stage).await.into_iter().rfind(|change| matches!(change, Change::Draft { .. }));
        assert!(matches!(last, Some(Change::Draft { any: false, .. })));
    }

    pub async fn what_was_typed_since_stays_a_draft(on: On) {
        let (stage, id) = ours(on).await;
        save(&stage, &stage.mia, id, "And one more thing", 0).await;
        stage.reply(&stage.mia, id, "Hello Maya").await.expect("a reply");
        assert_eq!(drafts(&stage, &stage.mia).await[0].sheet, sheet("And one more thing"));
    }

    pub async fn two_browsers_of_one_person_never_overwrite_each_other(on: On) {
        let (stage, id) = ours(on).await;
        save(&stage, &stage.mia, id, "From the desk", 0).await;
        let Saved::Other { draft } = save(&stage, &stage.mia, id, "From the phone", 0).await else {
            panic!("the phone overwrote the desk")
        };
        assert_eq!(draft.sheet, sheet("From the desk"));
        let both = "From the phone\nFrom the desk";
        assert_eq!(save(&stage, &stage.mia, id, both, draft.version).await, Saved::Kept { version: 2 });
    }

    pub async fn a_note_reaches_the_team_and_never_meta(on: On) {
        let (stage, id) = ours(on).await;
        let before = stage.of(MAYA).await;
        let new = note(&stage, "  Knows the owner.  ");
        let (first, is_new) = stage.desk.add_note(&stage.mia, id, new.clone()).await.expect("a note");
        let (again, is_new_again) = stage.desk.add_note(&stage.mia, id, new).await.expect("the first note");
        assert_eq!((is_new, is_new_again, &again), (true, false, &first));
        stage.quiet().await;
        let thread = stage.desk.thread(&stage.ann, id).await.expect("a thread");
        assert_eq!(thread.notes, std::slice::from_ref(&first));
        assert_eq!((first.text.as_str(), first.author.name.as_str()), ("Knows the owner.", "Mia"));
        assert_eq!(thread.conversation.last_message, before.last_message);
        assert!(stage.simulator.sends().is_empty());
        assert!(told(&stage).await.contains(&Change::Note { note: Box::new(first) }));
        assert!(stage.desk.add_note(&stage.mia, id, note(&stage, " \n")).await.is_err());
    }

    pub async fn whoever_is_named_in_a_note_is_told_once_and_until_they_have_looked(on: On) {
        let (stage, id) = ours(on).await;
        let (note, _) = stage
            .desk
            .add_note(&stage.mia, id, note(&stage, "@Ann, @ann: see this. @Mia"))
            .await
            .expect("a note");
        assert_eq!(note.mentions.len(), 2);
        let seen = stage.desk.notifications(&stage.ann).await.expect("notifications");
        assert_eq!(seen.len(), 1);
        assert_eq!(
            (seen[0].note_id, seen[0].reason, seen[0].by.as_str()),
            (note.id, Reason::Mentioned, "Mia")
        );
        assert_eq!(seen[0].seen_at, None);
        assert_eq!(
            stage.desk.notifications(&stage.mia).await.expect("none"),
            [],
            "nobody is told by themselves"
        );
        stage.desk.seen(&stage.ann, id).await.expect("looked");
        let seen = stage.desk.notifications(&stage.ann).await.expect("notifications");
        assert!(seen[0].seen_at.is_some());
        assert!(matches!(note.mentions[0].who, Named::Person(_)));
    }

    pub async fn somebody_who_cannot_see_the_conversation_is_not_told_behind_the_authors_back(on: On) {
        let (stage, id) = ours(on).await;
        let mia = stage.mia.person().expect("a person").id;
        let own = Restrictions { reach: Reach::Own, ..Restrictions::default() };
        let mut tx = stage.node().db.begin().await.expect("a transaction");
        store::people::set_restrictions(&mut tx, mia, &own).await.expect("restricted");
        tx.commit().await.expect("kept");
        let refused = stage.desk.add_note(&stage.ann, id, note(&stage, "@Mia, look")).await;
        let Err(Failure::Invalid { message }) = refused else { panic!("{refused:?}") };
        assert!(message.contains("Mia does not see this conversation"), "{message}");
        assert_eq!(stage.desk.thread(&stage.ann, id).await.expect("a thread").notes, []);
    }

    pub async fn a_message_waits_for_a_disconnected_page_only_with_its_authors_consent(on: On) {
        let (stage, id) = ours(on).await;
        let refusal = Fault::Refuse { status: 400, code: 190, subcode: Some(463) };
        stage.simulator.faults().next(Call::Send, 1, refusal);
        stage.reply(&stage.mia, id, "The first").await.expect("handed in");
        stage.quiet().await;
        let refused = stage.reply(&stage.mia, id, "The second").await;
        assert!(
            matches!(&refused, Err(Failure::PageDisconnected { page, .. }) if page == "Shoe Shop"),
            "{refused:?}"
        );
        let knowing = Reply { wait: true, ..stage.new_reply("The third") };
        let (waiting, _) = stage.desk.reply(&stage.mia, id, knowing).await.expect("it waits");
        assert_eq!(waiting.delivery.state, DeliveryState::Queued);
        stage.connect_page().await;
        stage.quiet().await;
        assert!(stage.simulator.sends().is_empty(), "a manager looks at it first");
        assert_eq!(stage.desk.send_waiting(&stage.ann, PAGE.into(), None).await, Ok(2));
        stage.quiet().await;
        let sent: Vec<String> = stage.simulator.sends().into_iter().map(|send| send.text).collect();
        assert_eq!(sent, ["The first", "The third"]);
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

    async fn upload(stage: &Stage, who: &Actor, name: &str, content: &'static [u8]) -> Upload {
        let id = UploadId(stage.clock.id());
        let kept = stage.desk.keep_upload(who, id, name.into(), Bytes::from_static(content)).await;
        kept.expect("kept")
    }

    fn with_files(stage: &Stage, text: &str, files: &[Upload]) -> Reply {
        let enclosed =
            files.iter().map(|file| Enclosed { id: MessageId(stage.clock.id()), upload: file.id }).collect();
        Reply { files: enclosed, ..stage.new_reply(text) }
    }

    /// What left, as the customer sees it: a text, or the name of a file.
    fn left(stage: &Stage) -> Vec<String> {
        let sends = stage.simulator.sends().into_iter();
        sends.map(|send| send.files.first().cloned().unwrap_or(send.text)).collect()
    }

    pub async fn an_answer_quotes_a_message_of_its_own_conversation_and_no_other(on: On) {
        let (stage, id) = ours(on).await;
        stage.customer_writes(TOMAS, "Hello, too").await;
        stage.quiet().await;
        let question = stage.of(MAYA).await.last_message.expect("a message").id;
        let foreign = stage.of(TOMAS).await.last_message.expect("a message").id;
        let quoting = |message| Reply { reply_to: Some(message), ..stage.new_reply("Yes, we do") };
        let refused = stage.desk.reply(&stage.mia, id, quoting(foreign)).await;
        assert!(matches!(refused, Err(Failure::Invalid { .. })), "{refused:?}");
        assert!(stage.simulator.sends().is_empty());
        let (sent, _) = stage.desk.reply(&stage.mia, id, quoting(question)).await.expect("a message");
        stage.quiet().await;
        let thread = stage.desk.thread(&stage.ann, id).await.expect("a thread");
        let asked = thread.messages.iter().find(|message| message.id == question).expect("the question");
        assert!(sent.reply_to.is_some());
        assert_eq!(sent.reply_to, asked.mid);
        assert_eq!(stage.simulator.sends().last().map(|send| send.reply_to.clone()), Some(asked.mid.clone()));
    }

    pub async fn words_and_files_leave_as_messages_of_their_own_in_order(on: On) {
        let (stage, id) = ours(on).await;
        let files = [
            upload(&stage, &stage.mia, "socks.png", PNG).await,
            upload(&stage, &stage.mia, "terms.txt", b"Thirty days.").await,
        ];
        let mut whole = sheet("Here they are");
        whole.files = files.to_vec();
        stage.desk.save_draft(&stage.mia, id, whole, 0).await.expect("saved");
        let reply = Reply { then: Some(Then::Close), ..with_files(&stage, "Here they are", &files) };
        let (first, is_new) = stage.desk.reply(&stage.mia, id, reply.clone()).await.expect("a reply");
        let (again, is_new_again) = stage.desk.reply(&stage.mia, id, reply.clone()).await.expect("the first");
        assert_eq!((first.id, is_new, again.id, is_new_again), (reply.id, true, reply.id, false));
        stage.quiet().await;
        assert_eq!(left(&stage), ["Here they are", "socks.png", "terms.txt"]);
        let sent: Vec<_> = stage.messages(id).await.into_iter().skip(1).collect();
        assert_eq!(sent.len(), 3, "an echo is no message of its own");
        assert!(sent.iter().all(|message| message.delivery.state == DeliveryState::Delivered), "{sent:?}");
        assert_eq!(stage.of(MAYA).await.status, Status::Closed);
        assert!(drafts(&stage, &stage.mia).await.iter().all(|draft| draft.sheet.is_blank()));
    }

    pub async fn an_answer_can_put_the_conversation_away_until_the_customer_writes(on: On) {
        let (stage, id) = ours(on).await;
        let reply = Reply { then: Some(Then::Snooze), ..with_files(&stage, "Tell us the number", &[]) };
        stage.desk.reply(&stage.mia, id, reply).await.expect("a reply");
        stage.quiet().await;
        let put_away = stage.of(MAYA).await;
        assert_eq!(
            (put_away.status, put_away.snoozed_until, put_away.unread),
            (Status::Snoozed, None, false)
        );
        stage.customer_writes(MAYA, "4711").await;
        stage.quiet().await;
        let back = stage.of(MAYA).await;
        assert_eq!((back.status, back.unread), (Status::Open, true));
    }

    pub async fn a_file_is_its_owners_until_it_is_sent_and_the_teams_afterwards(on: On) {
        let (stage, id) = ours(on).await;
        let file = upload(&stage, &stage.mia, "socks.png", PNG).await;
        assert!(stage.desk.show_upload(&stage.mia, file.id).await.is_ok());
        assert_eq!(stage.desk.show_upload(&stage.ann, file.id).await, Err(Failure::Gone));
        let stolen = with_files(&stage, "", std::slice::from_ref(&file));
        assert!(matches!(stage.desk.reply(&stage.ann, id, stolen).await, Err(Failure::Invalid { .. })));
        let reply = with_files(&stage, "", std::slice::from_ref(&file));
        let (message, _) = stage.desk.reply(&stage.mia, id, reply).await.expect("a reply");
        let media = message.attachments[0].media[0].id;
        assert_eq!(media.0, file.id.0);
        assert!(server::desk::media::seen_by(stage.node(), &stage.ann, media).await.is_ok());
        // Sent files are not taken back with the draft.
        stage.desk.remove_upload(&stage.mia, file.id).await.expect("nothing to do");
        stage.quiet().await;
        assert_eq!(left(&stage), ["socks.png"]);
    }

    pub async fn a_refused_file_says_why_and_is_handed_over_again_when_it_is_sent_again(on: On) {
        let (stage, id) = ours(on).await;
        let file = upload(&stage, &stage.mia, "socks.png", PNG).await;
        let refusal = Fault::Refuse { status: 400, code: 100, subcode: Some(2_018_109) };
        stage.simulator.faults().next(Call::Upload, 1, refusal);
        let reply = with_files(&stage, "Look", std::slice::from_ref(&file));
        stage.desk.reply(&stage.mia, id, reply).await.expect("a reply");
        stage.quiet().await;
        let failed = stage.messages(id).await.pop().expect("a message");
        let words = failed.delivery.error.expect("a reason").message;
        assert!(words.contains("too large for Messenger"), "{words}");
        assert_eq!(left(&stage), ["Look"], "the words arrive");
        let again = with_files(&stage, "", &[file]);
        stage.desk.reply(&stage.mia, id, again).await.expect("a reply");
        stage.quiet().await;
        assert_eq!(left(&stage), ["Look", "socks.png"]);
    }

    pub async fn a_crash_while_a_file_is_handed_over_loses_nothing_and_doubles_nothing(on: On) {
        let (stage, id) = ours(on).await;
        let file = upload(&stage, &stage.mia, "socks.png", PNG).await;
        // Meta has the file, but its answer is lost: nothing has been sent to the customer.
        stage.simulator.faults().next(Call::Upload, 1, Fault::AcceptThenDrop);
        let reply = with_files(&stage, "", &[file]);
        stage.desk.reply(&stage.mia, id, reply).await.expect("a reply");
        stage.quiet().await;
        stage.advance(MINUTE).await;
        assert_eq!(left(&stage), ["socks.png"]);
    }

    pub async fn what_messenger_does_not_take_is_refused_by_its_content(on: On) {
        let (stage, _) = ours(on).await;
        let keep = async |name: &str, content: &'static [u8]| {
            let id = UploadId(stage.clock.id());
            stage.desk.keep_upload(&stage.mia, id, name.into(), Bytes::from_static(content)).await
        };
        assert!(matches!(keep("photo.png", b"MZ\x90\0\x03").await, Err(Failure::Invalid { .. })));
        assert!(matches!(keep("page.txt", b"<!DOCTYPE html><script>").await, Err(Failure::Invalid { .. })));
        assert!(matches!(keep("empty.png", b"").await, Err(Failure::Invalid { .. })));
        let renamed = keep("invoice.pdf", PNG).await.expect("a picture by any other name");
        assert_eq!(renamed.mime, "image/png");
    }

    pub async fn the_customer_sees_typing_only_where_we_have_control(on: On) {
        let stage = Stage::new(on).await;
        stage.customer_writes(MAYA, "Hello?").await;
        stage.quiet().await;
        let id = stage.of(MAYA).await.id;
        let asked = |stage: &Stage| {
            let calls = stage.simulator.journal().after(0).into_iter();
            calls.filter(|call| call.body["asked"]["sender_action"] == "typing_on").count()
        };
        stage.desk.typing(&stage.mia, id).await.expect("nothing to do");
        assert_eq!(asked(&stage), 0, "the bot has control");
        stage.desk.take_over(&stage.mia, id).await.expect("taken");
        stage.desk.typing(&stage.mia, id).await.expect("shown");
        assert_eq!(asked(&stage), 1);
    }
}
