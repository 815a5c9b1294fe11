//! Reading a comment: ordinary ones, and the worst that 65,536 characters can be.

use std::time::Duration;

use escalation::procedure::comment::{Body, Labels, read};

use crate::meter::{Cost, kilobytes, mark, measure, micros};

/// As much as HubSpot keeps of a note.
pub const LONGEST: usize = 65_536;

const BUDGET: Duration = Duration::from_millis(5);

const SOP: &str = r#"<div style="" dir="auto" data-top-level="true"><p style="margin:0;"><strong data-at-mention data-user-id="48211" data-search-text="Priya Nair" data-search-value="priya.nair@example.com">@Priya Nair</strong></p><ul><li><p style="margin:0;"><strong>Issue:</strong> Customer contacted via email and phone regarding a TA order marked as OOS. She was unable to edit the order, the venue couldn't locate it in the system, and she paid full price without receiving her redeemed discount. She is requesting a refund on her first payment and for the discount to be applied.</p></li><li><p style="margin:0;"><strong>Investigated:</strong> Reviewed Hub and email thread; confirmed payment attachment on file.</p></li><li><p style="margin:0;"><strong>Action Taken:</strong> Acknowledged customer, confirmed issue details, held ticket pending escalation.</p></li><li><p style="margin:0;"><strong>Blocker:</strong> Unable to process refund or apply discount at agent level.</p></li><li><p style="margin:0;"><strong>Required to Resolve:</strong> Shift Lead approval to process refund and manually apply discount.</p></li></ul></div>"#;

const OUTLOOK: &str = r#"<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- @font-face {font-family:Calibri;} p.MsoNormal {margin:0cm;} --></style></head><body lang="EN-GB" link="blue"><div class="WordSection1"><p class="MsoNormal"><b><span style="font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif">Issue:</span></b><span style="font-size:11.0pt"> Table 14 was charged twice, &pound;46.20 each; customer expects one back today.<o:p></o:p></span></p><p class="MsoListParagraph" style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><![if !supportLists]><span style="mso-list:Ignore">&middot;<span>&nbsp;&nbsp; </span></span><![endif]><b>Investigated:</b> Both payments captured, same basket.<o:p></o:p></p><p class="MsoNormal"><b>Action Taken:</b>&nbsp;Apologised, took screenshots.<o:p></o:p></p><p class="MsoNormal"><b>Blocker:</b> Refunds above &pound;40 need a lead.<o:p></o:p></p><p class="MsoNormal"><b>Required to Resolve:</b> Approve the refund.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">Kind regards, Jo<o:p></o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Ada Byron &lt;ada@example.com&gt;<br><b>Sent:</b> 05 January 2026 09:12<br><b>To:</b> Support<br><b>Subject:</b> Charged twice<o:p></o:p></p></div><p class="MsoNormal">I was charged twice last night.<o:p></o:p></p></div></body></html>"#;

/// Pieces that fill a comment to its end, each by the name of what it is about.
const HOSTILE: [(&str, &str); 22] = [
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
];

/// A comment of a name and length: what [`rows`] shows.
pub fn hostile(name: &str, characters: usize) -> Option<String> {
    if name == "attributes" {
        let attributes: String = (0..characters / 4).map(|n| format!(" a{n}")).collect();
        return Some(format!("<p{attributes}").chars().take(characters).collect());
    }
    if name == "different mentions" {
        let mentions = (0..characters / 30).map(|n| format!("<b data-user-id={n}>@Jo</b>"));
        return Some(mentions.collect::<String>().chars().take(characters).collect());
    }
    let piece = HOSTILE.iter().find(|it| it.0 == name)?.1;
    Some(piece.chars().cycle().take(characters).collect())
}

pub fn names() -> impl Iterator<Item = &'static str> {
    HOSTILE.iter().map(|it| it.0).chain(["attributes", "different mentions"])
}

/// The table of what reading costs.
pub fn print() {
    let labels = Labels::shipped();
    println!("Reading a comment; budget {} for {LONGEST} characters\n", micros(BUDGET));
    let [comment, cpu, least, allocations, bytes, at_once] = ["comment", "CPU", "least", "allocs", "in all", "at once"];
    println!("{comment:<32} {cpu:>9} {least:>9} {allocations:>8} {bytes:>9} {at_once:>9}   for 4x the text");
    let line = "Customer was charged twice for the order 4711 and expects one charge back today. ";
    let benign = format!("{SOP}<p>{}</p>", line.repeat(LONGEST / line.len()));
    for (name, html) in [("the SOP's good example", SOP), ("a mail out of Outlook", OUTLOOK)] {
        row(name, &cost(Body::Html(html), &labels), None);
    }
    let benign: String = benign.chars().take(LONGEST).collect();
    row("a long and friendly one", &cost(Body::Html(&benign), &labels), None);
    for name in names() {
        let (quarter, whole) = (worse(name, LONGEST / 4, &labels), worse(name, LONGEST, &labels));
        row(name, &whole, Some(whole.least.as_secs_f64() / quarter.least.as_secs_f64()));
    }
    println!();
}

fn row(name: &str, cost: &Cost, growth: Option<f64>) {
    let growth = growth.map(|it| format!("{it:.1}x the time")).unwrap_or_default();
    println!(
        "{name:<32} {:>9} {:>9} {:>8} {:>9} {:>9}   {growth}{}",
        micros(cost.cpu),
        micros(cost.least),
        cost.allocations,
        kilobytes(cost.bytes),
        kilobytes(cost.peak),
        mark(cost.cpu, BUDGET)
    );
}

/// The dearer of reading it as HTML and as text.
fn worse(name: &str, characters: usize, labels: &Labels) -> Cost {
    let text = hostile(name, characters).expect("it is one of the names");
    let [html, text] = [Body::Html(&text), Body::Text(&text)].map(|it| cost(it, labels));
    if html.least > text.least { html } else { text }
}

fn cost(body: Body<'_>, labels: &Labels) -> Cost {
    measure(21, || (), |()| read(body, labels))
}
