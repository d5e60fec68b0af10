"""Turn a model2vec folder into the shipped embedding table: int8 rows with one scale each (7.6 MB).

The folder comes from model2vec's `distill("all-MiniLM-L6-v2", pca_dims=256)`, in an environment of its own, because
`model2vec[distill]` asks for an older transformers. Launch: python -m training.distill FOLDER
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from model.brief.embed import FOLDER


def main(source: Path) -> None:
    table = load_file(source / "model.safetensors")["embeddings"].astype(np.float32)
    scale = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-12
    rows = np.round(table / scale).astype(np.int8)
    save_file({"rows": rows, "scale": scale[:, 0].astype(np.float16)}, FOLDER / "table.safetensors",
              metadata={"source": "all-MiniLM-L6-v2 (Apache-2.0), distilled with model2vec (MIT)"})
    shutil.copy(source / "tokenizer.json", FOLDER / "tokenizer.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
