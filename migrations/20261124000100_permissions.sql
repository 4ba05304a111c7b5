-- Named sets of permissions. Keys are the vocabulary of the code (`section.verb`), which only ever grows.
create table permission_profile (
    account_id uuid not null references account on delete cascade,
    id uuid not null,
    name text not null check (name = trim(name) and name <> ''),
    description text not null default '',
    permissions text[] not null default '{}',
    version integer not null default 1,
    changed_at timestamptz not null,
    -- None when Steward itself did it.
    changed_by uuid,
    primary key (account_id, id),
    foreign key (account_id, changed_by) references member (account_id, id)
);
select protect_tenant_table('permission_profile');
create unique index permission_profile_name_unique on permission_profile (account_id, lower(name));

-- Every state a profile has been in, to undo, to restore and to compare. Never changed afterwards.
create table permission_profile_version (
    account_id uuid not null references account on delete cascade,
    -- No foreign key: what people could do last spring is asked for after the profile is gone.
    profile_id uuid not null,
    version integer not null,
    name text not null,
    description text not null,
    permissions text[] not null,
    changed_at timestamptz not null,
    changed_by uuid,
    primary key (account_id, profile_id, version),
    foreign key (account_id, changed_by) references member (account_id, id)
);
select protect_tenant_table('permission_profile_version', 'select, insert');

-- No profile: the built-in set "Standard user". A profile in use cannot be deleted from under anybody.
alter table member
    add column profile_id uuid,
    -- Narrows what the profile opens to records assigned to this person.
    add column only_assigned boolean not null default false,
    add foreign key (account_id, profile_id) references permission_profile (account_id, id);
create index member_by_profile on member (account_id, profile_id) where profile_id is not null;

-- What each member was given, from when on, and by whom.
create table member_assignment (
    account_id uuid not null,
    member_id uuid not null,
    since timestamptz not null,
    role text not null,
    profile_id uuid,
    only_assigned boolean not null,
    given_by uuid,
    primary key (account_id, member_id, since),
    foreign key (account_id, member_id) references member (account_id, id) on delete cascade,
    foreign key (account_id, given_by) references member (account_id, id)
);
select protect_tenant_table('member_assignment', 'select, insert, update');

alter table invitation
    add column profile_id uuid,
    add column only_assigned boolean not null default false,
    add foreign key (account_id, profile_id) references permission_profile (account_id, id);
create index invitation_by_profile on invitation (account_id, profile_id) where profile_id is not null;

-- A person reads the profiles they hold themselves, whatever account is set, as they do their memberships.
create policy own_profiles on permission_profile for select
    using ((account_id, id) in (select account_id, profile_id from member where login_id = current_login_id()));
