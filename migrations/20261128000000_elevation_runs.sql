-- Whether an elevation counts. The planner writes it into the statements that ask, so they use the index of those that count.
create function elevation_runs(verdict text, ended_at timestamptz, ends_at timestamptz, now timestamptz) returns boolean
language sql immutable parallel safe
return verdict = 'granted' and ended_at is null and (ends_at is null or ends_at > now);
