-- Calendars with their hosts, when people work, and the appointments that visitors book.
-- Trusted since PostgreSQL 13: the owner of the database may make it. It lets the overlap constraint compare ids as well.
create extension if not exists btree_gist;

-- What a name becomes in an address: "Núñez & Co" is nunez-co.
create function slug_from(name text) returns text language sql immutable parallel safe
return coalesce(nullif(trim(both '-' from left(trim(both '-' from
    regexp_replace(regexp_replace(lower(normalize(name, nfd)), '[\u0300-\u036f]', '', 'g'), '[^a-z0-9]+', '-', 'g')), 48)), ''), 'x');

-- Part of the address of what an account shows to everybody. Whoever inserts none gets one that nobody else has.
alter table account add column slug text check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60);
alter table account no force row level security;
update account set slug = slug_from(name) || case when is_first then '' else '-' || right(id::text, 8) end
from (select id as numbered, row_number() over (partition by slug_from(name) order by created_at, id) = 1 as is_first
      from account) as known
where numbered = id;
alter table account force row level security;
alter table account alter column slug set not null;
-- The one thing that is unique among all accounts: an address leads to one place.
create unique index account_slug_unique on account (slug);
create function give_account_slug() returns trigger language plpgsql as $$
begin
    new.slug := coalesce(new.slug, slug_from(new.name) || '-' || right(new.id::text, 8));
    return new;
end $$;
create trigger account_gets_slug before insert on account for each row execute function give_account_slug();

-- A visitor enters by the public address and sees that one account. Only `Db::public` sets this, for one transaction.
create policy public_address on account for select using (slug = nullif(current_setting('app.account_slug', true), ''));

create table calendar (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    -- `domain::calendars::CalendarKind::key`.
    kind text not null,
    name text not null check (name = trim(name) and name <> ''),
    slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
    description text not null,
    location text not null,
    -- `domain::Colour::key`.
    colour text not null,
    duration_minutes integer not null,
    slot_step_minutes integer not null,
    buffer_before_minutes integer not null,
    buffer_after_minutes integer not null,
    minimum_notice_minutes integer not null,
    horizon_days integer not null,
    -- For whoever joins without saying otherwise.
    ramp_up_weeks integer not null,
    -- `Vec<domain::calendars::Question>`.
    questions jsonb not null,
    is_active boolean not null default true,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (account_id, id)
);
select protect_tenant_table('calendar');
create unique index calendar_name_unique on calendar (account_id, lower(name));
create unique index calendar_slug_unique on calendar (account_id, slug);

-- Everyone with this profile is a host.
create table calendar_rule (
    account_id uuid not null,
    calendar_id uuid not null,
    profile_id uuid not null,
    weight integer not null,
    priority text not null,
    ramp_up_weeks integer not null,
    since timestamptz not null,
    primary key (account_id, calendar_id, profile_id),
    foreign key (account_id, calendar_id) references calendar (account_id, id) on delete cascade,
    foreign key (account_id, profile_id) references permission_profile (account_id, id) on delete cascade
);
select protect_tenant_table('calendar_rule');
create index calendar_rule_by_profile on calendar_rule (account_id, profile_id);

-- A host by hand, or kept out by hand, whatever the rules say.
create table calendar_member (
    account_id uuid not null,
    calendar_id uuid not null,
    member_id uuid not null,
    is_excluded boolean not null,
    weight integer not null,
    priority text not null,
    ramp_up_weeks integer not null,
    joined_at timestamptz not null,
    primary key (account_id, calendar_id, member_id),
    foreign key (account_id, calendar_id) references calendar (account_id, id) on delete cascade,
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade
);
select protect_tenant_table('calendar_member');
create index calendar_member_by_member on calendar_member (account_id, member_id);

-- Active people for whom something is said about a calendar, once each; everybody else is not in it. `profile_id` is the rule's.
-- Who is in by a rule came when the rule was set or when they got the profile, whichever was later.
create view calendar_person with (security_invoker) as
    select h.account_id, h.calendar_id, h.member_id, not h.is_excluded as is_in, null::uuid as profile_id,
           h.weight, h.priority, h.ramp_up_weeks, h.joined_at
    from calendar_member h
    join member m on m.account_id = h.account_id and m.id = h.member_id and m.state = 'active'
    union all
    select r.account_id, r.calendar_id, m.id, true, r.profile_id, r.weight, r.priority, r.ramp_up_weeks,
           greatest(r.since, m.joined_at, (
               select max(given.since) from (
                   select a.since, a.profile_id, lag(a.profile_id) over (order by a.since) as former
                   from member_assignment a where a.account_id = m.account_id and a.member_id = m.id) given
               where given.profile_id = r.profile_id and given.former is distinct from r.profile_id))
    from calendar_rule r
    join member m on m.account_id = r.account_id and m.profile_id = r.profile_id and m.state = 'active'
    where not exists (select from calendar_member h
                      where h.account_id = r.account_id and h.calendar_id = r.calendar_id and h.member_id = m.id);
grant select on calendar_person to steward_app;

-- What is kept about a host of a round robin from draw to draw: `domain::calendars::Turns`.
create table calendar_turn (
    account_id uuid not null,
    calendar_id uuid not null,
    member_id uuid not null,
    credit bigint not null,
    last_booked_at timestamptz,
    primary key (account_id, calendar_id, member_id),
    foreign key (account_id, calendar_id) references calendar (account_id, id) on delete cascade,
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade
);
select protect_tenant_table('calendar_turn');

-- A usual week of somebody, on the clock of where they are.
create table working_hours (
    account_id uuid not null,
    member_id uuid not null,
    -- IANA name; none for the account's.
    time_zone text,
    -- `domain::calendars::WorkingHours`.
    hours jsonb not null,
    version integer not null,
    primary key (account_id, member_id),
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade
);
select protect_tenant_table('working_hours');

-- Time in which nobody can book somebody: a holiday, or an hour they need for themselves.
create table time_off (
    account_id uuid not null,
    id uuid not null,
    member_id uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (starts_at < ends_at),
    reason text not null,
    created_at timestamptz not null,
    primary key (account_id, id),
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade
);
select protect_tenant_table('time_off');
create index time_off_by_member on time_off (account_id, member_id, ends_at);

create table appointment (
    account_id uuid not null,
    id uuid not null,
    calendar_id uuid not null,
    visitor_name text not null check (visitor_name = trim(visitor_name) and visitor_name <> ''),
    visitor_email text not null check (visitor_email = lower(trim(visitor_email))),
    visitor_phone text not null,
    visitor_notes text not null,
    -- `Vec<domain::calendars::Answer>`, with the questions as they were asked.
    answers jsonb not null,
    -- IANA name.
    visitor_time_zone text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (starts_at < ends_at),
    state text not null default 'booked' check (state in ('booked', 'cancelled')),
    -- Who of the staff booked it; none for the visitor.
    booked_by uuid,
    -- The visitor's link is made of it.
    link_nonce bytea not null check (octet_length(link_nonce) = 32),
    -- SHA-256 of the key of the form, so that a form that is sent twice books once.
    request_hash bytea check (octet_length(request_hash) = 32),
    -- What drawing its host did to the credits of the round robin (member → change), to be taken back with it.
    credit_moves jsonb not null default '{}',
    -- Of the .ics file: grows with everything that calendars should take over.
    sequence integer not null default 0,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (account_id, id),
    foreign key (account_id, calendar_id) references calendar (account_id, id) on delete cascade,
    foreign key (account_id, booked_by) references member (account_id, id)
);
select protect_tenant_table('appointment');
create unique index appointment_request_unique on appointment (account_id, calendar_id, request_hash);
create index appointment_by_start on appointment (account_id, starts_at, id);
create index appointment_by_calendar on appointment (account_id, calendar_id, starts_at);

create table appointment_host (
    account_id uuid not null,
    appointment_id uuid not null,
    member_id uuid not null,
    -- With the buffers of the calendar as they were.
    occupied tstzrange not null check (not isempty(occupied)),
    -- Until it is cancelled.
    is_active boolean not null default true,
    primary key (account_id, appointment_id, member_id),
    foreign key (account_id, appointment_id) references appointment (account_id, id) on delete cascade,
    foreign key (account_id, member_id) references member (account_id, id),
    -- Nobody is at two appointments at once, whoever books them at the same instant.
    constraint appointment_host_free exclude using gist (account_id with =, member_id with =, occupied with &&) where (is_active)
);
select protect_tenant_table('appointment_host');
create index appointment_host_by_member on appointment_host (account_id, member_id, appointment_id);

-- Open pages follow a calendar: who is in it, what it offers, what is booked. One notice a statement, as for pipelines.
create function tell_calendar_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live', json_build_object('kind', 'calendar', 'account', account_id, 'calendar', calendar_id)::text)
    from (select distinct account_id, calendar_id from changed) as concerned;
    return null;
end $$;
create function tell_calendar_itself() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live', json_build_object('kind', 'calendar', 'account', account_id, 'calendar', id)::text)
    from changed;
    return null;
end $$;
-- Somebody's hours concern every calendar that they are in.
create function tell_calendars_of_member() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live', json_build_object('kind', 'calendar', 'account', account_id, 'calendar', calendar_id)::text)
    from (select distinct p.account_id, p.calendar_id from changed c
          join calendar_person p on p.account_id = c.account_id and p.member_id = c.member_id and p.is_in) as concerned;
    return null;
end $$;

do $$
declare
    target text;
    teller text;
begin
    foreach target in array array['calendar', 'calendar_rule', 'calendar_member', 'working_hours', 'time_off', 'appointment'] loop
        teller := case target when 'calendar' then 'tell_calendar_itself'
                              when 'working_hours' then 'tell_calendars_of_member'
                              when 'time_off' then 'tell_calendars_of_member'
                              else 'tell_calendar_change' end;
        execute format('create trigger new_%1$s_is_told after insert on %1$s referencing new table as changed
                        for each statement execute function %2$s()', target, teller);
        execute format('create trigger changed_%1$s_is_told after update on %1$s referencing new table as changed
                        for each statement execute function %2$s()', target, teller);
        execute format('create trigger gone_%1$s_is_told after delete on %1$s referencing old table as changed
                        for each statement execute function %2$s()', target, teller);
    end loop;
end $$;
