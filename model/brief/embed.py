"""Static sentence embeddings: the mean of token rows from a distilled table. Needs numpy and tokenizers only.

The table was distilled from all-MiniLM-L6-v2 (Apache-2.0) with model2vec (MIT), then fitted to what shows a skill; see
training/distill.py and training/shown.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

FOLDER = Path(__file__).parent.parent / "embedding"
DIMENSIONS = 256


class _Table(NamedTuple):
    rows: np.ndarray
    """[tokens, 256], int8; each stands for itself times its scale."""
    scales: np.ndarray
    """[tokens], float32."""
    shows: np.ndarray
    """[256, 256], float32: from a skill's name to what shows it."""
    tokenizer: Tokenizer


@lru_cache(maxsize=1)
def _table() -> _Table:
    parts = load_file(FOLDER / "table.safetensors")
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(512)
    return _Table(parts["rows"], parts["scale"].astype(np.float32), parts["shows"].astype(np.float32), tokenizer)


def encode(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors [n, 256] of `texts`; a text without a known token is the zero vector."""
    rows, scales, _, tokenizer = _table()
    out = np.zeros((len(texts), DIMENSIONS), np.float32)
    for i, encoding in enumerate(tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)):
        if encoding.ids:
            out[i] = scales[encoding.ids] @ rows[encoding.ids].astype(np.float32)
    return _unit(out)


def toward_proof(vectors: np.ndarray) -> np.ndarray:
    """Unit vectors [n, 256] of what shows the skills whose names have the unit vectors [n, 256]: "negotiation" is not
    like "Talked suppliers into better terms", but leads there."""
    return _unit(vectors @ _table().shows.T)


def _unit(vectors: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(norms > 0, norms, 1)
