//! Reads any bytes as a comment, once as HTML and once as text.

#![no_main]

use comment::{Body, Labels, Point, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for body in [Body::Html(&text), Body::Text(&text)] {
        let comment = read(body, &Labels::shipped());
        let written: usize = Point::ALL.into_iter().filter_map(|point| comment.text(point)).map(str::len).sum();
        assert!(written <= 10 * text.len());
        assert_eq!(comment.is_complete(), comment.problems().is_empty());
        let _ = comment.hints();
    }
});
