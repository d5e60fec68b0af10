"""The recruiter's app: one Gradio page, one file a tab. Importing it loads no model and no torch.

`build` puts the page together, `service` is the only door to `model`, `render` and `markup` are pure, `session` holds
what one visitor has done, `intake` takes uploads in, `export` writes files out, `theme` is the look.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported; resumes are nobody else's business
# Gradio sums up the times of its last 10,000 calls at every call, for a page of its own that is not offered here.
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
