//! Pictures of the team: whatever is uploaded is drawn anew, small and square, so that nothing but a picture is kept.

use super::invalid;
use crate::desk::Refusal;
use crate::desk::intention::Intention;
use crate::desk::set_up::fingerprint;
use crate::node::Node;
use domain::PersonId;
use domain::person::Person;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;
use std::sync::Arc;
use store::pictures::{self, Picture};

/// The largest file, in bytes.
pub const MOST: usize = 2 * 1024 * 1024;
/// How wide and high a picture is kept, in pixels.
const SIDE: u32 = 192;
/// The widest and highest picture that is read, in pixels.
const WIDEST: u32 = 8_000;
/// What reading one may take, in bytes of memory.
const MEMORY: u64 = 256 * 1024 * 1024;

/// Where a picture is found. The version changes with it.
pub fn address(person: PersonId, version: &str) -> String {
    format!("/people/{person}/picture?v={version}")
}

/// Keeps an uploaded picture instead of the one before.
pub async fn put(node: &Arc<Node>, me: &Person, bytes: Vec<u8>) -> Result<(), Refusal> {
    if bytes.len() > MOST {
        return invalid("The picture is larger than 2 MB. Choose a smaller one.");
    }
    let drawn = tokio::task::spawn_blocking(move || draw(&bytes)).await;
    let Some(bytes) = drawn.map_err(|error| Refusal::Internal(error.to_string()))? else {
        return invalid("This is not a PNG, JPEG or WebP picture that can be read. Choose another one.");
    };
    let version = fingerprint(&node.clock.id().to_string())[..16].to_owned();
    let picture = Picture { version, kind: "image/jpeg".into(), bytes };
    let mut intention = Intention::begin(node).await?;
    pictures::put(intention.tx(), me.id, &picture).await?;
    intention.team_changed();
    Ok(intention.commit().await?)
}

/// Takes one's own picture away.
pub async fn remove(node: &Arc<Node>, me: &Person) -> Result<(), Refusal> {
    let mut intention = Intention::begin(node).await?;
    pictures::remove(intention.tx(), me.id).await?;
    intention.team_changed();
    Ok(intention.commit().await?)
}

/// Somebody's picture.
pub async fn get(node: &Node, person: PersonId) -> Result<Option<Picture>, Refusal> {
    Ok(pictures::get(&mut node.db.snapshot().await?, person).await?)
}

/// The picture upright, cut to a square and without anything the camera wrote into it; `None` when it is none.
fn draw(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader
        .format()
        .filter(|format| matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let turned = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(turned);
    let small = picture.resize_to_fill(SIDE, SIDE, FilterType::Triangle);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 86).encode_image(&on_white(&small)).ok()?;
    Some(jpeg)
}

/// JPEG knows no transparency.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let source = picture.to_rgba8();
    RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [red, green, blue, alpha] = source.get_pixel(x, y).0;
        let mix = |part: u8| {
            let alpha = u32::from(alpha);
            u8::try_from((u32::from(part) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        Rgb([mix(red), mix(green), mix(blue)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([200, 30, 30])));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_becomes_small_and_square() {
        let drawn = draw(&png(400, 300)).unwrap();
        let read = image::load_from_memory(&drawn).unwrap();
        assert_eq!((read.width(), read.height()), (SIDE, SIDE));
    }

    #[test]
    fn what_only_calls_itself_a_picture_is_refused() {
        assert!(draw(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").is_none());
        assert!(draw(b"GIF89a").is_none());
        let mut cut = png(400, 300);
        cut.truncate(60);
        assert!(draw(&cut).is_none());
        assert!(draw(b"").is_none());
    }
}
