use chrono::{DateTime, Utc};
use domain::{AccountId, LoginId, MemberId, PersonName, Role, activity::Event};

use super::{Business, places, queries};
use crate::{
    Access, Actor, Result, activity,
    db::{Db, Tx},
    id, permissions,
};

/// Who opens an account and becomes its first Admin.
pub(crate) struct Founder {
    pub login_id: LoginId,
    pub name: PersonName,
}

/// Makes an account with its first Admin, in a transaction that may have begun without one, and answers the founder's access.
/// It records the event, so call it last.
pub(crate) async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    business: &Business,
    founder: &Founder,
) -> Result<Access> {
    let account: AccountId = id::new(now);
    let member: MemberId = id::new(now);
    Db::enter(tx, account).await?;
    let currency = places::currency_code(&business.country);
    queries::insert(tx, account, business, currency, now).await?;
    queries::insert_founder(tx, account, member, founder, now).await?;
    permissions::note_given(tx, account, member, None, now).await?;
    let actor = Actor::Member { id: member, login_id: founder.login_id, name: founder.name.full() };
    let access = Access::member(account, actor, Role::Admin.permissions(), false);
    activity::record(tx, &access, now, &Event::AccountCreated { name: business.name.clone() }).await?;
    Ok(access)
}
