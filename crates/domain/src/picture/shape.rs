//! The outer shape of picture files: which kind, how large, whole or not. What is inside is the browser's to decode.

use super::PictureKind;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The kind by the first bytes.
pub(super) fn kind(bytes: &[u8]) -> Option<PictureKind> {
    match bytes {
        _ if bytes.starts_with(PNG) => Some(PictureKind::Png),
        [0xff, 0xd8, 0xff, ..] => Some(PictureKind::Jpeg),
        _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some(PictureKind::Gif),
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => Some(PictureKind::Webp),
        _ => None,
    }
}

/// Width and height in points; `None` if the file is cut short or does not hold together.
pub(super) fn size(kind: PictureKind, bytes: &[u8]) -> Option<(u32, u32)> {
    match kind {
        PictureKind::Png => png(bytes),
        PictureKind::Jpeg => jpeg(bytes),
        PictureKind::Gif => gif(bytes),
        PictureKind::Webp => webp(bytes),
    }
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

/// Chunks from the head to the end, with data between.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let (mut at, mut size, mut has_data) = (PNG.len(), None, false);
    loop {
        let length = big(bytes, at, 4)? as usize;
        let name = bytes.get(at + 4..at + 8)?;
        match name {
            b"IHDR" if size.is_none() && length == 13 => {
                size = Some((big(bytes, at + 8, 4)?, big(bytes, at + 12, 4)?));
            }
            _ if size.is_none() => return None,
            b"IDAT" => has_data = true,
            b"IEND" => return size.filter(|_| has_data && bytes.len() >= at + 12),
            _ => {}
        }
        at = at.checked_add(length)?.checked_add(12).filter(|next| *next < bytes.len())?;
    }
}

/// Segments up to the picture's data, then its end.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let (mut at, mut size) = (2, None);
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        let length = big(bytes, at + 2, 2)? as usize;
        match marker {
            0xff => {
                at += 1;
                continue;
            }
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                size = Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?));
            }
            0xda => {
                let ends = bytes.get(at..)?.windows(2).any(|pair| pair == [0xff, 0xd9]);
                return size.filter(|_| ends);
            }
            _ => {}
        }
        at += 2 + length;
    }
}

fn gif(bytes: &[u8]) -> Option<(u32, u32)> {
    let last = bytes.iter().rev().find(|byte| **byte != 0)?;
    let size = (little(bytes, 6, 2)?, little(bytes, 8, 2)?);
    (*last == b';' && bytes.len() > 13).then_some(size)
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.len() < little(bytes, 4, 4)? as usize + 8 {
        return None;
    }
    match bytes.get(12..16)? {
        b"VP8 " if bytes.get(23..26)? == b"\x9d\x01\x2a" => {
            Some((little(bytes, 26, 2)? & 0x3fff, little(bytes, 28, 2)? & 0x3fff))
        }
        b"VP8L" if *bytes.get(20)? == 0x2f => {
            let bits = little(bytes, 21, 4)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::BadPicture;
    use super::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let chunk =
            |name: &[u8], data: &[u8]| [&(data.len() as u32).to_be_bytes()[..], name, data, &[0; 4]].concat();
        let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        [PNG, &chunk(b"IHDR", &head), &chunk(b"IDAT", b"data"), &chunk(b"IEND", b"")].concat()
    }

    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00\xff\xda\x00\x02data\xff\xd9";
    const GIF: &[u8] = b"GIF89a\x20\x00\x10\x00\x00\x00\x00\x2c;";
    const WEBP: &[u8] = b"RIFF\x12\x00\x00\x00WEBPVP8L\x05\x00\x00\x00\x2f\x1f\xc0\x03\x00\x00";

    #[test]
    fn kinds_and_sizes_are_told_by_the_bytes() {
        let png = png_of(32, 16);
        for (bytes, kind) in [
            (&png[..], PictureKind::Png),
            (JPEG, PictureKind::Jpeg),
            (GIF, PictureKind::Gif),
            (WEBP, PictureKind::Webp),
        ] {
            assert_eq!(PictureKind::of(bytes), Ok(kind));
            assert_eq!(size(kind, bytes), Some((32, 16)), "{kind:?}");
        }
    }

    #[test]
    fn what_is_cut_short_is_damaged_wherever_it_is_cut() {
        let png = png_of(32, 16);
        for whole in [&png[..], JPEG, GIF, WEBP] {
            for end in 0..whole.len() - 1 {
                assert!(PictureKind::of(&whole[..end]).is_err(), "{end} of {whole:?}");
            }
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        assert_eq!(PictureKind::of(b"<svg onload=alert(1)>"), Err(BadPicture::Foreign));
        assert_eq!(PictureKind::of(b""), Err(BadPicture::Foreign));
        assert_eq!(PictureKind::of(&png_of(60_000, 60_000)), Err(BadPicture::TooLarge));
        assert_eq!(PictureKind::of(&png_of(0, 16)), Err(BadPicture::Damaged));
        assert_eq!(PictureKind::of(&vec![0; super::super::LARGEST + 1]), Err(BadPicture::TooLarge));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(start in 0usize..4, rest in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let starts: [&[u8]; 4] = [PNG, b"\xff\xd8\xff", b"GIF89a", b"RIFF\xff\xff\xff\xffWEBPVP8X"];
            let _ = PictureKind::of(&[starts[start], &rest].concat());
        }
    }
}
