//! How somebody likes the product is kept for them, and only what can work is kept.

use crate::support::{On, Stage};
use app::api::{Failure, PreferencesDesk as _};
use domain::person::{Actor, Scope};
use domain::preferences::{Region, Shortcuts, Wishes};

on_both!(
    what_one_person_chose_is_theirs_alone,
    keys_that_cannot_work_are_refused,
    a_program_has_no_preferences
);

mod journeys {
    use super::*;

    fn own(action: &str, keys: &str) -> Shortcuts {
        Shortcuts { own: [(action.to_owned(), vec![keys.to_owned()])].into(), ..Shortcuts::default() }
    }

    pub async fn what_one_person_chose_is_theirs_alone(on: On) {
        let stage = Stage::new(on).await;
        stage.desk.keep_shortcuts(&stage.mia, own("take_over", "x")).await.expect("kept");
        let loud = Wishes { volume: 90, ..Wishes::default() };
        let kept = stage.desk.keep_wishes(&stage.mia, loud.clone()).await.expect("kept");
        assert_eq!((kept.shortcuts, kept.attention), (own("take_over", "x"), loud));
        let german = stage.desk.keep_region(&stage.mia, Region::Germany).await.expect("kept");
        assert_eq!((german.region, german.attention.volume), (Region::Germany, 90));
        assert_eq!(stage.desk.preferences(&stage.mia).await.expect("hers").shortcuts, own("take_over", "x"));
        assert_eq!(stage.desk.preferences(&stage.ann).await.expect("hers"), Default::default());
    }

    pub async fn keys_that_cannot_work_are_refused(on: On) {
        let stage = Stage::new(on).await;
        for (action, keys) in [("take_over", "mod+w"), ("fly", "x"), ("send", "s"), ("palette", "g b x")] {
            let refused = stage.desk.keep_shortcuts(&stage.mia, own(action, keys)).await;
            assert!(matches!(refused, Err(Failure::Invalid { .. })), "{action}: {keys}");
        }
        let louder = Wishes { volume: 101, ..Wishes::default() };
        assert!(matches!(stage.desk.keep_wishes(&stage.mia, louder).await, Err(Failure::Invalid { .. })));
        assert_eq!(stage.desk.preferences(&stage.mia).await.expect("hers"), Default::default());
    }

    pub async fn a_program_has_no_preferences(on: On) {
        let stage = Stage::new(on).await;
        let program = Actor::Token { name: "shop".into(), scope: Scope::Admin };
        assert_eq!(stage.desk.preferences(&program).await, Err(Failure::Forbidden));
    }
}
