//! Chinese identity cards: eighteen places with a date of birth and a check digit.

/// Region, date of birth, sequence, check digit by ISO 7064 MOD 11-2 (GB 11643).
pub(super) fn is_id_card(digits: &[u8], tail_x: bool) -> bool {
    if digits.len() + usize::from(tail_x) != 18 || digits[0] == 0 {
        return false;
    }
    let two = |at: usize| digits[at] * 10 + digits[at + 1];
    let born = matches!(two(6), 18..=20) && matches!(two(10), 1..=12) && matches!(two(12), 1..=31);
    let weights = [7_u32, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = weights.iter().zip(digits).map(|(w, &d)| w * u32::from(d)).sum();
    let check = (12 - sum % 11) % 11;
    born && check == if tail_x { 10 } else { u32::from(digits[17]) }
}
