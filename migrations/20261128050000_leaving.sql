-- Since when somebody is what they are (`domain::staff::MemberState`); none for what they were when this was added.
alter table member add column state_since timestamptz;

-- Somebody's place ended, or what they left behind was given to others: to be read for ever, and undone for a day.
create table leaving (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    member_id uuid not null,
    -- `domain::staff::leaving::LeavingWay::key`.
    way text not null,
    state_before text not null check (state_before in ('active', 'deactivated', 'removed')),
    left_at timestamptz not null,
    -- None for Steward itself.
    left_by uuid,
    -- SHA-256 of what was shown and confirmed, so that a form that is sent twice is done once.
    seen bytea not null check (octet_length(seen) = 32),
    undone_at timestamptz,
    undone_by uuid,
    primary key (account_id, id),
    foreign key (account_id, member_id) references member (account_id, id),
    foreign key (account_id, left_by) references member (account_id, id),
    foreign key (account_id, undone_by) references member (account_id, id)
);
select protect_tenant_table('leaving', 'select, insert, update');
create index leaving_by_member on leaving (account_id, member_id, left_at desc);

-- One thing that they held, and what became of it.
create table leaving_item (
    account_id uuid not null,
    leaving_id uuid not null,
    -- In the order in which a receipt tells them.
    position integer not null,
    -- `domain::staff::leaving::HeldKind::key`.
    kind text not null,
    -- No foreign key: a receipt outlives what it speaks of. What it was called stands beside it.
    thing_id uuid not null,
    name text not null,
    about text not null,
    -- To the receiver if there is one, else why there is none: `domain::staff::leaving::Fate`.
    fate text not null check ((fate = 'to') = (receiver_id is not null)),
    receiver_id uuid,
    -- What undoing needs to know: what it was, and how it stood afterwards. None for what was not moved.
    put jsonb,
    -- What undoing did with it: `domain::staff::leaving::Returned::key`.
    returned text,
    primary key (account_id, leaving_id, position),
    foreign key (account_id, leaving_id) references leaving (account_id, id) on delete cascade,
    foreign key (account_id, receiver_id) references member (account_id, id)
);
select protect_tenant_table('leaving_item', 'select, insert, update');
