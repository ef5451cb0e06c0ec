//! A real browser: Chromium, told what to do by its driver (W3C WebDriver), without a window.

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Longer than any page takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Light or dark; the numbers are Chromium's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Dark = 0,
    Light = 1,
}

/// One browser, which ends with this value.
#[derive(Debug)]
pub struct Chromium {
    pub client: Client,
    driver: Child,
    /// Its profile, which goes with it.
    _folder: TempDir,
    site: String,
}

impl Chromium {
    /// A browser that looks at this server, for somebody who likes it light or dark.
    pub async fn open(site: &str, scheme: Scheme) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .env("HOME", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // So that the browser ends with its driver, however a test ends.
            .process_group(0)
            .spawn()
            .expect("chromedriver: ./test.sh installs it");
        let lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let port = port.expect("the driver's port");
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--lang=en".to_owned(),
            "--window-size=1280,900".to_owned(),
            format!("--blink-settings=preferredColorScheme={}", scheme as u8),
            format!("--user-data-dir={}", folder.path().join("profile").display()),
        ];
        let mut wanted = Capabilities::new();
        wanted.insert("goog:chromeOptions".to_owned(), json!({ "args": arguments }));
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(wanted).connect(&format!("http://127.0.0.1:{port}")).await.expect("a browser");
        Self { client, driver, _folder: folder, site: site.to_owned() }
    }

    /// Goes to a page of the server.
    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.site)).await.expect("a page");
    }

    /// Types into a field, in place of what is in it.
    pub async fn type_into(&self, field: &str, text: &str) {
        let field = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(field)).await.expect(field);
        field.clear().await.expect("an empty field");
        field.send_keys(text).await.expect("typing");
    }

    /// Clicks, on what may be there only in a moment.
    pub async fn click(&self, what: &str) {
        self.client.wait().at_most(PATIENCE).for_element(Locator::Css(what)).await.expect(what).click().await.expect("a click");
    }

    /// Waits until the page shows this text somewhere.
    pub async fn sees(&self, text: &str) {
        let path = format!("//body//*[contains(normalize-space(.), {})]", quoted(text));
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
        if found.is_err() {
            panic!("{text:?} is not on the page:\n{}", self.client.source().await.unwrap_or_default());
        }
    }

    /// Keeps a picture of what is in the window, in `target/screenshots`.
    pub async fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
        std::fs::create_dir_all(&folder).expect("a folder");
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("a file");
    }

    /// What axe, the checker of accessibility, finds serious or critical on the page: each rule with the elements that break it.
    pub async fn barriers(&self) -> Vec<String> {
        // The page's own policy lets no script in; the driver's are not the page's.
        self.client.execute(&axe(), Vec::new()).await.expect("axe");
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
                .then((found) => done(found.violations.map((rule) => ({ id: rule.id, impact: rule.impact,
                    nodes: rule.nodes.map((node) => node.html) }))), (error) => done(String(error)));";
        let found = self.client.execute_async(run, Vec::new()).await.expect("a verdict");
        let found = found.as_array().unwrap_or_else(|| panic!("axe failed: {found}")).clone();
        let is_grave = |rule: &Value| matches!(rule["impact"].as_str(), Some("serious" | "critical"));
        found.iter().filter(|rule| is_grave(rule)).map(|rule| format!("{}: {}", rule["id"], rule["nodes"])).collect()
    }

    /// Ends the browser. One that is only dropped ends too, less politely.
    pub async fn close(self) {
        self.client.clone().close().await.expect("an end");
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // They are gone already, or now.
        if let Some(group) = i32::try_from(self.driver.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.driver.wait();
    }
}

/// The checker, out of the package that `./test.sh` installs.
fn axe() -> String {
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/clients/lib");
    let versions = std::fs::read_dir(&made).expect("target/clients: ./test.sh makes it").filter_map(Result::ok).map(|entry| entry.path());
    let files = versions.map(|version: PathBuf| version.join("site-packages/axe_playwright_python/axe.min.js"));
    let file = files.into_iter().find(|file| file.exists()).expect("axe.min.js: ./test.sh installs it");
    std::fs::read_to_string(file).expect("axe")
}

/// A text as XPath has it; none of ours has both kinds of quotes.
fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}
