use domain::{MemberId, Refusal};
use leptos::prelude::*;
use ui::{BackLink, Section, Skeleton};

use super::{
    super::{
        api_hours::{AddTimeOff, HoursView, ReadHours, ReadTimeOff, RemoveTimeOff, SetHours},
        appointments::{CalendarTabs, Tab},
    },
    time_off::TimeOff,
    week_form::WeekForm,
};
use crate::{
    AppError, Data, Form,
    act::Act,
    error::LoadError,
    layout::{MemberTab, MemberTabs, Page},
    paths, use_viewer,
};

/// What can be done on the page. It lives above the page's data, so that it outlasts their reloading.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub set: Act<SetHours>,
    pub setting: Form,
    pub add: Act<AddTimeOff>,
    pub adding: Form,
    pub remove: Act<RemoveTimeOff>,
    pub removing: Form,
}

/// The viewer's own.
#[component]
pub fn OwnHoursPage() -> impl IntoView {
    let own = own_id();
    shown(move || own, true)
}

/// Somebody's, as they belong to their page in My Staff.
#[component]
pub fn MemberHoursPage() -> impl IntoView {
    let id = paths::id_parameter::<MemberId>();
    shown(move || id.get(), false)
}

fn own_id() -> Option<MemberId> {
    use_viewer().and_then(|viewer| viewer.account).map(|account| account.member_id)
}

fn shown(
    id: impl Fn() -> Option<MemberId> + Clone + Send + Sync + 'static,
    is_among_calendars: bool,
) -> impl IntoView {
    let (set, add, remove) = (Act::new(), Act::new(), Act::new());
    let acts =
        Acts { set, setting: Form::of(set), add, adding: Form::of(add), remove, removing: Form::of(remove) };
    let asked = id.clone();
    let ask_hours = move || Ok::<_, AppError>(ReadHours { id: asked().ok_or(Refusal::NotFound)? });
    let ask_time_off = move || Ok::<_, AppError>(ReadTimeOff { id: id().ok_or(Refusal::NotFound)? });
    let (set, added, removed) = (acts.setting.saved(), acts.adding.saved(), acts.removing.saved());
    let hours = Data::renewed(move || set.get(), ask_hours);
    let times = Data::renewed(move || added.get() + removed.get(), ask_time_off);
    let week = hours.show_either(
        || view! { <Skeleton lines=12/> }.into_any(),
        move |hours| match hours {
            Ok(hours) => view! { <Hours hours is_among_calendars acts/> }.into_any(),
            Err(error) => {
                view! { <Page title="Working hours" back=back(is_among_calendars)><LoadError error/></Page> }
                    .into_any()
            }
        },
    );
    // Beside the hours and not within: saving them shows them anew, and what is typed here stays. It may be for the viewer where the
    // hours are not.
    let time_off = times.show_either(
        || view! { <Skeleton lines=4/> }.into_any(),
        move |times| match times {
            Ok(times) => view! { <TimeOff times own=own_id() acts/> }.into_any(),
            // The hours say it already.
            Err(error) if matches!(error.refusal(), Some(Refusal::NotFound)) => ().into_any(),
            Err(error) => view! { <Section title="Time off"><LoadError error/></Section> }.into_any(),
        },
    );
    view! { {week}{time_off} }
}

#[component]
fn Hours(hours: HoursView, is_among_calendars: bool, acts: Acts) -> impl IntoView {
    let member = hours.member;
    let (title, tabs) = match is_among_calendars {
        true => ("Working hours".to_owned(), view! { <CalendarTabs tab=Tab::Hours/> }.into_any()),
        false => {
            let tabs = view! { <MemberTabs id=member tab=MemberTab::Hours/> }.into_any();
            (format!("When {} works", hours.name), tabs)
        }
    };
    // By whose it is and its version: what was saved is another form, with other lines.
    let form = view! {
        <For each=move || std::iter::once(hours.clone()) key=|hours| (hours.member, hours.version) children=move |hours| {
            view! { <WeekForm hours acts/> }
        }/>
    };
    view! {
        <Page title back=back(is_among_calendars) description="Appointments are offered within these hours, and never in blocked time.">
            {tabs}
            <Section title="Usual week" description="Leave a day empty to be off. Booked appointments stay, whatever changes here.">{form}</Section>
        </Page>
    }
}

fn back(is_among_calendars: bool) -> BackLink {
    match is_among_calendars {
        true => BackLink::new(paths::APPOINTMENTS, "Appointments"),
        false => BackLink::new(paths::STAFF, "My Staff"),
    }
}
