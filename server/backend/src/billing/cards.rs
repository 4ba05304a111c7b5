//! Cards: entered at the gateway, chosen here.

use domain::{
    CardSetupId, PaymentMethodId, Permission, Refusal,
    activity::{BillingAct, Event},
    billing::Card,
};

use super::{
    carry_out::carry_out,
    queries,
    queries::card::{self, CardRole, PaymentMethod},
    stored::{Outside, Stored},
};
use crate::{Access, Backend, Error, Result, activity, db::Tx, id};

/// Sends somebody to the gateway to enter a card; answers the address of its page. From there they come back to
/// `/settings/billing/cards/<visit>`.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::FreshProofNeeded`], [`Refusal::GatewayAway`].
pub async fn begin_card(backend: &Backend, access: &Access) -> Result<String> {
    access.require(Permission::ChangeBilling)?;
    access.require_fresh_proof()?;
    let member = access.member_id().ok_or(Refusal::NotFound)?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let stored = Stored::read(&mut tx, backend, account).await?;
    tx.commit().await?;
    let setup: CardSetupId = id::new(now);
    let back = backend.link(&format!("/settings/billing/cards/{setup}"));
    let visit =
        backend.billing.gateway.visit(backend, account, stored.gateway_customer.as_deref(), &back).await?;
    let mut tx = backend.db.tenant(account).await?;
    let mut stored = Stored::lock(&mut tx, backend, account).await?;
    // The row that the customer's name goes into.
    stored.save(&mut tx, backend, access, &[], now).await?;
    queries::book::put_gateway_customer(&mut tx, account, &visit.customer).await?;
    card::begin_setup(&mut tx, account, setup, &visit.reference, member, now).await?;
    tx.commit().await?;
    Ok(visit.url)
}

/// What came of a visit to the gateway; asking again is harmless. The first card is charged from then on, and what is left of a
/// timetable is tried with it; later ones are kept until they are chosen.
///
/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::NotFound`], [`Refusal::GatewayAway`].
pub async fn end_card(
    backend: &Backend,
    access: &Access,
    setup: CardSetupId,
) -> Result<Option<PaymentMethod>> {
    access.require(Permission::ChangeBilling)?;
    end_visit(backend, access, setup).await
}

/// # Errors
/// [`Refusal::NotFound`], [`Refusal::GatewayAway`].
pub(super) async fn end_visit(
    backend: &Backend,
    access: &Access,
    setup: CardSetupId,
) -> Result<Option<PaymentMethod>> {
    let account = access.account();
    let mut tx = backend.db.tenant(account).await?;
    let (visit, known) = card::setup(&mut tx, account, setup).await?.ok_or(Refusal::NotFound)?;
    let all = card::all(&mut tx, account).await?;
    tx.commit().await?;
    if let Some(known) = known {
        return Ok(all.into_iter().find(|method| method.id == known));
    }
    let Some(details) = backend.billing.gateway.entered(backend, &visit).await? else { return Ok(None) };
    let now = backend.clock.now();
    let mut tx = backend.db.tenant(account).await?;
    let mut stored = Stored::lock(&mut tx, backend, account).await?;
    let is_new = card::insert(&mut tx, account, id::new(now), &details, access.member_id(), now).await?;
    card::end_setup(&mut tx, account, setup, &details.reference).await?;
    let mut all = card::all(&mut tx, account).await?;
    let added = all.iter().find(|method| method.reference == details.reference).cloned();
    let added = added.ok_or_else(|| Error::internal("a card was not kept"))?;
    if is_new {
        let role = match all.iter().any(|method| method.role == Some(CardRole::Default)) {
            false => Some(CardRole::Default),
            true => None,
        };
        if role.is_some() {
            card::set_role(&mut tx, account, added.id, role).await?;
            let before = std::mem::replace(&mut all, card::all(&mut tx, account).await?);
            stored.use_cards(&before, &all, now);
        }
        let outside = stored.save(&mut tx, backend, access, &[], now).await?;
        let event = Event::Billing { did: BillingAct::CardAdded { card: added.words() } };
        activity::record(&mut tx, access, now, &event).await?;
        tx.commit().await?;
        carry_out(backend, access, outside, None).await?;
        return Ok(Some(PaymentMethod { role, ..added }));
    }
    tx.commit().await?;
    Ok(Some(added))
}

/// What can be done with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardChange {
    /// Charged from now on; the one so far becomes the backup if there is none.
    MakeDefault,
    /// Charged when nothing else is left.
    MakeBackup,
    Remove,
}

/// # Errors
/// [`Refusal::PermissionMissing`], [`Refusal::FreshProofNeeded`], [`Refusal::NotFound`]; [`Refusal::LastCard`] for taking away the only
/// card while something is owed; [`Refusal::PaymentUnderWay`] for what is being charged at this moment.
pub async fn change_card(
    backend: &Backend,
    access: &Access,
    method: PaymentMethodId,
    change: CardChange,
) -> Result<()> {
    access.require(Permission::ChangeBilling)?;
    access.require_fresh_proof()?;
    let (account, now) = (access.account(), backend.clock.now());
    let mut tx = backend.db.tenant(account).await?;
    let mut stored = Stored::lock(&mut tx, backend, account).await?;
    let all = card::all(&mut tx, account).await?;
    let method = all.iter().find(|one| one.id == method).cloned().ok_or(Refusal::NotFound)?;
    let card = method.words();
    let act = match change {
        CardChange::MakeDefault if method.role == Some(CardRole::Default) => return Ok(()),
        CardChange::MakeBackup if method.role == Some(CardRole::Backup) => return Ok(()),
        CardChange::MakeDefault => {
            make_default(&mut tx, &stored, &all, &method).await?;
            BillingAct::CardMadeDefault { card }
        }
        CardChange::MakeBackup => {
            make_backup(&mut tx, &stored, &all, &method).await?;
            BillingAct::CardMadeBackup { card }
        }
        CardChange::Remove => {
            remove(&mut tx, &stored, &all, &method, now).await?;
            BillingAct::CardRemoved { card }
        }
    };
    let after = card::all(&mut tx, account).await?;
    stored.use_cards(&all, &after, now);
    let outside: Vec<Outside> = stored.save(&mut tx, backend, access, &[], now).await?;
    activity::record(&mut tx, access, now, &Event::Billing { did: act }).await?;
    tx.commit().await?;
    carry_out(backend, access, outside, None).await?;
    if change == CardChange::Remove
        && let Err(error) = backend.billing.gateway.forget(backend, &method.reference).await
    {
        // It is charged no more in any case.
        tracing::warn!(%error, "a card that was removed could not be forgotten by the gateway");
    }
    Ok(())
}

async fn make_default(
    tx: &mut Tx,
    stored: &Stored,
    all: &[PaymentMethod],
    method: &PaymentMethod,
) -> Result<()> {
    let account = stored.id();
    card::vacate(tx, account, CardRole::Default).await?;
    card::set_role(tx, account, method.id, Some(CardRole::Default)).await?;
    let before = all.iter().find(|one| one.role == Some(CardRole::Default));
    let is_backup_free = !all.iter().any(|one| one.role == Some(CardRole::Backup) && one.id != method.id);
    if let Some(before) = before.filter(|_| is_backup_free) {
        card::set_role(tx, account, before.id, Some(CardRole::Backup)).await?;
    }
    Ok(())
}

/// The default card cannot be its own backup: another takes its place first.
async fn make_backup(
    tx: &mut Tx,
    stored: &Stored,
    all: &[PaymentMethod],
    method: &PaymentMethod,
) -> Result<()> {
    let account = stored.id();
    let other = all.iter().find(|one| one.role == Some(CardRole::Backup));
    card::vacate(tx, account, CardRole::Backup).await?;
    if method.role == Some(CardRole::Default) {
        let other = other.ok_or(Refusal::LastCard)?;
        card::vacate(tx, account, CardRole::Default).await?;
        card::set_role(tx, account, other.id, Some(CardRole::Default)).await?;
    }
    card::set_role(tx, account, method.id, Some(CardRole::Backup)).await
}

async fn remove(
    tx: &mut Tx,
    stored: &Stored,
    all: &[PaymentMethod],
    method: &PaymentMethod,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    if stored.book.attempt.is_some() && method.role.is_some() {
        return Err(Refusal::PaymentUnderWay.into());
    }
    if all.len() == 1 && stored.book.owed_minor() > 0 {
        return Err(Refusal::LastCard.into());
    }
    let account = stored.id();
    card::remove(tx, account, method.id, now).await?;
    if method.role == Some(CardRole::Default) {
        // The backup is what it was for; else the newest that is left.
        let next = all.iter().find(|one| one.id != method.id);
        if let Some(next) = next {
            card::set_role(tx, account, next.id, Some(CardRole::Default)).await?;
        }
    }
    Ok(())
}

impl Stored {
    /// Tells the engine which cards have another role now. One that stays what it was keeps what people were warned of, and is not
    /// tried again when it was declined for good.
    fn use_cards(
        &mut self,
        before: &[PaymentMethod],
        after: &[PaymentMethod],
        now: chrono::DateTime<chrono::Utc>,
    ) {
        let today = self.moment(now).day;
        let changed = |role| {
            let of = |all: &[PaymentMethod]| all.iter().find(|one| one.role == Some(role)).cloned();
            let (before, after) = (of(before), of(after));
            let is_same = before.map(|one| one.id) == after.as_ref().map(|one| one.id);
            (!is_same).then(|| after.map(|one| one.card(today)))
        };
        let (default, backup): (Option<Option<Card>>, Option<Option<Card>>) =
            (changed(CardRole::Default), changed(CardRole::Backup));
        if let Some(default) = default {
            self.book.set_card(default);
        }
        if let Some(backup) = backup {
            self.book.backup = backup;
        }
    }
}
