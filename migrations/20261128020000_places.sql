-- Where somebody who is invited will be from the first moment. An answer is asked for, and "nowhere" is one.
alter table invitation add column places_answered boolean not null default false;

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
