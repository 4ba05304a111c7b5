use chrono::{DateTime, Utc};
use domain::{
    LoginId, MemberId,
    staff::{INVITATION_DAYS, MemberState},
};
use uuid::Uuid;

use super::{
    Stage,
    cast::Persona,
    people::{Invited, Plight, Staff},
};
use crate::{Result, db::Tx};

/// Rows of one statement.
const CHUNK: usize = 5_000;

pub(super) async fn any_login(tx: &mut Tx) -> Result<bool> {
    let any =
        sqlx::query_scalar!(r#"select exists (select from login) as "any!""#).fetch_one(&mut **tx).await?;
    Ok(any)
}

pub(super) async fn login_by_email(tx: &mut Tx, email: &str) -> Result<Option<LoginId>> {
    let id =
        sqlx::query_scalar!("select id from login where email = $1", email).fetch_optional(&mut **tx).await?;
    Ok(id.map(LoginId))
}

pub(super) async fn insert_login(
    tx: &mut Tx,
    id: LoginId,
    persona: &Persona,
    password_hash: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into login (id, email, first_name, last_name, password_hash, created_at) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        persona.email,
        persona.name.first,
        persona.name.last,
        password_hash,
        at,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(super) async fn insert_member(
    stage: &mut Stage<'_>,
    id: MemberId,
    login_id: LoginId,
    persona: &Persona,
    joined_at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into member (account_id, id, login_id, first_name, last_name, phone, role, joined_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        stage.account.0,
        id.0,
        login_id.0,
        persona.name.first,
        persona.name.last,
        persona.phone,
        persona.role.key(),
        joined_at,
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

/// Logins and members of `staff`, many rows a statement. All share the one password hash.
pub(super) async fn insert_staff(stage: &mut Stage<'_>, staff: &[Staff]) -> Result<()> {
    for chunk in staff.chunks(CHUNK) {
        insert_logins(stage, chunk).await?;
        insert_members(stage, chunk).await?;
    }
    Ok(())
}

async fn insert_logins(stage: &mut Stage<'_>, staff: &[Staff]) -> Result<()> {
    sqlx::query!(
        "insert into login (id, email, first_name, last_name, password_hash, created_at)
         select id, email, first_name, last_name, $1, created_at
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
           as row (id, email, first_name, last_name, created_at)",
        stage.password_hash,
        &column(staff, |person| person.login_id.0),
        &column(staff, |person| person.email.clone()),
        &column(staff, |person| person.name.first.clone()),
        &column(staff, |person| person.name.last.clone()),
        &column(staff, |person| person.joined_at),
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

async fn insert_members(stage: &mut Stage<'_>, staff: &[Staff]) -> Result<()> {
    sqlx::query!(
        "insert into member (account_id, id, login_id, first_name, last_name, phone, role, state, joined_at, last_active_at)
         select $1, id, login_id, first_name, last_name, phone, role, state, joined_at, last_active_at
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[],
                     $10::timestamptz[])
           as row (id, login_id, first_name, last_name, phone, role, state, joined_at, last_active_at)",
        stage.account.0,
        &column(staff, |person| person.member_id.0),
        &column(staff, |person| person.login_id.0),
        &column(staff, |person| person.name.first.clone()),
        &column(staff, |person| person.name.last.clone()),
        &column(staff, |person| person.phone.clone()) as &[Option<String>],
        &column(staff, |person| person.role.key().to_owned()),
        &column(staff, |person| state_key(person.state).to_owned()),
        &column(staff, |person| person.joined_at),
        &column(staff, |person| person.last_active_at) as &[Option<DateTime<Utc>>],
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

pub(super) async fn insert_invitations(stage: &mut Stage<'_>, invited: &[Invited]) -> Result<()> {
    for chunk in invited.chunks(CHUNK) {
        insert_invitation_chunk(stage, chunk).await?;
    }
    Ok(())
}

async fn insert_invitation_chunk(stage: &mut Stage<'_>, invited: &[Invited]) -> Result<()> {
    let invited_by: Option<Uuid> = stage.personas[0].access.member_id().map(Uuid::from);
    let is = |plight: Plight| move |invitation: &Invited| invitation.plight == plight;
    sqlx::query!(
        "insert into invitation (account_id, id, email, first_name, last_name, role, state, nonce, invited_by, invited_at,
                                 expires_at, delivery, delivery_reason, delivered_at, asked_again_at)
         select $1, id, email, first_name, last_name, role, case when revoked then 'revoked' else 'open' end, nonce, $2,
                invited_at, invited_at + make_interval(days => $3),
                case when refused then 'failed' else 'sent' end,
                case when refused then '550 5.1.1 No such user here' end,
                case when not refused then invited_at + interval '3 seconds' end,
                case when asked_again then invited_at + make_interval(days => $3, hours => 9) end
         from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::timestamptz[],
                     $11::bool[], $12::bool[], $13::bool[])
           as row (id, email, first_name, last_name, role, nonce, invited_at, revoked, refused, asked_again)",
        stage.account.0,
        invited_by,
        i32::try_from(INVITATION_DAYS).unwrap_or(7),
        &column(invited, |invitation| invitation.id.0),
        &column(invited, |invitation| invitation.email.clone()),
        &column(invited, |invitation| invitation.name.first.clone()),
        &column(invited, |invitation| invitation.name.last.clone()),
        &column(invited, |invitation| invitation.role.key().to_owned()),
        &column(invited, |invitation| invitation.nonce.to_vec()),
        &column(invited, |invitation| invitation.invited_at),
        &column(invited, is(Plight::Revoked)),
        &column(invited, is(Plight::NotDelivered)),
        &column(invited, is(Plight::AskedAgain)),
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

/// Two of three Users that nobody signs in as get one of the profiles; then the history of what everybody was given begins.
pub(super) async fn assign_profiles(stage: &mut Stage<'_>, profiles: Vec<Uuid>) -> Result<()> {
    let personas: Vec<Uuid> =
        stage.personas.iter().filter_map(|player| player.access.member_id()).map(Uuid::from).collect();
    sqlx::query!(
        "with numbered as (
             select id, row_number() over (order by joined_at, id) as n from member
             where account_id = $1 and role = 'user' and not id = any ($2))
         update member set profile_id = ($3::uuid[])[1 + (n / 3) % array_length($3::uuid[], 1)]
         from numbered where member.account_id = $1 and member.id = numbered.id and n % 3 <> 0",
        stage.account.0,
        &personas,
        &profiles,
    )
    .execute(&mut *stage.tx)
    .await?;
    sqlx::query!(
        "insert into member_assignment (account_id, member_id, since, role, profile_id, only_assigned)
         select account_id, id, joined_at, role, profile_id, only_assigned from member where account_id = $1
         on conflict do nothing",
        stage.account.0,
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

/// Every few days since they joined people look at the dashboard, and every other of them at the staff and, where they are in a
/// pipeline or a calendar, at what stands in it; Admins do what Admins do. So some of what profiles open is used and some is not. Of a large
/// account only the first two hundred: more would take minutes.
pub(super) async fn insert_uses(stage: &mut Stage<'_>) -> Result<()> {
    let personas: Vec<Uuid> =
        stage.personas.iter().filter_map(|player| player.access.member_id()).map(Uuid::from).collect();
    sqlx::query!(
        "with numbered as (
             select id, role, joined_at, row_number() over (order by joined_at, id) as n,
                    coalesce(last_active_at, case when id = any ($3) then $2::timestamptz else joined_at end) as until
             from member where account_id = $1)
         insert into permission_use (account_id, member_id, permission, day)
         select $1, m.id, p.key, d.at::date
         from numbered m
         cross join (values ('dashboard.view', true, true), ('settings.view_staff', false, true),
             ('settings.invite_staff', false, false), ('settings.edit_staff', false, false),
             ('settings.manage_profiles', false, false), ('settings.view_activity', false, false),
             ('opportunities.view', false, true), ('opportunities.create', false, true),
             ('opportunities.edit', false, true), ('opportunities.move_stage', false, true),
             ('opportunities.manage_pipelines', false, false), ('calendars.view', false, true),
             ('calendars.book', false, true), ('calendars.manage', false, false))
             as p (key, by_all, by_users)
         cross join generate_series(m.joined_at, m.until, interval '4 days') as d (at)
         where (m.n <= 200 or m.id = any ($3)) and (m.role = 'admin' or p.by_all or p.by_users and m.n % 2 = 0)
           and (m.role = 'admin' or p.key not like 'opportunities.%'
                or m.id in (select member_id from pipeline_person where account_id = $1 and is_in))
           and (m.role = 'admin' or p.key not like 'calendars.%'
                or m.id in (select member_id from calendar_person where account_id = $1 and is_in))
         on conflict do nothing",
        stage.account.0,
        stage.now,
        &personas,
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

pub(super) fn column<Row, Cell>(rows: &[Row], cell: impl Fn(&Row) -> Cell) -> Vec<Cell> {
    rows.iter().map(cell).collect()
}

const fn state_key(state: MemberState) -> &'static str {
    match state {
        MemberState::Active => "active",
        MemberState::Deactivated => "deactivated",
        MemberState::Removed => "removed",
    }
}
