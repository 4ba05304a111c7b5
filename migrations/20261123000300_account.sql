create table account (
    id uuid primary key,
    name text not null,
    time_zone text not null,
    country text not null check (country ~ '^[A-Z]{2}$'),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    language text not null,
    created_at timestamptz not null
);
alter table account enable row level security;
alter table account force row level security;
create policy tenant on account using (id = current_account_id()) with check (id = current_account_id());
grant select, insert, update, delete on account to steward_app;

-- The operator's commands list all accounts (never what is inside). Only `Db::operator` sets this, for one transaction; no
-- request of a visitor reaches it.
create policy operator on account for select using (current_setting('app.operator', true) = 'on');
