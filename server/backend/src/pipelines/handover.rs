//! What somebody holds in pipelines, given to others and given back: for [`crate::staff::leaving`], which decides who gets what. Every
//! statement is about all of it, however much it is.

use std::collections::HashMap;

use domain::{
    AccountId, MemberId, OpportunityId, PipelineId,
    staff::leaving::{
        Fate, HeldOpportunity, HeldPipeline, OpportunityPut, PlaceNow, PlacePut, Returned,
        return_opportunity, return_place,
    },
};

use super::queries::{handed_place, handover as queries};
use crate::{Result, db::Tx};

pub(crate) struct HeldInPipelines {
    pub opportunities: Vec<HeldOpportunity>,
    pub pipelines: Vec<HeldPipeline>,
    /// Who is in the pipelines of the opportunities, `member` aside.
    pub inside: HashMap<PipelineId, Vec<MemberId>>,
}

/// Until the transaction ends nobody gives the opportunities of `member` to anybody. Call it under the account's lock, and before
/// [`held`].
pub(crate) async fn hold(tx: &mut Tx, account: AccountId, member: MemberId) -> Result<()> {
    queries::hold_owned(tx, account, member).await
}

/// What somebody holds at this instant.
pub(crate) async fn held(tx: &mut Tx, account: AccountId, member: MemberId) -> Result<HeldInPipelines> {
    let opportunities = queries::owned(tx, account, member).await?;
    let pipelines = queries::pipelines(tx, account, member).await?;
    let inside = queries::inside(tx, account, member).await?;
    Ok(HeldInPipelines { opportunities, pipelines, inside })
}

/// Opportunities, and places by hand, of somebody who is out.
pub(crate) async fn count(tx: &mut Tx, account: AccountId, member: MemberId) -> Result<(u64, u64)> {
    queries::count(tx, account, member).await
}

/// Gives opportunities to others, or to nobody.
pub(crate) async fn give_opportunities(
    tx: &mut Tx,
    account: AccountId,
    things: &[(&HeldOpportunity, Fate)],
) -> Result<()> {
    let given: Vec<_> = things
        .iter()
        .filter(|(_, fate)| *fate != Fate::Kept)
        .map(|(one, fate)| (one.id, fate.receiver()))
        .collect();
    if given.is_empty() { Ok(()) } else { queries::put_owners(tx, account, &given).await }
}

/// Gives opportunities back to `member` that are still whose they were made; each with whoever got it. Answers what came of each.
pub(crate) async fn return_opportunities(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    things: &[(OpportunityId, Option<MemberId>, OpportunityPut)],
) -> Result<Vec<Returned>> {
    if things.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<_> = things.iter().map(|(id, ..)| *id).collect();
    let found = queries::hold_and_find(tx, account, &ids).await?;
    let returned: Vec<_> =
        things.iter().map(|(id, receiver, put)| return_opportunity(*put, *receiver, found.get(id))).collect();
    let back = ids.into_iter().zip(&returned).filter(|(_, returned)| returned.is_back());
    let back: Vec<_> = back.map(|(id, _)| (id, Some(member))).collect();
    queries::put_owners(tx, account, &back).await?;
    Ok(returned)
}

/// Takes `member` out of pipelines, for others, who come in, or for nobody. Answers what undoing needs to know of each: none for what
/// stays.
pub(crate) async fn give_places(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    things: &[(&HeldPipeline, Fate)],
) -> Result<HashMap<PipelineId, PlacePut<bool>>> {
    let given: Vec<_> = things.iter().filter(|(_, fate)| *fate != Fate::Kept).collect();
    if given.is_empty() {
        return Ok(HashMap::new());
    }
    let pipelines: Vec<_> = given.iter().map(|(one, _)| one.id).collect();
    let people: Vec<_> = given.iter().filter_map(|(_, fate)| fate.receiver()).chain([member]).collect();
    let before = handed_place::find(tx, account, &pipelines, &people).await?;
    let newcomer = |(one, fate): &(&HeldPipeline, Fate)| {
        fate.receiver().filter(|receiver| !one.others.contains(receiver))
    };
    let newcomers = given.iter().filter_map(|thing| Some((thing.0.id, newcomer(thing)?, false)));
    handed_place::put(tx, account, &newcomers.collect::<Vec<_>>()).await?;
    let left: Vec<_> = pipelines.iter().map(|id| (*id, member)).collect();
    handed_place::forget(tx, account, &left).await?;
    let put = given.iter().map(|thing| {
        let id = thing.0.id;
        let theirs = newcomer(thing).map(|person| (before.get(&(id, person)).copied(), false));
        let own_before = before.get(&(id, member)).copied();
        (id, PlacePut { own_before, own_after: None, theirs, switched_off: false })
    });
    Ok(put.collect())
}

/// Gives places back to `member` that still stand where they were put; each with whoever took it. Answers what came of each.
/// Call it after [`return_opportunities`].
pub(crate) async fn return_places(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    things: &[(PipelineId, Option<MemberId>, PlacePut<bool>)],
) -> Result<Vec<Returned>> {
    if things.is_empty() {
        return Ok(vec![]);
    }
    let pipelines: Vec<_> = things.iter().map(|(id, ..)| *id).collect();
    let people: Vec<_> = things.iter().filter_map(|(_, receiver, _)| *receiver).chain([member]).collect();
    let there = handed_place::still_there(tx, account, &pipelines).await?;
    let found = handed_place::find(tx, account, &pipelines, &people).await?;
    let owners = handed_place::owners(tx, account, &pipelines, &people).await?;
    let (mut put, mut forgotten, mut returned) = (Vec::new(), Vec::new(), Vec::new());
    for (id, receiver, was) in things {
        let now = there.contains(id).then(|| PlaceNow {
            own: found.get(&(*id, member)).copied(),
            theirs: receiver.and_then(|receiver| found.get(&(*id, receiver)).copied()),
            is_needed: receiver.is_some_and(|receiver| owners.contains(&(*id, receiver))),
            one_host: false,
        });
        let came = return_place(was, now.as_ref());
        returned.push(came);
        if came.is_back() {
            put.extend(was.own_before.map(|is_excluded| (*id, member, is_excluded)));
        }
        match (came, receiver, &was.theirs) {
            (Returned::Back, Some(receiver), Some((Some(before), _))) => put.push((*id, *receiver, *before)),
            (Returned::Back, Some(receiver), Some((None, _))) => forgotten.push((*id, *receiver)),
            _ => {}
        }
    }
    handed_place::put(tx, account, &put).await?;
    handed_place::forget(tx, account, &forgotten).await?;
    Ok(returned)
}
