-- Whoever edits a profile sees who is touched: they are told when somebody gets it, loses it or leaves.
create function tell_holder_change() returns trigger language plpgsql as $$
declare
    concerned uuid;
begin
    foreach concerned in array array[case when tg_op = 'UPDATE' then old.profile_id end, new.profile_id] loop
        if concerned is not null then
            perform pg_notify('steward_live',
                json_build_object('kind', 'holders', 'account', new.account_id, 'profile', concerned)::text);
        end if;
    end loop;
    return null;
end $$;
create trigger new_holder_is_told after insert on member
    for each row when (new.profile_id is not null) execute function tell_holder_change();
create trigger holder_change_is_told after update of profile_id, state on member
    for each row when (old.profile_id is distinct from new.profile_id or old.state <> new.state)
    execute function tell_holder_change();
