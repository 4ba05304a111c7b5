-- That somebody used a permission on a day of their account. Written in batches, some seconds after the fact, by every server: two may
-- bring the same row, and it stays one.
create table permission_use (
    account_id uuid not null,
    member_id uuid not null,
    -- A key of the code's vocabulary, as in a profile.
    permission text not null,
    day date not null,
    -- "When did this person last use it?" is the end of one short range.
    primary key (account_id, member_id, permission, day),
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade
);
select protect_tenant_table('permission_use', 'select, insert, delete');
-- What is too old to keep, and since when anything was written down at all.
create index permission_use_by_day on permission_use (account_id, day);
