use chrono::{DateTime, Utc};

/// A stretch of real time: its first instant belongs to it, its end does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

impl Span {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts_at >= self.ends_at
    }

    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.intersection(other).is_empty()
    }

    /// What both have in common; empty where they do not meet.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self { starts_at: self.starts_at.max(other.starts_at), ends_at: self.ends_at.min(other.ends_at) }
    }
}

/// The same time in as few stretches as possible, in order.
#[must_use]
pub fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let meet = next.starts_at <= last.ends_at;
        if meet {
            last.ends_at = last.ends_at.max(next.ends_at);
        }
        meet
    });
    spans
}

/// What two lists have in common. Both are in order and do not overlap themselves, and so is the answer.
#[must_use]
pub(super) fn common(left: &[Span], right: &[Span]) -> Vec<Span> {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let mut found = Vec::new();
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let both = a.intersection(b);
        if !both.is_empty() {
            found.push(both);
        }
        let ended = if a.ends_at <= b.ends_at { &mut left } else { &mut right };
        ended.next();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(starts_at: i64, ends_at: i64) -> Span {
        let at = |minute| DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minute);
        Span { starts_at: at(starts_at), ends_at: at(ends_at) }
    }

    #[test]
    fn spans_that_touch_meet_but_do_not_overlap() {
        assert!(!span(0, 10).overlaps(&span(10, 20)));
        assert!(span(0, 11).overlaps(&span(10, 20)));
        let spans = vec![span(10, 20), span(0, 10), span(30, 40), span(32, 35), span(50, 50)];
        assert_eq!(merged(spans), [span(0, 20), span(30, 40)]);
    }

    #[test]
    fn common_is_what_is_in_both() {
        let left = [span(0, 10), span(20, 30), span(30, 40)];
        let right = [span(5, 25), span(29, 35)];
        assert_eq!(common(&left, &right), [span(5, 10), span(20, 25), span(29, 30), span(30, 35)]);
        assert_eq!(common(&left, &right), common(&right, &left));
        assert_eq!(common(&left, &[]), []);
    }
}
