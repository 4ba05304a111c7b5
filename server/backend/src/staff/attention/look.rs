use std::collections::HashMap;

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::{AccountId, MemberId, calendars::Finding};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Backend, Result,
    account::{
        self,
        zone::{local_day, start_of_day},
    },
    db::Tx,
    jobs::{self, Job},
    mail::{Letter, SendLetter},
    operator,
    staff::queries::{attention as queries, finding, readiness},
};

/// The hour of the account's day at which it is looked over.
const HOUR: i64 = 7;

/// Sees to it that every account is looked over next morning. Every worker does it once a day, so that an account is found that was
/// made since, or whose look was lost.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn plan_looks(backend: &Backend) -> Result<()> {
    for account in operator::account_ids(backend).await? {
        let mut tx = backend.db.tenant(account).await?;
        if let Some(looked) = queries::looked(&mut tx, account).await? {
            plan(&mut tx, account, &looked.time_zone, backend.clock.now()).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// For the next morning that begins after `now`.
async fn plan(tx: &mut Tx, account: AccountId, time_zone: &str, now: DateTime<Utc>) -> Result<()> {
    let morning = |day: NaiveDate| start_of_day(day, time_zone) + Duration::hours(HOUR);
    let today = local_day(now, time_zone);
    let next = if now < morning(today) { morning(today) } else { morning(today + Days::new(1)) };
    jobs::enqueue_once_at(tx, now, next, &LookOver { account }).await
}

/// Looks an account over, once a day however often it runs, and plans to do so again.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookOver {
    account: AccountId,
}

impl Job for LookOver {
    const NAME: &'static str = "look_over";

    async fn run(&self, backend: &Backend) -> Result<()> {
        let (account, now) = (self.account, backend.clock.now());
        let mut tx = backend.db.tenant(account).await?;
        account::lock(&mut tx, account).await?;
        let Some(looked) = queries::looked(&mut tx, account).await? else { return Ok(()) };
        let today = local_day(now, &looked.time_zone);
        if looked.on.is_none_or(|day| day < today) {
            let news = look_over(&mut tx, account, now).await?;
            if looked.mails && news.is_worth_a_mail() {
                tell(&mut tx, account, now, &news).await?;
            }
            queries::set_looked(&mut tx, account, today).await?;
        }
        plan(&mut tx, account, &looked.time_zone, now).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What a look found that Admins have not been told yet, or are to be reminded of.
struct News {
    findings: bool,
    /// Somebody was not ready at the look before either.
    people: bool,
}

impl News {
    const fn is_worth_a_mail(&self) -> bool {
        self.findings || self.people
    }
}

async fn look_over(tx: &mut Tx, account: AccountId, now: DateTime<Utc>) -> Result<News> {
    let findings = finding::findings(tx, account, now).await?;
    let not_ready = readiness::not_ready(tx, account, now).await?;
    let known = queries::known(tx, account).await?;
    let found: Vec<_> = findings.iter().map(Finding::key).collect();
    let people: Vec<_> = not_ready.into_iter().map(person_key).collect();
    let is_known = |key: &String| known.contains_key(key);
    let news = News { findings: !found.iter().all(is_known), people: people.iter().any(is_known) };
    queries::keep(tx, account, &[found, people].concat(), now).await?;
    Ok(news)
}

/// Of a member or an invitation.
fn person_key(id: Uuid) -> String {
    format!("not_ready/{id}")
}

async fn tell(tx: &mut Tx, account: AccountId, now: DateTime<Utc>, news: &News) -> Result<()> {
    let admins: Vec<MemberId> = queries::admins(tx, account, now).await?;
    let letter = |to| Letter::NeedsAttention { account, to, at: now, about_people: news.people };
    let letters: Vec<_> = admins.into_iter().map(|to| SendLetter { letter: letter(to) }).collect();
    jobs::enqueue_all_at(tx, now, now, &letters).await
}

/// Those of the findings that the look at this instant found first.
pub(super) fn found_first(
    findings: Vec<Finding>,
    known: &HashMap<String, DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Vec<Finding> {
    findings.into_iter().filter(|finding| known.get(&finding.key()) == Some(&at)).collect()
}
