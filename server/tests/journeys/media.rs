//! Files of messages: copied when the message arrives, served by content to whoever sees the conversation.

on_both!(
    a_picture_is_copied_and_shown_to_whoever_sees_the_conversation,
    a_player_gets_parts_and_a_browser_keeps_what_it_has,
    what_is_no_picture_is_only_saved,
    an_address_elsewhere_is_never_opened,
    a_file_that_does_not_come_is_tried_again_and_given_up_with_a_reason,
    a_file_that_fails_at_first_is_kept_at_a_later_try,
    a_file_that_was_given_up_comes_when_it_is_asked_for_again,
    a_picture_that_is_taken_back_is_gone,
    a_customers_picture_is_ours_to_show,
);

mod journeys {
    use crate::support::*;
    use domain::conversation::message::Attachment;
    use domain::media::{Media, MediaState};
    use domain::person::{Actor, Reach, Restrictions};
    use domain::{DAY, MINUTE, MediaId};
    use messenger::simulator::{Call, Fault};
    use reqwest::header::{COOKIE, SET_COOKIE};
    use server::clock::Clock as _;

    async fn cookie(stage: &Stage, email: &str) -> String {
        let client =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let form = [("email", email), ("password", PASSWORD)];
        let answer =
            client.post(format!("{}/sign-in", stage.base)).form(&form).send().await.expect("an answer");
        let cookie = answer.headers()[SET_COOKIE].to_str().expect("text");
        cookie.split(';').next().expect("a pair").to_owned()
    }

    async fn sends(stage: &Stage, kind: &str, url: &str) -> Vec<Attachment> {
        stage.simulator.customer_sends_attachment(&PAGE.into(), &MAYA.into(), kind, url).await;
        stage.quiet().await;
        attachments(stage).await
    }

    /// What the first message of Maya's carries.
    async fn attachments(stage: &Stage) -> Vec<Attachment> {
        let id = stage.of(MAYA).await.id;
        stage.messages(id).await.remove(0).attachments
    }

    async fn picture(stage: &Stage) -> Media {
        let url = stage.simulated("/parcel.png");
        sends(stage, "image", &url).await.remove(0).media.remove(0)
    }

    async fn get(stage: &Stage, media: MediaId, headers: &[(&str, &str)]) -> reqwest::Response {
        let mut request = client().get(format!("{}/media/{media}", stage.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.expect("an answer")
    }

    pub async fn a_picture_is_copied_and_shown_to_whoever_sees_the_conversation(on: On) {
        let stage = Stage::new(on).await;
        let media = picture(&stage).await;
        assert_eq!((media.state, media.kind.as_deref()), (MediaState::Stored, Some("image/png")));
        assert!(media.width.is_some() && media.bytes.is_some());
        assert_eq!(get(&stage, media.id, &[]).await.status(), 401, "nobody signed in");
        let ann = cookie(&stage, "ann@example.test").await;
        let answer = get(&stage, media.id, &[(COOKIE.as_str(), &ann)]).await;
        assert_eq!(answer.status(), 200);
        let headers = answer.headers().clone();
        assert_eq!(headers["content-type"], "image/png");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin");
        assert!(headers["cache-control"].to_str().expect("text").contains("private"));
        assert_eq!(answer.bytes().await.expect("bytes").len() as i64, media.bytes.expect("a size"));
        // An agent who sees only what is assigned to them does not even learn that the file exists.
        let Actor::Person(mia) = &stage.mia else { panic!("Mia is a person") };
        let mut tx = stage.node().db.begin().await.expect("a transaction");
        let own = Restrictions { reach: Reach::Own, ..Restrictions::default() };
        store::people::set_restrictions(&mut tx, mia.id, &own).await.expect("restricted");
        tx.commit().await.expect("kept");
        let mia = cookie(&stage, "mia@example.test").await;
        assert_eq!(get(&stage, media.id, &[(COOKIE.as_str(), &mia)]).await.status(), 404);
        assert_eq!(get(&stage, MediaId(stage.clock.id()), &[(COOKIE.as_str(), &ann)]).await.status(), 404);
    }

    pub async fn a_player_gets_parts_and_a_browser_keeps_what_it_has(on: On) {
        let stage = Stage::new(on).await;
        let media = picture(&stage).await;
        let ann = cookie(&stage, "ann@example.test").await;
        let cookie = (COOKIE.as_str(), ann.as_str());
        let part = get(&stage, media.id, &[cookie, ("range", "bytes=0-7")]).await;
        assert_eq!(part.status(), 206);
        let total = media.bytes.expect("a size");
        assert_eq!(part.headers()["content-range"], format!("bytes 0-7/{total}"));
        let etag = part.headers()["etag"].to_str().expect("text").to_owned();
        assert_eq!(&part.bytes().await.expect("bytes")[1..4], b"PNG");
        assert_eq!(get(&stage, media.id, &[cookie, ("range", "bytes=99999999-")]).await.status(), 416);
        assert_eq!(get(&stage, media.id, &[cookie, ("if-none-match", &etag)]).await.status(), 304);
    }

    pub async fn what_is_no_picture_is_only_saved(on: On) {
        let stage = Stage::new(on).await;
        let url = stage.simulated("/phone.js");
        let media = sends(&stage, "image", &url).await.remove(0).media.remove(0);
        assert_eq!(media.state, MediaState::Stored);
        let ann = cookie(&stage, "ann@example.test").await;
        let answer = get(&stage, media.id, &[(COOKIE.as_str(), &ann)]).await;
        assert_eq!(answer.headers()["content-type"], "application/octet-stream");
        assert!(answer.headers()["content-disposition"].to_str().expect("text").starts_with("attachment"));
    }

    pub async fn an_address_elsewhere_is_never_opened(on: On) {
        let stage = Stage::new(on).await;
        let url = format!("{}/healthz", stage.base);
        let media = sends(&stage, "image", &url).await.remove(0).media.remove(0);
        assert_eq!((media.state, media.kind), (MediaState::Failed, None));
        assert!(media.problem.expect("a reason").contains("does not belong to Facebook"));
    }

    pub async fn a_file_that_does_not_come_is_tried_again_and_given_up_with_a_reason(on: On) {
        let stage = Stage::new(on).await;
        // Meta no longer has it, not even under a fresh address.
        let url = stage.simulated("/v25.0/gone.png");
        let media = sends(&stage, "image", &url).await.remove(0).media.remove(0);
        assert_eq!(media.state, MediaState::Failed);
        assert!(media.problem.expect("a reason").contains("no longer has this file"));
        use app::api::ThreadDesk as _;
        stage.desk.fetch_again(&stage.mia, media.id).await.expect("asked again");
        stage.quiet().await;
        assert_eq!(attachments(&stage).await[0].media[0].state, MediaState::Failed);
        stage.advance(DAY).await;
    }

    pub async fn a_file_that_fails_at_first_is_kept_at_a_later_try(on: On) {
        let stage = Stage::new(on).await;
        stage.simulator.faults().next(Call::File, 2, Fault::Http { status: 503 });
        let url = stage.simulated("/parcel.png");
        let media = sends(&stage, "image", &url).await.remove(0).media.remove(0);
        assert_eq!(media.state, MediaState::Waiting);
        for _ in 0..6 {
            stage.advance(MINUTE).await;
        }
        assert_eq!(attachments(&stage).await[0].media[0].state, MediaState::Stored);
    }

    pub async fn a_file_that_was_given_up_comes_when_it_is_asked_for_again(on: On) {
        use app::api::ThreadDesk as _;
        let stage = Stage::new(on).await;
        stage.simulator.faults().next(Call::File, 1, Fault::Http { status: 404 });
        let url = stage.simulated("/parcel.png");
        let media = sends(&stage, "image", &url).await.remove(0).media.remove(0);
        assert_eq!(media.state, MediaState::Failed);
        stage.desk.fetch_again(&stage.mia, media.id).await.expect("asked again");
        stage.quiet().await;
        let media = attachments(&stage).await.remove(0).media.remove(0);
        assert_eq!((media.state, media.problem), (MediaState::Stored, None));
    }

    pub async fn a_picture_that_is_taken_back_is_gone(on: On) {
        let stage = Stage::new(on).await;
        let media = picture(&stage).await;
        let id = stage.of(MAYA).await.id;
        let mid = stage.messages(id).await[0].mid.clone().expect("a mid");
        let item = serde_json::json!({"sender":{"id":MAYA},"recipient":{"id":PAGE},"timestamp":START + MINUTE,
            "message":{"mid":mid,"is_deleted":true}});
        let body = serde_json::json!({"object":"page","entry":[{"id":PAGE,"time":START,"messaging":[item]}]})
            .to_string();
        stage.deliver(body).await;
        stage.quiet().await;
        assert!(attachments(&stage).await.is_empty());
        assert_eq!(stage.node().config.files.get(media.id, None).await.expect("looked"), None);
        let ann = cookie(&stage, "ann@example.test").await;
        assert_eq!(get(&stage, media.id, &[(COOKIE.as_str(), &ann)]).await.status(), 404);
    }

    pub async fn a_customers_picture_is_ours_to_show(on: On) {
        let stage = Stage::new(on).await;
        stage.customer_writes(MAYA, "Hi").await;
        stage.quiet().await;
        let conversation = stage.of(MAYA).await;
        // The simulator draws its customers as SVG, which is never shown.
        assert_eq!(conversation.contact.picture_url, None);
        let node = stage.node();
        let mut intention = server::desk::intention::Intention::begin(node).await.expect("begins");
        intention.lock(conversation.id).await.expect("locks");
        let source = stage.simulated("/parcel.png");
        server::desk::media::note_picture(&mut intention, conversation.id, &source).await.expect("noted");
        intention.commit().await.expect("commits");
        stage.quiet().await;
        let url = stage.of(MAYA).await.contact.picture_url.expect("a picture");
        let ann = cookie(&stage, "ann@example.test").await;
        let answer =
            client().get(format!("{}{url}", stage.base)).header(COOKIE, ann).send().await.expect("an answer");
        assert_eq!(answer.headers()["content-type"], "image/png");
    }
}
