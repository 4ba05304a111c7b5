-- Once a quarter an Admin goes through everybody who has access, or is about to get it.
create table access_review (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    started_at timestamptz not null,
    started_by uuid not null,
    finished_at timestamptz,
    finished_by uuid check ((finished_by is null) = (finished_at is null)),
    primary key (account_id, id),
    foreign key (account_id, started_by) references member (account_id, id),
    foreign key (account_id, finished_by) references member (account_id, id)
);
select protect_tenant_table('access_review', 'select, insert, update');
create unique index access_review_running on access_review (account_id) where finished_at is null;

-- Everybody who had access, or was invited to it, when the review began. Whoever comes later is left to the next one.
create table access_review_line (
    account_id uuid not null,
    review_id uuid not null,
    id uuid not null,
    member_id uuid,
    invitation_id uuid check ((invitation_id is null) <> (member_id is null)),
    verdict text check (verdict in ('keep', 'change', 'end')),
    note text not null default '',
    decided_by uuid,
    decided_at timestamptz check ((decided_at is null) = (verdict is null)),
    -- What they had when it was decided.
    role text check ((role is null) = (verdict is null)),
    profile text,
    permissions text[],
    primary key (account_id, review_id, id),
    foreign key (account_id, review_id) references access_review (account_id, id) on delete cascade,
    foreign key (account_id, member_id) references member (account_id, id),
    foreign key (account_id, invitation_id) references invitation (account_id, id),
    foreign key (account_id, decided_by) references member (account_id, id)
);
select protect_tenant_table('access_review_line', 'select, insert, update');
