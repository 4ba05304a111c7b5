use domain::{
    Email, MemberId, OpportunityId, Permission, Refusal,
    activity::{Change, OpportunityAct, changes},
    pipelines::{Opportunity, OpportunityDetails, OpportunityForm, check_opportunity},
};

use super::{Sight, held, owner::require_possible, queries, record};
use crate::{Access, Backend, Result, db::Tx};

/// Changes what an opportunity is called, its contact, its value and its owner. What it has already changes nothing. Fields that the
/// actor could not see or change are left as they are when they come empty.
///
/// # Errors
/// [`Refusal::PermissionMissing`], also for another value without the permission to change values and for another owner without the
/// one to assign; [`Refusal::NotFound`]; [`Refusal::Invalid`]; [`Refusal::ChangedMeanwhile`] when it was changed since `seen_version`.
pub async fn change(
    backend: &Backend,
    access: &Access,
    id: OpportunityId,
    seen_version: i32,
    typed: &OpportunityForm,
) -> Result<()> {
    access.require(Permission::OpportunitiesEdit)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let before = held(&mut tx, access, id).await?;
    let typed = check_opportunity(typed, &before.currency)?;
    let value_cents = wanted_value(access, &before, typed.value_cents)?;
    let owner = wanted_owner(access, &before, typed.owner)?;
    let after = Opportunity { value_cents, owner, ..typed };
    let owner_name = owner_name(&mut tx, access, &before, owner).await?;
    let changes = differences(&before, &after, owner_name);
    let value_changed = before.value_cents != after.value_cents;
    if changes.is_empty() && !value_changed {
        return Ok(());
    }
    if before.version != seen_version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    queries::opportunity::change(&mut tx, access.account(), id, &after).await?;
    let did = OpportunityAct::Changed { changes, value_changed };
    record(&mut tx, backend, access, id, before.name, did).await?;
    tx.commit().await?;
    Ok(())
}

/// Only whoever saw the value can mean by an empty field that there is none. Whether a value that somebody may not see is the one
/// they typed is not told either.
fn wanted_value(access: &Access, before: &OpportunityDetails, typed: Option<i64>) -> Result<Option<i64>> {
    let sees = Sight::of(access).values;
    let may_change = access.permissions().contains(Permission::OpportunitiesChangeValue);
    if typed.is_none() && !(sees && may_change) || sees && typed == before.value_cents {
        return Ok(before.value_cents);
    }
    access.require(Permission::OpportunitiesChangeValue)?;
    Ok(typed)
}

fn wanted_owner(
    access: &Access,
    before: &OpportunityDetails,
    typed: Option<MemberId>,
) -> Result<Option<MemberId>> {
    let own = before.owner.as_ref().map(|owner| owner.member);
    let may_assign = access.permissions().contains(Permission::OpportunitiesAssign);
    if typed == own || typed.is_none() && !may_assign {
        return Ok(own);
    }
    access.require(Permission::OpportunitiesAssign)?;
    Ok(typed)
}

/// What the owner is called; a new one has to be able to own it. Empty for nobody.
async fn owner_name(
    tx: &mut Tx,
    access: &Access,
    before: &OpportunityDetails,
    owner: Option<MemberId>,
) -> Result<String> {
    match (owner, &before.owner) {
        (None, _) => Ok(String::new()),
        (Some(id), Some(kept)) if kept.member == id => Ok(kept.name.clone()),
        (Some(id), _) => require_possible(tx, access, before.pipeline.id, id).await,
    }
}

fn differences(before: &OpportunityDetails, after: &Opportunity, owner_name: String) -> Vec<Change> {
    let email = |email: &Option<Email>| email.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut all = changes(&[
        ("name", before.name.clone(), after.name.clone()),
        ("contact", before.contact_name.clone(), after.contact_name.clone()),
        ("contact’s e-mail", email(&before.contact_email), email(&after.contact_email)),
    ]);
    // By id: namesakes are two people.
    if before.owner.as_ref().map(|owner| owner.member) != after.owner {
        let from = before.owner.as_ref().map(|owner| owner.name.clone()).unwrap_or_default();
        all.push(Change { what: "owner".into(), from, to: owner_name });
    }
    all
}
