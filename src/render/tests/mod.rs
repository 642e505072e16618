//! Holds the theme's reference to what templates are given.

mod template_values;
