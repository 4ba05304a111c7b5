//! Pages of a list.
use crate::{Icon, IconName};
use leptos::prelude::*;

/// `<Pagination page=2 pages=9 total=430 per_page=50 href=|page| format!("?page={page}")/>` — pages count from 1.
/// Nothing but the count is shown when one page is enough.
#[component]
pub fn Pagination(
    page: u64,
    pages: u64,
    total: u64,
    per_page: u64,
    href: impl Fn(u64) -> String + 'static,
    #[prop(default = "Pages")] label: &'static str,
) -> impl IntoView {
    let link = |target: Option<u64>| target.map(|number| (number, href(number)));
    let numbers = page_numbers(page, pages).into_iter().map(link).collect();
    let previous = (page > 1).then(|| href(page - 1));
    let next = (page < pages).then(|| href(page + 1));
    pagination_view(Links { label, page, range: range_text(page, per_page, total), numbers, previous, next })
}

struct Links {
    label: &'static str,
    page: u64,
    range: String,
    /// `None` is a gap.
    numbers: Vec<Option<(u64, String)>>,
    previous: Option<String>,
    next: Option<String>,
}

fn pagination_view(links: Links) -> AnyView {
    let Links { label, page, range, numbers, previous, next } = links;
    let several = previous.is_some() || next.is_some();
    let number = move |entry: Option<(u64, String)>| match entry {
        None => view! { <li class="page-gap" aria-hidden="true">"…"</li> }.into_any(),
        Some((number, href)) => view! {
            <li class="page-number">
                <a
                    class="btn btn-ghost btn-sm"
                    href=href
                    aria-label=format!("Page {number}")
                    aria-current=(number == page).then_some("page")
                >
                    {number}
                </a>
            </li>
        }
        .into_any(),
    };
    view! {
        <div class="pagination">
            <p class="page-range">{range}</p>
            {several
                .then(|| {
                    view! {
                        <nav aria-label=label>
                            <ul>
                                <li>{step("Previous page", previous, IconName::ChevronLeft)}</li>
                                {numbers.into_iter().map(number).collect_view()}
                                <li>{step("Next page", next, IconName::ChevronRight)}</li>
                            </ul>
                        </nav>
                    }
                })}
        </div>
    }
    .into_any()
}

/// A link one page on, or its shape at either end.
fn step(label: &'static str, href: Option<String>, icon: IconName) -> AnyView {
    match href {
        Some(href) => view! {
            <a class="btn btn-ghost btn-square btn-sm" href=href aria-label=label><Icon name=icon/></a>
        }
        .into_any(),
        None => view! { <span class="btn btn-ghost btn-square btn-sm page-end" aria-hidden="true"><Icon name=icon/></span> }
            .into_any(),
    }
}

fn range_text(page: u64, per_page: u64, total: u64) -> String {
    if total == 0 {
        return "No results".to_owned();
    }
    let first = page.saturating_sub(1).saturating_mul(per_page) + 1;
    let last = page.saturating_mul(per_page).min(total);
    if first == 1 && last == total {
        return if total == 1 { "1 result".to_owned() } else { format!("{} results", grouped(total)) };
    }
    format!("{}–{} of {}", grouped(first), grouped(last), grouped(total))
}

/// 4821 as "4,821".
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// First, last, and the page with its neighbours; `None` where numbers are left out.
fn page_numbers(page: u64, pages: u64) -> Vec<Option<u64>> {
    let mut shown = Vec::new();
    let mut before = 0;
    let near = page.saturating_sub(1)..=page.saturating_add(1);
    for number in std::iter::once(1).chain(near).chain(std::iter::once(pages)) {
        if number <= before || number > pages {
            continue;
        }
        if number == before + 2 {
            shown.push(Some(before + 1));
        } else if number > before + 2 {
            shown.push(None);
        }
        shown.push(Some(number));
        before = number;
    }
    shown
}
