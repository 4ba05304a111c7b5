use domain::{
    CalendarId, MemberId, Page as Rows, Refusal,
    calendars::{CalendarDetails, CalendarKind, CalendarPerson, CalendarRule, HostTerms},
    listing::ROWS_PER_PAGE,
    permissions::ProfileName,
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

/// What of the list of people is shown, as it stands in the address.
#[derive(Clone, Default)]
pub(super) struct ListPlace {
    pub search: String,
    pub show: String,
    pub page: String,
}

impl ListPlace {
    /// `host` is whose share is asked about.
    pub(super) fn href(&self, id: CalendarId, host: Option<MemberId>) -> String {
        let host = host.map(|host| host.to_string()).unwrap_or_default();
        let parts =
            [("q", self.search.as_str()), ("show", &self.show), ("page", &self.page), ("host", &host)];
        paths::with_query(&paths::calendar_hosts(id), parts)
    }
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
    let list = move || {
        let [search, show, page] =
            [search, show, page].map(|parameter| parameter.get_untracked().unwrap_or_default());
        ListPlace { search, show, page }
    };
    details.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |details| match details {
            Ok(details) => view! { <Hosts details list=list() acts asked simulation/> }.into_any(),
            Err(error) => no_calendar(error),
        },
    )
}

#[component]
fn Hosts(
    details: CalendarDetails,
    list: ListPlace,
    acts: Acts,
    asked: Memo<Option<Asked>>,
    simulation: super::terms::Simulation,
) -> impl IntoView {
    let (id, kind) = (details.calendar.id, details.calendar.kind);
    let reason = denied_reason(kind.people_permission());
    let rules = (kind != CalendarKind::Personal).then(|| {
        let (rules, reason) = (details.rules.clone(), reason.clone());
        view! {
            <Section title="Everyone with a profile" description="Whoever gets the profile takes bookings, whoever loses it does not, by themselves.">
                <FormError message=acts.ruling.error()/>
                <FormError message=acts.ruling.problem("weight")/>
                <Rules id kind rules acts reason/>
            </Section>
        }
    });
    let people = StoredValue::new(details.members.rows.clone());
    let (place, denied) = (list.clone(), reason.clone());
    let dialog = move || {
        let asked = asked.get()?;
        // What was answered about one person is not about the next.
        acts.member.forget_answer();
        let person =
            people.with_value(|people| people.iter().find(|person| person.member == asked.member).cloned());
        let (list, reason) = (place.clone(), denied.clone());
        Some(view! { <TermsDialog id person asked list acts simulation reason/> })
    };
    let is_in_dialog = move || asked.with(Option::is_some);
    let error = Signal::derive(move || acts.choosing.error().get().filter(|_| !is_in_dialog()));
    let explained = match kind {
        CalendarKind::Personal => {
            "All bookings go to the host. Whoever becomes it takes the place of the one before."
        }
        CalendarKind::RoundRobin | CalendarKind::Collective => "What is said by hand goes before the rules.",
    };
    view! {
        <CalendarFrame details=details.clone() tab=Tab::Hosts>
            {rules}
            <Section title="Person by person" description=explained>
                <FormError message=error/>
                <People id kind rows=details.members list acts reason/>
            </Section>
            {dialog}
        </CalendarFrame>
    }
}

#[component]
fn Rules(
    id: CalendarId,
    kind: CalendarKind,
    rules: Vec<CalendarRule>,
    acts: Acts,
    reason: Option<WhyNot>,
) -> impl IntoView {
    if rules.is_empty() {
        return view! { <p class="text-muted">"There are no permission profiles yet."</p> }.into_any();
    }
    let line = move |rule: CalendarRule| {
        let CalendarRule { profile, terms, people } = rule;
        let is_on = terms.is_some();
        let (word, tone) = if is_on { ("Hosts", Tone::Good) } else { ("By hand only", Tone::Neutral) };
        let verb = if is_on { "Leave out" } else { "Take in" };
        let about = format!("{verb} everyone with “{}”", profile.name);
        let button = if is_on { ButtonKind::Ghost } else { ButtonKind::Secondary };
        let weight = terms
            .filter(|_| kind == CalendarKind::RoundRobin)
            .map(|terms| rule_weight(id, profile.clone(), terms, acts, reason.clone()));
        let reason = reason.clone();
        view! {
            <Row>
                <Td main=true>{profile.name}</Td>
                <Td label="Held by" numeric=true>{people}</Td>
                <Td label="Rule"><Badge tone>{word}</Badge></Td>
                <Td label="Weight">{weight}</Td>
                <Td actions=true>
                    <SaveForm action=acts.rule is_live=true>
                        <input type="hidden" name="id" value=id.to_string()/>
                        <input type="hidden" name="profile" value=profile.id.to_string()/>
                        <input type="hidden" name="on" value=(!is_on).to_string()/>
                        <Button kind=button small=true pending=acts.ruling.pending() disabled_reason=reason aria_label=about>{verb}</Button>
                    </SaveForm>
                </Td>
            </Row>
        }
    };
    let head = view! {
        <Th>"Profile"</Th><Th numeric=true>"Held by"</Th><Th>"Rule"</Th><Th>"Weight"</Th><Th>"Actions"</Th>
    };
    view! { <DataTable caption="Rules for profiles" head>{rules.into_iter().map(line).collect_view()}</DataTable> }
        .into_any()
}

/// How much each of those gets who are in by the rule.
fn rule_weight(
    id: CalendarId,
    profile: ProfileName,
    terms: HostTerms,
    acts: Acts,
    reason: Option<WhyNot>,
) -> AnyView {
    if reason.is_some() {
        return terms.weight.into_any();
    }
    let field = format!("weight-{}", profile.id);
    let about = format!("Weight of everyone with “{}”", profile.name);
    view! {
        <SaveForm action=acts.rule>
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="profile" value=profile.id.to_string()/>
            <input type="hidden" name="on" value="true"/>
            <input type="hidden" name="priority" value=terms.priority.key()/>
            <input type="hidden" name="ramp_up_weeks" value=terms.ramp_up_weeks.to_string()/>
            <div class="cell-buttons">
                <input class="input rule-weight" id=field name="weight" inputmode="numeric" autocomplete="off" required=true
                    aria-label=about value=terms.weight.to_string()/>
                <Button kind=ButtonKind::Ghost small=true pending=acts.ruling.pending()>"Set"</Button>
            </div>
        </SaveForm>
    }
    .into_any()
}

#[component]
fn People(
    id: CalendarId,
    kind: CalendarKind,
    rows: Rows<CalendarPerson>,
    list: ListPlace,
    acts: Acts,
    reason: Option<WhyNot>,
) -> impl IntoView {
    let here = paths::calendar_hosts(id);
    let ListPlace { search, show, .. } = list.clone();
    let (page, pages, total) = (u64::from(rows.page), u64::from(rows.pages()), rows.total);
    let options =
        vec![SelectOption::new("", "Everybody"), SelectOption::new("concerned", "Who is in or excluded")];
    let people = rows.rows;
    let list = if people.is_empty() {
        view! { <EmptyState icon=IconName::Search title="Nobody found" body="Nobody is called so, or nobody is in yet."/> }
            .into_any()
    } else {
        let place = list.clone();
        let line =
            move |person| view! { <Person id kind person list=place.clone() acts reason=reason.clone()/> };
        let lines = people.into_iter().map(line).collect_view();
        let head = view! { <Th>"Name"</Th><Th>"Why"</Th><Th>"Share"</Th><Th numeric=true>"Ahead"</Th><Th>"Actions"</Th> };
        view! {
            <DataTable caption="People and this calendar" head>{lines}</DataTable>
            <Pagination page pages total per_page=u64::from(ROWS_PER_PAGE)
                href=move |page| ListPlace { page: page.to_string(), ..list.clone() }.href(id, None)/>
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
    list: ListPlace,
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
    let offers = match kind {
        // It always has one: whoever is taken instead of them is the host from then on.
        CalendarKind::Personal => offer(MembershipChoice::In, "Make the host").into_any(),
        CalendarKind::RoundRobin | CalendarKind::Collective => {
            let choices = [
                offer(MembershipChoice::In, "Add"),
                offer(MembershipChoice::Excluded, "Exclude"),
                offer(MembershipChoice::AsRules, "As the rules say"),
            ];
            choices.into_iter().collect_view().into_any()
        }
    };
    let share = share.map(|share| match reason.is_none() {
        true => {
            let about = format!("Share of {name}: {share}");
            view! { <a class="link" href=list.href(id, Some(member)) aria-label=about>{share}</a> }.into_any()
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
                        {offers}
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
