-- The last day on which a guest has access, in the account's calendar; none for everybody else. Admins stay until somebody acts, so
-- that no account is left without one overnight.
alter table member add column last_day date;
alter table member add constraint member_last_day_user check (last_day is null or role = 'user');
alter table invitation add column last_day date;
alter table invitation add constraint invitation_last_day_user check (last_day is null or role = 'user');

-- Access ends with the day, wherever that is. The job that writes it down may come later.
create function access_has_ended(last_day date, time_zone text, now timestamptz) returns boolean
language sql stable parallel safe
return coalesce(now >= ((last_day + 1)::timestamp at time zone time_zone), false);
