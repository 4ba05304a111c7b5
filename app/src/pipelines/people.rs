use domain::{
    Page as Rows, Permission, PipelineId, Refusal,
    listing::ROWS_PER_PAGE,
    pipelines::{MembershipChoice, PipelinePerson, PipelineRule},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Avatar, Badge, Button, ButtonKind, DataTable, EmptyState, FilterBar, FilterSelect, FormError, IconName,
    Pagination, Row, SearchInput, Section, SelectOption, Skeleton, Td, Th, Tone, WhyNot, follow_address,
};

use super::{
    api::{ReadPipeline, SetPipelineMember, SetPipelineRule},
    frame::{PipelineFrame, Tab, no_pipeline, of},
};
use crate::{Data, Form, SaveForm, act::Act, live::pipeline_version, paths, viewer::denied_reason};

#[derive(Clone, Copy)]
struct Acts {
    rule: Act<SetPipelineRule>,
    ruling: Form,
    member: Act<SetPipelineMember>,
    choosing: Form,
}

/// Who may see and work the pipeline: by rules for profiles, and by hand.
#[component]
pub fn PipelinePeoplePage() -> impl IntoView {
    let id = paths::id_parameter::<PipelineId>();
    let (rule, member) = (Act::new(), Act::new());
    let acts = Acts { rule, ruling: Form::of(rule), member, choosing: Form::of(member) };
    let (ruled, chosen) = (acts.ruling.saved(), acts.choosing.saved());
    let changed = pipeline_version(move || id.get());
    let query = use_query_map();
    let parameter = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name)));
    let (search, show, page) = (parameter("q"), parameter("show"), parameter("page"));
    let details = Data::renewed(
        move || changed.get() + ruled.get() + chosen.get(),
        move || {
            let id = id.get().ok_or(Refusal::NotFound)?;
            Ok(ReadPipeline { id, search: search.get(), show: show.get(), page: page.get() })
        },
    );
    follow_address(Signal::derive(move || {
        vec![("q", search.get().unwrap_or_default()), ("show", show.get().unwrap_or_default())]
    }));
    let filters = move || Filters {
        search: search.get_untracked().unwrap_or_default(),
        show: show.get_untracked().unwrap_or_default(),
    };
    details.show_either(
        || view! { <Skeleton lines=10/> }.into_any(),
        move |details| match details {
            Ok(details) => {
                let (id, name, people) = of(&details);
                let reason = denied_reason(Permission::OpportunitiesManagePipelines);
                let also = reason.clone();
                view! {
                    <PipelineFrame id name people tab=Tab::People>
                        <Section title="Everyone with a profile"
                            description="Whoever gets the profile is in, whoever loses it is out, by themselves.">
                            <FormError message=acts.ruling.error()/>
                            <Rules id rules=details.rules acts reason/>
                        </Section>
                        <Section title="Person by person" description="What is said by hand goes before the rules. Admins see every pipeline.">
                            <FormError message=acts.choosing.error()/>
                            <People id rows=details.members filters=filters() acts reason=also/>
                        </Section>
                    </PipelineFrame>
                }
                .into_any()
            }
            Err(error) => no_pipeline(error),
        },
    )
}

/// What the address asks for.
#[derive(Clone)]
struct Filters {
    search: String,
    show: String,
}

#[component]
fn Rules(id: PipelineId, rules: Vec<PipelineRule>, acts: Acts, reason: Option<WhyNot>) -> impl IntoView {
    if rules.is_empty() {
        return view! { <p class="text-muted">"There are no permission profiles yet."</p> }.into_any();
    }
    let line = move |rule: PipelineRule| {
        let PipelineRule { profile, is_on, people } = rule;
        let (word, tone) = if is_on { ("In", Tone::Good) } else { ("By hand only", Tone::Neutral) };
        let act = if is_on { "Leave out" } else { "Take in" };
        let about = format!("{act} everyone with “{}”", profile.name);
        let kind = if is_on { ButtonKind::Ghost } else { ButtonKind::Secondary };
        let reason = reason.clone();
        view! {
            <Row>
                <Td main=true>{profile.name}</Td>
                <Td label="Held by" numeric=true>{people}</Td>
                <Td label="Rule"><Badge tone>{word}</Badge></Td>
                <Td actions=true>
                    <SaveForm action=acts.rule is_live=true>
                        <input type="hidden" name="id" value=id.to_string()/>
                        <input type="hidden" name="profile" value=profile.id.to_string()/>
                        <input type="hidden" name="on" value=(!is_on).to_string()/>
                        <Button kind small=true pending=acts.ruling.pending() disabled_reason=reason aria_label=about>{act}</Button>
                    </SaveForm>
                </Td>
            </Row>
        }
    };
    let head = view! { <Th>"Profile"</Th><Th numeric=true>"Held by"</Th><Th>"Rule"</Th><Th>"Actions"</Th> };
    view! { <DataTable caption="Rules for profiles" head>{rules.into_iter().map(line).collect_view()}</DataTable> }
        .into_any()
}

#[component]
fn People(
    id: PipelineId,
    rows: Rows<PipelinePerson>,
    filters: Filters,
    acts: Acts,
    reason: Option<WhyNot>,
) -> impl IntoView {
    let Filters { search, show } = filters;
    let here = paths::pipeline_people(id);
    let keep = format!("q={}&show={}", paths::encode(&search), paths::encode(&show));
    let (page, pages, total) = (u64::from(rows.page), u64::from(rows.pages()), rows.total);
    let options =
        vec![SelectOption::new("", "Everybody"), SelectOption::new("concerned", "Who is in or excluded")];
    let list = if rows.rows.is_empty() {
        view! { <EmptyState icon=IconName::Search title="Nobody found" body="Nobody is called so, or nobody is in yet."/> }
            .into_any()
    } else {
        let line = move |person: PipelinePerson| view! { <Person id person acts reason=reason.clone()/> };
        let lines = rows.rows.into_iter().map(line).collect_view();
        let head = view! { <Th>"Name"</Th><Th>"Why"</Th><Th>"Actions"</Th> };
        view! {
            <DataTable caption="People and this pipeline" head>{lines}</DataTable>
            <Pagination page pages total per_page=u64::from(ROWS_PER_PAGE)
                href=move |page| format!("{}?{keep}&page={page}", paths::pipeline_people(id))/>
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
fn Person(id: PipelineId, person: PipelinePerson, acts: Acts, reason: Option<WhyNot>) -> impl IntoView {
    let PipelinePerson { member, name, photo, membership, is_admin } = person;
    let photo_href = photo.map(|(login, version)| paths::photo(login, version));
    let why = membership.label();
    let admin = is_admin.then(|| view! { <span class="cell-note">"Admin: sees it in any case"</span> });
    let chosen = membership.choice();
    let called = name.clone();
    let offer = move |choice: MembershipChoice, label: &'static str| {
        let about = format!("{label}: {called}");
        (choice != chosen).then(|| {
            view! {
                <Button kind=ButtonKind::Ghost small=true name="choice" value=choice.key() pending=acts.choosing.pending()
                    disabled_reason=reason.clone() aria_label=about>{label}</Button>
            }
        })
    };
    view! {
        <Row>
            <Td main=true>
                <div class="cell-person">
                    <Avatar name=name.clone() photo_href/>
                    <a class="min-w-0" href=paths::member(member)>{name}</a>
                </div>
            </Td>
            <Td label="Why"><div>{why}{admin}</div></Td>
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
