"""Turn a model2vec folder into the shipped embedding table: int8 rows with one scale each (7.6 MB).

The folder comes from model2vec's `distill("all-MiniLM-L6-v2", pca_dims=256)`, in an environment of its own, because
`model2vec[distill]` asks for an older transformers. Launch: python -m training.distill FOLDER

`training.shown` fits what this wrote to what shows a skill; the shipped table is fitted.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from model.brief.embed import FOLDER


def save_table(folder: Path, table: np.ndarray, matrix: np.ndarray, source: str) -> None:
    """Write rows [tokens, 256] and the matrix [256, 256] from a skill's name to what shows it."""
    scale = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-12
    rows = np.round(table / scale).astype(np.int8)
    save_file({"rows": rows, "scale": scale[:, 0].astype(np.float16), "shows": matrix.astype(np.float16)},
              folder / "table.safetensors", metadata={"source": source})


def main(source: Path) -> None:
    table = load_file(source / "model.safetensors")["embeddings"].astype(np.float32)
    save_table(FOLDER, table, np.eye(table.shape[1]), "all-MiniLM-L6-v2 (Apache-2.0), distilled with model2vec (MIT)")
    shutil.copy(source / "tokenizer.json", FOLDER / "tokenizer.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
