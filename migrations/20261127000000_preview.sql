-- A session may look at Steward as a profile, a role or somebody else would see it (`domain::permissions::PermissionSource` as text).
-- It names its target without a foreign key: a target that is gone must not end the mark unnoticed.
alter table session add column preview text;

-- Other pages of the session learn of it at once, as they do of its end.
create function tell_session_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('steward_live', json_build_object('kind', 'session', 'session', new.id)::text);
    return null;
end $$;
create trigger session_preview_is_told after update of preview on session
    for each row when (old.preview is distinct from new.preview) execute function tell_session_change();
