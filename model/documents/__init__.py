"""Files to the text that a human would see: every file is read in a limited process of its own.

`read` and `read_many` never raise for a bad file; they give a ReadResult with a reason in words. Importing this package
is cheap: the readers for PDF, DOCX and the rest load only in the reading processes.
"""

from model.documents.limits import Limits
from model.documents.pool import page_image, read, read_many, start_worker
from model.documents.results import ReadResult, find_files
from model.documents.sniff import SUPPORTED_SUFFIXES

__all__ = [
    "SUPPORTED_SUFFIXES",
    "Limits",
    "ReadResult",
    "find_files",
    "page_image",
    "read",
    "read_many",
    "start_worker",
]
