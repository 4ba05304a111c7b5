//! What the server sends: the promises that pages rely on, checked on the markup.
#![cfg(feature = "ssr")]
use leptos::prelude::*;
use ui::*;

fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new_root(None).with(|| view().to_html())
}

/// The value of `name="…"` in the tag that contains `mark`.
fn attribute(html: &str, mark: &str, name: &str) -> Option<String> {
    let at = html.find(mark)?;
    let start = html[..at].rfind('<')?;
    let end = at + html[at..].find('>')?;
    let tag = &html[start..end];
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    Some(value.split_once('"')?.0.to_owned())
}

fn text_area(value: &str) -> String {
    html(|| view! { <TextArea name="note" label="Note" value=value/> })
}

#[test]
fn hostile_text_stays_inside_a_text_area() {
    let page = text_area("</textarea><script>alert(1)</script> & </TEXTAREA >");
    assert_eq!(page.matches("</textarea").count(), 1, "{page}");
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;/textarea>&lt;script>alert(1)&lt;/script> &amp; &lt;/TEXTAREA >"), "{page}");
}

#[test]
fn a_text_area_keeps_its_leading_newline() {
    // Parsers drop the first newline, so exactly one more than the text has must be there.
    assert!(text_area("\nsecond line").contains(">\n\nsecond line</textarea>"));
    assert!(text_area("first line").contains(">\nfirst line</textarea>"));
    assert!(text_area("").contains(">\n</textarea>"));
}

#[test]
fn a_field_names_its_error_and_its_hint() {
    let error = Some("That is not an e-mail address.".to_owned());
    let page = html(move || view! { <TextField name="email" label="E-mail" hint="Work address" error/> });
    assert_eq!(attribute(&page, "name=\"email\"", "aria-invalid").as_deref(), Some("true"));
    let ids = attribute(&page, "name=\"email\"", "aria-describedby").expect("described");
    assert_eq!(ids, "field-email-error field-email-hint");
    for id in ids.split(' ') {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{page}");
    }
    assert!(page.contains("That is not an e-mail address."));
    assert_eq!(attribute(&page, "field-label", "for"), attribute(&page, "name=\"email\"", "id"));
}

#[test]
fn a_field_without_notes_is_described_by_nothing() {
    let page = html(|| view! { <TextField name="email" label="E-mail" value="max@example.com"/> });
    assert_eq!(attribute(&page, "name=\"email\"", "aria-describedby"), None);
    assert_eq!(attribute(&page, "name=\"email\"", "aria-invalid"), None);
    assert_eq!(attribute(&page, "name=\"email\"", "value").as_deref(), Some("max@example.com"));
}

#[test]
fn every_kind_of_field_wires_its_error() {
    let error = || Some("Look again.".to_owned());
    let pages = [
        html(|| view! { <PasswordField name="f" label="F" error=error()/> }),
        html(
            || view! { <SelectField name="f" label="F" options=vec![SelectOption::new("a", "A")] error=error()/> },
        ),
        html(|| view! { <TextArea name="f" label="F" error=error()/> }),
        html(|| view! { <Checkbox name="f" label="F" error=error()/> }),
        html(|| view! { <Switch name="f" label="F" error=error()/> }),
        html(|| view! { <FileField name="f" label="F" error=error()/> }),
    ];
    for page in pages {
        assert_eq!(
            attribute(&page, "name=\"f\"", "aria-describedby").as_deref(),
            Some("field-f-error"),
            "{page}"
        );
        assert_eq!(attribute(&page, "name=\"f\"", "aria-invalid").as_deref(), Some("true"), "{page}");
        assert!(page.contains("id=\"field-f-error\""), "{page}");
    }
}

#[test]
fn a_password_is_never_sent_back_and_a_select_keeps_its_choice() {
    let page = html(|| view! { <PasswordField name="password" label="Password"/> });
    assert_eq!(attribute(&page, "name=\"password\"", "value"), None);
    let options = vec![SelectOption::new("user", "User"), SelectOption::new("admin", "Admin")];
    let page = html(|| view! { <SelectField name="role" label="Role" options value="admin"/> });
    assert!(page.contains("<option value=\"admin\" selected>"), "{page}");
    assert_eq!(page.matches(" selected").count(), 1);
}

#[test]
fn a_denied_button_says_why_and_submits_nothing() {
    let page = html(|| view! { <Button disabled_reason="Only an Admin can do this.">"Remove"</Button> });
    let button = |name| attribute(&page, "aria-disabled", name);
    assert_eq!(button("aria-disabled").as_deref(), Some("true"));
    assert_eq!(button("aria-description").as_deref(), Some("Only an Admin can do this."));
    assert_eq!(button("type").as_deref(), Some("button"));
    assert!(!page.contains(" disabled"), "it must stay reachable: {page}");

    let page = html(|| view! { <LinkButton href="/secret" disabled_reason="No.">"Open"</LinkButton> });
    assert!(!page.contains("href"), "{page}");
    let reason = WhyNot { text: "No.".into(), href: Some("/why/x".into()), can_ask: false };
    let page = html(|| view! { <LinkButton href="/secret" disabled_reason=Some(reason)>"Open"</LinkButton> });
    assert!(page.contains("href=\"/why/x\"") && !page.contains("/secret"), "{page}");
}

fn pages(page: u64, pages: u64, total: u64) -> String {
    html(move || {
        view! { <Pagination page pages total per_page=50 href=|page| format!("/staff?q=a%20b&page={page}")/> }
    })
}

#[test]
fn pagination_links_to_neighbours_and_ends() {
    let page = pages(5, 97, 4821);
    let links: Vec<&str> =
        page.split("page=").skip(1).filter_map(|rest| rest.split_once('"')).map(|(n, _)| n).collect();
    assert_eq!(links, ["4", "1", "4", "5", "6", "97", "6"], "{page}");
    assert!(page.contains("201–250 of 4,821"), "{page}");
    assert_eq!(page.matches("aria-current=\"page\"").count(), 1);
    assert_eq!(attribute(&page, "aria-current", "aria-label").as_deref(), Some("Page 5"));
}

#[test]
fn pagination_at_the_ends_has_no_way_further() {
    assert!(!pages(1, 3, 120).contains("Previous page"));
    assert!(!pages(3, 3, 120).contains("Next page"));
    assert!(pages(3, 3, 120).contains("101–120 of 120"));
    let single = pages(1, 1, 12);
    assert!(!single.contains("<nav") && single.contains("12 results"), "{single}");
    assert!(pages(1, 0, 0).contains("No results"));
    assert!(pages(1, 1, 1).contains("1 result<"));
}

#[test]
fn only_the_sorted_column_says_so() {
    let header = |direction| html(move || view! { <SortHeader label="Name" href="?sort=name" direction/> });
    assert!(header(Some(SortDirection::Asc)).contains("aria-sort=\"ascending\""));
    assert!(header(Some(SortDirection::Desc)).contains("aria-sort=\"descending\""));
    assert!(!header(None).contains("aria-sort"));
    assert!(header(None).contains("href=\"?sort=name\""));
}

#[test]
fn dialogs_open_and_close_without_wasm() {
    let page = html(|| view! { <Dialog id="d" title="Edit Max" close_href="/staff">"body"</Dialog> });
    assert!(
        attribute(&page, "id=\"d\"", "aria-labelledby")
            .is_some_and(|id| page.contains(&format!("id=\"{id}\"")))
    );
    assert!(page.contains("<dialog") && page.contains(" open"), "{page}");
    assert_eq!(attribute(&page, "aria-label=\"Close\"", "href").as_deref(), Some("/staff"));
    let closed =
        html(|| view! { <Dialog id="d" title="Edit Max" close_href="/staff" open=false>"body"</Dialog> });
    assert!(!closed.contains(" open") && !closed.contains("shade"), "{closed}");
}

#[test]
fn a_confirmation_names_the_act_and_whom_it_hits() {
    let page = html(|| {
        let affects = vec!["Max <b>Manager</b>".to_owned()];
        view! {
            <Confirm id="c" title="Remove?" body="Signed out at once." affects confirm_label="Remove Max" danger=true form="f" close_href="/staff"/>
        }
    });
    assert!(page.contains("Max &lt;b>Manager&lt;/b>") || page.contains("Max &lt;b&gt;Manager"), "{page}");
    assert!(page.contains("btn-error") && page.contains("Remove Max"));
    assert_eq!(attribute(&page, "btn-error", "form").as_deref(), Some("f"));
}

#[test]
fn flashes_arrive_with_the_page() {
    let page = html(|| {
        provide_toasts(vec![Flash::new(Tone::Good, "Saved"), Flash::new(Tone::Bad, "Not sent")]);
        view! { <Toasts/> }
    });
    assert!(
        page.contains("role=\"status\"") && page.contains("Saved") && page.contains("Not sent"),
        "{page}"
    );
}

#[test]
fn the_palette_finds_by_every_word_anywhere() {
    let item = |label: &str, keywords: &str| PaletteItem {
        label: label.to_owned(),
        keywords: keywords.to_owned(),
        ..PaletteItem::default()
    };
    let items = [item("My staff", "employees people"), item("Billing", "invoice"), item("API keys", "")];
    let labels =
        |query| palette_matches(&items, query).into_iter().map(|item| item.label).collect::<Vec<_>>();
    assert_eq!(labels("PEOPLE staff"), ["My staff"]);
    assert_eq!(labels("  "), ["My staff", "Billing", "API keys"]);
    assert!(labels("staff invoice").is_empty());
}

#[test]
fn themes_survive_the_cookie_and_nonsense_is_the_system() {
    for theme in [Theme::System, Theme::Light, Theme::Dark] {
        assert_eq!(Theme::parse(theme.key()), theme);
    }
    assert_eq!(Theme::parse("\"><script>"), Theme::System);
    assert_eq!(Theme::System.data_theme(), None);
    assert_eq!(Theme::Dark.data_theme(), Some("dark"));
}

#[test]
fn days_read_as_people_say_them() {
    let said = [-2, -1, 0, 1, 2].map(relative_days);
    assert_eq!(said, ["2 days ago", "yesterday", "today", "tomorrow", "in 2 days"]);
}

#[test]
fn nothing_needs_an_inline_style_script_or_handler() {
    for show in ["", "dialog", "drawer", "confirm", "question", "auth"] {
        let page = html(move || view! { <Gallery show/> });
        assert!(!page.contains(" style="), "{show}");
        assert!(!page.contains("<script") && !page.contains("javascript:"), "{show}");
        assert!(
            !page.split('<').any(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(" on"))),
            "{show}"
        );
        assert_eq!(page.matches("<h1").count(), 1, "{show}");
    }
}

#[test]
fn no_id_is_used_twice() {
    let page = html(|| view! { <Gallery/> });
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert!(all > 40);
    assert_eq!(ids.len(), all, "{ids:?}");
}
