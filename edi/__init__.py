"""UN/EDIFACT as ISO 9735 has it: read, check, write, acknowledge. Knows nothing of ships.

Reading takes bytes or a file opened in binary mode. `check` finds everything that is wrong and hides nothing:

>>> data = b"UNB+UNOC:3+AGENT+GATE+261123:0600+R1'UNH+1+APERAK:D:01B:UN'BGM+23+X+9'UNT+4+1'UNZ+1+R1'"
>>> report = check(data)
>>> report.accepted
False
>>> [finding] = report.findings
>>> finding.rule, finding.code, finding.message
('MSW-EDI-056', '29', 'UNT counts 4 segments, 3 were found.')
>>> str(finding.place)
'message 1, segment 3 UNT, element 1, component 1, line 1, column 75'

`read` gives objects, `stream` segment after segment in constant memory, `tree` a message in its groups:

>>> [interchange] = read(data)
>>> [message] = interchange.messages
>>> message.type, message.segments[1].get(3)
('APERAK', '9')
>>> tree(message.segments, find_guide("APERAK", "D", "01B")).first("BGM")
Segment('BGM+23+X+9')

`Writer` makes an interchange and counts it, `write` writes what was read, `acknowledge` answers with CONTRL:

>>> from datetime import datetime
>>> acknowledge(report, report.interchanges[0], reference="C1", prepared=datetime(2026, 11, 23, 6)).split(b"'")[2:4]
[b'UCI+R1+AGENT+GATE+7', b'UCM+1+APERAK:D:01B:UN+4+29+UNT+2:1']
"""

from edi.contrl import acknowledge, receipt
from edi.examination import check
from edi.findings import Fault, Finding, Level, Place, Severity, catalogue
from edi.guide import find_guide
from edi.interchange import Group, Interchange, Message, NotEdifact, read, stream
from edi.message_tree import Occurrence, tree
from edi.report import InterchangeReport, MessageReport, Report
from edi.segments import Segment
from edi.service_chars import ServiceChars
from edi.settings import LineBreaks, Settings
from edi.structure import Guide
from edi.writer import Unwritable, Writer, write

__all__ = [
    "Fault",
    "Finding",
    "Group",
    "Guide",
    "Interchange",
    "InterchangeReport",
    "Level",
    "LineBreaks",
    "Message",
    "MessageReport",
    "NotEdifact",
    "Occurrence",
    "Place",
    "Report",
    "Segment",
    "ServiceChars",
    "Settings",
    "Severity",
    "Unwritable",
    "Writer",
    "acknowledge",
    "catalogue",
    "check",
    "find_guide",
    "read",
    "receipt",
    "stream",
    "tree",
    "write",
]
