//! Signing up and in, and looking after one's own login.

mod authenticate;
mod change_password;
mod email_change;
pub mod enumeration;
mod guessing;
mod links;
mod lock_order;
mod photo;
mod preview;
mod profile;
mod prove;
mod reset_password;
mod sessions;
mod sign_in;
mod sign_up;
mod sweep;
mod switch_account;

use backend::{Client, Result, identity::Opened};
use secrecy::SecretString;

use crate::support::{PASSWORD, Person, World};

const NEW_PASSWORD: &str = "seven purple kites over Denver";

fn secret(text: &str) -> SecretString {
    text.to_owned().into()
}

/// A browser that nobody has used before, at its own network address.
fn stranger(number: usize) -> Client {
    Client {
        ip_address: format!("198.18.{}.{}", number / 250, number % 250),
        user_agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/156.0.0.0 Safari/537.36".into(),
        known_device: None,
    }
}

/// The same browser after it got its cookies.
fn known(client: &Client, opened: &Opened) -> Client {
    Client { known_device: Some(opened.known_device.clone()), ..client.clone() }
}

async fn sign_in(world: &World, client: &Client, email: &str, password: &str) -> Result<Opened> {
    backend::identity::sign_in(&world.backend, client, email, secret(password)).await
}

/// Whether this password opens the door, from a browser that has never been seen.
async fn opens(world: &World, email: &str, password: &str) -> bool {
    sqlx::query("delete from throttle").execute(&world.root).await.unwrap();
    sign_in(world, &stranger(1), email, password).await.is_ok()
}

async fn is_alive(world: &World, token: &str) -> bool {
    world.signed_in(token).await.is_some()
}

/// A link as the owner of the address gets it when they have forgotten the password.
async fn reset_link(world: &World, person: &Person) -> String {
    let email = person.email.as_str();
    backend::identity::request_password_reset(&world.backend, &world.client(), email).await.unwrap();
    world.mailed_link(email, "/reset-password/").await
}

/// A link as it arrives at the new address.
async fn email_link(world: &World, person: &Person, new_email: &str) -> String {
    let password = secret(PASSWORD);
    backend::identity::request_email_change(&world.backend, &person.signed, password, new_email)
        .await
        .unwrap();
    world.mailed_link(new_email, "/confirm-email/").await
}
