use domain::{
    MemberId, Permission,
    calendars::{HostName, WeekEntryKind},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{ButtonKind, DateTime, FilterBar, FilterSelect, IconName, LinkButton, Skeleton, follow_address};

use super::{
    super::{
        api_appointments::{DayText, EntryText, ReadWeek, WeekText},
        zone_label,
    },
    frame::{CalendarTabs, Tab, back},
    free_times::address,
    hosts::{host_options, names},
};
use crate::{
    Data, error::LoadError, layout::Page, live::calendar_version, paths, use_viewer, viewer::denied_reason,
};

/// A week of the team or of one person. `?day=` is any day of it.
#[component]
pub fn WeekPage() -> impl IntoView {
    let query = use_query_map();
    let parameter = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)));
    let (member, day) = (parameter("member"), parameter("day"));
    let changed = calendar_version(|| None);
    let week =
        Data::renewed(move || changed.get(), move || Ok(ReadWeek { member: member.get(), day: day.get() }));
    follow_address(Signal::derive(move || vec![("member", member.get().unwrap_or_default())]));
    week.show_either(
        || view! { <Skeleton lines=12/> }.into_any(),
        move |week| match week {
            Ok(week) => {
                let day = day.get_untracked().unwrap_or_default();
                view! { <Week week day/> }.into_any()
            }
            Err(error) => view! { <Page title="Week" back=back()><LoadError error/></Page> }.into_any(),
        },
    )
}

#[component]
fn Week(week: WeekText, day: String) -> impl IntoView {
    let WeekText {
        title,
        time_zone,
        days,
        is_this_week,
        member,
        hosts,
        previous,
        next,
        first_hour,
        last_hour,
    } = week;
    // Whoever sees only their own is not asked whose.
    let chosen = member.as_ref().filter(|_| !hosts.is_empty()).map(|host| host.member.to_string());
    let kept = [("member", chosen.clone().unwrap_or_default())];
    let at = |day: &str| address(paths::WEEK, &kept, &[("day", day)]);
    let (previous, next, today) = (at(&previous), at(&next), at(""));
    let today = (!is_this_week).then(
        || view! { <LinkButton href=today kind=ButtonKind::Secondary small=true>"This week"</LinkButton> },
    );
    let description = match &member {
        Some(host) => format!("{}. Times in {}.", host.name, zone_label(&time_zone)),
        None => format!("The whole team. Times in {}.", zone_label(&time_zone)),
    };
    let shows_hosts = member.is_none();
    let chooser = (!hosts.is_empty()).then(|| view! { <Whose hosts chosen=chosen.unwrap_or_default() day/> });
    let action = view! { <BlockTime member=member.map(|host| host.member)/> };
    let columns = (0..).zip(days).map(|(number, day)| day_view(number, day, shows_hosts)).collect_view();
    view! {
        <Page title="Week" description action>
            <CalendarTabs tab=Tab::Week/>
            {chooser}
            <div class="week-head">
                <h2>{title}</h2>
                <nav class="flex flex-wrap gap-2" aria-label="Weeks">
                    <LinkButton href=previous kind=ButtonKind::Secondary small=true icon=IconName::ChevronLeft>"Week before"</LinkButton>
                    {today}
                    <LinkButton href=next kind=ButtonKind::Secondary small=true icon=IconName::ChevronRight>"Week after"</LinkButton>
                </nav>
            </div>
            <div class="week">{marks(first_hour, last_hour)}{columns}</div>
        </Page>
    }
}

/// Blocks time of whoever is looked at; in the team's week, of the viewer.
#[component]
fn BlockTime(member: Option<MemberId>) -> impl IntoView {
    let own = use_viewer().and_then(|viewer| viewer.account).map(|account| account.member_id);
    let (href, needed) = match member.filter(|member| Some(*member) != own) {
        None => (paths::OWN_HOURS.to_owned(), Permission::CalendarsBlockTime),
        Some(other) => (paths::member_hours(other), Permission::CalendarsEditAny),
    };
    let disabled_reason = denied_reason(needed);
    view! { <LinkButton href=format!("{href}#time-off") kind=ButtonKind::Secondary icon=IconName::Clock disabled_reason>"Block time"</LinkButton> }
}

#[component]
fn Whose(hosts: Vec<HostName>, chosen: String, day: String) -> impl IntoView {
    let keep: Vec<_> = [("day".to_owned(), day)].into_iter().filter(|(_, day)| !day.is_empty()).collect();
    let options = host_options("The whole team", hosts);
    view! {
        <FilterBar action=paths::WEEK keep label="Whose week">
            <FilterSelect name="member" label="Whose week" options value=chosen/>
        </FilterBar>
    }
}

/// The hours beside the days. In the list of a narrow screen each entry says its own.
fn marks(first: u16, last: u16) -> impl IntoView {
    let mark = |hour: u16| {
        view! { <span class=format!("week-mark week-at-{hour}")>{format!("{hour:02}:00")}</span> }
    };
    view! { <div class="week-marks" aria-hidden="true">{(first..=last).map(mark).collect_view()}</div> }
}

fn day_view(number: usize, day: DayText, shows_hosts: bool) -> impl IntoView {
    let DayText { label, is_today, entries } = day;
    let heading = format!("day-{number}");
    let nothing = entries.is_empty().then(|| view! { <p class="week-nothing">"Nothing"</p> });
    // What begins in the same hour stands together.
    let hours: Vec<Vec<EntryText>> =
        entries.chunk_by(|one, other| one.hour == other.hour).map(<[EntryText]>::to_vec).collect();
    let group = move |entries: Vec<EntryText>| {
        let hour = entries.first().and_then(|entry| entry.hour);
        let place = hour.map_or_else(|| "week-all-day".to_owned(), |hour| format!("week-at-{hour}"));
        let entries = entries.into_iter().map(|entry| entry_view(entry, shows_hosts)).collect_view();
        view! { <ul class=format!("week-group {place}")>{entries}</ul> }
    };
    let groups = hours.into_iter().map(group).collect_view();
    let labelled_by = heading.clone();
    view! {
        <section class="week-day" class:week-today=is_today aria-labelledby=labelled_by>
            <h3 id=heading aria-current=is_today.then_some("date")>{label}</h3>
            {nothing}
            {groups}
        </section>
    }
}

fn entry_view(entry: EntryText, shows_hosts: bool) -> AnyView {
    let EntryText { time, hosts, what, .. } = entry;
    let time = view! { <DateTime instant_rfc3339=time.exact.clone() exact=time.exact text=time.text/> };
    let who = shows_hosts.then(|| view! { <span class="week-who">{names(&hosts)}</span> });
    match what {
        WeekEntryKind::Appointment { id, calendar, visitor_name } => view! {
            <li class=format!("week-entry stage-{}", calendar.colour.key())>
                {time}
                <a href=paths::appointment(id)>{visitor_name}</a>
                <span class="week-who">{calendar.name}</span>
                {who}
            </li>
        }
        .into_any(),
        WeekEntryKind::TimeOff { reason, .. } => {
            let what = if reason.is_empty() { "Time off".to_owned() } else { format!("Time off: {reason}") };
            view! { <li class="week-entry week-off">{time}<span>{what}</span>{who}</li> }.into_any()
        }
    }
}
