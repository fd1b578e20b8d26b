"""Signing in and out, one-time links, and the officer's own page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from agencies.guard import cookie_name, from_our_page, officer, session_token, whoever, with_form_token
from agencies.office import Office, office_of
from agencies.officers import LONGEST_PASSWORD, SHORTEST_PASSWORD, SignedIn, password_trouble
from agencies.refusals import Refusal
from agencies.rendering import go_to, page

router = APIRouter(default_response_class=Response)

TheOffice = Annotated[Office, Depends(office_of)]
TheOfficer = Annotated[SignedIn, Depends(officer)]
TheSender = Annotated[SignedIn, Depends(with_form_token)]


@router.get("/sign-in")
def sign_in_page(request: Request, who: Annotated[SignedIn | None, Depends(whoever)]) -> Response:
    """The form to sign in by staff number and password."""
    return page(request, "sign_in.html", who=who, staff_number="", trouble=None)


@router.post("/sign-in", dependencies=[Depends(from_our_page)])
def sign_in(
    request: Request,
    office: TheOffice,
    staff_number: Annotated[str, Form(max_length=256)] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Sign in; what does not fit gets the same answer whatever was wrong."""
    source = request.client.host if request.client else ""
    try:
        who = office.officers.sign_in(staff_number.strip(), password, source, session_token(request))
    except Refusal as trouble:
        answer = page(request, "sign_in.html", status=trouble.status_code, staff_number=staff_number, trouble=trouble)
        answer.headers.update(trouble.headers or {})
        return answer
    return admitted(request, office, who)


@router.get("/sign-in/link/{token}")
def link_page(request: Request, office: TheOffice, token: str) -> Response:
    """One button that uses the link up; looking at the page does not."""
    return page(request, "link.html", officer=office.officers.named_by_link(token), token=token)


@router.post("/sign-in/link/{token}", dependencies=[Depends(from_our_page)])
def sign_in_by_link(request: Request, office: TheOffice, token: str) -> Response:
    """Use the link up."""
    return admitted(request, office, office.officers.sign_in_by_link(token, session_token(request)))


@router.post("/sign-out")
def sign_out(request: Request, office: TheOffice, who: TheSender) -> Response:
    """End this session."""
    office.officers.sign_out(who)
    answer = go_to(request, "/sign-in")
    answer.delete_cookie(cookie_name(office), path=cookie_path(office))
    return answer


@router.get("/officer")
def officer_page(request: Request, who: TheOfficer) -> Response:
    """The officer's own page: ports, password."""
    return own_page(request, who)


@router.post("/officer/password")
def set_password(
    request: Request,
    office: TheOffice,
    who: TheSender,
    password: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Set the password; other sessions of the officer end."""
    trouble = password_trouble(password, again, who.officer.staff_number)
    if trouble:
        return own_page(request, who, trouble=trouble)
    office.officers.set_password(who, password)
    return own_page(request, who, done=True)


def own_page(request: Request, who: SignedIn, *, trouble: str = "", done: bool = False) -> Response:
    return page(
        request,
        "officer.html",
        who=who,
        status=422 if trouble else 200,
        trouble=trouble,
        done=done,
        shortest=SHORTEST_PASSWORD,
        longest=LONGEST_PASSWORD,
    )


def admitted(request: Request, office: Office, who: SignedIn) -> Response:
    """The queue, with a fresh session's cookie."""
    answer = go_to(request, "/queue")
    answer.set_cookie(
        cookie_name(office),
        who.token,
        max_age=int(office.settings.session_longest.total_seconds()),
        path=cookie_path(office),
        secure=office.settings.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def cookie_path(office: Office) -> str:
    """The cookie goes to this desk only."""
    return office.settings.root_path or "/"
