"""stand-in"""
import hashlib, secrets
from gateway.account_records import *
def create_firm(session, code, name):
    f=Firm(code=code,name=name); session.add(f); session.flush(); return f
def create_account(session, firm, login, display_name, now):
    a=Account(firm_id=firm.id, login=login, display_name=display_name, created_at=now); session.add(a); session.flush(); return a
def sign_in_link(session, account, now, lifetime):
    return secrets.token_urlsafe(8)
def create_api_key(session, firm, name, scopes, now):
    s=secrets.token_urlsafe(8); i=secrets.token_hex(8)
    session.add(ApiKey(id=i,firm_id=firm.id,name=name,secret_hash=hashlib.sha256(s.encode()).hexdigest(),scopes=list(scopes),created_at=now)); return f"fwy_{i}_{s}"
