use crate::api::{self, Enrolment, Profile, TwoFactor};
use crate::browser;
use crate::clock::Clock;
use crate::pages::settings::doing::Doing;
use crate::parts::{Dialog, Icon, ProblemLine, Shape, TextField, Toasts, When};
use crate::text;
use leptos::prelude::*;

/// What the password is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Intent {
    TurnOn,
    TurnOff,
    RenewCodes,
}

/// What is on screen while the second step is being changed.
#[derive(Clone, Copy)]
struct Screen {
    profile: RwSignal<Profile>,
    intent: RwSignal<Option<Intent>>,
    password: RwSignal<String>,
    enrolment: RwSignal<Option<Enrolment>>,
    code: RwSignal<String>,
    /// Recovery codes, shown once.
    codes: RwSignal<Vec<String>>,
    open: RwSignal<bool>,
    doing: Doing,
    toasts: Toasts,
    clock: Clock,
}

impl Screen {
    fn begin(self, intent: Intent) {
        self.password.set(String::new());
        self.code.set(String::new());
        self.enrolment.set(None);
        self.codes.set(Vec::new());
        self.doing.problem.set(None);
        self.intent.set(Some(intent));
        self.open.set(true);
    }

    /// The password was given.
    fn prove(self) {
        let password = self.password.get_untracked();
        match self.intent.get_untracked() {
            Some(Intent::TurnOn) => self.doing.run(api::begin_two_factor(password), move |enrolment| {
                self.enrolment.set(Some(enrolment));
            }),
            Some(Intent::RenewCodes) => {
                self.doing.run(api::renew_recovery_codes(password), move |codes| self.show(codes));
            }
            Some(Intent::TurnOff) => self.doing.run(api::end_two_factor(password), move |()| {
                self.profile.update(|profile| profile.two_factor = None);
                self.open.set(false);
                self.toasts.say(text::two_factor_ended());
            }),
            None => {}
        }
    }

    fn confirm(self) {
        let code = self.code.get_untracked();
        self.doing.run(api::confirm_two_factor(code), move |codes| self.show(codes));
    }

    fn show(self, codes: Vec<String>) {
        let since = self.clock.exactly();
        let left = i64::try_from(codes.len()).unwrap_or_default();
        self.profile.update(|profile| {
            let since = profile.two_factor.map_or(since, |before| before.since);
            profile.two_factor = Some(TwoFactor { since, codes_left: left });
        });
        self.enrolment.set(None);
        self.codes.set(codes);
    }
}

/// The second step of signing in.
#[component]
pub fn TwoFactorBlock(profile: RwSignal<Profile>) -> impl IntoView {
    let screen = Screen {
        profile,
        intent: RwSignal::new(None),
        password: RwSignal::new(String::new()),
        enrolment: RwSignal::new(None),
        code: RwSignal::new(String::new()),
        codes: RwSignal::new(Vec::new()),
        open: RwSignal::new(false),
        doing: Doing::nothing(),
        toasts: expect_context(),
        clock: expect_context(),
    };
    let state = move || {
        match profile.with(|profile| profile.two_factor) {
        None => view! {
            <p class="lead">{text::two_factor_lead()}</p>
            <div class="cluster">
                <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| screen.begin(Intent::TurnOn)>{text::turn_on()}</button>
            </div>
        }
        .into_any(),
        Some(second) => view! {
            <p class="lead">{text::two_factor_since()}" "<When at=second.since shape=Shape::Moment />". "{text::codes_left(second.codes_left)}</p>
            <div class="cluster">
                <button class="button" type="button" data-kind="outline" data-size="32" on:click=move |_| screen.begin(Intent::RenewCodes)>{text::renew_codes()}</button>
                <button class="button" type="button" data-kind="danger" data-size="32" on:click=move |_| screen.begin(Intent::TurnOff)>{text::turn_off()}</button>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <section class="block" aria-labelledby="two-factor">
            <h2 id="two-factor">{text::two_factor()}</h2>
            {state}
        </section>
        <Dialog open=screen.open title=text::two_factor()>
            {move || match (screen.enrolment.get(), screen.codes.get()) {
                (Some(enrolment), _) => view! { <Scan screen=screen enrolment=enrolment /> }.into_any(),
                (None, codes) if !codes.is_empty() => view! { <Codes screen=screen codes=codes /> }.into_any(),
                (None, _) => view! { <Prove screen=screen /> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Prove(screen: Screen) -> impl IntoView {
    let words = move || match screen.intent.get() {
        Some(Intent::TurnOff) => text::prove_to_turn_off(),
        Some(Intent::RenewCodes) => text::prove_to_renew(),
        Some(Intent::TurnOn) | None => text::prove_to_turn_on(),
    };
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        screen.prove();
    };
    view! {
        <form class="form" on:submit=go>
            <p>{words}</p>
            <TextField id="prove" label=text::password() value=screen.password kind="password" autocomplete="current-password" />
            <ProblemLine words=screen.doing.problem />
            <Footer screen=screen go=text::go_on() />
        </form>
    }
}

#[component]
fn Scan(screen: Screen, enrolment: Enrolment) -> impl IntoView {
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        screen.confirm();
    };
    view! {
        <form class="form" on:submit=go>
            <p>{text::scan()}</p>
            <img class="qr" src=enrolment.picture alt=text::qr() width="208" height="208" />
            <p class="aside">{text::or_type()}" "<code class="secret-text">{enrolment.secret}</code></p>
            <TextField id="first-code" label=text::code() value=screen.code autocomplete="one-time-code" hint=text::first_code_hint() />
            <ProblemLine words=screen.doing.problem />
            <Footer screen=screen go=text::turn_on() />
        </form>
    }
}

#[component]
fn Codes(screen: Screen, codes: Vec<String>) -> impl IntoView {
    let all = codes.join("\n");
    let copy =
        move |_| screen.toasts.say(if browser::copy(&all) { text::copied() } else { text::not_copied() });
    view! {
        <p>{text::codes_words()}</p>
        <ol class="codes" aria-label=text::recovery_codes()>{codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}</ol>
        <footer>
            <button class="button" type="button" data-kind="outline" data-size="32" on:click=copy><Icon name="copy" />{text::copy_it()}</button>
            <button class="button" type="button" data-kind="primary" data-size="32" on:click=move |_| screen.open.set(false)>{text::codes_kept()}</button>
        </footer>
    }
}

#[component]
fn Footer(screen: Screen, go: &'static str) -> impl IntoView {
    view! {
        <footer>
            <button class="button" type="button" data-size="32" on:click=move |_| screen.open.set(false)>{text::cancel()}</button>
            <button class="button" type="submit" data-kind="primary" data-size="32" disabled=move || screen.doing.busy.get()>{go}</button>
        </footer>
    }
}
