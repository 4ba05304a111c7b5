//! Looking at Steward as somebody with a profile, with a role, or as another person would see it: a state of one session. Whoever
//! looks never sees more than they may see themselves, and changes nothing meanwhile.

use domain::{
    Permission, Refusal,
    activity::Event,
    identity::Preview,
    permissions::{Assignment, PermissionSource},
};

use super::{SignedIn, queries::session};
use crate::{Access, Backend, Result, Signed, activity, permissions::source_now};

/// From the session's next request on.
///
/// # Errors
/// [`Refusal::PermissionMissing`]; [`Refusal::NotFound`]; [`Refusal::SignInNeeded`] when the session was ended meanwhile.
pub async fn start_preview(
    backend: &Backend,
    signed: &Signed,
    access: &Access,
    source: PermissionSource,
) -> Result<()> {
    access.require(Permission::SettingsManageProfiles)?;
    let mut tx = backend.db.tenant(access.account()).await?;
    let found = source_now(&mut tx, access, source, backend.clock.now()).await?.ok_or(Refusal::NotFound)?;
    if !session::set_preview(&mut tx, signed.session_id, Some(&source.to_string())).await? {
        return Err(Refusal::SignInNeeded.into());
    }
    let event = Event::PreviewStarted { label: found.label };
    activity::record(&mut tx, access, backend.clock.now(), &event).await?;
    tx.commit().await?;
    Ok(())
}

/// Whoever looks has their own rights again. Asking again is harmless.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn end_preview(backend: &Backend, signed: &Signed) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    session::set_preview(&mut tx, signed.session_id, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody signed in, as their session's preview shows them. When what they look as is gone, or they may not look any more, they may
/// do nothing: the page they look at is still marked, so it must not act with their own rights.
pub(super) async fn looking_as(backend: &Backend, signed_in: SignedIn, preview: &str) -> Result<SignedIn> {
    let SignedIn { signed, mut viewer, access: Some(access) } = signed_in else { return Ok(signed_in) };
    let own = access.permissions();
    let source = preview.parse().ok().filter(|_| own.contains(Permission::SettingsManageProfiles));
    let found = match source {
        Some(source) => {
            let mut tx = backend.db.tenant(access.account()).await?;
            let found = source_now(&mut tx, &access, source, backend.clock.now()).await?;
            tx.commit().await?;
            found
        }
        None => None,
    };
    let theirs = found.as_ref().map(|found| found.assignment.permissions).unwrap_or_default();
    let access = access.narrowed(theirs);
    viewer.preview = Some(Preview {
        is_narrowed: access.permissions() != theirs,
        label: found.as_ref().map(|found| found.label.clone()),
    });
    if let Some(account) = &mut viewer.account {
        let shown = found.map_or_else(|| account.assignment.clone(), |found| found.assignment);
        account.assignment = Assignment { permissions: access.permissions(), ..shown };
    }
    Ok(SignedIn { signed, viewer, access: Some(access) })
}
