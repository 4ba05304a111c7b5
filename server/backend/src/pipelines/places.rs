//! Pipelines as places that people are put into; `staff` asks.

use domain::{
    AccountId, MemberId, Permission, PipelineId,
    staff::{NamedPlace, PlaceChoice},
};

use super::queries::place as queries;
use crate::{Access, Result, db::Tx};

fn may_place(access: &Access) -> bool {
    access.permissions().contains(Permission::OpportunitiesManagePipelines)
}

/// All pipelines into which one may put people, in their order, each with who is in it beside `member`, and what that one is in it.
pub(crate) async fn place_choices(
    tx: &mut Tx,
    access: &Access,
    member: Option<MemberId>,
) -> Result<Vec<PlaceChoice>> {
    if may_place(access) { queries::choices(tx, access.account(), member).await } else { Ok(vec![]) }
}

/// All pipelines into which one may put people, in their order.
pub(crate) async fn named_places(tx: &mut Tx, access: &Access) -> Result<Vec<NamedPlace>> {
    if may_place(access) { queries::named(tx, access.account()).await } else { Ok(vec![]) }
}

/// In which pipelines somebody is by hand.
pub(crate) async fn by_hand(tx: &mut Tx, account: AccountId, member: MemberId) -> Result<Vec<PipelineId>> {
    queries::by_hand(tx, account, member).await
}

/// Puts somebody into these pipelines, by hand; answers the names of those that are still there. Where a rule takes them in, it is left
/// to the rule.
pub(crate) async fn let_in(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    pipelines: &[PipelineId],
) -> Result<Vec<String>> {
    queries::let_in(tx, account, member, pipelines).await
}

/// Leaves somebody who was put into these pipelines by hand to the rules.
pub(crate) async fn let_go(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    pipelines: &[PipelineId],
) -> Result<()> {
    queries::let_go(tx, account, member, pipelines).await
}
