"""The type that a processor computes in is found by timing, not by what torch says of it."""

import pytest

torch = pytest.importorskip("torch")


@pytest.mark.parametrize("float32, bfloat16, wanted", [
    (1.0, 0.4, "bfloat16"),  # AVX512-BF16, AMX
    (1.0, 7.0, "float32"),  # emulated
    (1.0, 0.9, "float32"),  # too little to be worth the rounding
])
def test_bfloat16_has_to_be_worth_it(monkeypatch, float32, bfloat16, wanted):
    from model import precision  # noqa: PLC0415 - loads torch

    seconds = {torch.float32: float32, torch.bfloat16: bfloat16}
    monkeypatch.setattr(precision, "_seconds", seconds.get)
    precision.cpu_dtype.cache_clear()
    try:
        assert precision.cpu_dtype() == getattr(torch, wanted)
    finally:
        precision.cpu_dtype.cache_clear()


def test_both_types_can_be_timed():
    from model.precision import cpu_dtype  # noqa: PLC0415 - loads torch

    assert cpu_dtype() in (torch.float32, torch.bfloat16)
