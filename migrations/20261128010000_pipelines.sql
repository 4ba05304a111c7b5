-- Pipelines with their stages, who is in them, and the opportunities that move through them.
create table pipeline (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    name text not null check (name = trim(name) and name <> ''),
    position integer not null,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (account_id, id)
);
select protect_tenant_table('pipeline');
create unique index pipeline_name_unique on pipeline (account_id, lower(name));

create table pipeline_stage (
    account_id uuid not null,
    pipeline_id uuid not null,
    id uuid not null,
    name text not null check (name = trim(name) and name <> ''),
    -- `domain::pipelines::StageColour::key`.
    colour text not null,
    position integer not null,
    version integer not null default 1,
    primary key (account_id, id),
    unique (account_id, pipeline_id, id),
    foreign key (account_id, pipeline_id) references pipeline (account_id, id) on delete cascade
);
select protect_tenant_table('pipeline_stage');
create unique index pipeline_stage_name_unique on pipeline_stage (account_id, pipeline_id, lower(name));

-- Everyone with this profile is in.
create table pipeline_rule (
    account_id uuid not null,
    pipeline_id uuid not null,
    profile_id uuid not null,
    primary key (account_id, pipeline_id, profile_id),
    foreign key (account_id, pipeline_id) references pipeline (account_id, id) on delete cascade,
    foreign key (account_id, profile_id) references permission_profile (account_id, id) on delete cascade
);
select protect_tenant_table('pipeline_rule');
create index pipeline_rule_by_profile on pipeline_rule (account_id, profile_id);

-- In by hand, or kept out by hand, whatever the rules say.
create table pipeline_member (
    account_id uuid not null,
    pipeline_id uuid not null,
    member_id uuid not null,
    is_excluded boolean not null,
    primary key (account_id, pipeline_id, member_id),
    foreign key (account_id, pipeline_id) references pipeline (account_id, id) on delete cascade,
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade
);
select protect_tenant_table('pipeline_member');
create index pipeline_member_by_member on pipeline_member (account_id, member_id);

-- Active people for whom something is said about a pipeline, once each; everybody else is not in it. `profile_id` is the rule's.
create view pipeline_person with (security_invoker) as
    select h.account_id, h.pipeline_id, h.member_id, not h.is_excluded as is_in, null::uuid as profile_id
    from pipeline_member h
    join member m on m.account_id = h.account_id and m.id = h.member_id and m.state = 'active'
    union all
    select r.account_id, r.pipeline_id, m.id, true, r.profile_id
    from pipeline_rule r
    join member m on m.account_id = r.account_id and m.profile_id = r.profile_id and m.state = 'active'
    where not exists (select from pipeline_member h
                      where h.account_id = r.account_id and h.pipeline_id = r.pipeline_id and h.member_id = m.id);
grant select on pipeline_person to steward_app;

-- Whether somebody may see a pipeline; no viewer for whoever sees them all.
create function may_see_pipeline(account uuid, pipeline uuid, viewer uuid) returns boolean
language sql stable parallel safe
return viewer is null or exists (
    select from pipeline_person p
    where p.account_id = account and p.pipeline_id = pipeline and p.member_id = viewer and p.is_in);

create table opportunity (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    pipeline_id uuid not null,
    stage_id uuid not null,
    name text not null check (name = trim(name) and name <> ''),
    contact_name text not null,
    contact_email text check (contact_email = lower(trim(contact_email))),
    -- In the smallest unit of the account's currency. The most keeps sums of millions of them within a bigint.
    value_cents bigint check (value_cents between 0 and 1000000000000),
    -- Somebody who left keeps what was theirs until it is given to others.
    owner_id uuid,
    stage_since timestamptz not null,
    created_at timestamptz not null,
    version integer not null default 1,
    primary key (account_id, id),
    foreign key (account_id, pipeline_id, stage_id) references pipeline_stage (account_id, pipeline_id, id),
    foreign key (account_id, owner_id) references member (account_id, id)
);
select protect_tenant_table('opportunity');
-- A column of a board, newest on top; counts and sums come from the index alone.
create index opportunity_by_stage on opportunity (account_id, pipeline_id, stage_id, stage_since desc, id desc)
    include (owner_id, value_cents);
create index opportunity_by_owner on opportunity (account_id, owner_id, pipeline_id, stage_id, stage_since desc, id desc)
    include (value_cents);

-- Open pages follow a pipeline: one notice a statement, as a transaction tells the same only once.
create function tell_pipeline_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live', json_build_object('kind', 'pipeline', 'account', account_id, 'pipeline', pipeline_id)::text)
    from (select distinct account_id, pipeline_id from changed) as concerned;
    return null;
end $$;
create function tell_pipeline_itself() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live', json_build_object('kind', 'pipeline', 'account', account_id, 'pipeline', id)::text)
    from changed;
    return null;
end $$;

-- A trigger with a transition table is for one kind of statement. An update concerns where a row was and where it is.
do $$
declare
    target text;
    teller text;
begin
    foreach target in array array['pipeline', 'pipeline_stage', 'pipeline_rule', 'pipeline_member', 'opportunity'] loop
        teller := case target when 'pipeline' then 'tell_pipeline_itself' else 'tell_pipeline_change' end;
        execute format('create trigger new_%1$s_is_told after insert on %1$s referencing new table as changed
                        for each statement execute function %2$s()', target, teller);
        execute format('create trigger changed_%1$s_is_told after update on %1$s referencing new table as changed
                        for each statement execute function %2$s()', target, teller);
        execute format('create trigger former_%1$s_is_told after update on %1$s referencing old table as changed
                        for each statement execute function %2$s()', target, teller);
        execute format('create trigger gone_%1$s_is_told after delete on %1$s referencing old table as changed
                        for each statement execute function %2$s()', target, teller);
    end loop;
end $$;
