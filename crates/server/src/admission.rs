//! How often one may write: by visitor and by address, so that a flood stays the flooder's problem.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::atomic::{AtomicU64, Ordering},
};

use axum::http::HeaderMap;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

/// The two limiters.
pub(crate) struct Admission {
    visitors: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    asked: AtomicU64,
}

/// Come back in so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait(pub(crate) u64);

/// After so many questions the names that have calmed down are forgotten.
const FORGET_EVERY: u64 = 4_096;

impl Admission {
    pub(crate) fn new(visitor_per_minute: u32, address_per_minute: u32) -> Self {
        let quota = |n: u32| Quota::per_minute(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
        Self {
            visitors: RateLimiter::keyed(quota(visitor_per_minute)),
            addresses: RateLimiter::keyed(quota(address_per_minute)),
            asked: AtomicU64::new(0),
        }
    }

    /// Whether this visitor at this address may write now.
    pub(crate) fn admit(&self, visitor: &str, address: IpAddr) -> Result<(), Wait> {
        if self.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(FORGET_EVERY) {
            self.visitors.retain_recent();
            self.addresses.retain_recent();
        }
        let wait = |until: governor::NotUntil<_>| Wait(seconds(&until));
        self.addresses.check_key(&address).map_err(wait)?;
        self.visitors.check_key(&visitor.to_owned()).map_err(wait)
    }

    /// Whether this address may try something rare, such as a sign-in, now.
    pub(crate) fn admit_address(&self, address: IpAddr) -> Result<(), Wait> {
        self.addresses.check_key(&address).map_err(|until| Wait(seconds(&until)))
    }
}

fn seconds(until: &governor::NotUntil<<DefaultClock as Clock>::Instant>) -> u64 {
    let wait = until.wait_time_from(DefaultClock::default().now());
    wait.as_secs() + 1
}

/// Where a request comes from: the peer, or what a trusted proxy says it is.
pub(crate) fn origin(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let forwarded = || {
        let chain = headers.get("x-forwarded-for")?.to_str().ok()?;
        chain
            .rsplit(',')
            .map(|hop| hop.trim().parse::<IpAddr>())
            .find_map(|hop| hop.ok().filter(|ip| !trusted.contains(ip)))
    };
    if trusted.contains(&peer.ip()) { forwarded().unwrap_or(peer.ip()) } else { peer.ip() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_told_when_to_come_back_and_others_are_not_affected() {
        let admission = Admission::new(2, 100);
        let home = IpAddr::from([1, 2, 3, 4]);
        assert!(admission.admit("li", home).is_ok() && admission.admit("li", home).is_ok());
        assert!(matches!(admission.admit("li", home), Err(Wait(1..=60))));
        assert!(admission.admit("tom", home).is_ok());
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 9.9.9.9".parse().unwrap());
        let peer = SocketAddr::from(([10, 0, 0, 1], 1));
        assert_eq!(origin(peer, &headers, &[]), peer.ip());
        assert_eq!(
            origin(peer, &headers, &[peer.ip()]),
            IpAddr::from([9, 9, 9, 9]),
            "the last hop that is not ours"
        );
    }
}
