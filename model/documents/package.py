"""The parts of a zipped document (DOCX, ODT), read in memory under limits; nothing is unpacked to disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from model.documents.limits import Limits
from model.documents.reasons import unreadable

MAX_PARTS = 2_000
EXEMPT = 1_000_000  # bytes below which a part's ratio does not matter


class Package:
    """Named parts of a ZIP. Raises DocumentError `damaged`, `bomb`, `suspicious` or `encrypted`."""

    def __init__(self, data: bytes, limits: Limits, kind: str):
        self._kind = kind
        self._left = limits.max_inflated
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RecursionError, OverflowError):
            raise unreadable("damaged", kind=kind) from None
        if len(parts) > MAX_PARTS:
            raise unreadable("bomb")
        self.names = {}
        for part in parts:
            name = part.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
                raise unreadable("suspicious", what="names that lead out of the document")
            self.names.setdefault(name, part)
        if sum(p.file_size for p in parts) > limits.max_inflated or any(
            p.file_size > EXEMPT and p.file_size > limits.max_ratio * max(1, p.compress_size) for p in parts
        ):
            raise unreadable("bomb")

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, or None where there is none of that name."""
        part = self.names.get(name)
        if part is None:
            return None
        try:
            with self._zip.open(part) as file:
                data = file.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
            raise unreadable("damaged", kind=self._kind) from None
        except RuntimeError:  # zipfile's word for a part that needs a password
            raise unreadable("encrypted", kind=self._kind) from None
        self._left -= len(data)
        if self._left < 0:
            raise unreadable("bomb")
        return data

    def xml(self, name: str):
        """The root element of an XML part, or None where there is none."""
        data = self.read(name)
        return None if data is None else parse_xml(data, self._kind)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relations of part `name`: id to (last word of the type, target part); targets outside are left out."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        found = {}
        for item in root if root is not None else ():
            if not isinstance(item.tag, str) or item.get("TargetMode") == "External":
                continue
            target = item.get("Target", "")
            target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[item.get("Id", "")] = (item.get("Type", "").rsplit("/", 1)[-1], target)
        return found


def parse_xml(data: bytes, kind: str):
    """Root element. Raises DocumentError `suspicious` for a document type or entities, `damaged` for bad XML."""
    head = data[:4096].replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in data:
        raise unreadable("suspicious", what="definitions of its own (DTD)")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise unreadable("damaged", kind=kind) from None
    if root.getroottree().docinfo.doctype:
        raise unreadable("suspicious", what="definitions of its own (DTD)")
    return root
