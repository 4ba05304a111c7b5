//! A new migration changes the compiled-in list, which cargo cannot know by itself.
fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
    println!("cargo:rerun-if-changed=../../.sqlx");
}
