//! Booking: for a visitor and by the staff alike.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, AppointmentId, CalendarId, MemberId, Problem, Refusal,
    activity::AppointmentAct,
    calendars::{BookingForm, Calendar, CalendarRules, CalendarSettings, Span, Visitor},
};
use uuid::Uuid;

use super::{
    letters::AppointmentNews,
    offer::{Asked, Chosen, Supply, known_zone},
    queries::{
        self,
        appointment::{NewAppointment, Repeated},
    },
    record::{Told, event_hosts, record, reloaded},
};
use crate::{Access, Backend, Result, account, db::Tx, id, keys};

/// Other hosts that are tried when somebody was quicker, each in a transaction of its own.
const ATTEMPTS: u32 = 8;

/// A booking that is asked for.
pub(super) struct Wanted<'a> {
    /// Steward's own for a visitor.
    pub access: &'a Access,
    pub calendar: CalendarId,
    pub form: &'a BookingForm,
    /// Chosen by hand; none for whose turn it is.
    pub host: Option<MemberId>,
    /// The staff books also in closed calendars, and as late as it likes.
    pub by_staff: bool,
}

/// What came of it.
pub(super) struct Placed {
    pub id: AppointmentId,
    pub nonce: Vec<u8>,
}

/// Books. The same form again answers the appointment that came of it.
///
/// # Errors
/// [`Refusal::NotFound`] for a calendar that is not there or, for visitors, closed; [`Refusal::Invalid`] for the fields of the form;
/// [`Refusal::TimeTaken`] for a time that is not offered; [`Refusal::ChangedMeanwhile`] when the form's key was used for another
/// booking.
pub(super) async fn place(backend: &Backend, wanted: &Wanted<'_>) -> Result<Placed> {
    for _ in 0..ATTEMPTS {
        if let Some(placed) = attempt(backend, wanted).await? {
            return Ok(placed);
        }
    }
    Err(Refusal::TimeTaken.into())
}

/// None when somebody got the chosen host in another calendar at the same instant.
async fn attempt(backend: &Backend, wanted: &Wanted<'_>) -> Result<Option<Placed>> {
    let (account, now) = (wanted.access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let (calendar, settings) = held(&mut tx, account, wanted).await?;
    let (starts_at, visitor) = wanted.form.check(&settings.questions)?;
    let request_hash = request_hash(&wanted.form.request_key)?;
    let repeated = queries::appointment::of_request(&mut tx, account, calendar.id, &request_hash).await?;
    if let Some(repeated) = repeated {
        return same(repeated, starts_at, &visitor, wanted.host).map(Some);
    }
    let rules = wanted.rules(settings.rules);
    let chosen = chosen(&mut tx, account, &calendar, rules, wanted, (starts_at, now)).await?;
    let account_zone = account::time_zone(&mut tx, account).await?;
    let nonce = keys::random_bytes();
    let new = NewAppointment {
        id: id::new(now),
        calendar: calendar.id,
        visitor: &visitor,
        visitor_zone: &known_zone(&wanted.form.time_zone, &account_zone),
        time: Span { starts_at, ends_at: starts_at + rules.duration() },
        booked_by: wanted.access.member_id(),
        nonce: &nonce,
        request_hash: &request_hash,
        moves: &chosen.moves,
        now,
    };
    queries::appointment::insert(&mut tx, account, &new).await?;
    if !give(&mut tx, account, (calendar.id, new.id), &chosen, rules.occupied(starts_at)).await? {
        return Ok(None);
    }
    tell(&mut tx, backend, wanted, new.id).await?;
    tx.commit().await?;
    Ok(Some(Placed { id: new.id, nonce: nonce.to_vec() }))
}

impl Wanted<'_> {
    fn rules(&self, rules: CalendarRules) -> CalendarRules {
        if self.by_staff { CalendarRules { minimum_notice_minutes: 0, ..rules } } else { rules }
    }
}

async fn held(tx: &mut Tx, account: AccountId, wanted: &Wanted<'_>) -> Result<(Calendar, CalendarSettings)> {
    let found = queries::calendar::hold(tx, account, wanted.calendar).await?;
    let open = found.filter(|(calendar, _)| calendar.is_active || wanted.by_staff);
    Ok(open.ok_or(Refusal::NotFound)?)
}

/// Pages make keys that nobody guesses: whoever sends one of another's bookings again would be answered with its link.
fn request_hash(key: &str) -> Result<[u8; 32], Refusal> {
    match keys::decode(key) {
        Some(bytes) if bytes.len() == keys::TOKEN_BYTES => Ok(keys::BearerToken::hash_of(key)),
        _ => Err(Refusal::field("request_key", Problem::InvalidChoice)),
    }
}

/// The same form that is sent again is answered with the same booking; another one, or one whose booking was cancelled since, is not.
fn same(
    repeated: Repeated,
    starts_at: DateTime<Utc>,
    visitor: &Visitor,
    host: Option<MemberId>,
) -> Result<Placed> {
    let is_same = repeated.is_booked
        && repeated.starts_at == starts_at
        && repeated.visitor_name == visitor.name
        && repeated.visitor_email == visitor.email.as_str()
        && host.is_none_or(|host| repeated.hosts.contains(&host.0));
    if !is_same {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    Ok(Placed { id: repeated.id, nonce: repeated.nonce })
}

async fn chosen(
    tx: &mut Tx,
    account: AccountId,
    calendar: &Calendar,
    rules: CalendarRules,
    wanted: &Wanted<'_>,
    (starts_at, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Chosen> {
    let within = Span { starts_at, ends_at: starts_at };
    let asked = Asked { calendar, rules, within, except: None, only: wanted.host };
    let supply = Supply::load(tx, account, &asked).await?;
    let slot = supply.slot(starts_at, now).ok_or(Refusal::TimeTaken)?;
    Ok(supply.choose(&slot, now).ok_or(Refusal::TimeTaken)?)
}

/// Gives an appointment to the chosen, and keeps whose turn it is next. Answers whether they are free: if not, the transaction is
/// lost.
pub(super) async fn give(
    tx: &mut Tx,
    account: AccountId,
    (calendar, appointment): (CalendarId, AppointmentId),
    chosen: &Chosen,
    occupied: Span,
) -> Result<bool> {
    let hosts: Vec<Uuid> = chosen.hosts.iter().map(|host| host.0).collect();
    queries::host::hold(tx, account, &hosts).await?;
    // Whoever was deactivated, or blocked the time, while this waited for them.
    if !queries::host::are_there(tx, account, &hosts, occupied).await? {
        return Ok(false);
    }
    if !queries::appointment::put_hosts(tx, account, appointment, &hosts, occupied).await? {
        return Ok(false);
    }
    queries::host::put_turns(tx, account, calendar, &chosen.turns).await?;
    Ok(true)
}

async fn tell(tx: &mut Tx, backend: &Backend, wanted: &Wanted<'_>, id: AppointmentId) -> Result<()> {
    let stored = reloaded(tx, wanted.access.account(), id).await?;
    let told = Told::about(wanted.access.account(), &stored);
    told.tell_all(tx, backend, AppointmentNews::Booked, &stored.hosts).await?;
    let did = AppointmentAct::Booked {
        calendar: stored.calendar.id,
        calendar_name: stored.calendar.name.clone(),
        hosts: event_hosts(&stored.hosts),
        at: account::local(stored.starts_at, &stored.account_zone).text,
        by_visitor: !wanted.by_staff,
    };
    record(tx, backend, wanted.access, &stored, did).await
}
