"""Filing, and reading back what was filed."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from gateway.access import Access, Actor, Rule
from gateway.api.bodies import limited_body
from gateway.evidence import unpacked
from gateway.intake import Parcel, Receipt, receipt_of
from gateway.refusals import NotYours, RefusedByFindings, problems
from gateway.store import filings as store
from gateway.wiring import Wiring, wired
from messages.report import Report

router = APIRouter(prefix="/api/submissions", tags=["submissions"])

EXTENSIONS = {"epc_xml": "xml", "json_document": "json"}
"""How a document of each format is named when it is handed back."""

Filer = Annotated[Actor, Depends(Access(Rule.FILE))]
Reader = Annotated[Actor, Depends(Access(Rule.READ))]
Parts = Annotated[Wiring, Depends(wired)]


class ReceiptBody(BaseModel):
    """Proof of filing; the same for every repeat."""

    reference: str = Field(description="Of the submission.", examples=["MMRGN-26-000417-A1"])
    port_call: str = Field(description="Reference of the port call it belongs to.", examples=["MMRGN-26-000417"])
    movement: str
    version: int
    digest: str = Field(description="SHA-256 of the bytes received.")
    received_at: AwareDatetime
    report: str = Field(description="Where the report with warnings and advice is.")
    status: str = Field(description="Where the clearance can be followed.")


def body_of(receipt: Receipt) -> ReceiptBody:
    """The receipt as the API says it."""
    return ReceiptBody(
        reference=receipt.reference,
        port_call=receipt.port_call,
        movement=receipt.movement,
        version=receipt.version,
        digest=receipt.digest,
        received_at=receipt.received_at,
        report=receipt.report_url,
        status=f"/api/port-calls/{receipt.port_call}",
    )


async def parcel(
    request: Request,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=255)] = None,
) -> Parcel:
    """The request as a parcel, its body bounded by the settings."""
    body = await limited_body(request, wired(request).settings.largest_submission)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Parcel(body=body, media_type=media_type, idempotency_key=idempotency_key)


@router.post(
    "",
    status_code=202,
    responses=problems(401, 403, 409, 413, 422),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/xml": {}, "application/json": {}},
        }
    },
)
def submit(filer: Filer, given: Annotated[Parcel, Depends(parcel)], parts: Parts, response: Response) -> ReceiptBody:
    """File one arrival, as ISO 28005 EPC XML or the same declaration as JSON.

    Answers 202 with a receipt, or 422 with everything found in the document; then nothing is stored. Repeats
    with the same `Idempotency-Key` and bytes get the same receipt.
    """
    answer = parts.intake.receive(given, filer)
    if isinstance(answer, Report):
        raise RefusedByFindings(answer)
    response.headers["Location"] = f"/api/submissions/{answer.reference}"
    return body_of(answer)


@router.get("/{reference}", responses=problems(401, 404))
def read_receipt(reference: str, reader: Reader, parts: Parts) -> ReceiptBody:
    """The receipt again."""
    with parts.database.reading() as session:
        found = store.submission_of_firm(session, reader.firm, reference)
    if found is None:
        raise NotYours
    return body_of(receipt_of(*found))


@router.get("/{reference}/report", responses=problems(401, 404))
def read_report(reference: str, reader: Reader, parts: Parts) -> dict[str, Any]:
    """All findings about the document as it was filed."""
    with parts.database.reading() as session:
        found = store.submission_of_firm(session, reader.firm, reference)
    if found is None:
        raise NotYours
    return found[0].report


@router.get("/{reference}/document", responses=problems(401, 404))
def read_document(reference: str, reader: Reader, parts: Parts) -> Response:
    """The very bytes that were filed."""
    with parts.database.reading() as session:
        found = store.submission_of_firm(session, reader.firm, reference)
    if found is None:
        raise NotYours
    document = unpacked(found[0].evidence)
    headers = {"Content-Disposition": f'attachment; filename="{reference}.{EXTENSIONS[found[0].format]}"'}
    return Response(document, media_type="application/octet-stream", headers=headers)
