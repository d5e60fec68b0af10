"""Make the PDF and DOCX resumes of `samples/resumes` from `samples/source`, byte for byte the same every time.

    python samples/make.py [FOLDER]      FOLDER defaults to samples/resumes

The TXT and Markdown resumes and the jobs are written by hand. Needs requirements-dev.txt.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from docx_layouts import write_docx
from pdf_layouts import write_pdf

HERE = Path(__file__).resolve().parent


def make(folder: Path) -> list[Path]:
    """Write every made resume into `folder` and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for source in sorted((HERE / "source").glob("*.yaml")):
        resume = yaml.safe_load(source.read_text(encoding="utf-8"))
        target = folder / resume["file"]
        write = write_docx if target.suffix == ".docx" else write_pdf
        write(resume, target)
        made.append(target)
    return made


if __name__ == "__main__":
    for path in make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "resumes"):
        print(f"{path}  {path.stat().st_size:,} bytes")
