//! Calling somebody: sound, notifications, and which of several windows does it.

use super::{Permission, Sound};
use domain::attention::Event;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{document, set_timeout, window};
use std::cell::RefCell;
use std::time::Duration;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AudioContext, AudioContextState, GainNode, HtmlLinkElement, Notification, NotificationOptions,
    NotificationPermission, OscillatorType,
};

thread_local! {
    static AUDIO: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

fn audio() -> Option<AudioContext> {
    AUDIO.with_borrow_mut(|audio| {
        if audio.is_none() {
            *audio = AudioContext::new().ok();
        }
        audio.clone()
    })
}

/// Unlocks sound; works only while somebody clicks or types.
pub fn unlock_sound() {
    if let Some(audio) = audio().filter(|audio| audio.state() != AudioContextState::Running) {
        let _heard_later = audio.resume();
    }
}

/// Whether sound can be heard now. Before the first click it is locked.
pub fn sound() -> Sound {
    let known = AUDIO.with_borrow(Clone::clone);
    match known {
        Some(audio) if audio.state() == AudioContextState::Running => Sound::Ready,
        Some(_) => Sound::Locked,
        None if Reflect::has(&window(), &"AudioContext".into()) == Ok(true) => Sound::Locked,
        None => Sound::Missing,
    }
}

/// The tones of an event: pitch in hertz, start and length in seconds.
fn tones(event: Event) -> &'static [(f32, f64, f64)] {
    match event {
        Event::Message | Event::HandedOver | Event::Woken => &[(659.3, 0.0, 0.16), (880.0, 0.11, 0.3)],
        Event::Assigned | Event::Mentioned => &[(587.3, 0.0, 0.14), (740.0, 0.1, 0.14), (880.0, 0.2, 0.3)],
        Event::Failed | Event::Page => &[(440.0, 0.0, 0.2), (329.6, 0.16, 0.36)],
    }
}

/// Plays the sound of an event, `volume` from 0 to 100. `false`: it could not be heard.
pub fn play(event: Event, volume: u8) -> bool {
    if sound() != Sound::Ready {
        return false;
    }
    let Some(audio) = audio() else { return false };
    tones(event).iter().all(|tone| ring(&audio, *tone, f32::from(volume) / 100.0).is_ok())
}

fn ring(audio: &AudioContext, (pitch, start, length): (f32, f64, f64), volume: f32) -> Result<(), JsValue> {
    let (tone, gain): (_, GainNode) = (audio.create_oscillator()?, audio.create_gain()?);
    let from = audio.current_time() + start;
    tone.set_type(OscillatorType::Sine);
    tone.frequency().set_value(pitch);
    // A tone that begins or ends at full strength clicks.
    let loudness = gain.gain();
    loudness.set_value_at_time(0.0001, from)?;
    loudness.exponential_ramp_to_value_at_time((volume * 0.4).max(0.0002), from + 0.015)?;
    loudness.exponential_ramp_to_value_at_time(0.0001, from + length)?;
    tone.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&audio.destination())?;
    tone.start_with_when(from)?;
    tone.stop_with_when(from + length + 0.02)
}

/// Whether the browser shows notifications of ours.
pub fn permission() -> Permission {
    if !window().is_secure_context() || Reflect::has(&window(), &"Notification".into()) != Ok(true) {
        return Permission::Missing;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::Open,
    }
}

/// Asks the person whether notifications may be shown; `answered` is called when they have chosen.
pub fn ask_permission(answered: impl Fn() + 'static) {
    if permission() == Permission::Missing {
        return answered();
    }
    if let Ok(asked) = Notification::request_permission() {
        let chosen = Closure::<dyn FnMut(JsValue)>::new(move |_| answered());
        let _kept_by_the_browser = asked.then(&chosen);
        chosen.forget();
    }
}

/// Shows a notification. One with the same tag replaces the one before. `clicked` runs in this window, which comes to
/// the front. `false`: it could not be shown.
pub fn notify(title: &str, words: &str, tag: &str, clicked: impl Fn() + 'static) -> bool {
    if permission() != Permission::Granted {
        return false;
    }
    let options = NotificationOptions::new();
    options.set_body(words);
    options.set_tag(tag);
    options.set_icon("/icon.svg");
    // Our own sound is the one the person chose.
    options.set_silent(Some(true));
    let Ok(shown) = Notification::new_with_options(title, &options) else { return false };
    let notification = shown.clone();
    let click = Closure::<dyn FnMut()>::new(move || {
        let _only_popups_refuse = window().focus();
        notification.close();
        clicked();
    });
    shown.set_onclick(Some(click.as_ref().unchecked_ref()));
    click.forget();
    true
}

/// Whether this window is in front and has the focus.
pub fn is_looked_at() -> bool {
    !document().hidden() && document().has_focus().unwrap_or(false)
}

/// How long a claim is held: longer than any other window needs to ask for the same.
const HELD: Duration = Duration::from_secs(5);

/// Claims something for this window among all windows of the browser; `then` learns whether it was first. Without the
/// means to ask (plain http) every window is first.
pub fn claim(name: &str, then: impl FnOnce(bool) + 'static) {
    let navigator: JsValue = window().navigator().into();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object);
    let request =
        locks.as_ref().and_then(|locks| Reflect::get(locks, &"request".into()).ok()?.dyn_into().ok());
    let (Some(locks), Some(request)) = (locks, request) else { return then(true) };
    let request: Function = request;
    let options = Object::new();
    let _own_object = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    let mut then = Some(then);
    let answered = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let first = !lock.is_null();
        if let Some(then) = then.take() {
            then(first);
        }
        if first { Promise::new(&mut hold).into() } else { JsValue::UNDEFINED }
    });
    let _asked = request.call3(&locks, &name.into(), &options, &answered);
}

fn hold(done: Function, _: Function) {
    set_timeout(
        move || {
            let _released = done.call0(&JsValue::UNDEFINED);
        },
        HELD,
    );
}

/// Puts a number on the window's icon, and on the installed app's; 0 takes it away.
pub fn badge(number: i64) {
    if let Ok(Some(icon)) = document().query_selector("link[rel=icon]")
        && let Ok(icon) = icon.dyn_into::<HtmlLinkElement>()
    {
        icon.set_href(if number > 0 { "/icon-unread.svg" } else { "/icon.svg" });
    }
    let navigator: JsValue = window().navigator().into();
    let method = if number > 0 { "setAppBadge" } else { "clearAppBadge" };
    let set = Reflect::get(&navigator, &method.into()).ok().and_then(|set| set.dyn_into::<Function>().ok());
    if let Some(set) = set {
        let number = JsValue::from_f64(number as f64);
        // Only installed apps have one; the others refuse later, which is fine.
        if let Ok(answer) = set.call1(&navigator, &number)
            && let Ok(answer) = answer.dyn_into::<Promise>()
        {
            let ignored = Closure::<dyn FnMut(JsValue)>::new(|_| {});
            let _settled = answer.catch(&ignored);
            ignored.forget();
        }
    }
}
