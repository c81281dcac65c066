"""The words of all notes as a spreadsheet, and back.

- `formats`: which kind of file a sheet is; `csv_file`, `yaml_file`: one each
- `rows`, `cells`: what stands in it
- `take`: the use case: a sheet written, read back and kept
- `changes`: what a sheet that came back changes; `files`: the files it names
"""
