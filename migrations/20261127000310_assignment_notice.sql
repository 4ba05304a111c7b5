-- What a member had before changes of role, profile or scope that wait to be told in one mail. What they have since then stands in
-- member_assignment.
create table assignment_notice (
    account_id uuid not null,
    member_id uuid not null,
    since timestamptz not null,
    role text not null,
    -- By name: the profile may be gone when the mail is written.
    profile_name text,
    only_assigned boolean not null,
    primary key (account_id, member_id, since),
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade
);
select protect_tenant_table('assignment_notice');
