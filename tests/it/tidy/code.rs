//! Rust source without what is no code: comments, texts, and tests.

/// The code of a file that runs in production, with comments and texts emptied.
pub fn production(path: &str, source: &str) -> String {
    let is_test = path.ends_with("/tests.rs") || path.contains("/tests/");
    if is_test { String::new() } else { without_tests(&without_texts(source)) }
}

/// Empties comments, string texts and character literals.
fn without_texts(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| raw_text(rest)).or_else(|| quoted(rest));
        let length = match skipped {
            Some(length) => {
                code.push(' ');
                length
            }
            // A word is taken whole, so that the `r` at its end begins no raw text.
            None => {
                let word = rest.find(|it: char| !is_word(it)).unwrap_or(rest.len());
                let length = word.max(next.len_utf8());
                code.push_str(&rest[..length]);
                length
            }
        };
        rest = &rest[length..];
    }
    code
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    let mut depth = 0;
    let mut at = 0;
    while rest.starts_with("/*") && at < rest.len() {
        match rest.as_bytes().get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn raw_text(rest: &str) -> Option<usize> {
    let start = rest.strip_prefix("br").or_else(|| rest.strip_prefix("cr")).or_else(|| rest.strip_prefix('r'))?;
    let hashes = start.len() - start.trim_start_matches('#').len();
    let text = start[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = text.find(&end)?;
    Some(rest.len() - text.len() + length + end.len())
}

fn quoted(rest: &str) -> Option<usize> {
    let quote = rest.chars().next().filter(|it| *it == '"' || *it == '\'')?;
    let mut escaped = false;
    for (at, it) in rest.char_indices().skip(1) {
        match it {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if it == quote => return Some(at + 1),
            // A quote without a second one after one character is a lifetime.
            _ if quote == '\'' && !rest[1..].starts_with('\\') && !rest[at + it.len_utf8()..].starts_with('\'') => {
                return None;
            }
            _ => (),
        }
    }
    None
}

/// Cuts out every item marked `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let Some((before, marked)) = code.split_once(MARK) else {
        return code.to_owned();
    };
    let mut depth = 0;
    let ends_here = |it: char| {
        match it {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => (),
        }
        depth == 0 && (it == '}' || it == ';')
    };
    let end = marked.find(ends_here).map_or(marked.len(), |it| it + 1);
    before.to_owned() + &without_tests(&marked[end..])
}

fn is_word(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

/// The identifiers and keywords.
pub fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|it| !is_word(it)).filter(|it| !it.is_empty())
}

/// Every path, also those in a `use` of several, as `crate::a::b`. Blanks do not matter.
pub fn paths(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut prefixes = vec![String::new()];
    let mut path = String::new();
    for token in tokens(code) {
        match token {
            "::" => path.push_str("::"),
            "{" if path.ends_with("::") => prefixes.push(std::mem::take(&mut path)),
            word if word.starts_with(is_word) && (path.is_empty() && prefixes.len() > 1) => {
                path = format!("{}{word}", prefixes[prefixes.len() - 1]);
            }
            word if word.starts_with(is_word) && path.ends_with("::") => path.push_str(word),
            other => {
                paths.extend(Some(std::mem::take(&mut path)).filter(|it| it.contains("::")));
                if other == "}" && prefixes.len() > 1 {
                    prefixes.pop();
                }
                if other.starts_with(is_word) {
                    path.push_str(other);
                }
            }
        }
    }
    paths.extend(Some(path).filter(|it| it.contains("::")));
    paths
}

fn tokens(code: &str) -> impl Iterator<Item = &str> {
    let mut rest = code.trim_start();
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let length = match first {
            _ if is_word(first) => rest.find(|it: char| !is_word(it)).unwrap_or(rest.len()),
            _ if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        let (token, left) = rest.split_at(length);
        rest = left.trim_start();
        Some(token)
    })
}

#[test]
fn texts_and_comments_are_no_code() {
    let source = r###"a("x \" // y"); // z
/* b /* c */ d */ e('"', '\'', 'f', b"g", r#"h " i"#); fn j<'k>(l: &'k str) {} var"m""###;
    let code = without_texts(source);
    let kept: Vec<&str> = words(&code).collect();
    assert_eq!(kept, ["a", "e", "b", "fn", "j", "k", "l", "k", "str", "var"]);
}

#[test]
fn tests_are_not_production() {
    let source = "fn a() {}\n#[cfg(test)]\nmod tests;\nfn b() {}\n#[cfg(test)]\nmod c { fn d() { \"}\" } }\nfn e() {}";
    let code = production("shared/src/x.rs", source);
    assert_eq!(words(&code).collect::<Vec<_>>(), ["fn", "a", "fn", "b", "fn", "e"]);
    assert_eq!(production("shared/src/x/tests.rs", source), "");
    assert_eq!(production("shared/src/x/tests/rows.rs", source), "");
}

#[test]
fn paths_are_found_however_they_are_written() {
    let code = "use crate :: {a::{b, c}, d}; use std::env; fn f() { g::h(i); Timestamp::now } let j = k;";
    let expected = ["crate::a::b", "crate::a::c", "crate::d", "std::env", "g::h", "Timestamp::now"];
    assert_eq!(paths(code), expected);
}
