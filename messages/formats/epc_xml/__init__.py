"""ISO 28005 EPC messages in XML, as our profile has them (`messages/schemas/epc.xsd`).

`door` lets bytes in, `structure` reads elements, `explanation` says what the schema refused, `places` knows
where things stood, `writing` writes.
"""

from messages.formats.epc_xml.door import looks_like_xml
from messages.formats.epc_xml.message import read
from messages.formats.epc_xml.writing import write
from messages.formats.format import Format

EPC_XML = Format(
    name="epc_xml",
    title="EPC XML",
    media_types=("application/xml", "text/xml"),
    recognises=looks_like_xml,
    read=read,
    write=write,
)
