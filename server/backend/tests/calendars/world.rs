//! What the tests of this area do again and again.

use backend::{
    Access, Client,
    calendars::{self, appointments, booking},
    keys::BearerToken,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::{America::Denver, Tz};
use domain::{
    AppointmentId, CalendarId, MemberId, Permission as P, PermissionSet,
    calendars::{
        AppointmentDetails, BookingForm, Calendar, CalendarDetails, CalendarForm, CalendarKind,
        CalendarRulesForm, HostTermsForm, HoursForm, HoursLine, OfferAsked, StaffBookingForm,
    },
    pipelines::{MembershipChoice, PeopleFilter},
};

use crate::support::{Person, World};

/// What somebody does with appointments who works with visitors: only their own.
pub const HOST: PermissionSet =
    PermissionSet::of(&[P::CalendarsView, P::CalendarsBook, P::CalendarsBlockTime]);
/// The same, and everybody's.
pub const LEAD: PermissionSet = HOST.with(P::CalendarsAllRecords).with(P::CalendarsEditAny);

pub fn form(kind: CalendarKind, name: &str) -> CalendarForm {
    CalendarForm {
        kind: kind.key().into(),
        name: name.into(),
        colour: "blue".into(),
        rules: CalendarRulesForm {
            duration_minutes: "30".into(),
            slot_step_minutes: "30".into(),
            buffer_before_minutes: "0".into(),
            buffer_after_minutes: "0".into(),
            minimum_notice_minutes: "0".into(),
            horizon_days: "365".into(),
        },
        ..CalendarForm::default()
    }
}

pub fn weighing(weight: u32) -> HostTermsForm {
    HostTermsForm { weight: weight.to_string(), ..HostTermsForm::default() }
}

/// A visitor's form with a key of its own.
pub fn visitor(name: &str, starts_at: DateTime<Utc>) -> BookingForm {
    BookingForm {
        starts_at: starts_at.to_rfc3339(),
        name: name.into(),
        email: format!("{}@clients.example.com", name.to_lowercase().replace(' ', ".")),
        time_zone: "Europe/Berlin".into(),
        request_key: BearerToken::random().text,
        ..BookingForm::default()
    }
}

/// A visitor's browser somewhere.
pub fn client_at(n: usize) -> Client {
    Client {
        ip_address: format!("198.51.{}.{}", n / 250, n % 250),
        user_agent: "Firefox/140.0 Windows".into(),
        known_device: None,
    }
}

/// An instant on the clock of Acme.
pub fn denver(day: NaiveDate, time: &str) -> DateTime<Utc> {
    let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
    Denver.from_local_datetime(&day.and_time(time)).earliest().unwrap().with_timezone(&Utc)
}

impl World {
    /// A calendar of Olive's, without hosts unless it is a personal one.
    pub async fn calendar(&self, kind: CalendarKind, name: &str) -> Calendar {
        calendars::create(&self.backend, &self.olive().access, &form(kind, name)).await.unwrap()
    }

    /// Makes somebody a host with this weight, who works every day from nine to five.
    pub async fn host(&self, calendar: &Calendar, person: &Person, weight: u32) {
        self.put_host(calendar.id, person.member_id, weight).await;
        self.works(person).await;
    }

    pub async fn put_host(&self, calendar: CalendarId, member: MemberId, weight: u32) {
        let (olive, terms) = (&self.olive().access, weighing(weight));
        let choice = MembershipChoice::In;
        calendars::set_member(&self.backend, olive, calendar, member, choice, &terms).await.unwrap();
    }

    pub async fn works(&self, person: &Person) {
        let line = |weekday| HoursLine { weekday, start: "09:00".into(), end: "17:00".into() };
        let week = HoursForm { time_zone: String::new(), lines: (0..7).map(line).collect() };
        let olive = &self.olive().access;
        let seen = calendars::hours(&self.backend, olive, person.member_id).await.unwrap().version;
        calendars::set_hours(&self.backend, olive, person.member_id, seen, &week).await.unwrap();
    }

    /// Its settings as Olive sees them.
    pub async fn settings(&self, calendar: CalendarId) -> CalendarDetails {
        let filter = PeopleFilter::default();
        calendars::show(&self.backend, &self.olive().access, calendar, &filter).await.unwrap()
    }

    /// The day after tomorrow of Acme, and so many days later.
    pub fn day(&self, later: u64) -> NaiveDate {
        self.now().with_timezone(&Denver).date_naive().checked_add_days(Days::new(2 + later)).unwrap()
    }

    /// The public page of one of Acme's calendars.
    pub async fn offered(&self, calendar: &Calendar, asked: &OfferAsked) -> domain::calendars::BookingPage {
        let slug = self.account_slug().await;
        booking::page(&self.backend, &slug, calendar.slug.as_str(), asked).await.unwrap()
    }

    pub async fn account_slug(&self) -> String {
        sqlx::query_scalar("select slug from account where id = $1")
            .bind(self.acme.0)
            .fetch_one(&self.root)
            .await
            .unwrap()
    }

    /// Books as a visitor; answers the link.
    pub async fn visit(&self, calendar: &Calendar, form: &BookingForm) -> backend::Result<String> {
        let slug = self.account_slug().await;
        booking::book(&self.backend, &self.client(), &slug, calendar.slug.as_str(), form).await
    }

    /// Books by hand of Olive.
    pub async fn booked(
        &self,
        calendar: &Calendar,
        starts_at: DateTime<Utc>,
        host: Option<&Person>,
    ) -> AppointmentId {
        self.book_as(&self.olive().access, calendar, starts_at, host).await.unwrap()
    }

    pub async fn book_as(
        &self,
        access: &Access,
        calendar: &Calendar,
        starts_at: DateTime<Utc>,
        host: Option<&Person>,
    ) -> backend::Result<AppointmentId> {
        let host = host.map(|host| host.member_id.to_string()).unwrap_or_default();
        let form = StaffBookingForm { booking: visitor("Ann Archer", starts_at), host };
        appointments::book(&self.backend, access, calendar.id, &form).await
    }

    /// As Olive sees it.
    pub async fn appointment(&self, id: AppointmentId) -> AppointmentDetails {
        appointments::find(&self.backend, &self.olive().access, id).await.unwrap()
    }

    /// What somebody is called whom an appointment is with.
    pub async fn hosts_of(&self, id: AppointmentId) -> Vec<String> {
        self.appointment(id).await.row.hosts.into_iter().map(|host| host.name).collect()
    }

    /// The only appointment there is, or the newest.
    pub async fn newest(&self) -> AppointmentId {
        let id: uuid::Uuid =
            sqlx::query_scalar("select id from appointment order by created_at desc, id desc limit 1")
                .fetch_one(&self.root)
                .await
                .unwrap();
        id.into()
    }

    /// Moves the clock to this instant.
    pub fn at(&self, instant: &str) {
        let instant: DateTime<Utc> = instant.parse().unwrap();
        self.advance(instant - self.now());
    }

    /// Somebody's access with exactly these permissions.
    pub async fn holding(&self, person: &Person, set: PermissionSet) -> Access {
        let profile = self.profile(&format!("As {}", person.email), set).await.id;
        self.give(person, profile).await
    }
}

/// "09:00" of the offered times of a day.
pub fn texts(page: &domain::calendars::BookingPage, day: NaiveDate) -> Vec<String> {
    let offered = page.offer.days.iter().find(|offered| offered.day == day);
    offered.map(|day| day.slots.iter().map(|slot| slot.text.clone()).collect()).unwrap_or_default()
}

/// In the zone of Acme.
pub fn from(day: NaiveDate) -> OfferAsked {
    OfferAsked { from: Some(day), time_zone: Denver.name().into() }
}

pub fn in_zone(day: NaiveDate, zone: Tz) -> OfferAsked {
    OfferAsked { from: Some(day), time_zone: zone.name().into() }
}
