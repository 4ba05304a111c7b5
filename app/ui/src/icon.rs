//! Line icons on a 24 × 24 grid.
use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident $paths:literal)*) => {
        /// The icons there are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum IconName { $($name),* }

        impl IconName {
            /// Every icon, for the gallery.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, stringify!($name))),*];

            fn paths(self) -> &'static str {
                match self { $(Self::$name => $paths),* }
            }
        }
    };
}

icons! {
    Home "<path d='M3 11 12 4l9 7'/><path d='M5 9.5V20h5v-6h4v6h5V9.5'/>"
    Users "<circle cx='9' cy='8' r='3.5'/><path d='M2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6'/><path d='M16 4.8a3.5 3.5 0 0 1 0 6.4M18.5 14.6c1.9.9 3 2.8 3 5.4'/>"
    User "<circle cx='12' cy='8' r='4'/><path d='M4.5 20.5c0-4 3.4-6.5 7.5-6.5s7.5 2.5 7.5 6.5'/>"
    UserPlus "<circle cx='9' cy='8' r='4'/><path d='M2 20.5c0-4 3-6.5 7-6.5s7 2.5 7 6.5M19 8v6M22 11h-6'/>"
    Mail "<rect x='3' y='5' width='18' height='14' rx='2'/><path d='m3.5 7 8.5 6 8.5-6'/>"
    Calendar "<rect x='3' y='5' width='18' height='16' rx='2'/><path d='M3 10h18M8 3v4M16 3v4'/>"
    Settings "<path d='M4 7h9M19 7h1M4 17h1M11 17h9'/><circle cx='16' cy='7' r='2.5'/><circle cx='8' cy='17' r='2.5'/>"
    Activity "<path d='M2.5 12H7l3-8 4.5 16 3-8h4'/>"
    Shield "<path d='M12 3 5 5.5V11c0 4.7 2.9 8.2 7 10 4.1-1.8 7-5.3 7-10V5.5z'/><path d='m9 11.8 2.2 2.2L15 10'/>"
    Search "<circle cx='11' cy='11' r='7'/><path d='m20.5 20.5-4.5-4.5'/>"
    Plus "<path d='M12 5v14M5 12h14'/>"
    Minus "<path d='M5 12h14'/>"
    Check "<path d='m5 12.5 4.5 4.5L19 7.5'/>"
    Cross "<path d='m6 6 12 12M18 6 6 18'/>"
    ChevronDown "<path d='m6 9 6 6 6-6'/>"
    ChevronUp "<path d='m6 15 6-6 6 6'/>"
    ChevronLeft "<path d='m15 6-6 6 6 6'/>"
    ChevronRight "<path d='m9 6 6 6-6 6'/>"
    ChevronsUpDown "<path d='m8 9.5 4-4 4 4M8 14.5l4 4 4-4'/>"
    ArrowLeft "<path d='M20 12H4M10 6l-6 6 6 6'/>"
    ArrowRight "<path d='M4 12h16M14 6l6 6-6 6'/>"
    More "<circle cx='5' cy='12' r='1'/><circle cx='12' cy='12' r='1'/><circle cx='19' cy='12' r='1'/>"
    Menu "<path d='M4 6h16M4 12h16M4 18h16'/>"
    Copy "<rect x='9' y='9' width='12' height='12' rx='2'/><path d='M5.5 15H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v.5'/>"
    Link "<path d='M10 14a4.5 4.5 0 0 0 6.4 0l3.3-3.3a4.5 4.5 0 0 0-6.4-6.4l-1.3 1.3'/><path d='M14 10a4.5 4.5 0 0 0-6.4 0l-3.3 3.3a4.5 4.5 0 0 0 6.4 6.4l1.3-1.3'/>"
    External "<path d='M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5'/>"
    Download "<path d='M12 4v11M7 10.5l5 5 5-5M4 20h16'/>"
    Upload "<path d='M12 16V5M7 9.5l5-5 5 5M4 20h16'/>"
    Logout "<path d='M9 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h4M15 8l4 4-4 4M19 12H9'/>"
    Key "<circle cx='8' cy='16' r='4.5'/><path d='M11.3 12.7 20 4M16 8l3 3'/>"
    Bell "<path d='M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10zM10 20a2.2 2.2 0 0 0 4 0'/>"
    Alert "<path d='M12 4 2.5 20h19zM12 10v4.5M12 17.3v.1'/>"
    Info "<circle cx='12' cy='12' r='9'/><path d='M12 11v5.5M12 7.7v.1'/>"
    Sun "<circle cx='12' cy='12' r='4'/><path d='M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4'/>"
    Moon "<path d='M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z'/>"
    Monitor "<rect x='3' y='4' width='18' height='12' rx='2'/><path d='M8.5 20h7M12 16v4'/>"
    Building "<path d='M5 21V4a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v17M15 9h3a1 1 0 0 1 1 1v11M3 21h18M8.5 7.5h3M8.5 11.5h3M8.5 15.5h3'/>"
    Pipeline "<rect x='3' y='4' width='5' height='16' rx='1'/><rect x='9.5' y='4' width='5' height='11' rx='1'/><rect x='16' y='4' width='5' height='7' rx='1'/>"
    Chart "<path d='M4 4v15a1 1 0 0 0 1 1h15M8.5 16v-4M13 16V8M17.5 16v-6'/>"
    CreditCard "<rect x='2.5' y='5' width='19' height='14' rx='2'/><path d='M2.5 10h19M6.5 15h3'/>"
    Clock "<circle cx='12' cy='12' r='9'/><path d='M12 7v5l3.5 2'/>"
    Trash "<path d='M4 7h16M9 7V4.5h6V7M6 7l1 13h10l1-13M10 11v5.5M14 11v5.5'/>"
    Pencil "<path d='M4 20h4L20 8l-4-4L4 16zM13.5 6.5l4 4'/>"
    Webhook "<circle cx='12' cy='6.5' r='3'/><circle cx='6' cy='17' r='3'/><circle cx='18' cy='17' r='3'/><path d='m10.5 9-3 5.5M13.5 9l3 5.5M9 17h6'/>"
    Contact "<rect x='4' y='3' width='16' height='18' rx='2'/><circle cx='12' cy='10' r='2.5'/><path d='M8 17c.5-2 2-3 4-3s3.5 1 4 3'/>"
    Chat "<path d='M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z'/>"
    Globe "<circle cx='12' cy='12' r='9'/><path d='M3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3z'/>"
    Megaphone "<path d='M4 10v4h3l9 5V5l-9 5zM19.5 9.5a4 4 0 0 1 0 5M8 14l1.5 6'/>"
    Bolt "<path d='M13 3 5 14h6l-1 7 8-11h-6z'/>"
    Lock "<rect x='5' y='11' width='14' height='10' rx='2'/><path d='M8 11V8a4 4 0 0 1 8 0v3'/>"
    Eye "<path d='M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z'/><circle cx='12' cy='12' r='3'/>"
    EyeOff "<path d='M4 4l16 16M9.8 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7M6.2 7.5A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4-.9'/>"
    Refresh "<path d='M20 12a8 8 0 0 1-14.5 4.7M4 12a8 8 0 0 1 14.5-4.7M19 3v4.5h-4.5M5 21v-4.5h4.5'/>"
    Filter "<path d='M4 6h16M7 12h10M10 18h4'/>"
    Inbox "<path d='M4 13 6.5 5h11L20 13v6H4zM4 13h5l1 2.5h4l1-2.5h5'/>"
}

/// `<Icon name=IconName::Mail/>` — an icon beside words. It is hidden from screen readers, so the words must say it.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    // One constant string per icon keeps the drawing out of the generated view code.
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=name.paths()></svg> }
}
