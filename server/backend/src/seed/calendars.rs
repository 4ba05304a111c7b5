use chrono::{DateTime, Datelike, Days, Duration, NaiveTime, Utc, Weekday};
use domain::{
    CalendarId, Colour, MemberId,
    activity::{CalendarAct, Event},
    calendars::{
        CalendarKind, CalendarRules, CalendarSettings, CalendarWords, DayInterval, HostTerms, Question,
        QuestionKind, WorkingHours,
    },
    permissions::Profile,
    pipelines::MembershipChoice,
};
use uuid::Uuid;

use super::{Stage, cast::ACCOUNT_AGE_DAYS, queries::column};
use crate::{
    Actor, Error, Result,
    account::zone::{at, local_day},
    calendars, id, keys,
};

/// A calendar of the demonstration account.
struct Plan {
    kind: CalendarKind,
    name: &'static str,
    description: &'static str,
    location: &'static str,
    colour: Colour,
    duration_minutes: u32,
    question: &'static str,
    /// The profile whose holders are hosts; empty for none.
    profile: &'static str,
    /// Who of those that sign in is a host by hand, with which weight.
    by_hand: &'static [(usize, u32)],
    /// When appointments of the seed begin; no two calendars share one, so that nobody is at two at once.
    times: &'static [(u32, u32)],
    /// Days from one day with appointments to the next.
    every_days: u64,
}

const PLANS: [Plan; 3] = [
    Plan {
        kind: CalendarKind::RoundRobin,
        name: "Discovery Call",
        description: "Half an hour to find out whether we are right for each other. It costs nothing.",
        location: "We call you.",
        colour: Colour::Blue,
        duration_minutes: 30,
        question: "What would you like to talk about?",
        profile: "Closers",
        by_hand: &[(1, 20), (2, 10)],
        times: &[(9, 30), (11, 0), (14, 0)],
        every_days: 1,
    },
    Plan {
        kind: CalendarKind::Collective,
        name: "Project kick-off",
        description: "The whole team and you: what we do first, and who does it.",
        location: "https://meet.example.com/kick-off",
        colour: Colour::Green,
        duration_minutes: 60,
        question: "",
        profile: "",
        by_hand: &[(1, 10), (3, 10)],
        times: &[(15, 0)],
        every_days: 4,
    },
    Plan {
        kind: CalendarKind::Personal,
        name: "Coffee with the founder",
        description: "Anything you always wanted to ask.",
        location: "At our office.",
        colour: Colour::Orange,
        duration_minutes: 45,
        question: "How do you take your coffee?",
        profile: "",
        by_hand: &[(0, 10)],
        times: &[(13, 0)],
        every_days: 3,
    },
];

const VISITORS: [&str; 10] = [
    "Amelia Hart",
    "Ben Okafor",
    "Carla Núñez",
    "Dev Patel",
    "Elin Berg",
    "Felix Braun",
    "Grace Lin",
    "Hassan Ali",
    "Ingrid Moe",
    "Jack Turner",
];

/// Days back and ahead in which there are appointments.
const DAYS: (u64, u64) = (28, 17);
/// Hosts of a calendar who have appointments.
const BUSY_HOSTS: i64 = 6;

/// Made by the founder in the first days; answers what the log tells of it.
pub(super) async fn make(
    stage: &mut Stage<'_>,
    profiles: &[(DateTime<Utc>, Profile)],
) -> Result<Vec<(DateTime<Utc>, Event)>> {
    let mut told = Vec::new();
    let mut made = Vec::new();
    for (number, plan) in (0..).zip(&PLANS) {
        let then = stage.now - Duration::days(ACCOUNT_AGE_DAYS - 3) + Duration::minutes(number * 31);
        let calendar =
            calendars::made(&mut stage.tx, stage.account, plan.kind, &plan.words(), then).await?.id;
        let tell = |did| Event::Calendar { calendar, name: plan.name.into(), did };
        told.push((then, tell(CalendarAct::Created)));
        let mut minute = then;
        for did in let_in(stage, calendar, plan, profiles, then).await? {
            minute += Duration::minutes(1);
            told.push((minute, tell(did)));
        }
        made.push((calendar, plan));
    }
    set_hours(stage).await?;
    for (calendar, plan) in made {
        fill(stage, calendar, plan).await?;
    }
    Ok(told)
}

impl Plan {
    fn words(&self) -> CalendarWords {
        let asked =
            |label: &str| Question { label: label.into(), kind: QuestionKind::Short, is_required: false };
        let questions = Some(self.question).filter(|question| !question.is_empty()).map(asked);
        CalendarWords {
            name: self.name.into(),
            slug: None,
            colour: self.colour,
            settings: CalendarSettings {
                description: self.description.into(),
                location: self.location.into(),
                rules: CalendarRules {
                    duration_minutes: self.duration_minutes,
                    slot_step_minutes: 30,
                    buffer_before_minutes: 0,
                    buffer_after_minutes: 15,
                    minimum_notice_minutes: 120,
                    horizon_days: 60,
                },
                ramp_up_weeks: 2,
                questions: questions.into_iter().collect(),
            },
        }
    }
}

/// Who takes bookings, by the profile and by hand.
async fn let_in(
    stage: &mut Stage<'_>,
    calendar: CalendarId,
    plan: &Plan,
    profiles: &[(DateTime<Utc>, Profile)],
    then: DateTime<Utc>,
) -> Result<Vec<CalendarAct>> {
    let mut done = Vec::new();
    for (_, profile) in profiles.iter().filter(|(_, profile)| profile.name == plan.profile) {
        let terms = HostTerms::usual();
        insert_rule(stage, calendar, profile, terms, then).await?;
        let (profile, profile_name) = (profile.id, profile.name.clone());
        done.push(CalendarAct::RuleSet { profile, profile_name, terms: Some(terms) });
    }
    let by_hand: Vec<_> = plan
        .by_hand
        .iter()
        .filter_map(|(persona, weight)| {
            let actor = stage.personas.get(*persona)?.access.actor().clone();
            Some((actor, HostTerms { weight: *weight, ..HostTerms::usual() }))
        })
        .collect();
    for (actor, terms) in by_hand {
        let Actor::Member { id: member, name, .. } = actor else { continue };
        insert_member(stage, calendar, member, terms, then).await?;
        let (choice, terms) = (MembershipChoice::In, Some(terms));
        done.push(CalendarAct::MemberSet { member, member_name: name, choice, terms });
    }
    Ok(done)
}

async fn insert_rule(
    stage: &mut Stage<'_>,
    calendar: CalendarId,
    profile: &Profile,
    terms: HostTerms,
    then: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into calendar_rule (account_id, calendar_id, profile_id, weight, priority, ramp_up_weeks, since)
         values ($1, $2, $3, $4, $5, 0, $6)",
        stage.account.0,
        calendar.0,
        profile.id.0,
        i32::try_from(terms.weight).map_err(Error::internal)?,
        terms.priority.key(),
        then,
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

async fn insert_member(
    stage: &mut Stage<'_>,
    calendar: CalendarId,
    member: MemberId,
    terms: HostTerms,
    then: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into calendar_member
           (account_id, calendar_id, member_id, is_excluded, weight, priority, ramp_up_weeks, joined_at)
         values ($1, $2, $3, false, $4, $5, 0, $6)",
        stage.account.0,
        calendar.0,
        member.0,
        i32::try_from(terms.weight).map_err(Error::internal)?,
        terms.priority.key(),
        then,
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

/// All hosts work on weekdays from nine to five; every seventh of those that are in by a profile has not said yet when. One of those
/// who sign in is away in two weeks.
async fn set_hours(stage: &mut Stage<'_>) -> Result<()> {
    const WEEKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let day = DayInterval::new(9 * 60, 17 * 60).map_err(|problem| Error::internal(problem.to_string()))?;
    let week = WorkingHours::new(WEEKDAYS.map(|weekday| (weekday, day)));
    let week = week.map_err(|(_, problem)| Error::internal(problem.to_string()))?;
    sqlx::query!(
        "insert into working_hours (account_id, member_id, hours, version)
         select $1, member_id, $2, 1 from (
             select member_id, bool_or(profile_id is null) as is_by_hand, row_number() over (order by member_id) as n
             from calendar_person where account_id = $1 and is_in group by member_id) host
         where is_by_hand or n % 7 <> 0",
        stage.account.0,
        serde_json::to_value(week)?,
    )
    .execute(&mut *stage.tx)
    .await?;
    let away = stage.personas.get(1).and_then(|player| player.access.member_id());
    let (Some(member), now) = (away, stage.now) else { return Ok(()) };
    let time_off: Uuid = id::new(now);
    sqlx::query!(
        "insert into time_off (account_id, id, member_id, starts_at, ends_at, reason, created_at)
         values ($1, $2, $3, $4, $5, 'Holiday', $6)",
        stage.account.0,
        time_off,
        member.0,
        now + Duration::days(21),
        now + Duration::days(28),
        now - Duration::days(2),
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}

/// One of the seed's appointments.
struct Meeting {
    id: Uuid,
    visitor: &'static str,
    starts_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    is_cancelled: bool,
    nonce: Vec<u8>,
    hosts: Vec<Uuid>,
}

impl Meeting {
    fn email(&self) -> String {
        let first = self.visitor.split(' ').next().unwrap_or_default();
        format!("{}@clients.example.com", first.to_lowercase())
    }
}

/// Puts appointments into a calendar, past and future. Of a round robin only the first few hosts have some.
async fn fill(stage: &mut Stage<'_>, calendar: CalendarId, plan: &Plan) -> Result<()> {
    let hosts = sqlx::query_scalar!(
        r#"select p.member_id as "id!" from calendar_person p
           join working_hours w on w.account_id = p.account_id and w.member_id = p.member_id
           where p.account_id = $1 and p.calendar_id = $2 and p.is_in
           order by p.profile_id is null desc, p.member_id limit $3"#,
        stage.account.0,
        calendar.0,
        BUSY_HOSTS,
    )
    .fetch_all(&mut *stage.tx)
    .await?;
    let meetings = meetings(stage, plan, &hosts);
    insert(stage, calendar, plan, &meetings).await
}

fn meetings(stage: &Stage<'_>, plan: &Plan, hosts: &[Uuid]) -> Vec<Meeting> {
    let zone = &stage.business.time_zone;
    let today = local_day(stage.now, zone);
    let first = today.checked_sub_days(Days::new(DAYS.0)).unwrap_or(today);
    let days = (0..DAYS.0 + DAYS.1).step_by(usize::try_from(plan.every_days).unwrap_or(1));
    let days = days.filter_map(|n| first.checked_add_days(Days::new(n)));
    let weekdays = days.filter(|day| day.weekday().num_days_from_monday() < 5);
    let times = weekdays.flat_map(|day| plan.times.iter().map(move |(hour, minute)| (day, *hour, *minute)));
    let starts = times.filter_map(|(day, hour, minute)| {
        Some(at(day.and_time(NaiveTime::from_hms_opt(hour, minute, 0)?), zone))
    });
    let groups = match plan.kind {
        CalendarKind::RoundRobin => hosts.iter().map(|host| vec![*host]).collect(),
        CalendarKind::Collective | CalendarKind::Personal => vec![hosts.to_vec()],
    };
    let each = starts.flat_map(|start| groups.iter().cloned().map(move |group| (start, group)));
    let wanted = each.enumerate().filter(|(n, (_, group))| {
        // Nobody is booked all the time.
        !group.is_empty() && (groups.len() == 1 || n * 7 % 10 < 4)
    });
    wanted.map(|(n, (starts_at, hosts))| meeting(stage.now, n, starts_at, hosts)).collect()
}

fn meeting(now: DateTime<Utc>, n: usize, starts_at: DateTime<Utc>, hosts: Vec<Uuid>) -> Meeting {
    let days_before = i64::try_from(n * 5 % 9).unwrap_or_default() + 1;
    let created_at = (starts_at - Duration::days(days_before)).min(now - Duration::hours(days_before));
    Meeting {
        id: id::new(created_at),
        visitor: VISITORS[n * 3 % VISITORS.len()],
        starts_at,
        created_at,
        is_cancelled: n % 11 == 5,
        nonce: keys::random_bytes().to_vec(),
        hosts,
    }
}

async fn insert(
    stage: &mut Stage<'_>,
    calendar: CalendarId,
    plan: &Plan,
    meetings: &[Meeting],
) -> Result<()> {
    let minutes = i32::try_from(plan.duration_minutes).map_err(Error::internal)?;
    sqlx::query!(
        "insert into appointment (account_id, id, calendar_id, visitor_name, visitor_email, visitor_phone, visitor_notes,
                                  answers, visitor_time_zone, starts_at, ends_at, state, link_nonce, sequence, created_at)
         select $1, id, $2, visitor, email, '', '', '[]', $3, starts_at, starts_at + make_interval(mins => $4),
                case when is_cancelled then 'cancelled' else 'booked' end, nonce, is_cancelled::int, created_at
         from unnest($5::uuid[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[], $10::bool[], $11::bytea[])
           as row (id, visitor, email, starts_at, created_at, is_cancelled, nonce)",
        stage.account.0,
        calendar.0,
        stage.business.time_zone,
        minutes,
        &column(meetings, |meeting| meeting.id),
        &column(meetings, |meeting| meeting.visitor.to_owned()),
        &column(meetings, Meeting::email),
        &column(meetings, |meeting| meeting.starts_at),
        &column(meetings, |meeting| meeting.created_at),
        &column(meetings, |meeting| meeting.is_cancelled),
        &column(meetings, |meeting| meeting.nonce.clone()),
    )
    .execute(&mut *stage.tx)
    .await?;
    let pairs: Vec<_> =
        meetings.iter().flat_map(|meeting| meeting.hosts.iter().map(|host| (meeting.id, *host))).collect();
    sqlx::query!(
        "insert into appointment_host (account_id, appointment_id, member_id, occupied, is_active)
         select a.account_id, a.id, pair.host, tstzrange(a.starts_at, a.ends_at + interval '15 minutes'), a.state = 'booked'
         from unnest($2::uuid[], $3::uuid[]) as pair (appointment, host)
         join appointment a on a.account_id = $1 and a.id = pair.appointment",
        stage.account.0,
        &column(&pairs, |pair| pair.0),
        &column(&pairs, |pair| pair.1),
    )
    .execute(&mut *stage.tx)
    .await?;
    Ok(())
}
