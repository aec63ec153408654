//! Makes the folder of the browser half, so that the server compiles before the browser half was ever built.

fn main() {
    let site = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site/assets");
    // A folder that cannot be made shows as the embedding's own error, with its path.
    let _ = std::fs::create_dir_all(site);
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../target/site/manifest.json");
}
