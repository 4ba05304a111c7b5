create table member (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    login_id uuid not null references login,
    first_name text not null,
    last_name text not null,
    phone text,
    role text not null check (role in ('admin', 'user')),
    state text not null default 'active' check (state in ('active', 'deactivated', 'removed')),
    version integer not null default 1,
    joined_at timestamptz not null,
    last_active_at timestamptz,
    primary key (account_id, id)
);
select protect_tenant_table('member');
-- Whoever was removed may come back as a new member; their history stays with the old one.
create unique index member_login_unique on member (account_id, login_id) where state <> 'removed';
create index member_by_login on member (login_id);
create index member_by_name on member (account_id, lower(first_name || ' ' || last_name), id);

-- A person sees their own memberships and the accounts behind them, whatever account is set: the account switcher.
create policy own_memberships on member for select using (login_id = (select current_login_id()));
create policy own_accounts on account for select
    using (id in (select account_id from member where login_id = current_login_id() and state = 'active'));

-- One row per account and address, refreshed in place: a new link raises `version` and renews the nonce's use.
create table invitation (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    email text not null check (email = lower(trim(email))),
    first_name text not null,
    last_name text not null,
    phone text,
    role text not null check (role in ('admin', 'user')),
    state text not null default 'open' check (state in ('open', 'accepted', 'revoked')),
    nonce bytea not null check (octet_length(nonce) = 32),
    version integer not null default 1,
    invited_by uuid not null,
    invited_at timestamptz not null,
    expires_at timestamptz not null,
    delivery text not null default 'queued' check (delivery in ('queued', 'sent', 'failed')),
    delivery_reason text check ((delivery = 'failed') = (delivery_reason is not null)),
    delivered_at timestamptz check ((delivery = 'sent') = (delivered_at is not null)),
    asked_again_at timestamptz,
    accepted_by uuid,
    primary key (account_id, id),
    constraint invitation_email_unique unique (account_id, email),
    foreign key (account_id, invited_by) references member (account_id, id),
    foreign key (account_id, accepted_by) references member (account_id, id)
);
select protect_tenant_table('invitation');

create table staff_import (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    file_name text not null,
    uploaded_by uuid not null,
    uploaded_at timestamptz not null,
    state text not null default 'checked' check (state in ('checked', 'running', 'finished')),
    -- In whose name, and with whose rights, people are invited.
    started_by uuid check ((state = 'checked') = (started_by is null)),
    primary key (account_id, id),
    foreign key (account_id, uploaded_by) references member (account_id, id),
    foreign key (account_id, started_by) references member (account_id, id)
);
select protect_tenant_table('staff_import');

create table staff_import_row (
    account_id uuid not null,
    import_id uuid not null,
    line integer not null,
    employee jsonb not null,
    verdict jsonb not null,
    -- Null until the run reaches it; then 'invited' or why not.
    outcome text,
    primary key (account_id, import_id, line),
    foreign key (account_id, import_id) references staff_import (account_id, id) on delete cascade
);
select protect_tenant_table('staff_import_row');
