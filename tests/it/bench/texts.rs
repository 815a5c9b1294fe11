//! What agents write, and how a message of ours reads.

use sandbox::world::hubspot::id::UserId;

pub const SAM: UserId = UserId(48_111);
pub const DANA: UserId = UserId(48_211);
pub const LEE: UserId = UserId(48_311);

pub const ISSUE: &str = "<p>Issue: Order 4711 was charged twice; Harbour Grill expects the money back by Friday.</p>";
pub const INVESTIGATED: &str = "<p>Investigated: The billing log shows two captures a second apart.</p>";
pub const ACTION_TAKEN: &str = "<p>Action Taken: Asked the bank to hold the second capture.</p>";
pub const BLOCKER: &str = "<p>Blocker: Refunds over 100 need an approval.</p>";
pub const REQUIRED: &str = "<p>Required to Resolve: Please approve the refund, \
    <strong data-at-mention data-user-id=\"48211\" data-search-text=\"Dana Whitfield\" \
    data-search-value=\"dana.whitfield@example.com\">@Dana Whitfield</strong></p>";

/// All five points, with Dana mentioned: nothing is left to say about it.
pub fn whole() -> String {
    [ISSUE, INVESTIGATED, ACTION_TAKEN, BLOCKER, REQUIRED].concat()
}

/// The first three points.
pub fn first_three() -> String {
    [ISSUE, INVESTIGATED, ACTION_TAKEN].concat()
}

/// The last two.
pub fn last_two() -> String {
    [BLOCKER, REQUIRED].concat()
}

/// The five points with this in the place of Dana's mention.
pub fn whole_with(mention: &str) -> String {
    let (before, _) = REQUIRED.split_once("<strong").unwrap();
    format!("{}{before}{mention}</p>", [ISSUE, INVESTIGATED, ACTION_TAKEN, BLOCKER].concat())
}

/// A mention as HubSpot's editor stores it.
pub fn mention(id: u64, name: &str) -> String {
    format!("<strong data-at-mention data-user-id=\"{id}\" data-search-text=\"{name}\">@{name}</strong>")
}

/// A message of ours as people read it: `*bold*`, `[link]`, a line a paragraph.
pub fn shown(html: &str) -> String {
    let mut text = html.to_owned();
    while let Some((before, after)) = text.split_once("<a ") {
        let (_, after) = after.split_once('>').unwrap();
        text = format!("{before}[{}", after.replacen("</a>", "]", 1));
    }
    while let Some((before, after)) = text.split_once("<strong data-at-mention") {
        let (_, after) = after.split_once('>').unwrap();
        text = format!("{before}{}", after.replacen("</strong>", "", 1));
    }
    for (mark, sign) in [
        ("<p>", ""),
        ("</p>", "\n"),
        ("<strong>", "*"),
        ("</strong>", "*"),
        ("<em>", "_"),
        ("</em>", "_"),
        ("<code>", "`"),
        ("</code>", "`"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(mark, sign);
    }
    text.trim_end().to_owned()
}
