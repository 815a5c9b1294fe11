//! Which word an inflected one comes from.

/// The longest word that is taken apart.
const LONGEST: usize = 24;

/// Asks for the word itself, then for what it may be an inflection of, until one is known: `tries`,
/// `tried` and `trying` ask for `try`, `stopping` for `stop`, `using` for `use`.
pub(super) fn bare<T>(word: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    if word.len() > LONGEST {
        return None;
    }
    let found = known(word);
    if found.is_some() || word.len() < 3 {
        return found;
    }
    if let Some(stem) = word.strip_suffix("ing") {
        return verb(stem, &known);
    }
    if let Some(stem) = word.strip_suffix("ied").or_else(|| word.strip_suffix("ies")) {
        return with(stem, 'y', &known);
    }
    if let Some(stem) = word.strip_suffix("ed") {
        return verb(stem, &known);
    }
    let stem = word.strip_suffix('s')?;
    known(stem).or_else(|| stem.strip_suffix('e').and_then(&known))
}

/// `load`, `us(e)`, `stop(p)`.
fn verb<T>(stem: &str, known: &impl Fn(&str) -> Option<T>) -> Option<T> {
    let doubled = || {
        let (last, rest) = (stem.chars().next_back()?, stem.strip_suffix(|_: char| true)?);
        rest.ends_with(last).then(|| known(rest)).flatten()
    };
    known(stem).or_else(|| with(stem, 'e', known)).or_else(doubled)
}

fn with<T>(stem: &str, ending: char, known: &impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut buffer = [0; LONGEST + 4];
    let bytes = buffer.get_mut(..=stem.len())?;
    bytes[..stem.len()].copy_from_slice(stem.as_bytes());
    ending.encode_utf8(&mut bytes[stem.len()..]);
    std::str::from_utf8(bytes).ok().and_then(known)
}
