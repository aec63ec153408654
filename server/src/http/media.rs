//! Files for whoever may see their conversation. A file is whatever its content is, never what its writer calls it;
//! what a browser could run is only ever saved.

use super::Edge;
use super::asker::Asker;
use super::problem::Problem;
use crate::desk::media::seen_by;
use app::api::Failure;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::MediaId;
use domain::media::{Media, MediaState, is_shown};
use serde::Deserialize;
use std::ops::Range;

/// How a file is wanted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Anything: to be saved, not shown.
    download: Option<String>,
}

/// Bytes that may be anything, for the browser to save.
const ANYTHING: &str = "application/octet-stream";

/// `GET /media/{id}`
pub async fn file(
    State(edge): State<Edge>,
    Asker(actor): Asker,
    path: Result<Path<MediaId>, PathRejection>,
    Query(wanted): Query<Wanted>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path(id) = path.map_err(|_| Problem::from(Failure::Gone))?;
    let media = seen_by(&edge.node, &actor, id).await.map_err(Failure::from)?.view;
    if media.state != MediaState::Stored {
        return Err(Failure::Gone.into());
    }
    let etag = format!("\"{}\"", id.0.simple());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == etag))
    {
        return Ok((StatusCode::NOT_MODIFIED, fixed(&media, &etag, false)).into_response());
    }
    let total = media.bytes.and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or(0);
    let asked = headers
        .get(header::RANGE)
        .filter(|_| headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == etag.as_bytes()))
        .and_then(|value| value.to_str().ok());
    let part = match asked.map_or(Part::Whole, |asked| part(asked, total)) {
        Part::Whole => None,
        Part::Bytes(range) => Some(range),
        Part::Beyond => {
            let all = [(header::CONTENT_RANGE, format!("bytes */{total}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, all).into_response());
        }
    };
    let length = part.as_ref().map_or(total, |range| range.end - range.start);
    let mut answer = fixed(&media, &etag, wanted.download.is_some());
    answer.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    let status = match &part {
        None => StatusCode::OK,
        Some(range) => {
            let told = format!("bytes {}-{}/{total}", range.start, range.end - 1);
            answer.insert(header::CONTENT_RANGE, text(&told));
            StatusCode::PARTIAL_CONTENT
        }
    };
    if method == Method::HEAD {
        return Ok((status, answer).into_response());
    }
    match edge.node.config.files.get(id, part).await {
        Ok(Some(content)) => Ok((status, answer, content).into_response()),
        Ok(None) => Err(Failure::Gone.into()),
        Err(error) => {
            tracing::error!(%error, media = %id, "a file could not be read");
            Err(Failure::Internal.into())
        }
    }
}

/// What every answer about a file says. The id never gets another content, so it may be kept for ever, by the reader
/// alone.
fn fixed(media: &Media, etag: &str, download: bool) -> HeaderMap {
    let kind = media.kind.as_deref().filter(|kind| is_shown(kind));
    let way = if kind.is_some() && !download { "inline" } else { "attachment" };
    let disposition = match &media.name {
        Some(name) => format!("{way}; filename*=UTF-8''{}", encoded(name)),
        None => way.to_owned(),
    };
    let pairs: [(HeaderName, HeaderValue); 7] = [
        (header::CONTENT_TYPE, text(kind.unwrap_or(ANYTHING))),
        (header::CONTENT_DISPOSITION, text(&disposition)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (header::ETAG, text(etag)),
    ];
    pairs.into_iter().collect()
}

fn text(value: &str) -> HeaderValue {
    HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static(""))
}

/// As RFC 8187 wants a name in a header: letters and digits stay, everything else becomes bytes.
fn encoded(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// Which bytes a player asks for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// All; also what is asked in a way we do not know.
    Whole,
    Bytes(Range<u64>),
    /// There are not so many.
    Beyond,
}

fn part(asked: &str, total: u64) -> Part {
    let Some((from, to)) = asked.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Part::Whole;
    };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let range = match (number(from), number(to), from.trim().is_empty(), to.trim().is_empty()) {
        (Some(from), Some(to), ..) if from <= to => from..to.saturating_add(1).min(total),
        (Some(from), None, _, true) => from..total,
        (None, Some(last), true, _) => total.saturating_sub(last)..total,
        _ => return Part::Whole,
    };
    if range.start >= range.end { Part::Beyond } else { Part::Bytes(range) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_gets_the_part_it_asks_for() {
        assert_eq!(part("bytes=0-3", 10), Part::Bytes(0..4));
        assert_eq!(part("bytes=4-", 10), Part::Bytes(4..10));
        assert_eq!(part("bytes=-3", 10), Part::Bytes(7..10));
        assert_eq!(part("bytes=8-99", 10), Part::Bytes(8..10));
        assert_eq!(part("bytes=10-", 10), Part::Beyond);
        for whole in ["bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b"] {
            assert_eq!(part(whole, 10), Part::Whole, "{whole}");
        }
    }

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(encoded("a\"\r\nb ü.pdf"), "a%22%0D%0Ab%20%C3%BC.pdf");
    }
}
