//! Packed streams unpacked, never beyond what the caller allows.

use std::io::Read;

use domain::{Said, said};
use flate2::read::ZlibDecoder;

/// The stream after one filter, at most `most` bytes of it.
pub(super) fn undo(name: &str, packed: &[u8], most: usize) -> Result<Vec<u8>, Said> {
    let bytes = match name {
        "FlateDecode" | "Fl" => inflate(packed, most)?,
        "LZWDecode" | "LZW" => lzw(packed, most),
        "ASCIIHexDecode" | "AHx" => hex(packed),
        "ASCII85Decode" | "A85" => base85(packed),
        "RunLengthDecode" | "RL" => runs(packed, most),
        other => {
            return Err(said!(NoText:
                "的内容不是文字（{other}）",
                "holds data of a kind that is not text ({other})"
            ));
        }
    };
    if bytes.len() > most {
        return Err(
            said!(TooLarge: "解开后超过一页文字该有的大小", "unpacks to more than a page of text can be"),
        );
    }
    Ok(bytes)
}

fn inflate(packed: &[u8], most: usize) -> Result<Vec<u8>, Said> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed)
        .take(most as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| said!(Damaged: "的内容已损坏", "its content is damaged ({error})"))?;
    Ok(bytes)
}

fn hex(packed: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = packed
        .iter()
        .take_while(|&&byte| byte != b'>')
        .filter_map(|&byte| char::from(byte).to_digit(16).map(|digit| digit as u8))
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn base85(packed: &[u8]) -> Vec<u8> {
    let (mut bytes, mut group) = (Vec::new(), Vec::new());
    for &byte in packed.iter().take_while(|&&byte| byte != b'~') {
        match byte {
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            bytes.extend(word(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let keep = group.len() - 1;
        group.resize(5, 84);
        bytes.extend(&word(&group)[..keep]);
    }
    bytes
}

fn word(group: &[u8]) -> [u8; 4] {
    group
        .iter()
        .fold(0_u32, |word, &digit| word.wrapping_mul(85).wrapping_add(u32::from(digit)))
        .to_be_bytes()
}

fn runs(packed: &[u8], most: usize) -> Vec<u8> {
    let (mut bytes, mut at) = (Vec::new(), 0);
    while let Some(&length) = packed.get(at) {
        if length == 128 || bytes.len() > most {
            break;
        }
        if length < 128 {
            let end = (at + 2 + usize::from(length)).min(packed.len());
            bytes.extend(&packed[at + 1..end]);
            at = end;
        } else {
            let Some(&byte) = packed.get(at + 1) else { break };
            bytes.extend(std::iter::repeat_n(byte, 257 - usize::from(length)));
            at += 2;
        }
    }
    bytes
}

/// LZW as old writers packed: codes of 9 to 12 bits, changing one early.
fn lzw(packed: &[u8], most: usize) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    // Each entry is a stretch of what was already written.
    let (mut table, mut bytes): (Vec<(usize, usize)>, Vec<u8>) = (Vec::new(), Vec::new());
    let (mut held, mut bits, mut width) = (0_u32, 0_u32, 9_u32);
    let mut last: Option<(usize, usize)> = None;
    for &byte in packed {
        held = held << 8 | u32::from(byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (held >> bits & ((1 << width) - 1)) as usize;
        held &= (1 << bits) - 1;
        let start = bytes.len();
        match code {
            CLEAR => {
                table.clear();
                (width, last) = (9, None);
                continue;
            }
            END => break,
            0..=255 => bytes.push(code as u8),
            _ => {
                let stretch = table.get(code - 258).copied().or(last.map(|(at, length)| (at, length + 1)));
                let Some((at, length)) = stretch else { break };
                for offset in 0..length {
                    let Some(&byte) = bytes.get(at + offset) else { break };
                    bytes.push(byte);
                }
            }
        }
        if let Some((at, length)) = last
            && table.len() < 4_096 - 258
        {
            table.push((at, length + 1));
        }
        last = Some((start, bytes.len() - start));
        width = match table.len() + 258 + 1 {
            0..=511 => 9,
            512..=1_023 => 10,
            1_024..=2_047 => 11,
            _ => 12,
        };
        if bytes.len() > most {
            break;
        }
    }
    bytes
}

/// Undoes the difference to the row above that PNG knows, which writers use for tables of objects.
pub(super) fn unpredicted(bytes: &[u8], columns: usize) -> Vec<u8> {
    let mut done: Vec<u8> = Vec::with_capacity(bytes.len());
    for row in bytes.chunks(columns + 1) {
        let Some((&kind, row)) = row.split_first() else { break };
        let above = done.len().checked_sub(columns);
        for (at, &byte) in row.iter().enumerate() {
            let left = if at == 0 { 0 } else { done[done.len() - 1] };
            let up = above.and_then(|above| done.get(above + at)).copied().unwrap_or(0);
            done.push(match kind {
                1 => byte.wrapping_add(left),
                2 => byte.wrapping_add(up),
                3 => byte.wrapping_add(u16::midpoint(u16::from(left), u16::from(up)) as u8),
                _ => byte,
            });
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_packings_are_undone() {
        assert_eq!(undo("AHx", b"48 65 6C6c6F>", 99).unwrap(), b"Hello");
        assert_eq!(undo("A85", b"87cURD]j7BEbo80~>", 99).unwrap(), b"Hello world!");
        assert_eq!(undo("RL", &[2, b'a', b'b', b'c', 254, b'x', 128], 99).unwrap(), b"abcxxx");
        // The example of the specification: 45 45 45 45 45 65 45 45 45 66.
        let packed = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(undo("LZW", &packed, 99).unwrap(), [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        use std::io::Write;
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![0; 1 << 20]).unwrap();
        let packed = packed.finish().unwrap();
        assert!(undo("FlateDecode", &packed, 1_000).unwrap_err().en.contains("more than"));
        assert!(undo("JBIG2Decode", &packed, 1_000).is_err());
    }
}
