//! How much one address may ask for.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use domain::Refusal;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};

use crate::explain::refused;

/// Body bytes that any request may have but an upload.
pub const BODY_BYTES: usize = 2 * 1024 * 1024;
/// Body bytes of what another service sends by itself.
pub const INBOUND_BYTES: usize = 256 * 1024;
/// Body bytes of an upload that are kept.
pub const UPLOAD_BYTES: usize = 8 * 1024 * 1024;
/// Body bytes of an upload that are read: a browser that cannot finish sending shows its own error instead of our answer.
pub const UPLOAD_READ_BYTES: usize = 64 * 1024 * 1024;

/// Counts requests per network, in this process.
#[derive(Clone)]
pub struct Limits {
    limiter: Arc<DefaultKeyedRateLimiter<String>>,
    trusted_proxies: u8,
}

impl Limits {
    pub fn new(requests_per_minute: u32, trusted_proxies: u8) -> Self {
        let per_minute = NonZeroU32::new(requests_per_minute).unwrap_or(NonZeroU32::MIN);
        let limiter = Arc::new(RateLimiter::keyed(Quota::per_minute(per_minute)));
        forget_idle_addresses(limiter.clone());
        Self { limiter, trusted_proxies }
    }

    /// The visitor's address: the connection's, or what the trusted proxies in front say it is.
    pub fn address(&self, request: &Request) -> String {
        let connection = request
            .extensions()
            .get::<ConnectInfo<std::net::SocketAddr>>()
            .map(|info| info.0.ip().to_string())
            .unwrap_or_default();
        // Some proxies append a line of their own instead of extending the one that is there.
        let lines =
            request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let forwarded = lines.collect::<Vec<_>>().join(",");
        forwarded_address(Some(&forwarded), self.trusted_proxies).unwrap_or(connection)
    }
}

/// Each trusted proxy appends the address it saw, so the visitor's is that many places from the end; what stands before it was
/// written by the visitor and means nothing.
fn forwarded_address(header: Option<&str>, trusted_proxies: u8) -> Option<String> {
    if trusted_proxies == 0 {
        return None;
    }
    let mut from_the_end = header?.rsplit(',').map(str::trim);
    from_the_end
        .nth(usize::from(trusted_proxies) - 1)?
        .parse::<std::net::IpAddr>()
        .ok()
        .map(|ip| ip.to_string())
}

pub async fn limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let address = limits.address(&request);
    match limits.limiter.check_key(&backend::network_of(&address)) {
        Ok(()) => next.run(request).await,
        Err(not_until) => {
            let wait = not_until.wait_time_from(governor::clock::DefaultClock::default().now());
            let seconds = wait.as_secs() + 1;
            metrics::counter!("steward_rate_limited_total").increment(1);
            let retry_after_seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
            let mut response = refused(Refusal::TooManyAttempts { retry_after_seconds }.into());
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
    }
}

fn forget_idle_addresses(limiter: Arc<DefaultKeyedRateLimiter<String>>) {
    tokio::spawn(async move {
        let mut every_minute = tokio::time::interval(Duration::from_secs(60));
        loop {
            every_minute.tick().await;
            limiter.retain_recent();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::forwarded_address;

    #[test]
    fn only_what_trusted_proxies_wrote_counts() {
        let header = Some("6.6.6.6, 203.0.113.9, 10.0.0.2");
        assert_eq!(forwarded_address(header, 0), None);
        assert_eq!(forwarded_address(header, 1).as_deref(), Some("10.0.0.2"));
        assert_eq!(forwarded_address(header, 2).as_deref(), Some("203.0.113.9"));
        assert_eq!(forwarded_address(header, 9), None);
        assert_eq!(forwarded_address(Some("not an address"), 1), None);
        assert_eq!(forwarded_address(None, 1), None);
    }
}
