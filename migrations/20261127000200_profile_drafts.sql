-- What somebody means to change in a profile and has not applied yet: one draft a profile and editor.
create table permission_profile_draft (
    account_id uuid not null,
    profile_id uuid not null,
    member_id uuid not null,
    -- The version it was begun from: what differs from that one is what the draft changes.
    base_version integer not null,
    permissions text[] not null,
    changed_at timestamptz not null,
    primary key (account_id, profile_id, member_id),
    foreign key (account_id, profile_id) references permission_profile (account_id, id) on delete cascade,
    foreign key (account_id, profile_id, base_version)
        references permission_profile_version (account_id, profile_id, version),
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade
);
select protect_tenant_table('permission_profile_draft');
