//! `sweep` from end to end: what was left unfinished gets finished, once, and nothing else suffers.

mod agenda;
mod feedback;
mod product;
