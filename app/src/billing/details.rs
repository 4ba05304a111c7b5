use domain::{Permission, account::Choice, billing::Customer};
use leptos::prelude::*;
use ui::{
    BackLink, Button, ButtonKind, Callout, FormActions, FormError, SelectField, SelectOption, Skeleton,
    TextArea, TextField,
};

use super::{
    api::{ChangeBillingDetails, DetailsView, ReadBillingDetails},
    parts::Lines,
};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths, viewer::denied_reason};

/// To whom invoices and mails about billing go.
#[component]
pub fn DetailsPage() -> impl IntoView {
    let change = Act::<ChangeBillingDetails>::new();
    let form = Form::of(change);
    let found = Data::new(|| Ok(ReadBillingDetails {}));
    let back = BackLink::new(paths::BILLING, "Billing");
    view! {
        <Page title="Billing details" back description="They stand on invoices from the next one on. Issued invoices stay as they are.">
            {found.show(|| view! { <Skeleton lines=10/> }.into_any(), move |found| {
                match denied_reason(Permission::ChangeBilling) {
                    None => view! { <Details found change form/> }.into_any(),
                    Some(reason) => view! { <Facts found reason/> }.into_any(),
                }
            })}
        </Page>
    }
}

#[component]
fn Details(found: DetailsView, change: Act<ChangeBillingDetails>, form: Form) -> impl IntoView {
    let DetailsView { customer, account_name, emails, countries, reverse_charge } = found;
    let Customer { name, street, street_more, postal_code, city, region, country, tax_id } = customer;
    let reversed = reverse_charge.then(|| {
        view! { <Callout title="Reverse charge">"No tax is added to your invoices: you owe it yourself."</Callout> }
    });
    view! {
        <SaveForm action=change>
            <div class="stack">
                <FormError message=form.error()/>
                {reversed}
                <TextField name="name" label="Name of the business" autocomplete="organization" optional=true
                    hint=format!("Empty, invoices go to “{account_name}”.")
                    value=form.typed("name", name) error=form.problem("name")/>
                <TextField name="street" label="Street and number" autocomplete="address-line1" optional=true
                    value=form.typed("street", street) error=form.problem("street")/>
                <TextField name="street_more" label="More of the address" autocomplete="address-line2" optional=true
                    value=form.typed("street_more", street_more) error=form.problem("street_more")/>
                <TextField name="postal_code" label="Postal code" autocomplete="postal-code" optional=true
                    value=form.typed("postal_code", postal_code) error=form.problem("postal_code")/>
                <TextField name="city" label="City" autocomplete="address-level2" optional=true
                    value=form.typed("city", city) error=form.problem("city")/>
                <TextField name="region" label="State or region" autocomplete="address-level1" optional=true
                    value=form.typed("region", region) error=form.problem("region")/>
                <SelectField name="country" label="Country" autocomplete="country" required=true options=options(countries)
                    hint="It decides which tax is added."
                    value=form.typed("country", country) error=form.problem("country")/>
                <TextField name="tax_id" label="Tax id" optional=true hint="For example a VAT number."
                    value=form.typed("tax_id", tax_id) error=form.problem("tax_id")/>
                <TextArea name="emails" label="E-mail addresses for invoices and warnings" rows=2 optional=true
                    hint="Up to ten, separated by commas. Empty, all Admins get them."
                    value=form.typed("emails", emails) error=form.problem("emails")/>
                <FormActions>
                    <Button kind=ButtonKind::Primary pending=form.pending()>"Save billing details"</Button>
                </FormActions>
            </div>
        </SaveForm>
    }
}

fn options(choices: Vec<Choice>) -> Vec<SelectOption> {
    choices.into_iter().map(|choice| SelectOption::new(choice.value, choice.label)).collect()
}

/// The same for those who may not change them.
#[component]
fn Facts(found: DetailsView, reason: ui::WhyNot) -> impl IntoView {
    let DetailsView { customer, account_name, emails, countries, .. } = found;
    let name = if customer.name.is_empty() { account_name } else { customer.name };
    let country = countries.into_iter().find(|choice| choice.value == customer.country);
    let town = format!("{} {}", customer.postal_code, customer.city);
    let lines = [name, customer.street, customer.street_more, town.trim().to_owned(), customer.region];
    let lines = lines.into_iter().chain(country.map(|choice| choice.label)).filter(|line| !line.is_empty());
    let emails = if emails.is_empty() {
        "All Admins get the mails.".to_owned()
    } else {
        format!("Mails go to {emails}.")
    };
    view! {
        <div class="stack">
            <Callout title="You can look, but not change">{reason.view()}</Callout>
            <Lines lines=lines.collect()/>
            <p>{emails}</p>
        </div>
    }
}
