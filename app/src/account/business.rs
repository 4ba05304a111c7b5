use domain::{
    Permission,
    account::{Account, Choice, PlaceChoices},
};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Callout, DescriptionItem, DescriptionList, FormActions, FormError, IconName,
    LinkButton, Section, SelectField, SelectOption, Skeleton, TextField, WhyNot,
};

use super::api::{Business, ChangeBusiness, ReadBusiness};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths, viewer::denied_reason};

#[component]
pub fn BusinessPage() -> impl IntoView {
    let change = Act::<ChangeBusiness>::new();
    let form = Form::of(change);
    let loaded = Data::new(|| Ok(ReadBusiness {}));
    view! {
        <Page title="Business profile" description="What your account is called, and the place whose days and times it keeps.">
            {loaded.show(|| view! { <Skeleton lines=8/> }.into_any(), move |business| {
                match denied_reason(Permission::AccountSettings) {
                    None => view! { <BusinessForm business change form/> <Applications/> }.into_any(),
                    Some(reason) => view! { <Facts business reason/> }.into_any(),
                }
            })}
        </Page>
    }
}

#[component]
fn BusinessForm(business: Business, change: Act<ChangeBusiness>, form: Form) -> impl IntoView {
    let Business { account, choices: PlaceChoices { time_zones, countries } } = business;
    view! {
        <SaveForm action=change>
            <div class="stack">
                <FormError message=form.error()/>
                <TextField name="name" label="Business name" autocomplete="organization" required=true
                    value=form.typed("name", account.name) error=form.problem("name")/>
                <SelectField name="country" label="Country" autocomplete="country" required=true options=options(countries)
                    hint="Phone numbers without a country code are read as numbers of this country."
                    value=form.typed("country", account.country) error=form.problem("country")/>
                <SelectField name="time_zone" label="Time zone" required=true options=options(time_zones)
                    hint="Days begin and times are shown in this zone, for everybody in the account."
                    value=form.typed("time_zone", account.time_zone) error=form.problem("time_zone")/>
                <TextField name="currency" label="Currency" readonly=true value=account.currency
                    hint="Chosen when the account was made. It cannot be changed."/>
                <FormActions>
                    <Button kind=ButtonKind::Primary pending=form.pending()>"Save business profile"</Button>
                </FormActions>
            </div>
        </SaveForm>
    }
}

/// The way to the rest of the profile: eighteen more fields would bury these few.
#[component]
fn Applications() -> impl IntoView {
    view! {
        <Section title="Connected applications"
            description="Where your team does the work of a section: its page links there.">
            <div><LinkButton href=paths::APPLICATIONS kind=ButtonKind::Secondary icon=IconName::Link>"Connect applications"</LinkButton></div>
        </Section>
    }
}

fn options(choices: Vec<Choice>) -> Vec<SelectOption> {
    choices.into_iter().map(|choice| SelectOption::new(choice.value, choice.label)).collect()
}

/// The same for those who may not change it.
#[component]
fn Facts(business: Business, reason: WhyNot) -> impl IntoView {
    let Business { account, choices } = business;
    let Account { name, country, time_zone, currency, .. } = account;
    let country = label(&choices.countries, country);
    let time_zone = label(&choices.time_zones, time_zone);
    view! {
        <div class="flex flex-col gap-6">
            <Callout title="You can look, but not change">{reason.view()}</Callout>
            <DescriptionList>
                <DescriptionItem term="Business name">{name}</DescriptionItem>
                <DescriptionItem term="Country">{country}</DescriptionItem>
                <DescriptionItem term="Time zone">{time_zone}</DescriptionItem>
                <DescriptionItem term="Currency">{currency}</DescriptionItem>
            </DescriptionList>
        </div>
    }
}

/// What people read for a stored value.
fn label(choices: &[Choice], value: String) -> String {
    choices.iter().find(|choice| choice.value == value).map_or(value, |choice| choice.label.clone())
}
