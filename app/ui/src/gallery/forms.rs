use crate::{
    Button, ButtonKind, Card, Checkbox, ChoiceGroup, Denied, FileField, FormActions, FormError, IconName,
    LinkButton, PasswordField, RadioCards, RadioOption, SaveState, SaveStatus, Section, SelectField,
    SelectOption, Switch, TextArea, TextField, WhyNot,
};
use leptos::prelude::*;

const REASON: &str = "Needs the permission “edit staff”. Ask Olive Admin.";

/// The same with the page that explains it.
fn explained() -> WhyNot {
    WhyNot { text: REASON.to_owned(), href: Some("#forms".to_owned()), can_ask: true }
}

pub(super) fn section() -> AnyView {
    view! {
        <Section title="Forms" id="forms" description="Label above, hint below, the error beside what caused it.">
            {healthy()} {wrong()} {denied()}
        </Section>
        <Section title="Choices">{choices()}</Section>
        <Section title="Switches" description="They answer at once and say when they are saved.">{switches()}</Section>
        <Section title="Buttons">{buttons()}</Section>
    }
    .into_any()
}

fn roles() -> Vec<SelectOption> {
    let admin =
        SelectOption { is_disabled: true, ..SelectOption::new("admin", "Admin (only Admins may choose it)") };
    vec![SelectOption::new("user", "User"), admin]
}

fn healthy() -> AnyView {
    view! {
        <Card footer=view! {
            <Button kind=ButtonKind::Secondary button_type="button">"Cancel"</Button>
            <Button button_type="button">"Save"</Button>
        }>
            <div class="field-pair">
                <TextField name="first" label="First name" value="Max" autocomplete="off" required=true/>
                <TextField name="last" label="Last name" value="Manager" autocomplete="off" required=true/>
            </div>
            <TextField name="email" label="E-mail" kind="email" hint="We send the invitation there." placeholder="name@company.com"/>
            <TextField name="phone" label="Phone" kind="tel" inputmode="tel" optional=true/>
            <PasswordField name="password" label="Password" autocomplete="new-password" hint="At least 12 characters."/>
            <SelectField name="role" label="Role" options=roles() value="user"/>
            <TextArea name="note" label="Note" value="</textarea><script>hostile text stays text" optional=true/>
            <FileField name="csv" label="CSV file" accept=".csv" hint="Up to 5,000 lines."/>
        </Card>
    }
    .into_any()
}

fn wrong() -> AnyView {
    let error = |text: &str| Some(text.to_owned());
    view! {
        <Card>
            <FormError message=error("Nothing was saved: two fields need another look.")/>
            <TextField
                id="bad-email"
                name="email"
                label="E-mail"
                value="max@@company"
                hint="We send the invitation there."
                error=error("That is not an e-mail address.")
            />
            <PasswordField id="bad-password" name="password" label="Password" error=error("Too short: use at least 12 characters.")/>
            <SelectField id="bad-role" name="role" label="Role" options=roles() error=error("Choose a role.")/>
            <TextArea id="bad-note" name="note" label="Note" error=error("Too long by 20 characters.")/>
            <FileField id="bad-csv" name="csv" label="CSV file" error=error("That file is not a CSV.")/>
            <Checkbox id="bad-terms" name="terms" label="I have told Max about this" error=error("Please confirm.")/>
        </Card>
    }
    .into_any()
}

fn denied() -> AnyView {
    view! {
        <Card>
            <TextField id="no-email" name="email" label="E-mail" value="max@company.com" disabled_reason=REASON/>
            <SelectField id="no-role" name="role" label="Role" options=roles() value="user" disabled_reason=REASON/>
            <TextArea id="no-note" name="note" label="Note" value="Met at the fair." rows=2 disabled_reason=REASON/>
            <FileField id="no-csv" name="csv" label="CSV file" disabled_reason=REASON/>
            <TextField id="read-name" name="name" label="Read-only" value="To select and copy" readonly=true/>
            <TextField id="off-name" name="name" label="Disabled without a reason" value="Only for a moment" disabled=true/>
            <SelectField id="off-role" name="role" label="Disabled without a reason" options=roles() value="user" disabled=true/>
            <TextArea id="off-note" name="note" label="Disabled without a reason" value="Only for a moment" rows=2 disabled=true/>
            <FileField id="off-csv" name="csv" label="Disabled without a reason" disabled=true/>
            <Denied reason=REASON>
                <FormActions><Button button_type="button">"Change plan"</Button><span>"A whole group, shown inert."</span></FormActions>
            </Denied>
            <Denied reason=explained()>
                <FormActions><Button button_type="button">"Change plan"</Button><span>"With the way to an explanation."</span></FormActions>
            </Denied>
        </Card>
    }
    .into_any()
}

fn choices() -> AnyView {
    let mut owner = RadioOption::new("owner", "Owner", "Can close the account.");
    owner.disabled_reason = Some("Only the present owner can hand this over.".to_owned());
    let options = vec![
        RadioOption::new("user", "User", "Daily work; never billing or account settings."),
        RadioOption::new("admin", "Admin", "Everything, including billing and people."),
        owner,
    ];
    view! {
        <Card>
            <RadioCards name="kind" label="What may they do?" options value="user"/>
            <RadioCards
                id="bad-scope"
                name="scope"
                label="Which records?"
                options=vec![RadioOption::new("all", "All", ""), RadioOption::new("own", "Only assigned", "")]
                error=Some("Choose one.".to_owned())
            />
            <Checkbox name="remind" label="Remind them after three days" checked=true hint="Once, by e-mail."/>
            <Checkbox name="copy" label="Send me a copy"/>
            <Checkbox name="admin-only" label="Skip the review" disabled_reason=REASON/>
            <Checkbox name="later" label="Disabled without a reason" disabled=true/>
            <ChoiceGroup name="teams" label="Which teams?" hint="As many as you like.">
                <Checkbox name="teams[]" id="team-sales" label="Sales" value="sales" hint="In it: 4 of 5 “Closers”."/>
                <Checkbox name="teams[]" id="team-none" label="None for now" value="none"/>
            </ChoiceGroup>
            <ChoiceGroup name="rooms" label="Which rooms?" error=Some("Please answer: choose at least one.".to_owned())>
                <Checkbox name="rooms[]" id="room-blue" label="Blue" value="blue"/>
            </ChoiceGroup>
        </Card>
    }
    .into_any()
}

fn switches() -> AnyView {
    let failed = || SaveState::Failed("Not saved. Try again.".to_owned());
    let error = Some("Somebody changed this meanwhile.".to_owned());
    view! {
        <Card>
            <Switch name="view" label="See contacts" hint="Everything below needs this." on=true status=SaveState::Saved/>
            <Switch name="edit" label="Edit contacts" status=SaveState::Saving/>
            <Switch name="export" label="Export contacts" on=true status=failed()/>
            <Switch name="merge" label="Merge contacts" error/>
            <Switch name="billing" label="Change billing" disabled_reason="Admins only."/>
            <Switch name="two_step" label="Two-step sign-in" on=true disabled_reason="Your account requires it."/>
        </Card>
        <Card>
            <p>"Beside any other live control: " <SaveStatus status=SaveState::Idle/> <SaveStatus status=SaveState::Saving/></p>
            <p><SaveStatus status=SaveState::Saved/> " " <SaveStatus status=failed()/></p>
        </Card>
    }
    .into_any()
}

fn buttons() -> AnyView {
    view! {
        <FormActions>
            <Button button_type="button">"Primary"</Button>
            <Button button_type="button" kind=ButtonKind::Secondary>"Secondary"</Button>
            <Button button_type="button" kind=ButtonKind::Ghost>"Ghost"</Button>
            <Button button_type="button" kind=ButtonKind::Danger icon=IconName::Trash>"Danger"</Button>
        </FormActions>
        <FormActions>
            <Button button_type="button" pending=true>"Saving"</Button>
            <Button button_type="button" kind=ButtonKind::Secondary pending=true>"Loading"</Button>
            <Button button_type="button" disabled=true>"Disabled"</Button>
            <Button button_type="button" disabled_reason=REASON>"Invite"</Button>
            <LinkButton href="/x" kind=ButtonKind::Secondary disabled_reason=REASON>"Edit"</LinkButton>
            <Button button_type="button" kind=ButtonKind::Danger disabled_reason=Some(explained())>"Remove"</Button>
            <LinkButton href="/x" kind=ButtonKind::Ghost disabled_reason=Some(explained())>"Assign"</LinkButton>
        </FormActions>
        <FormActions>
            <Button button_type="button" small=true>"Small"</Button>
            <Button button_type="button" small=true kind=ButtonKind::Secondary icon=IconName::Download>"Export"</Button>
            <LinkButton href="#forms" small=true kind=ButtonKind::Ghost>"A link"</LinkButton>
        </FormActions>
    }
    .into_any()
}
