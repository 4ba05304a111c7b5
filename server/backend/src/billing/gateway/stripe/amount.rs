/// An amount in the unit in which Stripe counts a currency: the smallest of ISO 4217, but for a few. None for what it cannot charge.
/// <https://docs.stripe.com/currencies#minor-units>
pub(super) fn in_its_unit(minor: i64, currency: &str) -> Option<i64> {
    if minor <= 0 {
        return None;
    }
    match currency.to_ascii_uppercase().as_str() {
        // They have no smaller unit any more, and are counted in hundredths all the same.
        "ISK" | "UGX" => minor.checked_mul(100),
        // ISO knows a smaller unit of the ariary, Stripe does not.
        "MGA" => (minor % 100 == 0).then_some(minor / 100),
        // Thousandths, the last of which has to be a nought.
        "BHD" | "JOD" | "KWD" | "OMR" | "TND" => (minor % 10 == 0).then_some(minor),
        _ => Some(minor),
    }
}

#[cfg(test)]
mod tests {
    use super::in_its_unit;

    #[test]
    fn amounts_are_said_in_stripes_units() {
        for (minor, currency, expected) in [
            (24_995, "USD", Some(24_995)),
            (24_995, "usd", Some(24_995)),
            (1_000, "JPY", Some(1_000)),
            (1_990, "ISK", Some(199_000)),
            (5_000, "ugx", Some(500_000)),
            (500_000, "MGA", Some(5_000)),
            (500_050, "MGA", None),
            (3_220, "KWD", Some(3_220)),
            (3_226, "KWD", None),
            (0, "USD", None),
            (-1, "USD", None),
            (i64::MAX, "ISK", None),
            (i64::MIN, "MGA", None),
        ] {
            assert_eq!(in_its_unit(minor, currency), expected, "{minor} {currency}");
        }
    }
}
