"""The front door: bytes in, element tree out, or a finding why not.

Nothing of the document decides what the parser does: the encoding comes from a short list, a document type
declaration is refused before parsing, no entity is resolved, no address is followed. Comments and processing
instructions are dropped, but one that cuts a value in two is refused, because readers differ about it.
"""

import re
from typing import Any

from lxml import etree

from messages.findings import Finding, Place
from messages.formats.epc_xml import faults
from messages.formats.epc_xml.syntax import syntax_finding

DEEPEST = 64
"""Levels of elements."""

MOST_ATTRIBUTES = 64
"""Attributes of one element."""

MOST_ELEMENTS = 500_000
"""Elements of one document."""

_DECLARATION = re.compile(rb"""<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([^"']{0,60})["']""")

_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
}
_UTF16 = {"utf-16", "utf-16le", "utf-16be"}

_BOM8, _BOM16_LE, _BOM16_BE, _BOM32_LE = b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00"


class Unreadable(Exception):  # noqa: N818 - what it is; the finding says what is wrong
    """Reading cannot go on; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def looks_like_xml(raw: bytes, media_type: str) -> bool:
    """Whether the first thing in `raw` is a `<`; of bytes that tell nothing, whether they were sent as XML."""
    start = raw[:4096]
    if start.startswith((_BOM16_LE, _BOM16_BE)):
        start = start.replace(b"\x00", b"")[2:]
    start = start.removeprefix(_BOM8).lstrip()
    if start:
        return start.startswith(b"<")
    return "xml" in media_type


def parsed(raw: bytes) -> etree._Element:
    """The root element of an XML document, free of comments and processing instructions.

    Raises:
        Unreadable: an encoding, mark-up or size that is not let in.
    """
    document = _as_utf8(raw)
    _refuse_doctype(document)
    _refuse_crowds(document)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_blank_text=True,
    )
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(_syntax_finding(error, document)) from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable(faults.HAS_A_DOCTYPE.at(Place(), value=root.getroottree().docinfo.doctype))
    _drop_asides(root)
    return root


def refuse_abysses(root: etree._Element) -> None:
    """Refuse a tree that is too deep or has an element with too many attributes.

    Only for documents the schema refused: what it lets pass is neither.

    Raises:
        Unreadable: where it goes too far.
    """
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        line = Place(line=element.sourceline)
        if depth > DEEPEST:
            raise Unreadable(faults.TOO_DEEP.at(line))
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise Unreadable(faults.TOO_MANY_ATTRIBUTES.at(line, value=len(element.attrib)))


def _as_utf8(raw: bytes) -> bytes:
    """The document in UTF-8, whatever it came in; where it says UTF-8 the parser checks that."""
    codec = _codec(raw)
    if codec == "utf-8" or (codec == "ascii" and raw.isascii()):
        return raw.removeprefix(_BOM8)
    try:
        return raw.decode(codec).removeprefix("\ufeff").encode()
    except UnicodeDecodeError as error:
        raise Unreadable(_wrong_bytes(raw, codec, error)) from None


def _wrong_bytes(raw: bytes, codec: str, error: UnicodeDecodeError) -> Finding:
    line, offset = raw.count(b"\n", 0, error.start) + 1, error.start + 1
    return faults.NOT_IN_ITS_ENCODING.at(Place(line=line), value=codec.upper(), offset=offset)


def _codec(raw: bytes) -> str:
    """The codec for `raw`, by its byte order mark and XML declaration."""
    if raw.startswith((_BOM16_LE, _BOM16_BE)) and not raw.startswith(_BOM32_LE):
        named = _declared(raw[:600].replace(b"\x00", b""))
        if named and named not in _UTF16:
            raise Unreadable(faults.UNKNOWN_ENCODING.at(Place(line=1), value=f"{named} after a UTF-16 mark"))
        return "utf-16"
    named = _declared(raw[:300])
    if raw.startswith(_BOM8) and named not in ("", "utf-8", "utf8"):
        raise Unreadable(faults.UNKNOWN_ENCODING.at(Place(line=1), value=f"{named} after a UTF-8 mark"))
    if named and named not in _CODECS:
        raise Unreadable(faults.UNKNOWN_ENCODING.at(Place(line=1), value=named))
    return _CODECS.get(named, "utf-8")


def _declared(start: bytes) -> str:
    found = _DECLARATION.match(start.removeprefix(_BOM8))
    return found[1].decode("ascii", "replace").lower() if found else ""


def _refuse_doctype(document: bytes) -> None:
    """A `<!` before the root that begins no comment is a document type declaration."""
    at = 0
    while True:
        at = document.find(b"<", at)
        if document.startswith(b"<?", at):
            at = document.find(b"?>", at)
        elif document.startswith(b"<!--", at):
            at = document.find(b"-->", at)
        elif document.startswith(b"<!", at):
            named = document[at : at + 60].decode("utf-8", "replace")
            line = document.count(b"\n", 0, at) + 1
            raise Unreadable(faults.HAS_A_DOCTYPE.at(Place(line=line), value=named))
        else:
            return
        if at < 0:
            return


def _refuse_crowds(document: bytes) -> None:
    if document.count(b"<") <= MOST_ELEMENTS:
        return
    elements = document.count(b"</") + document.count(b"/>")
    if elements > MOST_ELEMENTS:
        raise Unreadable(faults.TOO_MANY_ELEMENTS.at(Place(), value=elements))


def _drop_asides(root: etree._Element) -> None:
    """Take comments and processing instructions out of the tree, unless one cuts a value."""
    kinds: Any = (etree.Comment, etree.ProcessingInstruction)
    holders = {holder: aside for aside in root.iter(*kinds) if (holder := aside.getparent()) is not None}
    for holder, aside in holders.items():
        if _has_text_only(holder):
            name = etree.QName(holder).localname
            raise Unreadable(faults.VALUE_IS_SPLIT.at(Place(line=aside.sourceline), element=name))
    if holders:
        etree.strip_tags(root, *kinds)


def _has_text_only(holder: etree._Element) -> bool:
    texts = [holder.text, *(child.tail for child in holder)]
    elements = any(isinstance(child.tag, str) for child in holder)
    return not elements and any(text and text.strip() for text in texts)


def _syntax_finding(error: etree.XMLSyntaxError, document: bytes) -> Finding:
    try:
        document.decode()
    except UnicodeDecodeError as wrong:
        return _wrong_bytes(document, "utf-8", wrong)
    return syntax_finding(error)
