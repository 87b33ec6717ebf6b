"""Pages: one thin module per noun; each fills a form, calls a verb and redirects."""
