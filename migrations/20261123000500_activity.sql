-- What people did. The application may add and read, never change; each row's hash covers the row before it.
create table activity (
    account_id uuid not null references account on delete cascade,
    number bigint not null check (number > 0),
    at timestamptz not null,
    -- No foreign key: the log outlives what it speaks of.
    member_id uuid,
    actor_name text not null,
    subject_member_id uuid,
    area text not null,
    event jsonb not null,
    previous_hash bytea not null check (octet_length(previous_hash) = 32),
    hash bytea not null check (octet_length(hash) = 32),
    primary key (account_id, number)
);
select protect_tenant_table('activity', 'select, insert');
create index activity_by_member on activity (account_id, member_id, number desc);
create index activity_by_subject on activity (account_id, subject_member_id, number desc);
create index activity_by_area on activity (account_id, area, number desc);
create index activity_by_time on activity (account_id, at desc);

-- The end of each chain; locking it puts the account's events into one order.
create table activity_head (
    account_id uuid primary key references account on delete cascade,
    number bigint not null,
    hash bytea not null check (octet_length(hash) = 32)
);
select protect_tenant_table('activity_head', 'select, insert, update');

create table activity_export (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    requested_by uuid not null,
    requested_at timestamptz not null,
    filter jsonb not null,
    row_count bigint,
    content bytea,
    primary key (account_id, id),
    foreign key (account_id, requested_by) references member (account_id, id)
);
select protect_tenant_table('activity_export');
