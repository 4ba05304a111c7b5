use domain::{
    CalendarId, Page as Rows, Permission, Refusal,
    calendars::{CalendarDetails, CalendarKind, CalendarPerson, CalendarRule, HostTerms},
    listing::ROWS_PER_PAGE,
    pipelines::MembershipChoice,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Avatar, Badge, Button, ButtonKind, DataTable, EmptyState, FilterBar, FilterSelect, FormError, IconName,
    Pagination, Row, SearchInput, Section, SelectOption, Skeleton, Td, Th, Tone, WhyNot, follow_address,
};

use super::{
    api::{ReadCalendar, SetCalendarMember, SetCalendarRule},
    frame::{CalendarFrame, Tab, no_calendar},
    terms::{Asked, TermsDialog, ask_simulation, asked_terms},
};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    live::{between_forms, calendar_version},
    paths,
    viewer::denied_reason,
};

#[derive(Clone, Copy)]
pub(super) struct Acts {
    rule: Act<SetCalendarRule>,
    ruling: Form,
    pub member: Act<SetCalendarMember>,
    pub choosing: Form,
}

/// Who takes the bookings of a calendar: by rules for profiles, and by hand.
#[component]
pub fn CalendarHostsPage() -> impl IntoView {
    let id = paths::id_parameter::<CalendarId>();
    let (rule, member) = (Act::new(), Act::new());
    let acts = Acts { rule, ruling: Form::of(rule), member, choosing: Form::of(member) };
    let saved = [acts.ruling, acts.choosing].map(Form::saved);
    let changed = between_forms(calendar_version(move || id.get()));
    let query = use_query_map();
    let parameter = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)));
    let (search, show, page) = (parameter("q"), parameter("show"), parameter("page"));
    let version = move || changed.get() + saved.iter().map(Get::get).sum::<usize>();
    let details = Data::renewed(version, move || {
        let id = id.get().ok_or(Refusal::NotFound)?;
        Ok(ReadCalendar { id, search: search.get(), show: show.get(), page: page.get() })
    });
    let asked = asked_terms(query);
    let simulation = Data::renewed(version, move || ask_simulation(id.get(), asked.get()));
    follow_address(Signal::derive(move || {
        vec![("q", search.get().unwrap_or_default()), ("show", show.get().unwrap_or_default())]
    }));
    let filters =
        move || (search.get_untracked().unwrap_or_default(), show.get_untracked().unwrap_or_default());
    details.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |details| match details {
            Ok(details) => {
                let (search, show) = filters();
                view! { <Hosts details search show acts asked simulation/> }.into_any()
            }
            Err(error) => no_calendar(error),
        },
    )
}

#[component]
fn Hosts(
    details: CalendarDetails,
    search: String,
    show: String,
    acts: Acts,
    asked: Memo<Option<Asked>>,
    simulation: super::terms::Simulation,
) -> impl IntoView {
    let (id, kind) = (details.calendar.id, details.calendar.kind);
    let reason = denied_reason(Permission::CalendarsManageRoundRobin);
    let rules = (kind != CalendarKind::Personal).then(|| {
        let (rules, reason) = (details.rules.clone(), reason.clone());
        view! {
            <Section title="Everyone with a profile" description="Whoever gets the profile takes bookings, whoever loses it does not, by themselves.">
                <FormError message=acts.ruling.error()/>
                <Rules id rules acts reason/>
            </Section>
        }
    });
    let people = StoredValue::new(details.members.rows.clone());
    let dialog = move || {
        let asked = asked.get()?;
        let person =
            people.with_value(|people| people.iter().find(|person| person.member == asked.member).cloned());
        Some(view! { <TermsDialog id person asked acts simulation/> })
    };
    view! {
        <CalendarFrame details=details.clone() tab=Tab::Hosts>
            {rules}
            <Section title="Person by person" description="What is said by hand goes before the rules.">
                <FormError message=acts.choosing.error()/>
                <People id kind rows=details.members search show acts reason/>
            </Section>
            {dialog}
        </CalendarFrame>
    }
}

#[component]
fn Rules(id: CalendarId, rules: Vec<CalendarRule>, acts: Acts, reason: Option<WhyNot>) -> impl IntoView {
    if rules.is_empty() {
        return view! { <p class="text-muted">"There are no permission profiles yet."</p> }.into_any();
    }
    let line = move |rule: CalendarRule| {
        let CalendarRule { profile, terms, people } = rule;
        let is_on = terms.is_some();
        let (word, tone) = if is_on { ("Hosts", Tone::Good) } else { ("By hand only", Tone::Neutral) };
        let verb = if is_on { "Leave out" } else { "Take in" };
        let about = format!("{verb} everyone with “{}”", profile.name);
        let kind = if is_on { ButtonKind::Ghost } else { ButtonKind::Secondary };
        let reason = reason.clone();
        view! {
            <Row>
                <Td main=true>{profile.name}</Td>
                <Td label="Held by" numeric=true>{people}</Td>
                <Td label="Rule"><Badge tone>{word}</Badge></Td>
                <Td label="Weight" numeric=true>{terms.map(|terms| terms.weight)}</Td>
                <Td actions=true>
                    <SaveForm action=acts.rule is_live=true>
                        <input type="hidden" name="id" value=id.to_string()/>
                        <input type="hidden" name="profile" value=profile.id.to_string()/>
                        <input type="hidden" name="on" value=(!is_on).to_string()/>
                        <Button kind small=true pending=acts.ruling.pending() disabled_reason=reason aria_label=about>{verb}</Button>
                    </SaveForm>
                </Td>
            </Row>
        }
    };
    let head = view! {
        <Th>"Profile"</Th><Th numeric=true>"Held by"</Th><Th>"Rule"</Th><Th numeric=true>"Weight"</Th><Th>"Actions"</Th>
    };
    view! { <DataTable caption="Rules for profiles" head>{rules.into_iter().map(line).collect_view()}</DataTable> }
        .into_any()
}

#[component]
fn People(
    id: CalendarId,
    kind: CalendarKind,
    rows: Rows<CalendarPerson>,
    search: String,
    show: String,
    acts: Acts,
    reason: Option<WhyNot>,
) -> impl IntoView {
    let here = paths::calendar_hosts(id);
    let keep = format!("q={}&show={}", paths::encode(&search), paths::encode(&show));
    let (page, pages, total) = (u64::from(rows.page), u64::from(rows.pages()), rows.total);
    let options =
        vec![SelectOption::new("", "Everybody"), SelectOption::new("concerned", "Who is in or excluded")];
    let people = rows.rows;
    let list = if people.is_empty() {
        view! { <EmptyState icon=IconName::Search title="Nobody found" body="Nobody is called so, or nobody is in yet."/> }
            .into_any()
    } else {
        let line = move |person| view! { <Person id kind person acts reason=reason.clone()/> };
        let lines = people.into_iter().map(line).collect_view();
        let head = view! { <Th>"Name"</Th><Th>"Why"</Th><Th>"Share"</Th><Th numeric=true>"Ahead"</Th><Th>"Actions"</Th> };
        view! {
            <DataTable caption="People and this calendar" head>{lines}</DataTable>
            <Pagination page pages total per_page=u64::from(ROWS_PER_PAGE)
                href=move |page| format!("{}?{keep}&page={page}", paths::calendar_hosts(id))/>
        }
        .into_any()
    };
    view! {
        <FilterBar action=here>
            <SearchInput label="Search people" value=search/>
            <FilterSelect name="show" label="Shown" options value=show/>
        </FilterBar>
        {list}
    }
}

#[component]
fn Person(
    id: CalendarId,
    kind: CalendarKind,
    person: CalendarPerson,
    acts: Acts,
    reason: Option<WhyNot>,
) -> impl IntoView {
    let share = share(kind, &person);
    let CalendarPerson { member, name, photo, membership, has_hours, upcoming, terms, .. } = person;
    let photo_href = photo.map(|(login, version)| paths::photo(login, version));
    let chosen = membership.choice();
    let hours =
        (terms.is_some() && !has_hours).then(|| view! { <Badge tone=Tone::Warn>"No working hours"</Badge> });
    let called = name.clone();
    let denied = reason.clone();
    let offer = move |choice: MembershipChoice, label: &'static str| {
        let about = format!("{label}: {called}");
        (choice != chosen).then(|| {
            view! {
                <Button kind=ButtonKind::Ghost small=true name="choice" value=choice.key() pending=acts.choosing.pending()
                    disabled_reason=denied.clone() aria_label=about>{label}</Button>
            }
        })
    };
    let share = share.map(|share| match reason.is_none() {
        true => {
            let about = format!("Share of {name}: {share}");
            view! { <a class="link" href=paths::host_terms(id, member) aria-label=about>{share}</a> }
                .into_any()
        }
        false => share.into_any(),
    });
    view! {
        <Row>
            <Td main=true>
                <div class="cell-person">
                    <Avatar name=name.clone() photo_href/>
                    <a class="min-w-0" href=paths::member(member)>{name}</a>
                </div>
            </Td>
            <Td label="Why"><div>{membership.label()}" "{hours}</div></Td>
            <Td label="Share">{share}</Td>
            <Td label="Ahead" numeric=true>{upcoming}</Td>
            <Td>
                <SaveForm action=acts.member is_live=true>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <input type="hidden" name="member" value=member.to_string()/>
                    <div class="cell-buttons">
                        {offer(MembershipChoice::In, "Add")}
                        {offer(MembershipChoice::Excluded, "Exclude")}
                        {offer(MembershipChoice::AsRules, "As the rules say")}
                    </div>
                </SaveForm>
            </Td>
        </Row>
    }
}

/// How much of a round robin somebody gets, in words.
fn share(kind: CalendarKind, person: &CalendarPerson) -> Option<String> {
    let HostTerms { weight, priority, .. } = person.terms.filter(|_| kind == CalendarKind::RoundRobin)?;
    let rising =
        person.rising_weight.map(|now| format!(", rising: {}.{} now", now / 1_000, now % 1_000 / 100));
    Some(format!(
        "Weight {weight}, {} priority{}",
        priority.label().to_lowercase(),
        rising.unwrap_or_default()
    ))
}
