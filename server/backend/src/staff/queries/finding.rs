use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, PersonName,
    calendars::{
        CalendarFacts, CalendarKind, Contradiction, Finding, FoundCalendar, HostFacts, OwnerFacts, ScopeFacts,
    },
    permissions::Assignment,
    staff::MemberState,
};
use uuid::Uuid;

use super::readiness::standard_keys;
use crate::{
    Error, Result,
    db::Tx,
    permissions::{ProfileColumns, assignment},
};

/// Something that may not work as it is, with the facts by which that is judged.
struct Suspect {
    what: String,
    calendar_id: Option<Uuid>,
    calendar_name: Option<String>,
    calendar_kind: Option<String>,
    pipeline_id: Option<Uuid>,
    pipeline_name: Option<String>,
    member_id: Option<Uuid>,
    first_name: Option<String>,
    last_name: Option<String>,
    state: Option<String>,
    role: Option<String>,
    only_assigned: Option<bool>,
    profile_id: Option<Uuid>,
    profile_permissions: Option<Vec<String>>,
    elevated: Vec<String>,
    weight: Option<i32>,
    is_in: Option<bool>,
    hosts: Option<i64>,
    hosts_with_hours: Option<i64>,
}

/// Everything in an account that cannot work as it is, what keeps visitors out first. The statement looks for what may be wrong; the
/// rules of the domain judge it.
#[expect(clippy::too_many_lines, reason = "one statement")]
pub(in crate::staff) async fn findings(
    tx: &mut Tx,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<Vec<Finding>> {
    let suspects = sqlx::query_as!(
        Suspect,
        r#"with person as materialized (
             select m.id, m.first_name, m.last_name, m.state, m.role, m.only_assigned, pp.id as profile_id, pp.permissions,
                    case m.role when 'user' then coalesce(pp.permissions, $2) end as held
             from member m
             left join permission_profile pp on pp.account_id = m.account_id and pp.id = m.profile_id
             where m.account_id = $1),
           open_calendar as materialized (
             select c.id, c.name, c.kind from calendar c where c.account_id = $1 and c.is_active),
           host as materialized (
             select p.calendar_id, p.member_id, p.weight from calendar_person p where p.account_id = $1 and p.is_in),
           working as materialized (
             select w.member_id from working_hours w
             where w.account_id = $1 and jsonb_path_exists(w.hours, '$.days[*][*]')),
           ahead as materialized (
             select distinct h.member_id from appointment a
             join appointment_host h on h.account_id = a.account_id and h.appointment_id = a.id and h.is_active
             where a.account_id = $1 and a.state = 'booked' and a.starts_at > $3),
           owner as materialized (
             select m.* from person m
             where exists (select from opportunity o where o.account_id = $1 and o.owner_id = m.id)),
           given as materialized (select * from elevated_sections($1, $3)),
           suspect as (
             select 'calendar' as what, c.id as calendar_id, null::uuid as pipeline_id,
                    min(h.member_id::text) filter (where w.member_id is null)::uuid as member_id, null::integer as weight,
                    null::boolean as is_in, count(h.member_id) as hosts, count(w.member_id) as hosts_with_hours
             from open_calendar c
             left join host h on h.calendar_id = c.id
             left join working w on w.member_id = h.member_id
             group by c.id
             having count(w.member_id) < count(h.member_id) or count(h.member_id) = 0
             union all
             select 'host', h.calendar_id, null, h.member_id, h.weight, null, null, null
             from host h
             join open_calendar c on c.id = h.calendar_id
             join person m on m.id = h.member_id
             where h.weight = 0 or 'calendars.view' <> all (m.held)
             union all
             select 'host', h.calendar_id, null, h.member_id, h.weight, null, null, null
             from calendar_member h
             join open_calendar c on c.id = h.calendar_id
             join person m on m.id = h.member_id and m.state <> 'active'
             where h.account_id = $1 and not h.is_excluded
             union all
             select 'appointments', null, null, m.id, null, null, null, null
             from ahead a
             join person m on m.id = a.member_id and m.state <> 'active'
             union all
             select 'owner', null, p.id, m.id, null, i.member_id is not null, null, null
             from pipeline p
             cross join owner m
             left join pipeline_person i
               on i.account_id = p.account_id and i.pipeline_id = p.id and i.member_id = m.id and i.is_in
             where p.account_id = $1
               and (m.state <> 'active' or m.role = 'user' and (i.member_id is null or 'opportunities.view' <> all (m.held)))
               and exists (select from opportunity o where o.account_id = $1 and o.owner_id = m.id and o.pipeline_id = p.id)
             union all
             select 'scope', null, null, m.id, null, null, null, null
             from person m
             where m.state = 'active' and m.role = 'user'
               and (('opportunities.view' = any (m.held) or m.id in (select g.member_id from given g where g.opportunities))
                    and (m.only_assigned or 'opportunities.all_records' <> all (m.held))
                    or ('calendars.view' = any (m.held) or m.id in (select g.member_id from given g where g.calendars))
                    and (m.only_assigned or 'calendars.all_records' <> all (m.held)))
               and m.id not in (select o.id from owner o) and m.id not in (select a.member_id from ahead a)
               and m.id not in (select h.member_id from host h))
           select s.what as "what!", c.id as "calendar_id?", c.name as "calendar_name?", c.kind as "calendar_kind?",
                  p.id as "pipeline_id?", p.name as "pipeline_name?", m.id as "member_id?", m.first_name as "first_name?",
                  m.last_name as "last_name?", m.state as "state?", m.role as "role?", m.only_assigned as "only_assigned?",
                  m.profile_id as "profile_id?", m.permissions as "profile_permissions?",
                  array(select e.permission from elevation e
                        where e.account_id = $1 and e.member_id = m.id
                          and elevation_runs(e.verdict, e.ended_at, e.ends_at, $3)) as "elevated!",
                  s.weight, s.is_in, s.hosts, s.hosts_with_hours
           from suspect s
           left join open_calendar c on c.id = s.calendar_id
           left join pipeline p on p.account_id = $1 and p.id = s.pipeline_id
           left join person m on m.id = s.member_id
           order by lower(c.name), p.position, lower(m.first_name || ' ' || m.last_name), m.id"#,
        account.0,
        &standard_keys(),
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut findings = Vec::new();
    for suspect in suspects {
        findings.extend(suspect.findings()?);
    }
    // In the order of the statement where it is the same that was found.
    findings.sort_by_key(|finding| finding.what);
    Ok(findings)
}

impl Suspect {
    fn findings(self) -> Result<Vec<Finding>> {
        let found = self.judge()?;
        let calendar = match (self.calendar_id, self.calendar_name, self.calendar_kind) {
            (Some(id), Some(name), Some(kind)) => {
                let kind = kind.parse().map_err(Error::internal)?;
                Some(FoundCalendar { id: id.into(), name, kind })
            }
            _ => None,
        };
        let pipeline = self.pipeline_id.map(Into::into).zip(self.pipeline_name);
        let name = self.first_name.zip(self.last_name).map(|(first, last)| PersonName { first, last }.full());
        let member = self.member_id.map(MemberId::from).zip(name);
        let finding = |what| Finding {
            what,
            calendar: calendar.clone(),
            pipeline: pipeline.clone(),
            member: member.clone(),
        };
        Ok(found.into_iter().map(finding).collect())
    }

    fn judge(&self) -> Result<Vec<Contradiction>> {
        match self.what.as_str() {
            "calendar" => self.judge_calendar(),
            "host" => self.judge_host(),
            "appointments" => Ok(vec![Contradiction::DeactivatedWithAppointments]),
            "owner" => {
                let (permissions, state) = (self.assignment()?.permissions, self.state()?);
                let is_in_pipeline = self.is_in.unwrap_or_default();
                Ok(OwnerFacts { state, permissions, is_in_pipeline }.contradictions())
            }
            "scope" => {
                let permissions = self.assignment()?.permissions;
                Ok(ScopeFacts { permissions, has_anything: false }.contradictions())
            }
            other => Err(Error::internal(format!("nothing is known about {other:?}"))),
        }
    }

    fn judge_calendar(&self) -> Result<Vec<Contradiction>> {
        let count = |number: Option<i64>| u32::try_from(number.unwrap_or_default()).map_err(Error::internal);
        let facts = CalendarFacts {
            kind: self.kind()?,
            is_active: true,
            hosts: count(self.hosts)?,
            hosts_with_hours: count(self.hosts_with_hours)?,
        };
        Ok(facts.contradictions())
    }

    fn judge_host(&self) -> Result<Vec<Contradiction>> {
        let facts = HostFacts {
            state: self.state()?,
            permissions: self.assignment()?.permissions,
            kind: self.kind()?,
            weight: u32::try_from(self.weight.unwrap_or_default()).map_err(Error::internal)?,
        };
        Ok(facts.contradictions())
    }

    fn kind(&self) -> Result<CalendarKind> {
        self.calendar_kind.as_deref().unwrap_or_default().parse().map_err(Error::internal)
    }

    fn state(&self) -> Result<MemberState> {
        self.state.as_deref().unwrap_or_default().parse().map_err(Error::internal)
    }

    fn assignment(&self) -> Result<Assignment> {
        let profile = ProfileColumns {
            id: self.profile_id,
            name: Some(String::new()),
            permissions: self.profile_permissions.clone(),
        };
        let role = self.role.as_deref().unwrap_or_default();
        assignment(role, self.only_assigned.unwrap_or_default(), profile, &self.elevated)
    }
}
