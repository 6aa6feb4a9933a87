//! Telephone numbers: Chinese, North American, international; service lines are nobody's own.

/// What a group of digits looks like.
pub(super) struct Shape<'a> {
    pub(super) digits: &'a [u8],
    /// How many digits stand in each group.
    pub(super) sizes: &'a [usize],
    /// A plus stands before.
    pub(super) plus: bool,
    /// The first group stands in parentheses.
    pub(super) parens: bool,
}

/// A number that can be nothing else.
pub(super) fn surely(shape: &Shape<'_>) -> bool {
    let Shape { digits, sizes, plus, .. } = *shape;
    if plus {
        return (8..=15).contains(&digits.len());
    }
    mobile(home(digits), sizes) || landline(digits, sizes) || foreign(shape) || north_american(digits, sizes)
}

fn home(digits: &[u8]) -> &[u8] {
    match digits {
        [8, 6, rest @ ..] | [0, 0, 8, 6, rest @ ..] | [0, rest @ ..] if rest.len() == 11 => rest,
        _ => digits,
    }
}

/// Whether these eleven digits are a Chinese mobile number.
pub(super) fn mobile(digits: &[u8], sizes: &[usize]) -> bool {
    let spelt_out = sizes.iter().all(|&size| size == 1);
    matches!(digits, [1, 3..=9, ..]) && digits.len() == 11 && (sizes.len() <= 5 || spelt_out)
}

/// Area code and number, in one piece or parted after the area code.
fn landline(digits: &[u8], sizes: &[usize]) -> bool {
    let (area, number) = match digits {
        [0, 1, 0, number @ ..] | [0, 2, _, number @ ..] => (3, number),
        [0, 3..=9, _, _, number @ ..] => (4, number),
        _ => return false,
    };
    let parted = match sizes {
        [_] => true,
        [first, _] | [first, 3 | 4, 4] => *first == area,
        _ => false,
    };
    parted && matches!(number.len(), 7 | 8) && matches!(number.first(), Some(2..=8))
}

/// Dialled from abroad with 00, or with the leading zero of a country that has one, in groups.
fn foreign(shape: &Shape<'_>) -> bool {
    let Shape { digits, sizes, parens, .. } = *shape;
    let grouped = sizes.len() >= 2 && sizes[1..].iter().all(|size| (2..=6).contains(size));
    match digits {
        [0, 0, 1..=9, ..] => (10..=16).contains(&digits.len()) && (sizes.len() >= 2),
        [0, 1..=9, ..] if (9..=11).contains(&digits.len()) && grouped => {
            (3..=5).contains(&sizes[0]) || parens || sizes == [2, 2, 2, 2, 2]
        }
        _ => false,
    }
}

/// Area, exchange and line, parted: 555-123-4567.
fn north_american(digits: &[u8], sizes: &[usize]) -> bool {
    let (digits, sizes) = match (digits, sizes) {
        ([1, digits @ ..], [1, sizes @ ..]) => (digits, sizes),
        whole => whole,
    };
    sizes == [3, 3, 4] && matches!(digits, [2..=9, ..]) && !service_line(digits, sizes)
}

/// 400, 800 and the other free numbers are public.
fn service_line(digits: &[u8], sizes: &[usize]) -> bool {
    // (85) 5986 begins with an area, not with 855.
    let free = !matches!(sizes, [1 | 2 | 5.., _, ..]);
    free && match digits {
        [4 | 8, 0, 0, ..] => true,
        [8, a @ 3..=8, b, ..] => a == b && digits.len() == 10,
        _ => false,
    }
}

/// A number that only its name shows to be a telephone's.
pub(super) fn probably(shape: &Shape<'_>) -> bool {
    let Shape { digits, sizes, parens, .. } = *shape;
    let digits_without_one = digits.strip_prefix(&[1]).filter(|rest| rest.len() == 10).unwrap_or(digits);
    let local = (7..=13).contains(&digits.len()) && sizes.len() <= 6;
    let whole = sizes.len() > 1 || parens || digits.len() <= 12;
    let spread = sizes.len() == 1 || sizes.iter().skip(1).all(|size| (2..=8).contains(size));
    local
        && whole
        && spread
        && !service_line(digits_without_one, sizes)
        && !matches!(digits, [1, 0, 1, 0, ..])
}
