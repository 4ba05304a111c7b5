//! Guests: members whose access ends by itself after a last day. They and whoever let them in are reminded before.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::{
    AccountId, MemberId, Refusal,
    activity::Event,
    staff::{LAST_DAY_REMINDERS, LastDay, MemberDetails, MemberState},
};
use serde::{Deserialize, Serialize};

use super::{
    acted_on::{load, shut_out},
    queries::member as queries,
};
use crate::{
    Access, Backend, Result, account,
    account::zone::{local_day, start_of_day},
    activity,
    db::Tx,
    jobs::{self, Job},
    mail::{Action, Letter, Message, SendLetter},
    permissions::note_given,
};

/// The hour of the account's day at which reminders are sent.
const REMINDER_HOUR: i64 = 9;

/// When the access of a guest ends: with the last day, by the account's clocks.
pub(super) fn end_of(last_day: LastDay, time_zone: &str) -> DateTime<Utc> {
    start_of_day(last_day.0 + Days::new(1), time_zone)
}

/// Sees to it that a guest and `host`, who let them in, are reminded and that the access ends. Whoever writes a last day calls it in
/// the same transaction; what was planned for another day is passed over when its time comes, and holds when the day is taken back.
pub(super) async fn plan(
    tx: &mut Tx,
    account: AccountId,
    guest: MemberId,
    host: Option<MemberId>,
    last_day: LastDay,
    now: DateTime<Utc>,
) -> Result<()> {
    let time_zone = account::time_zone(tx, account).await?;
    for days in LAST_DAY_REMINDERS {
        let at = start_of_day(last_day.0 - Days::new(days), &time_zone) + Duration::hours(REMINDER_HOUR);
        if at <= now {
            continue;
        }
        for to in [Some(guest), host.filter(|host| *host != guest)].into_iter().flatten() {
            let letter = Letter::LastDay { account, guest, to, last_day: last_day.0 };
            jobs::enqueue_once_at(tx, now, at, &SendLetter { letter }).await?;
        }
    }
    let end = EndAccess { account, guest, last_day: last_day.0 };
    jobs::enqueue_once_at(tx, now, end_of(last_day, &time_zone), &end).await?;
    Ok(())
}

/// # Errors
/// [`Refusal::Invalid`] for `last_day` when the one who acts has access for a shorter time than that.
pub(super) async fn require_may_give(tx: &mut Tx, access: &Access, last_day: Option<LastDay>) -> Result<()> {
    let Some(actor) = access.member_id() else { return Ok(()) };
    let own = queries::last_day(tx, access.account(), actor).await?;
    LastDay::may_give(own, last_day).map_err(|problem| Refusal::field("last_day", problem).into())
}

/// Writes down that a guest's access has ended. It does not count any more from the end of the day on, however late this runs.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndAccess {
    account: AccountId,
    guest: MemberId,
    last_day: NaiveDate,
}

impl Job for EndAccess {
    const NAME: &'static str = "end_access";

    async fn run(&self, backend: &Backend) -> Result<()> {
        let (access, now) = (Access::steward(self.account), backend.clock.now());
        let mut tx = backend.db.tenant(self.account).await?;
        account::lock(&mut tx, self.account).await?;
        let Some(last_day) = still_planned(&mut tx, self.account, self.guest, self.last_day, now).await?
        else {
            return Ok(());
        };
        // The account may have moved to another zone meanwhile.
        let end = end_of(last_day, &account::time_zone(&mut tx, self.account).await?);
        if now < end {
            jobs::enqueue_at(&mut tx, now, end, self).await?;
            tx.commit().await?;
            return Ok(());
        }
        let (member, standing) = load(&mut tx, backend, &access, self.guest).await?;
        shut_out(&mut tx, &access, &member, standing.deactivated()?, now).await?;
        note_given(&mut tx, self.account, self.guest, None, now).await?;
        let name = member.name.full();
        let event = Event::GuestEnded { member: self.guest, name, last_day: last_day.words() };
        activity::record(&mut tx, &access, now, &event).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The day, when the guest is active and still has it.
async fn still_planned(
    tx: &mut Tx,
    account: AccountId,
    guest: MemberId,
    last_day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<LastDay>> {
    let member = queries::details(tx, account, guest, now).await?;
    Ok(member
        .filter(|member| member.state == MemberState::Active)
        .and_then(|member| member.last_day)
        .filter(|day| day.0 == last_day))
}

/// Whether a member is back although their last day is over: it would shut them out again at once.
pub(super) fn is_over(member: &MemberDetails, time_zone: &str, now: DateTime<Utc>) -> bool {
    member.last_day.is_some_and(|day| day.0 < local_day(now, time_zone))
}

/// The reminder; none when the day has changed, or when either is not active any more.
///
/// # Errors
/// [`crate::Error::Internal`].
pub(crate) async fn reminder(
    backend: &Backend,
    account: AccountId,
    guest: MemberId,
    to: MemberId,
    last_day: NaiveDate,
) -> Result<Option<Message>> {
    let mut tx = backend.db.tenant(account).await?;
    let now = backend.clock.now();
    let Some(day) = still_planned(&mut tx, account, guest, last_day, now).await? else { return Ok(None) };
    let about = queries::details(&mut tx, account, guest, now).await?;
    let receiver = queries::details(&mut tx, account, to, now).await?;
    let account_name = account::load(&mut tx, account).await?.name;
    tx.commit().await?;
    let (Some(about), Some(receiver)) = (about, receiver) else { return Ok(None) };
    if receiver.state != MemberState::Active {
        return Ok(None);
    }
    let (until, name) = (day.words(), about.name.full());
    let hello = format!("Hello {},", receiver.name.first);
    let message = if guest == to {
        Message {
            attachment: None,
            to: receiver.email,
            sender_name: account_name.clone(),
            subject: format!("Your access to {account_name} ends on {until}"),
            paragraphs: vec![
                hello,
                format!("{until} is your last day in {account_name}. Your access ends by itself after it."),
            ],
            action: Some(Action { label: format!("Open {account_name}"), url: backend.link("/") }),
            note: format!("If you should need it longer, ask an Admin of {account_name}."),
        }
    } else {
        Message {
            attachment: None,
            to: receiver.email,
            sender_name: account_name.clone(),
            subject: format!("{name}’s access to {account_name} ends on {until}"),
            paragraphs: vec![
                hello,
                format!(
                    "{until} is {name}’s last day in {account_name}. Their access ends by itself after it."
                ),
            ],
            action: Some(Action {
                label: format!("Open {name}"),
                url: backend.link(&format!("/settings/staff/{guest}")),
            }),
            note: "To let them stay longer, change or empty their last day.".to_owned(),
        }
    };
    Ok(Some(message))
}
