//! Steward's design system: knows Leptos and the style sheet (`style/`), nothing of the product.
//!
//! **Promises.** Every piece renders on the server, works before wasm (native `<dialog>`, `<details>`, popover, forms and
//! links) and gets better with it. Server and browser build the same markup: side effects live in effects and event handlers
//! only. No inline style, script or handler, so a strict CSP holds. Fields are uncontrolled: what is typed before hydration
//! stays. Controls that can do nothing without wasm carry `needs-wasm` and stay hidden until it runs.
//!
//! **Optional texts** ([`OptText`]) take `"…"`, `String` or `Option<String>`; **slots** ([`Slot`]) take any view;
//! **reasons** ([`OptWhyNot`]) take a text or a [`WhyNot`], or an option of one; **signals** take a value, a signal or a closure. Links are plain `<a>`: the router takes them over.
//!
//! # Layout
//! ```text
//! <AppShell brand="Steward" header=switcher rail=view! { <RailLink href label icon=IconName::Home current=Signal/> } footer=person banner=notice>…</AppShell>
//! <RailHeading label="Apps"/>
//! <SettingsLayout nav=view! { <SettingsLink href label current=Signal/> }>…</SettingsLayout>
//! <AuthLayout brand title="Sign in" description footer=view! {…}>form</AuthLayout>
//! <PageHeader title="My staff" description action=view! { <LinkButton …/> } back=BackLink::new("/settings", "Settings")/>
//! <Section title="Sessions" description action id>…</Section>
//! <Card footer=view! {…}>…</Card>      <FormActions><Button>"Save"</Button></FormActions>
//! <DescriptionList><DescriptionItem term="E-mail">"max@…"</DescriptionItem></DescriptionList>
//! ```
//! # Forms
//! ```text
//! <FormError message=signal/>                                       // form as a whole, role=alert
//! <TextField name label kind="email" value hint error=signal required=true autocomplete="email" disabled_reason/>
//! <PasswordField name label autocomplete="new-password" error required=true/>
//! <SelectField name label options=vec![SelectOption::new("user", "User")] value="user" error hint/>
//! <TextArea name label value rows=4 error/>
//! <Checkbox name label checked=true value="yes" hint/>
//! <Switch name label value on=Signal<bool> on_change=Callback status=Signal<SaveState>/>      <SaveStatus status/>
//! <RadioCards name label options=vec![RadioOption::new("user", "User", "Daily work")] value="user"/>
//! <FileField name label accept=".csv"/>
//! <Button kind=ButtonKind::Primary button_type="submit" pending=signal disabled_reason icon=IconName::Plus small=true>"Save"</Button>
//! <LinkButton href kind=ButtonKind::Secondary icon>"Edit"</LinkButton>
//! <Denied reason="Only an Admin can change this. Ask Olive.">any control</Denied>
//! ```
//! A field's id is `field-{name}`; two forms with the same field on one page pass `id`.
//! # Classes for pages
//! `stack` (a column of fields), `field-pair` (two fields beside each other), `cell-person` and `cell-note` (avatar, name and a
//! second line in a table), `link` (a link in running text), `needs-wasm`; Tailwind utilities with the tokens `muted`, `line`,
//! `link`, `base-100…300`, `primary` for the rest. A `<form>` directly inside a `Card`, a dialog or an `AuthLayout` spaces its
//! fields by itself.
//! # Lists
//! ```text
//! <FilterBar action keep=vec![("sort".into(), "name".into())] clear_href><SearchInput label value/><FilterSelect name label options value/><FilterDay name label value/></FilterBar>
//! <SearchForm action label value/>
//! <DataTable caption="Staff" head=view! { <SortHeader label="Name" href direction=Some(SortDirection::Asc)/><Th>"Role"</Th> }>
//!     <Row><Td main=true>…</Td><Td label="Role">…</Td><Td actions=true><Menu label="More about Max">…</Menu></Td></Row>
//! </DataTable>
//! <Td address=true><Address email/></Td>      // breaks after its @ first
//! <Pagination page=2 pages=9 total=430 per_page=50 href=|page| format!("?page={page}")/>
//! <EmptyState title body icon action=view! {…}/>   <Skeleton lines=3/>   <TableSkeleton rows=5 columns=4/>
//! <Menu label="More about Max" trigger=view! {…} up=true><MenuLink href label icon/><MenuButton label form="remove"/><MenuDivider/></Menu>
//! <Tabs label="Member" items=vec![TabItem::new("Details", "/m/1", true)]/>
//! ```
//! # Dialogs and messages
//! ```text
//! <Dialog id title close_href open=true description footer=view! {…}>…</Dialog>     <Drawer …same…/>
//! <Confirm id title body affects=vec![…] confirm_label="Remove Max" danger=true form="remove" close_href pending/>
//! provide_toasts(flashes); <Toasts/>   expect_context::<ToastContext>().push(Tone::Good, "Saved")
//! <Callout tone=Tone::Warn title="…">…</Callout>
//! ```
//! # Small things
//! ```text
//! <Badge tone=Tone::Good>"Active"</Badge>      <Avatar name photo_href large=true/>      <Icon name=IconName::Mail/>
//! <CopyButton label text on_copy=Callback/>    <Progress label value=signal max=200/>
//! <DateTime instant_rfc3339 text exact/>       <RelativeDays days=3 exact/>   relative_days(3)
//! <CommandPalette items=Signal<Vec<PaletteItem>> on_go=Callback/>   <PaletteButton/>
//! <ThemeToggle current=theme action="/theme" return_to="/settings"/>   Theme::parse(cookie).data_theme()
//! visit("/settings/staff")                     // client-side navigation from an event handler
//! ```
#![recursion_limit = "256"]

mod auth_layout;
mod avatar;
mod badge;
mod browser;
mod button;
mod callout;
mod command_palette;
mod confirm;
mod copy_button;
mod data_table;
mod date_time;
mod denied;
mod description_list;
mod dialog;
mod empty_state;
mod field;
mod filter_bar;
mod gallery;
mod icon;
mod menu;
mod page_header;
mod pagination;
mod progress;
mod section;
mod settings_layout;
mod shell;
mod skeleton;
mod tabs;
mod text;
mod theme_toggle;
mod toast;
mod why_not;

pub use auth_layout::*;
pub use avatar::*;
pub use badge::*;
pub use browser::{focus_on, tick_alike, visit, walk_switches};
pub use button::*;
pub use callout::*;
pub use command_palette::*;
pub use confirm::*;
pub use copy_button::*;
pub use data_table::*;
pub use date_time::*;
pub use denied::*;
pub use description_list::*;
pub use dialog::*;
pub use empty_state::*;
pub use field::*;
pub use filter_bar::*;
pub use gallery::Gallery;
pub use icon::*;
pub use menu::*;
pub use page_header::*;
pub use pagination::*;
pub use progress::*;
pub use section::*;
pub use settings_layout::*;
pub use shell::*;
pub use skeleton::*;
pub use tabs::*;
pub use text::*;
pub use theme_toggle::*;
pub use toast::*;
pub use why_not::*;
