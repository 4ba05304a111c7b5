use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use ui::{Button, ButtonKind, FormError, IconName, Skeleton, TableSkeleton, follow_address};

use super::{
    api::{ExportActivity, ReadActivity, ReadPeople, VerifyLog},
    exports::ExportedFiles,
    filters::Filters,
    log::Log,
    query::ActivityQuery,
};
use crate::{
    Data, Form, SaveForm,
    act::Act,
    layout::Page,
    paths,
    viewer::{denied_reason, viewer_can},
};

#[component]
pub fn ActivityPage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(ActivityQuery::read));
    let verify = Act::<VerifyLog>::new();
    let export = Act::<ExportActivity>::new();
    let (verifying, exporting) = (Form::of(verify), Form::of(export));
    let chosen = query.with_untracked(|query| query.person.parse().ok());
    let people = Data::new(move || Ok(ReadPeople { chosen }));
    let log = Data::renewed(
        move || verifying.version.get() + exporting.version.get(),
        move || Ok(ReadActivity { query: query.get() }),
    );
    follow_address(Signal::derive(move || query.with(ActivityQuery::fields)));
    let action = viewer_can(Permission::SettingsViewActivity)
        .then(|| view! { <Acts query verify verifying export exporting/> });
    let refused = Signal::derive(move || verifying.error().get().or_else(|| exporting.error().get()));
    let may_export = viewer_can(Permission::SettingsExportActivity);
    view! {
        <Page title="Activity" description="Everything that was done in this account. Nobody can change it afterwards." action>
            <FormError message=refused/>
            {may_export.then(|| view! { <ExportedFiles asked=exporting.version/> })}
            {people.show_either(|| view! { <Skeleton lines=1/> }.into_any(), move |people| match people {
                Ok(people) => view! { <Filters query people=Some(people) base=paths::ACTIVITY/> }.into_any(),
                // Where the log would be, it says so.
                Err(_) => ().into_any(),
            })}
            {log.show(|| view! { <TableSkeleton rows=10 columns=3/> }.into_any(), move |page| {
                view! { <Log page query=query.get_untracked() base=paths::ACTIVITY/> }.into_any()
            })}
        </Page>
    }
}

/// Verifying, and a file of what is listed.
#[component]
fn Acts(
    query: Memo<ActivityQuery>,
    verify: Act<VerifyLog>,
    verifying: Form,
    export: Act<ExportActivity>,
    exporting: Form,
) -> impl IntoView {
    let hidden = move || {
        let query = query.get();
        let field = |(name, value): (&'static str, &str)| {
            let value = value.to_owned();
            view! { <input type="hidden" name=name value=value/> }
        };
        query.filters().into_iter().map(field).collect_view()
    };
    view! {
        <SaveForm action=verify>
            <Button kind=ButtonKind::Secondary icon=IconName::Shield pending=verifying.pending()>"Verify"</Button>
        </SaveForm>
        <SaveForm action=export>
            {hidden}
            <Button icon=IconName::Download pending=exporting.pending()
                disabled_reason=denied_reason(Permission::SettingsExportActivity)>
                "Export CSV"
            </Button>
        </SaveForm>
    }
}
