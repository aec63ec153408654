//! The journeys of the product, told with a server in this process, a Messenger in memory and a clock moved by hand.
//! One binary, because linking costs more than compiling. To add a subject: a file and a line here.

#[macro_use]
mod support;

mod api;
mod command_line;
mod contacts;
mod crash;
mod erasing;
mod list;
mod live;
mod media;
mod pages;
mod people;
mod preferences;
mod routing;
mod sending;
mod sight;
mod take_over;
mod thread;
mod together;
mod typical;
mod webhook;
mod workflows;
mod workspace;
mod writing;
