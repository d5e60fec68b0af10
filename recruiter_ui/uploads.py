"""Files that people send in: received under folders of ours, within limits and quotas; what is left over is cleaned.

An upload lies in `<data>/temp/<random>/` until a handler has taken it over; what is recorded lies in `<data>/files`
under names of ours (`records.documents`). Nothing of `<data>` is served but what the server offered to that user.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
from gradio.route_utils import GradioMultiPartParser, MultiPartException
from gradio.routes import file_upload_statuses
from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from model.errors import UsageError
from recruiter_ui.access import Identity
from recruiter_ui.intake import MAX_FILE_BYTES, MAX_ZIP_BYTES, clean_name
from recruiter_ui.privacy import TEMP, clean
from recruiter_ui.records.store import Store
from recruiter_ui.records.tables import documents

MAX_FILES = 500  # of one upload
QUOTA = 2_000_000_000  # bytes of stored documents that one user may have


def prepare(folder: Path) -> Path:
    """Make the temporary folder in the data folder, have Gradio use it, and clean out what was left behind."""
    temp = folder / TEMP
    temp.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["GRADIO_TEMP_DIR"] = str(temp)  # read by Gradio when the page is built
    clean(temp)
    return temp


def quota() -> int:
    """Bytes of documents that a user may have stored: SHORTLIST_QUOTA_BYTES. Raises UsageError for no number."""
    stated = os.environ.get("SHORTLIST_QUOTA_BYTES")
    if stated and not (stated.isdigit() and int(stated)):
        raise UsageError(f"SHORTLIST_QUOTA_BYTES={stated!r} is no size: give a number of bytes above 0")
    return int(stated) if stated else QUOTA


def used(store: Store, user: str) -> int:
    """Bytes of documents that the user has stored."""
    with store.read() as connection:
        return connection.execute(select(func.coalesce(func.sum(documents.c.size), 0)).where(
            documents.c.owner == user)).scalar_one()


async def receive(request: Request, desk, user: Identity) -> Response:
    """Take an upload in place of Gradio's own route: each file in a folder of its own, its paths the user's alone.

    Answers, like Gradio, with the list of paths; 413 with a sentence where a file, their number or the quota is too
    large, 400 for what is no upload.
    """
    left = quota() - await anyio.to_thread.run_sync(used, desk.store, user.id)
    if int(request.headers.get("content-length", "0")) > left:
        return _refusal(413, left)
    app, upload = request.app, request.query_params.get("upload_id")
    temp = Path(app.uploaded_file_dir)
    place = temp / secrets.token_hex(16)
    place.mkdir(mode=0o700)
    if upload:
        file_upload_statuses.track(upload)
    try:
        parser = GradioMultiPartParser(request.headers, _within(request, left), max_files=MAX_FILES, max_fields=0,
                                       upload_dir=place, max_file_size=max(MAX_FILE_BYTES, MAX_ZIP_BYTES),
                                       upload_id=upload, upload_progress=file_upload_statuses if upload else None)
        form = await parser.parse()
        paths = [str(_named(place, file)) for file in form.getlist("files")]
    except (MultiPartException, KeyError) as error:
        shutil.rmtree(place, ignore_errors=True)
        words = getattr(error, "message", "this is no upload")
        return _refusal(413, left) if "too much" in words else JSONResponse(
            {"detail": f"The files were not taken: {words}"}, 413 if "maximum allowed size" in words else 400)
    except OSError:
        shutil.rmtree(place, ignore_errors=True)
        return JSONResponse({"detail": "The files could not be stored: the disk is full. Nothing was taken; tell an "
                                       "admin."}, 507)
    except BaseException:  # the visitor went away in the middle
        shutil.rmtree(place, ignore_errors=True)
        raise
    app.get_blocks().upload_file_set.update(paths)  # Gradio deletes them in time where no handler took them over
    for path in paths:
        desk.holdings.give(path, user.id)
    return JSONResponse(paths)


def _named(place: Path, upload) -> Path:
    """Give a received file its name, without anything that could lead elsewhere; its folder has a random one."""
    upload.file.close()
    folder = place / secrets.token_hex(8)
    folder.mkdir(mode=0o700)
    path = folder / clean_name(upload.filename or "unnamed")
    os.rename(upload.file.name, path)
    os.chmod(path, 0o600)
    return path


async def _within(request: Request, left: int) -> AsyncIterator[bytes]:
    """The body, cut off where it exceeds the quota whatever length it claimed."""
    async for chunk in request.stream():
        left -= len(chunk)
        if left < 0:
            raise MultiPartException("too much")
        yield chunk


def _refusal(status: int, left: int) -> Response:
    return JSONResponse({"detail": f"There is room for {max(0, left) / 1e6:.0f} MB more of yours. Remove resumes or "
                                   "screenings that are no longer needed, or ask an admin."}, status)
