"""The words of all notes as a spreadsheet, and back.

- `take`: writes a sheet, and takes one that came back into the workspace. Start here
- `formats`: reads and writes a sheet by its file's ending; `csv_file`, `yaml_file`: one each
- `rows`: a note as a row; `cells`: a text as a cell that no spreadsheet changes
- `changes`: compares a sheet that came back with the notes; `row_reader`: row by row;
  `decisions`: what a cell decides; `titles`: which of the titles found is chosen; `files`: finds
  the files it names
"""
