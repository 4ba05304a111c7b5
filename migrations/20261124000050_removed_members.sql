-- Where somebody was reached when they left or were removed. What the person behind the login calls themselves later is nobody's
-- business in an account they do not belong to any more. Rows from before have none and show the login's.
alter table member add column removed_email text
    constraint member_removed_email_check check (removed_email = lower(trim(removed_email)));
