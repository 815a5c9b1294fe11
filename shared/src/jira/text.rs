//! Text as Jira takes it, and cutting it.

use reqwest::Url;

/// What marks a cut.
pub(super) const MORE: char = '…';

/// Jira takes less than 255 characters for a summary.
const SUMMARY: usize = 250;

/// A label's limit.
const LABEL: usize = 255;

/// Longer addresses are not shown as links.
const ADDRESS: usize = 2_000;

/// How far a cut moves back so that it divides no character as people see it.
const CLUSTER: usize = 16;

/// The text with `\n` alone as line end, without control characters, without signs that turn the
/// direction of what follows (letters know their own) and without what is no character.
pub(super) fn clean(text: &str) -> String {
    let end = |it| if matches!(it, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') { '\n' } else { it };
    text.replace("\r\n", "\n").chars().map(end).filter(|it| is_shown(*it)).collect()
}

fn is_shown(it: char) -> bool {
    let is_sign = it.is_control() && it != '\n' && it != '\t';
    let turns = matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none = matches!(it, '\u{fdd0}'..='\u{fdef}') || u32::from(it) & 0xfffe == 0xfffe;
    !is_sign && !turns && !is_none
}

/// The text in one line.
pub(super) fn line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text in one line of at most `room` characters, counted in UTF-16 as Jira counts.
pub(super) fn short_line(text: &str, room: usize) -> String {
    let line = line(text);
    match line.chars().map(char::len_utf16).sum::<usize>() <= room {
        true => line,
        false => shortened(&line, room, char::len_utf16),
    }
}

/// The text as a summary.
pub(super) fn summary(text: &str) -> String {
    short_line(text, SUMMARY)
}

/// The text as a label, which has no white space; empty where nothing is left.
pub(super) fn label(text: &str) -> String {
    let label = clean(text).split_whitespace().collect::<Vec<_>>().join("-");
    label.chars().take(LABEL).collect()
}

/// The beginning of a text, and the mark: both together cost at most `room`.
pub(super) fn shortened(text: &str, room: usize, cost: fn(char) -> usize) -> String {
    let mut left = room.saturating_sub(cost(MORE));
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let cost = cost(character);
        if cost > left {
            break;
        }
        left -= cost;
        end = at + character.len_utf8();
    }
    let mut short = text[..whole(text, end)].to_owned();
    short.push(MORE);
    short
}

/// The last place at or before `end` that divides no character as people see it, within reason.
fn whole(text: &str, end: usize) -> usize {
    let joins = |it: char| {
        matches!(it, '\u{200d}' | '\u{20e3}' | '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
    };
    let divides = |at: usize| text[at..].starts_with(joins) || text[..at].ends_with('\u{200d}');
    let mut at = end;
    for _ in 0..CLUSTER {
        match text[..at].chars().next_back() {
            Some(last) if divides(at) => at -= last.len_utf8(),
            _ => return at,
        }
    }
    end
}

/// Whether the address may be followed by whoever reads the issue.
pub(super) fn is_link(address: &str) -> bool {
    let is_plain = |it: char| !it.is_whitespace() && is_shown(it) && !"<>\"".contains(it);
    address.len() <= ADDRESS
        && address.chars().all(is_plain)
        && Url::parse(address).is_ok_and(|it| matches!(it.scheme(), "http" | "https" | "mailto"))
}

/// A path's segment that names exactly `text` and leads nowhere else.
pub(super) fn segment(text: &str) -> String {
    let mut segment = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'~' => segment.push(char::from(byte)),
            // A dot means "here" or "up" encoded once, too; encoded twice it is a name nobody has.
            b'.' => segment.push_str("%252E"),
            other => segment.push_str(&format!("%{other:02X}")),
        }
    }
    segment
}

/// A text as JQL quotes it: nothing in it can end it
/// ([fields reference](https://support.atlassian.com/jira-software-cloud/docs/search-syntax-for-text-fields/)).
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            it if it.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(it))),
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_one_line_that_fits() {
        assert_eq!(summary(" Harbour\r\n\tGrill\u{0}\u{202e}: charged  twice "), "Harbour Grill: charged twice");
        assert_eq!(summary(&"é".repeat(250)), "é".repeat(250));
        assert_eq!(summary(&"é".repeat(251)), format!("{}…", "é".repeat(249)));
        // Two of Jira's characters each.
        assert_eq!(summary(&"🚨".repeat(126)), format!("{}…", "🚨".repeat(124)));
    }

    #[test]
    fn a_cut_divides_no_character_as_people_see_it() {
        let cut = |text: &str, room| shortened(text, room, |_| 1);
        assert_eq!(cut("cafe\u{301} noir", 5), "caf…");
        assert_eq!(cut("cafe\u{301} noir", 6), "cafe\u{301}…");
        assert_eq!(cut("ab👩\u{200d}👧 c", 5), "ab…");
        assert_eq!(cut("ab👍\u{1f3fd} c", 4), "ab…");
        // A letter under a hundred accents is cut like anything else.
        assert_eq!(cut(&format!("e{}", "\u{301}".repeat(100)), 50).chars().count(), 50);
        assert_eq!(cut("abc", 0), "…");
    }

    #[test]
    fn a_label_has_no_white_space() {
        assert_eq!(label("hs-ticket-1-2"), "hs-ticket-1-2");
        assert_eq!(label(" late \u{a0}delivery\n\u{0}"), "late-delivery");
        assert_eq!(label(" \t"), "");
        assert_eq!(label(&"x".repeat(300)).len(), 255);
    }

    #[test]
    fn only_what_can_be_followed_safely_is_a_link() {
        for link in ["https://a.example/?a=1&b=2#c", "http://a.example", "mailto:a@b.example", "HTTPS://a.example/é"] {
            assert!(is_link(link), "{link}");
        }
        for none in [
            "",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            " https://a.example",
            "https://a.example/ b",
            "data:text/html,x",
            "file:///etc/passwd",
            "//a.example",
            "a.example",
            "https://a.example/\u{202e}x",
            "https://a.example/\"x",
        ] {
            assert!(!is_link(none), "{none}");
        }
        assert!(!is_link(&format!("https://a.example/{}", "x".repeat(ADDRESS))));
    }

    #[test]
    fn a_segment_leads_nowhere_else() {
        assert_eq!(segment("TECH-1_a~"), "TECH-1_a~");
        assert_eq!(segment("a/../b?c#d%e é"), "a%2F%252E%252E%2Fb%3Fc%23d%25e%20%C3%A9");
        for text in ["..", ".", "%2e%2e", "../../x", "a/b", "\r\nHost: x", "?x=1", "#", "\\..\\"] {
            let url = Url::parse(&format!("https://a.example/ex/{}/z", segment(text))).unwrap();
            let segments: Vec<_> = url.path_segments().unwrap().collect();
            assert_eq!((segments.len(), segments[0], segments[2]), (3, "ex", "z"), "{url}");
            assert_eq!((url.query(), url.fragment(), url.host_str()), (None, None, Some("a.example")), "{url}");
        }
    }

    #[test]
    fn nothing_breaks_out_of_a_quoted_text() {
        assert_eq!(quoted("hsj-abc"), r#""hsj-abc""#);
        assert_eq!(quoted(r#"x" OR project = "Y"#), r#""x\" OR project = \"Y""#);
        assert_eq!(quoted(r"x\"), r#""x\\""#);
        assert_eq!(quoted(r#"x\" OR 1"#), r#""x\\\" OR 1""#);
        assert_eq!(quoted("a\nb\u{0}"), r#""a\u000ab\u0000""#);
    }
}
