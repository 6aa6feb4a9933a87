//! Bank cards: the length and the first digits of an issuer that exists, with Luhn's check digit.

/// Whether these digits are a card's. `called` says that words name them one: then rarer lengths count too.
pub(super) fn is_bank_card(digits: &[u8], sizes: &[usize], called: bool) -> bool {
    let shape = match digits {
        [6, ..] | [9, 5, 5, 8, ..] => (16..=19).contains(&digits.len()),
        [4, ..] | [5, 1..=5, ..] | [2, 2..=7, ..] | [3, 5, ..] if digits.len() == 16 => true,
        [3, 4 | 7, ..] if digits.len() == 15 => true,
        _ => false,
    } || (called && (12..=19).contains(&digits.len()));
    shape && grouped(sizes) && luhn(digits)
}

/// In one piece, or in pieces as people copy them from plastic.
fn grouped(sizes: &[usize]) -> bool {
    match sizes {
        [_] | [6, 10..=13] => true,
        [first @ .., last] => first.iter().all(|size| (3..=8).contains(size)) && *last <= 8,
        [] => false,
    }
}

fn luhn(digits: &[u8]) -> bool {
    let doubled = |(at, &digit): (usize, &u8)| {
        let digit = u32::from(digit) * (1 + at as u32 % 2);
        digit / 10 + digit % 10
    };
    digits.iter().rev().enumerate().map(doubled).sum::<u32>().is_multiple_of(10)
}
