//! Are the five points there, and who was told?
