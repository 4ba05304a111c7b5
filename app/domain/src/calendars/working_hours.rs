use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::{Checks, Problem};

/// Intervals that one day may have.
pub const INTERVALS_PER_DAY_MAX: usize = 8;
const DAY_MINUTES: u16 = 24 * 60;

/// Working time within one local day, in minutes since midnight as the clock on the wall counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DayInterval {
    pub start_minute: u16,
    /// Up to 1440, which is 24:00.
    pub end_minute: u16,
}

impl DayInterval {
    /// # Errors
    /// [`Problem::EndBeforeStart`], also for an end after 24:00.
    pub const fn new(start_minute: u16, end_minute: u16) -> Result<Self, Problem> {
        match start_minute < end_minute && end_minute <= DAY_MINUTES {
            true => Ok(Self { start_minute, end_minute }),
            false => Err(Problem::EndBeforeStart),
        }
    }

    /// What was typed, for example "09:00" and "17:30". Fields for times know no 24:00, so an end at 00:00 is that.
    ///
    /// # Errors
    /// [`Problem::InvalidTime`], [`Problem::EndBeforeStart`].
    pub fn parse(start: &str, end: &str) -> Result<Self, Problem> {
        let start = minute(start)?;
        match minute(end)? {
            0 => Self::new(start, DAY_MINUTES),
            end => Self::new(start, end),
        }
    }
}

/// Minutes since midnight of "09:30".
fn minute(typed: &str) -> Result<u16, Problem> {
    let number = |text: &str, max: u16| -> Option<u16> {
        let is_plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|number| is_plain && *number <= max)
    };
    let parts = typed.trim().split_once(':');
    let read = parts.and_then(|(hour, minute)| Some(number(hour, 24)? * 60 + number(minute, 59)?));
    read.filter(|minute| *minute <= DAY_MINUTES).ok_or(Problem::InvalidTime)
}

/// One line of the form of working hours, unchecked. A line with neither start nor end is passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursLine {
    /// From 0 for Monday to 6 for Sunday.
    pub weekday: u8,
    pub start: String,
    pub end: String,
}

/// When somebody works in a usual week, in their own time zone. The intervals of a day are in order and do not overlap; they may
/// touch each other, also over midnight, and then an appointment may lie in both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingHours {
    /// Monday first.
    days: [Vec<DayInterval>; 7],
}

impl WorkingHours {
    /// # Errors
    /// The first day with a problem: [`Problem::HoursOverlap`], [`Problem::TooManyIntervals`].
    pub fn new(
        intervals: impl IntoIterator<Item = (Weekday, DayInterval)>,
    ) -> Result<Self, (Weekday, Problem)> {
        let mut hours = Self::default();
        for (weekday, interval) in intervals {
            hours.add(weekday, interval).map_err(|problem| (weekday, problem))?;
        }
        Ok(hours)
    }

    /// Checks every line, noting its problem for the field `hours[0]` to `hours[6]` of its day.
    pub fn check(lines: &[HoursLine], checks: &mut Checks) -> Option<Self> {
        let mut hours = Self::default();
        let mut right = true;
        let typed = lines.iter().filter(|line| !(line.start.trim().is_empty() && line.end.trim().is_empty()));
        for line in typed {
            let added = Weekday::try_from(line.weekday)
                .map_err(|_no_day| Problem::InvalidChoice)
                .and_then(|weekday| hours.add(weekday, DayInterval::parse(&line.start, &line.end)?));
            right &= checks.note(&hours_field(line.weekday), added).is_some();
        }
        right.then_some(hours)
    }

    /// As the form shows them.
    #[must_use]
    pub fn lines(&self) -> Vec<HoursLine> {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        let line = |weekday: u8, interval: &DayInterval| HoursLine {
            weekday,
            start: clock(interval.start_minute),
            end: clock(interval.end_minute),
        };
        (0..)
            .zip(&self.days)
            .flat_map(|(weekday, day)| day.iter().map(move |one| line(weekday, one)))
            .collect()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// The intervals of a local day, in order.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> &[DayInterval] {
        self.of(day.weekday())
    }

    #[must_use]
    pub fn of(&self, weekday: Weekday) -> &[DayInterval] {
        self.days.get(index(weekday)).map(Vec::as_slice).unwrap_or_default()
    }

    fn add(&mut self, weekday: Weekday, interval: DayInterval) -> Result<(), Problem> {
        let Some(day) = self.days.get_mut(index(weekday)) else { return Ok(()) };
        let next = day.partition_point(|other| other.start_minute < interval.start_minute);
        let reaches_into = |before: &DayInterval, after: &DayInterval| before.end_minute > after.start_minute;
        let before = next.checked_sub(1).and_then(|last| day.get(last));
        if before.is_some_and(|before| reaches_into(before, &interval))
            || day.get(next).is_some_and(|after| reaches_into(&interval, after))
        {
            return Err(Problem::HoursOverlap);
        }
        if day.len() == INTERVALS_PER_DAY_MAX {
            return Err(Problem::TooManyIntervals { max: INTERVALS_PER_DAY_MAX });
        }
        day.insert(next, interval);
        Ok(())
    }
}

/// The name of the form field that the problems of a day belong to.
#[must_use]
pub fn hours_field(weekday: u8) -> String {
    format!("hours[{weekday}]")
}

fn index(weekday: Weekday) -> usize {
    weekday.num_days_from_monday() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(weekday: u8, start: &str, end: &str) -> HoursLine {
        HoursLine { weekday, start: start.into(), end: end.into() }
    }
    fn check(lines: &[HoursLine]) -> Result<WorkingHours, crate::Refusal> {
        let mut checks = Checks::default();
        let hours = WorkingHours::check(lines, &mut checks);
        checks.finish(hours)
    }

    #[test]
    fn a_day_may_have_a_break_and_may_end_at_midnight() {
        let lines = [
            line(0, "13:00", "17:30"),
            line(0, "9:00", "12:00"),
            line(5, "20:00", "00:00"),
            line(6, " ", ""),
        ];
        let hours = check(&lines).unwrap();
        let monday = [(540, 720), (780, 1050)].map(|(start, end)| DayInterval::new(start, end).unwrap());
        assert_eq!(hours.of(Weekday::Mon), monday);
        assert_eq!(hours.of(Weekday::Sat), [DayInterval::parse("20:00", "24:00").unwrap()]);
        assert_eq!(hours.of(Weekday::Sun), []);
        assert!(!hours.is_empty() && WorkingHours::default().is_empty());
        assert_eq!(check(&hours.lines()), Ok(hours), "the form shows what was set");
    }

    #[test]
    fn the_problems_of_all_days_are_told_at_once() {
        let refusal = check(&[
            line(0, "09:00", "12:00"),
            line(0, "11:59", "13:00"),
            line(1, "17:00", "09:00"),
            line(2, "nine", "17:00"),
            line(3, "09:00", "09:00"),
            line(4, "09:00", "24:01"),
            line(5, "09:00", "17:00"),
            line(9, "09:00", "17:00"),
        ])
        .unwrap_err();
        let told = |weekday| refusal.problem(&hours_field(weekday)).cloned();
        assert_eq!(told(0), Some(Problem::HoursOverlap));
        assert_eq!(told(1), Some(Problem::EndBeforeStart));
        assert_eq!(told(2), Some(Problem::InvalidTime));
        assert_eq!(told(3), Some(Problem::EndBeforeStart));
        assert_eq!(told(4), Some(Problem::InvalidTime));
        assert_eq!(told(5), None);
        assert_eq!(told(9), Some(Problem::InvalidChoice));
    }

    #[test]
    fn intervals_may_touch_but_neither_overlap_nor_be_endless() {
        let hour = |hour: u16| (Weekday::Tue, DayInterval::new(hour * 60, hour * 60 + 60).unwrap());
        assert!(WorkingHours::new((0..8).map(hour)).is_ok());
        let refused = WorkingHours::new((0..9).map(hour)).unwrap_err();
        assert_eq!(refused, (Weekday::Tue, Problem::TooManyIntervals { max: 8 }));
        let around = (Weekday::Tue, DayInterval::new(0, 600).unwrap());
        assert_eq!(WorkingHours::new([hour(5), around]).unwrap_err().1, Problem::HoursOverlap);
        assert_eq!(WorkingHours::new([hour(5), hour(5)]).unwrap_err().1, Problem::HoursOverlap);
    }
}
