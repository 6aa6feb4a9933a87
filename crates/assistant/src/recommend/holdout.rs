//! Who is held out: a share of the customers, the same ones every time.

use domain::CustomerId;

/// Whether a customer is among the held-out `share` (per cent). Who they are does not depend on when they ask; with a
/// greater share the former ones stay.
pub fn is_held_out(customer: &CustomerId, share: u8) -> bool {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for byte in b"advice/".iter().chain(customer.as_str().as_bytes()) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    // The last step spreads names that differ in a digit only.
    hash ^= hash >> 30;
    hash = hash.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash ^= hash >> 27;
    hash = hash.wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^= hash >> 31;
    hash % 10_000 < u64::from(share.min(100)) * 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_kept_and_a_greater_one_keeps_the_former() {
        let names: Vec<CustomerId> = (0..20_000).map(|n| format!("{n:032x}").as_str().into()).collect();
        for share in [0, 10, 50, 100] {
            let held = names.iter().filter(|name| is_held_out(name, share)).count();
            let expected = 200 * usize::from(share);
            assert!(held.abs_diff(expected) < 400, "{share} %: {held}");
        }
        assert!(names.iter().all(|name| !is_held_out(name, 10) || is_held_out(name, 20)));
    }
}
