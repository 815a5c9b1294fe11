//! Customers in many moods, and the labelled rows.
