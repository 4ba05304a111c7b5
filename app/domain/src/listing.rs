//! Paging of lists, the same everywhere.

use serde::{Deserialize, Serialize};

/// Rows on one page of any list.
pub const ROWS_PER_PAGE: u32 = 50;

/// One page of a longer list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Counted from 1.
    pub page: u32,
    /// Rows on all pages together.
    pub total: u64,
}

impl<T> Page<T> {
    #[must_use]
    pub fn pages(&self) -> u32 {
        u32::try_from(self.total.div_ceil(u64::from(ROWS_PER_PAGE)).max(1)).unwrap_or(u32::MAX)
    }
}

/// Rows to leave out before page `page` (counted from 1; 0 is read as 1).
#[must_use]
pub fn offset(page: u32) -> i64 {
    i64::from(page.max(1) - 1) * i64::from(ROWS_PER_PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_has_one_page() {
        assert_eq!(Page::<u8> { rows: vec![], page: 1, total: 0 }.pages(), 1);
        assert_eq!(Page::<u8> { rows: vec![], page: 1, total: 50 }.pages(), 1);
        assert_eq!(Page::<u8> { rows: vec![], page: 1, total: 51 }.pages(), 2);
    }

    #[test]
    fn page_zero_is_the_first_page() {
        assert_eq!((offset(0), offset(1), offset(2)), (0, 0, 50));
    }
}
