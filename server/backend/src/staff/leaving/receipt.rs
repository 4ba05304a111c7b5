use domain::{
    LeavingId, Page, Permission, PermissionSet, Refusal,
    listing::ROWS_PER_PAGE,
    staff::{
        MemberDetails,
        leaving::{Fate, HeldKind, LeavingWay, Receipt, ReceiptSum, UNDO_HOURS, may_be_undone},
        may_act_on,
    },
};

use super::holdings::lacking;
use crate::{
    Access, Backend, Result,
    staff::queries::{leaving as queries, leaving_item, member},
};

/// Exactly what became of what somebody held. How much went to whom is for everybody who may see staff; names are for those who may
/// decide about such things. A page behind the last one answers the last one.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`].
pub async fn receipt(backend: &Backend, access: &Access, id: LeavingId, page: u32) -> Result<Receipt> {
    access.require(Permission::SettingsViewStaff)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let stored = queries::find(&mut tx, account, id).await?.ok_or(Refusal::NotFound)?;
    let person = member::details(&mut tx, account, stored.member, now).await?.ok_or(Refusal::NotFound)?;
    let sums = leaving_item::sums(&mut tx, account, id).await?;
    let known = known(access.permissions());
    let total = sums.iter().filter(|sum| known.contains(&sum.kind)).map(|sum| sum.count).sum::<u64>();
    let last = u32::try_from(total.div_ceil(u64::from(ROWS_PER_PAGE))).unwrap_or(u32::MAX).max(1);
    let page = page.clamp(1, last);
    let rows = leaving_item::page(&mut tx, account, id, &known, page).await?;
    tx.commit().await?;
    let may_be_undone = stored.undone_at.is_none() && stored.is_newest && may_be_undone(stored.left_at, now);
    Ok(Receipt {
        id,
        member: stored.member,
        name: stored.name,
        way: stored.way,
        left_at: stored.left_at,
        left_by: stored.left_by,
        undone: stored.undone_at.map(|at| (at, stored.undone_by)),
        undo_until: may_be_undone.then(|| stored.left_at + chrono::Duration::hours(UNDO_HOURS)),
        undo_needs: undo_needs(stored.way, &sums),
        undo_refused: undo_refused(access, &person),
        sums,
        items: Page { rows, page, total },
    })
}

fn known(permissions: PermissionSet) -> Vec<HeldKind> {
    HeldKind::ALL.into_iter().filter(|kind| lacking(*kind, permissions).is_none()).collect()
}

/// The right to do what is undone, and to decide about whatever goes back.
fn undo_needs(way: LeavingWay, sums: &[ReceiptSum]) -> Vec<Permission> {
    let moved = |kind: &HeldKind| sums.iter().any(|sum| sum.kind == *kind && sum.fate != Fate::Kept);
    let kinds = HeldKind::ALL.into_iter().filter(moved).flat_map(HeldKind::deciders).copied();
    [way.permission()].into_iter().chain(kinds).collect()
}

/// As undoing asks it: nobody lets in whoever has more rights than they have.
fn undo_refused(access: &Access, person: &MemberDetails) -> Option<Refusal> {
    if access.member_id() == Some(person.id) {
        return None;
    }
    may_act_on(access.grantable(), &person.assignment).err()
}
