use super::{Icon, Shape, When};
use crate::text;
use domain::MediaId;
use domain::conversation::content::{Button, Card, Link, LinkKind, Origin, Piece};
use domain::conversation::message::Attachment;
use domain::media::{Media, MediaState};
use leptos::prelude::*;

/// What a message carries besides its words, drawn as Messenger draws it. Browsers only ever load our copies.
#[component]
pub fn Pieces(
    attachments: Vec<Attachment>,
    /// The title of the button the customer tapped.
    tapped: Option<String>,
    /// Has a file that did not come fetched again.
    on_fetch: Callback<MediaId>,
) -> impl IntoView {
    let pictures = attachments.iter().filter(|one| Piece::of(one) == Piece::Picture).count();
    let album = (pictures > 1).then_some("");
    let pieces = attachments.into_iter().map(|one| piece(one, tapped.as_deref(), on_fetch)).collect_view();
    view! { <div class="pieces" data-album=album>{pieces}</div> }
}

fn piece(attachment: Attachment, tapped: Option<&str>, on_fetch: Callback<MediaId>) -> AnyView {
    let piece = Piece::of(&attachment);
    let copy = attachment.copy_of("").cloned();
    let title = attachment.title.clone();
    match piece {
        Piece::Picture => file(copy, Shown::Picture, title, on_fetch),
        Piece::Sticker => file(copy, Shown::Sticker, title, on_fetch),
        Piece::Video => file(copy, Shown::Video, title, on_fetch),
        Piece::Audio => file(copy, Shown::Audio, title, on_fetch),
        Piece::File { name } => file(copy, Shown::File, name, on_fetch),
        Piece::Cards(cards) => {
            let several = (cards.len() > 1).then_some("");
            let cards = cards.into_iter().map(|card| drawn(card, &attachment, tapped, on_fetch)).collect_view();
            view! { <div class="cards" data-several=several tabindex=several.map(|_| "0")>{cards}</div> }.into_any()
        }
        Piece::Link(link) => leads(link).into_any(),
        Piece::Place { latitude, longitude } => {
            view! { <p class="attached"><Icon name="map-pin" />{text::place(&latitude, &longitude)}</p> }.into_any()
        }
        Piece::Appointment { status, from, until } => view! {
            <div class="attached">
                <Icon name="calendar" />
                <span>
                    {text::appointment(&status)}
                    {from.map(|from| view! { <small><When at=from shape=Shape::Moment />{until.map(|until| view! { " – "<When at=until shape=Shape::Clock /> })}</small> })}
                </span>
            </div>
        }
        .into_any(),
        Piece::Origin(origin) => came_from(origin, attachment.copy_of("photo").cloned()).into_any(),
        Piece::Choices(choices) => {
            let choices = choices
                .into_iter()
                .map(|title| {
                    let chosen = tapped == Some(title.as_str());
                    view! { <li data-tapped=chosen.then_some("")>{mark(chosen)}{title}</li> }
                })
                .collect_view();
            view! { <ul class="choices" aria-label=text::choices()>{choices}</ul> }.into_any()
        }
        Piece::FromLeadForm => view! { <p class="aside"><Icon name="ticket" size=14 />{text::from_lead_form()}</p> }.into_any(),
        Piece::Withheld => view! { <p class="absent">{text::not_told()}</p> }.into_any(),
        Piece::Unknown(kind) => {
            view! { <p class="attached"><Icon name="paperclip" />{text::unknown_kind(&kind)}</p> }.into_any()
        }
    }
}

/// How a file is shown once it is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Picture,
    Sticker,
    Video,
    Audio,
    File,
}

impl Shown {
    fn word(self) -> &'static str {
        match self {
            Self::Picture => text::photo(),
            Self::Sticker => text::sticker(),
            Self::Video => text::video(),
            Self::Audio => text::voice_message(),
            Self::File => text::file(),
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Picture | Self::Sticker => "image",
            Self::Video => "video",
            Self::Audio => "mic",
            Self::File => "file",
        }
    }

    /// What a file can be shown as: a picture that is none is something to save.
    fn fits(self, kind: Option<&str>) -> Self {
        let is = |word: &str| kind.is_some_and(|kind| kind.starts_with(word));
        match self {
            Self::Picture | Self::Sticker if is("image/") => self,
            Self::Video if is("video/") => self,
            // Voice messages often come in a container for video.
            Self::Audio if is("audio/") || is("video/") => self,
            Self::Picture | Self::Sticker | Self::Video | Self::Audio | Self::File => Self::File,
        }
    }
}

fn file(copy: Option<Media>, shown: Shown, title: Option<String>, on_fetch: Callback<MediaId>) -> AnyView {
    let word = shown.word();
    let Some(copy) = copy else {
        let words = title.map_or_else(|| word.to_owned(), |title| format!("{word}: {title}"));
        return view! { <p class="attached"><Icon name=shown.icon() />{words}</p> }.into_any();
    };
    match (copy.state, copy.address()) {
        (MediaState::Stored, Some(address)) => there(&copy, address, shown, title),
        (MediaState::Failed, _) => {
            let again = move |_| on_fetch.run(copy.id);
            let why = copy.problem.unwrap_or_default();
            view! {
                <div class="missing">
                    <p><Icon name="circle-slash" /><span><b>{word}</b>" "{why}</span></p>
                    <button class="button" type="button" data-kind="outline" on:click=again>{text::fetch_again()}</button>
                </div>
            }
            .into_any()
        }
        (MediaState::Waiting | MediaState::Stored, _) => {
            view! { <p class="arriving" role="status"><Icon name=shown.icon() />{text::arriving(word)}</p> }
                .into_any()
        }
    }
}

fn there(copy: &Media, address: String, shown: Shown, title: Option<String>) -> AnyView {
    let name = title.clone().unwrap_or_else(|| shown.word().to_owned());
    match shown.fits(copy.kind.as_deref().filter(|kind| domain::media::is_shown(kind))) {
        Shown::Picture => {
            let (source, opens) = (address.clone(), text::open_picture(&name));
            let (width, height) = (copy.width, copy.height);
            view! {
                <a class="picture" href=address target="_blank" rel="noopener" aria-label=opens>
                    <img src=source alt=name loading="lazy" decoding="async" width=width height=height />
                </a>
            }
            .into_any()
        }
        Shown::Sticker => view! { <img class="sticker" src=address alt=text::sticker() loading="lazy" decoding="async" /> }.into_any(),
        Shown::Video => view! { <video class="video" src=address controls=true preload="metadata" aria-label=name></video> }.into_any(),
        Shown::Audio => view! { <audio class="audio" src=address controls=true preload="metadata" aria-label=name></audio> }.into_any(),
        Shown::File => {
            let name = copy.name.clone().or(title).unwrap_or_else(|| text::file().to_owned());
            let (saved, size) = (name.clone(), copy.bytes.map(text::size));
            view! {
                <a class="file" href=format!("{address}?download=1") download=saved>
                    <Icon name="file" />
                    <span><b dir="auto">{name}</b><small>{size}</small></span>
                    <Icon name="download" size=14 label=text::save() />
                </a>
            }
            .into_any()
        }
    }
}

fn drawn(
    card: Card,
    attachment: &Attachment,
    tapped: Option<&str>,
    on_fetch: Callback<MediaId>,
) -> impl IntoView {
    let copy = attachment.copy_of(&card.part).cloned().filter(|_| card.has_picture);
    let buttons = card.buttons.into_iter().map(|button| under(button, tapped)).collect_view();
    let rows = card
        .rows
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! {
        <div class="card">
            {copy.map(|copy| match copy.address() {
                Some(address) => view! { <img src=address alt="" loading="lazy" decoding="async" /> }.into_any(),
                None if copy.state == MediaState::Waiting => file(Some(copy), Shown::Picture, None, on_fetch),
                None => ().into_any(),
            })}
            {card.title.map(|title| view! { <b dir="auto">{title}</b> })}
            {card.subtitle.map(|subtitle| view! { <small dir="auto">{subtitle}</small> })}
            <dl>{rows}</dl>
            {buttons}
        </div>
    }
}

/// A button as the customer saw it. Only those that lead to the web do anything here.
fn under(button: Button, tapped: Option<&str>) -> impl IntoView + use<> {
    let chosen = tapped == Some(button.title.as_str());
    let face = view! { {mark(chosen)}<span>{button.title}</span> };
    match button.url {
        Some(url) => view! {
            <a class="offer" data-tapped=chosen.then_some("") href=url target="_blank" rel="noopener noreferrer nofollow">
                {face}<Icon name="external-link" size=14 />
            </a>
        }
        .into_any(),
        None => view! { <p class="offer" data-tapped=chosen.then_some("")>{face}</p> }.into_any(),
    }
}

fn mark(chosen: bool) -> Option<impl IntoView> {
    chosen.then(|| view! { <Icon name="check" size=14 label=text::tapped() /> })
}

fn leads(link: Link) -> impl IntoView {
    let word = text::link(link.kind);
    let icon = match link.kind {
        LinkKind::Page => "globe",
        LinkKind::Post => "message-square",
        LinkKind::Reel => "play",
    };
    let host = link.url.as_deref().and_then(host).map(str::to_owned);
    let title = link.title.unwrap_or_else(|| word.to_owned());
    let face = view! {
        <Icon name=icon />
        <span><b dir="auto">{title}</b><small>{host.map_or_else(|| word.to_owned(), |host| format!("{word} · {host}"))}</small></span>
    };
    match link.url {
        Some(url) => view! { <a class="file" href=url target="_blank" rel="noopener noreferrer nofollow">{face}<Icon name="external-link" size=14 label=text::new_tab() /></a> }.into_any(),
        None => view! { <p class="file">{face}</p> }.into_any(),
    }
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

fn came_from(origin: Origin, photo: Option<Media>) -> impl IntoView {
    let address = photo.as_ref().and_then(Media::address);
    view! {
        <div class="origin">
            {address.map(|address| view! { <img src=address alt="" loading="lazy" decoding="async" /> })}
            <p><small>{text::came_from(&origin)}</small>{origin.title.map(|title| view! { <b dir="auto">{title}</b> })}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_where_it_leads() {
        assert_eq!(host("https://www.shop.example/p?a=1"), Some("shop.example"));
        assert_eq!(host("https://facebook.com@evil.example/"), Some("evil.example"));
        assert_eq!(host("nonsense"), None);
    }
}
