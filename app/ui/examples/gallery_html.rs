//! Prints the gallery as a page: `cargo run -p ui --features ssr --example gallery_html -- STYLESHEET [theme] [overlay]`.
//! For looking at the style sheet, and running axe over every piece, without a server.
use leptos::prelude::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let stylesheet = arguments.next().unwrap_or_else(|| "/pkg/steward.css".to_owned());
    let theme = ui::Theme::parse(&arguments.next().unwrap_or_default()).data_theme();
    let show = arguments.next();
    let page = Owner::new_root(None).with(|| {
        view! {
            <html lang="en" data-theme=theme>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>"Gallery"</title>
                    <link rel="stylesheet" href=stylesheet/>
                </head>
                <body><ui::Gallery show/></body>
            </html>
        }
        .to_html()
    });
    println!("<!DOCTYPE html>{page}");
}
