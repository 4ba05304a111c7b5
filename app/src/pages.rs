/// The pages of an area as routes. Browsers load their code as one piece, when the first of them is opened:
/// `pages!(StaffPages, staff_pages: StaffPage, AddStaffPage)`, then `<Route path view=StaffPages::AddStaffPage/>`.
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
