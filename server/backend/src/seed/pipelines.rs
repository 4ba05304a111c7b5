use chrono::{DateTime, Duration, Utc};
use domain::{
    MemberId, PipelineId, StageId,
    activity::{Event, PipelineAct},
    permissions::Profile,
    pipelines::{MembershipChoice, StageColour, StageWords},
};
use uuid::Uuid;

use super::{Stage, cast::ACCOUNT_AGE_DAYS, queries::column};
use crate::{Actor, Result, id, pipelines};

/// A pipeline of the demonstration account.
struct Plan {
    name: &'static str,
    stages: &'static [(&'static str, StageColour)],
    /// The profile whose holders are in it.
    profile: &'static str,
    /// Who of those that sign in is in it by hand.
    by_hand: &'static [usize],
    /// What it is about, with the contact's company.
    deals: &'static [&'static str],
    opportunities: u32,
}

const PLANS: [Plan; 2] = [
    Plan {
        name: "Sales",
        stages: &[
            ("New", StageColour::Blue),
            ("Contacted", StageColour::Teal),
            ("Proposal sent", StageColour::Yellow),
            ("Negotiation", StageColour::Orange),
            ("Won", StageColour::Green),
            ("Lost", StageColour::Grey),
        ],
        profile: "Closers",
        by_hand: &[1, 2],
        deals: &["Website relaunch", "Brand refresh", "Yearly retainer", "Online shop", "Photo shoot"],
        opportunities: 64,
    },
    Plan {
        name: "Onboarding",
        stages: &[
            ("Kick-off", StageColour::Purple),
            ("Set-up", StageColour::Blue),
            ("Training", StageColour::Yellow),
            ("Live", StageColour::Green),
        ],
        profile: "Virtual assistant",
        by_hand: &[2, 3],
        deals: &["Move to the new platform", "Team training", "First campaign"],
        opportunities: 22,
    },
];

const CONTACTS: [(&str, &str); 12] = [
    ("Amelia Hart", "Hart & Sons"),
    ("Ben Okafor", "Okafor Dental"),
    ("Carla Núñez", "Casa Núñez"),
    ("Dev Patel", "Patel Logistics"),
    ("Elin Berg", "Berg Outdoor"),
    ("Felix Braun", "Braun Bakery"),
    ("Grace Lin", "Lin Architects"),
    ("Hassan Ali", "Ali Motors"),
    ("Ingrid Moe", "Moe Interiors"),
    ("Jack Turner", "Turner Roofing"),
    ("Keiko Mori", "Mori Tea"),
    ("Liam Walsh", "Walsh Legal"),
];

/// Made by the founder in the first days; answers what the log tells of it.
pub(super) async fn make(
    stage: &mut Stage<'_>,
    profiles: &[(DateTime<Utc>, Profile)],
) -> Result<Vec<(DateTime<Utc>, Event)>> {
    let mut told = Vec::new();
    for (number, plan) in (0..).zip(&PLANS) {
        let at = stage.now - Duration::days(ACCOUNT_AGE_DAYS - 2) + Duration::minutes(number * 23);
        let words: Vec<_> = plan
            .stages
            .iter()
            .map(|(name, colour)| StageWords { name: (*name).into(), colour: *colour })
            .collect();
        let (pipeline, stages) = pipelines::made(&mut stage.tx, stage.account, plan.name, &words, at).await?;
        let tell = |did| Event::Pipeline { pipeline: pipeline.id, name: plan.name.into(), did };
        told.push((at, tell(PipelineAct::Created)));
        let mut minute = at;
        for did in let_in(stage, pipeline.id, plan, profiles).await? {
            minute += Duration::minutes(1);
            told.push((minute, tell(did)));
        }
        fill(stage, pipeline.id, plan, &stages).await?;
    }
    Ok(told)
}

/// Who is in the pipeline, by the profile and by hand.
async fn let_in(
    stage: &mut Stage<'_>,
    pipeline: PipelineId,
    plan: &Plan,
    profiles: &[(DateTime<Utc>, Profile)],
) -> Result<Vec<PipelineAct>> {
    let mut done = Vec::new();
    for (_, profile) in profiles.iter().filter(|(_, profile)| profile.name == plan.profile) {
        insert_rule(stage, pipeline, profile).await?;
        done.push(PipelineAct::RuleSet { profile: profile.id, profile_name: profile.name.clone(), on: true });
    }
    let by_hand: Vec<_> = plan.by_hand.iter().filter_map(|persona| stage.personas.get(*persona)).collect();
    let actors: Vec<_> = by_hand.into_iter().map(|player| player.access.actor().clone()).collect();
    for actor in actors {
        let Actor::Member { id: member, name, .. } = actor else { continue };
        insert_member(stage, pipeline, member).await?;
        done.push(PipelineAct::MemberSet { member, member_name: name, choice: MembershipChoice::In });
    }
    Ok(done)
}

async fn insert_rule(stage: &mut Stage<'_>, pipeline: PipelineId, profile: &Profile) -> Result<()> {
    sqlx::query!(
        "insert into pipeline_rule (account_id, pipeline_id, profile_id) values ($1, $2, $3)",
        stage.account.0,
        pipeline.0,
        profile.id.0,
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

async fn insert_member(stage: &mut Stage<'_>, pipeline: PipelineId, member: MemberId) -> Result<()> {
    sqlx::query!(
        "insert into pipeline_member (account_id, pipeline_id, member_id, is_excluded) values ($1, $2, $3, false)",
        stage.account.0,
        pipeline.0,
        member.0,
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

/// One of the seed's opportunities.
struct Deal {
    id: Uuid,
    stage: Uuid,
    name: String,
    contact: &'static str,
    value_cents: Option<i64>,
    created_at: DateTime<Utc>,
    stage_since: DateTime<Utc>,
}

impl Deal {
    /// Some are worth nothing yet.
    fn new(plan: &Plan, stages: &[StageId], number: u32, now: DateTime<Utc>) -> Self {
        let n = usize::try_from(number).unwrap_or(0);
        let (contact, company) = CONTACTS[n * 5 % CONTACTS.len()];
        let created_at = now - Duration::hours(i64::from(number) * 31 + 7);
        Self {
            id: id::new(created_at),
            stage: stages[n * 7 % stages.len()].0,
            name: format!("{} for {company}", plan.deals[n % plan.deals.len()]),
            contact,
            value_cents: (!number.is_multiple_of(6)).then(|| i64::from(number * 7_919 % 180 + 12) * 10_000),
            created_at,
            stage_since: now - Duration::hours(i64::from(number) * 13 + 3),
        }
    }

    fn contact_email(&self) -> String {
        let first = self.contact.split(' ').next().unwrap_or_default();
        format!("{}@clients.example.com", first.to_lowercase())
    }
}

/// Puts opportunities into the stages. Those who sign in and a few others who are in the pipeline own them; some are nobody's yet.
async fn fill(stage: &mut Stage<'_>, pipeline: PipelineId, plan: &Plan, stages: &[StageId]) -> Result<()> {
    let deals: Vec<_> =
        (0..plan.opportunities).map(|number| Deal::new(plan, stages, number, stage.now)).collect();
    sqlx::query!(
        "with owners as (
             select array_agg(member_id) as ids from (
                 select member_id from pipeline_person
                 where account_id = $1 and pipeline_id = $2 and is_in
                 order by profile_id is null desc, member_id limit 6) first)
         insert into opportunity (account_id, id, pipeline_id, stage_id, name, contact_name, contact_email, value_cents, owner_id,
                                  stage_since, created_at)
         select $1, row.id, $2, stage_id, name, contact_name, contact_email, value_cents,
                case when n % 9 > 0 then owners.ids[1 + n % cardinality(owners.ids)] end, stage_since, created_at
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::timestamptz[], $10::timestamptz[])
           with ordinality as row (id, stage_id, name, contact_name, contact_email, value_cents, stage_since, created_at, n),
              owners",
        stage.account.0,
        pipeline.0,
        &column(&deals, |deal| deal.id),
        &column(&deals, |deal| deal.stage),
        &column(&deals, |deal| deal.name.clone()),
        &column(&deals, |deal| deal.contact.to_owned()),
        &column(&deals, Deal::contact_email),
        &column(&deals, |deal| deal.value_cents) as &[Option<i64>],
        &column(&deals, |deal| deal.stage_since),
        &column(&deals, |deal| deal.created_at),
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}
