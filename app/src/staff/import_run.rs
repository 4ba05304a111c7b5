use domain::{
    Refusal, StaffImportId,
    staff::{ImportProgress, StaffImport, VerdictKind, whereabouts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{BackLink, Button, ButtonKind, Callout, FormError, IconName, LinkButton, Skeleton, Tone};

use super::{
    api_import::{ReadImport, StartImport},
    import_lines::Lines,
    import_running::Running,
    places_field::{AskedPlaces, PlacesField, Ticked, ask_places},
};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths};

/// The part of the lines that the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub verdict: Option<VerdictKind>,
    pub page: u32,
}

/// An uploaded list: what would happen, then how far it is, then what happened.
#[component]
pub fn ImportRunPage() -> impl IntoView {
    let id = paths::id_parameter::<StaffImportId>();
    let query = use_query_map();
    let part = Memo::new(move |_| {
        query.with(|query| Part {
            verdict: query.get("verdict").and_then(|key| key.parse().ok()),
            page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
        })
    });
    let start = Act::<StartImport>::new();
    let form = Form::of(start);
    let finished = RwSignal::new(0_usize);
    let started = form.saved();
    let import = Data::renewed(
        move || started.get() + finished.get(),
        move || {
            let Part { verdict, page } = part.get();
            let id = id.get().ok_or(Refusal::NotFound)?;
            Ok(ReadImport { id, verdict: verdict.map(|kind| kind.key().to_owned()), page })
        },
    );
    // What was made or deleted meanwhile changes the question: asked for again when the form is refused.
    let asked = Data::renewed(move || form.version.get(), ask_places);
    view! {
        <Page title="Import employees" back=BackLink::new(paths::IMPORT_STAFF, "Another file")>
            <FormError message=form.error()/>
            {import.show(|| view! { <Skeleton lines=10/> }.into_any(), move |import| {
                view! { <Import import part=part.get_untracked() start form asked finished/> }.into_any()
            })}
        </Page>
    }
}

#[component]
fn Import(
    import: StaffImport,
    part: Part,
    start: Act<StartImport>,
    form: Form,
    asked: AskedPlaces,
    finished: RwSignal<usize>,
) -> impl IntoView {
    let id = import.id;
    let places = import.places.as_deref().map(|places| view! { <p>{whereabouts(places)}</p> });
    let state = match import.progress {
        ImportProgress::Checked => {
            view! { <Checked id people=import.count(VerdictKind::New) start form asked/> }.into_any()
        }
        ImportProgress::Running { done, of } => view! { <Running id done of finished/> }.into_any(),
        ImportProgress::Finished { invited, not_invited } => {
            view! { <Finished id invited not_invited/> }.into_any()
        }
    };
    view! {
        <div class="flex flex-col gap-6">
            <p class="font-medium">{import.file_name.clone()}</p>
            {state}
            {places}
            <Lines import part/>
        </div>
    }
}

/// The dry run: what would happen if the person said so.
#[component]
fn Checked(
    id: StaffImportId,
    people: u32,
    start: Act<StartImport>,
    form: Form,
    asked: AskedPlaces,
) -> impl IntoView {
    if people == 0 {
        return view! {
            <Callout tone=Tone::Info title="Nothing to invite">
                <p>"Nobody in this file can be invited; every line below says why. "
                <a class="link" href=paths::IMPORT_STAFF>"Upload another file"</a>" or "
                <a class="link" href=download(id) download="staff-import.csv">"download this one with the reasons"</a>"."</p>
            </Callout>
        }
        .into_any();
    }
    let label = format!("Invite {}", counted(people));
    view! {
        <SaveForm action=start>
            <div class="stack">
                <input type="hidden" name="id" value=id.to_string()/>
                <PlacesField form ticked=Ticked::Nothing asked/>
                <div class="flex flex-wrap items-center gap-4">
                    <Button kind=ButtonKind::Primary icon=IconName::Mail pending=form.pending()>{label}</Button>
                    <p class="text-sm">"Nobody has been invited yet. Each gets a mail with a personal link."</p>
                </div>
            </div>
        </SaveForm>
    }
    .into_any()
}

#[component]
fn Finished(id: StaffImportId, invited: u32, not_invited: u32) -> impl IntoView {
    let tone = if invited > 0 { Tone::Good } else { Tone::Warn };
    let rest = match not_invited {
        0 => "Every line is done.".to_owned(),
        1 => "1 line was left out; it says why below.".to_owned(),
        count => format!("{count} lines were left out; each says why below."),
    };
    view! {
        <Callout tone title=format!("{} invited", counted(invited))>
            <p>{rest}</p>
        </Callout>
        <div class="flex flex-wrap gap-2">
            <LinkButton href=paths::STAFF icon=IconName::Users>"My Staff"</LinkButton>
            <LinkButton href=download(id) kind=ButtonKind::Secondary icon=IconName::Download download="staff-import.csv">
                "Download the result"
            </LinkButton>
        </div>
    }
}

fn download(id: StaffImportId) -> String {
    format!("/download/staff-import/{id}")
}

/// "1 person", "12 people".
fn counted(people: u32) -> String {
    if people == 1 { "1 person".to_owned() } else { format!("{people} people") }
}
