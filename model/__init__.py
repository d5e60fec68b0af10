"""Shortlist's judge: documents -> brief -> prompt -> engine -> verdict -> rubric -> decision.

Importing this package is cheap; only `model.engine` and `model.base` load torch, and only when they are imported.
"""

import logging

# Said while bitsandbytes is imported, of optional kernels that are not needed; so before anything can import it.
logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
