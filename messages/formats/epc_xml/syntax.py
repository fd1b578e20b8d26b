"""The XML parser's complaints, in our words and with the sender's names in them."""

import re

from lxml import etree

from messages.findings import Fault, Finding, Place
from messages.formats.epc_xml import faults

_ERRORS = etree.ErrorTypes

_FAULTS: dict[int, Fault] = {
    _ERRORS.ERR_TAG_NOT_FINISHED: faults.ENDS_EARLY,
    _ERRORS.ERR_DOCUMENT_EMPTY: faults.ENDS_EARLY,
    _ERRORS.ERR_DOCUMENT_END: faults.GOES_ON_AFTER_THE_END,
    _ERRORS.ERR_UNDECLARED_ENTITY: faults.AMPERSAND,
    _ERRORS.ERR_ENTITYREF_SEMICOL_MISSING: faults.AMPERSAND,
    _ERRORS.ERR_INVALID_CHAR: faults.FORBIDDEN_CHARACTER,
    _ERRORS.ERR_INVALID_CHARREF: faults.FORBIDDEN_CHARACTER,
    _ERRORS.ERR_ATTRIBUTE_REDEFINED: faults.ATTRIBUTE_TWICE,
}

_REASONS: dict[int, str] = {
    _ERRORS.ERR_ATTRIBUTE_NOT_STARTED: "the value of an attribute has no quotes",
    _ERRORS.ERR_ATTRIBUTE_WITHOUT_VALUE: "an attribute has no value",
    _ERRORS.ERR_LT_IN_ATTRIBUTE: "a < stands inside the value of an attribute",
    _ERRORS.ERR_SPACE_REQUIRED: "a space is missing between two attributes",
    _ERRORS.ERR_NAME_REQUIRED: "no name of an element follows the <",
    _ERRORS.ERR_GT_REQUIRED: "a tag has no closing >",
    _ERRORS.ERR_COMMENT_NOT_FINISHED: "a comment is not closed",
    _ERRORS.ERR_HYPHEN_IN_COMMENT: "two hyphens stand inside a comment",
    _ERRORS.ERR_CDATA_NOT_FINISHED: "a CDATA section is not closed",
    _ERRORS.ERR_PI_NOT_FINISHED: "a processing instruction is not closed",
    _ERRORS.ERR_MISPLACED_CDATA_END: "]]> stands in a text",
    _ERRORS.ERR_RESERVED_XML_NAME: "something precedes the XML declaration",
    _ERRORS.ERR_UNKNOWN_VERSION: "the version of XML is not 1.0",
    _ERRORS.NS_ERR_QNAME: "a name has a colon with nothing before or behind it",
}

_MISMATCH = re.compile(r"mismatch: (\S+) line (\d+) and ([^\s,]+)")
_PREFIX = re.compile(r"Namespace prefix (\S+)(?: for \S+)? on (\S+) is not defined")
_URI = re.compile(r"'(.*)' is not a valid URI")


def syntax_finding(error: etree.XMLSyntaxError) -> Finding:
    """What the parser stopped at, and where."""
    line, column = error.position
    place = Place(line=line or None, column=column or None)
    message = error.msg or ""
    if found := _MISMATCH.search(message):
        return faults.TAGS_DO_NOT_MATCH.at(place, value=found[3], open=found[1], line=found[2])
    if found := _PREFIX.search(message):
        return faults.UNKNOWN_PREFIX.at(place, value=f"{found[1]}:{found[2]}")
    if found := _URI.search(message):
        return faults.OTHER_NAMESPACE.at(place, value=found[1])
    if "Excessive depth" in message:
        return faults.TOO_DEEP.at(place)
    if "EntityRef" in message:
        return faults.AMPERSAND.at(place)
    reason = _REASONS.get(error.code, "this is no mark-up that XML knows")
    return _FAULTS.get(error.code, faults.NOT_WELL_FORMED).at(place, reason=reason)
