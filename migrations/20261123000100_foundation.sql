-- Two roles: the owner runs migrations; the application's logins are members of `steward_app`, which owns nothing.
do $$
begin
    -- Roles belong to the cluster: an operator without the right to make roles may have been given this one …
    if not exists (select from pg_roles where rolname = 'steward_app') then
        create role steward_app nologin;
    end if;
exception when duplicate_object or unique_violation then
    null; -- … or another database (a parallel test) made it just now.
end $$;
grant usage on schema public to steward_app;

-- Which account and which login this transaction works for. A reused connection has '' where nothing was set.
create function current_account_id() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.account_id', true), '')::uuid $$;
create function current_login_id() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.login_id', true), '')::uuid $$;

-- The second lock of every tenant table: no account set, no rows; forced, so that it binds the owner too.
create function protect_tenant_table(target regclass, privileges text default 'select, insert, update, delete')
    returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    -- As a subquery it is asked for once a statement, not once a row.
    execute format('create policy tenant on %s using (account_id = (select current_account_id()))'
        ' with check (account_id = (select current_account_id()))', target);
    execute format('grant %s on %s to steward_app', privileges, target);
end $$;
