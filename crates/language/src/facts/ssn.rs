//! Social security numbers of the United States: 3-2-4 digits, no part of them all zero.

/// Parted as usual, or in one piece where it is called so. Numbers from 900 are tax numbers of persons.
pub(super) fn is_ssn(digits: &[u8], sizes: &[usize], called: bool, hyphens: bool) -> bool {
    let parted = sizes == [3, 2, 4] && (hyphens || called);
    let whole = called && digits.len() == 9;
    let zero = |part: &[u8]| part.iter().all(|&digit| digit == 0);
    digits.len() == 9
        && (parted || whole)
        && ![&digits[..3], &digits[3..5], &digits[5..]].into_iter().any(zero)
}
