"""The recruiter's app: one Gradio page, one file a tab. Importing it loads no model and no torch.

`build` puts the page together, `service` is the only door to `model`, `render` and `markup` are pure, `session` holds
what one visitor has done, `intake` takes uploads in, `export` writes files out, `theme` is the look.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported; resumes are nobody else's business
