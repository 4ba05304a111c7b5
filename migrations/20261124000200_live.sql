-- Open pages learn within a second what concerns them. Triggers tell it, so that no use case can forget to; a message holds ids
-- only, and whoever gets it asks again with their own rights.

create function tell_member_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live', json_build_object('kind', 'member', 'account', new.account_id, 'member', new.id)::text);
    return null;
end $$;
create trigger member_change_is_told after update of role, state, profile_id, only_assigned on member
    for each row
    when (old.role <> new.role or old.state <> new.state or old.only_assigned <> new.only_assigned
          or old.profile_id is distinct from new.profile_id)
    execute function tell_member_change();

create function tell_profile_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live', json_build_object('kind', 'profile', 'account', coalesce(new.account_id, old.account_id),
        'profile', coalesce(new.id, old.id))::text);
    return null;
end $$;
create trigger profile_change_is_told after insert or update or delete on permission_profile
    for each row execute function tell_profile_change();

create function tell_session_end() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live', json_build_object('kind', 'session', 'session', old.id)::text);
    return null;
end $$;
create trigger session_end_is_told after delete on session for each row execute function tell_session_end();
