use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, AppointmentId, CalendarId, MemberId,
    calendars::AppointmentState,
    staff::leaving::{
        AppointmentNow, AppointmentPut, Draw, Fate, HeldAppointment, Returned, return_appointment,
    },
};
use uuid::Uuid;

use crate::{
    Result,
    calendars::{
        letters::AppointmentNews,
        queries::handing::{self, Came},
    },
    db::Tx,
    id::uuids,
    jobs,
    mail::{Letter, SendLetter},
};

/// An appointment and what becomes of it.
pub(crate) struct HandedAppointment<'a> {
    pub appointment: &'a HeldAppointment,
    pub fate: Fate,
    pub draw: &'a Draw,
}

/// Gives appointments of `member` to others, or cancels them; visitors and new hosts hear of it. Answers what undoing needs to know of
/// each: none for what stays. Call it after [`super::hold`].
///
/// # Errors
/// [`domain::Refusal::ChangedMeanwhile`] when somebody is not free.
pub(crate) async fn give_appointments(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    things: &[HandedAppointment<'_>],
    now: DateTime<Utc>,
) -> Result<HashMap<AppointmentId, AppointmentPut>> {
    let is_moved = |fate| matches!(fate, Fate::To(_) | Fate::WithOthers);
    let moved: Vec<_> = things.iter().filter(|one| is_moved(one.fate)).collect();
    let cancelled: Vec<_> = things.iter().filter(|one| one.fate == Fate::Cancelled).collect();
    let ids = uuids(moved.iter().map(|one| one.appointment.id));
    let to: Vec<_> = moved.iter().map(|one| one.fate.receiver().map(Uuid::from)).collect();
    handing::replace_hosts(tx, account, &ids, &vec![Some(member.0); ids.len()], &to).await?;

    let none = Draw::new();
    let with_draws: Vec<_> = moved.iter().map(|one| (one.appointment.id, one.draw)).collect();
    let without: Vec<_> = cancelled.iter().map(|one| (one.appointment.id, &none)).collect();
    let came_moved = handing::settle(tx, account, &with_draws, AppointmentState::Booked).await?;
    let came_cancelled = handing::settle(tx, account, &without, AppointmentState::Cancelled).await?;

    let changed = || moved.iter().chain(&cancelled);
    let mut credits = Credits::default();
    for one in changed() {
        credits.take_back(one.appointment.calendar, &one.appointment.moves);
        credits.give(one.appointment.calendar, one.draw, one.fate.receiver());
    }
    credits.write(tx, account, now).await?;

    let mut letters = Letters::new(account);
    letters.tell_visitors(&came_moved, AppointmentNews::Moved);
    letters.tell_visitors(&came_cancelled, AppointmentNews::Cancelled);
    let receivers = moved.iter().filter_map(|one| Some((one.appointment.id, one.fate.receiver()?)));
    letters.tell_hosts(&came_moved, &receivers.collect(), AppointmentNews::Booked);
    letters.send(tx, now).await?;

    let versions: HashMap<_, _> =
        came_moved.iter().chain(&came_cancelled).map(|came| (came.id, came.version)).collect();
    let put = |one: &&HandedAppointment<'_>| {
        let version = *versions.get(&one.appointment.id)?;
        let put = AppointmentPut { version, before: one.appointment.moves.clone(), after: one.draw.clone() };
        Some((one.appointment.id, put))
    };
    Ok(changed().filter_map(put).collect())
}

/// What a leaving did to an appointment.
pub(crate) struct ReturnedAppointment {
    pub id: AppointmentId,
    pub fate: Fate,
    pub put: AppointmentPut,
}

/// Gives back to `member` what still stands where it was put; everybody concerned hears of it. Answers what came of each.
/// Call it after [`super::hold_returning`].
///
/// # Errors
/// [`domain::Refusal::ChangedMeanwhile`] when they were booked at the same instant.
pub(crate) async fn return_appointments(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    things: &[ReturnedAppointment],
    left_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Returned>> {
    if things.is_empty() {
        return Ok(vec![]);
    }
    let ids = uuids(things.iter().map(|one| one.id));
    let stands = handing::standing(tx, account, &ids, member, left_at).await?;
    let stands: HashMap<_, _> = stands.into_iter().map(|one| (one.id, one)).collect();
    let returned: Vec<_> = things
        .iter()
        .map(|one| {
            let stands = stands.get(&one.id).map(|stands| AppointmentNow {
                version: stands.version,
                state: stands.state,
                starts_at: stands.starts_at,
                is_free: stands.is_free,
                is_replaced: stands.is_replaced,
            });
            return_appointment(&one.put, one.fate == Fate::Cancelled, stands.as_ref(), now)
        })
        .collect();
    let back: Vec<_> =
        things.iter().zip(&returned).filter(|(_, returned)| returned.is_back()).map(|(one, _)| one).collect();
    let calendar_of = |id: AppointmentId| stands.get(&id).map(|stands| stands.calendar);
    give_back(tx, account, member, &back, calendar_of, now).await?;
    Ok(returned)
}

async fn give_back(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    back: &[&ReturnedAppointment],
    calendar_of: impl Fn(AppointmentId) -> Option<CalendarId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let moved: Vec<_> = back.iter().filter(|one| one.fate != Fate::Cancelled).collect();
    let ids = uuids(moved.iter().map(|one| one.id));
    let from: Vec<_> = moved.iter().map(|one| one.fate.receiver().map(Uuid::from)).collect();
    handing::replace_hosts(tx, account, &ids, &from, &vec![Some(member.0); ids.len()]).await?;
    let draws: Vec<_> = back.iter().map(|one| (one.id, &one.put.before)).collect();
    let came = handing::settle(tx, account, &draws, AppointmentState::Booked).await?;

    let mut credits = Credits::default();
    for one in back {
        if let Some(calendar) = calendar_of(one.id) {
            credits.take_back(calendar, &one.put.after);
            credits.give(calendar, &one.put.before, None);
        }
    }
    credits.write(tx, account, now).await?;

    let is_again = |came: &&Came| back.iter().any(|one| one.id == came.id && one.fate == Fate::Cancelled);
    let (again, moved): (Vec<_>, Vec<_>) = came.into_iter().partition(|came| is_again(&came));
    let mut letters = Letters::new(account);
    letters.tell_visitors(&moved, AppointmentNews::Moved);
    letters.tell_visitors(&again, AppointmentNews::Booked);
    let former = back.iter().filter_map(|one| Some((one.id, one.fate.receiver()?)));
    letters.tell_hosts(&moved, &former.collect(), AppointmentNews::GivenAway);
    let theirs = back.iter().map(|one| (one.id, member)).collect();
    letters.tell_hosts(&moved, &theirs, AppointmentNews::Booked);
    letters.tell_hosts(&again, &theirs, AppointmentNews::Booked);
    letters.send(tx, now).await
}

/// Changes of the credits of round robins, summed up.
#[derive(Default)]
struct Credits(HashMap<(CalendarId, MemberId), (i64, bool)>);

impl Credits {
    fn add(&mut self, calendar: CalendarId, draw: &Draw, sign: i64) {
        for (member, credit) in draw {
            self.0.entry((calendar, *member)).or_default().0 += sign * credit;
        }
    }

    fn take_back(&mut self, calendar: CalendarId, draw: &Draw) {
        self.add(calendar, draw, -1);
    }

    /// `drawn` is whoever a draw of now gave it to.
    fn give(&mut self, calendar: CalendarId, draw: &Draw, drawn: Option<MemberId>) {
        self.add(calendar, draw, 1);
        if let Some(drawn) = drawn.filter(|_| !draw.is_empty()) {
            self.0.entry((calendar, drawn)).or_default().1 = true;
        }
    }

    async fn write(self, tx: &mut Tx, account: AccountId, now: DateTime<Utc>) -> Result<()> {
        let change = |((calendar, member), (credit, is_drawn)): ((CalendarId, MemberId), (i64, bool))| {
            (calendar, member, credit, is_drawn.then_some(now))
        };
        let credits: Vec<_> = self.0.into_iter().map(change).collect();
        if credits.is_empty() { Ok(()) } else { handing::move_credits(tx, account, &credits).await }
    }
}

/// Mails about many appointments.
struct Letters {
    account: AccountId,
    all: Vec<SendLetter>,
}

impl Letters {
    fn new(account: AccountId) -> Self {
        Self { account, all: vec![] }
    }

    fn tell_visitors(&mut self, appointments: &[Came], news: AppointmentNews) {
        for came in appointments {
            self.push(came, news, None);
        }
    }

    /// To those of `hosts` whose appointment is among these.
    fn tell_hosts(
        &mut self,
        appointments: &[Came],
        hosts: &HashMap<AppointmentId, MemberId>,
        news: AppointmentNews,
    ) {
        for came in appointments {
            if let Some(host) = hosts.get(&came.id) {
                self.push(came, news, Some(*host));
            }
        }
    }

    fn push(&mut self, came: &Came, news: AppointmentNews, to: Option<MemberId>) {
        let (account, appointment, sequence) = (self.account, came.id, came.sequence);
        self.all
            .push(SendLetter { letter: Letter::Appointment { account, appointment, sequence, news, to } });
    }

    async fn send(self, tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
        if self.all.is_empty() { Ok(()) } else { jobs::enqueue_all_at(tx, now, now, &self.all).await }
    }
}
