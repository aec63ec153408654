//! Every function of the crate on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[macro_use]
mod world;

mod activity;
mod apps;
mod changes;
mod conversations;
mod evidence;
mod inbound;
mod inbox;
mod ledger;
mod media;
mod messages;
mod outbox;
mod page_health;
mod pages;
mod people;
mod radar;
mod rest;
mod routing;
mod team;
mod workflow_services;
mod workflows;
mod writing;
