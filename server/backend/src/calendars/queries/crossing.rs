//! Where people and calendars meet.

use domain::{
    AccountId, CalendarId, MemberId, PersonName,
    calendars::CalendarKind,
    permissions::ProfileName,
    pipelines::Membership,
    staff::{Crossing, MatrixCell, MatrixPlace, Place, PlaceStanding},
};
use uuid::Uuid;

use super::key;
use crate::{Result, db::Tx};

/// All calendars by name.
pub(in crate::calendars) async fn places(tx: &mut Tx, account: AccountId) -> Result<Vec<MatrixPlace>> {
    let rows = sqlx::query!(
        "select id, name, kind from calendar where account_id = $1 order by lower(name), id",
        account.0
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let kind: CalendarKind = key(&row.kind)?;
            Ok(MatrixPlace {
                place: Place::Calendar(row.id.into()),
                name: row.name,
                what: kind.label().into(),
                needs: kind.people_permission(),
                is_personal: kind == CalendarKind::Personal,
            })
        })
        .collect()
}

/// Those cells about which something is said.
pub(in crate::calendars) async fn cells(
    tx: &mut Tx,
    account: AccountId,
    calendars: &[CalendarId],
    people: &[MemberId],
) -> Result<Vec<(Crossing, MatrixCell)>> {
    let calendars: Vec<Uuid> = calendars.iter().map(|id| id.0).collect();
    let people: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select p.calendar_id as "calendar_id!", p.member_id as "member_id!", p.is_in as "is_in!",
                  pp.id as "profile_id?", pp.name as "profile_name?"
           from calendar_person p
           left join permission_profile pp on pp.account_id = p.account_id and pp.id = p.profile_id
           where p.account_id = $1 and p.calendar_id = any($2) and p.member_id = any($3)"#,
        account.0,
        &calendars,
        &people,
    )
    .fetch_all(&mut **tx)
    .await?;
    let cells = rows.into_iter().map(|row| {
        let rule = row.profile_id.zip(row.profile_name).map(|(id, name)| ProfileName { id: id.into(), name });
        let by_hand = rule.is_none().then_some(!row.is_in);
        let crossing =
            Crossing { place: Place::Calendar(row.calendar_id.into()), member: row.member_id.into() };
        (crossing, MatrixCell { membership: Membership::of(by_hand, rule), owned: 0 })
    });
    Ok(cells.collect())
}

/// How these people stand to a calendar; whoever is not of the account is left out.
pub(in crate::calendars) async fn standings(
    tx: &mut Tx,
    account: AccountId,
    calendar: CalendarId,
    people: &[MemberId],
) -> Result<Vec<PlaceStanding>> {
    let people: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select m.id, m.first_name, m.last_name, m.state, r.profile_id is not null as "by_rule!",
                  h.is_excluded as "is_excluded?"
           from member m
           left join calendar_rule r
             on r.account_id = m.account_id and r.calendar_id = $2 and r.profile_id = m.profile_id
           left join calendar_member h
             on h.account_id = m.account_id and h.calendar_id = $2 and h.member_id = m.id
           where m.account_id = $1 and m.id = any($3)"#,
        account.0,
        calendar.0,
        &people,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PlaceStanding {
                member: row.id.into(),
                name: PersonName { first: row.first_name, last: row.last_name }.full(),
                state: key(&row.state)?,
                by_rule: row.by_rule,
                is_excluded: row.is_excluded,
            })
        })
        .collect()
}
