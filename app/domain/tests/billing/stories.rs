//! What comes of one account's story: every line, every state.

use crate::story::Story;

/// What happens, the story, and what comes of it.
const STORIES: &[(&str, &str, &str)] = &[
    (
        "an upgrade within the period is billed now",
        "
            2016-05-01 subscribe starter month
            2016-05-05 change growth month
            until 2016-06-02
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: 304.84 charged 304.84 paid
            - starter 2016-05-05..2016-06-01 27/31 217.70
            + growth 2016-05-05..2016-06-01 27/31 522.54
            2016-06-01: 599.95 charged 599.95 paid
            + growth 2016-06-01..2016-07-01 30/30 599.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "days are local: in Denver it is the last of April, and the fourth of May",
        "
            zone America/Denver
            2016-05-01T00:00:00Z subscribe starter month anchor=1
            2016-05-05T00:00:00Z change growth month
            until 2016-06-01T05:59:59Z
        ",
        "
            2016-04-30: 8.33 charged 8.33 paid
            + starter 2016-04-30..2016-05-01 1/30 8.33
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-04: 316.13 charged 316.13 paid
            - starter 2016-05-04..2016-06-01 28/31 225.76
            + growth 2016-05-04..2016-06-01 28/31 541.89
            states: 2016-04-30 Active
        ",
    ),
    (
        "midnight in Denver is six in the morning",
        "
            zone America/Denver
            2016-05-01T06:00:00Z subscribe starter month
            2016-05-05T06:00:00Z change growth month
            until 2016-06-01T06:00:00Z
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: 304.84 charged 304.84 paid
            - starter 2016-05-05..2016-06-01 27/31 217.70
            + growth 2016-05-05..2016-06-01 27/31 522.54
            2016-06-01: 599.95 charged 599.95 paid
            + growth 2016-06-01..2016-07-01 30/30 599.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "the clocks are changed within the period, and days stay days",
        "
            zone America/Denver
            2026-03-01T12:00:00Z subscribe starter month
            2026-03-08T12:00:00Z change growth month
            until 2026-03-31
        ",
        "
            2026-03-01: 249.95 charged 249.95 paid
            + starter 2026-03-01..2026-04-01 31/31 249.95
            2026-03-08: 270.97 charged 270.97 paid
            - starter 2026-03-08..2026-04-01 24/31 193.51
            + growth 2026-03-08..2026-04-01 24/31 464.48
            states: 2026-03-01 Active
        ",
    ),
    (
        "the clocks go back on the day of the change",
        "
            zone Europe/Berlin
            2026-10-01 subscribe starter month
            2026-10-25T00:30:00Z change growth month
            until 2026-10-31
        ",
        "
            2026-10-01: 249.95 charged 249.95 paid
            + starter 2026-10-01..2026-11-01 31/31 249.95
            2026-10-25: 79.03 charged 79.03 paid
            - starter 2026-10-25..2026-11-01 7/31 56.44
            + growth 2026-10-25..2026-11-01 7/31 135.47
            states: 2026-10-01 Active
        ",
    ),
    (
        "half an hour decides about the day in Kolkata",
        "
            zone Asia/Kolkata
            2026-11-30T18:29:00Z subscribe starter month
            until 2026-12-01
        ",
        "
            2026-11-30: 249.95 charged 249.95 paid
            + starter 2026-11-30..2026-12-30 30/30 249.95
            states: 2026-11-30 Active
        ",
    ),
    (
        "and three quarters in Kathmandu",
        "
            zone Asia/Kathmandu
            2026-11-30T18:15:00Z subscribe starter month
            until 2026-12-01
        ",
        "
            2026-12-01: 249.95 charged 249.95 paid
            + starter 2026-12-01..2027-01-01 31/31 249.95
            states: 2026-12-01 Active
        ",
    ),
    (
        "where the day begins first",
        "
            zone Pacific/Kiritimati
            2026-12-31T10:00:00Z subscribe starter year
            until 2027-01-01
        ",
        "
            2027-01-01: 2499.50 charged 2499.50 paid
            + starter 2027-01-01..2028-01-01 365/365 2499.50
            states: 2027-01-01 Active
        ",
    ),
    (
        "a renewal is there with the first instant of its day, in Chatham before noon in UTC",
        "
            zone Pacific/Chatham
            2026-11-01T00:00:00Z subscribe starter month
            until 2026-11-30T10:14:59Z
        ",
        "
            2026-11-01: 249.95 charged 249.95 paid
            + starter 2026-11-01..2026-12-01 30/30 249.95
            states: 2026-11-01 Active
        ",
    ),
    (
        "and a second later it is there",
        "
            zone Pacific/Chatham
            2026-11-01T00:00:00Z subscribe starter month
            until 2026-11-30T10:15:00Z
        ",
        "
            2026-11-01: 249.95 charged 249.95 paid
            + starter 2026-11-01..2026-12-01 30/30 249.95
            2026-12-01: 249.95 charged 249.95 paid
            + starter 2026-12-01..2027-01-01 31/31 249.95
            states: 2026-11-01 Active
        ",
    ),
    (
        "the 31st is kept for ever",
        "
            2023-01-31 subscribe starter month
            until 2023-05-31
        ",
        "
            2023-01-31: 249.95 charged 249.95 paid
            + starter 2023-01-31..2023-02-28 28/28 249.95
            2023-02-28: 249.95 charged 249.95 paid
            + starter 2023-02-28..2023-03-31 31/31 249.95
            2023-03-31: 249.95 charged 249.95 paid
            + starter 2023-03-31..2023-04-30 30/30 249.95
            2023-04-30: 249.95 charged 249.95 paid
            + starter 2023-04-30..2023-05-31 31/31 249.95
            2023-05-31: 249.95 charged 249.95 paid
            + starter 2023-05-31..2023-06-30 30/30 249.95
            states: 2023-01-31 Active
        ",
    ),
    (
        "a leap day is kept for ever",
        "
            2020-02-29 subscribe starter year
            until 2024-03-01
        ",
        "
            2020-02-29: 2499.50 charged 2499.50 paid
            + starter 2020-02-29..2021-02-28 365/365 2499.50
            2021-02-28: 2499.50 charged 2499.50 paid
            + starter 2021-02-28..2022-02-28 365/365 2499.50
            2022-02-28: 2499.50 charged 2499.50 paid
            + starter 2022-02-28..2023-02-28 365/365 2499.50
            2023-02-28: 2499.50 charged 2499.50 paid
            + starter 2023-02-28..2024-02-29 366/366 2499.50
            2024-02-29: 2499.50 charged 2499.50 paid
            + starter 2024-02-29..2025-02-28 365/365 2499.50
            states: 2020-02-29 Active
        ",
    ),
    (
        "a first part up to the chosen day",
        "
            2023-02-10 subscribe starter month anchor=31
            until 2023-03-31
        ",
        "
            2023-02-10: 160.68 charged 160.68 paid
            + starter 2023-02-10..2023-02-28 18/28 160.68
            2023-02-28: 249.95 charged 249.95 paid
            + starter 2023-02-28..2023-03-31 31/31 249.95
            2023-03-31: 249.95 charged 249.95 paid
            + starter 2023-03-31..2023-04-30 30/30 249.95
            states: 2023-02-10 Active
        ",
    ),
    (
        "a year that begins with a part up to the chosen day",
        "
            2023-12-15 subscribe starter year anchor=1
            until 2024-01-01
        ",
        "
            2023-12-15: 116.42 charged 116.42 paid
            + starter 2023-12-15..2024-01-01 17/365 116.42
            2024-01-01: 2499.50 charged 2499.50 paid
            + starter 2024-01-01..2025-01-01 366/366 2499.50
            states: 2023-12-15 Active
        ",
    ),
    (
        "a trial makes no invoice, and its end is the anchor",
        "
            2024-02-15 subscribe starter month trial=14
            until 2024-03-29
        ",
        "
            2024-02-29: 249.95 charged 249.95 paid
            + starter 2024-02-29..2024-03-29 29/29 249.95
            2024-03-29: 249.95 charged 249.95 paid
            + starter 2024-03-29..2024-04-29 31/31 249.95
            states: 2024-02-15 Trialing, 2024-02-29 Active
        ",
    ),
    (
        "a trial that ends before the chosen day",
        "
            2024-02-15 subscribe starter month trial=10 anchor=1
            until 2024-03-01
        ",
        "
            2024-02-25: 43.09 charged 43.09 paid
            + starter 2024-02-25..2024-03-01 5/29 43.09
            2024-03-01: 249.95 charged 249.95 paid
            + starter 2024-03-01..2024-04-01 31/31 249.95
            states: 2024-02-15 Trialing, 2024-02-25 Active
        ",
    ),
    (
        "a chosen day within the trial comes again after it",
        "
            2024-02-25 subscribe starter month trial=10 anchor=1
            until 2024-04-01
        ",
        "
            2024-03-06: 209.64 charged 209.64 paid
            + starter 2024-03-06..2024-04-01 26/31 209.64
            2024-04-01: 249.95 charged 249.95 paid
            + starter 2024-04-01..2024-05-01 30/30 249.95
            states: 2024-02-25 Trialing, 2024-03-06 Active
        ",
    ),
    (
        "an upgrade in a trial costs nothing and takes effect when the trial ends",
        "
            2024-05-01 subscribe starter month trial=14
            2024-05-10 change growth month
            until 2024-05-15
        ",
        "
            2024-05-15: 599.95 charged 599.95 paid
            + growth 2024-05-15..2024-06-15 31/31 599.95
            states: 2024-05-01 Trialing, 2024-05-15 Active
        ",
    ),
    (
        "from month to year in a trial",
        "
            2024-05-01 subscribe starter month trial=14
            2024-05-03 change starter year
            until 2025-05-15
        ",
        "
            2024-05-15: 2499.50 charged 2499.50 paid
            + starter 2024-05-15..2025-05-15 365/365 2499.50
            2025-05-15: 2499.50 charged 2499.50 paid
            + starter 2025-05-15..2026-05-15 365/365 2499.50
            states: 2024-05-01 Trialing, 2024-05-15 Active
        ",
    ),
    (
        "a downgrade in a trial is at once too",
        "
            2024-05-01 subscribe scale month trial=14
            2024-05-03 change starter month
            until 2024-05-15
        ",
        "
            2024-05-15: 249.95 charged 249.95 paid
            + starter 2024-05-15..2024-06-15 31/31 249.95
            states: 2024-05-01 Trialing, 2024-05-15 Active
        ",
    ),
    (
        "a cancelled trial costs nothing",
        "
            2024-05-01 subscribe starter month trial=14
            2024-05-03 cancel period_end
            until 2024-06-15
        ",
        "
            states: 2024-05-01 Trialing, 2024-05-03 Ending, 2024-05-15 Ended
        ",
    ),
    (
        "a trial that is cancelled now is over now",
        "
            2024-05-01 subscribe starter month trial=14
            2024-05-03 cancel now
            until 2024-06-15
        ",
        "
            states: 2024-05-01 Trialing, 2024-05-03 Ended
        ",
    ),
    (
        "choosing a plan in a cancelled trial takes the cancellation back",
        "
            2024-05-01 subscribe starter month trial=14
            2024-05-03 cancel period_end
            2024-05-04 change starter month
            until 2024-05-15
        ",
        "
            2024-05-15: 249.95 charged 249.95 paid
            + starter 2024-05-15..2024-06-15 31/31 249.95
            states: 2024-05-01 Trialing, 2024-05-03 Ending, 2024-05-04 Trialing, 2024-05-15 Active
        ",
    ),
    (
        "two upgrades on one day",
        "
            2016-05-01 subscribe starter month
            2016-05-05T08:00:00Z change growth month
            2016-05-05T09:00:00Z change scale month
            until 2016-05-31
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: 304.84 charged 304.84 paid
            - starter 2016-05-05..2016-06-01 27/31 217.70
            + growth 2016-05-05..2016-06-01 27/31 522.54
            2016-05-05: 348.38 charged 348.38 paid
            - growth 2016-05-05..2016-06-01 27/31 522.54
            + scale 2016-05-05..2016-06-01 27/31 870.92
            states: 2016-05-01 Active
        ",
    ),
    (
        "an upgrade on the first day gives all of it back",
        "
            2016-05-01T08:00:00Z subscribe starter month
            2016-05-01T09:00:00Z change growth month
            until 2016-05-31
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-01: 350.00 charged 350.00 paid
            - starter 2016-05-01..2016-06-01 31/31 249.95
            + growth 2016-05-01..2016-06-01 31/31 599.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "an upgrade on the last day",
        "
            2016-05-01 subscribe starter month
            2016-05-31 change growth month
            until 2016-05-31
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-31: 11.29 charged 11.29 paid
            - starter 2016-05-31..2016-06-01 1/31 8.06
            + growth 2016-05-31..2016-06-01 1/31 19.35
            states: 2016-05-01 Active
        ",
    ),
    (
        "an upgrade on the day of the renewal comes after it",
        "
            2016-05-01 subscribe starter month
            2016-06-01 change growth month
            until 2016-06-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid
            + starter 2016-06-01..2016-07-01 30/30 249.95
            2016-06-01: 350.00 charged 350.00 paid
            - starter 2016-06-01..2016-07-01 30/30 249.95
            + growth 2016-06-01..2016-07-01 30/30 599.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "a downgrade waits for the end of the period",
        "
            2016-05-01 subscribe growth month
            2016-05-05 change starter month
            until 2016-06-01
        ",
        "
            2016-05-01: 599.95 charged 599.95 paid
            + growth 2016-05-01..2016-06-01 31/31 599.95
            2016-06-01: 249.95 charged 249.95 paid
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "a downgrade is dropped by choosing what one has",
        "
            2016-05-01 subscribe growth month
            2016-05-05 change starter month
            2016-05-06 change growth month
            until 2016-06-01
        ",
        "
            2016-05-01: 599.95 charged 599.95 paid
            + growth 2016-05-01..2016-06-01 31/31 599.95
            2016-06-01: 599.95 charged 599.95 paid
            + growth 2016-06-01..2016-07-01 30/30 599.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "an upgrade replaces a downgrade",
        "
            2016-05-01 subscribe growth month
            2016-05-05 change starter month
            2016-05-06 change scale month
            until 2016-06-01
        ",
        "
            2016-05-01: 599.95 charged 599.95 paid
            + growth 2016-05-01..2016-06-01 31/31 599.95
            2016-05-06: 335.49 charged 335.49 paid
            - growth 2016-05-06..2016-06-01 26/31 503.18
            + scale 2016-05-06..2016-06-01 26/31 838.67
            2016-06-01: 999.95 charged 999.95 paid
            + scale 2016-06-01..2016-07-01 30/30 999.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "a downgrade to another plan replaces the first",
        "
            2016-05-01 subscribe scale month
            2016-05-05 change starter month
            2016-05-06 change growth month
            until 2016-06-01
        ",
        "
            2016-05-01: 999.95 charged 999.95 paid
            + scale 2016-05-01..2016-06-01 31/31 999.95
            2016-06-01: 599.95 charged 599.95 paid
            + growth 2016-06-01..2016-07-01 30/30 599.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "down and up again on one day",
        "
            2016-05-01 subscribe growth month
            2016-05-05T08:00:00Z change starter month
            2016-05-05T09:00:00Z change scale month
            until 2016-05-31
        ",
        "
            2016-05-01: 599.95 charged 599.95 paid
            + growth 2016-05-01..2016-06-01 31/31 599.95
            2016-05-05: 348.38 charged 348.38 paid
            - growth 2016-05-05..2016-06-01 27/31 522.54
            + scale 2016-05-05..2016-06-01 27/31 870.92
            states: 2016-05-01 Active
        ",
    ),
    (
        "from month to year: a full year today, the rest back",
        "
            2024-01-10 subscribe starter month
            2024-01-20 change starter year
            until 2025-01-20
        ",
        "
            2024-01-10: 249.95 charged 249.95 paid
            + starter 2024-01-10..2024-02-10 31/31 249.95
            2024-01-20: 2330.18 charged 2330.18 paid
            - starter 2024-01-20..2024-02-10 21/31 169.32
            + starter 2024-01-20..2025-01-20 366/366 2499.50
            2025-01-20: 2499.50 charged 2499.50 paid
            + starter 2025-01-20..2026-01-20 365/365 2499.50
            states: 2024-01-10 Active
        ",
    ),
    (
        "from month to year on the clamped day keeps the 31st",
        "
            2023-01-31 subscribe starter month
            2023-02-28 change starter year
            until 2024-02-29
        ",
        "
            2023-01-31: 249.95 charged 249.95 paid
            + starter 2023-01-31..2023-02-28 28/28 249.95
            2023-02-28: 249.95 charged 249.95 paid
            + starter 2023-02-28..2023-03-31 31/31 249.95
            2023-02-28: 2249.55 charged 2249.55 paid
            - starter 2023-02-28..2023-03-31 31/31 249.95
            + starter 2023-02-28..2024-02-29 366/366 2499.50
            2024-02-29: 2499.50 charged 2499.50 paid
            + starter 2024-02-29..2025-02-28 365/365 2499.50
            states: 2023-01-31 Active
        ",
    ),
    (
        "from year to month waits for the end of the year",
        "
            2024-01-10 subscribe starter year
            2024-03-10 change starter month
            until 2025-02-10
        ",
        "
            2024-01-10: 2499.50 charged 2499.50 paid
            + starter 2024-01-10..2025-01-10 366/366 2499.50
            2025-01-10: 249.95 charged 249.95 paid
            + starter 2025-01-10..2025-02-10 31/31 249.95
            2025-02-10: 249.95 charged 249.95 paid
            + starter 2025-02-10..2025-03-10 28/28 249.95
            states: 2024-01-10 Active
        ",
    ),
    (
        "a higher tier is an upgrade from month to year too",
        "
            2024-01-10 subscribe starter month
            2024-01-20 change growth year
            until 2024-01-31
        ",
        "
            2024-01-10: 249.95 charged 249.95 paid
            + starter 2024-01-10..2024-02-10 31/31 249.95
            2024-01-20: 5830.18 charged 5830.18 paid
            - starter 2024-01-20..2024-02-10 21/31 169.32
            + growth 2024-01-20..2025-01-20 366/366 5999.50
            states: 2024-01-10 Active
        ",
    ),
    (
        "and from year to month: a part of a month up to the anchor, the rest of the year is balance",
        "
            2024-01-10 subscribe starter year
            2024-01-20 change growth month
            until 2024-04-10
        ",
        "
            2024-01-10: 2499.50 charged 2499.50 paid
            + starter 2024-01-10..2025-01-10 366/366 2499.50
            2024-01-20: -2024.79 charged 0.00 paid
            - starter 2024-01-20..2025-01-10 356/366 2431.21
            + growth 2024-01-20..2024-02-10 21/31 406.42
            2024-02-10: 599.95 balance 599.95 charged 0.00 paid
            + growth 2024-02-10..2024-03-10 29/29 599.95
            2024-03-10: 599.95 balance 599.95 charged 0.00 paid
            + growth 2024-03-10..2024-04-10 31/31 599.95
            2024-04-10: 599.95 balance 599.95 charged 0.00 paid
            + growth 2024-04-10..2024-05-10 30/30 599.95
            states: 2024-01-10 Active
            balance: 224.94
        ",
    ),
    (
        "a lower tier waits, from month to year too",
        "
            2024-01-10 subscribe growth month
            2024-01-20 change starter year
            until 2024-02-10
        ",
        "
            2024-01-10: 599.95 charged 599.95 paid
            + growth 2024-01-10..2024-02-10 31/31 599.95
            2024-02-10: 2499.50 charged 2499.50 paid
            + starter 2024-02-10..2025-02-10 366/366 2499.50
            states: 2024-01-10 Active
        ",
    ),
    (
        "a dearer plan of the same tier is at once, a cheaper one waits",
        "
            2016-05-01 subscribe starter month
            2016-05-05 change starter-plus month
            2016-05-06 change starter month
            until 2016-06-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: 8.71 charged 8.71 paid
            - starter 2016-05-05..2016-06-01 27/31 217.70
            + starter-plus 2016-05-05..2016-06-01 27/31 226.41
            2016-06-01: 249.95 charged 249.95 paid
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "from the free plan nothing is given back",
        "
            2016-05-01 subscribe free month
            2016-05-05 change starter month
            until 2016-05-31
        ",
        "
            2016-05-01: 0.00 charged 0.00 paid
            + free 2016-05-01..2016-06-01 31/31 0.00
            2016-05-05: 217.70 charged 217.70 paid
            + starter 2016-05-05..2016-06-01 27/31 217.70
            states: 2016-05-01 Active
        ",
    ),
    (
        "to the free plan",
        "
            2016-05-01 subscribe starter month
            2016-05-05 change free month
            until 2016-06-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 0.00 charged 0.00 paid
            + free 2016-06-01..2016-07-01 30/30 0.00
            states: 2016-05-01 Active
        ",
    ),
    (
        "yen have no places",
        "
            currency JPY
            2023-01-01 subscribe starter month
            2023-01-22 change growth month
            until 2023-01-31
        ",
        "
            2023-01-01: 1000 charged 1000 paid
            + starter 2023-01-01..2023-02-01 31/31 1000
            2023-01-22: 645 charged 645 paid
            - starter 2023-01-22..2023-02-01 10/31 323
            + growth 2023-01-22..2023-02-01 10/31 968
            states: 2023-01-01 Active
        ",
    ),
    (
        "dinars have three",
        "
            currency KWD
            2023-01-01 subscribe starter month
            2023-01-22 change growth month
            until 2023-01-31
        ",
        "
            2023-01-01: 10.000 charged 10.000 paid
            + starter 2023-01-01..2023-02-01 31/31 10.000
            2023-01-22: 6.451 charged 6.451 paid
            - starter 2023-01-22..2023-02-01 10/31 3.226
            + growth 2023-01-22..2023-02-01 10/31 9.677
            states: 2023-01-01 Active
        ",
    ),
    (
        "tax is rounded on each line and given back with it",
        "
            tax 19
            2016-05-01 subscribe starter month
            2016-05-05 change growth month
            until 2016-05-31
        ",
        "
            2016-05-01: 297.44 charged 297.44 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95 tax 47.49
            2016-05-05: 362.76 charged 362.76 paid
            - starter 2016-05-05..2016-06-01 27/31 217.70 tax 41.36
            + growth 2016-05-05..2016-06-01 27/31 522.54 tax 99.28
            states: 2016-05-01 Active
        ",
    ),
    (
        "tax of an odd rate in yen",
        "
            tax 8.875
            currency JPY
            2023-01-22 subscribe starter month anchor=1
            until 2023-01-31
        ",
        "
            2023-01-22: 352 charged 352 paid
            + starter 2023-01-22..2023-02-01 10/31 323 tax 29
            states: 2023-01-22 Active
        ",
    ),
    (
        "who owes the tax themselves",
        "
            tax 19 reverse
            2016-05-01 subscribe starter month
            until 2016-05-31
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "cancelling now gives this day and those after it back as balance",
        "
            2016-05-01 subscribe starter month
            2016-05-05 cancel now
            until 2016-07-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: -217.70 charged 0.00 paid
            - starter 2016-05-05..2016-06-01 27/31 217.70
            states: 2016-05-01 Active, 2016-05-05 Ended
            balance: 217.70
        ",
    ),
    (
        "on the first day it is everything",
        "
            2016-05-01T08:00:00Z subscribe starter month
            2016-05-01T09:00:00Z cancel now
            until 2016-07-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-01: -249.95 charged 0.00 paid
            - starter 2016-05-01..2016-06-01 31/31 249.95
            states: 2016-05-01 Active, 2016-05-01 Ended
            balance: 249.95
        ",
    ),
    (
        "after an upgrade it is the rest of the upgrade",
        "
            2016-05-01 subscribe starter month
            2016-05-05 change growth month
            2016-05-20 cancel now
            until 2016-07-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: 304.84 charged 304.84 paid
            - starter 2016-05-05..2016-06-01 27/31 217.70
            + growth 2016-05-05..2016-06-01 27/31 522.54
            2016-05-20: -232.24 charged 0.00 paid
            - growth 2016-05-20..2016-06-01 12/31 232.24
            states: 2016-05-01 Active, 2016-05-20 Ended
            balance: 232.24
        ",
    ),
    (
        "whoever comes again uses the balance first",
        "
            2016-05-01 subscribe starter month
            2016-05-05 cancel now
            2016-06-01 subscribe starter month
            until 2016-07-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: -217.70 charged 0.00 paid
            - starter 2016-05-05..2016-06-01 27/31 217.70
            2016-06-01: 249.95 balance 217.70 charged 32.25 paid
            + starter 2016-06-01..2016-07-01 30/30 249.95
            2016-07-01: 249.95 charged 249.95 paid
            + starter 2016-07-01..2016-08-01 31/31 249.95
            states: 2016-05-01 Active, 2016-05-05 Ended, 2016-06-01 Active
        ",
    ),
    (
        "a large balance pays for several periods alone",
        "
            2016-05-01 subscribe starter year
            2016-05-05 cancel now
            2016-06-01 subscribe growth month
            until 2016-09-01
        ",
        "
            2016-05-01: 2499.50 charged 2499.50 paid
            + starter 2016-05-01..2017-05-01 365/365 2499.50
            2016-05-05: -2472.11 charged 0.00 paid
            - starter 2016-05-05..2017-05-01 361/365 2472.11
            2016-06-01: 599.95 balance 599.95 charged 0.00 paid
            + growth 2016-06-01..2016-07-01 30/30 599.95
            2016-07-01: 599.95 balance 599.95 charged 0.00 paid
            + growth 2016-07-01..2016-08-01 31/31 599.95
            2016-08-01: 599.95 balance 599.95 charged 0.00 paid
            + growth 2016-08-01..2016-09-01 31/31 599.95
            2016-09-01: 599.95 balance 599.95 charged 0.00 paid
            + growth 2016-09-01..2016-10-01 30/30 599.95
            states: 2016-05-01 Active, 2016-05-05 Ended, 2016-06-01 Active
            balance: 72.31
        ",
    ),
    (
        "cancelling for the end of the period changes nothing until then",
        "
            2016-05-01 subscribe starter month
            2016-05-05 cancel period_end
            until 2016-07-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            states: 2016-05-01 Active, 2016-05-05 Ending, 2016-06-01 Ended
        ",
    ),
    (
        "and can be taken back",
        "
            2016-05-01 subscribe starter month
            2016-05-05 cancel period_end
            2016-05-06 change starter month
            until 2016-06-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-05-05 Ending, 2016-05-06 Active
        ",
    ),
    (
        "an upgrade takes it back too",
        "
            2016-05-01 subscribe starter month
            2016-05-05 cancel period_end
            2016-05-06 change growth month
            until 2016-05-31
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-06: 293.54 charged 293.54 paid
            - starter 2016-05-06..2016-06-01 26/31 209.64
            + growth 2016-05-06..2016-06-01 26/31 503.18
            states: 2016-05-01 Active, 2016-05-05 Ending, 2016-05-06 Active
        ",
    ),
    (
        "an upgrade that is declined changes nothing and its invoice is void",
        "
            2016-05-01 subscribe starter month
            2016-05-04 card soft
            2016-05-05 change growth month
            2016-05-06 card ok
            until 2016-06-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: 304.84 charged 0.00 void
            - starter 2016-05-05..2016-06-01 27/31 217.70
            + growth 2016-05-05..2016-06-01 27/31 522.54
            2016-06-01: 249.95 charged 249.95 paid
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "after it the next upgrade gives back as much as the first would have",
        "
            2016-05-01 subscribe starter month
            2016-05-04 card hard
            2016-05-05 change growth month
            2016-05-06 card ok
            2016-05-07 change growth month
            until 2016-05-31
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: 304.84 charged 0.00 void
            - starter 2016-05-05..2016-06-01 27/31 217.70
            + growth 2016-05-05..2016-06-01 27/31 522.54
            2016-05-07: 282.26 charged 282.26 paid
            - starter 2016-05-07..2016-06-01 25/31 201.57
            + growth 2016-05-07..2016-06-01 25/31 483.83
            states: 2016-05-01 Active
        ",
    ),
    (
        "an upgrade that is declined leaves the balance where it was",
        "
            2016-05-01 subscribe starter month
            2016-05-21 cancel now
            2016-06-01 subscribe free month
            2016-06-02 card soft
            2016-06-03 change growth month
            until 2016-06-04
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-21: -88.69 charged 0.00 paid
            - starter 2016-05-21..2016-06-01 11/31 88.69
            2016-06-01: 0.00 charged 0.00 paid
            + free 2016-06-01..2016-07-01 30/30 0.00
            2016-06-03: 559.95 charged 0.00 void
            + growth 2016-06-03..2016-07-01 28/30 559.95
            states: 2016-05-01 Active, 2016-05-21 Ended, 2016-06-01 Active
            balance: 88.69
        ",
    ),
    (
        "a renewal that fails is tried on days 3, 7, 10 and 14, and then the account is paused",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card soft
            until 2016-06-15
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 0.00 open
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-15 Paused
        ",
    ),
    (
        "the third retry succeeds",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card soft
            2016-06-09 card ok
            until 2016-06-15
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid 2016-06-11
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-11 Active
        ",
    ),
    (
        "paying by hand ends the debt at once",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card soft
            2016-06-05 card ok
            2016-06-05 pay
            until 2016-06-15
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid 2016-06-05
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-05 Active
        ",
    ),
    (
        "paying a paused account within the period restores what was there",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card soft
            2016-06-20 card ok
            2016-06-20 pay
            until 2016-07-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid 2016-06-20
            + starter 2016-06-01..2016-07-01 30/30 249.95
            2016-07-01: 249.95 charged 249.95 paid
            + starter 2016-07-01..2016-08-01 31/31 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-15 Paused, 2016-06-20 Active
        ",
    ),
    (
        "a pause over the end of the period: what is paused is not billed, and the next part begins with the day it was paid",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card soft
            2016-07-10 card ok
            2016-07-10 pay
            until 2016-08-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid 2016-07-10
            + starter 2016-06-01..2016-07-01 30/30 249.95
            2016-07-10: 177.38 charged 177.38 paid
            + starter 2016-07-10..2016-08-01 22/31 177.38
            2016-08-01: 249.95 charged 249.95 paid
            + starter 2016-08-01..2016-09-01 31/31 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-15 Paused, 2016-07-10 Active
        ",
    ),
    (
        "paying a paused account with a card that fails changes nothing",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card soft
            2016-06-20 pay
            until 2016-07-10
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 0.00 open
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-15 Paused
        ",
    ),
    (
        "a hard decline is not tried again, and the dates go on",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card hard
            until 2016-06-20
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 0.00 open
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-15 Paused
        ",
    ),
    (
        "after a hard decline a new card is tried on the next date",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card hard
            2016-06-05 card ok
            until 2016-06-20
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid 2016-06-08
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-08 Active
        ",
    ),
    (
        "without a card it is the same as with a dead one",
        "
            2016-05-01 subscribe starter month trial=7
            2016-05-02 card none
            until 2016-05-31
        ",
        "
            2016-05-08: 249.95 charged 0.00 open
            + starter 2016-05-08..2016-06-08 31/31 249.95
            states: 2016-05-01 Trialing, 2016-05-08 Active, 2016-05-08 PastDue, 2016-05-22 Paused
        ",
    ),
    (
        "the first payment fails",
        "
            2016-05-01 card soft
            2016-05-01 subscribe starter month
            until 2016-05-20
        ",
        "
            2016-05-01: 249.95 charged 0.00 open
            + starter 2016-05-01..2016-06-01 31/31 249.95
            states: 2016-05-01 Active, 2016-05-01 PastDue, 2016-05-15 Paused
        ",
    ),
    (
        "a period that ends while past due is billed too, and one payment after the other ends the debt",
        "
            2016-04-28 card soft
            2016-04-28 subscribe starter month anchor=1
            2016-05-06 card ok
            until 2016-05-20
        ",
        "
            2016-04-28: 25.00 charged 25.00 paid 2016-05-08
            + starter 2016-04-28..2016-05-01 3/30 25.00
            2016-05-01: 249.95 charged 249.95 paid 2016-05-08
            + starter 2016-05-01..2016-06-01 31/31 249.95
            states: 2016-04-28 Active, 2016-04-28 PastDue, 2016-05-08 Active
        ",
    ),
    (
        "unreachable is no decline: the invoice is open, and nothing else happens",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card unreachable
            until 2016-06-30
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 0.00 open
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "when it can be reached again it is charged once",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card unreachable
            2016-06-10T13:00:00Z card ok
            until 2016-06-30
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid 2016-06-11
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "and when it declines then, the timetable begins then",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card unreachable
            2016-06-10T13:00:00Z card soft
            until 2016-06-26
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 0.00 open
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-11 PastDue, 2016-06-25 Paused
        ",
    ),
    (
        "asking now instead of charging now",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card unreachable
            2016-06-10T13:00:00Z card ok
            2016-06-10T14:00:00Z pay
            until 2016-06-10T15:00:00Z
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid 2016-06-10
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "two periods wait for an answer",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card unreachable
            2016-07-10 card ok
            until 2016-07-15
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid 2016-07-11
            + starter 2016-06-01..2016-07-01 30/30 249.95
            2016-07-01: 249.95 charged 249.95 paid 2016-07-11
            + starter 2016-07-01..2016-08-01 31/31 249.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "an upgrade that was never heard of is dropped",
        "
            2016-05-01 subscribe starter month
            2016-05-04 card unreachable
            2016-05-05 change growth month
            2016-05-06 card ok
            until 2016-06-01
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-05-05: 304.84 charged 0.00 void
            - starter 2016-05-05..2016-06-01 27/31 217.70
            + growth 2016-05-05..2016-06-01 27/31 522.54
            2016-06-01: 249.95 charged 249.95 paid
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active
        ",
    ),
    (
        "a downgrade while past due",
        "
            2016-05-01 subscribe growth month
            2016-05-20 card soft
            2016-06-02 change starter month
            2016-06-03 card ok
            until 2016-07-01
        ",
        "
            2016-05-01: 599.95 charged 599.95 paid
            + growth 2016-05-01..2016-06-01 31/31 599.95
            2016-06-01: 599.95 charged 599.95 paid 2016-06-04
            + growth 2016-06-01..2016-07-01 30/30 599.95
            2016-07-01: 249.95 charged 249.95 paid
            + starter 2016-07-01..2016-08-01 31/31 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-04 Active
        ",
    ),
    (
        "cancelling while past due ends with the period, and the debt stays",
        "
            2016-05-01 subscribe starter month
            2016-05-31 card soft
            2016-06-03 cancel period_end
            until 2016-07-10
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 0.00 open
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-15 Paused, 2016-07-01 Ended
        ",
    ),
    (
        "and when it is paid meanwhile it is ending",
        "
            2016-05-01 subscribe starter month
            2016-05-31 card soft
            2016-06-03 cancel period_end
            2016-06-05 card ok
            until 2016-07-10
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 249.95 paid 2016-06-08
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-08 Ending, 2016-07-01 Ended
        ",
    ),
    (
        "cancelling now while past due: what is open for days to come is void",
        "
            2016-05-01 subscribe starter month
            2016-05-31 card soft
            2016-06-03 cancel now
            until 2016-07-10
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 0.00 void
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-03 Ended
        ",
    ),
    (
        "whoever is paused and cancels is at the end",
        "
            2016-05-01 subscribe starter month
            2016-05-31 card soft
            2016-06-20 cancel period_end
            until 2016-07-10
        ",
        "
            2016-05-01: 249.95 charged 249.95 paid
            + starter 2016-05-01..2016-06-01 31/31 249.95
            2016-06-01: 249.95 charged 0.00 void
            + starter 2016-06-01..2016-07-01 30/30 249.95
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-15 Paused, 2016-06-20 Ended
        ",
    ),
    (
        "a yearly plan that is paused for more than its year",
        "
            2016-05-01 subscribe starter year
            2017-04-20 card soft
            2018-06-10 card ok
            2018-06-10 pay
            until 2018-06-10
        ",
        "
            2016-05-01: 2499.50 charged 2499.50 paid
            + starter 2016-05-01..2017-05-01 365/365 2499.50
            2017-05-01: 2499.50 charged 2499.50 paid 2018-06-10
            + starter 2017-05-01..2018-05-01 365/365 2499.50
            2018-06-10: 2225.58 charged 2225.58 paid
            + starter 2018-06-10..2019-05-01 325/365 2225.58
            states: 2016-05-01 Active, 2017-05-01 PastDue, 2017-05-15 Paused, 2018-06-10 Active
        ",
    ),
    (
        "what waits for the end of the period happens after the pause",
        "
            2016-05-01 subscribe growth month
            2016-05-05 change starter month
            2016-05-31 card soft
            2016-07-10 card ok
            2016-07-10 pay
            until 2016-07-10
        ",
        "
            2016-05-01: 599.95 charged 599.95 paid
            + growth 2016-05-01..2016-06-01 31/31 599.95
            2016-06-01: 249.95 charged 249.95 paid 2016-07-10
            + starter 2016-06-01..2016-07-01 30/30 249.95
            2016-07-10: 177.38 charged 177.38 paid
            + starter 2016-07-10..2016-08-01 22/31 177.38
            states: 2016-05-01 Active, 2016-06-01 PastDue, 2016-06-15 Paused, 2016-07-10 Active
        ",
    ),
    (
        "there is nothing to change yet",
        "
            2016-05-01 change growth month
            until 2016-05-02
        ",
        "
            Event 1 cannot happen. There is no subscription yet. Choose a plan first.
        ",
    ),
    (
        "nobody subscribes twice",
        "
            2016-05-01 subscribe starter month
            2016-05-02 subscribe growth month
            until 2016-05-02
        ",
        "
            Event 2 cannot happen. There is a subscription already. Change its plan instead.
        ",
    ),
    (
        "nobody chooses what they have",
        "
            2016-05-01 subscribe starter month
            2016-05-02 change starter month
            until 2016-05-02
        ",
        "
            Event 2 cannot happen. You have chosen this plan already.
        ",
    ),
    (
        "nobody changes what has ended",
        "
            2016-05-01 subscribe starter month
            2016-05-02 cancel now
            2016-05-03 change growth month
            until 2016-05-03
        ",
        "
            Event 3 cannot happen. The subscription has ended. Choose a plan to begin a new one.
        ",
    ),
    (
        "nobody cancels twice",
        "
            2016-05-01 subscribe starter month
            2016-05-02 cancel period_end
            2016-05-03 cancel period_end
            until 2016-05-03
        ",
        "
            Event 3 cannot happen. The subscription ends at the end of the period already.
        ",
    ),
    (
        "an upgrade needs a paid account",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card soft
            2016-06-02 change growth month
            until 2016-06-03
        ",
        "
            Event 3 cannot happen. An invoice is not paid yet. Please pay it first.
        ",
    ),
    (
        "a paused account changes nothing",
        "
            2016-05-01 subscribe growth month
            2016-05-20 card soft
            2016-06-20 change starter month
            until 2016-06-21
        ",
        "
            Event 3 cannot happen. An invoice is not paid yet. Please pay it first.
        ",
    ),
    (
        "nothing is charged while a charge is in doubt",
        "
            2016-05-01 subscribe starter month
            2016-05-20 card unreachable
            2016-06-02 change growth month
            until 2016-06-03
        ",
        "
            Event 3 cannot happen. A payment is under way, and its outcome is not known yet. Please try again a little later.
        ",
    ),
    (
        "nobody pays what is not owed",
        "
            2016-05-01 subscribe starter month
            2016-05-02 pay
            until 2016-05-03
        ",
        "
            Event 2 cannot happen. Nothing is owed.
        ",
    ),
    (
        "a debt is paid before one subscribes again",
        "
            2016-05-01 card soft
            2016-05-01 subscribe starter month
            2016-05-02 cancel period_end
            2016-06-10 subscribe starter month
            until 2016-06-11
        ",
        "
            Event 4 cannot happen. An invoice is not paid yet. Please pay it first.
        ",
    ),
    (
        "a plan that is none",
        "
            2016-05-01 subscribe gold month
            until 2016-05-02
        ",
        "
            Event 1 names the plan “gold”, which is not among the plans.
        ",
    ),
    (
        "events are in order",
        "
            2016-05-02 subscribe starter month
            2016-05-01 change growth month
            until 2016-05-02
        ",
        "
            Event 2 happens before the one above it. Put the events in order.
        ",
    ),
    (
        "the end comes last",
        "
            2016-05-02 subscribe starter month
            until 2016-05-01
        ",
        "
            “until” is before the last event.
        ",
    ),
    (
        "no month has a day 32",
        "
            2016-05-02 subscribe starter month anchor=32
            until 2016-05-03
        ",
        "
            Event 1 has an anchor day that no month has. Choose 1 to 31.
        ",
    ),
    (
        "nobody lives so long",
        "
            2016-05-02 subscribe starter month
            until 2099-05-03
        ",
        "
            A scenario may span at most 50 years, from 1900 to 2200.
        ",
    ),
];

#[test]
fn stories_come_to_what_they_should() {
    let mut wrong = String::new();
    for (name, story, expected) in STORIES {
        let told = Story::read(story).told();
        if lines(&told) != lines(expected) {
            wrong.push_str(&format!("## {name}\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "came to something else:\n{wrong}");
    println!("{} stories", STORIES.len());
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}
