//! Rust's RegexSet behind three C functions.
use regex::RegexSetBuilder;
use std::os::raw::c_char;

pub struct Set {
    set: regex::RegexSet,
}

/// Null when a pattern is not understood or the set grows beyond two gigabytes.
///
/// # Safety
/// `patterns` and `sizes` have `count` members, and each pattern is UTF-8 of its size.
#[no_mangle]
pub unsafe extern "C" fn sekisho_regex_set_new(patterns: *const *const c_char, sizes: *const usize, count: usize) -> *mut Set {
    let text = |i: usize| {
        let bytes = std::slice::from_raw_parts(*patterns.add(i) as *const u8, *sizes.add(i));
        std::str::from_utf8(bytes).unwrap_or("(")
    };
    let limit = 2usize << 30;
    let built = RegexSetBuilder::new((0..count).map(text)).unicode(true).size_limit(limit).dfa_size_limit(limit).build();
    match built {
        Ok(set) => Box::into_raw(Box::new(Set { set })),
        Err(_) => std::ptr::null_mut(),
    }
}

/// Writes the ids of the patterns that match to `out`, which has room for all of them; how many they are.
///
/// # Safety
/// `set` is from `sekisho_regex_set_new`, `text` is UTF-8 of `size` bytes.
#[no_mangle]
pub unsafe extern "C" fn sekisho_regex_set_match(set: *const Set, text: *const u8, size: usize, out: *mut u32) -> usize {
    let text = match std::str::from_utf8(std::slice::from_raw_parts(text, size)) {
        Ok(text) => text,
        Err(_) => return 0,
    };
    let mut count = 0;
    for id in (*set).set.matches(text).iter() {
        *out.add(count) = id as u32;
        count += 1;
    }
    count
}

/// # Safety
/// `set` is from `sekisho_regex_set_new`, and not used afterwards.
#[no_mangle]
pub unsafe extern "C" fn sekisho_regex_set_free(set: *mut Set) {
    drop(Box::from_raw(set));
}
