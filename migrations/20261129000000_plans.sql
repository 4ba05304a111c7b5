-- What can be subscribed to. A change of prices or limits is a new version; subscriptions keep theirs.
create table plan (
    code text not null check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    version integer not null check (version >= 1),
    name text not null,
    description text not null default '',
    -- A higher one is an upgrade, whatever it costs.
    tier integer not null check (tier >= 0),
    -- For a full period, in the smallest unit, without tax; none when it is not sold by that period.
    month_minor bigint check (month_minor between 0 and 1000000000000),
    year_minor bigint check (year_minor between 0 and 1000000000000),
    -- How much of everything an account may have; none is without end.
    seats integer check (seats >= 1),
    profiles integer check (profiles >= 0),
    calendars integer check (calendars >= 0),
    api_keys integer check (api_keys >= 0),
    -- Made for some accounts alone: those of `plan_offer`.
    is_custom boolean not null default false,
    created_at timestamptz not null,
    -- From then on nobody can choose it any more.
    retired_at timestamptz,
    primary key (code, currency, version),
    constraint plan_is_sold check (month_minor is not null or year_minor is not null)
);
grant select, insert, update on plan to steward_app;

-- To whom a plan is offered that is not for everybody.
create table plan_offer (
    account_id uuid not null references account on delete cascade,
    code text not null,
    currency text not null,
    version integer not null,
    primary key (account_id, code, currency, version),
    foreign key (code, currency, version) references plan
);
select protect_tenant_table('plan_offer', 'select, insert');

-- What was agreed with one account is nobody else's business.
alter table plan enable row level security;
alter table plan force row level security;
create policy offered on plan for select using (not is_custom or exists (
    select from plan_offer o where o.account_id = (select current_account_id())
        and (o.code, o.currency, o.version) = (plan.code, plan.currency, plan.version)));
-- The operator's commands see and write them all; no request of a visitor reaches that setting.
create policy operator on plan using (current_setting('app.operator', true) = 'on')
    with check (current_setting('app.operator', true) = 'on');
