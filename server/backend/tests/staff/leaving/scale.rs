use std::time::Instant;

use backend::staff::leaving;
use domain::{
    calendars::{Calendar, CalendarKind},
    pipelines::MembershipChoice,
    staff::leaving::{Fate, HeldKind, LeavingForm, LeavingWay},
};
use sqlx::PgPool;

use super::world::{all, say, to};
use crate::{
    calendars::world::denver,
    pipelines::world::Made,
    support::{Person, World, statements::counted},
};

const GOES: LeavingWay = LeavingWay::Deactivate;

/// A calendar and a pipeline that Uma is in with three others.
struct Team {
    others: [Person; 3],
    call: Calendar,
    sales: Made,
}

impl Team {
    async fn new(world: &World) -> Self {
        let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
        let sales = world.pipeline("Sales").await;
        let nia = world.person("nia@example.com", world.acme, domain::Role::User).await;
        let others = [world.max().clone(), world.olive().clone(), nia];
        for person in others.iter().chain([world.uma()]) {
            world.host(&call, person, 10).await;
            world.set(&sales, person.member_id, MembershipChoice::In).await;
        }
        Self { others, call, sales }
    }

    /// Gives Uma an appointment and an opportunity for each of these numbers, behind the scenes.
    async fn fill(&self, world: &World, first: i32, last: i32) {
        let appointments = "
            with made as (
              insert into appointment (account_id, id, calendar_id, visitor_name, visitor_email, visitor_phone, visitor_notes,
                                       answers, visitor_time_zone, starts_at, ends_at, link_nonce, created_at)
              select $1, gen_random_uuid(), $2, 'Visitor ' || n, 'v' || n || '@example.com', '', '', '[]', 'UTC',
                     $4 + n * interval '1 day', $4 + n * interval '1 day' + interval '30 minutes',
                     decode(repeat('07', 32), 'hex'), now()
              from generate_series($5, $6) n returning id, starts_at, ends_at)
            insert into appointment_host (account_id, appointment_id, member_id, occupied)
            select $1, id, $3, tstzrange(starts_at, ends_at) from made";
        // Far enough within the day that no change of the clocks moves it out of the hours.
        let noon = denver(world.day(0), "12:00");
        let query = sqlx::query(appointments).bind(world.acme.0).bind(self.call.id.0);
        let query = query.bind(world.uma().member_id.0).bind(noon).bind(first).bind(last);
        query.execute(&world.root).await.unwrap();
        let opportunities = "
            insert into opportunity (account_id, id, pipeline_id, stage_id, name, contact_name, owner_id, stage_since, created_at)
            select $1, gen_random_uuid(), $2, $3, 'Deal ' || n, 'Contact', $4, now(), now() from generate_series($5, $6) n";
        let query = sqlx::query(opportunities).bind(world.acme.0).bind(self.sales.id.0);
        let query = query.bind(self.sales.stages[0].0).bind(world.uma().member_id.0).bind(first).bind(last);
        query.execute(&world.root).await.unwrap();
    }

    fn shared(&self) -> LeavingForm {
        let [max, olive, nia] = &self.others;
        all(&to(&[max, olive, nia]))
    }
}

/// Statements of the page, of doing it, of the receipt, and of undoing it; all of `things` come back.
async fn statements(world: &World, form: &LeavingForm, things: u64) -> [usize; 4] {
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma().member_id);
    let (page, on_page) = counted(world.asked(olive, uma, GOES, form)).await;
    let seen = page.unwrap().planned.unwrap().seen;
    let (id, to_end) = counted(leaving::end(backend, olive, uma, GOES, form, &seen)).await;
    let id = id.unwrap();
    let (receipt, to_read) = counted(leaving::receipt(backend, olive, id, 1)).await;
    assert_eq!(receipt.unwrap().items.total, things);
    let (undone, to_undo) = counted(world.undo(id)).await;
    undone.unwrap();
    let back =
        sqlx::query_scalar("select count(*) from leaving_item where leaving_id = $1 and returned = 'back'");
    let back: i64 = back.bind(id.0).fetch_one(&world.root).await.unwrap();
    assert_eq!(u64::try_from(back).unwrap(), things);
    [on_page, to_end, to_read, to_undo]
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_thousand_appointments_and_opportunities_cost_as_many_statements_as_one(pool: PgPool) {
    let world = World::new(pool).await;
    let team = Team::new(&world).await;
    team.fill(&world, 1, 1).await;
    let nobody = || all(&say("nobody"));
    let forms = [
        team.shared(),
        LeavingForm { appointments: say("turn"), ..nobody() },
        LeavingForm { appointments: say("cancel"), ..nobody() },
    ];
    let mut few = vec![];
    for form in &forms {
        few.push(statements(&world, form, 4).await);
    }
    team.fill(&world, 2, 1_000).await;
    for (form, few) in forms.iter().zip(few) {
        let began = Instant::now();
        let many = statements(&world, form, 2_002).await;
        println!("page, act, receipt, undoing: {many:?} statements, {:?} in all", began.elapsed());
        assert_eq!(many, few, "{form:?}");
    }
    let held = "select count(*) from appointment_host h join member m on m.id = h.member_id
                where m.first_name = 'Uma' and h.is_active";
    assert_eq!(world.count(held).await, 1_000);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_thousand_are_shared_out_evenly_and_listed_page_by_page(pool: PgPool) {
    let world = World::new(pool).await;
    let team = Team::new(&world).await;
    team.fill(&world, 1, 1_000).await;
    let id = world.uma_goes(GOES, &team.shared()).await;
    let receipt = world.receipt(id).await;
    assert_eq!((receipt.items.total, receipt.items.rows.len()), (2_002, 50));
    for kind in [HeldKind::Appointments, HeldKind::Opportunities] {
        let counts: Vec<_> =
            receipt.sums.iter().filter(|sum| sum.kind == kind).map(|sum| sum.count).collect();
        assert_eq!(counts, [334, 333, 333]);
    }
    let last = leaving::receipt(&world.backend, &world.olive().access, id, 999).await.unwrap();
    assert_eq!((last.items.page, last.items.rows.len()), (41, 2));
    assert_eq!(last.items.rows[1].kind, HeldKind::Pipelines);
    assert!(matches!(last.items.rows[1].fate, Fate::To(_)));
}
