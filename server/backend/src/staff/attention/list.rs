use chrono::{DateTime, Utc};
use domain::{
    AccountId, Page, Permission, PermissionSet,
    calendars::{Contradiction, Finding},
    listing::{ROWS_PER_PAGE, offset},
    staff::{ReadinessFilter, StaffFilter},
};

use crate::{
    Access, Backend, Result,
    db::Tx,
    staff::{
        queries::{attention, finding, listing},
        readiness,
    },
};

/// What needs attention, as far as it is the viewer's.
#[derive(Debug)]
pub struct AttentionPage {
    pub findings: Page<Finding>,
    /// People who are not ready, invited ones included; none for whoever does not learn that.
    pub not_ready: Option<u64>,
    /// Whether Admins get a mail about it every morning.
    pub mails: bool,
}

/// What cannot work as it is, at this moment. A page behind the last one answers the last one.
///
/// # Errors
/// [`domain::Refusal::PermissionMissing`] for whoever could mend none of it.
pub async fn attention(backend: &Backend, access: &Access, page: u32) -> Result<AttentionPage> {
    require(access)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let findings = seen(&mut tx, account, access.permissions(), now).await?;
    let not_ready = match readiness::may_see(access) {
        true => {
            let red = StaffFilter { readiness: Some(ReadinessFilter::Red), ..StaffFilter::default() };
            Some(listing::count(&mut tx, account, &red, now).await?)
        }
        false => None,
    };
    let mails = attention::looked(&mut tx, account).await?.is_some_and(|looked| looked.mails);
    tx.commit().await?;
    Ok(AttentionPage { findings: paged(findings, page), not_ready, mails })
}

/// Whoever holds one of them is let in; who holds none hears of the first.
fn require(access: &Access) -> Result<()> {
    let held = Contradiction::VIEWERS.intersection(access.permissions()).iter().next();
    access.require(held.unwrap_or(Permission::SettingsEditStaff))
}

/// How much of it there is for somebody; no statement for whoever sees none of it.
pub(crate) async fn count(
    tx: &mut Tx,
    account: AccountId,
    own: PermissionSet,
    now: DateTime<Utc>,
) -> Result<u64> {
    if Contradiction::VIEWERS.intersection(own).is_empty() {
        return Ok(0);
    }
    Ok(seen(tx, account, own, now).await?.len() as u64)
}

async fn seen(
    tx: &mut Tx,
    account: AccountId,
    own: PermissionSet,
    now: DateTime<Utc>,
) -> Result<Vec<Finding>> {
    let mut findings = finding::findings(tx, account, now).await?;
    findings.retain(|finding| finding.what.may_see(own));
    Ok(findings)
}

fn paged(findings: Vec<Finding>, page: u32) -> Page<Finding> {
    let total = findings.len() as u64;
    let last = u32::try_from(total.div_ceil(u64::from(ROWS_PER_PAGE))).unwrap_or(u32::MAX).max(1);
    let page = page.clamp(1, last);
    let skipped = usize::try_from(offset(page)).unwrap_or(0);
    Page { rows: findings.into_iter().skip(skipped).take(ROWS_PER_PAGE as usize).collect(), page, total }
}
