/// Pages as routes whose code browsers load as one piece, when the first of them is opened:
/// `pages!(ImportPages, import_pages: ImportPage, ImportRunPage)`, then `<Route path view=ImportPages::ImportRunPage/>`.
///
/// What several pieces share but the main code does not use comes with each of them. So the pages that use most of the design system
/// (dashboard, business profile, My Staff) stay in the main code, and each other area is one piece: `make test` prints what the first
/// visit to each downloads.
macro_rules! pages {
    ($area:ident, $piece:ident: $($page:ident),* $(,)?) => {
        #[derive(Clone, Copy)]
        #[allow(clippy::enum_variant_names, reason = "they are called as their pages")]
        enum $area { $($page),* }

        mod $piece {
            use leptos::prelude::{AnyView, IntoAny};

            #[leptos::lazy($piece)]
            pub fn load(page: super::$area) -> AnyView {
                match page { $(super::$area::$page => super::$page().into_any()),* }
            }

            /// The router shows nothing, and hydrates nothing, before this is done.
            pub async fn preload() {
                #[cfg(target_arch = "wasm32")]
                __preload_load().await;
            }
        }

        impl leptos_router::ChooseView for $area {
            async fn choose(self) -> leptos::prelude::AnyView {
                $piece::load(self).await
            }
            async fn preload(&self) {
                $piece::preload().await;
            }
        }
    };
}
pub(crate) use pages;
