//! One picture: a bar for each work, as a share of what the fixed-bytes server does, with OpenLDAP's beside it.

use super::Found;
use crate::rounds::Measure;

const WIDTH: f64 = 860.0;
/// Where bars begin, and how long one of the whole limit is.
const LEFT: f64 = 230.0;
const SCALE: f64 = 420.0;
const ROW: f64 = 17.0;
const BAR: f64 = 11.0;

const STYLE: &str = "<style>
  svg { background: #ffffff; font: 12px ui-sans-serif, system-ui, sans-serif }
  text { fill: #1f2328 } .quiet { fill: #59636e } .title { font-size: 15px; font-weight: 600 } .head { font-weight: 600 }
  .made { fill: #0969da } .kept { fill: #80b8f0 } .ldap { fill: #8c959f } .line { stroke: #d1d9e0 }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117 } text { fill: #f0f6fc } .quiet { fill: #9198a1 }
    .made { fill: #4493f8 } .kept { fill: #1f4f8f } .ldap { fill: #656c76 } .line { stroke: #3d444d }
  }
</style>
";

/// The words over the works of one kind.
const KINDS: [(&str, &str); 8] = [
    ("W1", "One person by id"),
    ("W2", "The first 100 people"),
    ("W3", "100 people, deep in the list"),
    ("W4", "Who has this e-mail address or login"),
    ("W5", "Part of a name"),
    ("W6", "Durable creates"),
    ("W7", "Durable updates"),
    ("W8", "90 % reads, 10 % durable updates"),
];

pub(super) fn of(run: &Found) -> String {
    let mut rows = String::new();
    let mut top = 78.0;
    for (kind, words) in KINDS {
        let measures: Vec<&Measure> =
            run.measures.iter().filter(|measure| measure.work.starts_with(kind) && is_shown(measure.server)).collect();
        if measures.is_empty() {
            continue;
        }
        top += 8.0;
        rows.push_str(&text(20.0, top + BAR, "head", "start", words));
        top += ROW + 2.0;
        // Shares of fixed bytes say little of what waits for a disk: those bars are as long as the fastest is fast.
        let is_writing = matches!(kind, "W6" | "W7" | "W8");
        let fastest = measures.iter().map(|measure| measure.figure.per_second).fold(0.0, f64::max);
        for measure in measures {
            let ratios = run.ratios(measure);
            let share = if is_writing { measure.figure.per_second / fastest } else { ratios.of_limit.unwrap_or_default() };
            rows.push_str(&row(top, measure, share, is_writing, ratios.of_openldap));
            top += ROW;
        }
    }
    let height = top + 20.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\n{STYLE}{}{}{rows}</svg>\n",
        head(run.people),
        grid(height - 14.0)
    )
}

/// What is on PostgreSQL, and fixed bytes of other sizes, is in the text alone.
fn is_shown(server: &str) -> bool {
    matches!(server, "rollcall" | "rollcall writing" | "openldap")
}

fn head(people: u64) -> String {
    let title = format!("Rollcall with {} people, on one core", with_commas(people));
    [
        text(20.0, 26.0, "title", "start", &title),
        text(
            20.0,
            45.0,
            "quiet",
            "start",
            "Requests a second, and their share of what a server does that only sends fixed bytes. Writes: bars against the faster.",
        ),
        legend(20.0, "made", "made anew"),
        legend(120.0, "kept", "answered from memory, checked to be current"),
        legend(440.0, "ldap", "OpenLDAP"),
    ]
    .concat()
}

fn legend(x: f64, class: &str, words: &str) -> String {
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"56\" width=\"11\" height=\"11\"/>\n{}", text(x + 16.0, 66.0, "quiet", "start", words))
}

/// A line at each quarter of the limit.
fn grid(bottom: f64) -> String {
    let line = |quarter: u32| {
        let x = LEFT + SCALE * f64::from(quarter) / 4.0;
        let words = text(x, 80.0, "quiet", "middle", &format!("{} %", quarter * 25));
        format!("<line class=\"line\" x1=\"{x}\" x2=\"{x}\" y1=\"84\" y2=\"{bottom}\"/>\n{words}")
    };
    (0..=4).map(line).collect()
}

fn row(top: f64, measure: &Measure, share: f64, is_writing: bool, of_openldap: Option<f64>) -> String {
    let is_ldap = measure.server == "openldap";
    let class = if is_ldap {
        "ldap"
    } else if measure.work.ends_with("cached") {
        "kept"
    } else {
        "made"
    };
    let name = if is_ldap { "OpenLDAP" } else { measure.work.get(3..).unwrap_or_default().trim_end_matches(" cached") };
    let mut figures = with_commas(whole(measure.figure.per_second));
    if !is_writing {
        figures.push_str(&format!(" · {}", short(share)));
    }
    if let Some(times) = of_openldap.filter(|_| !is_ldap) {
        figures.push_str(&format!(" · {} × OpenLDAP", short(times)));
    }
    let length = (SCALE * share.min(1.0)).max(1.0);
    [
        text(LEFT - 8.0, top + BAR - 1.0, "quiet", "end", name),
        format!("<rect class=\"{class}\" x=\"{LEFT}\" y=\"{top}\" width=\"{length:.1}\" height=\"{BAR}\"/>\n"),
        text(LEFT + length + 6.0, top + BAR - 1.0, "", "start", &figures),
    ]
    .concat()
}

fn text(x: f64, y: f64, class: &str, anchor: &str, words: &str) -> String {
    format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>\n")
}

/// With as many decimals as say something.
fn short(number: f64) -> String {
    match number {
        _ if number < 0.1 => format!("{number:.3}"),
        _ if number < 10.0 => format!("{number:.2}"),
        _ => format!("{number:.0}"),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "requests a second are positive and few")]
fn whole(number: f64) -> u64 {
    number.round() as u64
}

fn with_commas(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
