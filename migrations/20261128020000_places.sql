-- Where somebody who is invited will be from the first moment. An answer is asked for, and "nowhere" is one. Whoever gave it stands
-- behind it: their right to put people anywhere is asked for again when it is accepted, whoever sends the link once more.
alter table invitation add column places_answered_by uuid;
alter table invitation add foreign key (account_id, places_answered_by) references member (account_id, id);

create table invitation_pipeline (
    account_id uuid not null,
    invitation_id uuid not null,
    pipeline_id uuid not null,
    primary key (account_id, invitation_id, pipeline_id),
    foreign key (account_id, invitation_id) references invitation (account_id, id) on delete cascade,
    foreign key (account_id, pipeline_id) references pipeline (account_id, id) on delete cascade
);
select protect_tenant_table('invitation_pipeline');
create index invitation_pipeline_by_pipeline on invitation_pipeline (account_id, pipeline_id);
