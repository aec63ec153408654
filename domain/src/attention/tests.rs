use super::*;
use crate::conversation::message::{Author, Delivery, DeliveryError, Origin};
use crate::conversation::window::Window;
use crate::page::Alarm;
use crate::person::{Restrictions, Role};
use crate::view::{ContactView, ControlView, LastMessage, Named, PageView, WindowView, WindowWord};
use crate::{ContactId, HOUR, PersonId, TeamId};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_795_269_780_000);

fn mia() -> Person {
    Person {
        id: PersonId(Uuid::from_u128(1)),
        email: "mia@example.test".into(),
        name: "Mia".into(),
        role: Role::Agent,
        restrictions: Restrictions::default(),
        teams: vec![TeamId(Uuid::from_u128(70))],
    }
}

fn message(number: u128) -> Message {
    Message {
        id: MessageId(Uuid::from_u128(number)),
        mid: None,
        conversation_id: ConversationId(Uuid::from_u128(9)),
        at: NOW,
        direction: Direction::In,
        author: Author { kind: AuthorKind::Customer, id: None, name: None },
        text: Some("Is anybody there?".into()),
        attachments: vec![],
        origin: Origin::External,
        delivery: Delivery { state: DeliveryState::Received, error: None },
        tapped: None,
        reply_to: None,
        edited: false,
        deleted: false,
        reaction: None,
        late: false,
    }
}

/// Maya's conversation after this message: open, unread, ours, nobody's.
fn conversation(message: &Message) -> Conversation {
    let last = LastMessage {
        id: message.id,
        author: message.author.clone(),
        preview: "Is anybody there?".into(),
        at: message.at,
    };
    Conversation {
        id: message.conversation_id,
        page_id: "1".into(),
        page_name: "Shoe Shop".into(),
        psid: "7".into(),
        contact: ContactView {
            id: ContactId(Uuid::from_u128(5)),
            name: "Maya Lindqvist".into(),
            picture_url: None,
        },
        status: Status::Open,
        unread: true,
        labels: vec![],
        control: ControlView {
            owner: OwnerKind::Ours,
            app_id: None,
            app_name: None,
            since: NOW,
            expires_at: None,
            proof: "meta_answered".into(),
            proved_at: NOW,
            pending: None,
        },
        assignee: None,
        team: None,
        window: WindowView { state: WindowWord::Open, expires_at: None, deadlines: Window::default() },
        last_message: Some(last),
        reset_at: None,
        snoozed_until: None,
        woken_at: None,
        conflict_at: None,
        handed_over: None,
        failed: false,
        updated_at: NOW,
        version: 3,
    }
}

/// What Mia hears when a customer writes and the conversation then looks like this.
fn heard(shape: impl FnOnce(&mut Conversation), watching: bool) -> Vec<Heard> {
    let said = message(100);
    let mut conversation = conversation(&said);
    shape(&mut conversation);
    let watching = watching.then_some(conversation.id);
    let was = Some(conversation.facts());
    let mut listener = Listener::new(mia(), NOW);
    assert_eq!(listener.hear(&Change::Message { message: Box::new(said) }, watching), []);
    listener.hear(&Change::Conversation { conversation: Box::new(conversation), was }, watching)
}

fn peace(shape: impl FnOnce(&mut Conversation), watching: bool) -> Option<Peace> {
    let heard = heard(shape, watching);
    assert_eq!(heard.len(), 1);
    heard[0].peace
}

#[test]
fn a_customer_who_waits_for_us_calls() {
    let heard = heard(|_| {}, false);
    assert_eq!(heard[0].peace, None);
    assert_eq!(heard[0].call.event, Event::Message);
    assert_eq!(heard[0].call.who, "Maya Lindqvist");
}

#[test]
fn a_bots_thread_never_calls_even_when_it_is_mine_and_unread() {
    for owner in [OwnerKind::Bot, OwnerKind::PageInbox] {
        let shape = |conversation: &mut Conversation| {
            conversation.control.owner = owner;
            conversation.assignee = Some(Named { id: mia().id, name: "Mia".into() });
        };
        assert_eq!(peace(shape, false), Some(Peace::NotOurs));
    }
}

/// What Mia hears when a conversation that looked like this now looks like that.
fn moved(before: impl FnOnce(&mut Conversation), after: impl FnOnce(&mut Conversation)) -> Vec<Heard> {
    let (mut was, mut is) = (conversation(&message(100)), conversation(&message(100)));
    before(&mut was);
    after(&mut is);
    let change = Change::Conversation { was: Some(was.facts()), conversation: Box::new(is) };
    Listener::new(mia(), NOW).hear(&change, None)
}

fn of_bot(conversation: &mut Conversation) {
    conversation.control.owner = OwnerKind::Bot;
    conversation.unread = false;
}

#[test]
fn a_bot_that_hands_over_calls_with_what_it_said() {
    let heard = moved(of_bot, |it| it.handed_over = Some("Wants a refund".into()));
    let [Heard { call, peace: None }] = &heard[..] else { panic!("{heard:?}") };
    assert_eq!((call.event, &*call.who), (Event::HandedOver, "Maya Lindqvist"));
    assert_eq!(call.words, "Wants a refund");
    let data = moved(of_bot, |it| it.handed_over = Some(r#"{"reason":"refund"}"#.into()));
    assert_eq!(data[0].call.words, "Is anybody there?", "what is written for programs is not read out");
    let silent = moved(of_bot, |_| {});
    assert_eq!(silent[0].call.words, "Is anybody there?", "without words, the customer's newest stand there");
}

#[test]
fn a_bot_that_hands_over_a_colleagues_customer_leaves_me_in_peace() {
    let tom = Named { id: PersonId(Uuid::from_u128(2)), name: "Tom".into() };
    let heard = moved(of_bot, |it| it.assignee = Some(tom));
    assert_eq!(heard[0].peace, Some(Peace::ColleaguesOwn));
}

#[test]
fn a_bot_that_is_done_or_a_take_over_calls_nobody() {
    assert_eq!(moved(of_bot, |it| (it.control.owner, it.unread) = (OwnerKind::Idle, false)), []);
    assert_eq!(moved(of_bot, |it| it.unread = false), []);
}

#[test]
fn a_hand_over_with_a_new_message_calls_once() {
    let said = message(100);
    let is = conversation(&said);
    let mut was = is.clone();
    of_bot(&mut was);
    let mut listener = Listener::new(mia(), NOW);
    listener.hear(&Change::Message { message: Box::new(said) }, None);
    let change = Change::Conversation { was: Some(was.facts()), conversation: Box::new(is) };
    let heard = listener.hear(&change, None);
    assert_eq!(heard.iter().map(|heard| heard.call.event).collect::<Vec<_>>(), [Event::Message]);
}

#[test]
fn a_message_the_bot_was_to_answer_calls_once_the_bot_gives_up() {
    let said = message(100);
    let is = conversation(&said);
    let mut with_bot = is.clone();
    of_bot(&mut with_bot);
    let mut listener = Listener::new(mia(), NOW);
    listener.hear(&Change::Message { message: Box::new(said) }, None);
    let shown = |conversation: &Conversation| Change::Conversation {
        was: Some(with_bot.facts()),
        conversation: Box::new(conversation.clone()),
    };
    assert_eq!(listener.hear(&shown(&with_bot), None)[0].peace, Some(Peace::NotOurs));
    let heard = listener.hear(&shown(&is), None);
    assert_eq!((heard[0].call.event, heard[0].peace), (Event::HandedOver, None));
}

#[test]
fn a_conversation_that_comes_back_in_its_time_calls_although_it_is_read() {
    let snoozed = |it: &mut Conversation| it.status = Status::Snoozed;
    let heard = moved(snoozed, |it| (it.woken_at, it.unread) = (Some(NOW), false));
    assert_eq!((heard[0].call.event, heard[0].peace), (Event::Woken, None));
    assert_eq!(moved(snoozed, |it| it.unread = false), [], "a person woke it");
}

#[test]
fn a_colleagues_customer_does_not_call_me() {
    let tom = Named { id: PersonId(Uuid::from_u128(2)), name: "Tom".into() };
    assert_eq!(peace(|it| it.assignee = Some(tom), false), Some(Peace::ColleaguesOwn));
    let other_team = Named { id: TeamId(Uuid::from_u128(71)), name: "Returns".into() };
    assert_eq!(peace(|it| it.team = Some(other_team), false), Some(Peace::ColleaguesOwn));
    let my_team = Named { id: TeamId(Uuid::from_u128(70)), name: "Shop".into() };
    assert_eq!(peace(|it| it.team = Some(my_team), false), None);
}

#[test]
fn what_lies_open_before_me_does_not_call() {
    assert_eq!(peace(|_| {}, true), Some(Peace::Watching));
}

#[test]
fn what_is_read_or_closed_does_not_call() {
    assert_eq!(peace(|it| it.unread = false, false), Some(Peace::NotWaiting));
    assert_eq!(peace(|it| it.status = Status::Closed, false), Some(Peace::NotWaiting));
}

#[test]
fn one_message_calls_once_whatever_is_told_about_it_later() {
    let said = message(100);
    let shown = conversation(&said);
    let told = [
        Change::Message { message: Box::new(said.clone()) },
        Change::Conversation { conversation: Box::new(shown.clone()), was: None },
        Change::Message { message: Box::new(Message { reaction: Some("❤".into()), ..said }) },
        Change::Conversation { was: Some(shown.facts()), conversation: Box::new(shown) },
    ];
    let mut listener = Listener::new(mia(), NOW);
    let heard: usize = told.iter().map(|change| listener.hear(change, None).len()).sum();
    assert_eq!(heard, 1);
}

#[test]
fn an_old_message_told_again_is_not_news() {
    let said = Message { at: NOW - HOUR, ..message(100) };
    let shown = conversation(&said);
    let mut listener = Listener::new(mia(), NOW);
    listener.hear(&Change::Message { message: Box::new(said) }, None);
    let change = Change::Conversation { was: Some(shown.facts()), conversation: Box::new(shown) };
    assert_eq!(listener.hear(&change, None), []);
}

#[test]
fn being_given_a_conversation_calls_once() {
    let mut given = conversation(&message(100));
    let was = given.facts();
    given.assignee = Some(Named { id: mia().id, name: "Mia".into() });
    let mut listener = Listener::new(mia(), NOW);
    let change = |was| Change::Conversation { conversation: Box::new(given.clone()), was: Some(was) };
    let heard = listener.hear(&change(was), None);
    assert_eq!((heard[0].call.event, heard[0].peace), (Event::Assigned, None));
    assert_eq!(listener.hear(&change(given.facts()), None), []);
}

#[test]
fn my_lost_message_calls_me_and_nobody_else() {
    let author = |id: PersonId| Author { kind: AuthorKind::Agent, id: Some(id.to_string()), name: None };
    let lost = |id| Message {
        direction: Direction::Out,
        author: author(id),
        delivery: Delivery {
            state: DeliveryState::Failed,
            error: Some(DeliveryError {
                code: 551,
                subcode: None,
                message: "This person is not available.".into(),
            }),
        },
        ..message(101)
    };
    let hear =
        |message| Listener::new(mia(), NOW).hear(&Change::Message { message: Box::new(message) }, None);
    let heard = hear(lost(mia().id));
    assert_eq!(
        (heard[0].call.event, &*heard[0].call.words),
        (Event::Failed, "This person is not available.")
    );
    assert_eq!(hear(lost(PersonId(Uuid::from_u128(2)))), []);
}

#[test]
fn a_lost_page_calls_those_who_can_connect_it() {
    let health = Health::Disconnected { since: NOW, reason: "The token has expired.".into() };
    let change = Change::Page { page: page(health, Vec::new()) };
    let hear = |role| Listener::new(Person { role, ..mia() }, NOW).hear(&change, None);
    assert_eq!(hear(Role::Agent), []);
    assert_eq!(hear(Role::Manager)[0].call.event, Event::Page);
}

#[test]
fn what_is_to_be_put_right_at_a_page_calls_once() {
    let change = |alarms| Change::Page { page: page(Health::Connected, alarms) };
    let missing = Alarm::Subscription { missing: vec!["standby".into()] };
    let mut manager = Listener::new(Person { role: Role::Manager, ..mia() }, NOW);
    let heard = manager.hear(&change(vec![missing.clone()]), None);
    assert_eq!(heard[0].call.words, "Facebook does not tell us: standby.");
    assert_eq!(manager.hear(&change(vec![missing.clone()]), None), []);
    assert_eq!(manager.hear(&change(Vec::new()), None), []);
    assert_eq!(manager.hear(&change(vec![missing.clone()]), None).len(), 1);
    let mut agent = Listener::new(mia(), NOW);
    assert_eq!(agent.hear(&change(vec![missing]), None), []);
}

fn page(health: Health, alarms: Vec<Alarm>) -> PageView {
    PageView { id: "1".into(), name: "Shoe Shop".into(), health, alarms }
}
