-- Nobody is forgotten: what makes people ready to work, and since when something needs attention.

-- Somebody said that a member needs no calendar, or no pipeline: silence is no answer.
create table place_not_needed (
    account_id uuid not null,
    member_id uuid not null,
    -- `domain::calendars::PlaceKind::key`.
    kind text not null,
    said_by uuid not null,
    said_at timestamptz not null,
    primary key (account_id, member_id, kind),
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade,
    foreign key (account_id, said_by) references member (account_id, id)
);
select protect_tenant_table('place_not_needed');

-- What is known of each member; `domain::calendars::readiness` judges it. A personal calendar is nobody's place but its host's.
create view member_place with (security_invoker) as
    select m.account_id, m.id as member_id,
           exists (select from calendar c where c.account_id = m.account_id and c.kind <> 'personal') as has_calendars,
           exists (select from pipeline p where p.account_id = m.account_id) as has_pipelines,
           (select count(*) from calendar_person p
            where p.account_id = m.account_id and p.member_id = m.id and p.is_in) as calendars,
           (select count(*) from pipeline_person p
            where p.account_id = m.account_id and p.member_id = m.id and p.is_in) as pipelines,
           exists (select from place_not_needed n
                   where n.account_id = m.account_id and n.member_id = m.id and n.kind = 'calendar') as needs_no_calendar,
           exists (select from place_not_needed n
                   where n.account_id = m.account_id and n.member_id = m.id and n.kind = 'pipeline') as needs_no_pipeline,
           exists (select from working_hours w
                   where w.account_id = m.account_id and w.member_id = m.id
                     and jsonb_path_exists(w.hours, '$.days[*][*]')) as has_hours
    from member m;
grant select on member_place to steward_app;

-- What somebody may see beside what their profile opens: an elevation opens its section (`domain::permissions::decide`).
create function elevated_sections(account uuid, now timestamptz) returns table (member_id uuid, calendars boolean, opportunities boolean)
language sql stable as $$
    select e.member_id, bool_or(e.permission like 'calendars.%' and e.permission <> 'calendars.all_records'),
           bool_or(e.permission like 'opportunities.%' and e.permission <> 'opportunities.all_records')
    from elevation e
    where e.account_id = account and elevation_runs(e.verdict, e.ended_at, e.ends_at, now)
    group by e.member_id
$$;

-- The active members who are not ready, as `domain::calendars::readiness` judges them; all at once, where one by one would be slow.
-- `standard` is what Users without a profile hold.
create function members_not_ready(account uuid, standard text[], now timestamptz) returns table (member_id uuid)
language sql stable as $$
    select m.id
    from member m
    left join permission_profile pp on pp.account_id = m.account_id and pp.id = m.profile_id
    left join (select p.member_id as id from calendar_person p
               where p.account_id = account and p.is_in group by p.member_id) host on host.id = m.id
    left join (select p.member_id as id from pipeline_person p
               where p.account_id = account and p.is_in group by p.member_id) seller on seller.id = m.id
    left join (select n.member_id as id, bool_or(n.kind = 'calendar') as no_calendar, bool_or(n.kind = 'pipeline') as no_pipeline
               from place_not_needed n where n.account_id = account group by n.member_id) said on said.id = m.id
    left join (select w.member_id as id from working_hours w
               where w.account_id = account and jsonb_path_exists(w.hours, '$.days[*][*]')) working on working.id = m.id
    left join elevated_sections(account, now) given on given.member_id = m.id
    cross join lateral (select
        m.role = 'admin' or 'calendars.view' = any (coalesce(pp.permissions, standard)) or given.calendars is true as calendars,
        m.role = 'admin' or 'opportunities.view' = any (coalesce(pp.permissions, standard))
            or given.opportunities is true as opportunities) sees
    where m.account_id = account and m.state = 'active' and (
        case when host.id is not null then working.id is null or not sees.calendars
             else sees.calendars and said.no_calendar is not true
                  and exists (select from calendar c where c.account_id = account and c.kind <> 'personal') end
        or case when seller.id is not null then not sees.opportunities
                else sees.opportunities and said.no_pipeline is not true
                     and exists (select from pipeline p where p.account_id = account) end)
$$;

-- What was found when the account was last looked over, and when it was found first.
create table attention (
    account_id uuid not null references account on delete cascade,
    -- `domain::calendars::Finding::key`, or who is not ready.
    key text not null,
    since timestamptz not null,
    primary key (account_id, key)
);
select protect_tenant_table('attention');

-- Whether Admins get a mail about it, and the day of the account on which it was last looked over.
alter table account add column attention_mails boolean not null default true;
alter table account add column looked_over_on date;
