"""The plan, shown: a table, one note, a page. All of them read the plan that upload reads."""
