//! The bytes of a page as text: by what its server says, by what the page says, by what decodes.

use crate::import::encoding;

/// The page as text, by what it or its server says of its bytes.
pub(super) fn text(bytes: &[u8], charset: Option<&str>) -> String {
    let named = charset.map(str::to_owned).or_else(|| declared(bytes));
    let known = named.and_then(|name| encoding_rs::Encoding::for_label(name.trim().as_bytes()));
    match known {
        // A page often claims UTF-8 and GBK the wrong way round; what decodes without a break wins.
        Some(encoding) if encoding != encoding_rs::UTF_8 => encoding.decode(bytes).0.into_owned(),
        _ => {
            let (bytes, charset) = encoding::detect(bytes);
            charset
                .text(&bytes)
                .map_or_else(|| String::from_utf8_lossy(&bytes).into_owned(), std::borrow::Cow::into_owned)
        }
    }
}

/// `<meta charset=…>` in the first bytes.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_lowercase();
    let at = start.find("charset=")? + "charset=".len();
    let name: String = start[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    (!name.is_empty()).then_some(name)
}
