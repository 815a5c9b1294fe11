//! Reading a comment: ordinary ones, and the worst that 65,536 characters can be.

use std::hint::black_box;
use std::time::Duration;

use escalation::procedure::comment::{Body, Labels, read};
use rustix::time::{ClockId, clock_gettime};

use super::table::{aligned, millis};

/// As much as HubSpot keeps of a note.
pub const LONGEST: usize = 65_536;

/// CPU for one of that length.
pub const BUDGET: Duration = Duration::from_millis(5);

/// How often each is read.
const RUNS: usize = 21;

/// The procedure's own example, as HubSpot's editor stores it.
pub const SOP: &str = r#"<div style="" dir="auto" data-top-level="true"><p style="margin:0;"><strong data-at-mention data-user-id="48211" data-search-text="Priya Nair" data-search-value="priya.nair@example.com">@Priya Nair</strong></p><ul><li><p style="margin:0;"><strong>Issue:</strong> Customer contacted via email and phone regarding a TA order marked as OOS. She was unable to edit the order, the venue couldn't locate it in the system, and she paid full price without receiving her redeemed discount. She is requesting a refund on her first payment and for the discount to be applied.</p></li><li><p style="margin:0;"><strong>Investigated:</strong> Reviewed Hub and email thread; confirmed payment attachment on file.</p></li><li><p style="margin:0;"><strong>Action Taken:</strong> Acknowledged customer, confirmed issue details, held ticket pending escalation.</p></li><li><p style="margin:0;"><strong>Blocker:</strong> Unable to process refund or apply discount at agent level.</p></li><li><p style="margin:0;"><strong>Required to Resolve:</strong> Shift Lead approval to process refund and manually apply discount.</p></li></ul></div>"#;

/// A mail out of Outlook that became a comment, with what it answers.
pub const OUTLOOK: &str = r#"<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- @font-face {font-family:Calibri;} p.MsoNormal {margin:0cm;} --></style></head><body lang="EN-GB" link="blue"><div class="WordSection1"><p class="MsoNormal"><b><span style="font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif">Issue:</span></b><span style="font-size:11.0pt"> Table 14 was charged twice, &pound;46.20 each; customer expects one back today.<o:p></o:p></span></p><p class="MsoListParagraph" style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore">&middot;<span>&nbsp;&nbsp; </span></span><![endif]><b>Investigated:</b> Both payments captured, same basket.<o:p></o:p></p><p class="MsoNormal"><b>Action Taken:</b>&nbsp;Apologised, took screenshots.<o:p></o:p></p><p class="MsoNormal"><b>Blocker:</b> Refunds above &pound;40 need a lead.<o:p></o:p></p><p class="MsoNormal"><b>Required to Resolve:</b> Approve the refund.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">Kind regards, Jo<o:p></o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Ada Byron &lt;ada@example.com&gt;<br><b>Sent:</b> 05 January 2026 09:12<br><b>To:</b> Support<br><b>Subject:</b> Charged twice<o:p></o:p></p></div><p class="MsoNormal">I was charged twice last night.<o:p></o:p></p></div></body></html>"#;

/// Pieces that fill a comment to its end, each by the name of what it is about.
const HOSTILE: [(&str, &str); 27] = [
    ("&", "&"),
    ("<", "<"),
    ("<!--", "<!--"),
    ("unclosed quote of an attribute", "<a b='"),
    ("quotation marks", "\""),
    ("((((", "("),
    ("one line of labels", "Issue: a Blocker: b "),
    ("one line of slips", "Issxe: Blokker: "),
    ("one line of colons", "a b c d e f g h i: "),
    ("lines of slips", "Needed to Resolv\n"),
    ("5,000 short lines", "word word w\n"),
    ("lines that quote", "> quoted words\n"),
    ("lines that might begin a mail", "On 1 June\n"),
    ("mentions", "<b data-user-id=1>@Jo</b>"),
    ("typed mentions", "@Jo "),
    ("nested elements", "<div>"),
    ("unclosed tags", "<b>"),
    ("end tags of others", "<b></i>"),
    ("table cells", "<td>a"),
    ("nested tables", "<table><tr><td>"),
    ("a table drawn with bars", "|Issue|Blocker"),
    ("four bytes a character", "𝐈"),
    ("Thai", "ก"),
    ("Chinese with stops", "權。"),
    ("dots", "…"),
    ("emoji", "🔥"),
    ("lines that look like labels", "From:\nI&"),
];

/// The hostile comment of this length that is about one of [`names`].
pub fn hostile(name: &str, characters: usize) -> Option<String> {
    if name == "attributes" {
        let attributes: String = (0..characters / 4).map(|n| format!(" a{n}")).collect();
        return Some(format!("<p{attributes}").chars().take(characters).collect());
    }
    if name == "different mentions" {
        let mentions = (0..).flat_map(|n: u32| format!("<b data-user-id={n}>@Jo</b>").chars().collect::<Vec<_>>());
        return Some(mentions.take(characters).collect());
    }
    let piece = HOSTILE.iter().find(|it| it.0 == name)?.1;
    Some(piece.chars().cycle().take(characters).collect())
}

/// What the hostile ones are about.
pub fn names() -> impl Iterator<Item = &'static str> {
    HOSTILE.iter().map(|it| it.0).chain(["attributes", "different mentions"])
}

/// The longest that a person would write: the five points, and then much about them.
pub fn friendly() -> String {
    let line = "Customer was charged twice for the order 4711 and expects one charge back today. ";
    format!("{SOP}<p>{}</p>", line.repeat(LONGEST / line.len())).chars().take(LONGEST).collect()
}

/// What reading comments costs this thread; the hostile ones from the dearest on.
pub(super) fn table() -> String {
    let labels = Labels::shipped();
    let friendly = friendly();
    let ordinary =
        [("the procedure's example", SOP), ("a mail out of Outlook", OUTLOOK), ("a long friendly one", &friendly)];
    let mut rows: Vec<(&str, Duration)> = ordinary.map(|it| (it.0, cpu(Body::Html(it.1), &labels))).to_vec();
    let mut hostile: Vec<(&str, Duration)> = names().map(|it| (it, dearer(it, &labels))).collect();
    hostile.sort_by_key(|it| std::cmp::Reverse(it.1));
    let over = hostile.iter().filter(|it| it.1 > BUDGET).count();
    rows.extend(hostile.into_iter().take(over.max(3)));
    let head = ["comment", "", "CPU, ms"].map(str::to_owned).to_vec();
    let budget = ["budget".to_owned(), format!("for {LONGEST} characters"), millis(BUDGET)].to_vec();
    let rows = rows.into_iter().enumerate().map(|(at, (name, cpu))| {
        let kind = if at < ordinary.len() { "" } else { "hostile, the dearer of HTML and text" };
        let cost = if cpu > BUDGET { format!("**{}**", millis(cpu)) } else { millis(cpu) };
        vec![name.to_owned(), kind.to_owned(), cost]
    });
    aligned(&[head, budget].into_iter().chain(rows).collect::<Vec<_>>())
}

fn dearer(name: &str, labels: &Labels) -> Duration {
    let text = hostile(name, LONGEST).unwrap_or_default();
    cpu(Body::Html(&text), labels).max(cpu(Body::Text(&text), labels))
}

/// CPU time of this thread alone, so that no other program counts; the median.
fn cpu(body: Body<'_>, labels: &Labels) -> Duration {
    let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default();
    let mut runs: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = now();
            black_box(read(black_box(body), labels));
            now() - begun
        })
        .collect();
    runs.sort_unstable();
    runs[RUNS / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_as_long_as_it_may_be() {
        assert_eq!(friendly().chars().count(), LONGEST);
        for name in names() {
            assert_eq!(hostile(name, LONGEST).unwrap().chars().count(), LONGEST, "{name}");
        }
    }
}
