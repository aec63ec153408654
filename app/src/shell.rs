//! The document around the screens.

use crate::api::Theme;
use crate::parts::Icons;
use crate::root::App;
use crate::text;
use domain::preferences::Language;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// Where the page finds its files. The names change with their content, so that they can be kept for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub css: String,
    /// What settings and workflows wear besides.
    pub office: String,
    pub js: String,
    pub wasm: String,
    pub font: String,
    pub icons: String,
    /// The catalogue of the reader's language; none for English.
    pub words: Option<String>,
    /// A script that loads the page again after a new build; only in development.
    pub reload: Option<String>,
}

/// The path that was asked for, in the context of a page.
#[derive(Clone, Debug)]
pub struct Asked(pub String);

/// Puts on the theme before anything is painted.
/// What the person chose wins over what this browser remembers.
const THEME: &str = "try{const r=document.documentElement,o=r.dataset.own;\
                     if(o==='system')localStorage.removeItem('baton.theme');else if(o)localStorage.setItem('baton.theme',o);\
                     const t=localStorage.getItem('baton.theme');\
                     if(t)r.setAttribute('data-theme',t)}catch{}";

/// The whole document. Its scripts carry the nonce of the response; nothing else may run.
pub fn shell(assets: Assets) -> impl IntoView {
    provide_context(Icons::at(assets.icons.clone()));
    let nonce = use_nonce();
    let own = use_context::<Theme>();
    let at_office = use_context::<Asked>().is_some_and(|asked| is_office(&asked.0));
    let worn = own.filter(|theme| *theme != Theme::System).map(Theme::as_str);
    let language = use_context::<Language>().unwrap_or_default();
    let start = start(&assets);
    view! {
        <!DOCTYPE html>
        <html lang=language.tag() data-theme=worn data-own=own.map(Theme::as_str) data-icons=assets.icons data-office=assets.office.clone()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
                <meta name="color-scheme" content="light dark" />
                // Without it the browser hides from our own server that a form is ours.
                <meta name="referrer" content="same-origin" />
                <meta name="application-name" content=text::PRODUCT />
                <script nonce=nonce.clone()>{THEME}</script>
                <link rel="preload" href=assets.font r#as="font" r#type="font/woff2" crossorigin="" />
                <link rel="stylesheet" href=assets.css />
                {at_office.then(|| view! { <link rel="stylesheet" href=assets.office.clone() /> })}
                <link rel="icon" type="image/svg+xml" href="/icon.svg" />
                <link rel="manifest" href="/app.webmanifest" />
                <link rel="modulepreload" href=assets.js nonce=nonce.clone() />
                <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
                {assets.words.map(|words| view! { <link rel="preload" href=words r#as="fetch" crossorigin="" /> })}
                <script type="module" nonce=nonce.clone()>{start}</script>
                {assets.reload.map(|reload| view! { <script type="module" nonce=nonce src=reload></script> })}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The script that brings the page to life. It speaks English where the catalogue cannot be fetched.
fn start(assets: &Assets) -> String {
    let Assets { js, wasm, .. } = assets;
    let start = format!("start({{module_or_path:{wasm:?}}})");
    match &assets.words {
        None => format!("import start,{{hydrate}} from {js:?};{start}.then(hydrate);"),
        Some(words) => format!(
            "import start,{{hydrate,speak}} from {js:?};\
             const words=fetch({words:?}).then(a=>a.ok?a.text():'').catch(()=>'');\
             {start}.then(async()=>{{const w=await words;if(w)speak(w);hydrate()}});"
        ),
    }
}

/// Whether a path leads to what wears the second sheet.
fn is_office(path: &str) -> bool {
    matches!(path.split('/').find(|segment| !segment.is_empty()), Some("settings" | "workflows"))
}

#[cfg(test)]
mod tests {
    use super::is_office;

    #[test]
    fn only_settings_and_workflows_wear_the_second_sheet() {
        for (address, wears) in [
            ("/settings", true),
            ("/workflows", true),
            ("/workflows/templates", true),
            ("/inbox/open", false),
            ("/sign-in", false),
            ("/", false),
        ] {
            assert_eq!(is_office(address), wears, "{address}");
        }
    }
}
