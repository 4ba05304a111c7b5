use domain::{
    Permission,
    staff::{IMPORT_MAX_LINES, IMPORT_SAMPLE},
};
use leptos::prelude::*;
use ui::{
    BackLink, Button, ButtonKind, Denied, FileField, FormActions, FormError, IconName, LinkButton, Section,
};

use crate::{Form, layout::Page, paths, viewer::denied_reason};

/// Explains the file and takes it. What would happen to its lines is shown before anything does.
#[component]
pub fn ImportPage() -> impl IntoView {
    let description =
        "Invite many people at once from a spreadsheet. You see what would happen to every line first.";
    let upload = match denied_reason(Permission::SettingsInviteStaff) {
        Some(reason) => view! { <Denied reason><Upload/></Denied> }.into_any(),
        None => view! { <Upload/> }.into_any(),
    };
    view! {
        <Page title="Import employees" description back=BackLink::new(paths::STAFF, "My Staff")>
            <Section title="1. Prepare the file"><Format/></Section>
            <Section title="2. Upload it" description="Nobody is invited yet.">{upload}</Section>
        </Page>
    }
}

#[component]
fn Format() -> impl IntoView {
    let size = format!("At most {IMPORT_MAX_LINES} lines and 2 MB. Save it as “CSV UTF-8”.");
    view! {
        <ul class="list-disc ps-5 flex flex-col gap-1">
            <li>"The first line names the columns: first name, last name, email, phone, role, profile. The order does not matter."</li>
            <li>"First name and email are needed; the others may be left out."</li>
            <li>"Role is user or admin; an empty one means user. Profile is the name of a permission profile; an empty one means Standard user."</li>
            <li>"Phone numbers start with + and the country code, or are written as in your country."</li>
            <li>"Comma, semicolon or tab between the columns: all three work."</li>
            <li>{size}</li>
        </ul>
        <pre class="overflow-x-auto rounded-box bg-base-200 p-3 text-sm" tabindex="0" role="region" aria-label="Sample">
            {IMPORT_SAMPLE}
        </pre>
        <div>
            <LinkButton href=paths::STAFF_IMPORT_SAMPLE kind=ButtonKind::Secondary icon=IconName::Download small=true
                download="employees.csv">
                "Download the sample"
            </LinkButton>
        </div>
    }
}

#[component]
fn Upload() -> impl IntoView {
    let form = Form::upload(paths::UPLOAD_STAFF_IMPORT);
    view! {
        <form method="post" action=paths::UPLOAD_STAFF_IMPORT enctype="multipart/form-data">
            <FormError message=form.error()/>
            <FileField name="file" label="CSV file" accept=".csv,text/csv,text/plain,text/tab-separated-values" required=true
                error=form.problem("file")/>
            <FormActions><Button icon=IconName::Upload>"Check the file"</Button></FormActions>
        </form>
    }
}
