//! Names of letters and signs, as the fonts of old programs use them.

/// The sign of a name, or the letters of a ligature.
pub(super) fn named(name: &str) -> Option<String> {
    let name = name.split_once('.').map_or(name, |(stem, _)| stem);
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(letter.to_string());
    }
    let by_number = |hex: &str| char::from_u32(u32::from_str_radix(hex, 16).ok()?);
    let number = name
        .strip_prefix("uni")
        .filter(|hex| hex.len() == 4)
        .or_else(|| name.strip_prefix('u').filter(|hex| (4..=6).contains(&hex.len())));
    if let Some(sign) = number.and_then(by_number) {
        return Some(sign.to_string());
    }
    let found = SIGNS
        .split_whitespace()
        .zip(SIGNS.split_whitespace().skip(1))
        .step_by(2)
        .find(|(each, _)| *each == name);
    if let Some((_, sign)) = found {
        return Some(sign.to_owned());
    }
    match name {
        "space" | "nbspace" | "nonbreakingspace" => Some(" ".to_owned()),
        _ => accented(name),
    }
}

/// `eacute` is an e with an acute accent.
fn accented(name: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let mut letters = name.chars();
    let letter = letters.next().filter(char::is_ascii_alphabetic)?;
    let mark = match letters.as_str() {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circumflex" => '\u{302}',
        "tilde" => '\u{303}',
        "dieresis" => '\u{308}',
        "ring" => '\u{30a}',
        "caron" => '\u{30c}',
        "cedilla" => '\u{327}',
        _ => return None,
    };
    Some([letter, mark].into_iter().nfc().collect())
}

const SIGNS: &str = "
zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9
exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright )
asterisk * plus + comma , hyphen - minus − period . slash / colon : semicolon ; less < equal = greater >
question ? at @ bracketleft [ backslash \\ bracketright ] asciicircum ^ underscore _ grave ` braceleft {
bar | braceright } asciitilde ~ quoteleft ‘ quoteright ’ quotedblleft “ quotedblright ” quotesinglbase ‚
quotedblbase „ bullet • endash – emdash — ellipsis … dagger † daggerdbl ‡ section § paragraph ¶ degree °
copyright © registered ® trademark ™ cent ¢ sterling £ yen ¥ Euro € currency ¤ multiply × divide ÷
plusminus ± lessequal ≤ greaterequal ≥ notequal ≠ approxequal ≈ infinity ∞ mu µ guillemotleft «
guillemotright » guilsinglleft ‹ guilsinglright › exclamdown ¡ questiondown ¿ periodcentered · germandbls ß
ae æ AE Æ oe œ OE Œ oslash ø Oslash Ø fi fi fl fl ff ff ffi ffi ffl ffl onehalf ½ onequarter ¼
threequarters ¾ onesuperior ¹ twosuperior ² threesuperior ³ ordfeminine ª ordmasculine º brokenbar ¦
arrowright → arrowleft ← arrowup ↑ arrowdown ↓ checkmark ✓ perthousand ‰ fraction ⁄ sfthyphen - dotlessi ı
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_letters_are_known() {
        let read: String = ["A", "eacute", "uni9000", "fi", "quoteright", "space", "seven", "u8D27"]
            .into_iter()
            .filter_map(named)
            .collect();
        assert_eq!(read, "Aé退fi’ 7货");
        assert_eq!(named("g123"), None);
    }
}
