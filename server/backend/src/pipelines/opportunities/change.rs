use domain::{
    OpportunityId, Permission, Refusal,
    activity::{OpportunityAct, changes},
    pipelines::{Opportunity, OpportunityForm, check_opportunity},
};

use super::{Sight, held, queries, record};
use crate::{Access, Backend, Result};

/// Changes what an opportunity is called, its contact and its value. What it has already changes nothing; a value without a field
/// stays as it is. (Its stage and its owner have acts of their own.)
///
/// # Errors
/// [`Refusal::PermissionMissing`], also for another value without the permission to change values; [`Refusal::NotFound`];
/// [`Refusal::Invalid`]; [`Refusal::ChangedMeanwhile`] when it was changed since `seen_version`.
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
    let checked = check_opportunity(typed, &before.currency)?;
    // For whoever does not see the value, typing one is always a change: nothing tells whether they guessed it.
    let is_same_value = Sight::of(access).values && checked.value_cents == before.value_cents;
    let value_changed = typed.value.is_some() && !is_same_value;
    let contact_changed =
        (&before.contact_name, &before.contact_email) != (&checked.contact_name, &checked.contact_email);
    let changes = changes(&[("name", before.name.clone(), checked.name.clone())]);
    if changes.is_empty() && !contact_changed && !value_changed {
        return Ok(());
    }
    // Before the permission: an old value in a form is no wish to change it back.
    if before.version != seen_version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if value_changed {
        access.require(Permission::OpportunitiesChangeValue)?;
    }
    let value_cents = if value_changed { checked.value_cents } else { before.value_cents };
    let after = Opportunity { value_cents, ..checked };
    queries::opportunity::change(&mut tx, access.account(), id, &after).await?;
    let did = OpportunityAct::Changed { changes, value_changed, contact_changed };
    record(&mut tx, backend, access, id, before.name, did).await?;
    tx.commit().await?;
    Ok(())
}
