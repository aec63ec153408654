//! Node-RED with the same flow, which keeps nothing.

use crate::load::http;
use crate::process::{SERVER, Server, on_core};
use anyhow::{Context, Result};
use serde_json::json;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where it takes webhooks.
pub const WEBHOOK: &str = "/webhook";

/// Answers once the flow runs.
const READY: &str = "/ready";
/// How long that may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts it with one flow, without an editor, on loopback.
///
/// # Errors
/// When it is not installed or does not start.
pub fn start(folder: &Path, graph: SocketAddr) -> Result<Server> {
    let address = crate::machine::free_address()?;
    let flow = json!([
        { "id": "tab", "type": "tab", "label": "Orders" },
        { "id": "in", "type": "http in", "z": "tab", "url": WEBHOOK, "method": "post", "wires": [["if"]] },
        { "id": "ready", "type": "http in", "z": "tab", "url": READY, "method": "get", "wires": [["done"]] },
        { "id": "if", "type": "switch", "z": "tab", "property": "payload.entry[0].messaging[0].message.text",
          "propertyType": "msg", "rules": [{ "t": "cont", "v": "on its way", "vt": "str" }, { "t": "else" }],
          "checkall": "false", "outputs": 2, "wires": [["set"], ["done"]] },
        { "id": "set", "type": "change", "z": "tab", "rules": [
            set("country", &json!("SE"), "str"),
            set("customer", &json!("payload.entry[0].messaging[0].sender.id"), "msg"),
            set("payload", &json!("{\"recipient\":{},\"messaging_type\":\"RESPONSE\",\"message\":{}}"), "json"),
            set("payload.recipient.id", &json!("customer"), "msg"),
            set("payload.message.text", &json!("It is on its way, and comes on Tuesday."), "str"),
          ], "wires": [["ask"]] },
        { "id": "ask", "type": "http request", "z": "tab", "method": "POST", "ret": "obj", "persist": true,
          "url": format!("http://{graph}/v25.0/me/messages"), "senderr": false, "headers": [], "wires": [["done"]] },
        { "id": "done", "type": "http response", "z": "tab", "statusCode": "200", "headers": {}, "wires": [] },
    ]);
    let home = folder.join("node-red");
    std::fs::create_dir_all(&home)?;
    std::fs::write(home.join("flows.json"), flow.to_string())?;
    let settings = json!({
        "uiHost": address.ip().to_string(), "uiPort": address.port(), "flowFile": "flows.json",
        "httpAdminRoot": false, "disableEditor": true, "telemetry": { "enabled": false },
        "externalModules": { "autoInstall": false, "palette": { "allowInstall": false } },
        "logging": { "console": { "level": "warn" } },
    });
    std::fs::write(home.join("settings.js"), format!("module.exports = {settings};"))?;
    let mut command = on_core(SERVER, tool("NODE", "node/node_modules/.bin/node")?);
    command.arg(tool("NODE_RED", "node-red/node_modules/node-red/red.js")?);
    command.arg("--userDir").arg(&home).arg("--settings").arg(home.join("settings.js"));
    command.env("HOME", &home).env("NODE_ENV", "production");
    let server = Server::start(command, address, &folder.join("node-red.log"))?;
    // It listens before its flows are there.
    let end = Instant::now() + PATIENCE;
    while let Err(error) = http::get(address, READY) {
        if Instant::now() > end {
            return Err(error.context("Node-RED does not start its flow"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(server)
}

fn set(property: &str, to: &serde_json::Value, kind: &str) -> serde_json::Value {
    json!({ "t": "set", "p": property, "pt": "msg", "to": to, "tot": kind })
}

/// A tool as `make bench` installs it; the variable may name another.
fn tool(variable: &str, installed: &str) -> Result<PathBuf> {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools").join(installed);
    let program = std::env::var_os(variable).map_or(installed, PathBuf::from);
    program.canonicalize().with_context(|| format!("nothing at {}; run `make bench`", program.display()))
}
