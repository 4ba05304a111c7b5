//! What another program finds in the file: poppler's, which knows nothing of how we made it.

use std::{
    collections::HashSet,
    fs,
    path::PathBuf,
    process::{self, Command},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use domain::{
    account::Currency,
    billing::{
        Document, Draft, Invoice, InvoiceKind, InvoiceStatus, Line, LineKind, LineRef, Party, Period, TaxRate,
    },
};
use proptest::prelude::*;

use super::invoice_pdf;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rate(percent: &str) -> TaxRate {
    percent.parse().unwrap()
}

/// A part of May 2016, up to its end.
fn charge(plan: &str, from: &str, price_minor: i64, tax_rate: TaxRate) -> Line {
    let period = Period { from: day(from), to: day("2016-06-01"), of_days: 31 };
    let net_minor = period.share(price_minor);
    Line {
        kind: LineKind::Charge { returned_net_minor: 0, returned_tax_minor: 0 },
        plan: plan.into(),
        period,
        price_minor,
        net_minor,
        tax_rate,
        tax_minor: tax_rate.on(net_minor),
    }
}

fn credit(plan: &str, from: &str, price_minor: i64, tax_rate: TaxRate) -> Line {
    let line = charge(plan, from, price_minor, tax_rate);
    Line {
        kind: LineKind::Credit { of: LineRef { invoice: 1, line: 0 } },
        net_minor: -line.net_minor,
        tax_minor: -line.tax_minor,
        ..line
    }
}

fn party(name: &str, address: &[&str]) -> Party {
    Party {
        name: name.into(),
        address: address.iter().map(|line| (*line).to_owned()).collect(),
        country: "US".into(),
        country_name: "United States".into(),
        tax_id: Some("12-3456789".into()),
    }
}

fn document(lines: Vec<Line>) -> Document {
    let name = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    Document {
        serial: "INV-000042".into(),
        issuer: Party {
            country: "DE".into(),
            country_name: "Germany".into(),
            tax_id: Some("DE123456789".into()),
            ..party("Steward GmbH", &["Torstraße 12", "10119 Berlin"])
        },
        customer: party("Acme Corporation", &["1600 Broadway", "Denver, CO 80202"]),
        currency: Currency { code: "USD".into(), digits: 2 },
        invoice: Invoice {
            number: 2,
            draft: Draft {
                kind: InvoiceKind::Change { nth: 1 },
                subscription: 1,
                period_start: day("2016-05-05"),
                issued_on: day("2016-05-05"),
                lines,
                reverse_charge: false,
                from_balance_minor: 0,
            },
            status: InvoiceStatus::Paid { on: day("2016-05-06") },
        },
        plan_names: vec![name("starter", "Starter"), name("growth", "Growth")],
        credited: vec![(1, "INV-000041".into())],
    }
}

/// 249.95 to 599.95 on 5 May, in a month that began on the first.
fn upgrade(tax: TaxRate) -> Document {
    document(vec![credit("starter", "2016-05-05", 24_995, tax), charge("growth", "2016-05-05", 59_995, tax)])
}

/// A file that poppler can open; gone when the test is over.
struct Written {
    path: PathBuf,
}

impl Written {
    fn new(document: &Document) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("steward-{}-{}.pdf", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::write(&path, invoice_pdf(document).unwrap()).unwrap();
        Self { path }
    }

    fn asked(&self, program: &str, before: &[&str], after: &[&str]) -> String {
        let mut command = Command::new(program);
        let answer = command.args(before).arg(&self.path).args(after).output();
        let answer =
            answer.unwrap_or_else(|error| panic!("{program} (Debian package poppler-utils): {error}"));
        assert!(answer.status.success(), "{program}: {}", String::from_utf8_lossy(&answer.stderr));
        String::from_utf8(answer.stdout).unwrap()
    }

    /// Its text, without the marks that poppler sets around what runs from right to left.
    fn text(&self) -> String {
        let text = self.asked("pdftotext", &["-layout"], &["-"]);
        text.chars().filter(|c| !('\u{202a}'..='\u{202e}').contains(c)).collect()
    }

    /// The text with single blanks between words, as far as lines are broken.
    fn words(&self) -> String {
        in_one_line(&self.text())
    }

    /// What a screen reader is told: kinds of parts, and what they say.
    fn structure(&self) -> String {
        in_one_line(&self.asked("pdfinfo", &["-struct-text"], &[]))
    }

    /// What pdfinfo says of the file: "Tagged", "Pages".
    fn fact(&self, name: &str) -> String {
        let facts = self.asked("pdfinfo", &[], &[]);
        let mut facts = facts.lines().filter_map(|line| line.split_once(':'));
        facts.find(|(known, _)| *known == name).unwrap().1.trim().to_owned()
    }

    /// Every word of every page with the box that its letters stand in.
    fn boxes(&self) -> Vec<Vec<Boxed>> {
        let html = self.asked("pdftotext", &["-bbox"], &["-"]);
        html.split("<page ").skip(1).map(|page| page.lines().filter_map(Boxed::read).collect()).collect()
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        fs::remove_file(&self.path).unwrap();
    }
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Debug)]
struct Boxed {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    word: String,
}

impl Boxed {
    /// `<word xMin="51.0" yMin="52.6" xMax="126.2" yMax="79.8">Invoice</word>`
    fn read(html: &str) -> Option<Self> {
        let (bounds, word) = html.trim().strip_prefix("<word ")?.split_once('>')?;
        let bounds: Vec<f32> = bounds.split('"').filter_map(|part| part.parse().ok()).collect();
        let [left, top, right, bottom] = *bounds.as_slice() else { return None };
        Some(Self { left, top, right, bottom, word: word.trim_end_matches("</word>").to_owned() })
    }

    fn overlaps(&self, other: &Self) -> bool {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = self.bottom.min(other.bottom) - self.top.max(other.top);
        // The boxes of lines may touch each other, as letters never fill them.
        across > 0.5 && down > 0.4 * (self.bottom - self.top).min(other.bottom - other.top)
    }
}

/// Nothing stands on anything else or goes beyond the margins, on any page.
fn assert_tidy(written: &Written) {
    let pages = written.boxes();
    assert_eq!(pages.len().to_string(), written.fact("Pages"));
    for page in &pages {
        assert!(!page.is_empty());
        for (index, word) in page.iter().enumerate() {
            assert!(word.left > 50.0 && word.right < 545.0, "beyond a margin: {word:?}");
            assert!(word.top > 40.0 && word.bottom < 815.0, "beyond a margin: {word:?}");
            for other in &page[index + 1..] {
                assert!(!word.overlaps(other), "{word:?} and {other:?}");
            }
        }
    }
}

fn assert_says(text: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(text.contains(sentence), "{sentence:?} is not in {text}");
    }
}

#[test]
fn the_worked_example() {
    let written = Written::new(&upgrade(TaxRate::NONE));
    let text = written.words();
    assert_says(
        &text,
        &[
            "Invoice INV-000042",
            "5 May 2016 Paid on 6 May 2016",
            "Steward GmbH Acme Corporation",
            "Torstraße 12 1600 Broadway",
            "10119 Berlin Denver, CO 80202",
            "Germany United States",
            "Tax ID: DE123456789 Tax ID: 12-3456789",
            "Description Full price Net",
            "Starter, given back, 5 to 31 May 2016, 27 of 31 days USD 249.95 -USD 217.70",
            "of invoice INV-000041",
            "Growth, 5 to 31 May 2016, 27 of 31 days USD 599.95 USD 522.54",
            "Total USD 304.84",
            "Paid by card USD 304.84",
            "Page 1 of 1",
        ],
    );
    assert!(
        !text.contains("Tax rate") && !text.contains("Reverse charge") && !text.contains("VOID"),
        "{text}"
    );
    assert_tidy(&written);
}

#[test]
fn tax_by_rate_balance_and_what_is_still_to_pay() {
    let mut document = upgrade(rate("19"));
    document.invoice.draft.lines.push(charge("growth", "2016-05-01", 10_000, rate("8.875")));
    document.invoice.draft.from_balance_minor = 5_000;
    document.invoice.status = InvoiceStatus::Open;
    let written = Written::new(&document);
    assert_says(
        &written.words(),
        &[
            "Open, USD 421.64 to pay",
            "Description Full price Net Tax rate Tax",
            "27 of 31 days USD 249.95 -USD 217.70 19% -USD 41.36",
            "27 of 31 days USD 599.95 USD 522.54 19% USD 99.28",
            "Growth, 1 to 31 May 2016 USD 100.00 USD 100.00 8.875% USD 8.88",
            "Net USD 404.84",
            "Tax 8.875% on USD 100.00 USD 8.88",
            "Tax 19% on USD 304.84 USD 57.92",
            "Total USD 471.64",
            "Used from the balance -USD 50.00",
            "Still to pay USD 421.64",
        ],
    );
    assert_tidy(&written);
}

#[test]
fn a_credit_note_says_what_it_adds_to_the_balance() {
    let document = document(vec![credit("starter", "2016-05-05", 24_995, rate("19"))]);
    let written = Written::new(&document);
    let text = written.words();
    assert_says(
        &text,
        &[
            "Credit note INV-000042",
            "Added to the balance on 6 May 2016",
            "of invoice INV-000041",
            "Total -USD 259.06",
            "Added to the balance USD 259.06",
            "USD 259.06 is added to the balance, which is used first on the next invoices.",
        ],
    );
    assert!(!text.contains("Invoice INV-000042") && !text.contains("Paid"), "{text}");
    assert_eq!(written.fact("Title"), "Credit note INV-000042");
}

#[test]
fn void_is_said_in_words() {
    let mut document = upgrade(TaxRate::NONE);
    document.invoice.status = InvoiceStatus::Void { on: day("2016-05-07") };
    document.invoice.draft.from_balance_minor = 5_000;
    let written = Written::new(&document);
    let text = written.words();
    assert_says(
        &text,
        &[
            "Invoice INV-000042 VOID",
            "Void since 7 May 2016",
            "Still to pay USD 0.00",
            "This invoice is void: nothing is owed for it.",
            "USD 50.00 that it had used went back to the balance.",
        ],
    );
    assert!(!text.contains("Paid") && !text.contains("Used from the balance"), "{text}");
    assert_tidy(&written);
}

#[test]
fn reverse_charge_names_the_law() {
    let mut document = upgrade(TaxRate::NONE);
    document.invoice.draft.reverse_charge = true;
    let text = Written::new(&document).words();
    let law = "Reverse charge: the customer owes the tax (Article 196, Directive 2006/112/EC).";
    assert_says(&text, &[law]);
}

#[test]
fn yen_have_no_places_and_dinars_three() {
    let in_currency = |code: &str, digits: u8, price_minor: i64| {
        let mut document = document(vec![charge("growth", "2016-05-22", price_minor, TaxRate::NONE)]);
        document.currency = Currency { code: code.into(), digits };
        Written::new(&document).words()
    };
    assert_says(&in_currency("JPY", 0, 1_000), &["10 of 31 days JPY 1,000 JPY 323", "Total JPY 323"]);
    assert_says(&in_currency("KWD", 3, 10_000), &["10 of 31 days KWD 10.000 KWD 3.226", "Total KWD 3.226"]);
}

#[test]
fn long_names_and_amounts_are_broken_and_nothing_is_lost() {
    let mut document = upgrade(rate("19"));
    let unbroken =
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2);
    let name = format!("{unbroken} and everybody who ever worked there");
    assert!(name.chars().count() > 190);
    document.customer.name = name.clone();
    document.customer.address = vec!["W".repeat(150), "Street ".repeat(30)];
    document.issuer.name = "Steward ".repeat(25);
    document.plan_names = vec![("growth".into(), "Growth ".repeat(30)), ("starter".into(), "S".repeat(200))];
    document.invoice.draft.lines.push(charge("x", "2016-05-01", 922_337_203_685_477, rate("19")));
    let written = Written::new(&document);
    assert_tidy(&written);
    let structure = written.structure().replace(['"', ' '], "");
    for text in [&name, &"W".repeat(150), &"Steward".repeat(25), &"S".repeat(200), "USD9,223,372,036,854.77"]
    {
        assert!(structure.contains(&text.replace(' ', "")), "{text}");
    }
}

#[test]
fn names_run_from_right_to_left() {
    let mut document = upgrade(TaxRate::NONE);
    document.customer =
        party("شركة النور للتجارة", &["شارع الملك فهد", "می\u{200c}خواهم", "רחוב הרצל, תל אביב"]);
    document.issuer = party("חברת אלפא בע\"מ", &[]);
    document.plan_names = vec![("growth".into(), "النمو".into()), ("starter".into(), "צמיחה".into())];
    let written = Written::new(&document);
    let text = written.words();
    for name in ["شركة النور للتجارة", "شارع الملك فهد", "می\u{200c}خواهم", "חברת אלפא בע\"מ", "תל אביב"]
    {
        assert!(text.contains(name), "{name} is not in {text}");
    }
    // What follows a name in our own words stays where it is, the figure too.
    assert_says(&text, &["النمو, 5 to 31 May 2016, 27 of 31 days", "צמיחה, given back, 5 to 31 May 2016"]);
    let boxes: Vec<Boxed> = written.boxes().into_iter().flatten().collect();
    let left = |word: &str| {
        // Here poppler gives letters as they stand, from left to right.
        let drawn: String = word.chars().rev().collect();
        boxes.iter().find(|boxed| boxed.word == drawn).unwrap_or_else(|| panic!("{drawn}")).left
    };
    assert!(left("شركة") > left("للتجارة"));
    assert!(left("חברת") > left("אלפא"));
    // Screen readers get them as they are spoken.
    let bytes = String::from_utf8_lossy(&fs::read(&written.path).unwrap()).into_owned();
    let utf16: String = "شركة النور للتجارة".encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    assert!(bytes.contains(&format!("/ActualText<FEFF{utf16}>")));
}

#[test]
fn other_writings_are_shown_and_what_no_font_has_is_not_lost() {
    let mut document = upgrade(TaxRate::NONE);
    document.customer = party(
        "Ωmega Жук Đặng हिन्दी ქართული Հայ ไทย",
        &["株式会社 😀 \u{e000}", "a\u{0}b\tc\u{fffe}\u{202e}d"],
    );
    let written = Written::new(&document);
    let text = written.words();
    assert_says(&text, &["Ωmega Жук Đặng", "हिन्दी", "ქართული", "Հայ", "ไทย", "株式会社 😀"]);
    assert_says(&text, &["a b c"]);
}

#[test]
fn ten_thousand_lines() {
    let mut document = upgrade(TaxRate::NONE);
    let line = |count: i64| {
        let line = if count % 10 == 0 { credit } else { charge };
        line(&format!("plan-{count:05}"), "2016-05-05", 59_995 + count, rate("19"))
    };
    document.invoice.draft.lines = (0..10_000).map(line).collect();
    let begun = Instant::now();
    let written = Written::new(&document);
    let took = begun.elapsed();
    println!("{} pages in {took:?}", written.fact("Pages"));
    assert!(took < Duration::from_secs(10), "{took:?}");
    let text = written.words();
    let words: HashSet<&str> = text.split(' ').collect();
    let missing = (0..10_000).find(|count| !words.contains(format!("plan-{count:05},").as_str()));
    assert_eq!(missing, None);
    let pages = written.asked("pdftotext", &["-layout"], &["-"]);
    let pages: Vec<&str> = pages.trim_end_matches('\u{c}').split('\u{c}').collect();
    for (index, page) in pages.iter().enumerate() {
        assert_says(&in_one_line(page), &[&format!("Page {} of {}", index + 1, pages.len())]);
        if page.contains("plan-") {
            assert_says(&in_one_line(page), &["Description Full price Net Tax rate Tax"]);
        }
    }
    assert_tidy(&written);
}

#[test]
fn the_same_document_is_the_same_file() {
    let document = upgrade(rate("19"));
    assert_eq!(invoice_pdf(&document).unwrap(), invoice_pdf(&document).unwrap());
    let mut other = document.clone();
    other.serial = "INV-000043".into();
    assert_ne!(invoice_pdf(&document).unwrap(), invoice_pdf(&other).unwrap());
}

#[test]
fn screen_readers_find_headings_and_the_table() {
    let written = Written::new(&upgrade(rate("19")));
    assert_eq!(written.fact("Tagged"), "yes");
    assert_eq!(written.fact("Title"), "Invoice INV-000042");
    assert_eq!(written.fact("Author"), "Steward GmbH");
    assert!(written.fact("CreationDate").contains("May  5 00:00:00 2016"));
    assert!(written.fact("Page size").contains("(A4)"));
    let structure = written.structure();
    assert_says(
        &structure,
        &[
            "H1 \"Invoice INV-000042\" (block) \"Invoice INV-000042 \"",
            "H2 \"From\" (block) \"From \" P (block) \"Steward GmbH \"",
            "THead TR TH: /Scope /Column \"Description \" TH: /Scope /Column \"Full price \"",
            "TBody TR TD \"Starter, given back, 5 to 31 May 2016, 27 of 31 days of invoice INV-000041 \" TD",
            "TR TH: /Scope /Row \"Total \" TD \"USD 362.76 \"",
        ],
    );
    assert!(!structure.contains("Page 1 of 1"));
    let bytes = String::from_utf8_lossy(&fs::read(&written.path).unwrap()).into_owned();
    assert!(bytes.contains("/Lang(en)") && bytes.contains("/DisplayDocTitle true"));
}

/// Each of them behind a letter, as a name can have it.
#[test]
fn what_is_not_shown_by_itself_hinders_nothing() {
    let unseen = (0..=0xe0fff).filter_map(char::from_u32).filter(|c| super::fonts::is_unseen(*c));
    let all: Vec<char> = unseen.collect();
    for some in all.chunks(200) {
        let mut document = upgrade(TaxRate::NONE);
        document.customer.address = some.iter().map(|c| format!("\u{3a3}{c}")).collect();
        assert!(
            invoice_pdf(&document).is_ok(),
            "one of {:x}..={:x}",
            some[0] as u32,
            some[some.len() - 1] as u32
        );
    }
    assert!(all.contains(&'\u{180f}') && all.len() > 4_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever people are called.
    #[test]
    fn no_name_is_refused(name in "\\PC{0,40}", street in any::<String>(), plan in any::<String>(), id in any::<String>()) {
        let mut document = upgrade(TaxRate::NONE);
        document.customer.name = name;
        document.customer.address = vec![street];
        document.customer.tax_id = Some(id);
        document.plan_names = vec![("growth".into(), plan)];
        prop_assert!(invoice_pdf(&document).is_ok());
    }
}
