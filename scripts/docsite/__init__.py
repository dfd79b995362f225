"""What the documentation site is made of besides the pages of docs/: one module a kind of generated page."""
