use domain::{
    PermissionSet, ProfileId, Refusal, Section,
    permissions::{DraftReview, PermissionSource, ProfileDraft, Touched},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Avatar, BackLink, Button, ButtonKind, Callout, DataTable, FormActions, FormError, LinkButton, Pagination,
    Row, Skeleton, Td, Th, Tone,
};

use super::{
    api_draft::{ApplyDraft, DiscardDraft, DraftView, ReadDraft},
    faces::people_words,
    frame::NoProfile,
    words::{may_words, switched_words},
};
use crate::{
    Data, Form, SaveForm, act::Act, layout::Page, live::profile_version, paths, preview::PreviewButton, time,
};

#[derive(Clone, Copy)]
struct Acts {
    apply: Act<ApplyDraft>,
    applying: Form,
    discard: Act<DiscardDraft>,
    discarding: Form,
}

/// What the viewer's draft changes in a profile, and for whom, before it is applied in one step.
#[component]
pub fn DraftPage() -> impl IntoView {
    let id = paths::id_parameter::<ProfileId>();
    let (apply, discard) = (Act::new(), Act::new());
    let acts = Acts { apply, applying: Form::of(apply), discard, discarding: Form::of(discard) };
    let query = use_query_map();
    let page = Memo::new(move |_| query.with(|query| query.get("page")));
    let changed = profile_version(move || id.get());
    let draft = Data::renewed(
        move || changed.get(),
        move || Ok(ReadDraft { id: id.get().ok_or(Refusal::NotFound)?, page: page.get() }),
    );
    draft.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |draft| match draft {
            Ok(view) => view! { <Draft view acts/> }.into_any(),
            Err(error) => view! { <NoProfile error/> }.into_any(),
        },
    )
}

#[component]
fn Draft(view: DraftView, acts: Acts) -> impl IntoView {
    let DraftView { review: DraftReview { draft, changed_by, people, invited }, changed } = view;
    let (gained, lost) = (draft.gained(), draft.lost());
    let id = draft.profile.id;
    let back = BackLink::new(paths::profile(id), draft.profile.name.clone());
    let (number, pages, total) = (u64::from(people.page), u64::from(people.pages()), people.total);
    let lines = people.rows.into_iter().map(|person| view! { <Person person gained lost/> }).collect_view();
    let head = view! { <Th>"Name"</Th><Th>"Gains"</Th><Th>"Loses"</Th> };
    let nobody = match invited {
        0 => "Nobody holds this profile, so nobody is touched.".to_owned(),
        invited => format!("{} invited to this profile; nobody holds it yet.", people_words(invited)),
    };
    let who = match total {
        0 => view! { <p>{nobody}</p> }.into_any(),
        _ => view! {
            <DataTable caption="Who is touched" head>{lines}</DataTable>
            <Pagination page=number pages total per_page=u64::from(domain::listing::ROWS_PER_PAGE)
                href=move |page| format!("{}?page={page}", paths::profile_draft(id))/>
        }
        .into_any(),
    };
    view! {
        <Page title=format!("Your draft of {}", draft.profile.name) back
            description="Nothing has changed for anybody yet. Read what would, then apply it in one step.">
            <p class="held-by">"Last touched "{time(changed)}</p>
            <Meanwhile draft=draft.clone() by=changed_by/>
            <ui::Section title="What changes"><Difference gained lost/></ui::Section>
            <ui::Section title="Who gains and loses">{who}</ui::Section>
            <Decide id version=draft.profile.version acts/>
        </Page>
    }
}

/// What others did to the profile after the draft was begun.
#[component]
fn Meanwhile(draft: ProfileDraft, by: Option<String>) -> impl IntoView {
    let ProfileDraft { profile, rebased, begun_from, .. } = draft;
    let said = |set: PermissionSet, words: &str| {
        (!set.is_empty()).then(|| view! { <p>{format!("{words}: {}.", may_words(set))}</p> })
    };
    begun_from.map(|before| {
        let did =
            switched_words(before, profile.permissions).unwrap_or_else(|| "No switch is another.".to_owned());
        let by = by.unwrap_or_else(|| "Steward".to_owned());
        view! {
            <Callout tone=Tone::Warn title="The profile was changed after you began">
                <p>{format!("{did} The last to change it was {by}.")}</p>
                <p>"What the others changed stays. Your draft is shown against the profile as it is now."</p>
                {said(rebased.left_out, "Left out, because somebody switched the section off")}
                {said(rebased.taken_along, "Goes off with its section, though somebody switched it on since")}
            </Callout>
        }
    })
}

/// By section, as the editor has them.
#[component]
fn Difference(gained: PermissionSet, lost: PermissionSet) -> impl IntoView {
    if gained.union(lost).is_empty() {
        return view! { <p>"Nothing: the profile is already as you want it."</p> }.into_any();
    }
    let lines = Section::ALL
        .into_iter()
        .map(|section| (section, PermissionSet::section(section)))
        .filter(|(_, whole)| !whole.intersection(gained.union(lost)).is_empty())
        .map(|(section, whole)| {
            view! {
                <Row>
                    <Td main=true>{section.label()}</Td>
                    <Td label="Added">{labels(whole.intersection(gained))}</Td>
                    <Td label="Removed">{labels(whole.intersection(lost))}</Td>
                </Row>
            }
        })
        .collect_view();
    let head = view! { <Th>"Section"</Th><Th>"Added"</Th><Th>"Removed"</Th> };
    view! { <DataTable caption="What the draft changes" head>{lines}</DataTable> }.into_any()
}

fn labels(set: PermissionSet) -> String {
    match set.is_empty() {
        true => "–".to_owned(),
        false => set.iter().map(|permission| permission.label()).collect::<Vec<_>>().join(", "),
    }
}

#[component]
fn Person(person: Touched, gained: PermissionSet, lost: PermissionSet) -> impl IntoView {
    let photo_href = person.photo.map(|(login, version)| paths::photo(login, version));
    let words = |change: PermissionSet| match person.part_of(change) {
        none if none.is_empty() => "–".to_owned(),
        part => format!("Can {}", may_words(part)),
    };
    let (gains, loses) = (words(gained), words(lost).replacen("Can ", "Can no longer ", 1));
    view! {
        <Row>
            <Td main=true>
                <div class="cell-person">
                    <Avatar name=person.name.clone() photo_href/>
                    <a class="min-w-0" href=paths::member(person.member)>{person.name.clone()}</a>
                </div>
            </Td>
            <Td label="Gains">{gains}</Td>
            <Td label="Loses">{loses}</Td>
        </Row>
    }
}

#[component]
fn Decide(id: ProfileId, version: i32, acts: Acts) -> impl IntoView {
    view! {
        <FormError message=acts.applying.error()/>
        <FormError message=acts.discarding.error()/>
        <FormActions>
            <SaveForm action=acts.apply>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="version" value=version/>
                <Button kind=ButtonKind::Primary pending=acts.applying.pending()>"Apply the draft"</Button>
            </SaveForm>
            <LinkButton href=paths::draft_editor(id) kind=ButtonKind::Secondary>"Go on with it"</LinkButton>
            <PreviewButton source=PermissionSource::Draft(id)/>
            <SaveForm action=acts.discard>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button kind=ButtonKind::Ghost pending=acts.discarding.pending()>"Discard"</Button>
            </SaveForm>
        </FormActions>
    }
}
