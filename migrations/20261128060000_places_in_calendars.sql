-- Where somebody who is invited will be, in calendars too, and for everybody of a list.
-- Whether anybody said in which calendars. "In none" counts.
alter table invitation add column calendars_answered boolean not null default false;

create table invitation_calendar (
    account_id uuid not null,
    invitation_id uuid not null,
    calendar_id uuid not null,
    -- Stands behind it, as `invitation.places_answered_by` does for pipelines. It takes one right to put people into round robins and
    -- another for the other calendars, so that several people may have said where somebody will be.
    answered_by uuid not null,
    primary key (account_id, invitation_id, calendar_id),
    foreign key (account_id, invitation_id) references invitation (account_id, id) on delete cascade,
    foreign key (account_id, calendar_id) references calendar (account_id, id) on delete cascade,
    foreign key (account_id, answered_by) references member (account_id, id)
);
select protect_tenant_table('invitation_calendar');
create index invitation_calendar_by_calendar on invitation_calendar (account_id, calendar_id);

-- What was answered for everybody whom a list invites (`Vec<domain::staff::NamedPlace>`); null where nothing was asked.
alter table staff_import add column places jsonb;
