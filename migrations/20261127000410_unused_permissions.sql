-- Whoever is shut out holds nothing meanwhile: what they did not use then is no sign that they do not need it.
alter table member_assignment add column active boolean not null default true;

-- What a profile or somebody keeps although nobody used it, and why.
create table kept_permission (
    account_id uuid not null,
    id uuid not null,
    profile_id uuid,
    member_id uuid check ((member_id is null) <> (profile_id is null)),
    permission text not null,
    note text not null check (note = trim(note) and note <> ''),
    kept_by uuid not null,
    kept_at timestamptz not null,
    primary key (account_id, id),
    constraint kept_permission_unique unique nulls not distinct (account_id, profile_id, member_id, permission),
    foreign key (account_id, profile_id) references permission_profile (account_id, id) on delete cascade,
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade,
    foreign key (account_id, kept_by) references member (account_id, id)
);
select protect_tenant_table('kept_permission', 'select, insert, update, delete');
