-- One permission beside what somebody's profile opens: asked for by them, given for a time or for good.
create table elevation (
    account_id uuid not null,
    id uuid not null,
    member_id uuid not null,
    -- A key of the code's vocabulary, as in a profile.
    permission text not null,
    note text not null default '' check (note = trim(note)),
    asked_at timestamptz not null,
    verdict text check (verdict in ('granted', 'refused')),
    decided_by uuid check ((decided_by is null) = (verdict is null)),
    decided_at timestamptz check ((decided_at is null) = (verdict is null)),
    -- None for good. From then on it does not count, whether or not anybody has written down that it ended.
    ends_at timestamptz check (ends_at is null or verdict = 'granted'),
    -- Written down once it is over; by whom, where it was taken back before its end.
    ended_at timestamptz check (ended_at is null or verdict = 'granted'),
    withdrawn_by uuid check (withdrawn_by is null or ended_at is not null),
    primary key (account_id, id),
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade,
    foreign key (account_id, decided_by) references member (account_id, id),
    foreign key (account_id, withdrawn_by) references member (account_id, id)
);
select protect_tenant_table('elevation', 'select, insert, update');
-- Asking twice is asking once.
create unique index elevation_open on elevation (account_id, member_id, permission) where verdict is null;
-- What the look-up of a session reads.
create index elevation_given on elevation (account_id, member_id) where verdict = 'granted' and ended_at is null;

-- A person reads what they were given themselves, whatever account is set, as they do their profiles.
create policy own_elevations on elevation for select
    using ((account_id, member_id) in (select account_id, id from member where login_id = current_login_id()));

-- Their open pages follow when something is given, taken back or over.
create function tell_elevation_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live',
        json_build_object('kind', 'member', 'account', new.account_id, 'member', new.member_id)::text);
    return null;
end $$;
create trigger elevation_change_is_told after update of verdict, ended_at on elevation
    for each row
    when (old.verdict is distinct from new.verdict or old.ended_at is distinct from new.ended_at)
    execute function tell_elevation_change();
