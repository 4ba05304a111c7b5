//! The one rounding of billing: amounts are whole smallest units, divided last.

/// `amount` × `part` ÷ `whole`, rounded half up. Nothing of nothing: `whole` 0 gives 0.
#[must_use]
pub(super) fn share(amount: i64, part: u32, whole: u32) -> i64 {
    half_up(i128::from(amount) * i128::from(part), i128::from(whole))
}

/// A quotient of what is not negative, rounded half up.
pub(super) fn half_up(dividend: i128, divisor: i128) -> i64 {
    if divisor == 0 {
        return 0;
    }
    i64::try_from((2 * dividend + divisor).div_euclid(2 * divisor)).unwrap_or(i64::MAX)
}
