//! Pipelines as places that people are put into when they are added; `staff` asks.

use domain::{
    AccountId, MemberId, PipelineId,
    staff::{NamedPlace, PlaceChoice},
};

use super::queries::place as queries;
use crate::{Result, db::Tx};

/// All pipelines, in their order, each with who is in it.
pub(crate) async fn place_choices(tx: &mut Tx, account: AccountId) -> Result<Vec<PlaceChoice>> {
    queries::choices(tx, account).await
}

pub(crate) async fn named_places(tx: &mut Tx, account: AccountId) -> Result<Vec<NamedPlace>> {
    queries::named(tx, account).await
}

/// Puts somebody who has just joined into these pipelines, by hand; answers the names of those that are still there. Where a rule takes
/// them in, it is left to the rule.
pub(crate) async fn let_in(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    pipelines: &[PipelineId],
) -> Result<Vec<String>> {
    queries::let_in(tx, account, member, pipelines).await
}
