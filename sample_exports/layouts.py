"""Write the made account once in every layout, with what a reader must find in `expected.json`.

Run `python -m sample_exports.layouts` in the root of the project. All chance is seeded, so the
files stay the same.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.exports.account import LAYOUTS

HERE = Path(__file__).resolve().parent / "layouts"


def main() -> None:
    """Write every folder anew."""
    for name, layout in LAYOUTS.items():
        shutil.rmtree(HERE / name, ignore_errors=True)
        files = layout.files()
        for file, content in files.items():
            path = HERE / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        print(f"{name}: {sum(map(len, files.values())):,} bytes in {len(files)} files")
    expected = {name: layout.expected() for name, layout in LAYOUTS.items()}
    (HERE / "expected.json").write_text(f"{json.dumps(expected, indent=1)}\n", "utf-8")


if __name__ == "__main__":
    main()
