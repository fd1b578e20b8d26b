"""stand-in"""
from enum import StrEnum
import hashlib
from fastapi import Request
from gateway.actors import Actor
from gateway.account_records import ApiKey
from gateway.wiring import wired
class Rule(StrEnum):
    PUBLIC="public"; FILE="file"; READ="read"; AGENCY="agency"
class Access:
    def __init__(self, rule): self.rule=rule
    def __call__(self, request: Request) -> Actor:
        a=request.headers.get("authorization","")
        if a.startswith("Bearer fwy_"):
            i,_,s=a.removeprefix("Bearer fwy_").partition("_")
            with wired(request).database.reading() as ses:
                k=ses.get(ApiKey,i)
            if k and k.secret_hash==hashlib.sha256(s.encode()).hexdigest(): return Actor(id="key:"+i, firm_id=k.firm_id)
        return Actor(id="anonymous")
