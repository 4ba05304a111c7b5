use domain::{Permission, ProfileId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{
    Button, ButtonKind, Callout, Confirm, DataTable, EmptyState, FormError, IconName, LinkButton, Row,
    Section, Skeleton, Td, TextField, Th,
};

use super::{
    api::ProfileView,
    api_unused::{KeepPermission, KeptLine, NarrowProfile, ProfileUnused, StopKeepingPermission, UnusedView},
    frame::{NoProfile, ProfileFrame, Tab, asked},
};
use crate::{Data, Form, SaveForm, act::Act, live::profile_version, paths, shared_api::UnusedLine, time};

#[derive(Clone, Copy)]
struct Acts {
    keep: Act<KeepPermission>,
    keeping: Form,
    stop: Act<StopKeepingPermission>,
    stopping: Form,
    narrow: Act<NarrowProfile>,
    narrowing: Form,
}

/// What the profile opens and nobody uses, and what it keeps on purpose.
#[component]
pub fn ProfileUnusedPage() -> impl IntoView {
    let id = paths::id_parameter();
    let (keep, stop, narrow) = (Act::new(), Act::new(), Act::new());
    let (keeping, stopping, narrowing) = (Form::of(keep), Form::of(stop), Form::of(narrow));
    let acts = Acts { keep, keeping, stop, stopping, narrow, narrowing };
    let (kept, stopped) = (acts.keeping.saved(), acts.stopping.saved());
    let changed = profile_version(move || id.get());
    let version = move || changed.get() + kept.get() + stopped.get();
    let unused = Data::renewed(version, move || Ok(ProfileUnused { id: asked(id.get())?.id }));
    unused.show_either(
        || view! { <Skeleton lines=8/> }.into_any(),
        move |unused| match unused {
            Ok(unused) => view! { <Unused unused acts/> }.into_any(),
            Err(error) => view! { <NoProfile error/> }.into_any(),
        },
    )
}

#[component]
fn Unused(unused: UnusedView, acts: Acts) -> impl IntoView {
    let UnusedView { view: ProfileView { details, .. }, unused, kept, recorded_since } = unused;
    let id = details.profile.id;
    let since = match recorded_since {
        Some(day) => format!("Steward has noted since {day} what people use."),
        None => "Steward has begun to note what people use; nothing is on record yet.".to_owned(),
    };
    let description = format!(
        "What nobody who holds this profile has used for 30, 60 or 90 days. {since} What belongs to connected \
         applications is not judged: Steward does not see it used."
    );
    let keeps = (!kept.is_empty()).then(|| view! { <KeptOnPurpose id kept acts/> });
    view! {
        <ProfileFrame details tab=Tab::Unused>
            <Section title="Not used" description>
                <Found id unused acts/>
            </Section>
            {keeps}
            <Question id acts/>
        </ProfileFrame>
    }
}

#[component]
fn Found(id: ProfileId, unused: Vec<UnusedLine>, acts: Acts) -> impl IntoView {
    if unused.is_empty() {
        return view! {
            <EmptyState icon=IconName::Check title="Nothing to take away"
                body="Everything that can be judged was used, or has not been held for 30 days yet."/>
        }
        .into_any();
    }
    let names = unused.iter().map(|line| line.permission.label()).collect::<Vec<_>>().join(", ");
    let lines = unused.into_iter().map(|line| view! { <Line id line/> }).collect_view();
    let head = view! { <Th>"Permission"</Th><Th>"Use"</Th><Th>"Actions"</Th> };
    view! {
        <DataTable caption="Permissions that nobody uses" head>{lines}</DataTable>
        <Callout title="Give no more than people need">
            <p>{format!("Without “{names}” the profile would open just what is used.")}</p>
            <FormError message=acts.narrowing.error()/>
            <div class="mt-3">
                <SaveForm action=acts.narrow>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Button kind=ButtonKind::Secondary pending=acts.narrowing.pending()>"Draft a narrower profile"</Button>
                </SaveForm>
            </div>
        </Callout>
    }
    .into_any()
}

#[component]
fn Line(id: ProfileId, line: UnusedLine) -> impl IntoView {
    let label = line.permission.label();
    let section = line.permission.section().map(|section| section.label());
    view! {
        <Row>
            <Td main=true>{label}{section.map(|section| view! { <span class="cell-note">{section}</span> })}</Td>
            <Td label="Use">{line.told}</Td>
            <Td actions=true>
                <LinkButton href=paths::keep_in_profile(id, line.permission) kind=ButtonKind::Ghost small=true
                    aria_label=format!("Keep “{label}”")>"Keep"</LinkButton>
            </Td>
        </Row>
    }
}

#[component]
fn KeptOnPurpose(id: ProfileId, kept: Vec<KeptLine>, acts: Acts) -> impl IntoView {
    let line = move |line: KeptLine| {
        let KeptLine { kept, when } = line;
        let label = kept.permission.label();
        let by = kept.changed.by.unwrap_or_default();
        view! {
            <Row>
                <Td main=true>{label}</Td>
                <Td label="Why">{kept.note}</Td>
                <Td label="Since"><div>{time(when)}<span class="cell-note">{format!("by {by}")}</span></div></Td>
                <Td actions=true>
                    <SaveForm action=acts.stop>
                        <input type="hidden" name="id" value=id.to_string()/>
                        <input type="hidden" name="permission" value=kept.permission.key()/>
                        <Button kind=ButtonKind::Ghost small=true pending=acts.stopping.pending()
                            aria_label=format!("Keep “{label}” no longer")>"Keep no longer"</Button>
                    </SaveForm>
                </Td>
            </Row>
        }
    };
    let head = view! { <Th>"Permission"</Th><Th>"Why"</Th><Th>"Since"</Th><Th>"Actions"</Th> };
    view! {
        <Section title="Kept on purpose" description="Not pointed out, whether it is used or not.">
            <FormError message=acts.stopping.error()/>
            <DataTable caption="Permissions kept on purpose" head>{kept.into_iter().map(line).collect_view()}</DataTable>
        </Section>
    }
}

/// Asks why, when the address names a permission to keep.
#[component]
fn Question(id: ProfileId, acts: Acts) -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("keep")?.parse::<Permission>().ok()));
    move || {
        let permission = asked.get()?;
        let title = format!("Keep “{}”?", permission.label());
        let note = acts.keeping.typed("note", "");
        Some(view! {
            <SaveForm action=acts.keep>
                <Confirm id="keep" title body="It stays in the profile and is not pointed out any more. Say why, for whoever looks next."
                    confirm_label="Keep it" pending=acts.keeping.pending() close_href=paths::profile_unused(id)>
                    <FormError message=acts.keeping.error()/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <input type="hidden" name="permission" value=permission.key()/>
                    <TextField name="note" label="Why" value=note required=true
                        error=acts.keeping.problem("note")/>
                </Confirm>
            </SaveForm>
        })
    }
}
