"""Static sentence embeddings: the mean of token rows from a distilled table. Needs numpy and tokenizers only.

The table was distilled from all-MiniLM-L6-v2 (Apache-2.0) with model2vec (MIT); see training/distill.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

FOLDER = Path(__file__).parent.parent / "embedding"
DIMENSIONS = 256


@lru_cache(maxsize=1)
def _table() -> tuple[np.ndarray, Tokenizer]:
    parts = load_file(FOLDER / "table.safetensors")
    rows = parts["rows"].astype(np.float32) * parts["scale"].astype(np.float32)[:, None]
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(512)
    return rows, tokenizer


def encode(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors [n, 256] of `texts`; a text without a known token is the zero vector."""
    rows, tokenizer = _table()
    out = np.zeros((len(texts), DIMENSIONS), np.float32)
    for i, encoding in enumerate(tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)):
        if encoding.ids:
            out[i] = rows[encoding.ids].mean(axis=0)
    norms = np.linalg.norm(out, axis=1, keepdims=True)
    return out / np.where(norms > 0, norms, 1)
