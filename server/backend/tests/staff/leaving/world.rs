//! What the tests of this folder do again and again: Uma leaves, and Max, Nia and Olive are there.

use backend::{Access, staff::leaving};
use domain::{
    AppointmentId, LeavingId, MemberId, OpportunityId, Role,
    calendars::{Calendar, CalendarKind},
    pipelines::MembershipChoice,
    staff::leaving::{AnswerForm, HeldKind, LeavingForm, LeavingPage, LeavingWay, Receipt},
};

use crate::{
    calendars::world::denver,
    pipelines::world::Made,
    support::{Person, World},
};

pub fn to(people: &[&Person]) -> AnswerForm {
    let people = people.iter().map(|person| person.member_id.to_string()).collect();
    AnswerForm { to: "people".into(), people }
}

pub fn say(key: &str) -> AnswerForm {
    AnswerForm { to: key.into(), people: vec![] }
}

/// The same answer for each kind.
pub fn all(answer: &AnswerForm) -> LeavingForm {
    let answer = || answer.clone();
    LeavingForm { appointments: answer(), opportunities: answer(), calendars: answer(), pipelines: answer() }
}

/// What Uma holds: two calls and a coffee, three opportunities, two calendars and a pipeline. Max is in the calls and in Sales.
pub struct Umas {
    pub nia: Person,
    pub call: Calendar,
    pub coffee: Calendar,
    pub sales: Made,
    pub calls: [AppointmentId; 2],
    pub cup: AppointmentId,
    pub deals: [OpportunityId; 3],
}

impl World {
    pub async fn umas(&self) -> Umas {
        let uma = self.uma();
        let nia = self.person("nia@example.com", self.acme, Role::User).await;
        let call = self.calendar(CalendarKind::RoundRobin, "Call").await;
        self.host(&call, uma, 20).await;
        self.host(&call, self.max(), 10).await;
        let coffee = self.calendar(CalendarKind::Personal, "Coffee").await;
        self.host(&coffee, uma, 10).await;
        self.works(&nia).await;
        let sales = self.pipeline("Sales").await;
        for person in [uma, self.max()] {
            self.set(&sales, person.member_id, MembershipChoice::In).await;
        }
        let day = self.day(0);
        let calls = [
            self.booked(&call, denver(day, "09:00"), Some(uma)).await,
            self.booked(&call, denver(day, "10:00"), Some(uma)).await,
        ];
        let cup = self.booked(&coffee, denver(day, "11:00"), None).await;
        let deals = [
            self.opportunity(&sales, "New roof", "100", Some(uma)).await,
            self.opportunity(&sales, "Old roof", "", Some(uma)).await,
            self.opportunity(&sales, "No roof", "", Some(uma)).await,
        ];
        Umas { nia, call, coffee, sales, calls, cup, deals }
    }

    pub async fn asked(
        &self,
        access: &Access,
        id: MemberId,
        way: LeavingWay,
        form: &LeavingForm,
    ) -> backend::Result<LeavingPage> {
        leaving::page(&self.backend, access, id, way, form).await
    }

    /// What the page says stands for it.
    pub async fn seen(&self, way: LeavingWay, form: &LeavingForm) -> String {
        let page = self.asked(&self.olive().access, self.uma().member_id, way, form).await.unwrap();
        let problems: Vec<_> = page.parts.iter().filter_map(|part| part.problem.as_ref()).collect();
        page.planned.unwrap_or_else(|| panic!("{problems:?}")).seen
    }

    /// Uma goes, as Olive has chosen and seen.
    pub async fn uma_goes(&self, way: LeavingWay, form: &LeavingForm) -> LeavingId {
        let seen = self.seen(way, form).await;
        let olive = &self.olive().access;
        leaving::end(&self.backend, olive, self.uma().member_id, way, form, &seen).await.unwrap()
    }

    /// Why it cannot be done, as the page says it.
    pub async fn problem(&self, form: &LeavingForm, kind: HeldKind) -> Option<String> {
        let (olive, uma) = (&self.olive().access, self.uma().member_id);
        let page = self.asked(olive, uma, LeavingWay::Deactivate, form).await.unwrap();
        let part = page.parts.into_iter().find(|part| part.kind == kind).unwrap();
        part.problem.map(|problem| problem.to_string())
    }

    pub async fn receipt(&self, id: LeavingId) -> Receipt {
        leaving::receipt(&self.backend, &self.olive().access, id, 1).await.unwrap()
    }

    pub async fn undo(&self, id: LeavingId) -> backend::Result<()> {
        leaving::undo(&self.backend, &self.olive().access, id).await
    }

    /// What Olive's own person is called whose an opportunity is; none for nobody.
    pub async fn owner(&self, id: OpportunityId) -> Option<String> {
        self.found(id).await.owner.map(|owner| owner.name)
    }

    pub async fn owners(&self, deals: &[OpportunityId]) -> Vec<Option<String>> {
        let mut owners = Vec::new();
        for deal in deals {
            owners.push(self.owner(*deal).await);
        }
        owners
    }
}

/// Each line of a receipt, with what undoing did.
pub fn told(receipt: &Receipt) -> Vec<String> {
    let line = |item: &domain::staff::leaving::ReceiptItem| {
        let fate = item.fate.label(item.receiver.as_deref(), "Uma");
        let returned = item.returned.map(|returned| format!(" ({})", returned.label())).unwrap_or_default();
        format!("{} · {}: {fate}{returned}", item.name, item.about.split(" · ").next().unwrap_or_default())
    };
    receipt.items.rows.iter().map(line).collect()
}
