use leptos::prelude::*;
use ui::{
    Avatar, Button, ButtonKind, DescriptionItem, DescriptionList, FileField, FormActions, FormError,
    LinkButton, Section, Skeleton, TextField,
};

use super::api::{ChangeProfile, OwnProfile, Profile, RemovePhoto};
use crate::{Data, Form, SaveForm, act::Act, layout::Page, paths};

#[component]
pub fn MyProfilePage() -> impl IntoView {
    let profile = Data::new(|| Ok(OwnProfile {}));
    view! {
        <Page title="My profile" description="How your colleagues see you, and how you sign in.">
            {profile.show(|| view! { <Skeleton lines=8/> }.into_any(), |profile| view! { <Sections profile/> }.into_any())}
        </Page>
    }
}

#[component]
fn Sections(profile: Profile) -> impl IntoView {
    let name = format!("{} {}", profile.first_name, profile.last_name);
    let (email, photo_href) = (profile.email.clone(), profile.photo_href.clone());
    view! {
        <Section title="You">
            <ProfileForm profile=profile.clone()/>
        </Section>
        <Section title="Photo" description="PNG, JPEG or WebP, up to 512 kB.">
            <PhotoForms name photo_href/>
        </Section>
        <Section title="What you may do" description="In the account you work in now: every permission, and why.">
            <LinkButton href=paths::MY_ACCESS kind=ButtonKind::Secondary>"See what you may do"</LinkButton>
        </Section>
        <Section title="Signing in">
            <DescriptionList>
                <DescriptionItem term="E-mail">
                    {email} " " <LinkButton href=paths::MY_EMAIL kind=ButtonKind::Secondary small=true>"Change e-mail"</LinkButton>
                </DescriptionItem>
                <DescriptionItem term="Password">
                    <LinkButton href=paths::MY_PASSWORD kind=ButtonKind::Secondary small=true>"Change password"</LinkButton>
                </DescriptionItem>
                <DescriptionItem term="Browsers">
                    <LinkButton href=paths::MY_SESSIONS kind=ButtonKind::Secondary small=true>"Where you are signed in"</LinkButton>
                </DescriptionItem>
            </DescriptionList>
        </Section>
    }
}

#[component]
fn ProfileForm(profile: Profile) -> impl IntoView {
    let change = Act::<ChangeProfile>::new();
    let form = Form::of(change);
    view! {
        <SaveForm action=change>
            <FormError message=form.error()/>
            <TextField name="first_name" label="First name" autocomplete="given-name" required=true
                value=form.typed("first_name", profile.first_name) error=form.problem("first_name")/>
            <TextField name="last_name" label="Last name" autocomplete="family-name" optional=true
                value=form.typed("last_name", profile.last_name) error=form.problem("last_name")/>
            <TextField name="phone" label="Phone" kind="tel" autocomplete="tel" optional=true
                value=form.typed("phone", profile.phone) error=form.problem("phone")/>
            <FormActions><Button kind=ButtonKind::Primary pending=form.pending()>"Save profile"</Button></FormActions>
        </SaveForm>
    }
}

#[component]
fn PhotoForms(name: String, photo_href: Option<String>) -> impl IntoView {
    let upload = Form::upload(paths::UPLOAD_PHOTO);
    let remove = Act::<RemovePhoto>::new();
    let removal = Form::of(remove);
    let has_photo = photo_href.is_some();
    view! {
        <Avatar name photo_href large=true/>
        <form method="post" action=paths::UPLOAD_PHOTO enctype="multipart/form-data">
            <FormError message=upload.error()/>
            <FileField name="photo" label="New photo" accept="image/png,image/jpeg,image/webp" required=true
                error=upload.problem("photo")/>
            <FormActions><Button kind=ButtonKind::Secondary>"Upload photo"</Button></FormActions>
        </form>
        {has_photo.then(|| view! {
            <SaveForm action=remove>
                <FormError message=removal.error()/>
                <Button kind=ButtonKind::Ghost pending=removal.pending()>"Remove photo"</Button>
            </SaveForm>
        })}
    }
}
