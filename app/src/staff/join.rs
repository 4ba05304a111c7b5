use domain::{
    identity::{PASSWORD_MIN_CHARS, PASSWORD_SUGGESTED_CHARS},
    staff::{JoinOffer, JoinPage, JoinStep},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ui::{
    Button, ButtonKind, Callout, FormError, IconName, LinkButton, PasswordField, Skeleton, TextField, Tone,
};

use super::{
    api_join::{AcceptInvitation, AcceptSignedIn, AskAgain, MailInvitation, OpenInvitation},
    join_dead::{Dead, Unknown},
};
use crate::{
    AppError, Data, Form, SaveForm, act::Act, error::LoadError, layout::Narrow, paths, shared_api::SignOut,
};

/// What can be done with an invitation's link.
#[derive(Clone, Copy)]
struct Acts {
    accept: Act<AcceptInvitation>,
    accepting: Form,
    enter: Act<AcceptSignedIn>,
    entering: Form,
    mail: Act<MailInvitation>,
    mailing: Form,
    ask: Act<AskAgain>,
    asking: Form,
    sign_out: Act<SignOut>,
    signing_out: Form,
}

impl Acts {
    fn new() -> Self {
        let (accept, enter, mail) = (Act::new(), Act::new(), Act::new());
        let (ask, sign_out) = (Act::new(), Act::new());
        Self {
            accept,
            accepting: Form::of(accept),
            enter,
            entering: Form::of(enter),
            mail,
            mailing: Form::of(mail),
            ask,
            asking: Form::of(ask),
            sign_out,
            signing_out: Form::of(sign_out),
        }
    }
}

/// Where an invitation leads: to joining, or to a page that says why not and what to do.
#[component]
pub fn JoinByLinkPage() -> impl IntoView {
    let acts = Acts::new();
    let asked = acts.asking.saved();
    let params = use_params_map();
    let link = Memo::new(move |_| params.with(|params| params.get("link")).unwrap_or_default());
    let page = Data::renewed(move || asked.get(), move || Ok(OpenInvitation { link: link.get() }));
    page.show_either(
        || view! { <Narrow title="Your invitation"><Skeleton lines=5/></Narrow> }.into_any(),
        move |page| joining(page, link.get_untracked(), acts),
    )
}

fn joining(page: Result<JoinPage, AppError>, link: String, acts: Acts) -> AnyView {
    match page {
        Ok(JoinPage::Good(offer)) => view! { <Offer offer link acts/> }.into_any(),
        Ok(JoinPage::WrongPerson { signed_in, invited, account_name }) => {
            let (signed_in, invited) = (signed_in.to_string(), invited.to_string());
            view! { <WrongPerson signed_in invited account_name link acts/> }.into_any()
        }
        Ok(JoinPage::Dead(dead)) => view! { <Dead dead link ask=acts.ask asking=acts.asking/> }.into_any(),
        Ok(JoinPage::Unknown) => view! { <Unknown/> }.into_any(),
        Err(error) => view! { <Narrow title="Your invitation"><LoadError error/></Narrow> }.into_any(),
    }
}

#[component]
fn Offer(offer: JoinOffer, link: String, acts: Acts) -> impl IntoView {
    let title = format!("Join {}", offer.account_name);
    let description = format!("{} invites you to work in {}.", offer.inviter_name, offer.account_name);
    let role = offer.assignment.role;
    let step = match offer.step {
        JoinStep::ChoosePassword => view! { <ChoosePassword offer link acts/> }.into_any(),
        JoinStep::SignIn => view! { <SignInFirst offer link/> }.into_any(),
        JoinStep::Accept => view! { <JoinNow offer link acts/> }.into_any(),
        JoinStep::AskForMail => view! { <MailMe offer link acts/> }.into_any(),
    };
    view! {
        <Narrow title description>
            <p>{format!("Your role: {}. {}", role.label(), role.description())}</p>
            {step}
        </Narrow>
    }
}

#[component]
fn ChoosePassword(offer: JoinOffer, link: String, acts: Acts) -> impl IntoView {
    let form = acts.accepting;
    let hint = format!(
        "At least {PASSWORD_MIN_CHARS} characters; {PASSWORD_SUGGESTED_CHARS} or more are better. A few words do well."
    );
    view! {
        <SaveForm action=acts.accept>
            <FormError message=form.error()/>
            <input type="hidden" name="link" value=link/>
            <TextField name="email" label="E-mail" kind="email" autocomplete="username" readonly=true value=offer.email.to_string()/>
            <TextField name="first_name" label="First name" autocomplete="given-name" required=true
                value=form.typed("first_name", offer.name.first) error=form.problem("first_name")/>
            <TextField name="last_name" label="Last name" autocomplete="family-name" optional=true
                value=form.typed("last_name", offer.name.last) error=form.problem("last_name")/>
            <PasswordField name="password" label="Password" autocomplete="new-password" required=true hint
                error=form.problem("password")/>
            <Button kind=ButtonKind::Primary pending=form.pending()>{format!("Join {}", offer.account_name)}</Button>
        </SaveForm>
    }
}

/// The link never sets the password of a login that is there already.
#[component]
fn SignInFirst(offer: JoinOffer, link: String) -> impl IntoView {
    let href = paths::with_next(paths::SIGN_IN, &paths::join(&link));
    view! {
        <p>{format!("You have a login already: {}. Sign in with it to join.", offer.email)}</p>
        <LinkButton href kind=ButtonKind::Primary>{format!("Sign in as {}", offer.email)}</LinkButton>
    }
}

/// Who was given a link by hand shows that the address is theirs by opening the mail.
#[component]
fn MailMe(offer: JoinOffer, link: String, acts: Acts) -> impl IntoView {
    let email = offer.email.to_string();
    let explanation = format!(
        "This invitation is for {email}. To be sure that it is you, the link to join comes to that address."
    );
    let title = format!("The mail to {email} is on its way");
    let next = move || match acts.mailing.shown.get() {
        Some(text) => {
            view! { <Callout tone=Tone::Good title=title.clone()><p>{text}</p></Callout> }.into_any()
        }
        None => view! { <AskForMail link=link.clone() acts/> }.into_any(),
    };
    view! { <p>{explanation}</p> {next} }
}

#[component]
fn AskForMail(link: String, acts: Acts) -> impl IntoView {
    let form = acts.mailing;
    view! {
        <SaveForm action=acts.mail>
            <FormError message=form.error()/>
            <input type="hidden" name="link" value=link/>
            <Button kind=ButtonKind::Primary icon=IconName::Mail pending=form.pending()>"E-mail me my link"</Button>
        </SaveForm>
    }
}

#[component]
fn JoinNow(offer: JoinOffer, link: String, acts: Acts) -> impl IntoView {
    view! {
        <p>{format!("You are signed in as {}.", offer.email)}</p>
        <SaveForm action=acts.enter>
            <FormError message=acts.entering.error()/>
            <input type="hidden" name="link" value=link/>
            <Button kind=ButtonKind::Primary pending=acts.entering.pending()>{format!("Join {}", offer.account_name)}</Button>
        </SaveForm>
    }
}

#[component]
fn WrongPerson(
    signed_in: String,
    invited: String,
    account_name: String,
    link: String,
    acts: Acts,
) -> impl IntoView {
    let label = format!("Sign out and go on as {invited}");
    view! {
        <Narrow title="This invitation is for somebody else"
            description=format!("It invites {invited} to {account_name}. In this browser you are signed in as {signed_in}.")>
            <p>"If both are you, sign out and open the invitation as the invited person. If not, pass the mail on or leave it be."</p>
            <SaveForm action=acts.sign_out>
                <FormError message=acts.signing_out.error()/>
                <input type="hidden" name="next" value=paths::join(&link)/>
                <Button kind=ButtonKind::Primary pending=acts.signing_out.pending()>{label}</Button>
            </SaveForm>
            <LinkButton href=paths::DASHBOARD kind=ButtonKind::Secondary>{format!("Stay signed in as {signed_in}")}</LinkButton>
        </Narrow>
    }
}
